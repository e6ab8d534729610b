#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "read/sql/prepare.h"

namespace relata::sql {
namespace {

/// A piece of SQL that is read as one, as far as placeholders go.
enum class Piece { code, string, comment };

bool is_name_byte(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

struct Signs {
  std::string_view open;
  std::string_view close;
};
constexpr std::array sign_table{Signs{"{{", "}}"}, Signs{"${", "}"}, Signs{"<%=", "%>"}};

/// The placeholder that begins at a place; empty: none.
std::string_view placeholder_at(std::string_view text, std::size_t place) {
  const char first = text[place];
  if (first != '{' && first != '$' && first != '<' && first != '@') return {};
  for (const Signs& signs : sign_table) {
    if (!text.substr(place).starts_with(signs.open)) continue;
    const std::size_t end = text.find(signs.close, place + signs.open.size());
    const std::size_t line_end = std::min(text.find('\n', place), text.size());
    if (end != std::string_view::npos && end < line_end) {
      return text.substr(place, end + signs.close.size() - place);
    }
  }
  // "@schema.table" is no variable: those have no dot behind them.
  if (text[place] == '@' && (place == 0 || (!is_name_byte(text[place - 1]) &&
                                            text[place - 1] != '@' && text[place - 1] != '.' &&
                                            text[place - 1] != '\'' && text[place - 1] != '`'))) {
    std::size_t end = place + 1;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    if (end > place + 1 && end + 1 < text.size() && text[end] == '.' &&
        is_name_byte(text[end + 1])) {
      return text.substr(place, end - place);
    }
  }
  return {};
}

/// The same placeholder whatever blanks are in it.
std::string key_of(std::string_view placeholder) {
  std::string key;
  for (const char c : placeholder) {
    if (c != ' ' && c != '\t') key += c;
  }
  return key;
}

/// The end of the string or comment that begins at a place, and what it is; a code byte is itself.
std::pair<Piece, std::size_t> piece_at(std::string_view text, std::size_t place) {
  const std::string_view rest = text.substr(place);
  const auto until = [&](std::string_view end, std::size_t skip) {
    const std::size_t found = text.find(end, place + skip);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (rest.starts_with("--"))
    return {Piece::comment, std::min(text.find('\n', place), text.size())};
  if (rest.starts_with("/*")) return {Piece::comment, until("*/", 2)};
  if (rest.starts_with('\'')) return {Piece::string, until("'", 1)};
  if (rest.starts_with('$')) {
    std::size_t end = place + 1;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    if (end < text.size() && text[end] == '$' &&
        !(end > place + 1 && is_ascii_digit(text[place + 1]))) {
      const std::string_view tag = text.substr(place, end + 1 - place);
      return {Piece::string, until(tag, tag.size())};
    }
  }
  return {Piece::code, place + 1};
}

/// The first byte at or behind a place with which a placeholder, string or comment can begin.
std::size_t next_sign(std::string_view text, std::size_t place) {
  while (place < text.size()) {
    switch (text[place]) {
      case '{':
      case '$':
      case '<':
      case '@':
      case '-':
      case '/':
      case '\'':
        return place;
      default:
        ++place;
    }
  }
  return place;
}

/// The word that stands at a place.
std::string_view word_at(std::string_view text, std::size_t place) {
  std::size_t end = place;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return text.substr(place, end - place);
}

/// How a placeholder is used outside of strings.
struct Use {
  const SourceFile* file = nullptr;  ///< Where it stands first.
  Span span;
  std::string shown;
  bool before_dot = false;
  bool begins_name = false;
  std::set<std::string> objects;  ///< Names behind its dot.
  std::string replacement;
};
using Uses = std::map<std::string, Use>;

void collect(const SourceFile& file, Uses& uses) {
  const std::string_view text = file.text;
  for (std::size_t place = next_sign(text, 0); place < text.size();
       place = next_sign(text, place)) {
    const std::string_view found = placeholder_at(text, place);
    if (found.empty()) {
      place = piece_at(text, place).second;
      continue;
    }
    Use& use = uses[key_of(found)];
    if (use.file == nullptr) {
      use.file = &file;
      use.span = {static_cast<std::uint32_t>(place),
                  static_cast<std::uint32_t>(place + found.size())};
      use.shown = found;
    }
    place += found.size();
    if (place < text.size() && text[place] == '.') {
      use.before_dot = true;
      const std::string_view object = word_at(text, place + 1);
      if (!object.empty()) use.objects.emplace(object);
    } else if (place < text.size() && is_name_byte(text[place])) {
      use.begins_name = true;
    }
  }
}

/// The namespace that stands before most of the same objects, in code and comments; empty: none.
std::string namespace_in(const std::vector<SourceFile>& files, const Use& use) {
  std::map<std::string, std::set<std::string>> objects_of;
  for (const SourceFile& file : files) {
    const std::string_view text = file.text;
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos;
         dot = text.find('.', dot + 1)) {
      std::size_t begin = dot;
      while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
      if (begin == dot || is_ascii_digit(text[begin])) continue;
      if (begin > 0 && (text[begin - 1] == '.' || text[begin - 1] == '@')) continue;
      std::string object(word_at(text, dot + 1));
      if (!use.objects.contains(object)) continue;
      objects_of[to_lower(text.substr(begin, dot - begin))].insert(std::move(object));
    }
  }
  for (const std::string& object : use.objects) objects_of.erase(object);  // Before its columns.
  const auto most = std::max_element(
      objects_of.begin(), objects_of.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  return most == objects_of.end() ? std::string() : most->first;
}

void choose(const std::vector<SourceFile>& files, std::string_view dialect, Use& use) {
  if (!use.before_dot) return;
  use.replacement = namespace_in(files, use);
  if (use.replacement.empty() && dialect == "postgres") use.replacement = "public";
  if (use.replacement.empty() && dialect == "sqlite") use.replacement = "main";
}

void report(const Use& use, DiagnosticSink& sink) {
  const std::string shown = "the template's " + use.shown;
  if (use.before_dot) {
    sink.note(
        "template-placeholder",
        use.replacement.empty() ? shown + " is left out" : shown + " is read as " + use.replacement,
        use.file->name, use.span,
        "Fill it in, if it is to be something else, before the file is read.");
  } else if (use.begins_name) {
    sink.note("template-placeholder", shown + " before a name is read as nothing", use.file->name,
              use.span);
  } else {
    sink.warning("template-placeholder", shown + " is not known, so its statement is not either",
                 use.file->name, use.span, "Fill it in before the file is read.");
  }
}

std::string filled(std::string_view text, const Uses& uses) {
  std::string result;
  result.reserve(text.size());
  std::size_t owed = 0;  // Blanks that make up for what was cut within a string.
  std::size_t piece_end = 0;
  bool inside = false;
  for (std::size_t place = 0; place < text.size();) {
    if (inside && place >= piece_end) {
      inside = false;
      result.append(owed, ' ');
      owed = 0;
    }
    const std::string_view found = placeholder_at(text, place);
    const auto use = found.empty() ? uses.end() : uses.find(key_of(found));
    if (use != uses.end() && (use->second.before_dot || use->second.begins_name)) {
      std::string_view replacement = use->second.replacement;
      std::size_t taken = found.size();
      // Nothing stands for the namespace: its dot goes as well.
      if (use->second.before_dot && replacement.empty() && place + taken < text.size() &&
          text[place + taken] == '.') {
        ++taken;
      }
      replacement = replacement.substr(0, taken);
      const std::size_t spare = taken - replacement.size();
      if (inside) {
        result += replacement;
        owed += spare;
      } else {
        // Before, so that a name goes on behind it.
        result.append(spare, ' ');
        result += replacement;
      }
      place += taken;
      continue;
    }
    if (!inside) {
      const auto [piece, end] = piece_at(text, place);
      if (piece != Piece::code) {
        inside = true;
        piece_end = end;
      }
    }
    result += text[place++];
  }
  return result;
}

}  // namespace

bool has_placeholders(const std::vector<SourceFile>& files) {
  return std::any_of(files.begin(), files.end(), [](const SourceFile& file) {
    return file.text.find("{{") != std::string::npos || file.text.find("${") != std::string::npos ||
           file.text.find("<%=") != std::string::npos || file.text.find('@') != std::string::npos;
  });
}

void fill_placeholders(std::vector<SourceFile>& files, std::string_view dialect,
                       DiagnosticSink& sink) {
  Uses uses;
  for (const SourceFile& file : files) collect(file, uses);
  if (uses.empty()) return;
  for (auto& [key, use] : uses) {
    choose(files, dialect, use);
    report(use, sink);
  }
  for (SourceFile& file : files) file.text = filled(file.text, uses);
}

}  // namespace relata::sql
