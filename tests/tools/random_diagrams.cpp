// Writes Mermaid diagrams of random schemas into a folder: relata_random_diagrams FOLDER COUNT.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/file.h"
#include "emit/target.h"
#include "rooms/random_schema.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: relata_random_diagrams FOLDER COUNT\n";
    return 2;
  }
  std::vector<relata::emit::OutputFile> files;
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    relata::DiagnosticSink sink;
    files.push_back({std::to_string(seed) + ".mmd", relata::emit::find_target("mermaid")->write(
                                                        relata::test::random_schema(seed), sink)});
  }
  const relata::Result<void> written = relata::write_files(argv[1], relata::emit::texts_of(files));
  if (!written) std::cerr << written.error().message << "\n";
  return written ? 0 : 2;
}
