#include "read/sql/mysql/statements.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::sql::mysql {

namespace {

using syntax::mysql::LexicalMode;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool is_word_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$';
}

/// Commands that the client takes at the beginning of a line (mysql --help, "List of all client
/// commands"), apart from those that are SQL as well.
constexpr std::array<std::string_view, 15> client_commands{
    "charset", "connect", "source", "system", "tee",       "notee",    "nopager", "pager",
    "prompt",  "rehash",  "status", "ego",    "nowarning", "warnings", "quit"};

/// Counts BEGIN, CASE, IF, LOOP, REPEAT and WHILE against END in the words of a program.
class BlockCounter {
 public:
  /// `next` is the byte behind the word, white space left out.
  void word(std::string_view lower, char next) {
    if (after_end_) {
      after_end_ = false;
      // END IF, END CASE, END LOOP, END REPEAT, END WHILE: counted with END.
      if (lower == "if" || lower == "case" || lower == "loop" || lower == "repeat" ||
          lower == "while") {
        return;
      }
    }
    if (lower == "end") {
      if (depth_ > 0) --depth_;
      after_end_ = true;
    } else if (lower == "begin" || lower == "case" || lower == "loop" || lower == "while") {
      ++depth_;
    } else if ((lower == "if" || lower == "repeat") && next != '(') {
      ++depth_;
    } else if (lower == "if" && begins_statement_) {
      // IF (a > b) THEN at the beginning of a statement; elsewhere it is the function.
      ++depth_;
    }
    begins_statement_ = lower == "begin" || lower == "then" || lower == "else" || lower == "do" ||
                        lower == "loop" || lower == "repeat";
  }
  void semicolon() {
    begins_statement_ = true;
    after_end_ = false;
  }
  void other() {
    begins_statement_ = false;
    after_end_ = false;
  }
  [[nodiscard]] bool open() const { return depth_ > 0; }

 private:
  int depth_ = 0;
  bool after_end_ = false;
  bool begins_statement_ = false;
};

/// Whether the first words of a statement create a trigger, procedure, function or event.
class ProgramDetector {
 public:
  void word(std::string_view lower) {
    if (decided_) return;
    if (count_ == 0) {
      decided_ = lower != "create";
    } else if (lower == "trigger" || lower == "procedure" || lower == "function" ||
               lower == "event" || lower == "package") {
      decided_ = true;
      program_ = true;
    } else if (lower == "table" || lower == "view" || lower == "index" || count_ > 12) {
      decided_ = true;
    }
    ++count_;
  }
  [[nodiscard]] bool program() const { return program_; }

 private:
  int count_ = 0;
  bool decided_ = false;
  bool program_ = false;
};

}  // namespace

std::string_view StatementReader::line_at(std::size_t position) const {
  const std::string_view text = file_.text;
  const std::size_t end = text.find('\n', position);
  return text.substr(position, end == std::string_view::npos ? end : end - position);
}

void StatementReader::set_aside(std::string_view line, std::string_view what) {
  const auto begin = static_cast<std::uint32_t>(line.data() - file_.text.data());
  const std::string_view shown = trim(line);
  sink_.warning("mysql-client-command",
                "'" + std::string(what) +
                    "' is a command of the client "
                    "and is not followed",
                file_.name, Span{begin, begin + static_cast<std::uint32_t>(shown.size())},
                "Name the files that it would run as sources of their own, in that order.");
}

/// Reads DELIMITER, USE without semicolon, and other client commands at the beginning of a line.
bool StatementReader::read_client_command() {
  const std::string_view line = line_at(position_);
  std::size_t word_end = 0;
  while (word_end < line.size() && is_ascii_letter(line[word_end])) ++word_end;
  const std::string word = to_lower(line.substr(0, word_end));
  const std::string_view rest = trim(line.substr(word_end));
  const bool apart = word_end == line.size() || is_space(line[word_end]);
  if (line.starts_with("\\.") || line.starts_with("\\!") || line.starts_with("\\-")) {
    set_aside(line, line.substr(0, 2));
  } else if (!apart) {
    return false;
  } else if (word == "delimiter") {
    const std::size_t blank = rest.find_first_of(" \t\r");
    if (!rest.empty()) delimiter_ = rest.substr(0, blank);
  } else if (word == "use" && rest.find(delimiter_) == std::string_view::npos && !rest.empty() &&
             rest.find_first_of(" \t;") == std::string_view::npos) {
    use_ = trim(line);
  } else if (std::ranges::find(client_commands, word) != client_commands.end()) {
    if (word == "source" || word == "system") set_aside(line, word);
  } else {
    return false;
  }
  position_ += line.size();
  return true;
}

std::size_t StatementReader::find_end(const LexicalMode& mode) {
  const std::string_view text = file_.text;
  const bool own_delimiter = delimiter_ != ";";
  BlockCounter blocks;
  ProgramDetector detector;
  std::size_t i = position_;
  while (i < text.size()) {
    const char c = text[i];
    if (text.substr(i, delimiter_.size()) == delimiter_ &&
        (own_delimiter || !detector.program() || !blocks.open())) {
      return i;
    }
    if (is_word_byte(c)) {
      std::size_t end = i;
      while (end < text.size() && is_word_byte(text[end])) ++end;
      // A delimiter may stand right behind a word ("END$$").
      if (own_delimiter) {
        const std::size_t found = text.substr(i, end - i).find(delimiter_);
        if (found != std::string_view::npos && found > 0) end = i + found;
      } else {
        const std::string word = to_lower(text.substr(i, end - i));
        detector.word(word);
        if (detector.program()) {
          const std::size_t next = text.find_first_not_of(" \t\r\n", end);
          blocks.word(word, next == std::string_view::npos ? '\0' : text[next]);
        }
      }
      i = end;
      continue;
    }
    if (c == ';') blocks.semicolon();
    const bool versioned = c == '/' && (text.substr(i, 3) == "/*!" || text.substr(i, 4) == "/*M!");
    // Quotes and statements reach into versioned comments, so they are not skipped as a whole.
    if (versioned) {
      i += 3;
    } else {
      const std::size_t next = syntax::mysql::skip_token(text, i, mode);
      if (!is_space(c) && c != ';' && next == i + 1) blocks.other();
      i = next;
    }
  }
  return text.size();
}

Statement StatementReader::statement(std::size_t begin, std::size_t end,
                                     const LexicalMode& mode) const {
  return {syntax::mysql::without_version_marks(
              std::string_view(file_.text).substr(begin, end - begin), mode),
          Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

std::optional<Statement> StatementReader::next(const LexicalMode& mode) {
  const std::string_view text = file_.text;
  while (position_ < text.size()) {
    const char c = text[position_];
    const bool line_begins = position_ == 0 || text[position_ - 1] == '\n';
    if (is_space(c)) {
      ++position_;
      continue;
    }
    if (text.substr(position_, delimiter_.size()) == delimiter_) {
      position_ += delimiter_.size();
      continue;
    }
    const bool versioned =
        text.substr(position_, 3) == "/*!" || text.substr(position_, 4) == "/*M!";
    const bool comment = c == '#' || (c == '-' && text.substr(position_, 2) == "--") ||
                         (text.substr(position_, 2) == "/*" && !versioned);
    if (comment) {
      const std::size_t end = syntax::mysql::skip_token(text, position_, mode);
      if (end > position_ + 1) {
        position_ = end;
        continue;
      }
    }
    const std::size_t begin = position_;
    const bool only_blanks_before =
        line_begins ||
        trim(text.substr(text.rfind('\n', position_) == std::string_view::npos
                             ? 0
                             : text.rfind('\n', position_),
                         position_ - (text.rfind('\n', position_) == std::string_view::npos
                                          ? 0
                                          : text.rfind('\n', position_))))
            .empty();
    if (only_blanks_before && read_client_command()) {
      if (use_.empty()) continue;
      Statement use{use_, Span{static_cast<std::uint32_t>(begin),
                               static_cast<std::uint32_t>(begin + use_.size())}};
      use_.clear();
      return use;
    }
    const std::size_t end = find_end(mode);
    position_ = end < text.size() ? end + delimiter_.size() : end;
    std::size_t last = end;
    while (last > begin && is_space(text[last - 1])) --last;
    Statement result = statement(begin, last, mode);
    if (!trim(result.text).empty()) return result;
  }
  return std::nullopt;
}

}  // namespace relata::sql::mysql
