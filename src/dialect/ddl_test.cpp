#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "dialect/dialect.h"

namespace relata {
namespace {

using expression::call;
using expression::leaf;

Column column(std::string name, TypeKind kind, bool nullable = false) {
  Column made;
  made.name = std::move(name);
  made.type = simple_type(kind);
  made.nullable = nullable;
  return made;
}

Table table(std::string name, std::vector<Column> columns) {
  Table made;
  made.name = std::move(name);
  made.columns = std::move(columns);
  made.primary_key = PrimaryKey{{}, {made.columns.front().name}};
  return made;
}

Index index_on(const std::string& name) {
  Index index;
  index.parts.push_back({expression::column(name), false, {}});
  return index;
}

Expression is_null(const std::string& name) {
  return call(Operation::is_null, {expression::column(name)});
}

Schema schema_of(std::vector<Table> tables) {
  Schema schema;
  schema.tables = std::move(tables);
  return schema;
}

struct Case {
  std::string what;
  Schema schema;
  std::string dialect;
  std::vector<std::string> expected;  ///< Parts of the script.
  std::vector<std::string> unwanted;
  std::string diagnostic;  ///< Code of the one diagnostic; empty: none.
  int server_version = 0;
};

void check(const Case& c) {
  SCOPED_TRACE(c.what + " for " + c.dialect);
  DiagnosticSink sink;
  const std::string script =
      find_dialect(c.dialect)->ddl(c.schema, DdlOptions{c.server_version}, sink);
  for (const std::string& part : c.expected) {
    EXPECT_NE(script.find(part), std::string::npos) << part << "\nis not in\n" << script;
  }
  for (const std::string& part : c.unwanted) {
    EXPECT_EQ(script.find(part), std::string::npos) << part << "\nis in\n" << script;
  }
  if (c.diagnostic.empty()) {
    EXPECT_TRUE(sink.all().empty()) << sink.all().front().message;
  } else {
    ASSERT_EQ(sink.all().size(), 1U);
    EXPECT_EQ(sink.all().front().code, c.diagnostic);
  }
}

Schema with_default(TypeKind kind, Expression value) {
  Column made = column("value", kind);
  made.default_value = std::move(value);
  return schema_of({table("items", {column("id", TypeKind::integer), made})});
}

TEST(Ddl, WritesDefaults) {
  const Schema odd = with_default(TypeKind::text, expression::string("it's \\ so"));
  const Schema uuid = with_default(TypeKind::uuid, leaf(Operation::new_uuid7));
  const Schema now = with_default(TypeKind::timestamp_tz, leaf(Operation::now));
  const Schema no = with_default(TypeKind::boolean, leaf(Operation::boolean, "false"));
  const std::vector<Case> cases{
      {"text", odd, "postgres", {"DEFAULT 'it''s \\ so'"}, {}, ""},
      {"text", odd, "mysql", {"DEFAULT ('it''s \\\\ so')"}, {}, ""},
      {"text", odd, "sqlite", {"DEFAULT 'it''s \\ so'"}, {}, ""},
      {"uuid", uuid, "postgres", {"DEFAULT new_uuid7()", "CREATE FUNCTION new_uuid7()"}, {}, ""},
      {"uuid", uuid, "postgres", {"DEFAULT uuidv7()"}, {"CREATE FUNCTION"}, "", 18},
      {"uuid", uuid, "mysql", {"CHAR(36)", "DEFAULT (lower(", "random_bytes"}, {}, ""},
      {"uuid", uuid, "sqlite", {"DEFAULT (lower(printf("}, {"subsec"}, ""},
      {"now", now, "postgres", {"timestamptz NOT NULL DEFAULT now()"}, {}, ""},
      {"now", now, "mysql", {"DATETIME(6) NOT NULL DEFAULT (utc_timestamp(6))"}, {}, ""},
      {"now", now, "sqlite", {"DEFAULT (strftime("}, {}, ""},
      {"boolean", no, "postgres", {"DEFAULT false"}, {}, ""},
      {"boolean", no, "mysql", {"DEFAULT FALSE"}, {}, ""},
      {"boolean", no, "sqlite", {"DEFAULT 0", "CHECK (value IN (0, 1))"}, {}, ""},
  };
  for (const Case& c : cases) check(c);
}

TEST(Ddl, KeepsRowsUniqueWhereAConditionHolds) {
  Table made = table("items", {column("id", TypeKind::integer), column("slug", TypeKind::text),
                               column("deleted_at", TypeKind::timestamp_tz, true)});
  made.intent.soft_delete_column = "deleted_at";
  Index slug = index_on("slug");
  slug.unique = true;
  slug.where = is_null("deleted_at");
  made.indexes.push_back(slug);
  const Schema schema = schema_of({made});
  const std::string partial =
      "CREATE UNIQUE INDEX items_slug_idx ON items (slug) WHERE deleted_at IS NULL;";
  check({"partial", schema, "postgres", {partial, "FUNCTION items_soft_delete(integer)"}, {}, ""});
  check({"partial", schema, "sqlite", {partial}, {}, ""});
  check({"partial",
         schema,
         "mysql",
         {"slug       VARCHAR(255)", "AS (CASE WHEN deleted_at IS NULL THEN 1 END) VIRTUAL",
          "UNIQUE INDEX items_slug_idx (slug, is_active)"},
         {"WHERE"},
         ""});
}

Schema parent_and_child() {
  Table parent =
      table("parents", {column("id", TypeKind::integer), column("tenant", TypeKind::text)});
  parent.uniques.push_back({{}, {"tenant", "id"}, {}});
  Table child =
      table("children", {column("id", TypeKind::integer), column("tenant", TypeKind::text),
                         column("parent_id", TypeKind::integer, true)});
  ForeignKey key;
  key.columns = {"tenant", "parent_id"};
  key.table = "parents";
  key.referenced = {"tenant", "id"};
  key.on_delete = ReferentialAction::set_null;
  key.set_null_columns = {"parent_id"};
  child.foreign_keys.push_back(key);
  return schema_of({child, parent});
}

TEST(Ddl, SetsSomeColumnsOfAKeyNull) {
  const std::string update =
      "UPDATE children SET parent_id = NULL WHERE tenant = OLD.tenant AND "
      "parent_id = OLD.id";
  const Schema schema = parent_and_child();
  check({"native", schema, "postgres", {"ON DELETE SET NULL (parent_id)"}, {update}, "", 15});
  for (const char* dialect : {"postgres", "mysql", "sqlite"}) {
    check({"trigger",
           schema,
           dialect,
           {update, "BEFORE DELETE ON parents"},
           {"(tenant, id) ON DELETE"},
           ""});
  }
}

TEST(Ddl, CreatesReferencedTablesFirst) {
  DiagnosticSink sink;
  for (const Dialect* dialect : dialects()) {
    const std::string script = dialect->ddl(parent_and_child(), {}, sink);
    EXPECT_LT(script.find("CREATE TABLE parents"), script.find("CREATE TABLE children"));
  }
}

TEST(Ddl, ClosesCyclesAfterwards) {
  Schema schema = parent_and_child();
  ForeignKey back;
  back.columns = {"favourite_id"};
  back.table = "children";
  back.referenced = {"id"};
  schema.tables[1].columns.push_back(column("favourite_id", TypeKind::integer, true));
  schema.tables[1].foreign_keys.push_back(back);
  check({"cycle", schema, "postgres", {"ALTER TABLE children ADD CONSTRAINT"}, {}, ""});
  check({"cycle", schema, "mysql", {"ALTER TABLE children ADD CONSTRAINT"}, {}, ""});
  check({"cycle", schema, "sqlite", {}, {"ALTER TABLE"}, ""});
}

TEST(Ddl, FiresTriggersForRowsThatACascadeDeletes) {
  Schema schema = parent_and_child();
  ForeignKey& key = schema.tables[0].foreign_keys[0];
  key.on_delete = ReferentialAction::cascade;
  key.set_null_columns.clear();
  check({"unwatched", schema, "mysql", {"ON DELETE CASCADE"}, {"TRIGGER"}, ""});
  Table log =
      table("log", {column("id", TypeKind::integer), column("action", TypeKind::text),
                    column("entity_type", TypeKind::text), column("entity_id", TypeKind::text),
                    column("before", TypeKind::json, true), column("after", TypeKind::json, true)});
  schema.tables.push_back(log);
  WriteAudit audit;
  audit.log_table = "log";
  audit.entity_type = "child";
  audit.key_column = "id";
  audit.columns = {"id"};
  schema.tables[0].triggers.push_back({"children_audit", audit, {}});
  check({"watched",
         schema,
         "mysql",
         {"BEFORE DELETE ON parents FOR EACH ROW\n  DELETE FROM children WHERE"},
         {"ON DELETE CASCADE", "DELIMITER ;", "BEGIN"},
         ""});
  check({"watched", schema, "postgres", {"ON DELETE CASCADE", "SECURITY DEFINER"}, {}, ""});
  check({"watched", schema, "sqlite", {"ON DELETE CASCADE"}, {}, ""});
}

TEST(Ddl, RefusesPeriodsThatOverlap) {
  Table made =
      table("bookings", {column("id", TypeKind::integer), column("room", TypeKind::text),
                         column("starts", TypeKind::date), column("ends", TypeKind::date)});
  made.no_overlaps.push_back({{}, {"room"}, "starts", "ends", {}});
  const Schema schema = schema_of({made});
  check({"periods",
         schema,
         "postgres",
         {"CREATE EXTENSION IF NOT EXISTS btree_gist",
          "EXCLUDE USING gist (room WITH =, daterange(starts, ends) WITH &&)"},
         {},
         ""});
  for (const char* dialect : {"mysql", "sqlite"}) {
    check({"periods", schema, dialect, {"periods overlap", "CREATE TRIGGER"}, {"EXCLUDE"}, ""});
  }
}

Schema secured(Expression rows) {
  Table made = table("members", {column("id", TypeKind::uuid), column("team_id", TypeKind::uuid),
                                 column("user_id", TypeKind::uuid)});
  made.row_level_security = true;
  made.row_level_security_forced = true;
  Policy policy;
  policy.name = "members_isolation";
  policy.roles = {"app_user"};
  policy.using_rows = std::move(rows);
  made.policies.push_back(policy);
  Schema schema = schema_of({made});
  schema.session = {"app.team", "app.user", simple_type(TypeKind::uuid),
                    simple_type(TypeKind::uuid), "app_user"};
  return schema;
}

TEST(Ddl, SecuresRows) {
  const Schema plain = secured(
      call(Operation::equal, {expression::column("team_id"), leaf(Operation::current_tenant)}));
  check(
      {"policy",
       plain,
       "postgres",
       {"ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
        "FOR ALL TO app_user\n  USING (team_id = (SELECT NULLIF(current_setting('app.team', true), "
        "'')::uuid));",
        "CREATE ROLE app_user NOLOGIN"},
       {"SECURITY DEFINER"},
       ""});
  check({"policy", plain, "mysql", {}, {"POLICY", "GRANT"}, "no-row-level-security"});
  check({"policy", plain, "sqlite", {}, {"POLICY", "GRANT"}, "no-row-level-security"});
}

TEST(Ddl, BreaksPoliciesThatReadTheirOwnTable) {
  Expression own = call(
      Operation::in_select,
      {expression::column("team_id"), expression::column("team_id"),
       call(Operation::equal, {expression::column("user_id"), leaf(Operation::current_actor)})});
  own.text = "members";
  check({"recursion",
         secured(own),
         "postgres",
         {"CREATE FUNCTION own_members_team_id() RETURNS SETOF uuid", "SECURITY DEFINER",
          "USING (team_id IN (SELECT own_members_team_id()));"},
         {},
         ""});
}

TEST(Ddl, SaysWhatItLeavesOut) {
  Table made = table("items", {column("id", TypeKind::integer)});
  made.checks.push_back({"odd", Expression{Operation::sql, "id ~ 'x'", "postgres", {}}, {}});
  const Schema foreign = schema_of({made});
  check({"foreign SQL", foreign, "postgres", {"CHECK (id ~ 'x')"}, {}, ""});
  check({"foreign SQL", foreign, "sqlite", {}, {"~"}, "foreign-sql"});

  Table dangling = table("items", {column("id", TypeKind::integer)});
  ForeignKey key;
  key.columns = {"id"};
  key.table = "nowhere";
  dangling.foreign_keys.push_back(key);
  for (const char* dialect : {"postgres", "mysql", "sqlite"}) {
    check({"dangling", schema_of({dangling}), dialect, {}, {"REFERENCES"}, "dangling-foreign-key"});
  }
}

TEST(Ddl, FitsNamesAndReferencesToThem) {
  const std::string name(80, 'n');
  Table made =
      table(name, {column("id", TypeKind::integer), column(name, TypeKind::integer, true)});
  ForeignKey key;
  key.columns = {name};
  key.table = name;
  key.referenced = {"id"};
  made.foreign_keys.push_back(key);
  made.indexes.push_back(index_on(name));
  made.checks.push_back({{}, is_null(name), {}});
  check({"long", schema_of({made}), "postgres", {}, {std::string(64, 'n')}, ""});
  check({"long", schema_of({made}), "mysql", {}, {std::string(65, 'n')}, ""});
  check({"long", schema_of({made}), "sqlite", {name + " (id)"}, {}, ""});
}

TEST(Expressions, BracketWhatBindsLoosely) {
  const Expression a = is_null("a");
  const Expression b = is_null("b");
  struct Form {
    Expression expression;
    std::string expected;
  };
  const std::vector<Form> forms{
      {call(Operation::all_of, {call(Operation::any_of, {a, b}), a}),
       "(a IS NULL OR b IS NULL) AND a IS NULL"},
      {call(Operation::any_of, {call(Operation::all_of, {a, b}), a}),
       "(a IS NULL AND b IS NULL) OR a IS NULL"},
      {call(Operation::negate, {call(Operation::any_of, {a, b})}), "NOT (a IS NULL OR b IS NULL)"},
      {call(Operation::equal, {a, b}), "(a IS NULL) = (b IS NULL)"},
      {call(Operation::all_of, {a}), "a IS NULL"},
      {call(Operation::in,
            {expression::column("x"), expression::string("a'b"), expression::number("2")}),
       "x IN ('a''b', 2)"},
  };
  for (const Dialect* dialect : dialects()) {
    for (const Form& form : forms) {
      EXPECT_EQ(dialect->expression(form.expression), form.expected) << dialect->id();
    }
  }
}

}  // namespace
}  // namespace relata
