// Layout as Prettier 3 does it (singleQuote: true, the rest as it comes): printCallArguments(),
// printMemberChain() and printObject() in its src/language-js/print/.

#include "emit/drizzle/typescript_code.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit::drizzle {
namespace {

constexpr std::size_t step = 2;
constexpr std::size_t longest_short_chain = 2;  ///< A head and one call are never put on two lines.

std::string spaces(std::size_t count) { return std::string(count, ' '); }

bool has_line_end(std::string_view source) { return source.find('\n') != std::string_view::npos; }

std::string_view trim_end(std::string_view source) {
  return source.substr(0, source.find_last_not_of(' ') + 1);
}

/// Columns of the last line of what was written.
std::size_t last_line(std::string_view source, std::size_t before) {
  const std::size_t end = source.rfind('\n');
  if (end == std::string_view::npos) return before + code_points(source);
  return code_points(source.substr(end + 1));
}

bool must_break(const Code& code) {
  if (code.expanded) return true;
  if (code.kind == Code::Kind::text || code.kind == Code::Kind::template_literal) return false;
  return std::any_of(code.items.begin(), code.items.end(), must_break);
}

/// isSimpleCallArgument(): no template, and nothing inside what is itself inside an argument.
bool is_simple(const Code& code, int depth) {
  constexpr int deepest = 2;
  if (depth >= deepest || code.kind == Code::Kind::template_literal) return false;
  return std::all_of(code.items.begin(), code.items.end(),
                     [&](const Code& item) { return is_simple(item, depth + 1); });
}

/// More than two calls of which one has an argument that is not simple stand on lines of their own.
bool is_long_chain(const Code& code) {
  if (code.kind != Code::Kind::chain || code.items.size() <= longest_short_chain) return false;
  return std::any_of(code.items.begin(), code.items.end(), [](const Code& one) {
    return std::any_of(one.items.begin(), one.items.end(),
                       [](const Code& argument) { return !is_simple(argument, 0); });
  });
}

std::string joined(const std::vector<Code>& items);

std::string flat(const Code& code) {
  switch (code.kind) {
    case Code::Kind::text:
    case Code::Kind::template_literal:
      return code.text;
    case Code::Kind::array:
      return "[" + joined(code.items) + "]";
    case Code::Kind::call:
      return code.text + "(" + joined(code.items) + ")";
    case Code::Kind::object: {
      if (code.items.empty()) return "{}";
      std::string out;
      for (std::size_t i = 0; i < code.items.size(); ++i)
        out += (i == 0 ? "{ " : ", ") + code.keys[i] + ": " + flat(code.items[i]);
      return out + " }";
    }
    case Code::Kind::chain: {
      std::string out = flat(code.items.front());
      for (std::size_t i = 1; i < code.items.size(); ++i) out += "." + flat(code.items[i]);
      return out;
    }
  }
  return {};
}

std::string joined(const std::vector<Code>& items) {
  std::string out;
  for (const Code& item : items) {
    if (!out.empty()) out += ", ";
    out += flat(item);
  }
  return out;
}

/// One line an item, each ended by a comma.
std::string lines(const std::vector<Code>& items, std::size_t indent) {
  std::string out;
  for (const Code& item : items) {
    out += spaces(indent + step) + render(item, indent + step, indent + step, 1) + ",\n";
  }
  return out;
}

/// Calls without arguments to speak of, which Prettier would rather move to a line of their own
/// (isPoorlyBreakableMemberOrCallChain()).
bool is_poorly_breakable(const Code& code) {
  constexpr std::size_t longest_short_argument = width / 4;
  if (code.kind == Code::Kind::chain) {
    return code.items.size() <= longest_short_chain &&
           std::all_of(code.items.begin(), code.items.end(), is_poorly_breakable);
  }
  if (code.kind != Code::Kind::call || code.items.size() > 1) return false;
  return code.items.empty() || (code.items[0].kind == Code::Kind::text &&
                                code_points(code.items[0].text) <= longest_short_argument);
}

std::string broken_object(const Code& code, std::size_t indent) {
  std::string out = "{\n";
  for (std::size_t i = 0; i < code.items.size(); ++i) {
    if (i < code.comments.size()) out += code.comments[i];
    const std::string key = spaces(indent + step) + code.keys[i] + ": ";
    const Code& value = code.items[i];
    const std::string line = key + flat(value) + ",";
    if (code_points(line) > width && is_poorly_breakable(value)) {
      out += std::string(trim_end(key)) + "\n" + spaces(indent + 2 * step) +
             render(value, indent + 2 * step, indent + 2 * step, 1) + ",\n";
      continue;
    }
    out += key + render(value, indent + step, code_points(key), 1) + ",\n";
  }
  return out + spaces(indent) + "}";
}

bool is_list(const Code& code) {
  return (code.kind == Code::Kind::object || code.kind == Code::Kind::array) && !code.items.empty();
}

/// fn('a', {...}): the last argument alone is broken, where the line up to it is short enough.
bool can_hug_last(const Code& code, std::size_t before) {
  if (!is_list(code.items.back())) return false;
  std::string head = code.text + "(";
  for (std::size_t i = 0; i + 1 < code.items.size(); ++i) {
    if (must_break(code.items[i])) return false;
    head += flat(code.items[i]) + ", ";
  }
  return !has_line_end(head) && before + code_points(head) + 1 <= width;
}

std::string broken_call(const Code& code, std::size_t indent, std::size_t before) {
  if (code.items.empty()) return code.text + "()";
  const bool alone = code.items.size() == 1;
  if (alone && code.items[0].kind == Code::Kind::template_literal &&
      has_line_end(code.items[0].text)) {
    return flat(code);
  }
  if (can_hug_last(code, before)) {
    std::string head = code.text + "(";
    for (std::size_t i = 0; i + 1 < code.items.size(); ++i) head += flat(code.items[i]) + ", ";
    Code last = code.items.back();
    last.expanded = true;
    return head + render(last, indent, before + code_points(head), 1) + ")";
  }
  return code.text + "(\n" + lines(code.items, indent) + spaces(indent) + ")";
}

/// A call whose query has lines of its own: it goes on in the head's last line where the first line
/// of the query fits there.
std::string with_lines(const Code& head, const Code& last, std::size_t indent, std::size_t before) {
  const std::string call = "." + flat(last);
  const std::string first = call.substr(0, call.find('\n'));
  std::string out = flat(head);
  if (must_break(head) || before + code_points(out) > width)
    out = broken_call(head, indent, before);
  if (last_line(out, before) + code_points(first) <= width) return out + call;
  return out + "\n" + spaces(indent + step) + call;
}

/// Head and one call: the call is broken where the head fits in front of it, else the head.
std::string broken_pair(const Code& code, std::size_t indent, std::size_t before,
                        std::size_t after) {
  const Code& head = code.items[0];
  const Code& last = code.items[1];
  const bool has_lines = last.items.size() == 1 &&
                         last.items[0].kind == Code::Kind::template_literal &&
                         has_line_end(last.items[0].text);
  if (has_lines) return with_lines(head, last, indent, before);
  const std::string start = flat(head) + "." + last.text + "(";
  const bool head_fits =
      !must_break(head) && !has_line_end(start) && before + code_points(start) <= width;
  if (head_fits && !last.items.empty()) {
    const std::string front = flat(head) + ".";
    return front + broken_call(last, indent, before + code_points(front));
  }
  const std::string out = broken_call(head, indent, before);
  return out + "." + render(last, indent, last_line(out, before) + 1, after);
}

std::string broken_chain(const Code& code, std::size_t indent, std::size_t before,
                         std::size_t after) {
  if (code.items.size() <= longest_short_chain) return broken_pair(code, indent, before, after);
  std::string out = render(code.items[0], indent, before, 0);
  for (std::size_t i = 1; i < code.items.size(); ++i) {
    out += "\n" + spaces(indent + step) + ".";
    const bool is_last = i + 1 == code.items.size();
    out += render(code.items[i], indent + step, indent + step + 1, is_last ? after : 0);
  }
  return out;
}

std::string escaped(std::string_view value, char quote) {
  std::string out(1, quote);
  for (char c : value) {
    if (c == '\\' || c == quote) {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out + quote;
}

}  // namespace

Code text(std::string_view source) {
  Code code;
  code.text = source;
  return code;
}

Code string_literal(std::string_view value) {
  const auto single_quotes = std::count(value.begin(), value.end(), '\'');
  const auto double_quotes = std::count(value.begin(), value.end(), '"');
  return text(escaped(value, single_quotes > double_quotes ? '"' : '\''));
}

Code strings(const std::vector<std::string>& values) {
  std::vector<Code> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.push_back(string_literal(value));
  return array(std::move(items));
}

Code sql(std::string_view tag, std::string_view query) {
  Code code;
  code.kind = Code::Kind::template_literal;
  code.text = std::string(tag) + "`";
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (c == '\\' || c == '`' || (c == '$' && i + 1 < query.size() && query[i + 1] == '{'))
      code.text += '\\';
    // A carriage return in a template is read as a line feed (ECMAScript 12.9.6).
    code.text += c == '\r' ? std::string("\\r") : std::string(1, c);
  }
  code.text += '`';
  return code;
}

Code array(std::vector<Code> items) {
  Code code;
  code.kind = Code::Kind::array;
  code.items = std::move(items);
  return code;
}

Code object(std::vector<std::pair<std::string, Code>> members) {
  Code code;
  code.kind = Code::Kind::object;
  for (auto& [key, value] : members) {
    code.keys.push_back(std::move(key));
    code.items.push_back(std::move(value));
  }
  return code;
}

Code call(std::string_view function, std::vector<Code> arguments) {
  Code code;
  code.kind = Code::Kind::call;
  code.text = function;
  code.items = std::move(arguments);
  return code;
}

Code chain(Code head, std::vector<Code> calls) {
  if (calls.empty()) return head;
  Code code;
  code.kind = Code::Kind::chain;
  code.items.push_back(std::move(head));
  for (Code& one : calls) code.items.push_back(std::move(one));
  return code;
}

std::string render(const Code& code, std::size_t indent, std::size_t before, std::size_t after) {
  if (!must_break(code) && !is_long_chain(code)) {
    std::string line = flat(code);
    if (!has_line_end(line) && before + code_points(line) + after <= width) return line;
  }
  switch (code.kind) {
    case Code::Kind::text:
    case Code::Kind::template_literal:
      return code.text;
    case Code::Kind::array:
      if (code.items.empty()) return "[]";
      return "[\n" + lines(code.items, indent) + spaces(indent) + "]";
    case Code::Kind::object:
      if (code.items.empty()) return "{}";
      return broken_object(code, indent);
    case Code::Kind::call:
      return broken_call(code, indent, before);
    case Code::Kind::chain:
      return broken_chain(code, indent, before, after);
  }
  return {};
}

std::string statement(std::string_view prefix, const Code& code, std::string_view suffix) {
  return std::string(prefix) + render(code, 0, code_points(prefix), code_points(suffix)) +
         std::string(suffix) + "\n";
}

std::string doc_comment(std::string_view comment, std::size_t indent) {
  if (trim(comment).empty()) return {};
  const std::string safe = replace_all(replace_all(trim(comment), "\r\n", "\n"), "*/", "*\\/");
  const std::string margin = spaces(indent);
  if (!has_line_end(safe)) return margin + "/** " + safe + " */\n";
  std::string out = margin + "/**\n";
  for (std::string_view line : split(safe, '\n')) {
    std::string whole = margin + " * " + std::string(line);
    whole.erase(whole.find_last_not_of(" \t\r") + 1);
    out += whole + "\n";
  }
  return out + margin + " */\n";
}

std::string line_comment(std::string_view comment, std::size_t indent) {
  std::string out;
  std::string line = spaces(indent) + "//";
  const std::size_t empty = line.size();
  const std::string one_line = replace_all(replace_all(comment, "\r", " "), "\n", " ");
  for (std::string_view word : split(one_line, ' ')) {
    if (word.empty()) continue;
    if (line.size() > empty && code_points(line) + 1 + code_points(word) > width) {
      out += line + "\n";
      line = spaces(indent) + "//";
    }
    line += " " + std::string(word);
  }
  return out + line + "\n";
}

std::string import_line(const std::vector<std::string>& names, std::string_view module) {
  const std::string end = " } from '" + std::string(module) + "';\n";
  const std::string line = "import { " + join(names, ", ") + end;
  if (line.size() - 1 <= width) return line;
  std::string out = "import {\n";
  for (const std::string& name : names) out += spaces(step) + name + ",\n";
  return out + "}" + end.substr(2);
}

}  // namespace relata::emit::drizzle
