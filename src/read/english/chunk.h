#pragma once

#include <vector>

#include "read/english/syntax.h"

namespace relata::english {

enum class ChunkKind {
  noun_phrase,
  verb,
  preposition,
  coordinator,
  comma,
  colon,
  open,
  close,
  relative,
  subordinator,
  opener,  ///< including, such as, namely, e.g.
  whether,
  slash,
  other,
};

struct Chunk {
  ChunkKind kind = ChunkKind::other;
  std::size_t begin = 0;  ///< First token.
  std::size_t end = 0;    ///< Behind the last token.
  std::string word;       ///< The word of a one-word chunk, lower case.
  NounPhrase phrase;      ///< noun_phrase only.
  VerbGroup verb;         ///< verb only.
};

/// Groups tagged tokens into noun phrases (with possessors and of-phrases joined), verb groups and
/// the words between them.
[[nodiscard]] std::vector<Chunk> chunk(const Sentence& sentence);

}  // namespace relata::english
