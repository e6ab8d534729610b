// ALTER TABLE: columns.
#include <algorithm>
#include <array>

#include "read/sql/postgres/alter_table.h"
#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/sequences.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

Column* find_column(Table& table, std::string_view name) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == table.columns.end() ? nullptr : &*found;
}

/// Does the same to a column and, unless `only`, to that of every heir.
template <class Change>
void in_heirs(Reader& reader, const QualifiedName& name, bool only, std::string_view column,
              const Change& change) {
  const auto found = reader.catalog.tables.find(name);
  if (found == reader.catalog.tables.end()) return;
  if (Column* item = find_column(found->second, column)) change(*item);
  if (only) return;
  for (const QualifiedName& child : reader.catalog.children_of(name))
    in_heirs(reader, child, false, column, change);
}

Column* own_column(Reader& reader, const Place& place, const Subcommand& command) {
  const auto table = reader.catalog.tables.find(place.name);
  Column* column = table == reader.catalog.tables.end()
                       ? nullptr
                       : find_column(table->second, view(command.name));
  if (column == nullptr) reader.missing("column", view(command.name));
  return column;
}

void add_column_command(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  Table& table = reader.catalog.tables.at(place.name);
  if (find_column(table, view(definition.colname)) != nullptr) {
    if (!command.missing_ok) reader.taken("column", view(definition.colname));
    return;
  }
  PendingConstraints pending;
  Column column = read_column(reader, place.name, definition, pending);
  add_column(reader, place.name, std::move(column));
  add_checks(reader, place.name, pending.checks, true);
  add_index_constraints(reader, place.name, pending.indexes, place.only);
  add_foreign_keys(reader, place.name, pending.foreign_keys, false);
}

void change_default(Reader& reader, const Place& place, const Subcommand& command) {
  const auto view_found = reader.catalog.views.find(place.name);
  if (view_found != reader.catalog.views.end()) return;
  if (own_column(reader, place, command) == nullptr) return;
  Expression expression;
  if (command.def != nullptr) {
    SourceText& source = reader.source();
    std::size_t word = place.tokens.begin;
    while (word < place.tokens.end && !(source.is(word, "default") && source.is(word - 1, "set")))
      ++word;
    expression = reader.expression({word + 1, place.tokens.end});
  }
  in_heirs(reader, place.name, place.only, view(command.name), [&](Column& column) {
    if (command.def == nullptr) {
      column.default_value.reset();
    } else {
      set_default(reader, column, command.def, expression);
    }
  });
}

/// A default that is a plain literal has taken the type of its column, and keeps it when the column
/// gets another one: 'x' of a varchar column is 'x'::character varying of a text column then.
void keep_type_of_default(Column& column, const std::string& spelling) {
  if (!column.default_value) return;
  std::string& text = column.default_value->text;
  const auto base = [](const std::string& type) {
    const std::size_t open = type.find('(');
    const std::size_t close = type.find(')', open);
    return open == std::string::npos || close == std::string::npos
               ? type
               : type.substr(0, open) + type.substr(close + 1);
  };
  syntax::Tokens tokens(text);
  const syntax::Token literal = tokens.next();
  const bool plain =
      tokens.next().kind == syntax::TokenKind::end &&
      (literal.kind == syntax::TokenKind::string || syntax::is_word(tokens.text(literal), "null"));
  if (plain && base(column.type.spelling) != base(spelling))
    text += "::" + base(column.type.spelling);
}

void change_type(Reader& reader, const Place& place, const Subcommand& command) {
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_COLUMN_DEF) return;
  Column* own = own_column(reader, place, command);
  if (own == nullptr) return;
  const PgQuery__ColumnDef& definition = *command.def->column_def;
  const std::string spelling = reader.format_type(*definition.type_name);
  const std::string collation = reader.collation(definition.coll_clause);
  if (own->identity) {
    std::string type = spelling;
    change_sequence(own->identity->options, type, {}, false);
  }
  in_heirs(reader, place.name, place.only, view(command.name), [&](Column& column) {
    keep_type_of_default(column, spelling);
    column.type.spelling = spelling;
    // The new type brings its own collation and way of storing.
    column.collation = collation == "default" ? std::string() : collation;
    std::erase_if(column.options, [](const Option& option) { return option.name == "storage"; });
  });
}

void drop_column_command(Reader& reader, const Place& place, const Subcommand& command) {
  Table& table = reader.catalog.tables.at(place.name);
  if (find_column(table, view(command.name)) == nullptr) {
    if (!command.missing_ok) reader.missing("column", view(command.name));
    return;
  }
  remove_column(reader, place.name, std::string(view(command.name)));
}

void change_identity(Reader& reader, const Place& place, const Subcommand& command) {
  Column* column = own_column(reader, place, command);
  if (column == nullptr) return;
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity) {
    if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) return;
    const PgQuery__Constraint& constraint = *command.def->constraint;
    add_identity(reader, place.name, *column, view(constraint.generated_when) == "a",
                 nodes(constraint.n_options, constraint.options));
    return;
  }
  if (!column->identity) {
    if (!command.missing_ok) reader.missing("identity of column", column->name);
    return;
  }
  if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity) {
    reader.catalog.relations.erase({place.name.schema, column->identity->sequence});
    column->identity.reset();
    return;
  }
  if (command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_LIST) return;
  const auto options = nodes(command.def->list->n_items, command.def->list->items);
  for (const PgQuery__Node* node : options) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        view(node->def_elem->defname) == "generated")
      // The letter 'a' or 'd' comes as the number of its character.
      column->identity->always = argument_text(*node->def_elem) == std::to_string('a');
  }
  std::string type = column->type.spelling;
  change_sequence(column->identity->options, type, options, false);
}

void set_column_option(Column& column, const std::string& name, std::string value) {
  if (value.empty()) {
    std::erase_if(column.options, [&](const Option& option) { return option.name == name; });
  } else {
    set_option(column.options, name, value);
  }
}

struct StorageRow {
  std::string_view type;
  std::string_view storage;
};

// Types whose usual way of storing (pg_type.typstorage) is neither "plain", as of all types of a
// fixed length, nor "extended", as of nearly all others.
constexpr auto usual_storage = std::to_array<StorageRow>({
    {"numeric", "main"},
    {"inet", "main"},
    {"cidr", "main"},
});

constexpr auto fixed_types = std::to_array<std::string_view>(
    {"smallint", "integer", "bigint", "real", "double precision", "boolean", "date", "uuid", "oid",
     "name", "money", "timestamp without time zone", "timestamp with time zone",
     "time without time zone", "time with time zone", "interval", "\"char\""});

std::string_view storage_of_type(std::string_view spelling) {
  if (spelling.ends_with("[]")) return "extended";
  const std::string_view name = spelling.substr(0, spelling.find('('));
  for (const StorageRow& row : usual_storage)
    if (row.type == name) return row.storage;
  return std::find(fixed_types.begin(), fixed_types.end(), name) == fixed_types.end() ? "extended"
                                                                                      : "plain";
}

void change_storage(Reader& reader, const Place& place, const Subcommand& command) {
  const std::string word = constant_text(command.def);
  std::string value;
  for (const char c : word) value += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  in_heirs(reader, place.name, place.only, view(command.name), [&](Column& column) {
    set_column_option(column, "storage",
                      value == storage_of_type(column.type.spelling) ? std::string() : value);
  });
}

}  // namespace

void change_column(Reader& reader, const Place& place, const Subcommand& command) {
  Table& table = reader.catalog.tables.at(place.name);
  const std::string_view name = view(command.name);
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return add_column_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return change_default(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: {
      if (own_column(reader, place, command) == nullptr) return;
      const bool nullable = command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull;
      return in_heirs(reader, place.name, place.only, name,
                      [&](Column& column) { column.nullable = nullable; });
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
      return in_heirs(reader, place.name, place.only, name,
                      [](Column& column) { column.generated.reset(); });
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics: {
      const std::string value = constant_text(command.def);
      Column* column = find_column(table, name);
      if (column != nullptr) set_column_option(*column, "statistics", value == "-1" ? "" : value);
      return;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions: {
      Column* column = own_column(reader, place, command);
      if (column != nullptr)
        change_options(column->options, list_of(command.def),
                       command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions);
      return;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
      return change_storage(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression: {
      std::string value = constant_text(command.def);
      if (value == "default") value.clear();
      return in_heirs(reader, place.name, place.only, name,
                      [&](Column& column) { set_column_option(column, "compression", value); });
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return drop_column_command(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return change_type(reader, place, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return change_identity(reader, place, command);
    default:
      return;
  }
}

}  // namespace relata::sql::postgres
