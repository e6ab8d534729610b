#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"

// Singular and plural of English nouns, as far as names of tables need them.

namespace relata {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// Nouns whose plural, or whose way back from it, no suffix rule gives: singular, plural.
constexpr std::array irregular_nouns{
    Pair{"goose", "geese"},
    Pair{"mouse", "mice"},
    Pair{"ox", "oxen"},
    Pair{"die", "dice"},
    Pair{"criterion", "criteria"},
    Pair{"phenomenon", "phenomena"},
    Pair{"datum", "data"},
    Pair{"medium", "media"},
    Pair{"curriculum", "curricula"},
    Pair{"bacterium", "bacteria"},
    Pair{"genus", "genera"},
    Pair{"corpus", "corpora"},
    Pair{"alumnus", "alumni"},
    Pair{"radius", "radii"},
    Pair{"stimulus", "stimuli"},
    Pair{"nucleus", "nuclei"},
    Pair{"cactus", "cacti"},
    Pair{"fungus", "fungi"},
    Pair{"basis", "bases"},
    Pair{"oasis", "oases"},
    Pair{"emphasis", "emphases"},
    Pair{"crisis", "crises"},
    Pair{"synopsis", "synopses"},
    Pair{"ellipsis", "ellipses"},
    Pair{"axis", "axes"},
    Pair{"axe", "axes"},
    Pair{"pickaxe", "pickaxes"},
    Pair{"index", "indexes"},
    Pair{"matrix", "matrices"},
    Pair{"vertex", "vertices"},
    Pair{"appendix", "appendices"},
    Pair{"leaf", "leaves"},
    Pair{"half", "halves"},
    Pair{"loaf", "loaves"},
    Pair{"thief", "thieves"},
    Pair{"wolf", "wolves"},
    Pair{"calf", "calves"},
    Pair{"elf", "elves"},
    Pair{"scarf", "scarves"},
    Pair{"life", "lives"},
    Pair{"quiz", "quizzes"},
    Pair{"bus", "buses"},
    Pair{"gas", "gases"},
    Pair{"lens", "lenses"},
    Pair{"iris", "irises"},
    Pair{"alias", "aliases"},
    Pair{"bias", "biases"},
    Pair{"canvas", "canvases"},
    Pair{"atlas", "atlases"},
    Pair{"excuse", "excuses"},
    Pair{"fuse", "fuses"},
    Pair{"recluse", "recluses"},
    Pair{"hero", "heroes"},
    Pair{"potato", "potatoes"},
    Pair{"tomato", "tomatoes"},
    Pair{"echo", "echoes"},
    Pair{"veto", "vetoes"},
    Pair{"cargo", "cargoes"},
    Pair{"embargo", "embargoes"},
    Pair{"buffalo", "buffaloes"},
    Pair{"mosquito", "mosquitoes"},
    Pair{"volcano", "volcanoes"},
    Pair{"movie", "movies"},
    Pair{"cookie", "cookies"},
    Pair{"rookie", "rookies"},
    Pair{"selfie", "selfies"},
    Pair{"hoodie", "hoodies"},
    Pair{"smoothie", "smoothies"},
    Pair{"brownie", "brownies"},
    Pair{"zombie", "zombies"},
    Pair{"calorie", "calories"},
    Pair{"prairie", "prairies"},
    Pair{"tie", "ties"},
    Pair{"pie", "pies"},
    Pair{"lie", "lies"},
    Pair{"niche", "niches"},
    Pair{"stomach", "stomachs"},
    Pair{"monarch", "monarchs"},
    Pair{"patriarch", "patriarchs"},
    Pair{"matriarch", "matriarchs"},
    Pair{"epoch", "epochs"},
    Pair{"tech", "techs"},
    Pair{"menu", "menus"},
    Pair{"guru", "gurus"},
    Pair{"emu", "emus"},
    Pair{"cheese", "cheeses"},
    Pair{"diocese", "dioceses"},
};

/// Nouns that change in the same way at the end of a compound: "salesperson", "bookshelf".
constexpr std::array compound_nouns{
    Pair{"person", "people"}, Pair{"child", "children"}, Pair{"woman", "women"},
    Pair{"man", "men"},       Pair{"foot", "feet"},      Pair{"tooth", "teeth"},
    Pair{"shelf", "shelves"}, Pair{"knife", "knives"},   Pair{"wife", "wives"},
    Pair{"self", "selves"},   Pair{"ache", "aches"},
};

/// Words that only look like a compound with "man".
constexpr std::array<std::string_view, 7> no_compounds{"human",    "german", "roman", "ottoman",
                                                       "talisman", "shaman", "norman"};

/// Nouns with one form for both numbers, or with one number only.
constexpr auto unchanging_nouns = std::to_array<std::string_view>(
    {"staff",       "equipment",  "information",  "series",   "species",   "news",
     "aircraft",    "spacecraft", "sheep",        "fish",     "deer",      "feedback",
     "software",    "hardware",   "furniture",    "luggage",  "metadata",  "mail",
     "money",       "personnel",  "inventory",    "research", "homework",  "traffic",
     "weather",     "music",      "stuff",        "cash",     "clothing",  "police",
     "means",       "chassis",    "headquarters", "data",     "media",     "goods",
     "savings",     "earnings",   "trousers",     "pants",    "scissors",  "premises",
     "diabetes",    "tennis",     "mathematics",  "physics",  "logistics", "economics",
     "electronics", "politics",   "athletics",    "genetics", "analytics", "statistics",
     "robotics",    "advice",     "merchandise"});

bool contains(const auto& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

/// The word with its last `count` letters replaced.
std::string with_ending(std::string_view word, std::size_t count, std::string_view ending) {
  return std::string(word.substr(0, word.size() - count)) + std::string(ending);
}

/// Whether a word is a noun of the table or ends in it, as "bookshelf" does. "coaches" and
/// "beaches" do not end in "aches".
bool ends_in(std::string_view word, std::string_view noun) {
  if (word == noun) return true;
  if (!word.ends_with(noun) || contains(no_compounds, word)) return false;
  const char before = word[word.size() - noun.size() - 1];
  return !noun.starts_with("ache") || (before != 'o' && before != 'e' && before != 't');
}

/// Both directions of `irregular_nouns`; the first line that names a form counts.
struct IrregularForms {
  std::unordered_map<std::string_view, std::string_view> plural_of;
  std::unordered_map<std::string_view, std::string_view> singular_of;
  std::unordered_set<std::string_view> plurals;  ///< That are not read as a singular too.

  IrregularForms() {
    for (const auto& [one, many] : irregular_nouns) {
      plural_of.emplace(one, many);
      singular_of.emplace(many, one);
      if (one != "basis" && one != "axis" && one != "axe") plurals.insert(many);
    }
  }
};

const IrregularForms& irregular_forms() {
  static const IrregularForms forms;
  return forms;
}

bool is_unchanging(std::string_view word) {
  static const std::unordered_set<std::string_view> nouns(unchanging_nouns.begin(),
                                                          unchanging_nouns.end());
  return nouns.contains(word);
}

/// The other form from the tables, or empty.
std::string listed_plural(std::string_view word) {
  const IrregularForms& forms = irregular_forms();
  const auto found = forms.plural_of.find(word);
  if (found != forms.plural_of.end()) return std::string(found->second);
  if (forms.plurals.contains(word)) return std::string(word);
  for (const auto& [one, many] : compound_nouns) {
    if (ends_in(word, many)) return std::string(word);
    if (ends_in(word, one)) return with_ending(word, one.size(), many);
  }
  return {};
}

std::string listed_singular(std::string_view word) {
  if (word == "bases") return "base";  // far more often than "basis" in schemas
  if (word == "indices") return "index";
  const IrregularForms& forms = irregular_forms();
  if (forms.plural_of.contains(word)) return std::string(word);
  const auto found = forms.singular_of.find(word);
  if (found != forms.singular_of.end()) return std::string(found->second);
  for (const auto& [one, many] : compound_nouns) {
    if (ends_in(word, one)) return std::string(word);
    if (ends_in(word, many)) return with_ending(word, many.size(), one);
  }
  return {};
}

/// A word in -s that is not the kind of singular that ends so ("process", "campus", "analysis").
bool looks_plural(std::string_view word) {
  if (word.size() < 3 || word.back() != 's') return false;
  if (word.ends_with("eaus")) return true;
  const char before = word[word.size() - 2];
  return before != 's' && before != 'u' && before != 'i';
}

std::string plural_word(std::string_view word) {
  if (word.empty() || is_unchanging(word)) return std::string(word);
  if (std::string listed = listed_plural(word); !listed.empty()) return listed;
  if (looks_plural(word)) return std::string(word);
  if (word.size() > 4 && word.ends_with("sis")) return with_ending(word, 2, "es");
  const char last = word.back();
  if (last == 'y' && word.size() > 1 && (!is_vowel(word[word.size() - 2]) || word.ends_with("quy")))
    return with_ending(word, 1, "ies");
  if (last == 's' || last == 'x' || last == 'z' || word.ends_with("ch") || word.ends_with("sh"))
    return std::string(word) + "es";
  return std::string(word) + "s";
}

/// "statuses" and "focuses" are of "status" and "focus"; "houses" and "causes" are of words in -e.
bool is_plural_of_us(std::string_view word) {
  return word.size() > 5 && word.ends_with("uses") && !is_vowel(word[word.size() - 5]);
}

/// "analyses", "diagnoses", "theses".
bool is_plural_of_sis(std::string_view word) {
  return word.ends_with("lyses") || word.ends_with("gnoses") ||
         (word.size() > 5 && word.ends_with("heses")) || word.ends_with("neses");
}

std::string singular_word(std::string_view word) {
  if (is_unchanging(word)) return std::string(word);
  if (std::string listed = listed_singular(word); !listed.empty()) return listed;
  if (is_plural_of_us(word)) return with_ending(word, 2, "");
  if (is_plural_of_sis(word)) return with_ending(word, 2, "is");
  if (word.size() > 3 && word.ends_with("ies")) return with_ending(word, 3, "y");
  for (std::string_view suffix : {"sses", "xes", "zzes", "ches", "shes"}) {
    if (word.size() > suffix.size() && word.ends_with(suffix)) return with_ending(word, 2, "");
  }
  if (word.ends_with("eaus")) return with_ending(word, 1, "");
  if (word.size() > 2 && word.back() == 's' && !word.ends_with("ss") && !word.ends_with("us") &&
      !word.ends_with("is"))
    return with_ending(word, 1, "");
  return std::string(word);
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// Where the last word of a name in any case style begins.
std::size_t last_word(std::string_view name) {
  std::size_t begin = name.size();
  while (begin > 0) {
    const char c = name[begin - 1];
    if (!is_ascii_letter(c) && static_cast<unsigned char>(c) < 0x80) break;
    --begin;
    if (is_upper(c) && begin > 0 && is_ascii_letter(name[begin - 1]) && !is_upper(name[begin - 1]))
      break;
  }
  return begin;
}

/// Changes the last word of a name; letters that stay keep their case ("URL", "URLs").
std::string change_last_word(std::string_view name, std::string (*change)(std::string_view)) {
  const std::size_t begin = last_word(name);
  const std::string_view word = name.substr(begin);
  if (word.empty()) return std::string(name);
  const std::string small = to_lower(word);
  std::string changed = change(small);
  for (std::size_t i = 0; i < std::min(changed.size(), word.size()); ++i) {
    if (changed[i] != small[i]) break;
    changed[i] = word[i];
  }
  return std::string(name.substr(0, begin)) + changed;
}

}  // namespace

std::string plural_of(std::string_view name) { return change_last_word(name, plural_word); }
std::string singular_of(std::string_view name) { return change_last_word(name, singular_word); }

}  // namespace relata
