// COMMENT ON everything.
#include <algorithm>
#include <array>

#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/routines.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

/// Names such as table.column: the last part, and the relation that the others name.
struct Member {
  std::optional<QualifiedName> relation;
  std::string name;
};

Member member_of(const Reader& reader, const PgQuery__Node* object) {
  std::vector<std::string> names = strings_of(object);
  if (names.empty()) return {};
  Member member;
  member.name = names.back();
  names.pop_back();
  const NameParts parts = name_parts(names);
  member.relation = reader.catalog.find_relation(parts.schema, parts.name);
  return member;
}

template <class T>
bool comment_named(std::vector<T>& items, const std::string& name, const std::string& comment) {
  for (T& item : items) {
    if (item.name != name) continue;
    item.comment = comment;
    return true;
  }
  return false;
}

bool comment_column(Reader& reader, const Member& member, const std::string& comment) {
  if (!member.relation) return false;
  Catalog& catalog = reader.catalog;
  if (const auto table = catalog.tables.find(*member.relation); table != catalog.tables.end())
    return comment_named(table->second.columns, member.name, comment);
  if (const auto type = catalog.composites.find(*member.relation); type != catalog.composites.end())
    return comment_named(type->second.attributes, member.name, comment);
  const auto item = catalog.views.find(*member.relation);
  if (item == catalog.views.end()) return false;
  View& view = item->second;
  const auto column = std::find(view.columns.begin(), view.columns.end(), member.name);
  if (column == view.columns.end()) return false;
  const auto place = static_cast<std::size_t>(column - view.columns.begin());
  view.column_comments.resize(std::max(view.column_comments.size(), view.columns.size()));
  view.column_comments[place] = comment;
  return true;
}

/// The index behind a constraint keeps its comment among the constraint's options.
void comment_constraint_index(std::vector<Option>& options, const std::string& comment) {
  std::erase_if(options, [](const Option& option) { return option.name == "index comment"; });
  if (!comment.empty()) options.push_back({"index comment", comment});
}

void comment_table_index(Table& table, const std::string& index, const std::string& comment) {
  if (comment_named(table.indexes, index, comment)) return;
  if (table.primary_key && table.primary_key->name == index) {
    comment_constraint_index(table.primary_key->options, comment);
  }
  for (Unique& each : table.uniques) {
    if (each.name == index) comment_constraint_index(each.options, comment);
  }
  for (Exclusion& each : table.exclusions) {
    if (each.name == index) comment_constraint_index(each.options, comment);
  }
}

bool comment_index(Reader& reader, const QualifiedName& name, const std::string& comment) {
  const Relation* relation = reader.catalog.relation(name);
  if (relation == nullptr || relation->kind != RelationKind::index) return false;
  if (const auto table = reader.catalog.tables.find(relation->owner);
      table != reader.catalog.tables.end()) {
    comment_table_index(table->second, name.name, comment);
    return true;
  }
  const auto item = reader.catalog.views.find(relation->owner);
  return item != reader.catalog.views.end() &&
         comment_named(item->second.indexes, name.name, comment);
}

bool comment_relation(Reader& reader, const PgQuery__Node* object, const std::string& comment) {
  const NameParts parts = name_parts(strings_of(object));
  const auto name = reader.catalog.find_relation(parts.schema, parts.name);
  if (!name) return false;
  Catalog& catalog = reader.catalog;
  if (const auto table = catalog.tables.find(*name); table != catalog.tables.end()) {
    table->second.comment = comment;
  } else if (const auto item = catalog.views.find(*name); item != catalog.views.end()) {
    item->second.comment = comment;
  } else if (const auto sequence = catalog.sequences.find(*name);
             sequence != catalog.sequences.end()) {
    sequence->second.comment = comment;
  } else {
    return comment_index(reader, *name, comment);
  }
  return true;
}

bool comment_constraint(Reader& reader, const PgQuery__Node* object, const std::string& comment) {
  const Member member = member_of(reader, object);
  const auto found =
      member.relation ? reader.catalog.tables.find(*member.relation) : reader.catalog.tables.end();
  if (found == reader.catalog.tables.end()) return false;
  Table& table = found->second;
  if (table.primary_key && table.primary_key->name == member.name) {
    table.primary_key->comment = comment;
    return true;
  }
  return comment_named(table.uniques, member.name, comment) ||
         comment_named(table.checks, member.name, comment) ||
         comment_named(table.foreign_keys, member.name, comment) ||
         comment_named(table.exclusions, member.name, comment);
}

bool comment_trigger(Reader& reader, const PgQuery__Node* object, const std::string& comment) {
  const Member member = member_of(reader, object);
  if (!member.relation) return false;
  std::vector<Trigger>* triggers = nullptr;
  if (const auto table = reader.catalog.tables.find(*member.relation);
      table != reader.catalog.tables.end())
    triggers = &table->second.triggers;
  if (const auto item = reader.catalog.views.find(*member.relation);
      item != reader.catalog.views.end())
    triggers = &item->second.triggers;
  if (triggers == nullptr) return false;
  for (Trigger& trigger : *triggers) {
    auto* body = std::get_if<TriggerBody>(&trigger.purpose);
    if (trigger.name != member.name || body == nullptr) continue;
    body->comment = comment;
    return true;
  }
  return false;
}

bool comment_on_table_item(Reader& reader, const PgQuery__CommentStmt& statement,
                           const std::string& comment) {
  const Member member = member_of(reader, statement.object);
  if (!member.relation) return false;
  const auto table = reader.catalog.tables.find(*member.relation);
  const auto item = reader.catalog.views.find(*member.relation);
  if (statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY)
    return table != reader.catalog.tables.end() &&
           comment_named(table->second.policies, member.name, comment);
  if (table != reader.catalog.tables.end())
    return comment_named(table->second.rules, member.name, comment);
  return item != reader.catalog.views.end() &&
         comment_named(item->second.rules, member.name, comment);
}

bool comment_type(Reader& reader, const PgQuery__Node* object, const std::string& comment) {
  const NameParts parts = name_parts(strings_of(object));
  Catalog& catalog = reader.catalog;
  if (Enumeration* type = catalog.find(catalog.enumerations, parts.schema, parts.name)) {
    type->comment = comment;
  } else if (Domain* domain = catalog.find(catalog.domains, parts.schema, parts.name)) {
    domain->comment = comment;
  } else if (CompositeType* composite =
                 catalog.find(catalog.composites, parts.schema, parts.name)) {
    composite->comment = comment;
  } else if (OtherObject* range = find_other(catalog, "range type", parts)) {
    range->comment = comment;
  } else {
    // The row type of a table has a comment of its own, which the model has no place for.
    return catalog.find_relation(parts.schema, parts.name).has_value();
  }
  return true;
}

/// CONSTRAINT name ON DOMAIN domain: the type, then the name.
bool comment_domain_constraint(Reader& reader, const PgQuery__Node* object,
                               const std::string& comment) {
  if (object->node_case != PG_QUERY__NODE__NODE_LIST || object->list->n_items != 2) return false;
  const NameParts parts = name_parts(strings_of(object->list->items[0]));
  Domain* domain = reader.catalog.find(reader.catalog.domains, parts.schema, parts.name);
  return domain != nullptr &&
         comment_named(domain->checks, std::string(string_of(object->list->items[1])), comment);
}

/// Whether there is something to put the comment on.
bool comment_object(Reader& reader, const PgQuery__CommentStmt& statement,
                    const std::string& comment) {
  switch (statement.objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return comment_relation(reader, statement.object, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return comment_column(reader, member_of(reader, statement.object), comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return comment_constraint(reader, statement.object, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
      return comment_domain_constraint(reader, statement.object, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return comment_trigger(reader, statement.object, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return comment_on_table_item(reader, statement, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return comment_type(reader, statement.object, comment);
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
      const std::string name(string_of(statement.object));
      if (name == "public") reader.catalog.public_comment = comment;
      const auto found = reader.catalog.namespaces.find(name);
      if (found != reader.catalog.namespaces.end()) found->second.comment = comment;
      return name == "public" || found != reader.catalog.namespaces.end();
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE: {
      if (statement.object->node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return false;
      Routine* routine = find_routine(reader, *statement.object->object_with_args);
      if (routine != nullptr) routine->comment = comment;
      return routine != nullptr;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT:
      return true;
    default:
      break;
  }
  if (!is_kept_as_other(statement.objtype)) return true;
  OtherObject* other = named_other(reader, statement.objtype, statement.object);
  if (other != nullptr) other->comment = comment;
  return other != nullptr;
}

}  // namespace

void set_comment(Reader& reader, const PgQuery__CommentStmt& statement) {
  if (statement.object == nullptr) return;
  if (comment_object(reader, statement, std::string(view(statement.comment)))) return;
  const std::vector<std::string> names = strings_of(statement.object);
  reader.missing("object", names.empty() ? std::string("of this comment") : names.back());
}

}  // namespace relata::sql::postgres
