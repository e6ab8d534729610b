#include "read/yaml/yaml.h"

#include <utility>

#include "read/yaml/names_check.h"
#include "read/yaml/parts.h"
#include "read/yaml/reader.h"
#include "read/yaml/tree.h"

namespace relata::yaml {

std::optional<design::Design> read_design(const SourceFile& source, DiagnosticSink& sink) {
  const std::optional<Node> root = parse_tree(source, sink);
  if (!root) return std::nullopt;
  Reader reader(source, sink);
  if (root->kind != NodeKind::mapping) {
    reader.error("yaml-no-design", "this is not a design", root->span,
                 "a design begins with 'name:' and has 'entities:'");
    return std::nullopt;
  }
  design::Design design = read_parts(reader, *root);
  check_names(reader, design);
  return design;
}

}  // namespace relata::yaml
