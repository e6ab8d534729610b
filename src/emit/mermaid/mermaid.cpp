// Mermaid erDiagram. What its grammar takes was read in mermaid 11.17's erDiagram.jison and tried
// with its own parser (tests/tools/mermaid_parse.mjs).

#include "emit/mermaid/mermaid.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "base/text.h"

namespace relata::emit {
namespace {

constexpr std::size_t longest_comment = 60;  ///< Code points; wider boxes make diagrams unreadable.

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7f'; }

/// A text inside double quotes. The grammar has no escapes; `~` would begin a generic type, `%%` a
/// directive, and "direction TB" is a statement wherever it stands in a line.
std::string quoted(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '"':
        out += '\'';
        break;
      case '\\':
      case '~':
      case '%':
        out += '_';
        break;
      default:
        out += is_control(c) ? ' ' : c;
    }
  }
  const std::size_t direction = to_lower(out).find("direction ");
  if (direction != std::string::npos) out[direction + std::string_view("direction").size()] = '_';
  out = trim(out);
  return "\"" + (out.empty() ? "_" : out) + "\"";
}

/// An attribute's type or name: a letter or underscore, then letters, digits and underscores.
/// "pk", "fk" and "uk" alone are keys to the grammar, in any case.
std::string word(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool plain = is_ascii_letter(text[i]) || is_ascii_digit(text[i]) || text[i] == '_';
    // U+0080 to U+00BF, which the grammar leaves out, are the two bytes C2 80 to C2 BF.
    const bool left_out = byte == 0xC2;
    if (left_out) ++i;
    out += plain || (byte >= 0x80 && !left_out) ? text[i] : '_';
  }
  const std::string lower = to_lower(out);
  const bool is_key = lower == "pk" || lower == "fk" || lower == "uk";
  if (out.empty() || is_ascii_digit(out.front()) || is_key) return "_" + out;
  return out;
}

std::string type_word(const Type& type) {
  const auto sized = [&](std::string_view name) {
    return std::string(name) + (type.length > 0 ? "(" + std::to_string(type.length) + ")" : "");
  };
  const auto base = [&]() -> std::string {
    switch (type.kind) {
      case TypeKind::text:
        return "text";
      case TypeKind::varchar:
        return sized("varchar");
      case TypeKind::character:
        return sized("char");
      case TypeKind::small_integer:
        return "smallint";
      case TypeKind::integer:
        return "integer";
      case TypeKind::big_integer:
        return "bigint";
      case TypeKind::decimal:
        if (type.precision == 0) return "numeric";
        return "numeric(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
      case TypeKind::real:
        return "real";
      case TypeKind::double_precision:
        return "double";
      case TypeKind::boolean:
        return "boolean";
      case TypeKind::date:
        return "date";
      case TypeKind::time:
        return "time";
      case TypeKind::timestamp:
        return "timestamp";
      case TypeKind::timestamp_tz:
        return "timestamptz";
      case TypeKind::interval:
        return "interval";
      case TypeKind::uuid:
        return "uuid";
      case TypeKind::json:
        return "json";
      case TypeKind::binary:
        return "binary";
      case TypeKind::inet:
        return "inet";
      case TypeKind::enumeration:
        return "enum";
      case TypeKind::native:
        return word(type.name);
    }
    return "text";
  };
  std::string out = base();
  for (int i = 0; i < type.array_dimensions; ++i) out += "[]";
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// Whether all of `part` is among `whole`.
bool within(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  return std::all_of(part.begin(), part.end(),
                     [&](const std::string& name) { return contains(whole, name); });
}

/// Names of the plain columns of an index; empty when it has any other expression.
std::vector<std::string> columns_of(const Index& index) {
  std::vector<std::string> columns;
  for (const IndexPart& part : index.parts) {
    if (part.expression.operation != Operation::column) return {};
    columns.push_back(part.expression.text);
  }
  return columns;
}

/// Whether no two rows of the table, among those that `where` leaves, agree in all of `columns`.
bool is_unique(const Table& table, const std::vector<std::string>& columns) {
  if (table.primary_key && within(table.primary_key->columns, columns)) return true;
  for (const Unique& unique : table.uniques) {
    if (within(unique.columns, columns)) return true;
  }
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
    const std::vector<std::string> indexed = columns_of(index);
    return index.unique && !indexed.empty() && within(indexed, columns);
  });
}

std::string keys_of(const Table& table, const Column& column) {
  std::vector<std::string> keys;
  if (table.primary_key && contains(table.primary_key->columns, column.name)) keys.push_back("PK");
  const bool foreign =
      std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                  [&](const ForeignKey& key) { return contains(key.columns, column.name); });
  if (foreign) keys.push_back("FK");
  const bool alone_in_primary =
      table.primary_key && table.primary_key->columns == std::vector<std::string>{column.name};
  if (!alone_in_primary && is_unique(table, {column.name})) keys.push_back("UK");
  return join(keys, ", ");
}

/// A key that only says which tenant a row belongs to, where another key leads there as well: a
/// line from the tenant to every table would hide how the tables belong together.
bool follows_from_another(const ForeignKey& key, const Table& table) {
  const std::string& tenant = table.intent.tenant_column;
  if (tenant.empty() || key.columns != std::vector<std::string>{tenant}) return false;
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& other) {
                       return other.columns.size() > 1 && contains(other.columns, tenant);
                     });
}

std::string shortened(std::string_view comment) {
  if (code_points(comment) <= longest_comment) return std::string(comment);
  std::size_t end = 0;
  std::size_t last_blank = 0;
  for (std::size_t points = 0; points < longest_comment; ++points) {
    if (comment[end] == ' ') last_blank = end;
    do ++end;
    while ((static_cast<unsigned char>(comment[end]) & 0xC0U) == 0x80U);
  }
  if (last_blank > 0) end = last_blank;
  return std::string(comment.substr(0, end)) + "\u2026";
}

class Diagram {
 public:
  explicit Diagram(const Schema& schema) : schema_(schema) { name_entities(); }

  std::string write() {
    out_.line("erDiagram");
    out_.indent();
    for (const Table& table : schema_.tables) write_relations(table);
    for (const Table& table : schema_.tables) write_entity(table);
    return out_.take();
  }

 private:
  /// Every table is named by its entity, or by itself when two would be the same.
  void name_entities() {
    std::set<std::string> taken;
    for (const Table& table : schema_.tables) {
      std::string name = quoted(table.intent.entity.empty() ? table.name : table.intent.entity);
      if (taken.contains(name)) name = quoted(table.name);
      for (int number = 2; taken.contains(name); ++number)
        name = quoted(table.name + " " + std::to_string(number));
      taken.insert(name);
      names_.push_back(name);
      by_table_.emplace(table.name, name);
    }
  }

  [[nodiscard]] const std::string& name_of(const Table& table) const {
    return names_[static_cast<std::size_t>(&table - schema_.tables.data())];
  }

  /// The column that says what the reference is about: not the tenant's, which composite keys
  /// carry along.
  static std::string telling_column(const Table& table, const ForeignKey& key) {
    for (const std::string& column : key.columns) {
      if (column != table.intent.tenant_column) return column;
    }
    return key.columns.empty() ? std::string() : key.columns.front();
  }

  /// "assignee" for assignee_id; "has" when the column only names the table that it refers to.
  [[nodiscard]] std::string label_of(const Table& table, const ForeignKey& key) const {
    std::vector<std::string> words = words_of(telling_column(table, key));
    if (words.size() > 1 && words.back() == "id") words.pop_back();
    const std::string role = join(words, "_");
    const Table* parent = schema_.find_table(key.table);
    const bool plain = role == snake_case(singular_of(key.table)) ||
                       (parent != nullptr && role == snake_case(parent->intent.entity));
    if (!table.intent.history_of.empty() && table.intent.history_of == key.table)
      return "has former";
    return plain || role.empty() ? "has" : replace_all(role, "_", " ");
  }

  /// The parent stands on the left; what each end may count is read off the columns: a nullable
  /// one makes the parent optional, a unique one the child single.
  void write_relations(const Table& table) {
    for (const ForeignKey& key : table.foreign_keys) {
      const auto parent = by_table_.find(key.table);
      if (parent == by_table_.end() || follows_from_another(key, table)) continue;
      const bool optional =
          std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& name) {
            const Column* column = table.find_column(name);
            return column != nullptr && column->nullable;
          });
      const std::string arrow = std::string(optional ? "|o" : "||") + "--" +
                                (is_unique(table, key.columns) ? "o|" : "o{");
      out_.print("$parent$ $arrow$ $child$ : $label$\n", {{"parent", parent->second},
                                                          {"arrow", arrow},
                                                          {"child", name_of(table)},
                                                          {"label", quoted(label_of(table, key))}});
    }
  }

  void write_entity(const Table& table) {
    if (table.columns.empty()) {
      out_.line(name_of(table));
      return;
    }
    out_.line(name_of(table) + " {");
    out_.indent();
    for (const Column& column : table.columns) {
      std::string line = type_word(column.type) + " " + word(column.name);
      if (const std::string keys = keys_of(table, column); !keys.empty()) line += " " + keys;
      if (!column.comment.empty()) line += " " + quoted(shortened(column.comment));
      out_.line(line);
    }
    out_.outdent();
    out_.line("}");
  }

  const Schema& schema_;
  std::vector<std::string> names_;  ///< Of each table, with its quotes.
  std::map<std::string, std::string, std::less<>> by_table_;
  Printer out_{4};
};

}  // namespace

std::string write_mermaid(const Schema& schema, DiagnosticSink&) { return Diagram(schema).write(); }

}  // namespace relata::emit
