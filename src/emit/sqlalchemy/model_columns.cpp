// The columns of a table: mapped_column(...) of a class, sa.Column(...) of a Table.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "dialect/mysql_native.h"
#include "emit/sqlalchemy/models.h"

namespace relata::emit::sqlalchemy {
namespace {

bool is_in_key(const Table& table, std::string_view column) {
  if (!table.primary_key) return false;
  const auto& columns = table.primary_key->columns;
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

/// Whether DEFAULT of SQLite takes it without parentheses: a word, a number or a string.
bool is_plain_default(std::string_view sql) {
  if (sql.size() > 1 && sql.front() == '"' && sql.back() == '"') return true;
  if (sql.size() > 1 && sql.front() == '\'' && sql.back() == '\'') {
    return std::count(sql.begin(), sql.end(), '\'') % 2 == 0 &&
           replace_all(sql.substr(1, sql.size() - 2), "''", "").find('\'') == std::string::npos;
  }
  return std::all_of(sql.begin(), sql.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.' || c == '-' || c == '+';
  });
}

Code identity_code(const Identity& identity) {
  std::vector<Code> items;
  if (identity.always) items.emplace_back("always=True");
  const SequenceOptions& options = identity.options;
  const auto add = [&](std::string_view name, const std::optional<std::string>& value) {
    if (value) items.emplace_back(std::string(name) + "=" + *value);
  };
  add("start", options.start);
  add("increment", options.increment);
  add("minvalue", options.minimum);
  add("maxvalue", options.maximum);
  add("cache", options.cache);
  if (options.cycle) items.emplace_back("cycle=True");
  return call("sa.Identity", std::move(items));
}

}  // namespace

bool ModelFile::is_annotated(const ColumnPlan& plan) const {
  if (!plan.alias.empty()) return false;
  const auto found = annotated_.find(plan.code.python);
  return found != annotated_.end() && found->second == one_line(plan.code.type);
}

Code ModelFile::type_code(const ColumnPlan& plan, const Column& column) const {
  Code type = plan.code.type;
  const bool holds_json = type.text.ends_with(".JSON") || type.text.ends_with(".JSONB");
  // None is NULL, rather than the JSON value null.
  if (holds_json && column.nullable) return call(type.text, {"none_as_null=True"});
  if (schema_.dialect == "mysql" || column.collation.empty()) return type;
  static constexpr std::array collated{"sa.Text", "sa.String", "sa.CHAR"};
  const std::string word =
      type.kind == Code::Kind::words ? type.text : type.text.substr(0, type.text.size() - 1);
  if (std::find(collated.begin(), collated.end(), word) == collated.end()) return type;
  type.items.push_back(prefixed("collation=", string_literal(column.collation)));
  return call(word, std::move(type.items));
}

/// Whether SQLAlchemy would number the column without being asked: the only column of the primary
/// key, an integer that neither refers to another table nor has a default.
bool ModelFile::is_numbered_anyway(const Table& table, const Column& column) const {
  if (!table.primary_key || table.primary_key->columns.size() != 1) return false;
  if (table.primary_key->columns.front() != column.name) return false;
  if (column.default_value || column.generated) return false;
  return std::none_of(
      table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
        return std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end();
      });
}

/// A column with a ForeignKey and no type takes the type of the column that it refers to, rather
/// than that of its annotation.
bool ModelFile::has_type_of_referenced(const Table& table, const Column& column,
                                       const ColumnPlan& plan) const {
  for (const ForeignKey& key : table.foreign_keys) {
    if (!is_said_inline(key) || key.columns.front() != column.name) continue;
    const std::size_t place = places_.table(key.table_schema, key.table);
    const Table& referenced = schema_.tables[place];
    for (std::size_t at = 0; at < referenced.columns.size(); ++at) {
      if (referenced.columns[at].name != key.referenced.front()) continue;
      const ColumnPlan& other = columns_[place][at];
      if (one_line(other.code.type) != one_line(plan.code.type)) return false;
    }
  }
  return true;
}

Code ModelFile::server_default(const Column& column) const {
  const std::string text = input_.dialect.expression(*column.default_value);
  const Expression* neutral = meaning(*column.default_value);
  if (schema_.dialect == "postgres" && text == "now()") return "sa.func.now()";
  // A text that is an array, say, is written in another way.
  if (neutral != nullptr && neutral->operation == Operation::string && !column.on_update &&
      text.starts_with('\'') && column.type.array_dimensions == 0 &&
      neutral->text.find('\\') == std::string::npos) {
    return string_literal(neutral->text);
  }
  std::string value = text;
  if (schema_.dialect == "mysql") value = mysql_default(text);
  if (schema_.dialect == "sqlite" && !is_plain_default(text)) value = "(" + text + ")";
  if (column.on_update) value += " ON UPDATE " + input_.dialect.expression(*column.on_update);
  return call("sa.text", {string_literal(escaped_sql(value))});
}

std::vector<Code> ModelFile::column_items(std::size_t table, std::size_t column, bool in_class) {
  const Table& of = schema_.tables[table];
  const Column& each = of.columns[column];
  const ColumnPlan& plan = columns_[table][column];
  std::vector<Code> items;
  if (!in_class || names_.tables[table].members[column] != each.name) {
    items.emplace_back(string_literal(each.name));
  }
  Code type = type_code(plan, each);
  const bool changed = one_line(type) != one_line(plan.code.type);
  if (!in_class || changed || !is_annotated(plan) || !has_type_of_referenced(of, each, plan)) {
    items.push_back(std::move(type));
  }
  for (const ForeignKey& key : of.foreign_keys) {
    if (is_said_inline(key) && key.columns.front() == each.name) {
      items.push_back(foreign_key(key, true));
    }
  }
  for (const Check& check : of.checks) {
    if (is_with_column(check) && check.column == each.name) {
      items.push_back(
          call("sa.CheckConstraint", {string_literal(escaped_sql(sql(check.expression)))}));
    }
  }
  const bool is_serial = serial_.count({&of, each.name}) > 0;
  const bool in_key = is_in_key(of, each.name);
  const bool numbers_rows = each.identity.has_value();
  if (each.generated) {
    const std::string text = input_.dialect.expression(each.generated->expression);
    items.push_back(
        call("sa.Computed", {string_literal(escaped_sql(text)),
                             each.generated->stored ? "persisted=True" : "persisted=False"}));
  }
  if (numbers_rows && schema_.dialect == "postgres") {
    items.push_back(identity_code(*each.identity));
  }
  if (in_key && has_inline_key(of)) items.emplace_back("primary_key=True");
  // Keys of SQLite can hold NULL where nobody said otherwise.
  if (in_key && each.nullable && schema_.dialect == "sqlite") items.emplace_back("nullable=True");
  if (!in_class && !each.nullable && !in_key) items.emplace_back("nullable=False");
  if (in_class && plan.code.is_any && !in_key) {
    items.emplace_back(each.nullable ? "nullable=True" : "nullable=False");
  }
  const bool alone = of.primary_key && of.primary_key->columns.size() == 1;
  if (in_key && is_serial && !alone) items.emplace_back("autoincrement=True");
  if (in_key && numbers_rows && schema_.dialect == "mysql" && !is_numbered_anyway(of, each)) {
    items.emplace_back("autoincrement=True");
  }
  if (!numbers_rows && !is_serial && plan.code.python == "int" && is_numbered_anyway(of, each)) {
    items.emplace_back("autoincrement=False");
  }
  if (each.default_value && !(is_serial && in_key)) {
    items.push_back(prefixed("server_default=", server_default(each)));
  } else if (each.on_update) {
    const std::string text = "NULL ON UPDATE " + input_.dialect.expression(*each.on_update);
    items.push_back(
        prefixed("server_default=", call("sa.text", {string_literal(escaped_sql(text))})));
  }
  if (each.on_update) items.emplace_back("server_onupdate=sa.FetchedValue()");
  if (!each.comment.empty()) items.push_back(prefixed("comment=", string_literal(each.comment)));
  return items;
}

std::string ModelFile::column_line(std::size_t table, std::size_t column) {
  const Table& of = schema_.tables[table];
  const Column& each = of.columns[column];
  const ColumnPlan& plan = columns_[table][column];
  std::string python = plan.alias.empty() ? plan.code.python : plan.alias;
  const bool refused = value_type(schema_, each.type).domain_not_null;
  if (each.nullable && !refused && !is_in_key(of, each.name)) python += " | None";
  const std::string& member = names_.tables[table].members[column];
  const std::string annotation = "Mapped[" + python + "]";
  std::vector<Code> items = column_items(table, column, true);
  // Relationships name the columns of their keys, which then need a value.
  const bool is_named =
      std::any_of(of.foreign_keys.begin(), of.foreign_keys.end(), [&](const ForeignKey& key) {
        const auto has = [&](const std::vector<std::string>& columns) {
          return std::find(columns.begin(), columns.end(), each.name) != columns.end();
        };
        return has(key.columns) || (key.table == of.name && has(key.referenced));
      });
  if (items.empty() && !is_named) return "    " + member + ": " + annotation + "\n";
  imports_.add("sqlalchemy.orm", "mapped_column");
  return lay_out_member(member, annotation, call("mapped_column", std::move(items)), 1) + "\n";
}

}  // namespace relata::emit::sqlalchemy
