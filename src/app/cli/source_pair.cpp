#include "app/cli/source_pair.h"

#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/dialect_choice.h"
#include "app/cli/source.h"
#include "base/text.h"
#include "emit/code/names.h"
#include "migrate/tool_tables.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::cli {
namespace {

/// Relata's DDL for PostgreSQL goes into whatever namespace the session is in, by asking for it
/// when it is run; a database that is compared or changed is in one already.
std::string in_default_namespace(const std::string& ddl) {
  const std::string settled =
      replace_all(ddl, "SET search_path FROM CURRENT", "SET search_path TO 'public', 'pg_temp'");
  constexpr std::string_view asking = "  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', ";
  constexpr std::string_view namespace_of_session = "current_schema(), ";
  const std::size_t begin = settled.find(asking);
  if (begin == std::string::npos) return settled;
  const std::size_t role = begin + asking.size() + namespace_of_session.size();
  const std::size_t end = settled.find(");\n", role);
  const std::string name = settled.substr(role + 1, end - role - 2);  // without its quotes
  return settled + "\nGRANT USAGE ON SCHEMA public TO \"" + replace_all(name, "''", "'") + "\";\n";
}

/// The schema as the dialect would hold it: written as its DDL and read back, with what a person
/// meant by it, which no DDL holds.
Schema in_dialect(Schema schema, const Dialect& dialect) {
  if (schema.dialect == dialect.id()) return schema;
  DiagnosticSink ignored;  // said when it is emitted
  const std::string ddl = in_default_namespace(dialect.ddl(schema, {}, ignored));
  Schema native = sql::read_sql({SourceFile{"", ddl}}, dialect.id(), ignored);
  native.former_names = schema.former_names;
  const emit::SchemaIndex index(schema);
  for (Table& table : native.tables) {
    const std::size_t place = index.table(table.schema, table.name);
    if (place != emit::SchemaIndex::npos) table.intent = schema.tables[place].intent;
  }
  native.session = std::move(schema.session);
  return native;
}

const Dialect& decided(const Schema& first, const Schema& second) {
  const Dialect* own = find_dialect(first.dialect);
  if (own == nullptr) own = find_dialect(second.dialect);
  return own != nullptr ? *own : *dialects().front();
}

/// SQL that Relata wrote for PostgreSQL, and what continues it, is read as it is in a database.
void settle(Source& source) {
  constexpr std::string_view prelude = "quote_ident(current_schema()) || ', pg_temp'";
  if (source.kind != SourceKind::sql || source.schema.dialect != "postgres") return;
  const auto has_prelude = [&](const SourceFile& file) {
    return file.text.find(prelude) != std::string::npos;
  };
  if (std::none_of(source.files.begin(), source.files.end(), has_prelude)) return;
  std::vector<SourceFile> files = source.files;
  for (SourceFile& file : files) file.text = in_default_namespace(file.text);
  DiagnosticSink said;  // when it was read as it is
  Schema settled = sql::read_sql(files, "postgres", said);
  settled.name = std::move(source.schema.name);
  source.schema = std::move(settled);
}

std::optional<Schema> load_schema(const std::string& path, const SourceOptions& reading,
                                  Console& console) {
  auto source = load_source(path, reading, console);
  if (!source) return std::nullopt;
  DiagnosticSink sink;
  (void)schema_of(*source, reading, sink);
  if (!show(sink, source->files, console)) return std::nullopt;
  settle(*source);
  return std::move(source->schema);
}

}  // namespace

std::optional<SourcePair> load_pair(const Invocation& invocation, std::size_t place,
                                    Decides decides, Console& console, Keeps keeps) {
  auto reading = source_options(invocation, console);
  const auto choice = dialect_choice(invocation, console);
  if (!reading || !choice) return std::nullopt;
  if (reading->from.empty() && choice->dialect != nullptr) reading->from = choice->dialect->id();
  // The two have nothing to do with each other, and large ones take a while.
  Console beside = console.beside();
  std::optional<Schema> second;
  std::jthread reader(
      [&] { second = load_schema(invocation.arguments[place + 1], *reading, beside); });
  std::optional<Schema> first = load_schema(invocation.arguments[place], *reading, console);
  reader.join();
  console.tell(beside);
  if (!first || !second) return std::nullopt;
  const Dialect& dialect = choice->dialect != nullptr ? *choice->dialect
                           : decides == Decides::from ? decided(*first, *second)
                                                      : decided(*second, *first);
  migrate::forget_tool_tables(*first, *second);
  SourcePair pair;
  pair.dialect = &dialect;
  if (keeps == Keeps::given_too) {
    pair.given_from = *first;
    pair.given_to = *second;
  }
  pair.from = in_dialect(std::move(*first), dialect);
  pair.to = in_dialect(std::move(*second), dialect);
  syntax::adopt_server_defaults(pair.from, pair.to);
  syntax::adopt_server_defaults(pair.to, pair.from);
  return pair;
}

}  // namespace relata::cli
