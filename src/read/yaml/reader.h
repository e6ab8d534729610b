#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/origin.h"
#include "design/keys.h"
#include "design/short_forms.h"
#include "read/yaml/tree.h"

namespace relata::yaml {

/// The values of one mapping of design.yaml, checked against the table of keys: what is unknown,
/// given twice or of another shape has been reported and is not there.
class Mapping {
 public:
  /// The value of `key` when it is there and has the shape of the table; else null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  /// The text of `key`, or an empty string.
  [[nodiscard]] std::string text(std::string_view key) const;
  void add(const Node* node) { nodes_.push_back(node); }

 private:
  std::vector<const Node*> nodes_;
};

/// What every part of the reader needs: the text, the sink, and how to speak of places.
class Reader {
 public:
  Reader(const SourceFile& source, DiagnosticSink& sink) : source_(source), sink_(sink) {}

  [[nodiscard]] const SourceFile& source() const { return source_; }

  /// After the first hundred problems one line says that there are more.
  void error(std::string code, std::string message, Span span, std::string help = {});
  void error(Diagnostic diagnostic);
  /// Whether more problems would not be shown, so that looking for their places is in vain.
  [[nodiscard]] bool full() const { return errors_ > most_errors; }

  /// Checks a mapping against the keys of `section`.
  [[nodiscard]] Mapping mapping(const Node& node, design::Section section);
  /// The values of a mapping whose keys are free names, without those that are given twice.
  [[nodiscard]] std::vector<const Node*> named(const Node& node, std::string_view what);

  /// Reports why a short form could not be read, at its place inside the scalar.
  void short_form_error(const Node& scalar, const design::ShortFormError& error);

  /// The origin of an item that `span` marks; the comment behind `end` may name words and rule.
  [[nodiscard]] Origin origin(Span span, std::size_t end) const;
  /// The same for the value of a mapping: the place is its key's.
  [[nodiscard]] Origin origin_of_entry(const Node& entry) const;

 private:
  static constexpr int most_errors = 100;

  [[nodiscard]] bool has_shape(const Node& node, const design::Key& key);
  void unknown_key(const Node& node, design::Section section);
  void duplicate_key(const Node& first, const Node& second);

  const SourceFile& source_;
  DiagnosticSink& sink_;
  int errors_ = 0;
};

}  // namespace relata::yaml
