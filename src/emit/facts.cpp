#include "emit/facts.h"

namespace relata::emit {
namespace {

std::string_view words_of(Coverage coverage) {
  switch (coverage) {
    case Coverage::code:
      return "in code";
    case Coverage::migration:
      return "first migration";
    case Coverage::partly:
      return "partly in code, all of it in the first migration";
    case Coverage::read_only:
      return "read by code, made by the first migration";
    case Coverage::nowhere:
      return "left out";
  }
  return "";
}

}  // namespace

std::string target_page(std::string_view id, std::string_view summary, const TargetFacts& facts) {
  const std::string name(id);
  std::string out = "# " + std::string(facts.title) + "\n\n" + std::string(summary) + ".\n\n";
  out += std::string(facts.about) + "\n\n";
  out += "```sh\nrelata build SOURCE -o out -t " + name + "\n```\n\n";
  out += "Dialects: " + std::string(facts.dialects) + ".";
  if (!facts.versions.empty()) out += " Tested with " + std::string(facts.versions) + ".";
  out += "\n\n| File | What it is |\n| --- | --- |\n";
  for (const TargetFacts::File& file : facts.files) {
    out += "| `" + std::string(file.path) + "` | " + std::string(file.what) + " |\n";
  }
  if (!facts.covered.empty()) {
    out += "\n## What it covers\n\n| Of the schema | Where it is | |\n| --- | --- | --- |\n";
    for (const Covered& covered : facts.covered) {
      out += "| " + std::string(covered.what) + " | " + std::string(words_of(covered.coverage)) +
             " | " + std::string(covered.note) + " |\n";
    }
  }
  if (!facts.run.empty()) {
    out += "\n## Putting it to use\n\nFrom the output folder:\n\n```sh\n";
    for (const std::string_view line : facts.run) out += std::string(line) + "\n";
    out += "```\n";
  }
  for (const std::string_view remark : facts.remarks) out += "\n" + std::string(remark) + "\n";
  return out;
}

}  // namespace relata::emit
