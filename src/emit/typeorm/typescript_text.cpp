#include "emit/typeorm/typescript_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

constexpr std::size_t line_width = 80;
constexpr std::string_view arrow = ") => ";

std::string spaces(std::size_t count) { return std::string(count, ' '); }

/// ECMAScript 2024, 12.9.4: what a string literal cannot hold as it is.
void append_escaped(std::string& out, char c, char quote) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (c == quote || c == '\\') {
    out += '\\';
    out += c;
  } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
    std::array<char, 5> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "\\x%02x", static_cast<unsigned char>(c));
    out += buffer.data();
  } else {
    out += c;
  }
}

std::string quoted(std::string_view value) {
  const auto single = std::count(value.begin(), value.end(), '\'');
  const auto twice = std::count(value.begin(), value.end(), '"');
  const char quote = single > twice ? '"' : '\'';
  std::string out(1, quote);
  for (const char c : value) append_escaped(out, c, quote);
  return out + quote;
}

std::string template_literal(std::string_view value) {
  std::string out = "`";
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '`' || c == '\\' || (c == '$' && i + 1 < value.size() && value[i + 1] == '{')) {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += c;
    } else {
      append_escaped(out, c, '`');
    }
  }
  return out + "`";
}

std::size_t first_line_width(std::string_view text) {
  return code_points(text.substr(0, text.find('\n')));
}

/// Where the body of an arrow function begins; 0: it is none.
std::size_t body_of_function(std::string_view text) {
  const std::size_t found =
      text.empty() || text.front() != '(' ? std::string_view::npos : text.find(arrow);
  return found == std::string_view::npos ? 0 : found + arrow.size();
}

std::string key_text(const std::string& key, const std::string& value) {
  return key.empty() ? value : key + ": " + value;
}

}  // namespace

Code Code::text(std::string text) {
  Code code;
  code.text_ = std::move(text);
  return code;
}

Code Code::string(std::string_view value) { return text(quoted(value)); }

Code Code::sql(std::string_view value) {
  const bool single = value.find('\'') != std::string_view::npos;
  const bool twice = value.find('"') != std::string_view::npos;
  if (value.find('\n') == std::string_view::npos && !(single && twice)) return string(value);
  return text(template_literal(value));
}

Code Code::strings(const std::vector<std::string>& values) {
  std::vector<Code> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.push_back(string(value));
  return array(std::move(items));
}

Code Code::array(std::vector<Code> items) {
  Code code;
  code.kind_ = Kind::array;
  for (Code& item : items) code.members_.emplace_back("", std::move(item));
  return code;
}

Code Code::object(std::vector<Member> members) {
  Code code;
  code.kind_ = Kind::object;
  code.members_ = std::move(members);
  return code;
}

Code Code::call(std::string function, std::vector<Code> arguments) {
  Code code = array(std::move(arguments));
  code.kind_ = Kind::call;
  code.text_ = std::move(function);
  return code;
}

Code Code::function(Code body) { return text("() => " + body.flat()); }

bool Code::has_lines() const {
  if (kind_ == Kind::text) return text_.find('\n') != std::string::npos;
  return std::any_of(members_.begin(), members_.end(),
                     [](const Member& member) { return member.second.has_lines(); });
}

std::string Code::flat() const {
  if (kind_ == Kind::text) return text_;
  std::vector<std::string> items;
  items.reserve(members_.size());
  for (const auto& [key, value] : members_) items.push_back(key_text(key, value.flat()));
  const std::string inside = join(items, ", ");
  if (kind_ == Kind::array) return "[" + inside + "]";
  if (kind_ == Kind::call) return text_ + "(" + inside + ")";
  return members_.empty() ? "{}" : "{ " + inside + " }";
}

std::string Code::items_on_lines(std::size_t indent) const {
  std::string out;
  for (const auto& [key, value] : members_) {
    const std::size_t before = key.empty() ? 0 : code_points(key) + 2;
    const std::string text = value.broken(indent + 2, before, 1);
    const bool too_wide = value.kind_ == Kind::text &&
                          indent + 2 + before + first_line_width(text) + 1 > line_width &&
                          text.find('\n') == std::string::npos;
    std::string item = key_text(key, text);
    const std::size_t at = body_of_function(text);
    if (too_wide && at > 0) {
      item = key_text(key, text.substr(0, at - 1)) + "\n" + spaces(indent + 4) + text.substr(at);
    } else if (too_wide && !key.empty()) {
      item = key + ":\n" + spaces(indent + 4) + text;
    }
    out += spaces(indent + 2) + item + ",\n";
  }
  return out;
}

/// The last argument of a call alone is broken when it is an object or array and the others fit
/// before it; empty when they do not.
std::string Code::with_last_broken(std::size_t indent, std::size_t before) const {
  const Code& last = members_.back().second;
  if (last.kind_ != Kind::object && last.kind_ != Kind::array) return {};
  if (last.members_.empty()) return {};
  std::string head = text_ + "(";
  for (std::size_t i = 0; i + 1 < members_.size(); ++i) {
    if (members_[i].second.has_lines()) return {};
    if (members_[i].second.kind_ == Kind::object) return {};
    head += members_[i].second.flat() + ", ";
  }
  if (indent + before + code_points(head) + 1 > line_width) return {};
  const char open = last.kind_ == Kind::object ? '{' : '[';
  const char close = last.kind_ == Kind::object ? '}' : ']';
  return head + open + "\n" + last.items_on_lines(indent) + spaces(indent) + close + ")";
}

std::string Code::broken(std::size_t indent, std::size_t before, std::size_t after) const {
  const std::string one_line = flat();
  if (kind_ == Kind::text) return one_line;
  const bool fits = indent + before + first_line_width(one_line) +
                        (one_line.find('\n') == std::string::npos ? after : 0) <=
                    line_width;
  if (fits && !has_lines()) return one_line;
  if (members_.empty()) return one_line;
  if (kind_ == Kind::call) {
    // A template literal alone stays where it is.
    if (members_.size() == 1 && members_.front().second.kind_ == Kind::text && has_lines()) {
      return one_line;
    }
    std::string out = with_last_broken(indent, before);
    if (!out.empty()) return out;
    return text_ + "(\n" + items_on_lines(indent) + spaces(indent) + ")";
  }
  const char open = kind_ == Kind::object ? '{' : '[';
  const char close = kind_ == Kind::object ? '}' : ']';
  return open + ("\n" + items_on_lines(indent)) + spaces(indent) + close;
}

std::string doc_comment(const std::vector<std::string>& paragraphs, std::size_t indent) {
  const std::string margin = spaces(indent) + " * ";
  std::vector<std::string> lines;
  for (const std::string& paragraph : paragraphs) {
    if (paragraph.empty()) continue;
    if (!lines.empty()) lines.emplace_back();
    std::string line;
    // "*/" would end the comment.
    const std::string safe = replace_all(paragraph, "*/", "*\u200b/");
    for (const std::string_view written : split(safe, '\n')) {
      for (const std::string_view word : split(trim(written), ' ')) {
        if (word.empty()) continue;
        if (!line.empty() &&
            margin.size() + code_points(line) + 1 + code_points(word) > line_width) {
          lines.push_back(line);
          line.clear();
        }
        if (!line.empty()) line += ' ';
        line += word;
      }
      if (!line.empty()) lines.push_back(line);
      line.clear();
    }
  }
  if (lines.empty()) return {};
  if (lines.size() == 1 && indent + code_points(lines.front()) + 7 <= line_width) {
    return spaces(indent) + "/** " + lines.front() + " */\n";
  }
  std::string out = spaces(indent) + "/**\n";
  for (const std::string& line : lines)
    out += line.empty() ? spaces(indent) + " *\n" : margin + line + "\n";
  return out + spaces(indent) + " */\n";
}

}  // namespace relata::emit::typeorm
