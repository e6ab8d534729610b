// DBML: what its grammar takes was read in its documentation (https://dbml.dbdiagram.io/docs/) and
// tried with the parser of @dbml/core 10.

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/printer.h"
#include "base/text.h"
#include "dialect/dialect.h"
#include "emit/code/column_type.h"
#include "emit/code/names.h"
#include "emit/dbml/text.h"
#include "emit/output.h"
#include "model/questions.h"

namespace relata::emit {

namespace dbml {
namespace {

std::string settings_text(const std::vector<std::string>& settings) {
  return settings.empty() ? std::string() : " [" + join(settings, ", ") + "]";
}

template <class Item>
void add_names(std::string_view kind, const std::vector<Item>& items,
               std::vector<std::string>& parts) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (!names.empty()) parts.push_back(std::string(kind) + " " + join(names, ", "));
}

class Document {
 public:
  Document(const Schema& schema, const Dialect& dialect)
      : schema_(schema), dialect_(dialect), tables_(schema) {}

  std::string write() {
    write_project();
    for (const Enumeration& type : schema_.enumerations) {
      write_enum(qualified_text(type.schema, type.name), type.values, type.comment);
    }
    name_column_enums();
    for (const Table& table : schema_.tables) write_table(table);
    for (const Table& table : schema_.tables) write_references(table);
    return out_.take();
  }

 private:
  void write_project() {
    static const std::unordered_map<std::string_view, std::string_view> types{
        {"postgres", "PostgreSQL"}, {"mysql", "MySQL"}, {"sqlite", "SQLite"}};
    const auto type = types.find(dialect_.id());
    out_.line("Project " + name_text(schema_.name.empty() ? "schema" : schema_.name) + " {");
    out_.line("  database_type: " +
              string_text(type == types.end() ? dialect_.id() : type->second));
    out_.line("}");
    std::vector<std::string> parts;
    add_names("extension", schema_.extensions, parts);
    add_names("domain", schema_.domains, parts);
    add_names("type", schema_.composite_types, parts);
    add_names("function", schema_.routines, parts);
    add_names("view", schema_.views, parts);
    write_remark(parts);
  }

  /// What the file has no words for, in one comment.
  void write_remark(const std::vector<std::string>& parts) {
    out_.line();
    if (parts.empty()) return;
    std::string text = "// In the database only: " + join(parts, "; ") + ".";
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    out_.line(text);
  }

  void write_enum(const std::string& name, const std::vector<std::string>& values,
                  const std::string& comment) {
    std::vector<std::string> lines;
    std::set<std::string> known;
    for (const std::string& value : values) {
      const std::string line = name_text(value);
      // A value without a name, which the grammar does not take.
      if (!trim(value).empty() && known.insert(line).second) lines.push_back(line);
    }
    if (lines.empty()) return;
    if (!comment.empty()) out_.line("// " + replace_all(comment, "\n", " "));
    out_.line("Enum " + name + " {");
    for (const std::string& line : lines) out_.line("  " + line);
    out_.line("}");
    out_.line();
  }

  /// [mysql] Enumerations that are written with a column.
  void name_column_enums() {
    if (dialect_.id() != "mysql") return;
    for (const Table& table : schema_.tables) {
      for (const Column& column : table.columns) {
        if (column.type.kind != TypeKind::enumeration || column.type.values.empty()) continue;
        std::string name = name_text(table.name + "_" + column.name);
        while (!enum_names_.insert(name).second) name = name_text(name + "_");
        column_enums_.emplace(&column, name);
        write_enum(name, column.type.values, {});
      }
    }
  }

  [[nodiscard]] std::string type_of(const Column& column) const {
    const auto own = column_enums_.find(&column);
    if (own != column_enums_.end()) return own->second;
    const ValueType value = value_type(schema_, column.type);
    if (!value.enumeration.name.empty()) {
      std::string brackets;
      for (int i = 0; i < value.array_dimensions; ++i) brackets += "[]";
      return qualified_text(value.enumeration.schema, value.enumeration.name) + brackets;
    }
    return type_text(column.type.spelling);
  }

  /// The default as a setting; empty: it has none, or none that can be written.
  [[nodiscard]] std::string default_text(const Column& column) const {
    if (!column.default_value || column.generated) return {};
    const Expression& expression = *column.default_value;
    const Expression* neutral = meaning(expression);
    if (neutral != nullptr && column.type.array_dimensions == 0) {
      const bool number = neutral->operation == Operation::number &&
                          neutral->text.find_first_not_of("-0123456789.") == std::string::npos;
      if (number || neutral->operation == Operation::boolean) return neutral->text;
      const bool kept =
          neutral->text.find('\n') == std::string::npos && !is_moment(column.type.kind);
      if (neutral->operation == Operation::string && kept) return string_text(neutral->text);
    }
    const std::string text =
        expression.operation == Operation::sql ? expression.text : dialect_.expression(expression);
    const bool one_line = text.find('\n') == std::string::npos;
    return one_line && is_expression(text) ? "`" + text + "`" : std::string();
  }

  static bool is_moment(TypeKind kind) {
    return kind == TypeKind::timestamp_tz || kind == TypeKind::timestamp;
  }

  /// Whether the column is numbered: as an identity, or by a sequence of its own.
  [[nodiscard]] static bool is_numbered(const Column& column) {
    return column.identity ||
           (column.default_value && to_lower(column.default_value->text).starts_with("nextval("));
  }

  void write_column(const Table& table, const Column& column) {
    std::vector<std::string> settings;
    const bool in_key = table.primary_key && has(table.primary_key->columns, column.name);
    const bool key = in_key && table.primary_key->columns.size() == 1 && has_usual_key(table);
    if (key) settings.emplace_back("pk");
    if (is_numbered(column)) {
      settings.emplace_back("increment");
    } else if (const std::string value = default_text(column); !value.empty()) {
      settings.push_back("default: " + value);
    }
    if (!column.nullable && !in_key) settings.emplace_back("not null");
    const auto own = [&](const Unique& unique) { return is_usual(table, unique, column); };
    if (std::any_of(table.uniques.begin(), table.uniques.end(), own)) {
      settings.emplace_back("unique");
    }
    if (!column.comment.empty()) settings.push_back("note: " + string_text(column.comment));
    out_.line(name_text(column.name) + " " + type_of(column) + settings_text(settings));
  }

  static bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  /// Whether the engine would give the key that name by itself.
  [[nodiscard]] bool has_usual_key(const Table& table) const {
    const std::string& name = table.primary_key->name;
    return name.empty() || dialect_.id() != "postgres" || name == table.name + "_pkey";
  }
  [[nodiscard]] bool is_usual(const Table& table, const Unique& unique,
                              const Column& column) const {
    if (unique.columns.size() != 1 || unique.columns.front() != column.name) return false;
    return unique.name.empty() || unique.name == table.name + "_" + column.name + "_key";
  }

  [[nodiscard]] static std::string parts_text(const std::vector<std::string>& parts) {
    return parts.size() == 1 ? parts.front() : "(" + join(parts, ", ") + ")";
  }

  [[nodiscard]] static std::vector<std::string> names_text(const std::vector<std::string>& names) {
    std::vector<std::string> parts;
    for (const std::string& name : names) parts.push_back(name_text(name));
    return parts;
  }

  static void add_name(const std::string& name, std::vector<std::string>& settings) {
    if (!name.empty()) settings.push_back("name: " + string_text(replace_all(name, "\n", " ")));
  }

  void add_key_lines(const Table& table, std::vector<std::string>& lines) const {
    if (table.primary_key && (table.primary_key->columns.size() > 1 || !has_usual_key(table))) {
      std::vector<std::string> settings{"pk"};
      if (!has_usual_key(table)) add_name(table.primary_key->name, settings);
      lines.push_back(parts_text(names_text(table.primary_key->columns)) + settings_text(settings));
    }
    for (const Unique& unique : table.uniques) {
      const Column* column = table.find_column(unique.columns.front());
      if (column != nullptr && is_usual(table, unique, *column)) continue;
      std::vector<std::string> settings{"unique"};
      add_name(unique.name, settings);
      lines.push_back(parts_text(names_text(unique.columns)) + settings_text(settings));
    }
  }

  /// What an index has beside its parts, as a note.
  [[nodiscard]] std::string index_note(const Index& index) const {
    std::vector<std::string> parts;
    if (!index.comment.empty()) parts.push_back(index.comment);
    for (const IndexPart& part : index.parts) {
      const bool plain = part.expression.operation == Operation::column;
      const std::string name = plain ? part.expression.text : "expression";
      if (part.descending) parts.push_back(name + " DESC");
      if (!part.operator_class.empty()) parts.push_back(name + " " + part.operator_class);
    }
    if (!index.include.empty()) parts.push_back("INCLUDE (" + join(index.include, ", ") + ")");
    if (index.nulls_not_distinct) parts.emplace_back("NULLS NOT DISTINCT");
    if (index.where) parts.push_back("WHERE " + sql_text(*index.where));
    return join(parts, "; ");
  }

  [[nodiscard]] std::string sql_text(const Expression& expression) const {
    return expression.operation == Operation::sql ? expression.text
                                                  : dialect_.expression(expression);
  }

  /// False: the index cannot be written.
  [[nodiscard]] bool add_index_line(const Index& index, std::vector<std::string>& lines) const {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) {
      if (part.expression.operation == Operation::column) {
        parts.push_back(name_text(part.expression.text));
        continue;
      }
      const std::string text = sql_text(part.expression);
      if (!is_expression(text)) return false;
      parts.push_back("`" + text + "`");
    }
    if (parts.empty()) return false;
    const bool expression = parts.size() == 1 && parts.front().front() == '`';
    std::vector<std::string> settings;
    add_name(index.name, settings);
    if (index.unique) settings.emplace_back("unique");
    if (!index.method.empty()) settings.push_back("type: " + name_text(index.method));
    if (const std::string note = index_note(index); !note.empty()) {
      settings.push_back("note: " + string_text(replace_all(note, "\n", " ")));
    }
    lines.push_back((expression ? "(" + parts.front() + ")" : parts_text(parts)) +
                    settings_text(settings));
    return true;
  }

  void write_section(std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    out_.line();
    out_.line(std::string(title) + " {");
    for (const std::string& line : lines) out_.line("  " + line);
    out_.line("}");
  }

  void write_table(const Table& table) {
    if (table.columns.empty()) return;
    std::vector<std::string> indexes;
    std::vector<std::string> checks;
    std::vector<Index> lost_indexes;
    std::vector<Check> lost_checks;
    add_key_lines(table, indexes);
    for (const Index& index : table.indexes) {
      if (!add_index_line(index, indexes)) lost_indexes.push_back(index);
    }
    for (const Check& check : table.checks) {
      const std::string text = sql_text(check.expression);
      std::vector<std::string> settings;
      add_name(check.name, settings);
      if (!is_expression(text)) {
        lost_checks.push_back(check);
      } else {
        checks.push_back("`" + replace_all(text, "\n", " ") + "`" + settings_text(settings));
      }
    }
    write_remark(remarks(table, lost_indexes, lost_checks));
    out_.line("Table " + qualified_text(table.schema, table.name) + " {");
    out_.indent();
    for (const Column& column : table.columns) write_column(table, column);
    write_section("indexes", indexes);
    write_section("checks", checks);
    if (!table.comment.empty()) {
      out_.line();
      out_.line("Note: " + string_text(table.comment));
    }
    out_.outdent();
    out_.line("}");
  }

  [[nodiscard]] std::vector<std::string> remarks(const Table& table,
                                                 const std::vector<Index>& indexes,
                                                 const std::vector<Check>& checks) const {
    std::vector<std::string> parts;
    std::vector<Column> generated;
    for (const Column& column : table.columns) {
      if (column.generated) generated.push_back(column);
    }
    add_names("generated column", generated, parts);
    add_names("index", indexes, parts);
    add_names("CHECK", checks, parts);
    add_names("EXCLUDE", table.exclusions, parts);
    add_names("EXCLUDE", table.no_overlaps, parts);
    add_names("foreign key", repeated_keys(table), parts);
    add_names("trigger", table.triggers, parts);
    add_names("rule", table.rules, parts);
    if (table.row_level_security) parts.emplace_back("row-level security");
    add_names("policy", table.policies, parts);
    if (table.partitioning) parts.emplace_back("partitioning");
    if (table.partition_of) parts.push_back("partition of " + table.partition_of->parent.name);
    return parts;
  }

  [[nodiscard]] static std::string end_text(const std::string& table,
                                            const std::vector<std::string>& columns) {
    return table + "." + parts_text(names_text(columns));
  }

  /// The two ends of a key; empty where it cannot be said.
  [[nodiscard]] std::pair<std::string, std::string> ends(const Table& table,
                                                         const ForeignKey& key) const {
    const std::size_t place = tables_.table(key.table_schema, key.table);
    if (place == SchemaIndex::npos || key.columns.empty() ||
        key.columns.size() != key.referenced.size()) {
      return {};
    }
    std::pair found{end_text(qualified_text(table.schema, table.name), key.columns),
                    end_text(qualified_text(key.table_schema, key.table), key.referenced)};
    return found.first == found.second ? std::pair<std::string, std::string>{} : found;
  }

  /// What two references may not share: both ends, whatever the order of their columns.
  [[nodiscard]] static std::set<std::string> joined_columns(const Table& table,
                                                            const ForeignKey& key) {
    const auto end = [](const std::string& schema, const std::string& name,
                        std::vector<std::string> columns) {
      std::sort(columns.begin(), columns.end());
      return schema + '\0' + name + '\0' + join(columns, std::string_view("\0", 1));
    };
    return {end(table.schema, table.name, key.columns),
            end(key.table_schema, key.table, key.referenced)};
  }

  /// Keys between columns that another key joins, which DBML takes for a mistake.
  [[nodiscard]] std::vector<ForeignKey> repeated_keys(const Table& table) const {
    std::vector<ForeignKey> repeated;
    std::set<std::set<std::string>> known;
    for (const ForeignKey& key : table.foreign_keys) {
      const auto [left, right] = ends(table, key);
      if (left.empty() || !known.insert(joined_columns(table, key)).second) repeated.push_back(key);
    }
    return repeated;
  }

  [[nodiscard]] static bool is_unique(const Table& table, const std::vector<std::string>& columns) {
    if (table.primary_key && table.primary_key->columns == columns) return true;
    return std::any_of(table.uniques.begin(), table.uniques.end(),
                       [&](const Unique& unique) { return unique.columns == columns; });
  }

  void write_references(const Table& table) {
    if (table.columns.empty()) return;
    for (const ForeignKey& key : table.foreign_keys) {
      const auto [left, right] = ends(table, key);
      if (left.empty() || !joined_.insert(joined_columns(table, key)).second) continue;
      std::vector<std::string> settings;
      if (key.on_delete != ReferentialAction::no_action) {
        settings.push_back("delete: " + to_lower(action_words(key.on_delete)));
      }
      if (key.on_update != ReferentialAction::no_action) {
        settings.push_back("update: " + to_lower(action_words(key.on_update)));
      }
      if (joined_.size() == 1) out_.line();
      out_.line("Ref" + (key.name.empty() ? std::string() : " " + name_text(key.name)) + ": " +
                left + (is_unique(table, key.columns) ? " - " : " > ") + right +
                settings_text(settings));
    }
  }

  const Schema& schema_;
  const Dialect& dialect_;
  SchemaIndex tables_;
  std::unordered_map<const Column*, std::string> column_enums_;
  std::unordered_set<std::string> enum_names_;
  std::set<std::set<std::string>> joined_;
  Printer out_;
};

}  // namespace
}  // namespace dbml

/// The only file: schema.dbml.
std::vector<OutputFile> write_dbml(const TargetInput& input, DiagnosticSink&) {
  return {{"schema.dbml", dbml::Document(input.native, input.dialect).write(), false}};
}

}  // namespace relata::emit
