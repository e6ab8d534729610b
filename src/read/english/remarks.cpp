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
    const auto says = [&](std::initializer_list<std::string_view> words) {
      return std::any_of(words.begin(), words.end(),
                         [&](std::string_view word) { return has_word(part, word); });
    };
    result.unique = result.unique || says({"unique", "primary key"});
    result.optional = result.optional || says({"optional", "nullable", "if any", "may be empty"});
    result.required = result.required || says({"required", "mandatory", "not null", "non-null"});
    result.derived = result.derived || says({"calculated", "derived", "computed"});
    result.whole_number = result.whole_number || says({"whole number", "integer", "int"});
    understood = says({"unique", "primary key", "foreign key", "optional", "nullable", "if any",
                       "may be empty", "required", "mandatory", "not null", "non-null",
                       "calculated", "derived", "computed", "whole number", "integer", "int"});
    if (!understood) rest += (rest.empty() ? "" : ", ") + std::string(part);
  }
  const bool prose = rest.find("key") != std::string::npos;
  if (!prose) result.values = values_in(rest);
  return result;
}

}  // namespace relata::english
