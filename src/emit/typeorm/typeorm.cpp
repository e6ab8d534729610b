#include <utility>
#include <vector>

#include "emit/typeorm/files.h"

namespace relata::emit {

std::vector<OutputFile> write_typeorm(const TargetInput& input, DiagnosticSink&) {
  const typeorm::Plan plan = typeorm::make_plan(input);
  std::vector<OutputFile> files;
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    if (!plan.entities[t].exists) continue;
    files.push_back(
        {"typeorm/entities/" + plan.names.tables[t].entity + ".ts", typeorm::entity_file(plan, t)});
  }
  std::vector<std::string> views = typeorm::view_files(plan);
  for (std::size_t v = 0; v < views.size(); ++v) {
    if (plan.schema.views[v].columns.empty()) continue;
    files.push_back(
        {"typeorm/entities/" + plan.names.views[v].entity + ".ts", std::move(views[v])});
  }
  files.push_back({"typeorm/entities/index.ts", typeorm::index_file(plan)});
  if (std::string text = typeorm::transformers_file(plan); !text.empty()) {
    files.push_back({"typeorm/entities/transformers.ts", std::move(text)});
  }
  files.push_back({"typeorm/data-source.ts", typeorm::data_source_file(plan), true});
  files.push_back({"typeorm/tsconfig.json", typeorm::tsconfig_file(), true});
  const std::string first(typeorm::first_migration_file);
  files.push_back({"typeorm/migrations/" + first + ".ts", typeorm::migration_file(plan), true});
  files.push_back({"typeorm/migrations/index.ts",
                   typeorm::migration_index_file(
                       {{std::string(typeorm::first_migration_class), "./" + first + ".js"}}),
                   true});
  return files;
}

}  // namespace relata::emit
