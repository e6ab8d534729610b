#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/explanation.h"
#include "app/cli/json_report.h"
#include "app/cli/run.h"
#include "app/cli/source.h"
#include "base/text.h"
#include "emit/target.h"

namespace relata::cli {
namespace {

int explain_rule(const std::string& id, Console& console) {
  const std::string text = rule_text(id);
  if (text.empty()) {
    console.error("unknown rule '" + id + "'", suggestion(id, rule_ids()));
    return exit_bad;
  }
  console.result(text);
  return exit_fine;
}

/// What to say when there is no such table or column.
void report_missing(const Schema& schema, const Subject& subject, Console& console) {
  std::vector<std::string_view> names;
  if (const Table* table = find_table_named(schema, subject.table)) {
    for (const Column& column : table->columns) names.push_back(column.name);
    console.error("the table '" + table->name + "' has no column '" + subject.column + "'",
                  suggestion(subject.column, names));
    return;
  }
  for (const Table& table : schema.tables) names.push_back(table.name);
  console.error("there is no table '" + subject.table + "'", suggestion(subject.table, names));
}

}  // namespace

int run_explain(const Invocation& invocation, Console& console) {
  const std::string& name = invocation.arguments[0];
  if (invocation.arguments.size() == 1) {
    if (name.find('/') != std::string::npos) return explain_rule(name, console);
    if (const emit::Target* target = emit::find_target(name); target && target->facts) {
      console.result(emit::target_page(target->id, target->summary, *target->facts));
      return exit_fine;
    }
    console.error("relata explain " + name + " needs a SOURCE to look in",
                  "relata explain " + name + " requirements.md");
    return exit_bad;
  }
  const auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  auto source = load_source(invocation.arguments[1], *reading, console);
  if (!source) return exit_bad;
  DiagnosticSink sink;
  const Schema& schema = schema_of(*source, *reading, sink);
  const Subject subject = parse_subject(name);
  const auto explanation = explain(subject, schema, source->design);
  if (!explanation) {
    report_missing(schema, subject, console);
    return exit_bad;
  }
  console.result(invocation.has("--json")
                     ? explanation_json(*explanation, source->file())
                     : explanation_text(*explanation, source->file(), console.colours_result()));
  return exit_fine;
}

}  // namespace relata::cli
