#include "read/english/needs.h"

#include <string_view>
#include <unordered_map>

#include "base/text.h"

namespace relata::english {
namespace {

struct Phrase {
  NeedKind kind;
  std::vector<std::string_view> words;
};

/// The phrases of needs.def by their first word.
const std::unordered_map<std::string_view, std::vector<Phrase>>& phrases() {
  static const auto instance = [] {
    constexpr std::pair<NeedKind, std::string_view> table[] = {
#define NEED(kind, words) {NeedKind::kind, words},
#include "read/english/needs.def"
#undef NEED
    };
    std::unordered_map<std::string_view, std::vector<Phrase>> map;
    for (const auto& [kind, words] : table) {
      Phrase phrase{kind, split(words, ' ')};
      map[phrase.words.front()].push_back(std::move(phrase));
    }
    return map;
  }();
  return instance;
}

bool stands_at(const Sentence& sentence, std::size_t at, const Phrase& phrase) {
  if (at + phrase.words.size() > sentence.size()) return false;
  for (std::size_t i = 0; i < phrase.words.size(); ++i) {
    if (sentence[at + i].lower != phrase.words[i]) return false;
  }
  return true;
}

}  // namespace

std::vector<Need> find_needs(const std::vector<ParsedLine>& lines) {
  std::vector<Need> needs;
  for (const ParsedLine& line : lines) {
    for (const Sentence& sentence : line.tokens) {
      for (std::size_t i = 0; i < sentence.size(); ++i) {
        const auto found = phrases().find(sentence[i].lower);
        if (found == phrases().end()) continue;
        for (const Phrase& phrase : found->second) {
          if (!stands_at(sentence, i, phrase)) continue;
          needs.push_back({phrase.kind,
                           {sentence[i].span.begin, sentence[i + phrase.words.size() - 1].span.end},
                           &sentence,
                           &line});
          break;
        }
      }
    }
  }
  return needs;
}

}  // namespace relata::english
