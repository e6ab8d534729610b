// Gives every file of the folders named on the command line to a fuzzing target's function, and
// each of them cut off in many places: what fuzzing found once stays found without libFuzzer.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t cuts = 40;

void replay(const std::string& text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  LLVMFuzzerTestOneInput(bytes, text.size());
  for (std::size_t cut = 1; cut < cuts; ++cut) {
    LLVMFuzzerTestOneInput(bytes, text.size() * cut / cuts);
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::size_t replayed = 0;
  for (int at = 1; at < count; ++at) {
    if (!std::filesystem::is_directory(arguments[at])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[at])) {
      std::ifstream file(entry.path(), std::ios::binary);
      replay({std::istreambuf_iterator<char>(file), {}});
      ++replayed;
    }
  }
  std::printf("%zu files replayed\n", replayed);
  return replayed > 0 ? 0 : 1;
}
