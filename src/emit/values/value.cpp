#include "emit/values/value.h"

#include <algorithm>

#include "base/text.h"

namespace relata::emit {
namespace {

/// The text without "[]" at its end, as often as it stands there.
std::string_view element(std::string_view spelling, int* dimensions) {
  while (spelling.size() > 2 && spelling.substr(spelling.size() - 2) == "[]") {
    spelling.remove_suffix(2);
    if (dimensions != nullptr) ++*dimensions;
  }
  return spelling;
}

std::string domain_key(std::string_view table_schema, std::string_view name) {
  return std::string(table_schema) + "." + std::string(name);
}

std::string unquoted(std::string_view name) {
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return std::string(name);
  return replace_all(name.substr(1, name.size() - 2), "\"\"", "\"");
}

/// Where the dot between the namespace and the name stands, or npos.
std::size_t qualifying_dot(std::string_view name) {
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '"') quoted = !quoted;
    if (name[i] == '.' && !quoted) return i;
  }
  return std::string_view::npos;
}

struct CharacterSet {
  std::string_view name;
  Repertoire repertoire;
};
/// MySQL's character sets that hold less than Unicode, as far as it can be told by code point.
constexpr CharacterSet character_sets[] = {{"utf8", Repertoire::basic},
                                           {"utf8mb3", Repertoire::basic},
                                           {"ucs2", Repertoire::basic},
                                           {"latin1", Repertoire::latin},
                                           {"ascii", Repertoire::ascii}};

std::string beginning(std::string_view collation) {
  return std::string(collation.substr(0, collation.find('_')));
}

/// How MySQL stores and compares the column's texts, which the column, the table or the schema
/// says.
void add_mysql_collation(Value& value, const Schema& schema, const Table& table,
                         const Column& column) {
  std::string collation = column.collation;
  std::string characters = column.character_set;
  if (collation.empty() && characters.empty()) collation = table.collation.text;
  if (characters.empty() && !collation.empty()) characters = beginning(collation);
  if (characters.empty()) characters = table.character_set.text;
  if (characters.empty() && collation.empty()) {
    collation = schema.collation.text;
    characters = schema.character_set.text;
  }
  collation = to_lower(collation);
  for (const CharacterSet& set : character_sets) {
    if (set.name == to_lower(characters)) value.repertoire = set.repertoire;
  }
  const bool binary = collation.ends_with("_bin") || collation == "binary";
  value.folds_case = !binary;
  value.ignores_blanks = collation.find("nopad") == std::string::npos &&
                         collation.find("_0900_") == std::string::npos && collation != "binary";
}

}  // namespace

TypeParts type_parts(std::string_view spelling) {
  TypeParts parts;
  spelling = element(spelling, &parts.dimensions);
  std::string number;
  bool inside = false;
  bool quoted = false;
  for (const char c : spelling) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && c == '(') {
      inside = true;
    } else if (!quoted && inside && (c == ')' || c == ',')) {
      if (!number.empty() && number.size() < 9) parts.numbers.push_back(std::stoi(number));
      number.clear();
      inside = c != ')';
    } else if (inside) {
      const bool sign = c == '-' && number.empty();
      if (sign || is_ascii_digit(c)) number += c;
    } else {
      parts.name += c;
    }
  }
  parts.name = to_lower(parts.name);
  for (const std::string_view attribute : {" unsigned", " zerofill"}) {
    const std::size_t place = parts.name.find(attribute);
    if (place == std::string::npos) continue;
    parts.is_unsigned = true;
    parts.name.erase(place, attribute.size());
  }
  parts.name = trim(parts.name);
  return parts;
}

ValueReader::ValueReader(const TargetInput& input, bool as_meant)
    : schema_(input.native), design_tables_(input.schema) {
  const bool designed = input.native.dialect == "sqlite" && input.schema.dialect.empty();
  if (as_meant && designed) design_ = &input.schema;
  for (const Domain& domain : schema_.domains) {
    domains_.emplace(domain_key(domain.schema, domain.name), &domain);
  }
}

const Domain* ValueReader::domain_of(std::string_view spelling) const {
  if (domains_.empty()) return nullptr;
  const std::size_t dot = qualifying_dot(spelling);
  const std::string key =
      dot == std::string_view::npos
          ? domain_key("", unquoted(spelling))
          : domain_key(unquoted(spelling.substr(0, dot)), unquoted(spelling.substr(dot + 1)));
  const auto found = domains_.find(key);
  return found == domains_.end() ? nullptr : found->second;
}

const Type* ValueReader::meant_type(const Table& table, const Column& column) const {
  if (design_ == nullptr) return nullptr;
  const std::size_t place = design_tables_.table(table.schema, table.name);
  if (place == SchemaIndex::npos) return nullptr;
  const Column* meant = design_->tables[place].find_column(column.name);
  return meant == nullptr ? nullptr : &meant->type;
}

Value ValueReader::of(const Table& table, const Column& column) const {
  const ValueType neutral = value_type(schema_, table, column);
  int dimensions = 0;
  std::vector<const Domain*> domains;
  const Type* type = &column.type;
  // A domain is over another one at times; the catalog has no cycles, a file might.
  constexpr std::size_t deepest = 32;
  while (domains.size() < deepest) {
    const Domain* domain = domain_of(element(type->spelling, &dimensions));
    if (domain == nullptr) break;
    domains.push_back(domain);
    type = &domain->type;
    if (dimensions > 0) break;
  }
  Value value = engine_value(schema_.dialect, *type);
  if (const Type* meant = meant_type(table, column)) value = sqlite_value(*meant);
  if (column.identity) value.wide = value.wide && schema_.dialect != "sqlite";
  if (!domains.empty()) value.dimensions += dimensions;
  if (schema_.dialect == "mysql") add_mysql_collation(value, schema_, table, column);
  if (value.folds_case && column.collation.empty() && schema_.dialect != "mysql") {
    value.folds_case = value.spelling == "citext";
  }
  if (schema_.dialect == "sqlite" && to_lower(column.collation) == "nocase") {
    value.folds_case = true;
  }
  if (value.shape != Shape::several && !neutral.values.empty()) value.choices = neutral.values;
  value.enumeration = neutral.enumeration;
  value.domains = std::move(domains);
  value.domain_not_null = std::any_of(value.domains.begin(), value.domains.end(),
                                      [](const Domain* domain) { return !domain->nullable; });
  if (!value.choices.empty() && value.shape != Shape::several) value.shape = Shape::text;
  return value;
}

}  // namespace relata::emit
