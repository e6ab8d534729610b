#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "model/schema.h"
#include "read/sql/sql.h"

namespace relata::sql {

Schema read_postgres(const std::vector<SourceFile>& files, DiagnosticSink& sink);

namespace {

/// What a test looks at, one item a word: tables with columns, constraints and indexes, and the
/// other objects by kind and name.
std::string outline_of(const Column& column) {
  std::string text = column.name + ":" + column.type.spelling;
  if (!column.nullable) text += "!";
  if (column.default_value) text += "=" + column.default_value->text;
  if (column.generated) text += ":=" + column.generated->expression.text;
  if (column.identity) text += column.identity->always ? "#always" : "#default";
  if (column.inherited) text += "^";
  return text;
}

std::string outline_of(const IndexPart& part) {
  return part.expression.text + (part.operator_class.empty() ? "" : " " + part.operator_class) +
         (part.descending ? " desc" : "");
}

std::string outline_of(const Table& table) {
  std::vector<std::string> items;
  for (const Column& column : table.columns) items.push_back(outline_of(column));
  if (table.primary_key)
    items.push_back("pk " + table.primary_key->name + "(" + join(table.primary_key->columns, ",") +
                    ")");
  for (const Unique& unique : table.uniques)
    items.push_back("unique " + unique.name + "(" + join(unique.columns, ",") + ")");
  for (const ForeignKey& key : table.foreign_keys)
    items.push_back("fk " + key.name + "(" + join(key.columns, ",") + ")->" + key.table + "(" +
                    join(key.referenced, ",") + ")" + (key.validated ? "" : " not valid"));
  for (const Check& check : table.checks)
    items.push_back("check " + check.name + "(" + check.expression.text + ")" +
                    (check.inherited ? "^" : ""));
  for (const Exclusion& exclusion : table.exclusions) items.push_back("exclude " + exclusion.name);
  for (const Index& index : table.indexes) {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) parts.push_back(outline_of(part));
    items.push_back((index.unique ? "unique index " : "index ") + index.name + "(" +
                    join(parts, ",") + ")" +
                    (index.where ? " where " + index.where->text : std::string()) +
                    (index.parent ? " of " + index.parent->name : std::string()));
  }
  for (const Trigger& trigger : table.triggers) items.push_back("trigger " + trigger.name);
  for (const Policy& policy : table.policies) items.push_back("policy " + policy.name);
  if (table.partition_of) items.push_back("part " + table.partition_of->bound.text);
  if (!table.comment.empty()) items.push_back("'" + table.comment + "'");
  return (table.schema.empty() ? "" : table.schema + ".") + table.name + " {" + join(items, "; ") +
         "}";
}

std::string outline_of(const Schema& schema) {
  std::vector<std::string> items;
  for (const Namespace& item : schema.namespaces) items.push_back("schema " + item.name);
  for (const Enumeration& type : schema.enumerations)
    items.push_back("enum " + type.name + "(" + join(type.values, ",") + ")");
  for (const Domain& domain : schema.domains)
    items.push_back("domain " + domain.name + ":" + domain.type.spelling);
  for (const CompositeType& type : schema.composite_types) items.push_back("type " + type.name);
  for (const Sequence& sequence : schema.sequences)
    items.push_back("sequence " + sequence.name +
                    (sequence.owned_by_column.empty() ? "" : "@" + sequence.owned_by_column));
  for (const Routine& routine : schema.routines)
    items.push_back(routine.kind + " " + routine.name + "(" + routine.arguments + ")");
  for (const Table& table : schema.tables) items.push_back(outline_of(table));
  for (const View& view : schema.views)
    items.push_back("view " + view.name + "(" + join(view.columns, ",") + ") " + view.sql);
  for (const OtherObject& other : schema.others) items.push_back(other.kind + " " + other.name);
  for (const Grant& grant : schema.grants)
    items.push_back((grant.revoked ? "revoke " : "grant ") + join(grant.privileges, "+") + " on " +
                    grant.name + " to " + grant.grantee);
  return join(items, "\n");
}

struct Case {
  std::string_view sql;
  std::string_view outline;
};

void expect_outlines(const std::vector<Case>& cases) {
  for (const Case& item : cases) {
    DiagnosticSink sink;
    const Schema schema = read_postgres({{"test.sql", std::string(item.sql)}}, sink);
    EXPECT_EQ(outline_of(schema), item.outline) << item.sql;
    for (const Diagnostic& diagnostic : sink.all())
      ADD_FAILURE() << diagnostic.message << " in " << item.sql;
  }
}

TEST(ReadPostgres, NamesWhatHasNoName) {
  expect_outlines({
      {"create table book (id serial primary key, isbn varchar(20) unique, pages int check (pages "
       "> "
       "0), check (pages < id))",
       "sequence book_id_seq@id\n"
       "book {id:integer!=nextval('book_id_seq'::regclass); isbn:character varying(20); "
       "pages:integer; pk book_pkey(id); unique book_isbn_key(isbn); check book_check(pages < id); "
       "check book_pages_check(pages > 0)}"},
      {"create table a (x int, y int, primary key (x, y)); create table b (x int, y int, foreign "
       "key "
       "(x, y) references a); create index on b (x, lower(y::text) desc); create index on b (x)",
       "a {x:integer!; y:integer!; pk a_pkey(x,y)}\n"
       "b {x:integer; y:integer; fk b_x_y_fkey(x,y)->a(x,y); index b_x_idx(x); index "
       "b_x_lower_idx(x,lower(y::text) desc)}"},
      {"create table t (a int); create index on t (a); create index on t (a)",
       "t {a:integer; index t_a_idx(a); index t_a_idx1(a)}"},
      {"create table t (a int unique primary key)", "t {a:integer!; pk t_pkey(a)}"},
  });
}

}  // namespace
}  // namespace relata::sql
