#include "read/english/need.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace relata::english {
namespace {

constexpr std::size_t longest_sentence = 150;
constexpr std::size_t longest_gap = 10;
constexpr std::size_t longest_capture = 30;

enum class Capture { none, things, fields, within, value, low, high };

struct PatternToken {
  std::vector<std::string_view> words;  ///< Alternatives; empty for a gap or a capture.
  Capture capture = Capture::none;
  bool gap = false;
  bool optional = false;
  bool end = false;  ///< The sentence's end.
};

struct Pattern {
  NeedKind kind;
  bool whole_sentence;
  std::vector<PatternToken> tokens;
  std::size_t trigger = 0;  ///< Place of the group without which nothing matches.
  bool from_start = false;  ///< Begins with a capture: only at the start of a clause.
};

enum class Says { all, more };

struct PatternRow {
  NeedKind kind;
  Says says;
  std::string_view text;
};

constexpr PatternRow rows[] = {
#define NEED(kind, says, pattern) {NeedKind::kind, Says::says, pattern},
#include "read/english/needs.def"
#undef NEED
};

Capture capture_of(std::string_view word) {
  if (word == "<things>") return Capture::things;
  if (word == "<fields>") return Capture::fields;
  if (word == "<within>") return Capture::within;
  if (word == "<value>") return Capture::value;
  if (word == "<low>") return Capture::low;
  if (word == "<high>") return Capture::high;
  return Capture::none;
}

Pattern compile(const PatternRow& row) {
  Pattern pattern{row.kind, row.says == Says::all, {}, 0, false};
  for (std::string_view word : split(row.text, ' ')) {
    PatternToken token;
    if (word.starts_with('?')) {
      token.optional = true;
      word.remove_prefix(1);
    }
    if (word.starts_with('!')) {
      pattern.trigger = pattern.tokens.size();
      word.remove_prefix(1);
    }
    token.capture = capture_of(word);
    if (word == "...") {
      token.gap = true;
    } else if (word.starts_with('.')) {
      token.end = true;
      token.words = split(word, '|');
    } else if (token.capture == Capture::none) {
      token.words = split(word, '|');
    }
    pattern.tokens.push_back(std::move(token));
  }
  for (const PatternToken& token : pattern.tokens) {
    if (token.capture != Capture::none) pattern.from_start = true;
    if (!token.optional) break;
  }
  return pattern;
}

struct Patterns {
  std::vector<Pattern> all;
  std::unordered_map<std::string_view, std::vector<std::size_t>> by_trigger;
};

const Patterns& patterns() {
  static const auto instance = [] {
    Patterns result;
    for (const PatternRow& row : rows) {
      result.all.push_back(compile(row));
      const Pattern& pattern = result.all.back();
      for (const std::string_view word : pattern.tokens[pattern.trigger].words)
        result.by_trigger[word].push_back(result.all.size() - 1);
    }
    return result;
  }();
  return instance;
}

bool ends_sentence(std::string_view word) { return word == "." || word == "!" || word == "?"; }

/// Words that end a capture which nothing else ends.
bool stops_capture(std::string_view word) {
  constexpr std::array<std::string_view, 34> stops{
      "with",  "so",    "which", "that",   "who",     "because", "when",  "in",    "using",
      "is",    "are",   "must",  "should", "can",     "may",     "be",    "has",   "have",
      "where", "if",    "will",  "shall",  "unless",  "without", "from",  "while", "must",
      "until", "after", "even",  "then",   "whether", "needs",   "rather"};
  return ends_sentence(word) || word == ";" || word == ":" ||
         std::find(stops.begin(), stops.end(), word) != stops.end();
}

/// One attempt to match a pattern against a sentence.
class Match {
 public:
  Match(const Pattern& pattern, const std::vector<Word>& words)
      : pattern_(pattern), words_(words) {}

  bool at(std::size_t begin) {
    captures_ = {};
    steps_ = 0;
    end_ = begin;
    return follow(0, begin);
  }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] WordRange captured(Capture capture) const {
    return captures_[static_cast<std::size_t>(capture)];
  }

 private:
  [[nodiscard]] bool matches_word(const PatternToken& token, std::size_t at) const {
    if (at >= words_.size()) return token.end;
    const std::string& word = words_[at].lower;
    if (token.end && ends_sentence(word)) return true;
    return std::find(token.words.begin(), token.words.end(), word) != token.words.end();
  }

  bool follow(std::size_t token_at, std::size_t at) {
    if (++steps_ > 20'000) return false;  // a hostile sentence
    if (token_at == pattern_.tokens.size()) {
      end_ = at;
      return true;
    }
    const PatternToken& token = pattern_.tokens[token_at];
    if (token.gap) return follow_gap(token_at, at);
    if (token.capture != Capture::none) return follow_capture(token_at, at);
    if (matches_word(token, at) && follow(token_at + 1, std::min(at + 1, words_.size())))
      return true;
    return token.optional && follow(token_at + 1, at);
  }

  bool follow_gap(std::size_t token_at, std::size_t at) {
    for (std::size_t next = at; next <= words_.size() && next <= at + longest_gap; ++next) {
      if (follow(token_at + 1, next)) return true;
      if (next < words_.size() && (ends_sentence(words_[next].lower) || words_[next].lower == ";"))
        break;
    }
    return false;
  }

  bool follow_capture(std::size_t token_at, std::size_t at) {
    WordRange& range = captures_[static_cast<std::size_t>(pattern_.tokens[token_at].capture)];
    const bool last = token_at + 1 == pattern_.tokens.size();
    const Capture kind = pattern_.tokens[token_at].capture;
    if (last) {
      std::size_t end = at;
      const bool list = kind == Capture::fields || kind == Capture::value;
      while (end < words_.size() &&
             !(list ? ends_sentence(words_[end].lower) || words_[end].lower == ";"
                    : stops_capture(words_[end].lower)))
        ++end;
      if (end == at) return false;
      range = {at, end};
      end_ = end;
      return true;
    }
    for (std::size_t end = at + 1; end <= words_.size() && end <= at + longest_capture; ++end) {
      if (ends_sentence(words_[end - 1].lower) || words_[end - 1].lower == ";") return false;
      range = {at, end};
      if (follow(token_at + 1, end)) {
        captures_[static_cast<std::size_t>(kind)] = {at, end};
        return true;
      }
    }
    range = {};
    return false;
  }

  const Pattern& pattern_;
  const std::vector<Word>& words_;
  std::array<WordRange, 7> captures_{};
  std::size_t end_ = 0;
  std::size_t steps_ = 0;
};

std::optional<double> number_in(const std::vector<Word>& words, WordRange range) {
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const std::string text = replace_all(words[i].lower, ",", "");
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()) return value;
  }
  return std::nullopt;
}

/// "todo, in progress, in review or done" as values; a clause behind them ends the list.
std::vector<std::string> values_in(const std::vector<Word>& words, WordRange range) {
  std::vector<std::string> values;
  std::string value;
  const auto finish = [&] {
    if (!value.empty()) values.push_back(std::exchange(value, {}));
  };
  constexpr std::array<std::string_view, 10> skipped{"either", "a",   "an",    "the",  "\"",
                                                     "'",      "one", "value", "both", ":"};
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const Word& word = words[i];
    if (word.lower == "," || word.lower == "or" || word.lower == "and" || word.lower == "/") {
      finish();
    } else if (word.lower == "(" || word.lower == "which" || word.lower == "depending" ||
               word.lower == "by" || word.lower == "when" || word.lower == "until") {
      break;
    } else if (value.empty() &&
               std::find(skipped.begin(), skipped.end(), word.lower) != skipped.end()) {
      continue;
    } else if (word.lower != "\"" && word.lower != "'" && word.lower != ")") {
      value += (value.empty() ? "" : " ") + word.written;
    }
  }
  finish();
  return values;
}

/// Fills values and bounds in; false when the words do not make sense as such.
bool read_contents(Need& need, const Match& match) {
  const WordRange value = match.captured(Capture::value);
  if (!value.empty() && need.kind != NeedKind::derived) need.values = values_in(need.words, value);
  switch (need.kind) {
    case NeedKind::values:
      // One "value" or a whole clause is a statement, not a list.
      return need.values.size() >= 2 &&
             std::none_of(need.values.begin(), need.values.end(), [](const std::string& v) {
               return std::count(v.begin(), v.end(), ' ') > 3;
             });
    case NeedKind::subtypes:
      return need.values.size() >= 2;
    case NeedKind::default_value:
      return need.values.size() == 1 &&
             std::count(need.values[0].begin(), need.values[0].end(), ' ') < 3;
    case NeedKind::range: {
      need.minimum = number_in(need.words, match.captured(Capture::low));
      need.maximum = number_in(need.words, match.captured(Capture::high));
      for (std::size_t i = need.matched.begin; i < need.matched.end; ++i) {
        if (need.words[i].lower == "most" && need.minimum)
          need.maximum = std::exchange(need.minimum, std::nullopt);
        if (need.words[i].lower == "negative") need.minimum = 0;
      }
      return need.minimum || need.maximum;
    }
    default:
      return true;
  }
}

bool overlaps(const Need& a, const Need& b) {
  return a.matched.begin < b.matched.end && b.matched.begin < a.matched.end;
}

}  // namespace

Span Need::span() const {
  if (matched.begin >= matched.end || matched.end > words.size()) return {};
  std::size_t end = matched.end;
  while (end > matched.begin + 1 && words[end - 1].lower.size() == 1 &&
         !is_ascii_letter(words[end - 1].lower[0]) && !is_ascii_digit(words[end - 1].lower[0]))
    --end;
  return {words[matched.begin].span.begin, words[end - 1].span.end};
}

std::vector<Need> NeedReader::read(std::vector<Word> sentence) {
  if (sentence.size() > longest_sentence) sentence.resize(longest_sentence);
  std::vector<std::size_t> candidates;
  for (const Word& word : sentence) {
    const auto it = patterns().by_trigger.find(word.lower);
    if (it != patterns().by_trigger.end())
      candidates.insert(candidates.end(), it->second.begin(), it->second.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<std::size_t> clause_starts{0};
  for (std::size_t i = 0; i + 1 < sentence.size(); ++i) {
    if (sentence[i].lower == ";" || sentence[i].lower == ":") clause_starts.push_back(i + 1);
  }
  std::vector<Need> needs;
  for (const std::size_t index : candidates) {
    const Pattern& pattern = patterns().all[index];
    Match match(pattern, sentence);
    const auto attempt = [&](std::size_t begin) {
      if (!match.at(begin)) return false;
      Need need;
      need.kind = pattern.kind;
      need.words = sentence;
      need.matched = {begin, std::min(match.end(), sentence.size())};
      need.things = match.captured(Capture::things);
      need.fields = match.captured(Capture::fields);
      need.within = match.captured(Capture::within);
      need.value = match.captured(Capture::value);
      need.context = before_;
      need.whole_sentence = pattern.whole_sentence;
      // An earlier line of the table is the more specific one.
      const bool said = std::any_of(needs.begin(), needs.end(), [&](const Need& other) {
        return other.kind == need.kind && (overlaps(other, need) || need.things.empty() ||
                                           (need.kind == NeedKind::tenancy && need.within.empty()));
      });
      if (said || !read_contents(need, match)) return false;
      needs.push_back(std::move(need));
      return true;
    };
    if (pattern.from_start) {
      for (const std::size_t begin : clause_starts) attempt(begin);
    } else {
      for (std::size_t begin = 0; begin < sentence.size(); ++begin) {
        if (attempt(begin)) break;
      }
    }
  }
  std::stable_sort(needs.begin(), needs.end(),
                   [](const Need& a, const Need& b) { return a.matched.begin < b.matched.begin; });
  // "Two people may edit the same task; lost updates must be prevented": of that task.
  std::erase_if(needs, [&](const Need& need) {
    return need.things.empty() &&
           std::find(asked_before_.begin(), asked_before_.end(), need.kind) != asked_before_.end();
  });
  asked_before_.clear();
  for (const Need& need : needs) {
    if (!need.things.empty()) asked_before_.push_back(need.kind);
  }
  before_ = std::move(sentence);
  return needs;
}

std::vector<Word> words_of_sentence(std::string_view sentence, std::size_t offset) {
  std::vector<Word> words;
  std::size_t i = 0;
  const auto is_word = [&](std::size_t at) {
    const char c = sentence[at];
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  const auto add = [&](std::size_t begin, std::size_t end) {
    Word word;
    word.written = std::string(sentence.substr(begin, end - begin));
    word.lower = to_lower(word.written);
    word.span = {static_cast<std::uint32_t>(offset + begin),
                 static_cast<std::uint32_t>(offset + end)};
    words.push_back(std::move(word));
  };
  while (i < sentence.size()) {
    const char c = sentence[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-') {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    if (!is_word(i)) {
      // "driver's": the mark is a word.
      const bool possessive = c == '\'' && i + 1 < sentence.size() && sentence[i + 1] == 's' &&
                              (i + 2 == sentence.size() || !is_word(i + 2));
      i += possessive ? 2 : 1;
      add(begin, i);
      continue;
    }
    while (i < sentence.size() &&
           (is_word(i) || ((sentence[i] == '.' || sentence[i] == ',') && i > begin &&
                           is_ascii_digit(sentence[i - 1]) && i + 1 < sentence.size() &&
                           is_ascii_digit(sentence[i + 1]))))
      ++i;
    // A typographic apostrophe (U+2019) ends a word like a plain one.
    const std::string_view text = sentence.substr(begin, i - begin);
    const std::size_t mark = text.find("\xE2\x80\x99");
    if (mark != std::string_view::npos && mark > 0) {
      add(begin, begin + mark);
      words.push_back({"'s",
                       {static_cast<std::uint32_t>(offset + begin + mark),
                        static_cast<std::uint32_t>(offset + i)},
                       "'s"});
      continue;
    }
    add(begin, i);
  }
  return words;
}

}  // namespace relata::english
