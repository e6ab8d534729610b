// What a table has beside its columns: __table_args__.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/sqlalchemy/models.h"
#include "model/questions.h"

namespace relata::emit::sqlalchemy {
namespace {

std::string action_text(ReferentialAction action) {
  return action == ReferentialAction::no_action ? std::string() : std::string(action_words(action));
}

void add_name(std::vector<Code>& items, std::string_view name) {
  if (!name.empty()) items.push_back(prefixed("name=", string_literal(name)));
}

void add_deferral(std::vector<Code>& items, bool deferrable, bool deferred) {
  if (deferrable) items.emplace_back("deferrable=True");
  if (deferred) items.emplace_back("initially=\"DEFERRED\"");
}

std::vector<Code> literals(const std::vector<std::string>& values) {
  std::vector<Code> items;
  items.reserve(values.size());
  for (const std::string& value : values) items.emplace_back(string_literal(value));
  return items;
}

/// The name that the naming convention gives the primary key anyway.
std::string conventional_key(const Table& table) { return table.name + "_pkey"; }

/// Storage parameters, as PostgreSQL knows them by one word.
Code storage(const std::vector<Option>& options) {
  static constexpr std::array others{"tablespace",  "access method", "clustered",    "storage",
                                     "compression", "statistics",    "index comment"};
  std::vector<Code> items;
  for (const Option& option : options) {
    const bool is_storage = std::find(others.begin(), others.end(), option.name) == others.end() &&
                            !option.name.starts_with("statistics ") && option.name != "not null" &&
                            !option.value.empty();
    if (!is_storage) continue;
    items.push_back(prefixed(string_literal(option.name) + ": ", string_literal(option.value)));
  }
  return dict(std::move(items));
}

}  // namespace

std::string ModelFile::sql(const Expression& expression) const {
  std::string text = input_.dialect.expression(expression);
  // A comment at the end would swallow what is written behind.
  const std::size_t last_line = text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n');
  if (text.find("--", last_line) != std::string::npos) text += '\n';
  return text;
}

/// MariaDB remembers that a CHECK stands with its column, and names it by that.
bool ModelFile::is_with_column(const Check& check) const {
  return schema_.dialect == "mysql" && !check.column.empty();
}

bool ModelFile::has_inline_key(const Table& table) const {
  if (!table.primary_key) return false;
  const PrimaryKey& key = *table.primary_key;
  const bool named_so = schema_.dialect == "mysql" || (key.name.empty() && !names_all_keys_) ||
                        (names_all_keys_ && key.name == conventional_key(table));
  if (!named_so || !key.include.empty() || key.deferrable) return false;
  // The columns of the key in their own order.
  std::size_t next = 0;
  for (const Column& column : table.columns) {
    if (next < key.columns.size() && key.columns[next] == column.name) ++next;
  }
  return next == key.columns.size();
}

bool ModelFile::is_known(const ForeignKey& key) const {
  const std::size_t place = places_.table(key.table_schema, key.table);
  return place != SchemaIndex::npos && is_modelled(schema_.tables[place]) &&
         key.columns.size() == key.referenced.size();
}

bool ModelFile::is_hostile(const ForeignKey& key) const {
  const auto has_dot = [](const std::string& name) { return name.find('.') != std::string::npos; };
  return has_dot(key.table) || has_dot(key.table_schema) ||
         std::any_of(key.referenced.begin(), key.referenced.end(), has_dot);
}

bool ModelFile::is_said_inline(const ForeignKey& key) const {
  return key.columns.size() == 1 && is_known(key) && !is_hostile(key);
}

Code ModelFile::foreign_key(const ForeignKey& key, bool inline_key) const {
  const std::string table =
      (key.table_schema.empty() ? "" : key.table_schema + ".") + key.table + ".";
  std::vector<Code> items;
  if (inline_key) {
    items.emplace_back(string_literal(table + key.referenced.front()));
  } else {
    items.push_back(string_list(key.columns));
    if (is_hostile(key)) {
      std::vector<Code> columns;
      for (const std::string& column : key.referenced) {
        columns.emplace_back("Base.metadata.tables[" +
                             string_literal(table.substr(0, table.size() - 1)) + "].c[" +
                             string_literal(column) + "]");
      }
      items.push_back(list(std::move(columns)));
    } else {
      std::vector<std::string> columns;
      for (const std::string& column : key.referenced) columns.push_back(table + column);
      items.push_back(string_list(columns));
    }
  }
  add_name(items, key.name);
  // MariaDB takes none for RESTRICT, and remembers NO ACTION.
  const auto words = [&](ReferentialAction action) -> std::string {
    if (schema_.dialect != "mysql") return action_text(action);
    if (action == ReferentialAction::restrict) return {};
    return std::string(action_words(action));
  };
  std::string on_delete = words(key.on_delete);
  if (!key.set_null_columns.empty()) {
    std::vector<std::string> columns;
    for (const std::string& column : key.set_null_columns) {
      columns.push_back(input_.dialect.identifier(column));
    }
    on_delete += " (" + join(columns, ", ") + ")";
  }
  if (!on_delete.empty()) items.push_back(prefixed("ondelete=", string_literal(on_delete)));
  const std::string on_update = words(key.on_update);
  if (!on_update.empty()) items.push_back(prefixed("onupdate=", string_literal(on_update)));
  add_deferral(items, key.deferrable, key.initially_deferred);
  if (key.match_full) items.emplace_back("match=\"FULL\"");
  if (!key.validated) items.emplace_back("postgresql_not_valid=True");
  return call(inline_key ? "sa.ForeignKey" : "sa.ForeignKeyConstraint", std::move(items));
}

std::string ModelFile::index_part(const IndexPart& part) const {
  const bool is_column = part.expression.operation == Operation::column;
  const bool collates = !part.collation.empty();
  std::string text = is_column                     ? input_.dialect.identifier(part.expression.text)
                     : schema_.dialect == "sqlite" ? sql(part.expression)
                                                   : "(" + sql(part.expression) + ")";
  if (collates) {
    const bool plain = schema_.dialect == "sqlite" &&
                       std::all_of(part.collation.begin(), part.collation.end(),
                                   [](char c) { return is_ascii_letter(c) || c == '_'; });
    text += " COLLATE " + (plain ? part.collation : input_.dialect.identifier(part.collation));
  }
  if (!part.operator_class.empty()) text += " " + part.operator_class;
  if (part.descending) text += " DESC";
  if (part.nulls_first) text += *part.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return text;
}

Code ModelFile::index(const Table&, const Index& index) const {
  std::vector<Code> items{string_literal(index.name)};
  std::vector<Code> classes;
  std::vector<Code> lengths;
  for (const IndexPart& part : index.parts) {
    const bool plain = part.expression.operation == Operation::column && !part.descending &&
                       !part.nulls_first && part.collation.empty();
    if (!plain) {
      items.push_back(call("sa.text", {string_literal(escaped_sql(index_part(part)))}));
      continue;
    }
    const std::string name = string_literal(part.expression.text);
    items.emplace_back(name);
    if (!part.operator_class.empty()) {
      classes.push_back(prefixed(name + ": ", string_literal(part.operator_class)));
    }
    if (part.prefix_length > 0) {
      lengths.emplace_back(name + ": " + std::to_string(part.prefix_length));
    }
  }
  if (index.unique) items.emplace_back("unique=True");
  // What one family of engines knows; MariaDB looks at options of its own name only.
  const auto for_mysql = [&](const std::string& option, const Code& value) {
    items.push_back(prefixed("mysql_" + option + "=", value));
    items.push_back(prefixed("mariadb_" + option + "=", value));
  };
  if (!lengths.empty()) for_mysql("length", dict(lengths));
  if (index.method == "fulltext" || index.method == "spatial") {
    for_mysql("prefix", string_literal(to_upper(index.method)));
    const std::string_view parser = option_value(index.options, "PARSER");
    if (!parser.empty()) for_mysql("with_parser", string_literal(parser));
  } else if (!index.method.empty() && index.method != "btree") {
    items.push_back(prefixed("postgresql_using=", string_literal(index.method)));
  }
  if (schema_.dialect == "mysql" && index.algorithm.text == "HASH") {
    for_mysql("using", string_literal("hash"));
  }
  if (!classes.empty()) items.push_back(prefixed("postgresql_ops=", dict(std::move(classes))));
  if (!index.include.empty()) {
    items.push_back(prefixed("postgresql_include=", string_list(index.include)));
  }
  if (index.nulls_not_distinct) items.emplace_back("postgresql_nulls_not_distinct=True");
  if (index.where) {
    items.push_back(prefixed(schema_.dialect == "sqlite" ? "sqlite_where=" : "postgresql_where=",
                             call("sa.text", {string_literal(escaped_sql(sql(*index.where)))})));
  }
  if (schema_.dialect == "postgres") {
    Code parameters = storage(index.options);
    if (!parameters.items.empty()) {
      items.push_back(prefixed("postgresql_with=", std::move(parameters)));
    }
  }
  const std::string_view space = option_value(index.options, "tablespace");
  if (!space.empty()) items.push_back(prefixed("postgresql_tablespace=", string_literal(space)));
  return call("sa.Index", std::move(items));
}

Code ModelFile::exclusion(const Exclusion& exclusion) const {
  std::vector<Code> items;
  std::vector<Code> classes;
  for (std::size_t at = 0; at < exclusion.parts.size() && at < exclusion.operators.size(); ++at) {
    const IndexPart& part = exclusion.parts[at];
    const std::string sign = string_literal(exclusion.operators[at]);
    const bool plain = part.expression.operation == Operation::column && part.collation.empty();
    if (plain) {
      const std::string name = string_literal(part.expression.text);
      items.push_back(tuple({name, sign}));
      if (!part.operator_class.empty()) {
        classes.push_back(prefixed(name + ": ", string_literal(part.operator_class)));
      }
    } else {
      items.push_back(
          tuple({call("sa.text", {string_literal(escaped_sql(index_part(part)))}), sign}));
    }
  }
  add_name(items, exclusion.name);
  items.push_back(prefixed("using=", string_literal(exclusion.method)));
  if (exclusion.where) {
    items.push_back(
        prefixed("where=", call("sa.text", {string_literal(escaped_sql(sql(*exclusion.where)))})));
  }
  if (!classes.empty()) items.push_back(prefixed("ops=", dict(std::move(classes))));
  add_deferral(items, exclusion.deferrable, exclusion.initially_deferred);
  return call("postgresql.ExcludeConstraint", std::move(items));
}

std::vector<Code> ModelFile::table_constraints(const Table& table) const {
  std::vector<Code> arguments;
  if (table.primary_key && !has_inline_key(table)) {
    const PrimaryKey& key = *table.primary_key;
    std::vector<Code> items = literals(key.columns);
    if (schema_.dialect != "mysql") add_name(items, key.name);
    add_deferral(items, key.deferrable, key.initially_deferred);
    if (!key.include.empty()) {
      items.push_back(prefixed("postgresql_include=", string_list(key.include)));
    }
    arguments.push_back(call("sa.PrimaryKeyConstraint", std::move(items)));
  }
  for (const Unique& unique : table.uniques) {
    std::vector<Code> items = literals(unique.columns);
    add_name(items, unique.name);
    add_deferral(items, unique.deferrable, unique.initially_deferred);
    if (!unique.include.empty()) {
      items.push_back(prefixed("postgresql_include=", string_list(unique.include)));
    }
    if (unique.nulls_not_distinct) items.emplace_back("postgresql_nulls_not_distinct=True");
    const std::string_view conflict = option_value(unique.options, "ON CONFLICT");
    if (!conflict.empty()) {
      items.push_back(prefixed("sqlite_on_conflict=", string_literal(conflict)));
    }
    arguments.push_back(call("sa.UniqueConstraint", std::move(items)));
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.inherited || !is_known(key) || is_said_inline(key) || is_hostile(key)) continue;
    arguments.push_back(foreign_key(key, false));
  }
  for (const Check& check : table.checks) {
    if (check.inherited || is_with_column(check)) continue;
    std::vector<Code> items{string_literal(escaped_sql(sql(check.expression)))};
    add_name(items, check.name);
    if (!check.validated) items.emplace_back("postgresql_not_valid=True");
    arguments.push_back(call("sa.CheckConstraint", std::move(items)));
  }
  for (const Exclusion& each : table.exclusions) arguments.push_back(exclusion(each));
  for (const Index& each : table.indexes) {
    if (each.valid && !each.parts.empty()) arguments.push_back(index(table, each));
  }
  return arguments;
}

std::vector<Code> ModelFile::table_settings(const Table& table) const {
  std::vector<Code> settings;
  const auto add = [&](std::string_view name, Code value) {
    settings.push_back(prefixed(string_literal(name) + ": ", std::move(value)));
  };
  if (!table.schema.empty()) add("schema", string_literal(table.schema));
  if (!table.comment.empty()) add("comment", string_literal(table.comment));
  if (schema_.dialect == "mysql") {
    const auto for_both = [&](const std::string& option, std::string_view value) {
      if (value.empty()) return;
      add("mysql_" + option, string_literal(value));
      add("mariadb_" + option, string_literal(value));
    };
    for_both("engine", option_value(table.options, "ENGINE"));
    for_both("charset", table.character_set.text);
    for_both("collate", table.collation.text);
    for_both("row_format", option_value(table.options, "ROW_FORMAT"));
  }
  if (schema_.dialect == "sqlite") {
    if (has_option(table.options, "WITHOUT ROWID")) add("sqlite_with_rowid", "False");
    if (has_option(table.options, "STRICT")) add("sqlite_strict", "True");
    const bool counts = std::any_of(
        table.columns.begin(), table.columns.end(),
        [](const Column& column) { return column.identity && column.identity->automatic; });
    if (counts) add("sqlite_autoincrement", "True");
  }
  if (schema_.dialect != "postgres") return settings;
  if (table.unlogged) add("prefixes", list({string_literal("UNLOGGED")}));
  if (table.partitioning) {
    std::vector<std::string> parts;
    for (const IndexPart& part : table.partitioning->parts) parts.push_back(index_part(part));
    add("postgresql_partition_by",
        string_literal(to_upper(table.partitioning->strategy) + " (" + join(parts, ", ") + ")"));
  }
  if (!table.inherits.empty()) {
    std::vector<Code> parents;
    for (const QualifiedName& parent : table.inherits) {
      parents.emplace_back(string_literal(parent.name));
    }
    add("postgresql_inherits", parents.size() == 1 ? parents.front() : tuple(std::move(parents)));
  }
  Code parameters = storage(table.options);
  if (!parameters.items.empty()) add("postgresql_with", std::move(parameters));
  const std::string_view space = option_value(table.options, "tablespace");
  if (!space.empty()) add("postgresql_tablespace", string_literal(space));
  return settings;
}

}  // namespace relata::emit::sqlalchemy
