// RENAME and SET SCHEMA.
#include <algorithm>

#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/routines.h"
#include "read/sql/postgres/sequences.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

void rename_any_relation(Reader& reader, const QualifiedName& from, const std::string& to) {
  const Relation relation = *reader.catalog.relation(from);
  const QualifiedName name{from.schema, to};
  if (!reader.is_free(name, false)) return;
  switch (relation.kind) {
    case RelationKind::table:
    case RelationKind::view:
      rename_relation(reader, from, name);
      break;
    case RelationKind::sequence:
      rename_sequence(reader, from, name);
      for (auto& [table_name, table] : reader.catalog.tables)
        for (Column& column : table.columns)
          if (table_name == relation.owner && column.identity &&
              column.identity->sequence == from.name)
            column.identity->sequence = to;
      break;
    case RelationKind::index:
      rename_index(reader, relation.owner, from.name, to);
      break;
    case RelationKind::composite_type:
      break;
  }
}

/// Calls an enumeration, domain, composite or range type something else.
bool rename_named_type(Reader& reader, const QualifiedName& from, const QualifiedName& to) {
  Catalog& catalog = reader.catalog;
  const auto move = [&](auto& items) {
    auto node = items.extract(from);
    if (!node) return false;
    node.key() = to;
    node.mapped().schema = to.schema;
    node.mapped().name = to.name;
    items.insert(std::move(node));
    return true;
  };
  bool found = move(catalog.enumerations) || move(catalog.domains);
  if (move(catalog.composites)) {
    found = true;
    catalog.relations.erase(from);
    catalog.relations[to] = {RelationKind::composite_type, {}};
  }
  if (catalog.other_types.erase(from) > 0) {
    catalog.other_types.insert(to);
    if (OtherObject* other = find_other(catalog, "range type", from)) {
      other->schema = to.schema;
      other->name = to.name;
      other->sql.text = with_renamed_relation(other->sql.text, from, to);
    }
    found = true;
  }
  if (found) {
    rename_type(reader, from, to);
    move_privileges(catalog, "type", from, to);
  }
  return found;
}

std::optional<QualifiedName> type_named(const Reader& reader, const PgQuery__Node* object) {
  const NameParts parts = name_parts(strings_of(object));
  if (parts.name.empty()) return std::nullopt;
  return QualifiedName{parts.schema.empty() ? reader.catalog.type_namespace(parts.name)
                                            : Catalog::model_namespace(parts.schema),
                       parts.name};
}

template <class T>
bool rename_in(std::vector<T>& items, const std::string& from, const std::string& to) {
  for (T& item : items) {
    if (item.name != from) continue;
    item.name = to;
    return true;
  }
  return false;
}

/// A trigger or rule has its name in its text, too.
bool rename_with_text(Reader& reader, const QualifiedName& relation, const std::string& from,
                      const std::string& to) {
  const auto in_triggers = [&](std::vector<Trigger>& triggers) {
    for (Trigger& trigger : triggers) {
      auto* body = std::get_if<TriggerBody>(&trigger.purpose);
      if (trigger.name != from || body == nullptr) continue;
      trigger.name = to;
      body->sql = with_renamed_column(body->sql, from, to);
      return true;
    }
    return false;
  };
  const auto in_rules = [&](std::vector<Rule>& rules) {
    for (Rule& rule : rules) {
      if (rule.name != from) continue;
      rule.name = to;
      rule.sql.text = with_renamed_column(rule.sql.text, from, to);
      return true;
    }
    return false;
  };
  if (const auto table = reader.catalog.tables.find(relation); table != reader.catalog.tables.end())
    return in_triggers(table->second.triggers) || in_rules(table->second.rules);
  const auto item = reader.catalog.views.find(relation);
  return item != reader.catalog.views.end() &&
         (in_triggers(item->second.triggers) || in_rules(item->second.rules));
}

void rename_member(Reader& reader, const PgQuery__RenameStmt& statement,
                   const QualifiedName& relation) {
  Catalog& catalog = reader.catalog;
  const std::string from(view(statement.subname));
  const std::string to(view(statement.newname));
  bool found = true;
  switch (statement.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
      if (const auto table = catalog.tables.find(relation); table != catalog.tables.end()) {
        found = table->second.find_column(from) != nullptr;
        if (found) rename_column(reader, relation, from, to);
      } else if (const auto type = catalog.composites.find(relation);
                 type != catalog.composites.end()) {
        found = rename_in(type->second.attributes, from, to);
      } else if (const auto item = catalog.views.find(relation); item != catalog.views.end()) {
        std::vector<std::string>& columns = item->second.columns;
        item->second.names_columns = true;
        std::replace(columns.begin(), columns.end(), from, to);
      }
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      rename_constraint(reader, relation, from, to);
      break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      found = catalog.tables.contains(relation) &&
              rename_in(catalog.tables.at(relation).policies, from, to);
      break;
    default:
      found = rename_with_text(reader, relation, from, to);
      break;
  }
  if (!found && !statement.missing_ok) reader.missing("object", from);
}

void rename_routine(Reader& reader, const PgQuery__RenameStmt& statement) {
  if (statement.object == nullptr ||
      statement.object->node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
    return;
  Routine* routine = find_routine(reader, *statement.object->object_with_args);
  if (routine == nullptr) {
    reader.missing("function", view(statement.newname));
    return;
  }
  const QualifiedName from{routine->schema, routine->name};
  routine->name = std::string(view(statement.newname));
  rename_routine_in_text(reader, *routine, from);
}

}  // namespace

void rename_routine_in_text(Reader& reader, Routine& routine, const QualifiedName& from) {
  // Its own text names it behind FUNCTION; triggers name it before their bracket.
  const QualifiedName to{routine.schema, routine.name};
  reader.catalog.routine_names.insert(to);
  move_privileges(reader.catalog, routine.kind == "procedure" ? "procedure" : "function", from, to);
  const auto change = [&](std::string& sql, std::string_view word) {
    syntax::Tokens tokens(sql);
    for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
         token = tokens.next()) {
      if (!syntax::is_word(tokens.text(token), word)) continue;
      const syntax::Token name = tokens.next();
      std::size_t end = name.end;
      std::string_view last = tokens.text(name);
      if (end < sql.size() && sql[end] == '.') {
        static_cast<void>(tokens.next());
        const syntax::Token second = tokens.next();
        end = second.end;
        last = tokens.text(second);
      }
      if (syntax::name_of(last) != from.name) continue;
      sql = sql.substr(0, name.begin) + syntax::postgres_qualified_name(to.schema, to.name) +
            sql.substr(end);
      return;
    }
  };
  change(routine.sql.text, routine.kind);
  const auto in_triggers = [&](std::vector<Trigger>& triggers) {
    for (Trigger& trigger : triggers)
      if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
        change(body->sql, "function");
        change(body->sql, "procedure");
      }
  };
  for (auto& [name, table] : reader.catalog.tables) in_triggers(table.triggers);
  for (auto& [name, item] : reader.catalog.views) in_triggers(item.triggers);
}

void rename_object(Reader& reader, const PgQuery__RenameStmt& statement) {
  Catalog& catalog = reader.catalog;
  const std::string to(view(statement.newname));
  std::optional<QualifiedName> relation;
  if (statement.relation != nullptr) {
    relation = reader.existing(*statement.relation);
    if (!relation) {
      if (!statement.missing_ok) reader.missing("relation", view(statement.relation->relname));
      return;
    }
  }
  switch (statement.rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      if (relation) rename_any_relation(reader, *relation, to);
      return;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
      const auto name = type_named(reader, statement.object);
      if (!name || !rename_named_type(reader, *name, {name->schema, to}))
        reader.missing("type", name ? name->name : to);
      return;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT: {
      const auto name = type_named(reader, statement.object);
      const auto domain = name ? catalog.domains.find(*name) : catalog.domains.end();
      if (domain != catalog.domains.end())
        static_cast<void>(
            rename_in(domain->second.checks, std::string(view(statement.subname)), to));
      return;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      rename_routine(reader, statement);
      return;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      rename_namespace(reader, std::string(view(statement.subname)), to);
      return;
    default:
      break;
  }
  if (relation) {
    rename_member(reader, statement, *relation);
    return;
  }
  reader.warning("postgres-not-followed", "this RENAME is not followed",
                 "the object keeps its name here");
}

namespace {

/// Moves a table or view with what belongs to it.
void move_relation(Reader& reader, const QualifiedName& from, const std::string& schema) {
  Catalog& catalog = reader.catalog;
  const QualifiedName to{schema, from.name};
  const auto move_name = [&](const std::string& name, RelationKind kind) {
    catalog.relations.erase({from.schema, name});
    catalog.relations[{schema, name}] = {kind, to};
  };
  if (const auto table = catalog.tables.find(from); table != catalog.tables.end()) {
    for (const IndexRequest& request : index_requests(table->second)) {
      move_name(request.index.name, RelationKind::index);
      if (request.role == IndexRole::plain) continue;
      catalog.release_constraint(from.schema, request.index.name);
      catalog.claim_constraint(schema, request.index.name);
    }
    for (const Check& check : table->second.checks) {
      catalog.release_constraint(from.schema, check.name);
      catalog.claim_constraint(schema, check.name);
    }
    for (const ForeignKey& key : table->second.foreign_keys) {
      catalog.release_constraint(from.schema, key.name);
      catalog.claim_constraint(schema, key.name);
    }
    for (const Column& column : table->second.columns)
      if (column.identity) move_name(column.identity->sequence, RelationKind::sequence);
  }
  if (const auto item = catalog.views.find(from); item != catalog.views.end())
    for (const Index& index : item->second.indexes) move_name(index.name, RelationKind::index);
  std::vector<QualifiedName> owned;
  for (const auto& [name, sequence] : catalog.sequences)
    if (sequence.owned_by_table == from) owned.push_back(name);
  rename_relation(reader, from, to);
  for (const QualifiedName& name : owned) rename_sequence(reader, name, {schema, name.name});
}

}  // namespace

void rename_namespace(Reader& reader, const std::string& from, const std::string& to) {
  Catalog& catalog = reader.catalog;
  auto node = catalog.namespaces.extract(from);
  if (!node) {
    reader.missing("schema", from);
    return;
  }
  node.key() = to;
  node.mapped().name = to;
  catalog.namespaces.insert(std::move(node));
  const auto in_it = [&](const auto& items) {
    std::vector<QualifiedName> names;
    for (const auto& [name, item] : items)
      if (name.schema == from) names.push_back(name);
    return names;
  };
  for (const QualifiedName& name : in_it(catalog.tables)) move_relation(reader, name, to);
  for (const QualifiedName& name : in_it(catalog.views)) move_relation(reader, name, to);
  for (const QualifiedName& name : in_it(catalog.sequences))
    rename_sequence(reader, name, {to, name.name});
  for (const QualifiedName& name : in_it(catalog.enumerations))
    rename_named_type(reader, name, {to, name.name});
  for (const QualifiedName& name : in_it(catalog.domains))
    rename_named_type(reader, name, {to, name.name});
  for (const QualifiedName& name : in_it(catalog.composites))
    rename_named_type(reader, name, {to, name.name});
  for (Routine& routine : catalog.routines) {
    if (routine.schema != from) continue;
    routine.schema = to;
    rename_routine_in_text(reader, routine, {from, routine.name});
  }
  for (auto& [name, extension] : catalog.extensions)
    if (extension.schema == from) extension.schema = to;
  move_privileges(catalog, "schema", {{}, from}, {{}, to});
  for (DefaultPrivilege& item : catalog.default_privileges)
    if (item.schema == from) item.schema = to;
  for (OtherObject& other : catalog.others) {
    if (other.schema == from) other.schema = to;
    other.name = with_renamed_namespace(other.name, from, to);
    other.sql.text = with_renamed_namespace(other.sql.text, from, to);
  }
  // Types of extensions and collations have no list of their own.
  const auto in_columns = [&](std::vector<Column>& columns) {
    for (Column& column : columns) {
      column.type.spelling = with_renamed_namespace(column.type.spelling, from, to);
      column.collation = with_renamed_namespace(column.collation, from, to);
    }
  };
  for (auto& [name, domain] : catalog.domains)
    domain.type.spelling = with_renamed_namespace(domain.type.spelling, from, to);
  for (auto& [name, type] : catalog.composites) in_columns(type.attributes);
  for (auto& [name, table] : catalog.tables) {
    in_columns(table.columns);
    if (table.of_type && table.of_type->schema == from) table.of_type->schema = to;
  }
}

void move_object(Reader& reader, const PgQuery__AlterObjectSchemaStmt& statement) {
  const std::string schema = reader.used_namespace(view(statement.newschema));
  Catalog& catalog = reader.catalog;
  if (statement.relation != nullptr) {
    const auto name = reader.existing(*statement.relation);
    if (!name) {
      if (!statement.missing_ok) reader.missing("relation", view(statement.relation->relname));
      return;
    }
    if (catalog.sequences.contains(*name)) {
      rename_sequence(reader, *name, {schema, name->name});
    } else {
      move_relation(reader, *name, schema);
    }
    return;
  }
  if (statement.object == nullptr) return;
  switch (statement.object_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
      const auto name = type_named(reader, statement.object);
      if (!name || !rename_named_type(reader, *name, {schema, name->name}))
        reader.missing("type", name ? name->name : std::string());
      return;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION: {
      const auto found = catalog.extensions.find(std::string(string_of(statement.object)));
      if (found != catalog.extensions.end()) found->second.schema = schema;
      return;
    }
    default:
      break;
  }
  if (statement.object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
    Routine* routine = find_routine(reader, *statement.object->object_with_args);
    if (routine == nullptr) {
      reader.missing("function", "");
      return;
    }
    const QualifiedName from{routine->schema, routine->name};
    routine->schema = schema;
    rename_routine_in_text(reader, *routine, from);
    return;
  }
  reader.warning("postgres-not-followed", "this SET SCHEMA is not followed",
                 "the object stays where it is here");
}

}  // namespace relata::sql::postgres
