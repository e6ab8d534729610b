// A data dictionary in Markdown, with the diagram above it.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "emit/code/column_type.h"
#include "emit/dictionary/markdown.h"
#include "emit/mermaid/mermaid.h"
#include "emit/output.h"
#include "model/questions.h"

namespace relata::emit {

namespace {

using markdown::code;
using markdown::text;

/// Writes the page of one schema.
class Dictionary {
 public:
  Dictionary(const Schema& schema, const Dialect& dialect) : schema_(schema), dialect_(dialect) {}

  std::string write(const std::string& diagram) {
    out_ = "# " + text(schema_.name.empty() ? "Data dictionary" : schema_.name) + "\n\n";
    out_ += "What the database holds, for " + std::string(dialect_.title()) + ".\n\n";
    out_ += "```mermaid\n" + diagram + "```\n";
    write_contents();
    write_enumerations();
    for (const Table& table : schema_.tables) write_table(table);
    for (const View& view : schema_.views) write_view(view);
    write_routines();
    return std::move(out_);
  }

 private:
  void heading(std::string_view title) { out_ += "\n## " + text(title) + "\n"; }
  void paragraph(std::string_view words) {
    if (!words.empty()) out_ += "\n" + text(words) + "\n";
  }

  void write_contents() {
    if (schema_.tables.empty()) return;
    out_ += "\n| Table | What it holds |\n| --- | --- |\n";
    for (const Table& table : schema_.tables) {
      const std::string title = plain_name(table.schema, table.name);
      out_ += "| [" + text(title) + "](#" + markdown::anchor(title) + ") | " + text(table.comment) +
              " |\n";
    }
  }

  void write_enumerations() {
    for (const Enumeration& enumeration : schema_.enumerations) {
      heading(plain_name(enumeration.schema, enumeration.name));
      paragraph(enumeration.comment);
      out_ += "\nAn enumeration:";
      for (const std::string& value : enumeration.values) out_ += " " + code(value);
      out_ += "\n";
    }
  }

  [[nodiscard]] std::string type_of(const Table& table, const Column& column) const {
    const std::string spelled =
        column.type.spelling.empty() ? dialect_.type_name(column.type) : column.type.spelling;
    std::string out = code(spelled);
    const ValueType value = value_type(schema_, table, column);
    if (value.values.empty() || !value.enumeration.name.empty()) return out;
    out += ":";
    for (const std::string& one : value.values) out += " " + code(one);
    return out;
  }

  [[nodiscard]] std::string filled(const Column& column) const {
    if (column.generated) return "as " + code(dialect_.expression(column.generated->expression));
    if (column.identity) return "numbered";
    if (column.default_value) return code(dialect_.expression(*column.default_value));
    return {};
  }

  void write_columns(const Table& table) {
    out_ +=
        "\n| Column | Type | NULL | Default | What it holds |\n| --- | --- | --- | --- | --- |\n";
    for (const Column& column : table.columns) {
      out_ += "| " + code(column.name) + " | " + type_of(table, column) + " | " +
              (column.nullable ? "yes" : "") + " | " + filled(column) + " | " +
              text(column.comment) + " |\n";
    }
  }

  [[nodiscard]] static std::string names(const std::vector<std::string>& columns) {
    std::vector<std::string> parts;
    for (const std::string& column : columns) parts.push_back(code(column));
    return join(parts, ", ");
  }

  void write_keys(const Table& table, std::vector<std::string>& lines) const {
    if (table.primary_key) lines.push_back("Primary key: " + names(table.primary_key->columns));
    for (const Unique& unique : table.uniques) {
      lines.push_back("Unique: " + names(unique.columns));
    }
    for (const ForeignKey& key : table.foreign_keys) {
      const std::string title = plain_name(key.table_schema, key.table);
      std::string line = names(key.columns) + " refers to [" + text(title) + "](#" +
                         markdown::anchor(title) + ") (" + names(key.referenced) + ")";
      static constexpr std::string_view actions[] = {
          "", "", ", rows go with it", ", becomes NULL with it", ", takes its default with it"};
      lines.push_back(line + std::string(actions[static_cast<std::size_t>(key.on_delete)]));
    }
  }

  [[nodiscard]] std::string index_line(const Index& index) const {
    std::vector<std::string> parts;
    for (const IndexPart& part : index.parts) {
      parts.push_back(
          code(dialect_.expression(part.expression) + (part.descending ? " DESC" : "")));
    }
    std::string line = index.unique ? "Unique index " : "Index ";
    line += code(index.name) + " on " + join(parts, ", ");
    if (!index.method.empty()) line += " (" + text(index.method) + ")";
    if (!index.include.empty()) line += ", with " + names(index.include);
    if (index.where) line += ", where " + code(dialect_.expression(*index.where));
    return line;
  }

  void write_rules(const Table& table, std::vector<std::string>& lines) const {
    for (const Check& check : table.checks) {
      lines.push_back("Check " + code(check.name) + ": " +
                      code(dialect_.expression(check.expression)));
    }
    for (const Exclusion& exclusion : table.exclusions) {
      lines.push_back("Exclusion " + code(exclusion.name));
    }
    for (const Index& index : table.indexes) lines.push_back(index_line(index));
    for (const Trigger& trigger : table.triggers) lines.push_back("Trigger " + code(trigger.name));
    for (const Policy& policy : table.policies) {
      std::string line = "Policy " + code(policy.name);
      if (policy.using_rows)
        line += ": rows where " + code(dialect_.expression(*policy.using_rows));
      if (!policy.comment.empty()) line += " (" + text(policy.comment) + ")";
      lines.push_back(std::move(line));
    }
  }

  void write_table(const Table& table) {
    heading(plain_name(table.schema, table.name));
    paragraph(table.comment);
    write_columns(table);
    std::vector<std::string> lines;
    write_keys(table, lines);
    write_rules(table, lines);
    if (!lines.empty()) out_ += "\n";
    for (const std::string& line : lines) out_ += "- " + line + "\n";
  }

  void write_view(const View& view) {
    heading(plain_name(view.schema, view.name));
    paragraph(view.comment);
    out_ += view.materialized ? "\nA materialized view" : "\nA view";
    if (!view.columns.empty()) out_ += " with the columns " + names(view.columns);
    out_ += ".\n\n" + markdown::block("sql", view.sql);
  }

  void write_routines() {
    if (schema_.routines.empty()) return;
    heading("Functions and procedures");
    out_ += "\n";
    for (const Routine& routine : schema_.routines) {
      out_ += "- " + text(routine.kind) + " " +
              code(plain_name(routine.schema, routine.name) + "(" + routine.arguments + ")");
      if (!routine.comment.empty()) out_ += ": " + text(routine.comment);
      out_ += "\n";
    }
  }

  const Schema& schema_;
  const Dialect& dialect_;
  std::string out_;
};

}  // namespace

std::vector<OutputFile> write_dictionary(const TargetInput& input, DiagnosticSink& sink) {
  const std::string diagram = write_mermaid(input.schema, sink);
  return {{"dictionary.md", Dictionary(input.native, input.dialect).write(diagram)}};
}

}  // namespace relata::emit
