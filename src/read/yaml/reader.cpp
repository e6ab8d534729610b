#include "read/yaml/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "design/origin_comment.h"

namespace relata::yaml {
namespace {

using design::Key;
using design::Section;
using design::Shape;

constexpr std::size_t longest_slip = 40;  ///< Longer words are no misspelling of a key.

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return std::string(text);
  return std::string(clipped(text, most)) + "\u2026";
}

bool is_boolean(std::string_view text) {
  const std::string lower = to_lower(text);
  return lower == "true" || lower == "false" || lower == "yes" || lower == "no";
}

NodeKind kind_of(Shape shape) {
  switch (shape) {
    case Shape::text:
    case Shape::boolean:
    case Shape::choice:
    case Shape::entity_name:
    case Shape::field:
    case Shape::history:
      return NodeKind::scalar;
    case Shape::names:
    case Shape::keys:
    case Shape::indexes:
    case Shape::relationships:
    case Shape::denormalizations:
    case Shape::assumptions:
    case Shape::questions:
      return NodeKind::sequence;
    case Shape::fields:
    case Shape::polymorphic:
    case Shape::entities:
    case Shape::patterns:
    case Shape::tenancy:
    case Shape::entity_patterns:
    case Shape::code:
    case Shape::code_names:
    case Shape::code_types:
      return NodeKind::mapping;
  }
  return NodeKind::scalar;
}

std::string_view name_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::scalar:
      return "a single value";
    case NodeKind::sequence:
      return "a list (lines that begin with '- ')";
    case NodeKind::mapping:
      return "a mapping (lines of 'key: value')";
  }
  return "nothing";
}

Span place_of(const Node& node) {
  if (!node.span.empty() || node.key_span.empty()) return node.span;
  return node.key_span;
}

}  // namespace

const Node* Mapping::find(std::string_view key) const {
  const auto found =
      std::find_if(nodes_.begin(), nodes_.end(), [&](const Node* n) { return n->key == key; });
  return found == nodes_.end() ? nullptr : *found;
}

std::string Mapping::text(std::string_view key) const {
  const Node* node = find(key);
  return node == nullptr ? std::string() : node->value;
}

void Reader::error(std::string code, std::string message, Span span, std::string help) {
  Diagnostic diagnostic;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.span = span;
  diagnostic.help = std::move(help);
  error(std::move(diagnostic));
}

void Reader::error(Diagnostic diagnostic) {
  if (full()) return;
  if (++errors_ > most_errors) {
    sink_.error("yaml-more", "there are more problems, which are not shown", source_.name);
    return;
  }
  diagnostic.source = source_.name;
  sink_.add(std::move(diagnostic));
}

void Reader::unknown_key(const Node& node, Section section) {
  const std::vector<std::string_view> known = design::key_names(section);
  Diagnostic diagnostic;
  diagnostic.code = "yaml-unknown-key";
  diagnostic.message = "unknown key '" + shown(node.key) + "'";
  diagnostic.span = node.key_span;
  const std::string_view meant =
      node.key.size() > longest_slip ? std::string_view() : nearest(node.key, known);
  if (meant.empty()) {
    diagnostic.help = fmt::format("keys here are {}", fmt::join(known, ", "));
  } else {
    diagnostic.help = fmt::format("did you mean '{}'?", meant);
    diagnostic.fix = Fix{node.key_span, std::string(meant)};
  }
  error(std::move(diagnostic));
}

void Reader::duplicate_key(const Node& first, const Node& second) {
  Diagnostic diagnostic;
  diagnostic.code = "yaml-duplicate-key";
  diagnostic.message = "'" + shown(second.key) + "' is given twice";
  diagnostic.span = second.key_span;
  diagnostic.related.push_back({first.key_span, "first given here"});
  diagnostic.help = "keep one of the two";
  error(std::move(diagnostic));
}

bool Reader::has_shape(const Node& node, const Key& key) {
  const NodeKind wanted = kind_of(key.shape);
  const bool list_of_history = key.shape == Shape::history && node.kind == NodeKind::sequence;
  if (node.kind != wanted && !list_of_history) {
    error("yaml-wrong-shape",
          fmt::format("'{}' takes {}, not {}", key.name, name_of(wanted), name_of(node.kind)),
          place_of(node), std::string(key.help));
    return false;
  }
  const bool boolean = key.shape == Shape::boolean || key.shape == Shape::history;
  if (boolean && !list_of_history && !is_boolean(node.value)) {
    error("yaml-bad-value", fmt::format("'{}' is neither true nor false", shown(node.value)),
          node.span, std::string(key.help));
    return false;
  }
  if (key.shape != Shape::choice) return true;
  const std::vector<std::string_view> choices = design::choices_of(key);
  if (std::find(choices.begin(), choices.end(), node.value) != choices.end()) return true;
  Diagnostic diagnostic;
  diagnostic.code = "yaml-bad-value";
  diagnostic.message = fmt::format("'{}' cannot be '{}'", key.name, shown(node.value));
  diagnostic.span = node.span;
  const std::string_view meant =
      node.value.size() > longest_slip ? std::string_view() : nearest(node.value, choices);
  diagnostic.help = meant.empty() ? fmt::format("write one of {}", fmt::join(choices, ", "))
                                  : fmt::format("did you mean '{}'?", meant);
  if (!meant.empty()) diagnostic.fix = Fix{node.span, std::string(meant)};
  error(std::move(diagnostic));
  return false;
}

Mapping Reader::mapping(const Node& node, Section section) {
  Mapping mapping;
  for (const Node* entry : named(node, "key")) {
    const Key* key = design::find_key(section, entry->key);
    if (key == nullptr) {
      unknown_key(*entry, section);
      continue;
    }
    // "fields:" with nothing behind it says nothing.
    if (entry->kind == NodeKind::null) continue;
    if (has_shape(*entry, *key)) mapping.add(entry);
  }
  return mapping;
}

std::vector<const Node*> Reader::named(const Node& node, std::string_view what) {
  std::vector<const Node*> entries;
  std::unordered_map<std::string_view, const Node*> seen;
  for (const Node& entry : node.items) {
    const auto [place, fresh] = seen.emplace(entry.key, &entry);
    if (!fresh) {
      duplicate_key(*place->second, entry);
    } else if (entry.key.empty()) {
      error("yaml-bad-value", fmt::format("this {} has no name", what), place_of(entry));
    } else {
      entries.push_back(&entry);
    }
  }
  return entries;
}

void Reader::short_form_error(const Node& scalar, const design::ShortFormError& error_found) {
  const std::string_view raw =
      std::string_view(source_.text).substr(scalar.span.begin, scalar.span.size());
  Diagnostic diagnostic;
  diagnostic.code = "yaml-bad-value";
  diagnostic.message = error_found.message;
  diagnostic.span = scalar.span;
  diagnostic.help = error_found.help;
  if (raw == scalar.value) {
    const auto begin = static_cast<std::uint32_t>(scalar.span.begin + error_found.begin);
    const auto end = static_cast<std::uint32_t>(scalar.span.begin + error_found.end);
    diagnostic.span = Span{begin, std::max(begin, end)};
    if (!error_found.replacement.empty())
      diagnostic.fix = Fix{*diagnostic.span, error_found.replacement};
  }
  error(std::move(diagnostic));
}

Origin Reader::origin(Span span, std::size_t end) const {
  Origin origin;
  const std::string_view comment = trailing_comment(source_.text, end);
  if (!comment.empty()) origin = design::parse_origin_comment(comment).value_or(Origin{});
  origin.source = source_.name;
  origin.span = span;
  // A rule's words stand in its comment or nowhere: what stands at the span is no quotation.
  if (!origin.rule.empty() && origin.words.empty()) origin.span.end = origin.span.begin;
  return origin;
}

Origin Reader::origin_of_entry(const Node& entry) const {
  std::size_t end = entry.span.end;
  const bool on_lines_of_its_own =
      entry.kind == NodeKind::mapping || entry.kind == NodeKind::sequence;
  if (on_lines_of_its_own || entry.kind == NodeKind::null) {
    end = entry.key_span.end;
    while (end < source_.text.size() && source_.text[end] == ' ') ++end;
    if (end < source_.text.size() && source_.text[end] == ':') ++end;
    // "Label: {}".
    const std::string_view rest = std::string_view(source_.text).substr(end);
    if (rest.starts_with(" {}")) end += 3;
  }
  return origin(entry.key_span, end);
}

}  // namespace relata::yaml
