#include <cstddef>
#include <cstdint>

#include "base/text.h"
#include "fuzz/round.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace relata;
  const SourceFile file{"design.yaml", {reinterpret_cast<const char*>(data), size}};
  // Files are checked for this before any reader sees them (base/file.h).
  if (file.text.find('\0') != std::string::npos) return 0;
  if (first_invalid_utf8(file.text) != std::string::npos) return 0;
  DiagnosticSink sink;
  const auto design = yaml::read_design(file, sink);
  fuzz::check_diagnostics(sink, file);
  if (design && !sink.has_errors()) fuzz::check_design(*design);
  return 0;
}
