#include <cstddef>
#include <vector>

#include "base/text.h"
#include "syntax/sqlite/canonical_text.h"

namespace relata::syntax::sqlite {
namespace {

using Words = std::vector<std::string>;

/// A part of an expression, as places of its words.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Brackets, and CASE ... END, hold what is inside together.
int depth_change(const std::string& word) {
  if (word == "(" || word == "case") return 1;
  if (word == ")" || word == "end") return -1;
  return 0;
}

/// The brackets around the whole of it do nothing.
Part without_brackets(const Words& words, Part part) {
  while (part.end - part.begin > 2 && words[part.begin] == "(" && words[part.end - 1] == ")") {
    int depth = 0;
    std::size_t closed = part.begin;
    for (std::size_t i = part.begin; i < part.end; ++i) {
      depth += depth_change(words[i]);
      if (depth > 0) continue;
      closed = i;
      break;
    }
    // A list or a query has its brackets for a reason.
    const std::string& first = words[part.begin + 1];
    if (closed != part.end - 1 || first == "select" || first == "with" || first == "values") break;
    bool list = false;
    for (std::size_t i = part.begin + 1; i + 1 < part.end; ++i) {
      if (words[i] == "(") ++depth;
      if (words[i] == ")") --depth;
      list = list || (depth == 0 && words[i] == ",");
    }
    if (list) break;
    ++part.begin;
    --part.end;
  }
  return part;
}

/// What stands between AND or OR, outside of any bracket; a BETWEEN takes the AND behind it.
std::vector<Part> operands(const Words& words, Part part, std::string_view connective) {
  std::vector<Part> parts;
  int depth = 0;
  int betweens = 0;
  std::size_t begin = part.begin;
  for (std::size_t i = part.begin; i < part.end; ++i) {
    depth += depth_change(words[i]);
    if (depth != 0) continue;
    if (words[i] == "between") ++betweens;
    if (words[i] == "and" && betweens > 0) {
      --betweens;
    } else if (words[i] == connective) {
      parts.push_back({begin, i});
      begin = i + 1;
    }
  }
  parts.push_back({begin, part.end});
  return parts;
}

std::string spelled(const Words& words, Part part);

std::string joined(const Words& words, const std::vector<Part>& parts, std::string_view between,
                   bool keeps_alternatives) {
  std::string text;
  for (const Part& part : parts) {
    const Part inner = without_brackets(words, part);
    const bool bracketed = keeps_alternatives && operands(words, inner, "or").size() > 1;
    if (!text.empty()) text += " " + std::string(between) + " ";
    text += bracketed ? "( " + spelled(words, inner) + " )" : spelled(words, inner);
  }
  return text;
}

std::string spelled(const Words& words, Part part) {
  part = without_brackets(words, part);
  const std::vector<Part> alternatives = operands(words, part, "or");
  if (alternatives.size() > 1) return joined(words, alternatives, "or", false);
  const std::vector<Part> conditions = operands(words, part, "and");
  if (conditions.size() > 1) return joined(words, conditions, "and", true);
  std::string text;
  for (std::size_t i = part.begin; i < part.end; ++i) text += (text.empty() ? "" : " ") + words[i];
  return text;
}

}  // namespace

std::string canonical_expression(std::string_view sql) {
  Words words = canonical_words(sql);
  int depth = 0;
  for (const std::string& word : words) {
    depth += depth_change(word);
    if (depth < 0) break;
  }
  // What does not close is left alone.
  if (depth != 0) return join(words, " ");
  return spelled(words, {0, words.size()});
}

}  // namespace relata::syntax::sqlite
