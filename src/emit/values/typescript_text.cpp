#include "emit/values/typescript_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit {
namespace {

std::string hexadecimal(unsigned value, int digits) {
  constexpr std::string_view alphabet = "0123456789abcdef";
  std::string out;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out += alphabet[(value >> static_cast<unsigned>(shift)) & 0xFU];
  }
  return out;
}

}  // namespace

std::string typescript_string(std::string_view text) {
  const auto count = [&](char quote) { return std::count(text.begin(), text.end(), quote); };
  const char quote = count('\'') > count('"') ? '"' : '\'';
  std::string out(1, quote);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // U+2028 and U+2029 end a line for some tools.
    if (text.substr(i, 2) == "\xE2\x80" && i + 2 < text.size() &&
        (text[i + 2] == '\xA8' || text[i + 2] == '\xA9')) {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
      out += "\\x" + hexadecimal(static_cast<unsigned char>(c), 2);
    } else {
      if (c == quote || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + quote;
}

void print_typescript_comment(Printer& printer, std::string_view text) {
  const std::string safe = replace_all(replace_all(trim(text), "*/", "*\\/"), "\r", "");
  if (safe.empty()) return;
  if (safe.find('\n') == std::string::npos) {
    printer.line("/** " + safe + " */");
    return;
  }
  printer.line("/**");
  for (const std::string_view line : split(safe, '\n')) {
    printer.line(trim(line).empty() ? " *" : " * " + std::string(trim(line)));
  }
  printer.line(" */");
}

void print_typescript_list(Printer& printer, int indentation, std::string_view head,
                           const std::vector<std::string>& items, std::string_view tail) {
  const std::string line = std::string(head) + join(items, ", ") + std::string(tail);
  if (static_cast<std::size_t>(indentation) + code_points(line) <= typescript_width ||
      items.empty()) {
    printer.line(line);
    return;
  }
  printer.line(head);
  printer.indent();
  for (const std::string& item : items) printer.line(item + ",");
  printer.outdent();
  printer.line(tail);
}

void print_wished_imports(Printer& printer, const RowTypes& rows) {
  for (const auto& [module, names] : wished_imports(rows)) {
    print_typescript_list(printer, 0, "import type { ", {names.begin(), names.end()},
                          " } from " + typescript_string(module) + ";");
  }
}

std::string typescript_type(const RowColumn& column, const RowTypes& rows) {
  const Value& value = column.value;
  if (!column.wished_type.empty()) return column.wished_type;
  const auto base = [&]() -> std::string {
    if (column.closed_set != RowColumn::none && value.shape != Shape::several) {
      return rows.closed_sets[column.closed_set].type;
    }
    switch (value.shape) {
      case Shape::integer:
        return value.wide ? "bigint" : "number";
      case Shape::floating:
        return "number";
      case Shape::boolean:
        return "boolean";
      case Shape::moment:
        return value.unbound ? "string" : "Date";
      case Shape::bytes:
      case Shape::bit_field:
        return "Uint8Array";
      case Shape::json:
      case Shape::opaque:
        return "unknown";
      case Shape::raw:
        // What drizzle-orm and pg's parsers make of them.
        if (value.spelling == "point") return "[number, number]";
        if (value.spelling == "line") return "[number, number, number]";
        return "string";
      default:
        return "string";
    }
  };
  std::string type = base();
  for (int i = 0; i < value.dimensions; ++i) type += "[]";
  return type;
}

}  // namespace relata::emit
