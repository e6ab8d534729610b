#include <cstddef>
#include <cstdint>

#include "fuzz/schema_round.h"
#include "read/sql/sql.h"

/// What is read from a script for SQLite, and written, is read as the same schema.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const SourceFile file{"schema.sql", {reinterpret_cast<const char*>(data), size}};
  if (!fuzz::is_text(file)) return 0;
  // One carriage return before a line end is dropped at each reading, as the shell does.
  if (file.text.find("\r\r\n") != std::string::npos) return 0;
  static_cast<void>(sql::detect_dialect({file}));
  DiagnosticSink sink;
  const Schema schema = sql::read_sql({file}, "sqlite", sink);
  fuzz::check_diagnostics(sink, file);
  if (sink.has_errors()) return 0;
  fuzz::check_schema(schema);
  DiagnosticSink again_sink;
  const SourceFile written{"again.sql", find_dialect("sqlite")->ddl(schema, {}, again_sink)};
  const Schema again = sql::read_sql({written}, "sqlite", again_sink);
  fuzz::check_diagnostics(again_sink, written);
  fuzz::require(again == schema);
  return 0;
}
