#include "base/text.h"
#include "dialect/mysql_native.h"

namespace relata {

std::string MysqlNativeWriter::primary_key(const PrimaryKey& key) const {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    std::string part = name(key.columns[i]);
    if (i < key.prefix_lengths.size() && key.prefix_lengths[i] > 0) {
      part += "(" + std::to_string(key.prefix_lengths[i]) + ")";
    }
    parts.push_back(std::move(part));
  }
  std::string text = "PRIMARY KEY (" + join(parts, ", ") + ")";
  if (!key.algorithm.text.empty()) text += " USING " + key.algorithm.text;
  for (const Option& option : key.options) {
    text += " " + option.name + (option.value.empty() ? "" : " = " + option.value);
  }
  if (!key.comment.empty()) text += " COMMENT " + literal(key.comment);
  return text;
}

std::string MysqlNativeWriter::index_part(const IndexPart& part) const {
  std::string text = this->text(part.expression);
  if (part.expression.operation != Operation::column) {
    if (!text.starts_with('(')) text = "(" + text + ")";
  } else if (part.prefix_length > 0) {
    text += "(" + std::to_string(part.prefix_length) + ")";
  }
  return part.descending ? text + " DESC" : text;
}

std::string MysqlNativeWriter::index(const Index& index) const {
  std::vector<std::string> parts;
  for (const IndexPart& part : index.parts) parts.push_back(index_part(part));
  std::string text = "KEY ";
  if (index.unique) text = "UNIQUE KEY ";
  if (!index.method.empty()) text = to_upper(index.method) + " KEY ";
  text += name(index.name) + " (" + join(parts, ", ") + ")";
  if (!index.algorithm.text.empty()) text += " USING " + index.algorithm.text;
  for (const Option& option : index.options) {
    if (option.name == "PARSER") {
      text += " WITH PARSER " + option.value;
    } else {
      text += " " + option.name + (option.value.empty() ? "" : " = " + option.value);
    }
  }
  if (!index.comment.empty()) text += " COMMENT " + literal(index.comment);
  // MySQL has INVISIBLE and MariaDB IGNORED; each takes the other's text for a comment.
  if (index.invisible) text += " /*!80000 INVISIBLE */ /*M!100600 IGNORED */";
  return text;
}

std::string MysqlNativeWriter::unique(const Unique& unique) const {
  std::vector<std::string> columns;
  for (const std::string& column : unique.columns) columns.push_back(name(column));
  return "UNIQUE KEY " + name(unique.name) + " (" + join(columns, ", ") + ")";
}

std::string MysqlNativeWriter::foreign_key(const ForeignKey& key) const {
  std::string text = "CONSTRAINT " + name(key.name) + " FOREIGN KEY (" +
                     dialect_.identifiers(key.columns) + ") REFERENCES ";
  if (!key.table_schema.empty()) text += name(key.table_schema) + ".";
  text += name(key.table) + " (" + dialect_.identifiers(key.referenced) + ")";
  if (key.match_full) text += " MATCH FULL";
  // RESTRICT is what a key without a word means.
  if (key.on_delete != ReferentialAction::restrict) {
    text += " ON DELETE " + std::string(action_words(key.on_delete));
  }
  if (key.on_update != ReferentialAction::restrict) {
    text += " ON UPDATE " + std::string(action_words(key.on_update));
  }
  return text;
}

std::string MysqlNativeWriter::check(const Check& check) const {
  std::string text;
  if (!check.name.empty()) text = "CONSTRAINT " + name(check.name) + " ";
  text += "CHECK (" + this->text(check.expression) + ")";
  if (!check.enforced) text += " NOT ENFORCED";
  return text;
}

std::vector<std::string> MysqlNativeWriter::key_lines(
    const Table& table, const std::vector<const ForeignKey*>& keys) const {
  std::vector<std::string> lines;
  if (table.primary_key) lines.push_back(primary_key(*table.primary_key));
  for (const Unique& key : table.uniques) lines.push_back(unique(key));
  for (const Index& key : table.indexes) lines.push_back(index(key));
  for (const ForeignKey* key : keys) lines.push_back(foreign_key(*key));
  for (const Check& constraint : table.checks) {
    if (constraint.column.empty()) lines.push_back(check(constraint));
  }
  return lines;
}

}  // namespace relata
