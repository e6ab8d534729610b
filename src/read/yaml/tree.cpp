#include "read/yaml/tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <istream>
#include <new>
#include <streambuf>
#include <utility>

namespace relata::yaml {
namespace {

/// Thrown out of yaml-cpp's callbacks to stop it; never leaves this file.
struct Stop {
  std::string code;
  std::string message;
  std::string help;
  std::size_t offset;
};

/// Reads a text in place, without the copy that std::istringstream makes.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(const std::string& text) {
    char* begin = const_cast<char*>(text.data());  // Only read: no put area is set.
    setg(begin, begin, begin + text.size());
  }
};

std::uint32_t offset_of(std::string_view text, int position) {
  const auto at = static_cast<std::size_t>(std::max(position, 0));
  return static_cast<std::uint32_t>(std::min(at, text.size()));
}

/// Offset behind the closing quote of the scalar that begins at `begin`.
std::size_t end_of_quoted(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

Span scalar_span(std::string_view text, std::uint32_t begin, const std::string& value) {
  std::size_t end = begin;
  if (begin < text.size() && (text[begin] == '"' || text[begin] == '\'')) {
    end = end_of_quoted(text, begin);
  } else if (text.substr(begin).starts_with(value)) {
    end = begin + value.size();
  } else {
    while (end < text.size() && text[end] != '\n') ++end;
  }
  return {begin, static_cast<std::uint32_t>(end)};
}

/// Builds the tree from yaml-cpp's events, so that no node is built past a limit.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, const TreeLimits& limits) : text_(text), limits_(limits) {}

  [[nodiscard]] Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    Node node;
    node.span = {offset_of(text_, mark.pos), offset_of(text_, mark.pos)};
    // "null" and "~" as words; an absent value has no extent.
    for (std::string_view word : {"null", "Null", "NULL", "~"}) {
      if (text_.substr(node.span.begin).starts_with(word))
        node.span.end = node.span.begin + static_cast<std::uint32_t>(word.size());
    }
    add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark, 1); }
  void OnAnchor(const YAML::Mark& mark, const std::string&) override { refuse_anchor(mark, 1); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    Node node;
    node.kind = NodeKind::scalar;
    node.span = scalar_span(text_, offset_of(text_, mark.pos), value);
    node.value = value;
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, anchor, NodeKind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, anchor, NodeKind::mapping);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A collection under way, and the key that waits for its value.
  struct Frame {
    Node node;
    std::optional<Node> key;
  };

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) const {
    if (anchor == 0) return;
    throw Stop{"yaml-anchor", "anchors (&) and aliases (*) are not used in a design",
               "write the item out; a text that begins with & or * goes in quotes",
               offset_of(text_, mark.pos)};
  }

  [[nodiscard]] bool key_comes() const {
    return !frames_.empty() && frames_.back().node.kind == NodeKind::mapping && !frames_.back().key;
  }

  void open(const YAML::Mark& mark, YAML::anchor_t anchor, NodeKind kind) {
    refuse_anchor(mark, anchor);
    const std::uint32_t at = offset_of(text_, mark.pos);
    if (key_comes())
      throw Stop{"yaml-key", "a key must be a single name", "put the text in quotes", at};
    if (static_cast<int>(frames_.size()) >= limits_.depth)
      throw Stop{"yaml-depth", "nested deeper than any design", "", at};
    Frame frame;
    frame.node.kind = kind;
    frame.node.span = {at, at};
    frames_.push_back(std::move(frame));
  }

  void close() {
    Node node = std::move(frames_.back().node);
    frames_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (++count_ > limits_.nodes)
      throw Stop{"yaml-size", "more items than any design has", "", node.span.begin};
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (key_comes()) {
      // A bare ":" has an empty key; "null:" means the word.
      if (node.kind == NodeKind::null) node.value = text_.substr(node.span.begin, node.span.size());
      frame.key = std::move(node);
      return;
    }
    if (frame.key) {
      node.key = std::move(frame.key->value);
      node.key_span = frame.key->span;
      frame.key.reset();
    }
    frame.node.items.push_back(std::move(node));
  }

  std::string_view text_;
  TreeLimits limits_;
  std::vector<Frame> frames_;
  Node root_;
  std::size_t count_ = 0;
};

void report(const SourceFile& source, DiagnosticSink& sink, const Stop& stop) {
  const auto at = static_cast<std::uint32_t>(std::min(stop.offset, source.text.size()));
  sink.error(stop.code, stop.message, source.name, Span{at, at}, stop.help);
}

}  // namespace

std::optional<Node> parse_tree(const SourceFile& source, DiagnosticSink& sink,
                               const TreeLimits& limits) {
  TextBuffer buffer(source.text);
  std::istream stream(&buffer);
  try {
    YAML::Parser parser(stream);
    TreeBuilder builder(source.text, limits);
    if (!parser.HandleNextDocument(builder)) return Node{};
    return builder.take();
  } catch (const Stop& stop) {
    report(source, sink, stop);
  } catch (const YAML::Exception& error) {
    report(source, sink,
           {"yaml-syntax", "not valid YAML: " + error.msg,
            "check the indentation, and put a text that holds ': ' or ' #' in quotes",
            offset_of(source.text, error.mark.pos)});
  }
  return std::nullopt;
}

std::string_view trailing_comment(std::string_view text, std::size_t end) {
  std::size_t at = std::min(end, text.size());
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  if (at >= text.size() || text[at] != '#') return {};
  const std::size_t line_end = text.find_first_of("\r\n", at);
  return text.substr(at + 1, line_end == std::string_view::npos ? line_end : line_end - at - 1);
}

}  // namespace relata::yaml
