#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata::yaml {

enum class NodeKind { null, scalar, sequence, mapping };

/// A value of a YAML document with its place. Tags and types are left aside: a scalar is its text.
struct Node {
  NodeKind kind = NodeKind::null;
  Span span;                ///< Of a scalar with its quotes; of a collection, where it begins.
  std::string value;        ///< Scalars only.
  std::string key;          ///< Values of a mapping only.
  Span key_span;            ///< Values of a mapping only.
  std::vector<Node> items;  ///< Of a sequence or a mapping, in order.
};

/// Bounds on what a document may hold; past them it is refused with a diagnostic.
struct TreeLimits {
  int depth = 32;
  std::size_t nodes = 2'000'000;
};

/// The first document of a text as a tree; nothing, with an error at its place in the sink, when
/// the text is not YAML, uses anchors and aliases, or passes the limits.
[[nodiscard]] std::optional<Node> parse_tree(const SourceFile& source, DiagnosticSink& sink,
                                             const TreeLimits& limits = {});

/// The text of the comment behind an item on the same line, without '#'; empty: none. `end` is the
/// offset behind the item's last byte on that line.
[[nodiscard]] std::string_view trailing_comment(std::string_view text, std::size_t end);

}  // namespace relata::yaml
