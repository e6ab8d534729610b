#pragma once

#include <optional>
#include <string>
#include <vector>

#include "design/design.h"

namespace relata::english {

/// An attribute as the text names it.
struct AttributePhrase {
  /// The words of the name as written, with what belongs to it: {"capacity", "in", "kilograms"},
  /// {"date", "of", "birth"}, {"whether", "it", "is", "active"}, {"optional", "phone", "number"}.
  std::vector<std::string> words;
  std::string remark;               ///< What stands in parentheses or is said about it elsewhere.
  std::vector<std::string> values;  ///< The values that the text lists for it.
  std::vector<std::string> unit;    ///< What stands behind "in": a unit, or nothing of interest.
  std::string owner;                ///< The entity that has it, in any case style; may be empty.
};

/// The field that an attribute phrase means.
struct AttributeReading {
  design::Field field;           ///< Its origin is left to the caller. Empty name: no attribute.
  bool type_known = false;       ///< A word told the type; else it is text for want of better.
  bool required_stated = false;  ///< "required", "optional": `field.required` is not a guess.
  bool sensitive = false;        ///< Personal data or a secret, to judge by its name.
  bool key = false;              ///< "primary key", "identifier": it identifies its owner.
};

/// Reads name, type, bounds, default, derivation and requiredness from an attribute phrase. What no
/// word tells is guessed from the name: a title is required, a description is not.
[[nodiscard]] AttributeReading read_attribute(const AttributePhrase& phrase);

/// Reads what a remark ("required, unique, up to 100 characters; default none") says about a field
/// into `reading`; a list of values becomes its enumeration.
void read_remark(std::string_view remark, AttributeReading& reading);

/// The values of an enumeration as they are stored: "In progress" gives in_progress.
[[nodiscard]] std::vector<std::string> stored_values(const std::vector<std::string>& values);

/// Whether a name in snake_case speaks of personal data whose disclosure harms (rather than of
/// a name or an address), or of a secret.
[[nodiscard]] bool is_sensitive_name(std::string_view name);

/// Whether the head of this name tells an attribute's type by itself ("due date", "unit price").
[[nodiscard]] bool has_known_type(const std::vector<std::string>& words);

}  // namespace relata::english
