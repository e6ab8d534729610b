#include "emit/prisma/layout.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit::prisma7 {
namespace {

constexpr std::size_t widest_comment = 100;

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

void write_line(const Line& line, bool setting, std::size_t name_width, std::size_t type_width,
                std::string& out) {
  for (const std::string& comment : line.comments) out += "  " + comment + "\n";
  std::string text = "  " + line.name;
  const std::string attributes = join(line.attributes, " ");
  if (!line.type.empty() || !attributes.empty()) text = padded(std::move(text), name_width + 3);
  if (setting) text += "= ";
  text += attributes.empty() ? line.type : padded(line.type, type_width);
  // The values of an enum have no type: their attributes follow the name.
  if (!attributes.empty()) text += (type_width > 0 ? " " : "") + attributes;
  out += text + "\n";
}

/// Columns are aligned from one empty line to the next.
void write_group(const std::vector<Line>& lines, std::size_t begin, std::size_t end, bool setting,
                 std::string& out) {
  std::size_t name_width = 0;
  std::size_t type_width = 0;
  for (std::size_t i = begin; i < end; ++i) {
    name_width = std::max(name_width, lines[i].name.size());
    type_width = std::max(type_width, lines[i].type.size());
  }
  for (std::size_t i = begin; i < end; ++i) {
    write_line(lines[i], setting, name_width, type_width, out);
  }
}

void write_block(const Block& block, std::string& out) {
  for (const std::string& comment : block.comments) out += comment + "\n";
  if (block.keyword.empty()) return;
  out += block.keyword + " " + block.name + " {\n";
  const bool settings = block.keyword == "generator" || block.keyword == "datasource";
  for (std::size_t begin = 0; begin < block.lines.size();) {
    std::size_t end = begin + 1;
    while (end < block.lines.size() && !block.lines[end].begins_group) ++end;
    if (begin > 0) out += "\n";
    write_group(block.lines, begin, end, settings, out);
    begin = end;
  }
  if (!block.attributes.empty() && !block.lines.empty()) out += "\n";
  for (const std::string& attribute : block.attributes) out += "  " + attribute + "\n";
  out += "}\n";
}

std::string without_controls(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == '\x7f' ? ' ' : c;
  return std::string(trim(out));
}

}  // namespace

std::string layout(const std::vector<Block>& blocks) {
  std::string out;
  for (const Block& block : blocks) {
    if (!out.empty()) out += "\n";
    write_block(block, out);
  }
  return out;
}

std::string string_literal(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::vector<std::string> comment_lines(std::string_view mark, std::string_view text) {
  std::vector<std::string> lines;
  if (trim(text).empty()) return lines;
  for (const std::string_view line : split(trim(text), '\n')) {
    const std::string clean = without_controls(line);
    lines.push_back(clean.empty() ? std::string(mark) : std::string(mark) + " " + clean);
  }
  return lines;
}

std::vector<std::string> wrapped_comment(std::string_view mark, std::string_view text) {
  std::vector<std::string> lines;
  std::string line(mark);
  const std::string clean = without_controls(text);
  for (const std::string_view word : split(clean, ' ')) {
    if (word.empty()) continue;
    const bool begins = line.size() == mark.size();
    if (!begins && line.size() + 1 + word.size() > widest_comment) {
      lines.push_back(std::move(line));
      line = std::string(mark);
    }
    line += " " + std::string(word);
  }
  if (line.size() > mark.size()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace relata::emit::prisma7
