#pragma once

#include <cstdint>

/// Layout of the compiled lexicon: Header, WordRecord[words] sorted by text, IrregularRecord
/// [irregular] sorted by form, then the string pool. Written and read on the same machine.
namespace relata::english::lexicon {

namespace flag {
inline constexpr std::uint8_t person = 1;         ///< The most frequent noun sense is a person.
inline constexpr std::uint8_t may_be_person = 2;  ///< One of the three most frequent ones is.
inline constexpr std::uint8_t organization = 4;   ///< The most frequent sense is an organization.
}  // namespace flag

struct Header {
  std::uint32_t words;
  std::uint32_t irregular;
  std::uint32_t pool_bytes;
  std::uint32_t reserved;
};

struct WordRecord {
  std::uint32_t text;            ///< Offset in the pool.
  std::uint32_t nominalization;  ///< Noun for the act of this verb or role; 0: none.
  std::uint16_t frequency[4];    ///< Noun, verb, adjective, adverb: occurrences + 1; 0: never.
  std::uint8_t category;         ///< WordNet's lexicographer file of the first noun sense.
  std::uint8_t flags;
  std::uint16_t reserved;
};

struct IrregularRecord {
  std::uint32_t form;   ///< Offset in the pool.
  std::uint32_t lemma;  ///< Offset in the pool.
  std::uint32_t part;   ///< 0 noun, 1 verb, 2 adjective.
};

}  // namespace relata::english::lexicon
