#include "app/cli/source_pair.h"

#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/dialect_choice.h"
#include "app/cli/source.h"
#include "emit/code/names.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::cli {
namespace {

/// The schema as the dialect would hold it: written as its DDL and read back, with what a person
/// meant by it, which no DDL holds.
Schema in_dialect(const Schema& schema, const Dialect& dialect) {
  if (schema.dialect == dialect.id()) return schema;
  DiagnosticSink ignored;  // said when it is emitted
  const std::string ddl = dialect.ddl(schema, {}, ignored);
  Schema native = sql::read_sql({SourceFile{"", ddl}}, dialect.id(), ignored);
  const emit::SchemaIndex index(schema);
  for (Table& table : native.tables) {
    const std::size_t place = index.table(table.schema, table.name);
    if (place != emit::SchemaIndex::npos) table.intent = schema.tables[place].intent;
  }
  return native;
}

const Dialect& decided(const Schema& first, const Schema& second) {
  const Dialect* own = find_dialect(first.dialect);
  if (own == nullptr) own = find_dialect(second.dialect);
  return own != nullptr ? *own : *dialects().front();
}

std::optional<Schema> load_schema(const std::string& path, const SourceOptions& reading,
                                  Console& console) {
  auto source = load_source(path, reading, console);
  if (!source) return std::nullopt;
  DiagnosticSink sink;
  (void)schema_of(*source, reading, sink);
  if (!show(sink, source->files, console)) return std::nullopt;
  return std::move(source->schema);
}

}  // namespace

std::optional<SourcePair> load_pair(const Invocation& invocation, std::size_t place,
                                    Decides decides, Console& console) {
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
  std::vector<Schema> schemas;
  schemas.push_back(std::move(*first));
  schemas.push_back(std::move(*second));
  const Dialect& dialect = choice->dialect != nullptr ? *choice->dialect
                           : decides == Decides::from ? decided(schemas[0], schemas[1])
                                                      : decided(schemas[1], schemas[0]);
  SourcePair pair{in_dialect(schemas[0], dialect), in_dialect(schemas[1], dialect), &dialect};
  pair.given_from = std::move(schemas[0]);
  pair.given_to = std::move(schemas[1]);
  syntax::adopt_server_defaults(pair.from, pair.to);
  syntax::adopt_server_defaults(pair.to, pair.from);
  return pair;
}

}  // namespace relata::cli
