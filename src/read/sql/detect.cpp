#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "read/sql/dialect_names.h"
#include "read/sql/sql.h"
#include "read/sql/sql_words.h"

namespace relata::sql {
namespace {

enum Candidate : std::size_t { postgres, sqlite, mysql };

/// The order decides where the evidence is even: SQLite takes almost everything, while a text for
/// MySQL almost always says something of its own.
constexpr std::array<std::string_view, 3> candidate_ids{"postgres", "sqlite", "mysql"};

/// No later evidence turns such a lead.
constexpr int decisive = 60;

/// Evidence comes at the beginning; rows follow.
constexpr std::size_t examined_bytes = std::size_t{8} << 20;

/// What PostgreSQL has before anything is read: the others must say more than a habit.
constexpr int head_start = 2;

/// A file or folder that is called after a dialect, less the farther it is; and a remark.
constexpr int name_weight = 30;
constexpr std::size_t farthest_name = 8;
constexpr int remark_weight = 6;

constexpr std::size_t longest_pattern = 6;
constexpr std::size_t window_size = 256;

struct EvidenceRow {
  std::string_view tokens;
  Candidate dialect;
  int weight;
};

constexpr std::array evidence_rows{
#define RELATA_EVIDENCE(tokens, dialect, weight) EvidenceRow{tokens, dialect, weight},
#include "read/sql/evidence.def"
#undef RELATA_EVIDENCE
};

/// What the comment that a tool writes at the top of its dumps says.
struct DumpHeader {
  std::string_view text;
  Candidate dialect;
};
constexpr std::array dump_headers{
    DumpHeader{"-- PostgreSQL database dump", postgres},
    DumpHeader{"-- MySQL dump ", mysql},
    DumpHeader{"-- MariaDB dump ", mysql},
    DumpHeader{"-- phpMyAdmin SQL Dump", mysql},
    DumpHeader{"-- HeidiSQL", mysql},
    DumpHeader{"-- Adminer", mysql},
};

struct Pattern {
  std::vector<std::string_view> tokens;
  bool begins_statement = false;
  const EvidenceRow* row = nullptr;
};

struct Patterns {
  std::unordered_map<std::string_view, std::vector<Pattern>> by_first;  ///< By the first token.
  std::vector<Pattern> of_any;                                          ///< Begin with any token.
  /// The lengths that first tokens with this first byte have: most words need not be looked up.
  std::array<std::bitset<16>, 256> lengths;

  [[nodiscard]] const std::vector<Pattern>* find(std::string_view token) const {
    const std::bitset<16>& possible = lengths[static_cast<unsigned char>(token.front())];
    if (!possible[std::min<std::size_t>(token.size(), 15)]) return nullptr;
    const auto found = by_first.find(token);
    return found == by_first.end() ? nullptr : &found->second;
  }
};

const Patterns& patterns() {
  static const auto table = [] {
    Patterns result;
    for (const EvidenceRow& row : evidence_rows) {
      Pattern pattern;
      pattern.row = &row;
      pattern.begins_statement = row.tokens.front() == '^';
      pattern.tokens = split(row.tokens.substr(pattern.begins_statement ? 1 : 0), ' ');
      const std::string_view first = pattern.tokens.front();
      if (first == "*") {
        result.of_any.push_back(std::move(pattern));
        continue;
      }
      result.lengths[static_cast<unsigned char>(first.front())].set(
          std::min<std::size_t>(first.size(), 15));
      result.by_first[first].push_back(std::move(pattern));
    }
    return result;
  }();
  return table;
}

class Detection {
 public:
  void read(const SourceFile& file) {
    file_ = &file;
    weigh_name();
    const std::string_view text = std::string_view(file.text).substr(0, examined_bytes);
    weigh_remarks(text.substr(0, 4096));
    for (const DumpHeader& header : dump_headers) {
      const std::size_t place = text.substr(0, 4096).find(header.text);
      if (place != std::string_view::npos) {
        add(header.dialect, 20, trim(header.text.substr(2)), place);
      }
    }
    SqlWords words(text);
    std::vector<SqlWord> window;
    std::size_t first = 0;
    while (!decided()) {
      if (window.size() - first < longest_pattern) {
        window.erase(window.begin(), window.begin() + static_cast<std::ptrdiff_t>(first));
        first = 0;
        while (window.size() < window_size) {
          auto word = words.next();
          if (!word) break;
          window.push_back(*word);
        }
        if (window.empty()) return;
      }
      match(std::span(window).subspan(first));
      ++first;
    }
  }

  [[nodiscard]] DetectedDialect result() const {
    const std::size_t best = leader();
    return {std::string(candidate_ids[best]), reasons_[best].text};
  }

  [[nodiscard]] bool decided() const { return decided_; }

 private:
  struct Reason {
    int weight = 0;
    std::string text;
  };

  static Candidate candidate(std::string_view id) {
    return static_cast<Candidate>(std::distance(
        candidate_ids.begin(), std::find(candidate_ids.begin(), candidate_ids.end(), id)));
  }

  [[nodiscard]] std::size_t leader() const {
    return static_cast<std::size_t>(
        std::distance(scores_.begin(), std::max_element(scores_.begin(), scores_.end())));
  }

  void match(std::span<const SqlWord> window) {
    const auto weigh_each = [&](const std::vector<Pattern>& candidates) {
      for (const Pattern& pattern : candidates) {
        const auto row = static_cast<std::size_t>(pattern.row - evidence_rows.data());
        if (seen_[row] || !matches(pattern, window)) continue;
        seen_[row] = true;
        weigh(pattern, window);
      }
    };
    if (const auto* candidates = patterns_.find(window.front().text)) weigh_each(*candidates);
    weigh_each(patterns_.of_any);
  }

  static bool is_name(std::string_view text) {
    const char c = text.front();
    return is_ascii_letter(c) || c == '_' || c == '"' || c == '`' || c == '[' ||
           static_cast<unsigned char>(c) >= 0x80;
  }

  static bool matches(const Pattern& pattern, std::span<const SqlWord> window) {
    if (pattern.begins_statement && !window.front().begins_statement) return false;
    if (pattern.tokens.size() > window.size()) return false;
    for (std::size_t i = 0; i < pattern.tokens.size(); ++i) {
      const std::string_view text = window[i].text;
      const bool fits = pattern.tokens[i] == "*" ? is_name(text) : pattern.tokens[i] == text;
      if (!fits) return false;
    }
    return true;
  }

  void weigh(const Pattern& pattern, std::span<const SqlWord> window) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < pattern.tokens.size(); ++i) words.emplace_back(window[i].text);
    add(pattern.row->dialect, pattern.row->weight, to_upper(join(words, " ")),
        window.front().begin);
  }

  /// What a project calls a folder or file outweighs habits in the text, but not what only one
  /// engine takes.
  void weigh_name() {
    const auto named = dialect_in_path(file_->name);
    if (!named || named->distance > farthest_name) return;
    const Candidate dialect = candidate(named->dialect);
    if (std::exchange(named_[dialect], true)) return;
    const int weight = name_weight - 2 * static_cast<int>(named->distance);
    score(dialect, weight);
    note(dialect, weight, "the name " + file_->name);
  }

  /// Names of dialects in the comments before the first statement.
  void weigh_remarks(std::string_view text) {
    std::size_t place = 0;
    while (place < text.size()) {
      const std::size_t end = std::min(text.find('\n', place), text.size());
      const std::string_view line = trim(text.substr(place, end - place));
      if (!line.empty() && !line.starts_with("--") && !line.starts_with('#') &&
          !line.starts_with("/*") && !line.starts_with('*')) {
        return;
      }
      for (const std::string& word : words_of(to_lower(line))) {
        const std::string_view named = dialect_named(word);
        if (named.empty() || std::exchange(remarked_[candidate(named)], true)) continue;
        add(candidate(named), remark_weight, "the remark '" + word + "'", place);
      }
      place = end + 1;
    }
  }

  void add(Candidate dialect, int weight, std::string_view what, std::size_t place) {
    score(dialect, weight);
    if (weight <= reasons_[dialect].weight) return;
    const Position position = position_of(file_->text, place);
    note(dialect, weight,
         std::string(what) + ", " + file_->name + ":" + std::to_string(position.line));
  }

  void score(Candidate dialect, int weight) {
    scores_[dialect] += weight;
    std::array<int, 3> sorted = scores_;
    std::sort(sorted.begin(), sorted.end());
    decided_ = sorted[2] - sorted[1] >= decisive;
  }

  void note(Candidate dialect, int weight, std::string text) {
    if (weight > reasons_[dialect].weight) reasons_[dialect] = {weight, std::move(text)};
  }

  const Patterns& patterns_ = patterns();
  const SourceFile* file_ = nullptr;
  std::array<int, 3> scores_{head_start, 0, 0};
  bool decided_ = false;
  std::array<Reason, 3> reasons_;
  std::array<bool, 3> named_{};
  std::array<bool, 3> remarked_{};
  std::array<bool, evidence_rows.size()> seen_{};
};

}  // namespace

DetectedDialect detect_dialect(const std::vector<SourceFile>& files) {
  Detection detection;
  for (const SourceFile& file : files) {
    if (detection.decided()) break;
    detection.read(file);
  }
  return detection.result();
}

}  // namespace relata::sql
