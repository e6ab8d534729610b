#include "emit/drizzle/drizzle.h"

#include "emit/drizzle/files.h"
#include "emit/drizzle/snapshot.h"

namespace relata::emit {
namespace drizzle {

namespace {

/// drizzle-kit runs migrations in the order of these times, and writes new ones with the clock.
constexpr std::string_view first_time = "1735689600000";

constexpr std::string_view breakpoint = "--> statement-breakpoint\n";

}  // namespace

std::string config_file(const Plan& plan) {
  std::vector<std::pair<std::string, Code>> members;
  members.emplace_back("dialect", string_literal(plan.flavor->kit_dialect));
  members.emplace_back("schema", strings({"./schema.ts", "./relations.ts"}));
  members.emplace_back("out", string_literal("./migrations"));
  if (!plan.spaces.empty()) {
    std::vector<std::string> spaces = {"public"};
    for (const PlannedName& space : plan.spaces) spaces.push_back(space.name);
    members.emplace_back("schemaFilter", strings(spaces));
  }
  members.emplace_back("dbCredentials", object({{"url", text("process.env.DATABASE_URL ?? ''")}}));
  Code config = object(std::move(members));
  config.expanded = true;
  return import_line({"defineConfig"}, "drizzle-kit") + "\n" +
         statement("export default ", call("defineConfig", {std::move(config)}), ";");
}

std::string migration_file(const Plan& plan) {
  std::string out;
  for (const std::string& one : plan.input->create) {
    if (!out.empty()) out += breakpoint;
    out += one + ";\n";
  }
  return out;
}

std::string journal_file(const Plan& plan) {
  JsonWriter json;
  json.begin_object();
  json.member("version", "7");
  json.member("dialect", plan.flavor->kit_dialect);
  json.key("entries");
  json.begin_array();
  json.begin_object();
  json.key("idx");
  json.raw("0");
  json.member("version", plan.flavor->version);
  json.key("when");
  json.raw(first_time);
  json.member("tag", first_migration);
  json.flag("breakpoints", true);
  json.end_object();
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace drizzle

std::vector<OutputFile> write_drizzle(const TargetInput& input, DiagnosticSink&) {
  using namespace drizzle;
  const Flavor* flavor = find_flavor(input.native.dialect);
  if (flavor == nullptr) return {};
  Plan plan = make_plan(input, *flavor);
  std::vector<OutputFile> files;
  files.push_back({"drizzle/schema.ts", schema_file(plan), false});
  files.push_back({"drizzle/relations.ts", relations_file(plan), false});
  files.push_back({"drizzle/drizzle.config.ts", config_file(plan), true});
  const std::string migrations = "drizzle/migrations/";
  files.push_back({migrations + std::string(first_migration) + ".sql", migration_file(plan), true});
  files.push_back({migrations + "meta/_journal.json", journal_file(plan), true});
  files.push_back({migrations + "meta/0000_snapshot.json", snapshot(plan), true});
  return files;
}

}  // namespace relata::emit
