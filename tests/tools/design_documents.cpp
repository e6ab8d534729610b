// Writes the JSON Schema of design.yaml and random designs into a folder:
// relata_design_documents FOLDER COUNT.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "base/file.h"
#include "emit/design_schema.h"
#include "emit/design_yaml.h"
#include "emit/output.h"
#include "rooms/random_design.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: relata_design_documents FOLDER COUNT\n";
    return 2;
  }
  std::vector<relata::emit::OutputFile> files;
  files.push_back({relata::emit::design_schema_file, relata::emit::design_schema()});
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    files.push_back({std::to_string(seed) + ".yaml",
                     relata::emit::design_yaml(relata::test::random_design(seed))});
  }
  const relata::Result<void> written = relata::write_files(argv[1], relata::emit::texts_of(files));
  if (!written) std::cerr << written.error().message << "\n";
  return written ? 0 : 2;
}
