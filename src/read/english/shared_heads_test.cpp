#include "read/english/shared_heads.h"

#include <gtest/gtest.h>

#include "read/english/tokenize.h"

namespace relata::english {
namespace {

TEST(SharedHeads, EveryModifierGetsItsHead) {
  struct Case {
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"their first, middle, and last names", "their first name , middle name , and last names"},
      {"start and end date of the course", "start date and end date of the course"},
      {"a billing or shipping address", "a billing address or shipping address"},
      {"red and green apples", "red and green apples"},
      {"the first and only member", "the first and only member"},
  };
  for (const Case& one : cases) {
    SourceText source;
    source.append(one.text.data(), one.text.size(), 0);
    std::vector<Sentence> sentences = tokenize(source);
    ASSERT_EQ(sentences.size(), 1U) << one.text;
    expand_shared_heads(sentences.front());
    std::string words;
    for (const Token& token : sentences.front()) words += (words.empty() ? "" : " ") + token.text;
    EXPECT_EQ(words, one.expected);
  }
}

}  // namespace
}  // namespace relata::english
