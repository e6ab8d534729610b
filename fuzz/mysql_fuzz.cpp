#include <cstddef>
#include <cstdint>

#include "fuzz/schema_round.h"
#include "read/sql/sql.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const SourceFile file{"x.sql", {reinterpret_cast<const char*>(data), size}};
  if (!fuzz::is_text(file)) return 0;
  DiagnosticSink sink;
  const Schema schema = sql::read_sql({file}, "mysql", sink);
  fuzz::check_diagnostics(sink, file);
  if (!sink.has_errors()) fuzz::check_schema(schema);
  return 0;
}
