#include "read/sql/postgres/columns.h"

#include <algorithm>
#include <array>

#include "read/sql/postgres/sequences.h"

namespace relata::sql::postgres {
namespace {

struct SerialRow {
  std::string_view name;
  std::string_view type;
};

constexpr auto serial_types = std::to_array<SerialRow>({
    {"bigserial", "bigint"},
    {"serial", "integer"},
    {"serial2", "smallint"},
    {"serial4", "integer"},
    {"serial8", "bigint"},
    {"smallserial", "smallint"},
});

/// The integer type behind a serial one; empty for any other type.
std::string_view serial_type(const PgQuery__TypeName& type) {
  if (type.n_names != 1 || type.n_array_bounds > 0) return {};
  const std::string_view name = string_of(type.names[0]);
  const auto row = std::find_if(serial_types.begin(), serial_types.end(),
                                [&](const SerialRow& r) { return r.name == name; });
  return row == serial_types.end() ? std::string_view() : row->type;
}

/// The name of the sequence is the first option, if it is given there.
std::optional<std::string> given_sequence_name(std::span<PgQuery__Node* const> options) {
  for (const PgQuery__Node* node : options) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM ||
        view(node->def_elem->defname) != "sequence_name")
      continue;
    const std::vector<std::string> names = strings_of(node->def_elem->arg);
    if (!names.empty()) return names.back();
  }
  return std::nullopt;
}

void add_serial(Reader& reader, const QualifiedName& table, Column& column) {
  Catalog& catalog = reader.catalog;
  const QualifiedName name{table.schema, catalog.choose_relation_name(table.name, column.name,
                                                                      "seq", table.schema, false)};
  Sequence sequence;
  sequence.schema = name.schema;
  sequence.name = name.name;
  sequence.type = column.type.spelling == "bigint" ? "" : column.type.spelling;
  sequence.owned_by_table = table;
  sequence.owned_by_column = column.name;
  if (const auto owner = catalog.tables.find(table); owner != catalog.tables.end())
    sequence.unlogged = owner->second.unlogged;
  sequence.origin = reader.origin();
  catalog.relations[name] = {RelationKind::sequence, {}};
  catalog.sequences[name] = std::move(sequence);
  column.nullable = false;
  Expression value;
  value.operation = Operation::sql;
  value.dialect = "postgres";
  value.text = next_value(name);
  column.default_value = std::move(value);
}

/// Whether a default is no more than the NULL that there would be without it. One that is cast to
/// another type than the column's, or must be brought to a length, is kept as it is.
bool says_nothing(const Reader& reader, const Column& column, const PgQuery__Node* tree) {
  if (tree == nullptr || column.type.spelling.find('(') != std::string::npos) return false;
  if (tree->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
    return reader.format_type(*tree->type_cast->type_name) == column.type.spelling &&
           says_nothing(reader, column, tree->type_cast->arg);
  return tree->node_case == PG_QUERY__NODE__NODE_A_CONST && tree->a_const->isnull;
}

}  // namespace

void set_default(const Reader& reader, Column& column, const PgQuery__Node* tree,
                 Expression expression) {
  if (says_nothing(reader, column, tree)) {
    column.default_value.reset();
  } else {
    column.default_value = std::move(expression);
  }
}

void add_identity(Reader& reader, const QualifiedName& table, Column& column, bool always,
                  std::span<PgQuery__Node* const> options) {
  Identity identity;
  identity.always = always;
  std::string type = column.type.spelling;
  change_sequence(identity.options, type, options, true);
  // Always named here; schema() leaves out the name that it would have anyway.
  identity.sequence = given_sequence_name(options).value_or(
      reader.catalog.choose_relation_name(table.name, column.name, "seq", table.schema, false));
  reader.catalog.relations[{table.schema, identity.sequence}] = {RelationKind::sequence, table};
  column.identity = std::move(identity);
  column.nullable = false;
}

void set_option(std::vector<Option>& options, const std::string& name, const std::string& value) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Option& option) { return option.name == name; });
  if (found != options.end()) {
    found->value = value;
  } else {
    options.push_back({name, value});
  }
}

void change_options(std::vector<Option>& options, std::span<PgQuery__Node* const> definitions,
                    bool reset) {
  for (const PgQuery__Node* node : definitions) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& definition = *node->def_elem;
    std::string name(view(definition.defname));
    if (!view(definition.defnamespace).empty())
      name = std::string(view(definition.defnamespace)) + "." + name;
    const bool drop = reset || definition.defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP;
    if (drop) {
      std::erase_if(options, [&](const Option& option) { return option.name == name; });
    } else {
      set_option(options, name, argument_text(definition));
    }
  }
}

std::vector<Option> options_of(std::span<PgQuery__Node* const> definitions) {
  std::vector<Option> options;
  change_options(options, definitions, false);
  return options;
}

void add_pending(PendingConstraints& pending, const PgQuery__Constraint& constraint,
                 const std::string& column) {
  const PendingConstraint item{&constraint, column, constraint.deferrable != 0,
                               constraint.initdeferred != 0};
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      pending.checks.push_back(item);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      pending.indexes.push_back(item);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      pending.foreign_keys.push_back(item);
      break;
    default:
      break;
  }
}

void read_column_constraints(Reader& reader, const QualifiedName& table,
                             const PgQuery__ColumnDef& definition, Column& column,
                             PendingConstraints& pending) {
  SourceText& source = reader.source();
  PendingConstraint* last = nullptr;  // What DEFERRABLE and the like speak of.
  for (const PgQuery__Node* node : nodes(definition.n_constraints, definition.constraints)) {
    if (node->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
    const PgQuery__Constraint& constraint = *node->constraint;
    const std::size_t place = source.at(constraint.location);
    switch (constraint.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        column.nullable = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        column.nullable = false;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: {
        const std::size_t word = source.find(place, "default");
        set_default(reader, column, constraint.raw_expr,
                    reader.expression(source.column_expression(word + 1)));
        break;
      }
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED: {
        const std::size_t word = source.find(place, "as");
        column.generated = Generated{reader.expression(source.in_brackets(word)), true};
        column.default_value.reset();
        break;
      }
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        add_identity(reader, table, column, view(constraint.generated_when) == "a",
                     nodes(constraint.n_options, constraint.options));
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        if (last != nullptr) last->deferrable = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        if (last != nullptr) last->deferrable = false;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        if (last != nullptr) last->deferrable = last->initially_deferred = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
        if (last != nullptr) last->initially_deferred = false;
        break;
      default:
        add_pending(pending, constraint, column.name);
        last = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN
                   ? &pending.foreign_keys.back()
               : constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK
                   ? nullptr
                   : &pending.indexes.back();
        break;
    }
  }
}

Column read_column(Reader& reader, const QualifiedName& table, const PgQuery__ColumnDef& definition,
                   PendingConstraints& pending) {
  Column column;
  column.name = std::string(view(definition.colname));
  column.origin = reader.origin();
  if (definition.type_name != nullptr) {
    const std::string_view serial = serial_type(*definition.type_name);
    column.type.spelling =
        serial.empty() ? reader.format_type(*definition.type_name) : std::string(serial);
    if (!serial.empty()) add_serial(reader, table, column);
  }
  const std::string collation = reader.collation(definition.coll_clause);
  if (collation != "default") column.collation = collation;
  const std::string_view compression = view(definition.compression);
  if (!compression.empty() && compression != "default")
    column.options.push_back({"compression", std::string(compression)});
  for (Option& option : options_of(nodes(definition.n_fdwoptions, definition.fdwoptions)))
    column.options.push_back(std::move(option));
  read_column_constraints(reader, table, definition, column, pending);
  return column;
}

}  // namespace relata::sql::postgres
