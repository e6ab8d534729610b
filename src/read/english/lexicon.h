#pragma once

#include <string>
#include <string_view>

namespace relata::english {

/// What WordNet knows of one word as written (lower case). Frequencies are occurrences + 1 in its
/// tagged texts, 0 when the word is never of that part of speech.
struct LexicalEntry {
  int noun = 0;
  int verb = 0;
  int adjective = 0;
  int adverb = 0;
  bool person = false;         ///< The most frequent noun sense is a person.
  bool may_be_person = false;  ///< One of its three most frequent noun senses is.
  bool organization = false;
  int category = 0;                 ///< WordNet lexicographer file of the first noun sense.
  std::string_view nominalization;  ///< The act of a verb or role (assign, assignee: assignment).

  [[nodiscard]] bool known() const { return noun + verb + adjective + adverb > 0; }
};

/// WordNet lexicographer files (lexnames(5WN)) that rules ask for.
namespace category {
inline constexpr int act = 4;
inline constexpr int artifact = 6;
inline constexpr int attribute = 7;
inline constexpr int communication = 10;
inline constexpr int event = 11;
inline constexpr int group = 14;
inline constexpr int location = 15;
inline constexpr int person = 18;
inline constexpr int possession = 21;
inline constexpr int quantity = 23;
inline constexpr int state = 26;
inline constexpr int time = 28;
}  // namespace category

/// The entry of a lower-case word in its base form; all zero when it is unknown.
[[nodiscard]] LexicalEntry look_up(std::string_view word);

/// The singular of a lower-case noun ("policies": policy); the word itself when it is singular.
[[nodiscard]] std::string noun_lemma(std::string_view word);

/// The base form of a lower-case verb form ("unsubscribes": unsubscribe); empty when it is no verb
/// form that the lexicon knows.
[[nodiscard]] std::string verb_lemma(std::string_view word);

/// Whether a lower-case word is a plural noun form.
[[nodiscard]] bool is_plural_noun(std::string_view word);

/// The noun for an act: of a verb ("subscribe": subscription) or a role ("attendee": attendance).
/// Empty when the lexicon knows none.
[[nodiscard]] std::string nominalize(std::string_view word);

}  // namespace relata::english
