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
#include "migrate/parking/parked.h"
#include "migrate/tool_tables.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::cli {
namespace {

/// The schema as the dialect would hold it: written as its DDL and read back, with what a person
/// meant by it, which no DDL holds.
Schema in_dialect(Schema schema, const Dialect& dialect) {
  if (schema.dialect == dialect.id()) return schema;
  DiagnosticSink ignored;  // said when it is emitted
  const SourceFile ddl{"", dialect.ddl(schema, {}, ignored)};
  Schema native = sql::read_sql({ddl}, dialect.id(), ignored, {}, sql::Reading::installed);
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
                                    Decides decides, Console& console, Keeps keeps) {
  auto reading = source_options(invocation, console);
  const auto choice = dialect_choice(invocation, console);
  if (!reading || !choice) return std::nullopt;
  if (reading->from.empty() && choice->dialect != nullptr) reading->from = choice->dialect->id();
  reading->reading = sql::Reading::installed;  // as a database that is compared or changed
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
  pair.parked_names = migrate::parked_names(*first);
  migrate::forget_parked_objects(*first);
  migrate::forget_parked_objects(*second);
  migrate::forget_parked_columns(*second);
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
