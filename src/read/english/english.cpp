#include "read/english/english.h"

#include <iterator>
#include <utility>

#include "base/text.h"
#include "read/english/apply_needs.h"
#include "read/english/arrows.h"
#include "read/english/document.h"
#include "read/english/evidence.h"
#include "read/english/interpret.h"
#include "read/english/ledger.h"
#include "read/english/resolve.h"

namespace relata::english {
namespace {

/// "requirements/task board.md" names the design task_board.
std::string name_from_path(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  std::string stem = slash == std::string::npos ? path : path.substr(slash + 1);
  const std::size_t dot = stem.find_last_of('.');
  if (dot != std::string::npos && dot > 0) stem.resize(dot);
  const std::string name = snake_case(stem);
  return name.empty() ? "design" : name;
}

}  // namespace

design::Design read_requirements(const SourceFile& source, DiagnosticSink& sink) {
  design::Design design;
  design.name = name_from_path(source.name);
  const Document document = read_document(source.text);
  for (const Line& line : document.lines) {
    if (line.kind == LineKind::heading && line.level == 1) {
      design.title = std::string(trim(line.content.text));
      break;
    }
  }
  std::vector<ParsedLine> lines = parse_lines(document);
  // Twice: the second reading knows from the first which noun phrases are likely entities.
  Evidence first;
  Interpreter(first, nullptr).read(lines);
  Evidence second;
  Interpreter(second, &first).read(lines);
  Resolver resolver(second, source.name);
  resolver.run(design);
  std::vector<Need> needs;
  for (ParsedLine& line : lines)
    std::move(line.needs.begin(), line.needs.end(), std::back_inserter(needs));
  std::vector<design::Relationship> arrows;
  for (ParsedLine& line : lines) {
    for (design::Relationship& arrow : line.arrows) {
      arrow.origin.source = source.name;
      arrows.push_back(std::move(arrow));
    }
  }
  apply_arrows(design, arrows);
  if (!design.entities.empty()) {
    derive_tenancy(design, {needs, source.name, resolver.actor()});
    apply_needs(design, {needs, source.name, resolver.actor()});
    write_ledgers(design);
  }
  if (design.entities.empty()) {
    sink.error("english-nothing-understood",
               trim(source.text).empty() ? "the text is empty" : "no entity was found in the text",
               source.name, {},
               "write what the system keeps, in English: \"Each customer has a name and an email. "
               "Customers place orders.\"");
  }
  return design;
}

}  // namespace relata::english
