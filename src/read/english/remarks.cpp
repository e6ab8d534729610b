#include "read/english/remarks.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::english {
namespace {

constexpr std::array<std::string_view, 15> openers{
    "such as ",     "including ", "e.g. ",   "e.g. , ", "i.e. ",
    "for example ", "either ",    "namely ", ": ",      "one of the following : ",
    "one of ",      "values : ",  "like ",   ", ",      "the following "};

std::string without_openers(std::string_view words) {
  std::string text(trim(words));
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view opener : openers) {
      if (text.starts_with(opener)) {
        text.erase(0, opener.size());
        again = true;
      }
    }
  }
  return text;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || text[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> values_in(std::string_view words) {
  std::string text = " " + without_openers(words) + " ";
  for (const std::string_view separator : {" and ", " or ", " / ", " | ", " and / or "})
    text = replace_all(text, separator, " , ");
  std::vector<std::string> values;
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    if (part.starts_with("a ")) part.remove_prefix(2);
    if (part.starts_with("an ")) part.remove_prefix(3);
    if (part.starts_with("the ")) part.remove_prefix(4);
    const std::string value = snake_case(part);
    if (value.empty() || value == "etc" || value == "etc_") continue;
    if (std::count(value.begin(), value.end(), '_') > 2) return {};
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
  if (values.size() < 2) values.clear();
  return values;
}

Remark read_remark(std::string_view remark) {
  Remark result;
  std::string rest;
  std::string text(remark);
  text = replace_all(text, ";", ",");
  for (std::string_view part : split(text, ',')) {
    part = trim(part);
    if (part.empty()) continue;
    bool understood = true;
    const std::size_t fallback = part.find("default");
    if (fallback != std::string_view::npos) {
      std::string_view value = trim(part.substr(fallback + std::string_view("default").size()));
      for (const std::string_view filler : {"is ", "to ", "value ", ": ", "s to ", "= "}) {
        if (value.starts_with(filler)) value.remove_prefix(filler.size());
      }
      result.default_value = std::string(trim(value));
      part = trim(part.substr(0, fallback));
      if (part.empty()) continue;
    }
    if (has_word(part, "unique")) {
      result.unique = true;
    } else if (has_word(part, "primary") && has_word(part, "key")) {
      result.unique = true;
    } else if (has_word(part, "foreign") && has_word(part, "key")) {
      // what it refers to is told by its name
    } else if (has_word(part, "optional") || has_word(part, "nullable") ||
               has_word(part, "if any") || has_word(part, "may be empty")) {
      result.optional = true;
    } else if (has_word(part, "required") || has_word(part, "mandatory") ||
               has_word(part, "not null") || has_word(part, "non-null")) {
      result.required = true;
    } else if (has_word(part, "calculated") || has_word(part, "derived") ||
               has_word(part, "computed")) {
      result.derived = true;
    } else if (has_word(part, "whole number") || has_word(part, "integer") ||
               has_word(part, "int")) {
      result.whole_number = true;
    } else {
      understood = false;
    }
    if (!understood) rest += (rest.empty() ? "" : ", ") + std::string(part);
  }
  const bool prose = rest.find("key") != std::string::npos;
  if (!prose) result.values = values_in(rest);
  return result;
}

}  // namespace relata::english
