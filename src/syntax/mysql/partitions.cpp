#include "syntax/mysql/partitions.h"

#include <charconv>

#include "base/text.h"

namespace relata::syntax::mysql {

namespace {

/// Reads partition clauses from tokens; the first thing that is not understood ends it.
class PartitionReader {
 public:
  PartitionReader(const std::vector<Token>& tokens, std::size_t position, const LexicalMode& mode)
      : tokens_(tokens), mode_(mode), position_(position) {}

  bool read(Partitions& result) {
    if (!accept("partition") || !accept("by")) return false;
    if (!read_method(result.method, result.expression)) return false;
    if (accept("partitions")) result.count = number();
    if (accept("subpartition")) {
      if (!accept("by") || !read_method(result.submethod, result.subexpression)) return false;
      if (accept("subpartitions")) result.subcount = number();
    }
    return !at("(") || read_list(result.partitions);
  }

  bool read_list(std::vector<Partition>& list) {
    if (!accept_symbol("(")) return false;
    do {
      Partition partition;
      if (!read_partition(partition, true)) return false;
      list.push_back(std::move(partition));
    } while (accept_symbol(","));
    return accept_symbol(")");
  }

  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  [[nodiscard]] const Token& peek() const {
    return tokens_[std::min(position_, tokens_.size() - 1)];
  }
  [[nodiscard]] bool at(std::string_view symbol) const { return is_symbol(peek(), symbol); }
  bool accept(std::string_view word) {
    if (!is_word(peek(), word)) return false;
    ++position_;
    return true;
  }
  bool accept_symbol(std::string_view symbol) {
    if (!at(symbol)) return false;
    ++position_;
    return true;
  }
  int number() {
    int value = 0;
    const std::string_view text = peek().text;
    std::from_chars(text.data(), text.data() + text.size(), value);
    ++position_;
    return value;
  }

  /// The text in the parentheses at hand, without blanks and line ends between its tokens changed.
  bool parenthesised(std::string& text) {
    if (!accept_symbol("(")) return false;
    const std::size_t first = position_;
    for (int depth = 1; depth > 0; ++position_) {
      if (peek().kind == TokenKind::end) return false;
      if (at("(")) ++depth;
      if (at(")")) --depth;
    }
    text = first + 1 == position_ ? std::string() : between(first, position_ - 1);
    return true;
  }

  [[nodiscard]] std::string between(std::size_t first, std::size_t behind) const {
    const char* begin = tokens_[first].text.data();
    const std::string_view last = tokens_[behind - 1].text;
    return {begin, last.data() + last.size()};
  }

  bool read_method(std::string& method, std::string& expression) {
    if (accept("linear")) method = "linear ";
    if (accept("hash")) {
      method += "hash";
    } else if (accept("key")) {
      method += "key";
      if (accept("algorithm")) {
        if (!accept_symbol("=")) return false;
        method += " algorithm=" + std::to_string(number());
      }
    } else if (accept("range")) {
      method += "range";
    } else if (accept("list")) {
      method += "list";
    } else if (accept("system_time")) {
      method = "system_time";
      return read_system_time(expression);
    } else {
      return false;
    }
    if (accept("columns")) method += " columns";
    return parenthesised(expression);
  }

  /// INTERVAL n unit [STARTS ...], LIMIT n [AUTO]: kept as words.
  bool read_system_time(std::string& expression) {
    while (peek().kind != TokenKind::end && !at("(") && !is_word(peek(), "partitions") &&
           !is_word(peek(), "subpartition")) {
      if (!expression.empty()) expression += ' ';
      expression += peek().text;
      ++position_;
    }
    return true;
  }

  bool read_values(Partition& partition) {
    std::string inner;
    if (accept("less")) {
      if (!accept("than")) return false;
      if (accept("maxvalue")) {
        partition.values = "less than maxvalue";
        return true;
      }
      if (!parenthesised(inner)) return false;
      partition.values =
          to_lower(inner) == "maxvalue" ? "less than maxvalue" : "less than (" + inner + ")";
      return true;
    }
    if (!accept("in") || !parenthesised(inner)) return false;
    partition.values = "in (" + inner + ")";
    return true;
  }

  bool read_partition(Partition& partition, bool top) {
    if (!accept(top ? "partition" : "subpartition")) return false;
    if (peek().kind != TokenKind::word && peek().kind != TokenKind::identifier) return false;
    partition.name = identifier_value(tokens_[position_++]);
    if (accept("values") && !read_values(partition)) return false;
    if (accept("history")) partition.values = "history";
    if (accept("current")) partition.values = "current";
    while (read_option(partition)) {
    }
    if (!top || !accept_symbol("(")) return true;
    do {
      Partition inner;
      if (!read_partition(inner, false)) return false;
      partition.subpartitions.push_back(std::move(inner));
    } while (accept_symbol(","));
    return accept_symbol(")");
  }

  bool read_option(Partition& partition) {
    std::string name;
    if (accept("storage")) {
      if (!is_word(peek(), "engine")) return false;
    }
    if (is_word(peek(), "data") || is_word(peek(), "index")) {
      name = to_upper(tokens_[position_++].text) + " ";
      if (!is_word(peek(), "directory")) return false;
    }
    const bool known = !name.empty() || is_word(peek(), "engine") || is_word(peek(), "comment") ||
                       is_word(peek(), "max_rows") || is_word(peek(), "min_rows") ||
                       is_word(peek(), "tablespace") || is_word(peek(), "nodegroup");
    if (!known) return false;
    name += to_upper(tokens_[position_++].text);
    accept_symbol("=");
    const Token& value = peek();
    if (value.kind == TokenKind::end) return false;
    ++position_;
    partition.options.emplace_back(name, value.kind == TokenKind::string
                                             ? string_value(value.text, mode_)
                                             : std::string(value.text));
    return true;
  }

  const std::vector<Token>& tokens_;
  LexicalMode mode_;
  std::size_t position_;
};

/// The server's own names for partitions that were only counted: p0, p1 ...
void print(std::string& text, const Partition& partition, std::string_view word) {
  text += word;
  text += " " + quoted_identifier(partition.name);
  if (partition.values == "history" || partition.values == "current") {
    text += " " + to_upper(partition.values);
  } else if (!partition.values.empty()) {
    text += " VALUES ";
    const std::size_t open = std::min(partition.values.find('('), partition.values.size());
    text += to_upper(partition.values.substr(0, open));
    text += partition.values.substr(open);
  }
  for (const auto& [name, value] : partition.options) {
    // Every partition has the engine of the table.
    if (name == "ENGINE" || name.ends_with("DIRECTORY") || name == "TABLESPACE") continue;
    text += " " + name + " = " + (name == "COMMENT" ? quoted_string(value) : value);
  }
  if (partition.subpartitions.empty()) return;
  text += "\n (";
  for (std::size_t i = 0; i < partition.subpartitions.size(); ++i) {
    if (i > 0) text += ",\n  ";
    print(text, partition.subpartitions[i], "SUBPARTITION");
  }
  text += ")";
}

}  // namespace

std::optional<Partitions> read_partitions(const std::vector<Token>& tokens, std::size_t& position,
                                          const LexicalMode& mode) {
  Partitions result;
  PartitionReader reader(tokens, position, mode);
  if (!reader.read(result)) return std::nullopt;
  position = reader.position();
  return result;
}

std::vector<Partition> read_partition_list(const std::vector<Token>& tokens, std::size_t& position,
                                           const LexicalMode& mode) {
  std::vector<Partition> result;
  PartitionReader reader(tokens, position, mode);
  if (!reader.read_list(result)) return {};
  position = reader.position();
  return result;
}

std::string partition_clause(const Partitions& partitions) {
  const auto method = [](const std::string& name, const std::string& expression) {
    return to_upper(name) + (name == "system_time" ? " " + expression : " (" + expression + ")");
  };
  std::string text = "PARTITION BY " + method(partitions.method, partitions.expression);
  if (!partitions.submethod.empty()) {
    text += "\nSUBPARTITION BY " + method(partitions.submethod, partitions.subexpression);
    if (partitions.subcount > 0) text += "\nSUBPARTITIONS " + std::to_string(partitions.subcount);
  }
  if (partitions.partitions.empty()) {
    if (partitions.count > 1) text += "\nPARTITIONS " + std::to_string(partitions.count);
    return text;
  }
  text += "\n(";
  for (std::size_t i = 0; i < partitions.partitions.size(); ++i) {
    if (i > 0) text += ",\n ";
    print(text, partitions.partitions[i], "PARTITION");
  }
  return text + ")";
}

}  // namespace relata::syntax::mysql
