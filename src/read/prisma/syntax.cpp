#include "read/prisma/syntax.h"

#include <algorithm>

#include "base/text.h"

namespace relata::prisma {
namespace {

/// Lists and calls nest at most this deep; nobody writes more than three levels.
constexpr int maximum_depth = 64;

bool is_name_character(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  Parser(const SourceFile& file, DiagnosticSink& sink)
      : file_(file), text_(file.text), sink_(sink) {}

  std::vector<Block> run() {
    std::vector<Block> blocks;
    while (skip_space_and_lines(), !at_end()) {
      Block block;
      if (read_block(block)) blocks.push_back(std::move(block));
    }
    return blocks;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] Span span_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  /// Blanks and comments up to the end of the line.
  void skip_space() {
    while (!at_end()) {
      if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
        ++at_;
      } else if (text_.substr(at_).starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_).starts_with("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }
  void skip_space_and_lines() {
    while (skip_space(), take('\n')) {
    }
  }
  void skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    take('\n');
  }

  std::string name() {
    const std::size_t begin = at_;
    while (!at_end() && is_name_character(peek())) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  /// "db.VarChar".
  std::string dotted_name() {
    std::string text = name();
    while (peek() == '.') {
      ++at_;
      text += "." + name();
    }
    return text;
  }

  void fail(std::string message, std::string help = {}) {
    const std::size_t begin = std::min(at_, text_.size());
    const std::size_t end = std::min(begin + 1, text_.size());
    sink_.error("prisma-syntax", std::move(message), file_.name,
                Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                std::move(help));
  }

  bool read_block(Block& block) {
    block.source = file_.name;
    block.keyword = name();
    static constexpr std::string_view keywords[] = {"model", "view",       "type",
                                                    "enum",  "datasource", "generator"};
    if (std::find(std::begin(keywords), std::end(keywords), block.keyword) == std::end(keywords)) {
      at_ -= block.keyword.size();
      fail("here a block begins: model, view, type, enum, datasource or generator");
      at_ += block.keyword.size();
      skip_line();
      return false;
    }
    skip_space();
    const std::size_t begin = at_;
    block.name = name();
    block.span = span_from(begin);
    skip_space_and_lines();
    if (block.name.empty() || !take('{')) {
      fail("'" + block.keyword + "' is followed by a name and '{'");
      skip_line();
      return false;
    }
    read_lines(block);
    return true;
  }

  void read_lines(Block& block) {
    const bool settings = block.keyword == "datasource" || block.keyword == "generator";
    while (skip_space_and_lines(), !at_end()) {
      if (take('}')) return;
      const std::size_t before = at_;
      const bool fine = settings ? read_setting(block) : read_member(block);
      if (!fine || at_ == before) skip_line();
    }
    fail("'" + block.keyword + " " + block.name + "' is not closed", "Add a '}' at its end.");
  }

  bool read_setting(Block& block) {
    const std::string key = name();
    skip_space();
    if (key.empty() || !take('=')) {
      fail("a setting is written as name = value");
      return false;
    }
    skip_space();
    Value value;
    if (!read_value(value, 0)) return false;
    block.settings.emplace_back(key, std::move(value));
    return true;
  }

  bool read_member(Block& block) {
    if (peek() == '@') {
      Attribute attribute;
      if (!read_attribute(attribute)) return false;
      block.attributes.push_back(std::move(attribute));
      return true;
    }
    Field field;
    const std::size_t begin = at_;
    field.name = name();
    field.span = span_from(begin);
    if (field.name.empty()) {
      fail("a line is a field, a value or an attribute");
      return false;
    }
    skip_space();
    take(':');  // older schemas
    skip_space();
    if (block.keyword != "enum" && !read_type(field)) return false;
    while (skip_space(), peek() == '@') {
      Attribute attribute;
      if (!read_attribute(attribute)) return false;
      field.attributes.push_back(std::move(attribute));
    }
    block.fields.push_back(std::move(field));
    if (peek() != '\n' && peek() != '}' && !at_end()) {
      fail("the line ends here");
      return false;
    }
    return true;
  }

  bool read_type(Field& field) {
    const bool older_list = take('[');
    field.type = name();
    if (field.type.empty()) {
      fail("the field '" + field.name + "' has no type");
      return false;
    }
    if (field.type == "Unsupported" && take('(')) {
      Value value;
      if (!read_value(value, 0)) return false;
      field.unsupported = value.text;
      take(')');
    }
    if (older_list) take(']');
    if (older_list || text_.substr(at_).starts_with("[]")) {
      field.arity = Arity::list;
      if (!older_list) at_ += 2;
    }
    if (take('?') && field.arity == Arity::required) field.arity = Arity::optional;
    take('!');
    return true;
  }

  bool read_attribute(Attribute& attribute) {
    const std::size_t begin = at_;
    while (take('@')) {
    }
    attribute.name = dotted_name();
    if (attribute.name.empty()) {
      fail("'@' is followed by the name of an attribute");
      return false;
    }
    skip_space();
    if (take('(') && !read_arguments(attribute.arguments, ')', 0)) return false;
    attribute.span = span_from(begin);
    return true;
  }

  /// Up to and with the closing bracket.
  bool read_arguments(std::vector<Argument>& arguments, char close, int depth) {
    if (depth > maximum_depth) {
      fail("this is nested deeper than " + std::to_string(maximum_depth) + " levels");
      return false;
    }
    while (skip_space_and_lines(), !take(close)) {
      if (at_end()) {
        fail(std::string("a '") + close + "' is missing");
        return false;
      }
      Argument argument;
      const std::size_t begin = at_;
      std::string label = name();
      skip_space();
      if (!label.empty() && take(':')) {
        argument.name = std::move(label);
        skip_space_and_lines();
      } else {
        at_ = begin;
      }
      if (!read_value(argument.value, depth)) return false;
      arguments.push_back(std::move(argument));
      skip_space_and_lines();
      take(',');
    }
    return true;
  }

  bool read_value(Value& value, int depth) {
    const std::size_t begin = at_;
    if (take('"')) {
      value.kind = ValueKind::string;
      if (!read_string(value.text)) return false;
    } else if (take('[')) {
      value.kind = ValueKind::list;
      if (!read_arguments(value.arguments, ']', depth + 1)) return false;
    } else if (is_ascii_digit(peek()) || peek() == '-' || peek() == '+') {
      value.kind = ValueKind::number;
      while (is_ascii_digit(peek()) || peek() == '.' || peek() == '-' || peek() == '+' ||
             peek() == 'e' || peek() == 'E') {
        value.text += text_[at_++];
      }
    } else {
      value.text = dotted_name();
      if (value.text.empty()) {
        fail("a value is missing here");
        return false;
      }
      if (take('(')) {
        value.kind = ValueKind::call;
        if (!read_arguments(value.arguments, ')', depth + 1)) return false;
      }
    }
    value.span = span_from(begin);
    return true;
  }

  /// Up to and with the closing quote, with JSON's escapes.
  bool read_string(std::string& text) {
    while (!at_end() && peek() != '\n') {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c != '\\' || at_end()) {
        text += c;
        continue;
      }
      const char escaped = text_[at_++];
      switch (escaped) {
        case 'n':
          text += '\n';
          break;
        case 't':
          text += '\t';
          break;
        case 'r':
          text += '\r';
          break;
        default:
          text += escaped;
      }
    }
    fail("this string is not closed");
    return false;
  }

  const SourceFile& file_;
  std::string_view text_;
  DiagnosticSink& sink_;
  std::size_t at_ = 0;
};

template <class Container>
const Attribute* find_attribute(const Container& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Attribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace

const Value* Attribute::find(std::string_view name_of_argument) const {
  for (const Argument& argument : arguments) {
    if (argument.name == name_of_argument) return &argument.value;
  }
  return nullptr;
}

const Value* Attribute::find(std::string_view name_of_argument, std::size_t position) const {
  if (const Value* value = find(name_of_argument)) return value;
  for (const Argument& argument : arguments) {
    if (argument.name.empty() && position-- == 0) return &argument.value;
  }
  return nullptr;
}

const Attribute* Field::find(std::string_view attribute) const {
  return find_attribute(attributes, attribute);
}

const Attribute* Block::find(std::string_view attribute) const {
  return find_attribute(attributes, attribute);
}

const Value* Block::setting(std::string_view key) const {
  for (const auto& [setting_name, value] : settings) {
    if (setting_name == key) return &value;
  }
  return nullptr;
}

std::vector<Block> parse(const SourceFile& file, DiagnosticSink& sink) {
  return Parser(file, sink).run();
}

}  // namespace relata::prisma
