#include "emit/sqlalchemy/models.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "dialect/postgres_native_plan.h"

namespace relata::emit::sqlalchemy {
namespace {

/// What the file calls by itself, so that nothing else gets these names. What classes have from
/// their base is in the way of columns, and the same for both is simpler to remember.
constexpr std::array taken_names{
    "sa",
    "postgresql",
    "mysql",
    "event",
    "mapped_column",
    "relationship",
    "Mapped",
    "Base",
    "DatabaseType",
    "views",
    "annotations",
    "DeclarativeBase",
    "metadata",
    "registry",
    "foreign_tables",
    "enforce_foreign_keys",
    "SQLiteConnection",
};

bool is_taken(std::string_view name) {
  const auto is_same = [&](const auto& row) { return row == name; };
  return std::any_of(taken_names.begin(), taken_names.end(), is_same) || is_imported_name(name);
}

/// What SQLAlchemy takes for an annotation by itself
/// (https://docs.sqlalchemy.org/en/21/orm/declarative_tables.html).
const std::unordered_map<std::string, std::string>& own_annotations() {
  static const std::unordered_map<std::string, std::string> types{
      {"int", "sa.Integer"}, {"bool", "sa.Boolean"},       {"float", "sa.Float"},
      {"str", "sa.String"},  {"date", "sa.Date"},          {"datetime", "sa.DateTime"},
      {"time", "sa.Time"},   {"timedelta", "sa.Interval"}, {"Decimal", "sa.Numeric"},
      {"UUID", "sa.Uuid"},   {"bytes", "sa.LargeBinary"}};
  return types;
}

std::string key_of(std::string_view space, std::string_view name) {
  return std::string(space) + "." + std::string(name);
}

/// Foreign keys of SQLite may leave out the columns that they refer to, which are then those of the
/// primary key, and do not look at the case of names.
Schema with_resolved_keys(Schema schema) {
  std::unordered_map<std::string, const Table*> tables;
  for (const Table& table : schema.tables) tables.emplace(to_lower(table.name), &table);
  for (Table& table : schema.tables) {
    for (ForeignKey& key : table.foreign_keys) {
      const auto found = tables.find(to_lower(key.table));
      if (found == tables.end()) continue;
      const Table& target = *found->second;
      key.table = target.name;
      if (key.referenced.empty() && target.primary_key) {
        key.referenced = target.primary_key->columns;
      }
      for (std::string& name : key.referenced) {
        const auto column =
            std::find_if(target.columns.begin(), target.columns.end(),
                         [&](const Column& each) { return to_lower(each.name) == to_lower(name); });
        if (column != target.columns.end()) name = column->name;
      }
    }
  }
  return schema;
}

/// "status_code" as "StatusCode".
std::string capitalised(std::string_view member) {
  std::string out;
  for (const std::string_view word : split(member, '_')) {
    if (word.empty()) continue;
    out += to_upper(word.substr(0, 1)) + std::string(word.substr(1));
  }
  return out;
}

}  // namespace

bool is_modelled(const Table& table) {
  // SQLite lets a column have no name.
  const bool nameless = std::any_of(table.columns.begin(), table.columns.end(),
                                    [](const Column& column) { return column.name.empty(); });
  return !table.partition_of && table.server.empty() && !table.name.empty() && !nameless;
}

bool is_class(const Table& table) { return is_modelled(table) && table.primary_key.has_value(); }

ModelFile::ModelFile(const TargetInput& input)
    : input_(input),
      resolved_(input.native.dialect == "sqlite" ? with_resolved_keys(input.native) : Schema{}),
      schema_(input.native.dialect == "sqlite" ? resolved_ : input.native),
      names_(code_names(schema_, python(), "sqlalchemy", is_taken)),
      places_(schema_) {
  for (const TableNames& names : names_.tables) {
    taken_.insert(names.entity);
    taken_.insert(names.collection);
  }
  for (const TableNames& names : names_.views) taken_.insert(names.collection);
  if (schema_.dialect == "postgres") {
    // SQLAlchemy would move a numbered column to the front of its key.
    for (const auto& [column, sequence] : serial_columns(schema_)) {
      const auto& [table, name] = column;
      const bool moved =
          table->primary_key && table->primary_key->columns.front() != name &&
          std::find(table->primary_key->columns.begin(), table->primary_key->columns.end(), name) !=
              table->primary_key->columns.end();
      if (!moved) serial_.insert(column);
    }
  }
  for (const Table& table : schema_.tables) {
    if (table.partition_of) {
      const QualifiedName& parent = table.partition_of->parent;
      partitions_[key_of(parent.schema, parent.name)].push_back(table.name);
    }
    const auto is_unnamed = [](const auto& key) { return key.name.empty(); };
    const bool unnamed =
        (table.primary_key && schema_.dialect != "mysql" && table.primary_key->name.empty()) ||
        std::any_of(table.uniques.begin(), table.uniques.end(), is_unnamed) ||
        std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(), is_unnamed);
    if (unnamed) names_all_keys_ = false;
  }
}

std::string ModelFile::new_name(const std::string& wish) {
  std::string name = wish;
  for (int number = 2; is_taken(name) || !taken_.insert(name).second; ++number) {
    name = wish + std::to_string(number);
  }
  return name;
}

/// The annotation that the design asks for: "Money", or "Money from app.money".
void ModelFile::take_wish(const Table& table, const Column& column, ColumnPlan& plan) {
  const std::string wish = code_type(schema_, python(), "sqlalchemy", table, column.name);
  if (wish.empty()) return;
  constexpr std::string_view word = " from ";
  const std::size_t from = wish.rfind(word);
  plan.alias.clear();
  plan.code.python = std::string(trim(wish.substr(0, from)));
  plan.code.is_any = false;
  if (from != std::string::npos) {
    imports_.add(trim(wish.substr(from + word.size())), plan.code.python);
  }
}

void ModelFile::plan_columns() {
  columns_.resize(schema_.tables.size());
  for (std::size_t t = 0; t < schema_.tables.size(); ++t) {
    const Table& table = schema_.tables[t];
    if (!is_modelled(table)) continue;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const Column& column = table.columns[c];
      const ValueType value = value_type(schema_, table, column);
      ColumnPlan plan;
      plan.code = schema_.dialect == "postgres" ? postgres_type(column.type, value, named_)
                  : schema_.dialect == "mysql"  ? mysql_type(column, value)
                                                : sqlite_type(column.type, value);
      const bool closed = !value.values.empty() && value.array_dimensions == 0 &&
                          value.enumeration.name.empty() && plan.code.python == "str";
      if (closed && is_class(table)) {
        plan.alias = new_name(names_.tables[t].entity + capitalised(names_.tables[t].members[c]));
      }
      if (is_class(table) && !schema_.code.empty()) take_wish(table, column, plan);
      const std::string type = one_line(plan.code.type);
      needs_database_type_ |= type.find("DatabaseType(") != std::string::npos;
      imports_.add_types(type);
      if (is_class(table)) {
        imports_.add_types(plan.alias.empty() ? plan.code.python : "Literal");
        for (const std::string_view name : {"IpAddress", "IpNetwork"}) {
          if (plan.code.python.find(name) != std::string::npos) uses_[std::string(name)] = true;
        }
      }
      columns_[t].push_back(std::move(plan));
    }
  }
}

/// The most frequent SQLAlchemy type of each Python type, which columns then need not say. Numbers
/// that belong to one column (a length, a scale) are left with it.
void ModelFile::choose_annotated_types() {
  std::map<std::string, std::map<std::string, int>> counts;
  for (const auto& table : columns_) {
    for (const ColumnPlan& plan : table) {
      if (plan.alias.empty()) ++counts[plan.code.python][one_line(plan.code.type)];
    }
  }
  annotated_ = own_annotations();
  for (const auto& [python, types] : counts) {
    const auto own = own_annotations().find(python);
    if (own == own_annotations().end()) continue;
    int most = 0;
    std::string chosen;
    for (const auto& [type, count] : types) {
      const bool has_numbers = type.find('(') != std::string::npos &&
                               (python == "str" || python == "Decimal" || python == "bytes");
      const bool named = !type.starts_with("sa.") && !type.starts_with("postgresql.") &&
                         !type.starts_with("mysql.") && !type.starts_with("DatabaseType(");
      if (has_numbers || named || count <= most) continue;
      most = count;
      chosen = type;
    }
    const auto with_own = types.find(own->second);
    if (chosen.empty() || chosen == own->second ||
        (with_own != types.end() && with_own->second >= most)) {
      continue;
    }
    annotated_[python] = chosen;
    annotation_map_.emplace_back(python, chosen);
  }
}

std::string ModelFile::header() const {
  std::string out = docstring("The tables of the database, for SQLAlchemy 2.1.", 0);
  std::vector<std::string> found;
  const auto add = [&](const std::string& kind, const auto& objects) {
    std::vector<std::string> names;
    for (const auto& each : objects) {
      if (names.empty() || names.back() != each.name) names.push_back(each.name);
    }
    if (!names.empty()) found.push_back(kind + " " + join(names, ", "));
  };
  std::vector<Routine> routines = schema_.routines;
  add("extensions", schema_.extensions);
  add("types", schema_.composite_types);
  add("routines", routines);
  std::vector<OtherObject> others;
  for (const OtherObject& other : schema_.others) {
    others.push_back(other);
    others.back().name = other.kind + " " + other.name;
  }
  add("", others);
  if (!schema_.grants.empty()) found.emplace_back("privileges");
  if (found.empty()) return out + "\n";
  return out + "\n" +
         comment_lines(
             "In the database only, made by the first migration: " + join(found, "; ") + ".", 0) +
         "\n";
}

void ModelFile::write_base() {
  if (needs_database_type_) {
    imports_.add("typing", "Any");
    out_ +=
        "\n\nclass DatabaseType(sa.types.UserDefinedType[Any]):\n"
        "    \"\"\"A type of the database that SQLAlchemy has no class for.\"\"\"\n\n"
        "    cache_ok = True\n\n"
        "    def __init__(self, spelling: str) -> None:\n"
        "        self.spelling = spelling\n\n"
        "    def get_col_spec(self, **_: Any) -> str:\n"
        "        return self.spelling\n";
  }
  out_ += "\n\nclass Base(DeclarativeBase):\n";
  imports_.add("sqlalchemy.orm", "DeclarativeBase");
  const bool names_keys = names_all_keys_;
  if (names_keys) {
    out_ +=
        "    metadata = sa.MetaData(\n"
        "        naming_convention={\n"
        "            \"pk\": \"%(table_name)s_pkey\",\n"
        "            \"uq\": \"%(table_name)s_%(column_0_N_name)s_key\",\n"
        "            \"fk\": \"%(table_name)s_%(column_0_N_name)s_fkey\",\n"
        "            \"ix\": \"%(table_name)s_%(column_0_N_name)s_idx\",\n"
        "        }\n"
        "    )\n";
  }
  if (!annotation_map_.empty()) {
    std::vector<Code> items;
    for (const auto& [python, type] : annotation_map_) items.emplace_back(python + ": " + type);
    out_ += lay_out(prefixed("type_annotation_map = ", dict(std::move(items))), 1) + "\n";
  }
  if (!names_keys && annotation_map_.empty()) out_ += "    pass\n";
  if (schema_.dialect == "sqlite") {
    imports_.add("sqlalchemy", "event");
    imports_.add("sqlite3", "Connection as SQLiteConnection");
    out_ +=
        "\n\n@event.listens_for(sa.Engine, \"connect\")\n"
        "def enforce_foreign_keys(connection: object, _: object) -> None:\n"
        "    \"\"\"SQLite enforces foreign keys where a connection asks for it.\"\"\"\n"
        "    if isinstance(connection, SQLiteConnection):\n"
        "        connection.execute(\"PRAGMA foreign_keys = ON\")\n";
  }
}

void ModelFile::write_aliases(std::size_t table) {
  std::string lines;
  for (std::size_t c = 0; c < columns_[table].size(); ++c) {
    const ColumnPlan& plan = columns_[table][c];
    if (plan.alias.empty()) continue;
    std::vector<Code> values;
    const ValueType value =
        value_type(schema_, schema_.tables[table], schema_.tables[table].columns[c]);
    for (const std::string& each : value.values) values.emplace_back(string_literal(each));
    lines += lay_out(prefixed(plan.alias + " = ", subscript("Literal", std::move(values)))) + "\n";
  }
  if (!lines.empty()) out_ += "\n\n" + lines;
}

std::string ModelFile::only_in_database_comment(const Table& table, std::size_t level) const {
  std::vector<std::string> only = only_in_database(table);
  const auto owned = owned_.find(key_of(table.schema, table.name));
  if (owned != owned_.end()) only.push_back("that it owns " + join(owned->second, ", "));
  if (only.empty()) return {};
  return comment_lines("In the database only: " + join(only, "; ") + ".", level);
}

void ModelFile::write_class(std::size_t table) {
  const Table& of = schema_.tables[table];
  imports_.add("sqlalchemy.orm", "Mapped");
  write_aliases(table);
  out_ += "\n\nclass " + names_.tables[table].entity + "(Base):\n";
  if (!of.comment.empty()) out_ += docstring(of.comment, 1) + "\n";
  out_ += only_in_database_comment(of, 1);
  if (const auto parts = partitions_.find(key_of(of.schema, of.name)); parts != partitions_.end()) {
    out_ += comment_lines(
        "Its partitions, in the database only: " + join(parts->second, ", ") + ".", 1);
  }
  out_ += "    __tablename__ = " + string_literal(of.name) + "\n";
  std::vector<Code> arguments = table_constraints(of);
  Code settings = dict(table_settings(of));
  for (const Code& argument : arguments) imports_.add_types(one_line(argument));
  if (arguments.empty() && !settings.items.empty()) {
    out_ += lay_out(prefixed("__table_args__ = ", std::move(settings)), 1) + "\n";
  } else if (!arguments.empty()) {
    if (!settings.items.empty()) arguments.push_back(std::move(settings));
    out_ += lay_out(prefixed("__table_args__ = ", tuple(std::move(arguments))), 1) + "\n";
  }
  out_ += "\n";
  for (std::size_t c = 0; c < of.columns.size(); ++c) out_ += column_line(table, c);
  const std::string relations = relation_lines(table);
  if (!relations.empty()) out_ += "\n" + relations;
}

void ModelFile::write_table_object(std::size_t table) {
  const Table& of = schema_.tables[table];
  std::vector<Code> items{string_literal(of.name), "Base.metadata"};
  for (std::size_t c = 0; c < of.columns.size(); ++c) {
    items.push_back(call("sa.Column", column_items(table, c, false)));
  }
  for (Code& each : table_constraints(of)) items.push_back(std::move(each));
  for (Code& each : table_settings(of)) {
    // "schema": "sales" as schema="sales".
    const std::size_t quote = each.text.find('"', 1);
    each.text = each.text.substr(1, quote - 1) + "=" + each.text.substr(quote + 3);
    items.push_back(std::move(each));
  }
  for (const Code& item : items) imports_.add_types(one_line(item));
  out_ += "\n\n";
  out_ += comment_lines("Without a primary key, so not a class.", 0);
  out_ += only_in_database_comment(of, 0);
  out_ += lay_out(prefixed(names_.tables[table].collection + " = ",
                           call("sa.Table", std::move(items)))) +
          "\n";
}

void ModelFile::write_table(std::size_t table) {
  const Table& of = schema_.tables[table];
  if (!is_modelled(of)) return;
  if (is_class(of)) {
    write_class(table);
  } else {
    write_table_object(table);
  }
}

/// Keys whose table or column has a dot in its name, which the strings of SQLAlchemy would take for
/// a namespace.
void ModelFile::write_hostile_keys() {
  std::string lines;
  for (const Table& table : schema_.tables) {
    if (!is_modelled(table)) continue;
    for (const ForeignKey& key : table.foreign_keys) {
      if (key.inherited || !is_known(key) || !is_hostile(key)) continue;
      const std::string name = (table.schema.empty() ? "" : table.schema + ".") + table.name;
      lines += lay_out(call("Base.metadata.tables[" + string_literal(name) + "].append_constraint",
                            {foreign_key(key, false)})) +
               "\n";
    }
  }
  // A table that inherits is made after its parents.
  for (const Table& table : schema_.tables) {
    if (!is_modelled(table)) continue;
    const auto name = [](std::string_view space, std::string_view of) {
      return "Base.metadata.tables[" +
             string_literal((space.empty() ? "" : std::string(space) + ".") + std::string(of)) +
             "]";
    };
    for (const QualifiedName& parent : table.inherits) {
      lines += lay_out(call(name(table.schema, table.name) + ".add_is_dependent_on",
                            {name(parent.schema, parent.name)})) +
               "\n";
    }
  }
  if (!lines.empty()) out_ += "\n\n" + lines;
}

void ModelFile::write_views() {
  const auto write = [&](const std::string& variable, const std::string& comment,
                         const std::string& space, const std::string& name,
                         const std::vector<std::string>& columns) {
    if (!comment.empty()) out_ += comment_lines(comment, 0);
    std::vector<Code> items{string_literal(name), "views"};
    for (const std::string& column : columns) {
      items.push_back(call("sa.Column", {string_literal(column)}));
    }
    if (!space.empty()) items.push_back(prefixed("schema=", string_literal(space)));
    out_ += lay_out(prefixed(variable + " = ", call("sa.Table", std::move(items)))) + "\n";
  };
  const bool has_foreign = std::any_of(schema_.tables.begin(), schema_.tables.end(),
                                       [](const Table& table) { return !table.server.empty(); });
  if (schema_.views.empty() && !has_foreign) return;
  out_ +=
      "\n\n" +
      comment_lines("Views and foreign tables: to be queried; the first migration makes them.", 0) +
      "views = sa.MetaData()\n";
  for (std::size_t at = 0; at < schema_.views.size(); ++at) {
    const View& view = schema_.views[at];
    write(names_.views[at].collection, view.comment, view.schema, view.name, view.columns);
  }
  for (std::size_t at = 0; at < schema_.tables.size(); ++at) {
    const Table& table = schema_.tables[at];
    if (table.server.empty() || table.partition_of) continue;
    std::vector<std::string> columns;
    for (const Column& column : table.columns) columns.push_back(column.name);
    write(names_.tables[at].collection, table.comment, table.schema, table.name, columns);
  }
}

std::string ModelFile::write() {
  plan_named_types();
  plan_columns();
  choose_annotated_types();
  plan_relations();
  write_base();
  write_sequences();
  write_named_types();
  for (std::size_t table = 0; table < schema_.tables.size(); ++table) write_table(table);
  write_hostile_keys();
  write_views();
  return header() + imports_.text() + out_;
}

}  // namespace relata::emit::sqlalchemy
