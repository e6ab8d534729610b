#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace relata::english {

/// A word or a punctuation mark of a sentence, where it stands in the source.
struct Word {
  std::string lower;  ///< Lower case; without hyphens ("multi-tenant" is two words).
  Span span;
  std::string written;  ///< As written, for values.
};

/// What a sentence asks of the whole design or of things that it names.
enum class NeedKind {
  audit,
  tenancy,
  soft_delete,
  optimistic_locking,
  authors,
  history,
  encryption,
  index,
  unique,         ///< `fields` unique; within `within` when that is given.
  unique_pair,    ///< "A customer reviews a product only once": the link between `things`.
  default_value,  ///< `values[0]` is the default of `things`.
  values,         ///< `things` takes one of `values`.
  derived,        ///< `things` is calculated as the words from `value` on say.
  polymorphic,    ///< `things` refers to one of the things `within`.
  subtypes,       ///< `values` are kinds of `things`.
  range,          ///< `things` lies between `minimum` and `maximum`.
};

/// Words [begin, end) of a sentence.
struct WordRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
};

struct Need {
  NeedKind kind = NeedKind::audit;
  std::vector<Word> words;    ///< The sentence; the ranges point into it.
  WordRange matched;          ///< The words that state the need.
  WordRange things;           ///< What it is for; empty: the whole design.
  WordRange fields;           ///< By or over which fields.
  WordRange value;            ///< How it is derived.
  WordRange within;           ///< Within which owner.
  std::vector<Word> context;  ///< The sentence before, for "the default is ...".
  std::vector<std::string> values;
  std::optional<double> minimum;
  std::optional<double> maximum;
  bool whole_sentence = false;  ///< The sentence says nothing about structure besides.

  /// The bytes of the words that state it.
  [[nodiscard]] Span span() const;
};

/// Reads the needs of a text sentence by sentence; remembers the sentence before.
class NeedReader {
 public:
  /// The needs that one sentence states, in the order in which they stand. A sentence of more than
  /// 150 words is read up to there.
  std::vector<Need> read(std::vector<Word> sentence);

 private:
  std::vector<Word> before_;
  std::vector<NeedKind> asked_before_;  ///< Of named things, in the sentence before.
};

/// Cuts one sentence into words. `offset` is where it stands in its source.
[[nodiscard]] std::vector<Word> words_of_sentence(std::string_view sentence, std::size_t offset);

}  // namespace relata::english
