#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "design/design.h"

namespace relata::design {

/// Why a short form could not be read, and where in it.
struct ShortFormError {
  std::size_t begin = 0;  ///< Bytes of the offending word in the text that was given.
  std::size_t end = 0;
  std::string message;      ///< One sentence without a full stop.
  std::string help;         ///< What to write instead; may be empty.
  std::string replacement;  ///< The word that was probably meant; empty: unknown.
};

template <class T>
using ShortForm = tl::expected<T, ShortFormError>;

/// `text(40) required unique`, `enum(todo, done) required = todo`, `decimal(12, 2) >= 0 <= 100`: a
/// field's type, required, unique, indexed, encrypted, bounds and default, in this order. Its name,
/// derivation and description stand elsewhere. parse_field() gives an equal field back.
[[nodiscard]] std::string field_form(const Field& field);
[[nodiscard]] ShortForm<Field> parse_field(std::string_view text);

/// `unique(workspace, slug)` or `primary(isbn)`.
[[nodiscard]] std::string key_form(const UniqueKey& key);
[[nodiscard]] ShortForm<UniqueKey> parse_key(std::string_view text);

/// `project, created_at desc where active`.
[[nodiscard]] std::string index_form(const IndexWish& index);
[[nodiscard]] ShortForm<IndexWish> parse_index(std::string_view text);

/// `Task | Project required`: the targets of a polymorphic reference.
[[nodiscard]] std::string polymorphic_form(const PolymorphicReference& reference);
[[nodiscard]] ShortForm<PolymorphicReference> parse_polymorphic(std::string_view text);

}  // namespace relata::design
