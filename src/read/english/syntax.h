#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "read/english/document.h"

namespace relata::english {

enum class TokenKind { word, number, punctuation };

enum class Tag {
  noun,
  verb,        ///< Finite or base form; also a participle in a verb group.
  gerund,      ///< -ing form that opens a participle clause.
  participle,  ///< -ed form behind its noun or in a passive.
  adjective,
  adverb,
  determiner,  ///< Articles, demonstratives, each, quantifiers.
  number,
  preposition,
  infinitive_to,
  modal,
  coordinator,
  subordinator,
  relative,
  pronoun,
  possessive_pronoun,
  possessive_mark,  ///< 's
  punctuation,
};

/// How a word ends as a verb form.
enum class VerbForm { none, base, third_person, past, gerund };

struct Token {
  std::string text;   ///< As written, typographic quotes made plain.
  std::string lower;  ///< Lower case.
  std::string verb;   ///< Base form when it can be a verb; else empty.
  Span span;
  TokenKind kind = TokenKind::word;
  Tag tag = Tag::noun;
  VerbForm form = VerbForm::none;
  bool capital = false;
  bool quoted = false;  ///< Inside quotation marks.
  bool space_before = false;
};

using Sentence = std::vector<Token>;

/// How many of a noun phrase's things the words speak of.
struct Quantity {
  bool stated = false;  ///< The words give a number ("up to five", "exactly one", "many").
  int minimum = 0;
  std::optional<int> maximum;  ///< Nothing: many.
  bool operator==(const Quantity&) const = default;
};

struct NounPhrase {
  Span span;
  std::vector<std::string> words;     ///< Modifiers and head, lower case, head as written.
  std::vector<NounPhrase> possessor;  ///< At most one: "each customer" of "each customer's name".
  std::vector<NounPhrase> of;         ///< At most one: "birth" of "date of birth".
  std::string of_word;                ///< The preposition before `of`: of, for, about.
  Quantity quantity;
  bool plural = false;
  bool each = false;      ///< each, every, any, per.
  bool definite = false;  ///< the, this, that.
  bool indefinite = false;
  bool other = false;    ///< other, another.
  bool pronoun = false;  ///< it, they, one ...
  bool own = false;      ///< its, their, whose.
  bool quoted = false;
  bool capitalized = false;

  [[nodiscard]] std::string head() const { return words.empty() ? std::string() : words.back(); }
};

enum class Modality { none, permission, obligation };

struct VerbGroup {
  Span span;
  std::string lemma;
  Modality modality = Modality::none;
  bool passive = false;
  bool negated = false;
  bool gerund = false;      ///< "recording ..."
  bool participle = false;  ///< Reduced passive: "products supplied by ...".
  bool infinitive = false;  ///< "to record ..."
};

enum class ListKind { none, parenthesis, including, such_as, with, colon };

struct Item;

struct Attachment {
  std::string preposition;
  std::vector<Item> items;
};

/// A noun phrase of a list with what hangs on it.
struct Item {
  NounPhrase phrase;
  ListKind list_kind = ListKind::none;
  std::vector<Item> list;  ///< "(a, b, c)", "including a, b", "such as a, b", "with a, b".
  std::string remark;      ///< Words in parentheses behind it, lower case.
  Span remark_span;
  std::vector<Attachment> attachments;  ///< Prepositional phrases behind it.
  std::vector<VerbGroup> participle;    ///< "supplied" of "products supplied".
  bool whether = false;                 ///< "whether the item is late": a yes or no.
  bool alternative = false;             ///< Joined to the one before by "or".
};

/// A verb with what stands before and behind it. A clause without a verb is a fragment.
struct Clause {
  Span span;
  std::string opening;  ///< Subordinator: when, if, after, "each time"; empty in a main clause.
  std::vector<Attachment> leads;  ///< Prepositional phrases in front: "For each car, ...".
  std::vector<Item> subject;
  std::optional<VerbGroup> verb;
  std::vector<Item> objects;
  std::vector<Attachment> attachments;  ///< Prepositional phrases behind the verb.
  bool relative = false;                ///< The subject is the antecedent of which, who, whose.
  bool continued = false;               ///< The subject was taken over from the clause before.
  bool colon = false;                   ///< Subject and objects stand before and behind a colon.
  bool object_gap = false;              ///< "which the user places": the antecedent is the object.
};

}  // namespace relata::english
