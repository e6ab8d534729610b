#include "emit/sqlalchemy/python_code.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit::sqlalchemy {
namespace {

constexpr std::size_t width = 88;

std::string blanks(std::size_t level) { return std::string(level * 4, ' '); }

Code bracketed(Code::Kind kind, std::string text, std::vector<Code> items, std::string close) {
  Code code;
  code.kind = kind;
  code.text = std::move(text);
  code.items = std::move(items);
  code.close = std::move(close);
  return code;
}

bool is_tuple(const Code& code) { return code.kind == Code::Kind::display && code.close == ")"; }

std::string one_line_items(const std::vector<Code>& items) {
  std::string out;
  for (const Code& item : items) {
    if (&item != &items.front()) out += ", ";
    out += one_line(item);
  }
  return out;
}

/// Black counts characters (wide ones twice; names and texts of that kind are rare).
bool fits(std::string_view line) {
  return line.find('\n') == std::string_view::npos && code_points(line) <= width;
}

void append_escaped(std::string& out, char c, char quote) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (c == '\\') {
    out += "\\\\";
  } else if (c == quote) {
    out += '\\';
    out += c;
  } else if (c == '\n') {
    out += "\\n";
  } else if (c == '\t') {
    out += "\\t";
  } else if (c == '\r') {
    out += "\\r";
  } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
    out += "\\x";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 0xFU];
  } else {
    out += c;
  }
}

/// The text with single blanks between its words.
std::string in_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) {
      out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return std::string(trim(out));
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines{std::string()};
  std::size_t used = 0;
  const std::string flat = in_one_line(text);
  for (const std::string_view word : split(flat, ' ')) {
    const std::size_t size = code_points(word);
    if (used > 0 && used + 1 + size > columns) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) lines.back() += ' ';
    used += size + (used > 0 ? 1 : 0);
    lines.back() += word;
  }
  return lines;
}

}  // namespace

Code call(std::string_view callee, std::vector<Code> items) {
  return bracketed(Code::Kind::call, std::string(callee) + "(", std::move(items), ")");
}

Code subscript(std::string_view name, std::vector<Code> items) {
  return bracketed(Code::Kind::call, std::string(name) + "[", std::move(items), "]");
}

Code tuple(std::vector<Code> items) {
  return bracketed(Code::Kind::display, "(", std::move(items), ")");
}

Code list(std::vector<Code> items) {
  return bracketed(Code::Kind::display, "[", std::move(items), "]");
}

Code dict(std::vector<Code> items) {
  return bracketed(Code::Kind::display, "{", std::move(items), "}");
}

Code prefixed(std::string_view before, Code code) {
  code.text.insert(0, before);
  return code;
}

std::string one_line(const Code& code) {
  if (code.kind == Code::Kind::words) return code.text;
  std::string out = code.text + one_line_items(code.items);
  if (is_tuple(code) && code.items.size() == 1) out += ',';
  return out + code.close;
}

std::string lay_out(const Code& code, std::size_t level, std::string_view behind) {
  std::string line = blanks(level) + one_line(code) + std::string(behind);
  if (code.kind == Code::Kind::words || code.items.empty() || fits(line)) return line;
  std::string out = blanks(level) + code.text + "\n";
  const std::string body = blanks(level + 1) + one_line_items(code.items);
  const bool alone = code.items.size() == 1 && !is_tuple(code);
  if (code.kind == Code::Kind::call && !alone && fits(body)) {
    out += body + "\n";
  } else {
    // An only item gets no comma: black adds one only where there is one.
    for (const Code& item : code.items) out += lay_out(item, level + 1, alone ? "" : ",") + "\n";
  }
  return out + blanks(level) + code.close + std::string(behind);
}

/// The code with its items on lines of their own, also where one line would hold all of it.
static std::string opened(const Code& code, std::size_t level) {
  std::string out = blanks(level) + code.text + "\n";
  const std::string body = blanks(level + 1) + one_line_items(code.items);
  if (fits(body)) {
    out += body + "\n";
  } else {
    const bool alone = code.items.size() == 1;
    for (const Code& item : code.items) out += lay_out(item, level + 1, alone ? "" : ",") + "\n";
  }
  return out + blanks(level) + code.close;
}

std::string lay_out_member(std::string_view name, std::string_view annotation, const Code& code,
                           std::size_t level) {
  const std::string head = std::string(name) + ": " + std::string(annotation) + " = ";
  const Code whole = prefixed(head, code);
  if (fits(blanks(level) + one_line(whole)) || fits(blanks(level) + whole.text)) {
    return lay_out(whole, level);
  }
  // Where the first line would be too long, the value goes into parentheses.
  if (fits(blanks(level) + head + "(")) {
    return blanks(level) + head + "(\n" + lay_out(code, level + 1) + "\n" + blanks(level) + ")";
  }
  const std::size_t open = annotation.find('[');
  const std::string first = blanks(level) + std::string(name) + ": ";
  if (open == std::string_view::npos) return lay_out(whole, level);
  if (fits(first + std::string(annotation.substr(0, open + 1)))) {
    return first + std::string(annotation.substr(0, open + 1)) + "\n" + blanks(level + 1) +
           std::string(annotation.substr(open + 1, annotation.size() - open - 2)) + "\n" +
           lay_out(prefixed("] = ", code), level);
  }
  if (fits(first + "(")) {
    return first + "(\n" + blanks(level + 1) + std::string(annotation) + "\n" +
           opened(prefixed(") = ", code), level);
  }
  return first + std::string(annotation.substr(0, open + 1)) + "\n" + blanks(level + 1) +
         std::string(annotation.substr(open + 1, annotation.size() - open - 2)) + "\n" +
         opened(prefixed("] = ", code), level);
}

std::string string_literal(std::string_view value) {
  const auto doubles = std::count(value.begin(), value.end(), '"');
  const auto singles = std::count(value.begin(), value.end(), '\'');
  const char quote = doubles > singles ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : value) append_escaped(out, c, quote);
  return out + quote;
}

std::string block_literal(std::string_view value) {
  if (value.find('\n') == std::string_view::npos) return string_literal(value);
  std::string out = "\"\"\"";
  std::size_t quotes = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    quotes = c == '"' ? quotes + 1 : 0;
    if (c == '\n') {
      out += c;
    } else if (c == '"') {
      // Three together, or one at the end, would close the literal.
      if (quotes == 3 || i + 1 == value.size()) {
        out += '\\';
        quotes = 0;
      }
      out += c;
    } else {
      append_escaped(out, c, '"');
    }
  }
  return out + "\"\"\"";
}

std::string docstring(std::string_view text, std::size_t level) {
  std::string content = in_one_line(text);
  content = replace_all(replace_all(content, "\\", "\\\\"), "\"\"\"", "\\\"\\\"\\\"");
  // So does black where a quotation mark is next to the docstring's own.
  if (content.starts_with('"')) content.insert(0, " ");
  if (content.ends_with('"')) content += ' ';
  const std::string indent = blanks(level);
  const std::string line = indent + "\"\"\"" + content + "\"\"\"";
  if (fits(line)) return line + "\n";
  const std::vector<std::string> lines = wrapped(content, width - indent.size() - 3);
  if (lines.size() == 1) return line + "\n";
  std::string out;
  for (const std::string& each : lines) {
    out += indent + (out.empty() ? "\"\"\"" : "") + each + "\n";
  }
  return out + indent + "\"\"\"\n";
}

std::string comment_lines(std::string_view text, std::size_t level) {
  std::string out;
  for (const std::string& line : wrapped(text, width - level * 4 - 2)) {
    out += blanks(level) + "# " + line + "\n";
  }
  return out;
}

Code string_list(const std::vector<std::string>& values) {
  std::vector<Code> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.emplace_back(string_literal(value));
  return list(std::move(items));
}

std::string escaped_sql(std::string_view sql) {
  // SQLAlchemy's own pattern is (?<![:\w\x5c]):(\w+)(?!:), and \:name stands for :name.
  const auto is_word = [&](std::size_t at) {
    if (at >= sql.size()) return false;
    const char c = sql[at];
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  std::string out;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    const bool behind_colon = at > 0 && sql[at - 1] == ':';
    if (sql[at] == ':' && is_word(at + 1) && !behind_colon) out += '\\';
    out += sql[at];
  }
  return out;
}

}  // namespace relata::emit::sqlalchemy
