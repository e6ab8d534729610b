#include "read/english/attribute.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/english/attribute_table.h"

namespace relata::english {
namespace {

using design::Field;
using design::FieldKind;
using Words = std::vector<std::string>;

std::string joined(const Words& words, std::size_t begin, std::size_t end) {
  return join(Words(words.begin() + static_cast<std::ptrdiff_t>(begin),
                    words.begin() + static_cast<std::ptrdiff_t>(end)),
              " ");
}

/// The unit that the words from `begin` to the end name.
const Unit* unit_at_end(const Words& words, std::size_t begin) {
  return begin < words.size() ? find_unit(joined(words, begin, words.size())) : nullptr;
}

constexpr std::string_view determiners =
    "a an the its their his her our my your this that each every own any one's all some same";
constexpr std::string_view prepositions =
    "of in for at per by to from on with since until about between as under within when that which "
    "who or and into through during before after";

/// Splits hyphens, drops quotation marks and possessive marks, all lower case.
Words plain_words(const Words& words) {
  Words result;
  for (const std::string& word : words) {
    std::string text = to_lower(word);
    for (const std::string_view apostrophe : {"\xE2\x80\x99s", "'s"}) {
      if (text.ends_with(apostrophe)) text.resize(text.size() - apostrophe.size());
    }
    text = replace_all(text, "\xE2\x80\x99", "'");
    while (!text.empty() && text.back() == '\'') text.pop_back();
    std::string part;
    const auto finish = [&] {
      if (!part.empty()) result.push_back(std::exchange(part, {}));
    };
    for (const char c : text) {
      const bool plain = is_ascii_letter(c) || is_ascii_digit(c) || c == '\'' || c == '%' ||
                         static_cast<unsigned char>(c) >= 0x80;
      if (plain)
        part += c;
      else
        finish();
    }
    finish();
  }
  return result;
}

/// Words whose plural is the usual form of the name.
bool stays_plural(std::string_view word) {
  constexpr std::string_view plurals =
      "notes hours details instructions settings preferences credits points terms goods sales news "
      "terms comments remarks contents minutes conditions ingredients symptoms requirements "
      "seconds days weeks months years bytes miles feet inches litres tonnes grams specifications "
      "data calories likes views earnings savings proceeds allergies interests hobbies skills";
  return among(plurals, word);
}

/// Where the name's head ends: before the first preposition or relative word.
std::size_t head_end(const Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (among(prepositions, words[i])) return i;
  }
  return words.size();
}

/// Looks the longest suffix of the head up, first with what follows the head ("date of birth").
const TableEntry* find_entry(const Words& words, std::size_t& matched) {
  const std::size_t end = head_end(words);
  for (const std::size_t stop : {words.size(), std::min(end + 1, words.size()), end}) {
    for (std::size_t begin = 0; begin < stop && begin < end; ++begin) {
      std::string name = joined(words, begin, stop);
      // "number of seats": the first word of a counted name, in the singular or the plural.
      if (const TableEntry* entry = table_entry(name)) {
        matched = stop - begin;
        return entry;
      }
    }
  }
  return nullptr;
}

/// Things people do: "due date" is then a moment (23:59 in somebody's zone); of an invoice or a
/// loan it is a calendar day.
bool is_piece_of_work(std::string_view owner) {
  constexpr std::string_view work =
      "task todo ticket issue subtask story bug card assignment job reminder milestone action "
      "homework activity request errand chore incident deliverable to_do action_item work_item "
      "project sprint checklist_item";
  const std::string name = snake_case(owner);
  const std::size_t last = name.rfind('_');
  return among(work, name) || among(work, last == std::string::npos ? name : name.substr(last + 1));
}

/// Owners whose start and end are times of day on a repeated weekday.
bool is_timetabled(std::string_view owner) {
  constexpr std::string_view timetabled =
      "lesson timetable schedule shift slot availability opening_hour class_period period "
      "timetable_entry course_schedule schedule_entry business_hour";
  const std::string name = snake_case(owner);
  const std::size_t last = name.rfind('_');
  return among(timetabled, name) ||
         among(timetabled, last == std::string::npos ? name : name.substr(last + 1));
}

void refine_by_owner(std::string_view owner, Field& field) {
  const std::string& name = field.name;
  if (field.type.kind == FieldKind::date && name == "due_date" && is_piece_of_work(owner)) {
    field.type.kind = FieldKind::timestamp;
  }
  if (field.type.kind == FieldKind::timestamp && is_timetabled(owner) &&
      (name == "start_time" || name == "end_time" || name == "time")) {
    field.type.kind = FieldKind::time;
  }
}

/// Takes "optional", "unique", "required" and the like off the front of a name.
void take_flags(Words& words, AttributeReading& reading) {
  const auto take = [&](std::string_view flags) {
    if (words.size() < 2 || !among(flags, words.front())) return false;
    words.erase(words.begin());
    return true;
  };
  bool again = true;
  while (again) {
    again = false;
    if (take(determiners) || take("single one several multiple various certain new respective"))
      again = true;
    if (take("optional")) {
      reading.required_stated = true;
      reading.field.required = false;
      again = true;
    }
    if (take("required mandatory compulsory obligatory")) {
      reading.required_stated = true;
      reading.field.required = true;
      again = true;
    }
    if (words.size() > 1 && words[0] == "globally" && words[1] == "unique") take("globally");
    if (take("unique distinct")) {
      reading.field.unique = true;
      again = true;
    }
    if (words.size() > 1 && among("calculated computed derived", words.front())) {
      reading.field.derived = "calculated from other data";
      words.erase(words.begin());
      again = true;
    }
    if (words.size() > 1 && words.front() == "encrypted") {
      reading.field.encrypted = true;
      words.erase(words.begin());
      again = true;
    }
    if (words.size() > 2 && words[0] == "whole" && words[1] == "number") break;
  }
}

/// "whether it is active", "is active", "has insurance", "if it can be returned".
bool read_yes_or_no(Words& words, std::string_view owner) {
  constexpr std::string_view auxiliaries = "is are was were has have had can should may must be";
  bool whether = false;
  if (words.front() == "whether" || (words.front() == "if" && words.size() > 1)) {
    whether = true;
    words.erase(words.begin());
    if (words.size() > 2 && words[0] == "or" && words[1] == "not")
      words.erase(words.begin(), words.begin() + 2);
  }
  if (words.empty()) return false;
  std::size_t verb = 0;
  while (verb < words.size() && !among(auxiliaries, words[verb])) ++verb;
  if (!whether && (verb != 0 || words.size() < 2)) return false;
  // The subject; the owner itself and pronouns say nothing.
  Words subject(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(verb));
  while (!subject.empty() && among(determiners, subject.front())) subject.erase(subject.begin());
  const std::string subject_name = snake_case(join(subject, " "));
  const std::string owner_name = snake_case(owner);
  const bool empty_subject = subject.empty() || among("it they he she him", subject.front()) ||
                             subject_name == owner_name || owner_name.ends_with("_" + subject_name);
  Words rest(words.begin() + static_cast<std::ptrdiff_t>(std::min(verb + 1, words.size())),
             words.end());
  while (!rest.empty() && among("a an the currently still already been also", rest.front()))
    rest.erase(rest.begin());
  Words kept;
  for (const std::string& word : rest) {
    if (!kept.empty() && among(prepositions, word)) break;
    kept.push_back(word);
  }
  std::string auxiliary = verb < words.size() ? words[verb] : "is";
  if (among("are was were be", auxiliary)) auxiliary = "is";
  if (among("have had", auxiliary)) auxiliary = "has";
  if (auxiliary == "should" || auxiliary == "must" || auxiliary == "may") auxiliary = "is";
  if (!kept.empty() && kept.front() == "be" && auxiliary == "is") kept.erase(kept.begin());
  if (empty_subject) {
    kept.insert(kept.begin(), auxiliary);
  } else {
    if (auxiliary == "has") kept.insert(kept.begin(), auxiliary);
    kept.insert(kept.begin(), subject.begin(), subject.end());
  }
  words = kept;
  return true;
}

/// "date of payment" is payment_date, "name of the reviewer" reviewer_name; established names
/// ("date of birth", "number of seats") stay.
void turn_of_phrase(Words& words, std::string_view owner) {
  const auto of = std::find(words.begin(), words.end(), "of");
  if (of == words.end() || of == words.begin()) return;
  Words head(words.begin(), of);
  Words rest(of + 1, words.end());
  while (!rest.empty() && among(determiners, rest.front())) rest.erase(rest.begin());
  if (rest.empty() || singular_of(snake_case(join(rest, " "))) == singular_of(snake_case(owner))) {
    // "price of the product" of a Product; but a column called "date" says too little.
    if (head.size() == 1 && among("date time", head[0])) {
      head.insert(head.begin(), rest.begin(), rest.end());
      head[head.size() - 2] = singular_of(head[head.size() - 2]);
    }
    words = head;
    return;
  }
  const std::string name = join(head, " ") + " of " + join(rest, " ");
  if (among("number amount level type kind place country year size rate length cost point degree",
            head.back()) ||
      among("date of birth,date of death,time of day,day of week,day of the week,proof of identity",
            name, ',')) {
    words = head;
    words.push_back("of");
    words.insert(words.end(), rest.begin(), rest.end());
    return;
  }
  if (head.size() == 1 &&
      among("date time name title email address number id code phone", head[0])) {
    rest.back() = singular_of(rest.back());
    words = rest;
    words.push_back(head[0]);
    return;
  }
  words = head;
  words.push_back("of");
  words.insert(words.end(), rest.begin(), rest.end());
}

/// Cuts what a name should not hold: a clause or a phrase behind it.
void cut_tail(Words& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool clause = among("that which who when where if including such", words[i]);
    const bool phrase =
        i + 1 < words.size() &&
        among("for at by to from on with since until about as under within into", words[i]) &&
        !(i == 1 && among("valid enrolled employed member active", words[0]));
    if (clause || phrase) {
      words.resize(i);
      return;
    }
  }
}

std::string field_name(const Words& words) {
  Words kept;
  for (const std::string& word : words) {
    if (!kept.empty() && among("a an the its their", word)) continue;
    if (word == "%") continue;
    kept.push_back(replace_all(word, "'", ""));
  }
  if (kept.empty()) return {};
  const std::size_t end = head_end(kept);
  if (!stays_plural(kept[end - 1]) && !(end >= 2 && kept[0] == "is") && kept[0] != "has")
    kept[end - 1] = singular_of(kept[end - 1]);
  std::string name = snake_case(join(kept, " "));
  if (!name.empty() && is_ascii_digit(name.front())) name = "n" + name;
  return name;
}

void guess_presence(AttributeReading& reading, const TableEntry* entry) {
  if (reading.required_stated) return;
  Field& field = reading.field;
  field.required = field.unique || (entry != nullptr && entry->presence == Presence::required);
  if (field.type.kind == FieldKind::boolean || field.type.kind == FieldKind::enumeration)
    field.required = true;
  if (!field.derived.empty()) field.required = false;
}

}  // namespace

AttributeReading read_attribute(const AttributePhrase& phrase) {
  AttributeReading reading;
  Field& field = reading.field;
  Words words = plain_words(phrase.words);
  if (words.empty()) return reading;
  take_flags(words, reading);
  if (words.empty()) return reading;
  const bool yes_or_no = read_yes_or_no(words, phrase.owner);
  if (words.empty()) return reading;
  // "capacity in kilograms"
  const Unit* unit = nullptr;
  for (std::size_t i = 1; i + 1 < words.size() && unit == nullptr && !yes_or_no; ++i) {
    if (words[i] != "in") continue;
    unit = unit_at_end(words, i + 1);
    if (unit != nullptr) words.resize(i);
  }
  if (unit == nullptr && !yes_or_no && !phrase.unit.empty())
    unit = unit_at_end(plain_words(phrase.unit), 0);
  const Words whole = words;
  if (!yes_or_no) {
    turn_of_phrase(words, phrase.owner);
    cut_tail(words);
  }
  // "label name" of a Label is its name.
  const Words owner = words_of(phrase.owner);
  if (!yes_or_no && words.size() == owner.size() + 1 && !owner.empty() &&
      std::equal(owner.begin(), owner.end(), words.begin()) &&
      among("name title description status color colour", singular_of(words.back()))) {
    words.erase(words.begin(), words.end() - 1);
  }
  field.name = field_name(words);
  std::size_t matched = 0;
  const TableEntry* entry = find_entry(words, matched);
  if (entry == nullptr) entry = find_entry(whole, matched);
  if (words.size() > 1 && words.front() == "number" && words[1] == "of") {
    field.type.kind = FieldKind::integer;
    reading.type_known = true;
    if (!reading.required_stated) field.minimum = 0;
  } else if (yes_or_no) {
    field.type.kind = FieldKind::boolean;
    reading.type_known = true;
  } else if (unit != nullptr) {
    field.type = field_type(unit->kind);
    reading.type_known = true;
    if (!unit->suffix.empty()) field.name += "_" + std::string(unit->suffix);
  } else if (entry != nullptr) {
    field.type = field_type(entry->kind);
    reading.type_known = true;
    refine_by_owner(phrase.owner, field);
  } else if (words.size() == 2 && words.back() == "at") {
    // "the time when the user joined" has become "joined at".
    field.type.kind = FieldKind::timestamp;
    reading.type_known = true;
  }
  if (words.size() > 1 && words.back() == "at") {
    field.type = field_type(TableKind::timestamp);
    reading.type_known = true;
  }
  if (!words.empty() && words.front() == "total" && field.derived.empty() && words.size() > 1)
    field.derived = "a total of other data";
  reading.sensitive = is_sensitive_name(field.name);
  if (!phrase.values.empty()) {
    field.type = {};
    field.type.kind = FieldKind::enumeration;
    field.type.values = stored_values(phrase.values);
    reading.type_known = true;
  }
  if (!phrase.remark.empty()) read_remark(phrase.remark, reading);
  guess_presence(reading, entry);
  if (field.type.kind == FieldKind::boolean && field.default_value.empty() && field.required)
    field.default_value = "false";
  return reading;
}

std::vector<std::string> stored_values(const std::vector<std::string>& values) {
  std::vector<std::string> result;
  for (const std::string& value : values) {
    std::string_view text = trim(value);
    for (const std::string_view article : {"a ", "an ", "the "}) {
      if (text.size() > article.size() && text.substr(0, article.size()) == article)
        text.remove_prefix(article.size());
    }
    std::string stored = join(words_of(to_lower(text)), "_");
    // "A+" and "A-" have no words that tell them apart.
    const bool marks = text.size() <= 3 && text.find_first_of("+-*<>") != std::string_view::npos;
    if (marks) stored = to_lower(text);
    if (!stored.empty() && std::find(result.begin(), result.end(), stored) == result.end())
      result.push_back(stored);
  }
  return result;
}

bool is_sensitive_name(std::string_view name) {
  constexpr std::array<std::string_view, 32> sensitive{"national_insurance",
                                                       "social_security",
                                                       "passport",
                                                       "tax_number",
                                                       "tax_id",
                                                       "identity_number",
                                                       "id_card",
                                                       "password",
                                                       "secret",
                                                       "credit_card",
                                                       "card_number",
                                                       "bank_account",
                                                       "iban",
                                                       "account_number",
                                                       "diagnosis",
                                                       "medical_condition",
                                                       "religion",
                                                       "ethnicity",
                                                       "fingerprint",
                                                       "driver_licen",
                                                       "driving_licen",
                                                       "cvv",
                                                       "security_code",
                                                       "ssn",
                                                       "national_id",
                                                       "health_insurance",
                                                       "health_card",
                                                       "api_key",
                                                       "token",
                                                       "sexual",
                                                       "criminal",
                                                       "disability"};
  return std::any_of(sensitive.begin(), sensitive.end(), [&](std::string_view word) {
    const std::size_t at = name.find(word);
    return at != std::string_view::npos && (at == 0 || name[at - 1] == '_');
  });
}

bool has_known_type(const std::vector<std::string>& words) {
  std::size_t matched = 0;
  const Words plain = plain_words(words);
  return !plain.empty() && find_entry(plain, matched) != nullptr;
}

}  // namespace relata::english
