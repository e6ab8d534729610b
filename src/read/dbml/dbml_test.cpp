#include "read/dbml/dbml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace relata::dbml {
namespace {

/// The tables as lines: "orders.total numeric(10,2) not null default 0", "orders pk id".
std::string outline(const Schema& schema) {
  std::vector<std::string> lines;
  for (const Enumeration& type : schema.enumerations) {
    lines.push_back("enum " + type.name + " " + join(type.values, ","));
  }
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      std::string line = table.name + "." + column.name + " " + column.type.spelling;
      if (!column.nullable) line += " not null";
      if (column.identity) line += " identity";
      if (column.default_value) line += " default " + column.default_value->text;
      if (!column.comment.empty()) line += " -- " + column.comment;
      lines.push_back(line);
    }
    if (table.primary_key) {
      lines.push_back(table.name + " pk " + table.primary_key->name + " " +
                      join(table.primary_key->columns, ","));
    }
    for (const Unique& unique : table.uniques) {
      lines.push_back(table.name + " unique " + unique.name + " " + join(unique.columns, ","));
    }
    for (const ForeignKey& key : table.foreign_keys) {
      lines.push_back(table.name + " fk " + key.name + " " + join(key.columns, ",") + " > " +
                      key.table_schema + "." + key.table + " " + join(key.referenced, ",") +
                      (key.on_delete == ReferentialAction::cascade ? " cascade" : ""));
    }
    for (const Check& check : table.checks) {
      lines.push_back(table.name + " check " + check.name + " " + check.expression.text);
    }
    for (const Index& index : table.indexes) {
      std::vector<std::string> parts;
      for (const IndexPart& part : index.parts) parts.push_back(part.expression.text);
      lines.push_back(table.name + (index.unique ? " unique index " : " index ") + index.name +
                      " " + join(parts, ",") +
                      (index.method.empty() ? "" : " using " + index.method));
    }
    if (!table.comment.empty()) lines.push_back(table.name + " -- " + table.comment);
  }
  return join(lines, "\n");
}

struct Case {
  std::string what;
  std::string text;
  std::string expected;
};

const std::vector<Case> cases{
    {"columns, keys and notes",
     "Table people [note: 'Who we know'] {\n"
     "  id bigint [pk, increment]\n"
     "  email varchar(80) [not null, unique, note: 'Where we write to']\n"
     "  joined timestamptz [default: `now()`]\n"
     "  tags text[]\n"
     "  pause \"interval day to second(3)\" [default: `'\\1'`]\n"
     "  level int [default: 3]\n"
     "  state \"character varying(9)\" [default: 'it''s']\n"
     "}",
     "people.id bigint not null identity\n"
     "people.email character varying(80) not null -- Where we write to\n"
     "people.joined timestamp with time zone default now()\n"
     "people.tags text[]\n"
     "people.pause interval day to second(3) default '\\1'\n"
     "people.level integer default 3\n"
     "people.state character varying(9) default 'it'\n"
     "people pk people_pkey id\n"
     "people unique people_email_key email\n"
     "people -- Who we know"},
    {"references of all kinds",
     "Table a { id int [pk] }\n"
     "Table b {\n id int [pk]\n a_id int [ref: > a.id]\n}\n"
     "Table c {\n x int\n y int\n indexes { (x, y) [pk, name: 'c_key'] }\n}\n"
     "Table d {\n x int\n y int\n}\n"
     "Ref late: d.(x, y) > c.(x, y) [delete: cascade]\n"
     "Ref { a.id < b.id }\n"
     "Ref: a.id <> b.id",
     "a.id integer not null\n"
     "a pk a_pkey id\n"
     "b.id integer not null\n"
     "b.a_id integer\n"
     "b pk b_pkey id\n"
     "b fk b_a_id_fkey a_id > .a id\n"
     "b fk b_id_fkey id > .a id\n"
     "c.x integer not null\n"
     "c.y integer not null\n"
     "c pk c_key x,y\n"
     "d.x integer\n"
     "d.y integer\n"
     "d fk late x,y > .c x,y cascade\n"
     "a_b.a_id integer not null\n"
     "a_b.b_id integer not null\n"
     "a_b pk a_b_pkey a_id,b_id\n"
     "a_b fk a_b_a_id_fkey a_id > .a id\n"
     "a_b fk a_b_b_id_fkey b_id > .b id"},
    {"enums, checks, indexes and partials",
     "Enum mood { sad\n \"very happy\" [note: 'x'] }\n"
     "TablePartial stamped { made timestamp [not null] }\n"
     "Table pets as P {\n"
     "  id serial [pk]\n"
     "  ~stamped\n"
     "  feels mood [not null]\n"
     "  age int [check: `age > 0`]\n"
     "  indexes {\n    feels [type: hash, name: 'by_mood']\n    (`lower(made)`, age) [unique]\n  "
     "}\n"
     "  checks { `age < 99` [name: 'young'] }\n"
     "}",
     "enum mood sad,very happy\n"
     "pets.made timestamp without time zone not null\n"
     "pets.id integer not null identity\n"
     "pets.feels mood not null\n"
     "pets.age integer\n"
     "pets pk pets_pkey id\n"
     "pets check pets_age_check age > 0\n"
     "pets check young age < 99\n"
     "pets index by_mood feels using hash\n"
     "pets unique index pets_expr_age_idx lower(made),age"},
    {"another database",
     "Project p { database_type: 'MySQL' }\n"
     "Enum mood { sad\n happy }\n"
     "Table t {\n id int(11) [pk, increment]\n m mood\n}",
     "t.id int not null identity\n"
     "t.m enum('sad','happy')\n"
     "t pk  id"},
};

TEST(Dbml, ReadsSchemas) {
  for (const Case& c : cases) {
    DiagnosticSink sink;
    const auto schema = read_dbml({"x.dbml", c.text}, sink);
    ASSERT_TRUE(schema.has_value()) << c.what;
    EXPECT_FALSE(sink.has_errors()) << c.what << ": " << sink.all().front().message;
    EXPECT_EQ(outline(*schema), c.expected) << c.what;
  }
}

struct Bad {
  std::string text;
  std::string says;
};

TEST(Dbml, SaysWhatIsWrong) {
  const std::vector<Bad> all{
      {"", "no table"},
      {"Table t { id int [pk", "']' is missing"},
      {"Table t { id }", "has no type"},
      {"Table t { id int }\nRef: t.id > u.id", "no table 'u'"},
      {"Table t { id int }\nRef: t.nr > t.id", "no column 'nr'"},
      {"Tabel t { id int }", "no element"},
      {"Table t { id int [note: 'x] }", "not closed"},
      {"Table t { id int }\nTable t { id int }", "two tables"},
  };
  for (const Bad& c : all) {
    DiagnosticSink sink;
    static_cast<void>(read_dbml({"x.dbml", c.text}, sink));
    ASSERT_TRUE(sink.has_errors()) << c.text;
    std::string messages;
    for (const Diagnostic& diagnostic : sink.all()) messages += diagnostic.message + "\n";
    EXPECT_NE(messages.find(c.says), std::string::npos) << c.text << "\n" << messages;
  }
}

}  // namespace
}  // namespace relata::dbml
