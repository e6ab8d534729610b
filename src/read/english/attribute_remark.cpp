// What the words beside an attribute say about it: required, unique, bounds, default, values.

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "read/english/attribute.h"

namespace relata::english {
namespace {

using design::Field;
using design::FieldKind;
using Words = std::vector<std::string>;

/// The remark in words; punctuation that separates its parts is a word of its own.
Words remark_words(std::string_view remark) {
  Words words;
  std::string word;
  const auto finish = [&] {
    while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.pop_back();
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < remark.size(); ++i) {
    const char c = remark[i];
    const bool in_number = c == ',' && !word.empty() && is_ascii_digit(word.back()) &&
                           i + 3 < remark.size() && is_ascii_digit(remark[i + 1]) &&
                           is_ascii_digit(remark[i + 2]) && is_ascii_digit(remark[i + 3]);
    if (in_number) continue;  // 1,000
    if (c == ',' || c == ';' || c == '/' || c == '|') {
      const bool joined = c == '/' && !word.empty() && i + 1 < remark.size() &&
                          (word == "yes" || word == "true" || word == "y" || word == "n");
      finish();
      words.emplace_back(joined ? "or" : c == ';' ? ";" : ",");
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '"' || c == '\'' || c == '`') {
      finish();
    } else {
      word += c;
    }
  }
  finish();
  return words;
}

std::optional<double> number_of(std::string_view word) {
  static constexpr std::string_view names[] = {"zero", "one",   "two",   "three", "four", "five",
                                               "six",  "seven", "eight", "nine",  "ten"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    if (to_lower(word) == names[i]) return static_cast<double>(i);
  }
  if (!word.empty() && word.back() == '%') word.remove_suffix(1);
  double value = 0;
  const auto parsed = std::from_chars(word.data(), word.data() + word.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != word.data() + word.size()) return std::nullopt;
  return value;
}

/// Reads one remark from left to right; what it understands it removes.
class RemarkReader {
 public:
  RemarkReader(std::string_view remark, AttributeReading& reading)
      : words_(remark_words(remark)), reading_(reading), field_(reading.field) {
    for (const std::string& word : words_) lower_.push_back(to_lower(word));
    used_.assign(words_.size(), false);
  }

  void read() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (!used_[i]) read_at(i);
    }
    read_values();
  }

 private:
  [[nodiscard]] bool at(std::size_t i, std::string_view phrase) const {
    for (const std::string_view word : split(phrase, ' ')) {
      if (i >= lower_.size() || lower_[i] != word || used_[i]) return false;
      ++i;
    }
    return true;
  }

  /// The number of words of the first phrase that stands at i; 0: none.
  [[nodiscard]] std::size_t any_at(std::size_t i, std::string_view phrases) const {
    std::size_t longest = 0;
    for (const std::string_view part : split(phrases, ',')) {
      const std::string_view phrase = trim(part);
      const auto size = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
      if (size > longest && at(i, phrase)) longest = size;
    }
    return longest;
  }

  bool take(std::size_t i, std::string_view phrases) {
    const std::size_t size = any_at(i, phrases);
    for (std::size_t k = i; k < i + size; ++k) used_[k] = true;
    return size > 0;
  }

  void state_required(bool required) {
    field_.required = required;
    reading_.required_stated = true;
  }

  void set_type(FieldKind kind) {
    field_.type = {};
    field_.type.kind = kind;
    reading_.type_known = true;
  }

  void read_at(std::size_t i) {
    if (take(i,
             "not required, not mandatory, not needed, optional, nullable, may be empty, "
             "may be null, can be empty, can be null, may be missing, if any, if available, "
             "if applicable, if known, if present, where applicable, not always known")) {
      state_required(false);
    } else if (take(i,
                    "required, mandatory, not null, must not be empty, cannot be empty, "
                    "must be given, must be present, compulsory, obligatory, always present, "
                    "not nullable, not empty")) {
      state_required(true);
    } else if (take(i, "primary key, pk, identifier, the identifier, key")) {
      reading_.key = true;
    } else if (take(i, "not unique")) {
      field_.unique = false;
    } else if (!within_follows(i) &&
               take(i, "globally unique, unique, must be unique, distinct, no duplicates")) {
      field_.unique = true;
    } else if (take(i,
                    "auto generated, autogenerated, auto-generated, generated automatically, "
                    "auto increment, auto-increment, autoincrement, system generated, "
                    "system-generated, automatically generated, generated by the system")) {
      field_.description = field_.description.empty() ? "Generated" : field_.description;
    } else if (take(i, "calculated, computed, derived, is calculated, is computed")) {
      field_.derived = rest_of_part(i);
    } else if (take(i, "encrypted, must be encrypted, stored encrypted")) {
      field_.encrypted = true;
      reading_.sensitive = true;
    } else if (take(i, "personal data, sensitive, confidential, hashed, secret")) {
      reading_.sensitive = true;
    } else if (const std::size_t size = any_at(
                   i,
                   "by default, default, default is, default to, defaults to, defaulting to, "
                   "default value, default value is, initially, initially set to, default:")) {
      read_default(i, size);
    } else if (!read_type(i)) {
      read_bounds(i);
    }
  }

  /// "unique within the building" is for the whole sentence, not for this field alone.
  [[nodiscard]] bool within_follows(std::size_t i) const {
    const std::size_t size = any_at(i, "unique, must be unique");
    if (size == 0 || i + size >= lower_.size()) return false;
    const std::string& next = lower_[i + size];
    return next == "within" || next == "per" || next == "in" || next == "for" || next == "inside" ||
           next == "among";
  }

  /// The unused words from behind i to the end of its part.
  std::string rest_of_part(std::size_t i) {
    std::string text = words_[i];
    for (std::size_t k = i + 1; k < words_.size() && lower_[k] != "," && lower_[k] != ";"; ++k) {
      used_[k] = true;
      text += " " + words_[k];
    }
    return text;
  }

  void read_default(std::size_t i, std::size_t size) {
    for (std::size_t k = i; k < i + size; ++k) used_[k] = true;
    // "medium by default"
    if (lower_[i] == "by" || lower_[i] == "initially") {
      std::size_t begin = i;
      while (begin > 0 && lower_[begin - 1] != "," && lower_[begin - 1] != ";" &&
             !used_[begin - 1] && lower_[begin - 1] != "or")
        --begin;
      if (begin < i) {
        set_default(begin, i, false);
        return;
      }
    }
    std::size_t begin = i + size;
    while (begin < words_.size() && (lower_[begin] == "is" || lower_[begin] == "to" ||
                                     lower_[begin] == ":" || lower_[begin] == "="))
      used_[begin++] = true;
    std::size_t end = begin;
    while (end < words_.size() && lower_[end] != "," && lower_[end] != ";" &&
           lower_[end] != "and" && lower_[end] != "but")
      ++end;
    if (begin < end) set_default(begin, end, true);
  }

  void set_default(std::size_t begin, std::size_t end, bool use) {
    std::string text;
    for (std::size_t k = begin; k < end; ++k) {
      if (use) used_[k] = true;
      text += (text.empty() ? "" : " ") + words_[k];
    }
    const std::string lower = to_lower(text);
    if (lower == "none" || lower == "null" || lower == "empty") return;
    if (lower == "now" || lower == "today" || lower == "the current time" ||
        lower == "current time" || lower == "the current date" || lower == "current date" ||
        lower == "current timestamp") {
      field_.default_value =
          lower.find("date") != std::string::npos || lower == "today" ? "today" : "now";
      return;
    }
    if (lower == "yes" || lower == "no") {
      field_.default_value = lower == "yes" ? "true" : "false";
      return;
    }
    default_text_ = text;
    field_.default_value = number_of(text) ? text : to_lower(text);
  }

  bool read_type(std::size_t i) {
    struct TypeWords {
      std::string_view phrases;
      FieldKind kind;
    };
    static constexpr TypeWords types[] = {
        {"a whole number, whole number, integer, int, an integer, smallint", FieldKind::integer},
        {"bigint, long, big integer", FieldKind::big_integer},
        {"boolean, bool, yes or no, true or false, yes no, a flag, flag", FieldKind::boolean},
        {"datetime, date and time, timestamp, date time, timestamptz", FieldKind::timestamp},
        {"date only, a date, date", FieldKind::date},
        {"time of day", FieldKind::time},
        {"decimal, numeric, a decimal number, decimal number, number with decimals",
         FieldKind::decimal},
        {"float, double, real, floating point", FieldKind::floating},
        {"a percentage, percentage, percent", FieldKind::percent},
        {"money, currency amount, an amount of money", FieldKind::money},
        {"uuid, guid", FieldKind::uuid},
        {"json, jsonb, a json object, json object", FieldKind::json},
        {"binary, blob, bytea", FieldKind::binary},
        {"free text, long text, plain text, string, varchar, a string, text", FieldKind::text},
        {"a url, url", FieldKind::url},
        {"in minutes, duration, in seconds", FieldKind::duration},
    };
    for (const TypeWords& type : types) {
      if (!whole_part(i, any_at(i, type.phrases))) continue;
      take(i, type.phrases);
      if (type.kind == FieldKind::text && field_.type.kind != FieldKind::text &&
          reading_.type_known)
        return true;  // "email (string)" stays an email address
      set_type(type.kind);
      return true;
    }
    // varchar(40), decimal(10,2)
    const std::string& word = lower_[i];
    const std::size_t open = word.find('(');
    if (open == std::string::npos) return false;
    const std::string name = word.substr(0, open);
    if (name == "varchar" || name == "char" || name == "string" || name == "nvarchar") {
      set_type(FieldKind::text);
      if (const auto length =
              number_of(trim(std::string_view(word).substr(open + 1, word.find(')') - open - 1))))
        field_.type.length = bounded(*length);
      used_[i] = true;
      return true;
    }
    return false;
  }

  /// Whether the words [i, i + size) begin their part, and only known words or its end follow.
  [[nodiscard]] bool whole_part(std::size_t i, std::size_t size) const {
    if (size == 0) return false;
    const auto opens = [&](std::size_t k) {
      return k == 0 || used_[k - 1] || lower_[k - 1] == "," || lower_[k - 1] == ";" ||
             lower_[k - 1] == "a" || lower_[k - 1] == "an" || lower_[k - 1] == "and";
    };
    const std::size_t next = i + size;
    const bool closes = next >= lower_.size() || lower_[next] == "," || lower_[next] == ";" ||
                        any_at(next,
                               "between, from, of, up, at, with, greater, less, default, "
                               "required, optional, unique, and, in") > 0;
    return opens(i) && closes;
  }

  static int bounded(double value) {
    return static_cast<int>(std::clamp(value, 0.0, 10'000'000.0));
  }

  void read_bounds(std::size_t i) {
    std::optional<double> low;
    std::optional<double> high;
    std::size_t end = i;
    const auto number = [&](std::size_t k) {
      return k < words_.size() ? number_of(words_[k]) : std::nullopt;
    };
    std::size_t size = 0;
    if ((size = any_at(i,
                       "between, from, in the range, range, on a scale of, scale of, "
                       "in the range of, on a scale from")) > 0 &&
        number(i + size)) {
      const std::size_t k = i + size;
      if (k + 2 < words_.size() + 0 && (lower_[k + 1] == "and" || lower_[k + 1] == "to") &&
          number(k + 2)) {
        low = number(k);
        high = number(k + 2);
        end = k + 3;
      }
    } else if ((size = any_at(i,
                              "at least, minimum, min, minimum of, minimum is, a minimum of, "
                              "no less than, not less than, greater than or equal to, "
                              "starting at, >=")) > 0 &&
               number(i + size)) {
      low = number(i + size);
      end = i + size + 1;
    } else if ((size = any_at(i,
                              "at most, up to, maximum, max, maximum of, maximum is, "
                              "a maximum of, no more than, not more than, less than or equal "
                              "to, limited to, <=")) > 0 &&
               number(i + size)) {
      high = number(i + size);
      end = i + size + 1;
    } else if ((size = any_at(i, "greater than, more than, over, >")) > 0 && number(i + size)) {
      low = *number(i + size) + 1;
      end = i + size + 1;
    } else if ((size = any_at(i, "positive, a positive number, must be positive")) > 0) {
      low = is_fraction() ? 0 : 1;
      end = i + size;
    } else if ((size = any_at(i,
                              "not negative, non-negative, nonnegative, cannot be negative, "
                              "must not be negative, may not be negative")) > 0) {
      low = 0;
      end = i + size;
    } else if (number(i) && i + 2 < words_.size() && lower_[i + 1] == "to" && number(i + 2)) {
      low = number(i);
      high = number(i + 2);
      end = i + 3;
    } else {
      read_short_range(i);
      return;
    }
    if (!low && !high) return;
    for (std::size_t k = i; k < end; ++k) used_[k] = true;
    set_bounds(low, high, end);
  }

  /// "1-5", "0..100", "1–5"
  void read_short_range(std::size_t i) {
    const std::string word = replace_all(replace_all(lower_[i], "\xE2\x80\x93", "-"), "..", "-");
    const std::size_t dash = word.find('-');
    if (dash == std::string::npos || dash == 0) return;
    const auto low = number_of(std::string_view(word).substr(0, dash));
    const auto high = number_of(std::string_view(word).substr(dash + 1));
    if (!low || !high || *low >= *high) return;
    used_[i] = true;
    set_bounds(low, high, i + 1);
  }

  [[nodiscard]] bool is_fraction() const {
    const FieldKind kind = field_.type.kind;
    return kind == FieldKind::decimal || kind == FieldKind::money || kind == FieldKind::percent ||
           kind == FieldKind::floating;
  }

  void set_bounds(std::optional<double> low, std::optional<double> high, std::size_t next) {
    if (any_at(next, "characters, character, letters, chars, digits, letters long, symbols") > 0) {
      used_[next] = true;
      if (next + 1 < words_.size() && lower_[next + 1] == "long") used_[next + 1] = true;
      if (high) field_.type.length = bounded(*high);
      return;
    }
    const bool numeric = is_fraction() || field_.type.kind == FieldKind::integer ||
                         field_.type.kind == FieldKind::big_integer ||
                         field_.type.kind == FieldKind::year ||
                         field_.type.kind == FieldKind::duration;
    if (!numeric) {
      const bool whole = (!low || *low == static_cast<double>(static_cast<long long>(*low))) &&
                         (!high || *high == static_cast<double>(static_cast<long long>(*high)));
      set_type(whole ? FieldKind::integer : FieldKind::decimal);
    }
    if (low) field_.minimum = low;
    if (high) field_.maximum = high;
  }

  /// What is left over may be a list of values: "todo, in progress or done".
  void read_values() {
    std::vector<std::string> values;
    std::string value;
    bool either = false;
    bool example = false;
    std::size_t left = 0;
    const auto finish = [&] {
      if (!value.empty()) values.push_back(value);
      value.clear();
    };
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string& word = lower_[i];
      if (used_[i]) {
        finish();
        continue;
      }
      if (word == "," || word == ";" || word == "or" || (word == "and" && i > 0)) {
        either = either || word == "or";
        finish();
        continue;
      }
      if (value.empty() && any_at(i,
                                  "e.g, eg, for example, such as, like, i.e, for instance, "
                                  "etc") > 0) {
        example = true;
        used_[i] = true;
        if (word == "for" || word == "such") used_[++i] = true;
        continue;
      }
      if (value.empty() &&
          any_at(i,
                 "either, one of, is one of, can be, values, possible values, is either, is, be, "
                 "must be one of, must, may be, could be, as, the values, allowed values") > 0) {
        either = true;
        take(i,
             "either, one of, is one of, can be, values, possible values, is either, is, be, "
             "must be one of, must, may be, could be, as, the values, allowed values");
        continue;
      }
      ++left;
      value += (value.empty() ? "" : " ") + words_[i];
    }
    finish();
    if (values.size() < 2 || left > values.size() * 4) {
      remember(values);
      return;
    }
    const bool plain_text = field_.type.kind == FieldKind::text;
    if (!plain_text || (!either && !carries_values()) || (example && !carries_values())) {
      remember(values);
      return;
    }
    field_.type = {};
    field_.type.kind = FieldKind::enumeration;
    field_.type.values = stored_values(values);
    reading_.type_known = true;
    if (!default_text_.empty()) {
      const std::vector<std::string> stored = stored_values({default_text_});
      if (!stored.empty()) field_.default_value = stored.front();
    }
  }

  /// Whether the name alone makes a list in parentheses its values.
  [[nodiscard]] bool carries_values() const {
    constexpr std::string_view carriers =
        "status type role category level kind gender sex priority severity grade class mode method "
        "stage phase result condition tier plan size color colour frequency currency permission "
        "outcome state rating term semester season weekday day visibility";
    const std::vector<std::string> words = words_of(field_.name);
    if (words.empty()) return false;
    const auto list = split(carriers, ' ');
    return std::find(list.begin(), list.end(), words.back()) != list.end();
  }

  /// Keeps a remark that is no property as the field's description.
  void remember(const std::vector<std::string>& values) {
    // "a required whole number": the article is left over.
    if (values.size() == 1 && (values[0] == "a" || values[0] == "an" || values[0] == "the")) return;
    if (!values.empty() && field_.description.empty()) field_.description = join(values, ", ");
  }

  Words words_;
  Words lower_;
  std::vector<bool> used_;
  std::string default_text_;
  AttributeReading& reading_;
  Field& field_;
};

}  // namespace

void read_remark(std::string_view remark, AttributeReading& reading) {
  RemarkReader(remark, reading).read();
  design::Field& field = reading.field;
  if (field.type.kind == FieldKind::enumeration && !field.default_value.empty()) {
    const std::vector<std::string> stored = stored_values({field.default_value});
    if (!stored.empty()) field.default_value = stored.front();
  }
}

}  // namespace relata::english
