#include "read/english/shared_heads.h"

#include <utility>
#include <vector>

#include "read/english/field_types.h"
#include "read/english/lexicon.h"
#include "read/english/word_classes.h"

namespace relata::english {
namespace {

bool is_contrast(const Token& token) {
  return token.kind == TokenKind::word && is_in(token.lower, WordClass::contrast_modifier);
}

bool separates(const Token& token) {
  return token.lower == "," || token.lower == "and" || token.lower == "or" ||
         token.lower == "and/or" || token.lower == "/" || token.lower == "&";
}

/// The first token behind a separator at `i` ("," "and" ", and"); `i` itself when there is none.
std::size_t behind_separator(const Sentence& sentence, std::size_t i) {
  while (i < sentence.size() && separates(sentence[i])) ++i;
  return i;
}

}  // namespace

void expand_shared_heads(Sentence& sentence) {
  constexpr std::size_t most = 8;  // names have few parts; keeps long lists cheap
  // Behind which token a copy of which head belongs, in order.
  std::vector<std::pair<std::size_t, std::size_t>> copies;
  for (std::size_t i = 0; i + 3 < sentence.size(); ++i) {
    if (!is_contrast(sentence[i])) continue;
    // The modifiers that wait for a head, then the last one with its head behind it.
    std::vector<std::size_t> waiting{i};
    std::size_t last = behind_separator(sentence, i + 1);
    if (last == i + 1) continue;
    while (last < sentence.size() && waiting.size() < most && is_contrast(sentence[last])) {
      const std::size_t next = behind_separator(sentence, last + 1);
      if (next == last + 1) break;
      waiting.push_back(last);
      last = next;
    }
    if (last + 1 >= sentence.size() || !is_contrast(sentence[last])) continue;
    const Token& head = sentence[last + 1];
    if (head.kind != TokenKind::word || !is_attribute_head(noun_lemma(head.lower))) continue;
    for (const std::size_t modifier : waiting) copies.emplace_back(modifier, last + 1);
    i = last;
  }
  if (copies.empty()) return;
  Sentence expanded;
  expanded.reserve(sentence.size() + copies.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    expanded.push_back(sentence[i]);
    if (next == copies.size() || copies[next].first != i) continue;
    Token copy = sentence[copies[next].second];
    copy.text = copy.lower = noun_lemma(copy.lower);
    copy.space_before = true;
    expanded.push_back(std::move(copy));
    ++next;
  }
  sentence = std::move(expanded);
}

}  // namespace relata::english
