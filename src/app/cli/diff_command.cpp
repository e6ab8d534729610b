#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/dialect_choice.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "dialect/dialect.h"
#include "diff/diff.h"
#include "read/sql/sql.h"
#include "syntax/canonical.h"

namespace relata::cli {
namespace {

/// The schema as the dialect would hold it: written as its DDL and read back, so that two schemas
/// that come from different worlds are compared in the same terms.
Schema in_dialect(const Schema& schema, std::string_view dialect) {
  if (schema.dialect == dialect) return schema;
  DiagnosticSink ignored;  // said when it is emitted
  const std::string ddl = find_dialect(dialect)->ddl(schema, {}, ignored);
  return sql::read_sql({SourceFile{"", ddl}}, dialect, ignored);
}

std::string json_text(const std::vector<diff::Change>& changes) {
  static constexpr std::string_view kinds[] = {"added", "removed", "changed"};
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const diff::Change& change : changes) {
    nlohmann::ordered_json json;
    json["kind"] = kinds[static_cast<std::size_t>(change.kind)];
    json["object"] = change.object;
    if (!change.owner.schema.empty()) json["schema"] = change.owner.schema;
    json["owner"] = change.owner.name;
    if (!change.name.empty()) json["name"] = change.name;
    if (!change.attribute.empty()) json["attribute"] = change.attribute;
    if (!change.before.empty()) json["before"] = change.before;
    if (!change.after.empty()) json["after"] = change.after;
    list.push_back(std::move(json));
  }
  return nlohmann::ordered_json{{"changes", std::move(list)}}.dump(2) + "\n";
}

std::string plain_text(const std::vector<diff::Change>& changes) {
  std::string text;
  for (const diff::Change& change : changes) text += diff::describe(change) + "\n";
  return text;
}

}  // namespace

int run_diff(const Invocation& invocation, Console& console) {
  auto reading = source_options(invocation, console);
  const auto choice = dialect_choice(invocation, console);
  if (!reading || !choice) return exit_bad;
  if (reading->from.empty() && choice->dialect != nullptr) reading->from = choice->dialect->id();
  std::vector<Schema> schemas;
  for (const std::string& argument : invocation.arguments) {
    auto source = load_source(argument, *reading, console);
    if (!source) return exit_bad;
    DiagnosticSink sink;
    schemas.push_back(schema_of(*source, *reading, sink));
    if (!show(sink, source->files, console)) return exit_bad;
  }
  // What runs on a server decides; between two designs any dialect would do.
  std::string dialect = schemas[1].dialect.empty() ? schemas[0].dialect : schemas[1].dialect;
  if (choice->dialect != nullptr) dialect = choice->dialect->id();
  if (dialect.empty()) dialect = "postgres";
  std::vector<Schema> compared{in_dialect(schemas[0], dialect), in_dialect(schemas[1], dialect)};
  syntax::adopt_server_defaults(compared[0], compared[1]);
  syntax::adopt_server_defaults(compared[1], compared[0]);
  auto changes = diff::compare(compared[0], compared[1]);
  if (!invocation.has("--column-order")) {
    std::erase_if(
        changes, [](const diff::Change& change) { return change.attribute == diff::column_order; });
  }
  console.result(invocation.has("--json") ? json_text(changes) : plain_text(changes));
  return changes.empty() ? exit_fine : exit_findings;
}

}  // namespace relata::cli
