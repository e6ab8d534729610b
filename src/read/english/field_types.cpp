#include "read/english/field_types.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "read/english/lexicon.h"

namespace relata::english {
namespace {

using design::FieldKind;

struct Heads {
  FieldKind kind;
  std::string_view words;
};

constexpr Heads heads[] = {
#define FIELD_HEADS(kind, words) {FieldKind::kind, words},
#include "read/english/field_heads.def"
#undef FIELD_HEADS
};

std::optional<FieldKind> kind_of(std::string_view noun) {
  static const auto map = [] {
    std::unordered_map<std::string_view, FieldKind> result;
    for (const auto& [kind, words] : heads) {
      for (const std::string_view word : split(words, ' ')) result.try_emplace(word, kind);
    }
    return result;
  }();
  const auto it = map.find(noun);
  if (it == map.end()) return std::nullopt;
  return it->second;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

bool is_attribute_head(const std::string& noun) {
  const std::string lemma = noun_lemma(noun);
  if (kind_of(lemma) || kind_of(noun)) return true;
  const LexicalEntry entry = look_up(lemma);
  return entry.category == category::attribute || entry.category == category::time ||
         entry.category == category::quantity || entry.category == category::state;
}

design::FieldType type_of(const std::vector<std::string>& words) {
  design::FieldType type;
  if (words.empty()) return type;
  const auto starts = [&](std::string_view w) { return words.front() == w; };
  if (starts("is") || starts("has") || starts("whether")) {
    type.kind = FieldKind::boolean;
    return type;
  }
  if (words.size() > 2 && words[1] == "of") {
    if (starts("number") || starts("quantity") || starts("count")) {
      type.kind = FieldKind::integer;
      return type;
    }
    if (const auto kind = kind_of(words.front())) {
      type.kind = *kind;
      return type;
    }
  }
  const std::string last = noun_lemma(words.back());
  const std::string before = words.size() > 1 ? words[words.size() - 2] : std::string();
  if (last == "number" || last == "no" || last == "code" || last == "address") {
    if (before == "phone" || before == "telephone" || before == "mobile" || before == "contact" ||
        before == "fax" || before == "cell") {
      type.kind = FieldKind::phone;
    } else if (before == "email" || before == "e-mail") {
      type.kind = FieldKind::email;
    } else if (before == "ip") {
      type.kind = FieldKind::ip_address;
    }
    return type;
  }
  // The last word decides; one that says nothing of itself leaves it to the one before.
  const auto kind = kind_of(last);
  if (kind) type.kind = *kind;
  if (last == "time" &&
      (before == "working" || before == "preparation" || before == "cooking" || before == "total"))
    type.kind = FieldKind::duration;
  if (last == "period" && has(words, "trial")) type.kind = FieldKind::duration;
  if (last == "url") type.kind = FieldKind::url;
  if (type.kind == FieldKind::decimal) type.precision = 18;
  return type;
}

}  // namespace relata::english
