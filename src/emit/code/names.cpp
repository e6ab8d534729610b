#include "emit/code/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "base/text.h"

namespace relata::emit {
namespace {

/// Ranges of letters beyond ASCII that are names in ECMAScript and Python as they stand, without
/// those that normalisation (NFKC, https://peps.python.org/pep-3131/) would turn into others.
struct LetterRange {
  char32_t first;
  char32_t last;
};
constexpr std::array letter_ranges{
    LetterRange{0x00C0, 0x00D6}, LetterRange{0x00D8, 0x00F6}, LetterRange{0x00F8, 0x0131},
    LetterRange{0x0134, 0x013E}, LetterRange{0x0141, 0x0148}, LetterRange{0x014A, 0x017E},
    LetterRange{0x0388, 0x038A}, LetterRange{0x038E, 0x03A1}, LetterRange{0x03A3, 0x03CE},
    LetterRange{0x0400, 0x0481}, LetterRange{0x048A, 0x052F}, LetterRange{0x05D0, 0x05EA},
    LetterRange{0x3041, 0x3096}, LetterRange{0x30A1, 0x30FA}, LetterRange{0x4E00, 0x9FEF},
    LetterRange{0xAC00, 0xD7A3}};

bool is_letter(char32_t c) {
  return std::any_of(letter_ranges.begin(), letter_ranges.end(),
                     [&](const LetterRange& range) { return c >= range.first && c <= range.last; });
}

/// The code point at the place, and how many bytes it takes; an invalid byte counts as itself.
std::pair<char32_t, std::size_t> code_point_at(std::string_view text, std::size_t place) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const char32_t first = byte(place);
  const std::size_t size = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (size == 1 || place + size > text.size()) return {first, 1};
  char32_t value = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = (value << 6U) | (byte(place + i) & 0x3FU);
  return {value, size};
}

std::string hexadecimal(char32_t c) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (; c > 0; c >>= 4U) out.insert(out.begin(), digits[c & 0xFU]);
  return out;
}

/// The name with only what the language takes in one: other letters become their code points.
std::string plain(const std::string& name, const Language& language) {
  std::string out;
  for (std::size_t place = 0; place < name.size();) {
    const auto [c, size] = code_point_at(name, place);
    if (c < 0x80) {
      const char ascii = static_cast<char>(c);
      if (is_ascii_letter(ascii) || is_ascii_digit(ascii) || ascii == '_') out += ascii;
    } else if (!language.ascii_only && is_letter(c)) {
      out += name.substr(place, size);
    } else {
      out += "u" + hexadecimal(c);
    }
    place += size;
  }
  return out;
}

/// What the language takes as a name; a digit does not begin one, nor does an underscore, which
/// means "private" to many tools.
std::string spelled(std::string name, const Language& language, bool type) {
  name = plain(name, language);
  if (name.empty() || is_ascii_digit(name.front())) name.insert(0, type ? "N" : "n");
  const bool reserves = type || language.reserves_members;
  if (reserves && language.is_reserved != nullptr && language.is_reserved(name)) name += '_';
  return name;
}

/// Names that are all different, in the order in which they are asked for.
class Taken {
 public:
  explicit Taken(bool (*is_taken)(std::string_view)) : is_taken_(is_taken) {}

  /// The first of the wishes that is free; else the last one with a number behind it.
  std::string take(const std::vector<std::string>& wishes) {
    for (const std::string& wish : wishes) {
      if (try_take(wish)) return wish;
    }
    for (std::size_t& number = numbers_[wishes.back()];;) {
      number = number == 0 ? 2 : number + 1;
      std::string name = wishes.back() + std::to_string(number);
      if (try_take(name)) return name;
    }
  }

 private:
  /// Names that differ in case only would be one file on some systems.
  bool try_take(const std::string& name) {
    if (is_taken_ != nullptr && is_taken_(name)) return false;
    return names_.insert(to_lower(name)).second;
  }

  bool (*is_taken_)(std::string_view);
  std::unordered_set<std::string> names_;
  std::map<std::string, std::size_t> numbers_;
};

/// The overrides for one language and target, the target's own last.
class Overrides {
 public:
  Overrides(const Schema& schema, const Language& language, std::string_view target) {
    for (const std::string_view scope : {language.id, target}) {
      for (const CodeSettings& settings : schema.code) {
        if (settings.scope != scope) continue;
        for (const CodeOverride& name : settings.names) {
          names_[{name.table, name.column}] = name.value;
        }
      }
    }
  }

  /// Empty: there is none. Tables are found by their own name or by the entity's.
  [[nodiscard]] std::string name(const Table& table, const std::string& column) const {
    if (names_.empty()) return {};
    for (const std::string& key : {table.name, table.intent.entity}) {
      const auto found = names_.find({key, column});
      if (!key.empty() && found != names_.end()) return found->second;
    }
    return {};
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> names_;
};

/// The column's name without "_id" and the like at its end; empty: it has nothing of that kind.
std::string without_key_suffix(std::string_view column) {
  static constexpr std::array suffixes{"id", "uuid", "fk", "ref"};
  std::vector<std::string> words = words_of(column);
  const bool keyed = words.size() > 1 &&
                     std::find(suffixes.begin(), suffixes.end(), words.back()) != suffixes.end();
  if (!keyed) return {};
  words.pop_back();
  return join(words, "_");
}

bool is_unique_key(const Table& table, std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  const auto same = [&](std::vector<std::string> other) {
    std::sort(other.begin(), other.end());
    return other == columns;
  };
  if (table.primary_key && same(table.primary_key->columns)) return true;
  for (const Unique& unique : table.uniques) {
    if (same(unique.columns)) return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    if (!index.unique || index.where) return false;
    std::vector<std::string> names;
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation != Operation::column) return false;
      names.push_back(part.expression.text);
    }
    return same(std::move(names));
  });
}

/// Builds the names of one schema.
class Naming {
 public:
  Naming(const Schema& schema, const Language& language, std::string_view target,
         bool (*is_taken)(std::string_view))
      : schema_(schema),
        language_(language),
        overrides_(schema, language, target),
        is_taken_(is_taken),
        entities_(is_taken),
        collections_(is_taken) {}

  CodeNames run() {
    for (const Enumeration& enumeration : schema_.enumerations) {
      names_.enumerations.push_back(entities_.take(
          {type(enumeration.name), type(enumeration.schema + "_" + enumeration.name)}));
    }
    for (const Table& table : schema_.tables) name_table(table);
    for (const View& view : schema_.views) name_view(view);
    find_relations();
    for (RelationNames& relation : names_.relations) name_forward(relation);
    for (RelationNames& relation : names_.relations) name_backward(relation);
    return std::move(names_);
  }

 private:
  [[nodiscard]] std::string type(std::string_view name) const {
    return spelled(pascal_case(name), language_, true);
  }
  [[nodiscard]] std::string member(std::string_view name) const {
    return spelled(language_.snake_members ? snake_case(name) : camel_case(name), language_, false);
  }

  TableNames name_object(const std::string& schema, const std::string& name,
                         const std::string& entity) {
    TableNames names;
    names.entity =
        entities_.take({entity, type(schema + "_" + singular_of(name)), type(schema + "_" + name)});
    names.collection = collections_.take({member(name), member(schema + "_" + name)});
    return names;
  }

  void name_table(const Table& table) {
    const std::string wished = overrides_.name(table, {});
    const std::string& entity = table.intent.entity;
    TableNames names = name_object(table.schema, table.name,
                                   type(!wished.empty()   ? wished
                                        : !entity.empty() ? entity
                                                          : singular_of(table.name)));
    members_.emplace_back(is_taken_);
    for (const Column& column : table.columns) {
      const std::string other = overrides_.name(table, column.name);
      names.members.push_back(members_.back().take({other.empty() ? member(column.name) : other}));
    }
    names_.tables.push_back(std::move(names));
  }

  void name_view(const View& view) {
    TableNames names = name_object(view.schema, view.name, type(singular_of(view.name)));
    Taken members(is_taken_);
    for (const std::string& column : view.columns) {
      names.members.push_back(members.take({member(column)}));
    }
    names_.views.push_back(std::move(names));
  }

  void find_relations() {
    const SchemaIndex index(schema_);
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> between;
    for (std::size_t t = 0; t < schema_.tables.size(); ++t) {
      const Table& table = schema_.tables[t];
      for (std::size_t k = 0; k < table.foreign_keys.size(); ++k) {
        const ForeignKey& key = table.foreign_keys[k];
        const std::size_t target = index.table(key.table_schema, key.table);
        if (target == SchemaIndex::npos) continue;
        RelationNames relation;
        relation.table = t;
        relation.foreign_key = k;
        relation.target = target;
        relation.one_to_one = is_unique_key(table, key.columns);
        ++between[std::minmax(t, target)];
        names_.relations.push_back(std::move(relation));
      }
    }
    for (RelationNames& relation : names_.relations) {
      relation.ambiguous = between[std::minmax(relation.table, relation.target)] > 1 ||
                           relation.table == relation.target;
    }
  }

  void name_forward(RelationNames& relation) {
    const Table& table = schema_.tables[relation.table];
    const ForeignKey& key = table.foreign_keys[relation.foreign_key];
    // What tells a composite key apart stands last: the tenant comes first.
    const std::string stem = without_key_suffix(key.columns.empty() ? "" : key.columns.back());
    const std::string target = singular_of(schema_.tables[relation.target].name);
    std::vector<std::string> wishes;
    if (!stem.empty()) wishes.push_back(member(stem));
    wishes.push_back(member(target));
    wishes.push_back(member((stem.empty() ? key.columns.empty() ? "" : key.columns.back() : stem) +
                            "_" + target));
    relation.forward = members_[relation.table].take(wishes);
    relation.name =
        relation_names_.take({snake_case(table.name) + "_" + snake_case(relation.forward)});
    names_.tables[relation.table].forward.push_back(place_of(relation));
  }

  void name_backward(RelationNames& relation) {
    const std::string& table = schema_.tables[relation.table].name;
    const std::string base = relation.one_to_one ? singular_of(table) : plural_of(table);
    const std::string as = member(base + "_as_" + relation.forward);
    std::vector<std::string> wishes;
    if (!relation.ambiguous) wishes.push_back(member(base));
    wishes.push_back(as);
    relation.backward = members_[relation.target].take(wishes);
    names_.tables[relation.target].backward.push_back(place_of(relation));
  }

  [[nodiscard]] std::size_t place_of(const RelationNames& relation) const {
    return static_cast<std::size_t>(&relation - names_.relations.data());
  }

  const Schema& schema_;
  const Language& language_;
  Overrides overrides_;
  bool (*is_taken_)(std::string_view);
  Taken entities_;
  Taken collections_;
  Taken relation_names_{nullptr};
  std::vector<Taken> members_;  ///< One a table.
  CodeNames names_;
};

std::string key_of(std::string_view table_schema, std::string_view name) {
  return std::string(table_schema) + '\0' + std::string(name);
}

}  // namespace

std::string_view TableNames::member(const std::vector<Column>& columns,
                                    std::string_view column) const {
  for (std::size_t i = 0; i < columns.size() && i < members.size(); ++i) {
    if (columns[i].name == column) return members[i];
  }
  return {};
}

CodeNames code_names(const Schema& schema, const Language& language, std::string_view target,
                     bool (*is_taken)(std::string_view name)) {
  return Naming(schema, language, target, is_taken).run();
}

std::string code_type(const Schema& schema, const Language& language, std::string_view target,
                      const Table& table, std::string_view column) {
  std::string type;
  for (const std::string_view scope : {language.id, target}) {
    for (const CodeSettings& settings : schema.code) {
      if (settings.scope != scope) continue;
      for (const CodeOverride& other : settings.types) {
        const bool here = other.table == table.name ||
                          (!table.intent.entity.empty() && other.table == table.intent.entity);
        if (here && other.column == column) type = other.value;
      }
    }
  }
  return type;
}

SchemaIndex::SchemaIndex(const Schema& schema) {
  for (std::size_t i = 0; i < schema.tables.size(); ++i) {
    tables_.emplace(key_of(schema.tables[i].schema, schema.tables[i].name), i);
  }
}

std::size_t SchemaIndex::table(std::string_view table_schema, std::string_view name) const {
  const auto found = tables_.find(key_of(table_schema, name));
  return found == tables_.end() ? npos : found->second;
}

}  // namespace relata::emit
