// What goes by another name when a relation, column, constraint or type does.
#include <algorithm>

#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/dependents.h"
#include "read/sql/postgres/indexes.h"

namespace relata::sql::postgres {
namespace {

template <class Key, class Value>
void move_key(std::map<Key, Value>& items, const Key& from, const Key& to) {
  auto node = items.extract(from);
  if (!node) return;
  node.key() = to;
  items.insert(std::move(node));
}

/// Text of every other object that speaks of the relation.
void rename_in_texts(Reader& reader, const QualifiedName& from, const QualifiedName& to) {
  Catalog& catalog = reader.catalog;
  const auto change = [&](std::string& sql) { sql = with_renamed_relation(sql, from, to); };
  for (auto& [name, item] : catalog.views) {
    auto sources = catalog.view_sources.find(name);
    if (sources == catalog.view_sources.end() || sources->second.erase(from) == 0) continue;
    sources->second.insert(to);
    change(item.sql);
    for (Rule& rule : item.rules) change(rule.sql.text);
    for (Trigger& trigger : item.triggers)
      if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) change(body->sql);
  }
  for (auto& [name, table] : catalog.tables) {
    for (Trigger& trigger : table.triggers)
      if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) change(body->sql);
    for (Rule& rule : table.rules) change(rule.sql.text);
    for (Policy& policy : table.policies) {
      if (policy.using_rows) change(policy.using_rows->text);
      if (policy.with_check) change(policy.with_check->text);
    }
  }
  for (OtherObject& other : catalog.others)
    if (other.kind == "publication" || other.kind == "statistics") change(other.sql.text);
}

/// The text with each name `from` replaced, where what stands behind it lets it be meant.
template <class IsMeant>
std::string with_renamed_word(const std::string& sql, const std::string& from,
                              const std::string& to, IsMeant is_meant) {
  if (!mentions(sql, from)) return sql;
  std::string result;
  std::size_t copied = 0;
  syntax::Tokens tokens(sql);
  syntax::Token token = tokens.next();
  while (token.kind != syntax::TokenKind::end) {
    const syntax::Token next = tokens.next();
    const bool name =
        token.kind == syntax::TokenKind::word || token.kind == syntax::TokenKind::quoted;
    if (name && is_meant(tokens.text(next)) && syntax::name_of(tokens.text(token)) == from) {
      result.append(sql, copied, token.begin - copied);
      result += syntax::postgres_identifier(to);
      copied = token.end;
    }
    token = next;
  }
  return result.append(sql, copied);
}

}  // namespace

std::string with_renamed_column(const std::string& sql, const std::string& from,
                                const std::string& to) {
  // What is called is a function of that name.
  return with_renamed_word(sql, from, to, [](std::string_view next) { return next != "("; });
}

std::string with_renamed_relation(const std::string& sql, const QualifiedName& from,
                                  const QualifiedName& to) {
  if (!mentions(sql, from.name)) return sql;
  std::vector<syntax::Token> list;
  syntax::Tokens tokens(sql);
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next())
    list.push_back(token);
  const auto is_name = [&](std::size_t i, const std::string& name) {
    return i < list.size() &&
           (list[i].kind == syntax::TokenKind::word || list[i].kind == syntax::TokenKind::quoted) &&
           syntax::name_of(tokens.text(list[i])) == name;
  };
  const auto is_sign = [&](std::size_t i, std::string_view sign) {
    return i < list.size() && tokens.text(list[i]) == sign;
  };
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!is_name(i, from.name) || is_sign(i + 1, "(")) continue;
    // Behind a point it must be that of its namespace; a column of that name stays.
    std::size_t first = i;
    if (i >= 2 && is_sign(i - 1, ".")) {
      if (!is_name(i - 2, from.schema.empty() ? "public" : from.schema)) continue;
      first = i - 2;
    }
    const bool qualifies_column = is_sign(i + 1, ".") && first == i;
    result.append(sql, copied, list[first].begin - copied);
    result += qualifies_column ? syntax::postgres_identifier(to.name)
                               : syntax::postgres_qualified_name(to.schema, to.name);
    copied = list[i].end;
  }
  return result.append(sql, copied);
}

void move_privileges(Catalog& catalog, const std::string& kind, const QualifiedName& from,
                     const QualifiedName& to) {
  const auto move = [&](auto& items) {
    std::vector<GrantKey> keys;
    for (const auto& [key, privileges] : items)
      if (key.kind == kind && key.schema == from.schema && key.name == from.name)
        keys.push_back(key);
    for (const GrantKey& key : keys) {
      GrantKey moved = key;
      moved.schema = to.schema;
      moved.name = to.name;
      move_key(items, key, moved);
    }
  };
  move(catalog.grants);
  move(catalog.revoked);
  move(catalog.owners);
}

void rename_relation(Reader& reader, const QualifiedName& from, const QualifiedName& to) {
  Catalog& catalog = reader.catalog;
  rename_in_texts(reader, from, to);
  move_key(catalog.relations, from, to);
  move_privileges(catalog, "table", from, to);
  if (const auto item = catalog.views.find(from); item != catalog.views.end()) {
    item->second.schema = to.schema;
    item->second.name = to.name;
    move_key(catalog.views, from, to);
    move_key(catalog.view_sources, from, to);
  }
  if (const auto table = catalog.tables.find(from); table != catalog.tables.end()) {
    table->second.schema = to.schema;
    table->second.name = to.name;
    move_key(catalog.tables, from, to);
  }
  move_key(catalog.children, from, to);
  for (auto& [parent, heirs] : catalog.children) std::replace(heirs.begin(), heirs.end(), from, to);
  for (auto& [name, relation] : catalog.relations)
    if (relation.owner == from) relation.owner = to;
  for (auto& [name, sequence] : catalog.sequences)
    if (sequence.owned_by_table == from) sequence.owned_by_table = to;
  for (auto& [name, table] : catalog.tables) {
    for (ForeignKey& key : table.foreign_keys) {
      if (key.table != from.name || key.table_schema != from.schema) continue;
      key.table = to.name;
      key.table_schema = to.schema;
    }
    std::replace(table.inherits.begin(), table.inherits.end(), from, to);
    if (table.partition_of && table.partition_of->parent == from) table.partition_of->parent = to;
    // The indexes of a table go with it into another namespace.
    if (from.schema == to.schema) continue;
    for_each_index(table, [&](auto& index) {
      if (!index.parent || index.parent->schema != from.schema) return;
      const Relation* parent = catalog.relation({to.schema, index.parent->name});
      if (parent != nullptr && parent->owner == to) index.parent->schema = to.schema;
    });
  }
  // A row type goes by the table's name.
  rename_type(reader, from, to);
}

std::string with_renamed_namespace(const std::string& sql, const std::string& from,
                                   const std::string& to) {
  return with_renamed_word(sql, from, to, [](std::string_view next) { return next == "."; });
}

void rename_column(Reader& reader, const QualifiedName& name, const std::string& from,
                   const std::string& to) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  Table& table = found->second;
  const auto in_list = [&](std::vector<std::string>& names) {
    std::replace(names.begin(), names.end(), from, to);
  };
  const auto in_expression = [&](std::optional<Expression>& expression) {
    if (expression) expression->text = with_renamed_column(expression->text, from, to);
  };
  const auto in_parts = [&](std::vector<IndexPart>& parts) {
    for (IndexPart& part : parts) {
      if (part.expression.operation == Operation::sql) {
        part.expression.text = with_renamed_column(part.expression.text, from, to);
      } else if (part.expression.text == from) {
        part.expression.text = to;
      }
    }
  };
  for (Column& column : table.columns) {
    if (column.name == from) column.name = to;
    if (column.generated)
      column.generated->expression.text =
          with_renamed_column(column.generated->expression.text, from, to);
  }
  if (table.primary_key) {
    in_list(table.primary_key->columns);
    in_list(table.primary_key->include);
  }
  for (Unique& unique : table.uniques) {
    in_list(unique.columns);
    in_list(unique.include);
  }
  for (ForeignKey& key : table.foreign_keys) {
    in_list(key.columns);
    in_list(key.set_null_columns);
  }
  for (Check& check : table.checks)
    check.expression.text = with_renamed_column(check.expression.text, from, to);
  for (Exclusion& exclusion : table.exclusions) {
    in_parts(exclusion.parts);
    in_list(exclusion.include);
    in_expression(exclusion.where);
  }
  for (Index& index : table.indexes) {
    in_parts(index.parts);
    in_list(index.include);
    in_expression(index.where);
  }
  for (Policy& policy : table.policies) {
    in_expression(policy.using_rows);
    in_expression(policy.with_check);
  }
  for (Trigger& trigger : table.triggers)
    if (auto* body = std::get_if<TriggerBody>(&trigger.purpose))
      body->sql = with_renamed_column(body->sql, from, to);
  if (table.partitioning) in_parts(table.partitioning->parts);
  for (auto& [other_name, other] : catalog.tables)
    for (ForeignKey& key : other.foreign_keys)
      if (key.table == name.name && key.table_schema == name.schema) in_list(key.referenced);
  for (auto& [sequence_name, sequence] : catalog.sequences)
    if (sequence.owned_by_table == name && sequence.owned_by_column == from)
      sequence.owned_by_column = to;
  for (auto& [view_name, sources] : catalog.view_sources) {
    const auto item = catalog.views.find(view_name);
    // The view keeps the name that it shows.
    if (sources.contains(name) && item != catalog.views.end() && mentions(item->second.sql, from))
      reader.warning(
          "postgres-view-over-renamed-column",
          "the view '" + item->second.name + "' reads the column '" + from + "' under its old name",
          "its text is kept as it was written");
  }
  for (const QualifiedName& child : catalog.children_of(name))
    rename_column(reader, child, from, to);
}

/// The indexes of partitions stay parts of the one of the whole table, which has another name.
static void rename_parent_index(Catalog& catalog, const QualifiedName& owner,
                                const std::string& from, const std::string& to) {
  const QualifiedName before{owner.schema, from};
  for (const QualifiedName& child : catalog.children_of(owner)) {
    const auto partition = catalog.tables.find(child);
    if (partition == catalog.tables.end()) continue;
    for_each_index(partition->second, [&](auto& index) {
      if (index.parent == before) index.parent = QualifiedName{owner.schema, to};
    });
  }
}

void rename_constraint(Reader& reader, const QualifiedName& name, const std::string& from,
                       const std::string& to) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  Table& table = found->second;
  bool index = false;
  bool check = false;
  const auto rename = [&](auto& item) {
    if (item.name != from) return false;
    item.name = to;
    return true;
  };
  if (table.primary_key) index |= rename(*table.primary_key);
  for (Unique& unique : table.uniques) index |= rename(unique);
  for (Exclusion& exclusion : table.exclusions) index |= rename(exclusion);
  for (Check& item : table.checks) check |= rename(item);
  bool renamed = index || check;
  for (ForeignKey& key : table.foreign_keys) renamed |= rename(key);
  if (!renamed) {
    reader.missing("constraint", from);
    return;
  }
  if (index) {
    move_key(catalog.relations, QualifiedName{name.schema, from}, {name.schema, to});
    rename_parent_index(catalog, name, from, to);
  }
  catalog.release_constraint(name.schema, from);
  catalog.claim_constraint(name.schema, to);
  if (!check) return;
  for (const QualifiedName& child : catalog.children_of(name))
    rename_constraint(reader, child, from, to);
}

void rename_index(Reader& reader, const QualifiedName& owner, const std::string& from,
                  const std::string& to) {
  Catalog& catalog = reader.catalog;
  const auto rename = [&](std::vector<Index>& indexes) {
    for (Index& index : indexes) {
      if (index.name != from) continue;
      index.name = to;
      return true;
    }
    return false;
  };
  bool done = false;
  if (const auto item = catalog.views.find(owner); item != catalog.views.end())
    done = rename(item->second.indexes);
  if (const auto table = catalog.tables.find(owner); table != catalog.tables.end()) {
    done = rename(table->second.indexes);
    if (table->second.replica_identity == from) table->second.replica_identity = to;
    if (!done) {
      rename_constraint(reader, owner, from, to);
      return;
    }
  }
  move_key(catalog.relations, QualifiedName{owner.schema, from}, {owner.schema, to});
  rename_parent_index(catalog, owner, from, to);
}

namespace {

/// The SQL with the type's name replaced where something is cast to it.
std::string with_renamed_cast(const std::string& sql, const QualifiedName& from,
                              const QualifiedName& to) {
  if (!mentions(sql, from.name)) return sql;
  std::string result;
  std::size_t copied = 0;
  syntax::Tokens tokens(sql);
  syntax::Token token = tokens.next();
  while (token.kind != syntax::TokenKind::end) {
    const std::string_view before = tokens.text(token);
    token = tokens.next();
    if (before != "::" && !syntax::is_word(before, "as")) continue;
    const std::size_t begin = token.begin;
    syntax::Tokens ahead(sql, token.end);
    if (ahead.text(ahead.next()) == ".") {
      if (syntax::name_of(tokens.text(token)) != (from.schema.empty() ? "public" : from.schema))
        continue;
      token = ahead.next();
    }
    if (syntax::name_of(sql.substr(token.begin, token.end - token.begin)) != from.name) continue;
    result.append(sql, copied, begin - copied);
    result += syntax::postgres_qualified_name(to.schema, to.name);
    copied = token.end;
  }
  return result.append(sql, copied);
}

void rename_type_in_table(Table& table, const QualifiedName& from, const QualifiedName& to) {
  const auto in = [&](Expression& expression) {
    expression.text = with_renamed_cast(expression.text, from, to);
  };
  for (Column& column : table.columns) {
    if (column.default_value) in(*column.default_value);
    if (column.generated) in(column.generated->expression);
  }
  for (Check& check : table.checks) in(check.expression);
  for (Index& index : table.indexes) {
    if (index.where) in(*index.where);
    for (IndexPart& part : index.parts) in(part.expression);
  }
  for (Policy& policy : table.policies) {
    if (policy.using_rows) in(*policy.using_rows);
    if (policy.with_check) in(*policy.with_check);
  }
  for (Trigger& trigger : table.triggers)
    if (auto* body = std::get_if<TriggerBody>(&trigger.purpose))
      body->sql = with_renamed_cast(body->sql, from, to);
}

}  // namespace

void rename_type(Reader& reader, const QualifiedName& from, const QualifiedName& to) {
  const std::string before = syntax::postgres_qualified_name(from.schema, from.name);
  const std::string after = syntax::postgres_qualified_name(to.schema, to.name);
  const auto rename = [&](Type& type) {
    if (!type.spelling.starts_with(before)) return;
    const std::string rest = type.spelling.substr(before.size());
    if (rest.empty() || rest == "[]" || rest.front() == '(') type.spelling = after + rest;
  };
  for (auto& [name, table] : reader.catalog.tables)
    for (Column& column : table.columns) rename(column.type);
  for (auto& [name, composite] : reader.catalog.composites)
    for (Column& attribute : composite.attributes) rename(attribute.type);
  for (auto& [name, domain] : reader.catalog.domains) {
    rename(domain.type);
    if (domain.default_value)
      domain.default_value->text = with_renamed_cast(domain.default_value->text, from, to);
  }
  for (auto& [name, table] : reader.catalog.tables) rename_type_in_table(table, from, to);
  for (auto& [name, item] : reader.catalog.views) item.sql = with_renamed_cast(item.sql, from, to);
  for (Routine& routine : reader.catalog.routines) {
    if (!mentions(routine.arguments, from.name) && !mentions(routine.sql.text, from.name)) continue;
    routine.arguments = with_renamed_relation(routine.arguments, from, to);
    routine.sql.text = with_renamed_relation(routine.sql.text, from, to);
  }
}

}  // namespace relata::sql::postgres
