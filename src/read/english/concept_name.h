#pragma once

#include <string>
#include <vector>

#include "read/english/syntax.h"

namespace relata::english {

/// The name of the thing that a noun phrase speaks of, without words that say nothing about it.
struct ConceptName {
  std::vector<std::string> words;  ///< Lower case, head singular; empty: nothing is left.
  bool informational = false;      ///< "customer information": what is known of it, not it itself.
  bool record = false;             ///< "usage record", "order table".

  [[nodiscard]] std::string key() const;  ///< Words joined by '_'.
};

/// Strips empty adjectives and trailing words such as "information", "record", "table".
[[nodiscard]] ConceptName concept_name(const std::vector<std::string>& words);

/// The name of a topic: "User Information Management Module" is user.
[[nodiscard]] ConceptName topic_name(const std::vector<std::string>& words);

/// The snake_case name of an attribute phrase: "date of birth" is date_of_birth; the head is
/// singular unless `keep_plural`.
[[nodiscard]] std::vector<std::string> field_words(const NounPhrase& phrase);

}  // namespace relata::english
