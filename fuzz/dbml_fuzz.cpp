#include <cstddef>
#include <cstdint>

#include "fuzz/schema_round.h"
#include "read/dbml/dbml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const SourceFile file{"x.dbml", {reinterpret_cast<const char*>(data), size}};
  if (!fuzz::is_text(file)) return 0;
  DiagnosticSink sink;
  const auto schema = dbml::read_dbml(file, sink);
  fuzz::check_diagnostics(sink, file);
  if (schema && !sink.has_errors()) fuzz::check_schema(*schema);
  return 0;
}
