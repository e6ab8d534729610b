#include <charconv>
#include <optional>
#include <string>
#include <system_error>

#include "app/cli/artifact.h"
#include "app/cli/run.h"
#include "app/cli/source.h"

namespace relata::cli {
namespace {

/// What --dialect says: a dialect, perhaps with a server version.
struct DialectChoice {
  const Dialect* dialect = nullptr;
  DdlOptions options;
};

/// Reads "postgres" or "postgres@18"; nothing after a message.
std::optional<DialectChoice> parse_dialect(const std::string& text, Console& console) {
  const std::size_t at = text.find('@');
  const std::string id = text.substr(0, at);
  DialectChoice choice{find_dialect(id), {}};
  if (choice.dialect == nullptr) {
    console.error("unknown dialect '" + id + "'", choice_help(id, Completes::dialect));
    return std::nullopt;
  }
  if (at == std::string::npos) return choice;
  const std::string version = text.substr(at + 1);
  const char* end = version.data() + version.size();
  const auto read = std::from_chars(version.data(), end, choice.options.server_version);
  if (read.ec != std::errc() || read.ptr != end || choice.options.server_version < 1) {
    console.error("'" + version + "' is not a version of " + id,
                  "give the major version as a number, such as postgres@18");
    return std::nullopt;
  }
  return choice;
}

}  // namespace

int run_emit(const Invocation& invocation, Console& console) {
  const std::string& id = invocation.arguments[0];
  const Artifact* artifact = find_artifact(id);
  if (artifact == nullptr) {
    console.error("unknown target '" + id + "'", choice_help(id, Completes::target));
    return exit_bad;
  }
  DdlOptions options;
  if (invocation.has("--dialect")) {
    const auto choice = parse_dialect(invocation.value("--dialect"), console);
    if (!choice) return exit_bad;
    if (find_dialect(id) != nullptr && choice->dialect->id() != id) {
      console.error("the target '" + id + "' is a dialect itself, other than --dialect " +
                        std::string(choice->dialect->id()),
                    "leave --dialect out, or name the same");
      return exit_bad;
    }
    options = choice->options;
  }
  auto reading = source_options(invocation, console);
  if (!reading) return exit_bad;
  if (find_dialect(id) != nullptr) reading->written_in = id;
  auto source = load_source(invocation.arguments[1], *reading, console);
  if (!source) return exit_bad;
  DiagnosticSink sink;
  const Schema& schema = schema_of(*source, *reading, sink);
  console.result(write_artifact(*artifact, *source, schema, options, sink));
  return show(sink, source->files, console) ? exit_fine : exit_bad;
}

}  // namespace relata::cli
