#include "read/sql/postgres/constraints.h"

#include <algorithm>

#include "read/sql/postgres/indexes.h"
#include "read/sql/postgres/object_names.h"

namespace relata::sql::postgres {
namespace {

ReferentialAction action_of(std::string_view letter) {
  if (letter == "r") return ReferentialAction::restrict;
  if (letter == "c") return ReferentialAction::cascade;
  if (letter == "n") return ReferentialAction::set_null;
  if (letter == "d") return ReferentialAction::set_default;
  return ReferentialAction::no_action;
}

template <class T>
bool has_name(const std::vector<T>& items, std::string_view name) {
  return std::any_of(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
}

bool has_constraint(const Table& table, std::string_view name) {
  return has_name(table.checks, name) || has_name(table.foreign_keys, name) ||
         has_name(table.uniques, name) || has_name(table.exclusions, name) ||
         (table.primary_key && table.primary_key->name == name);
}

void store_foreign_key(Reader& reader, const QualifiedName& name, ForeignKey key) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  Table& table = found->second;
  catalog.claim_constraint(name.schema, key.name);
  table.foreign_keys.push_back(key);
  if (!table.partitioning) return;
  for (const QualifiedName& partition : catalog.children_of(name))
    add_partition_foreign_keys(reader, name, partition);
}

bool is_alike(const ForeignKey& a, const ForeignKey& b) {
  return a.columns == b.columns && a.table == b.table && a.table_schema == b.table_schema &&
         a.referenced == b.referenced && a.on_delete == b.on_delete && a.on_update == b.on_update &&
         a.match_full == b.match_full;
}

}  // namespace

bool mentions(std::string_view sql, std::string_view name) {
  if (sql.find(name) == std::string_view::npos && syntax::name_of(name) == name) {
    // Written in capitals it is the same name.
    bool capitals = false;
    for (const char c : sql) capitals |= c >= 'A' && c <= 'Z';
    if (!capitals) return false;
  }
  syntax::Tokens tokens(sql);
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next()) {
    if (token.kind != syntax::TokenKind::word && token.kind != syntax::TokenKind::quoted) continue;
    if (syntax::name_of(tokens.text(token)) == name) return true;
  }
  return false;
}

std::string check_name(const Catalog& catalog, const QualifiedName& owner,
                       const std::vector<Column>& columns, const PgQuery__Node* expression) {
  std::vector<std::string> used;
  for (const std::string& name : columns_in(expression))
    if (has_name(columns, name)) used.push_back(name);
  return catalog.choose_constraint_name(owner.name, used.size() == 1 ? used[0] : std::string(),
                                        "check", owner.schema);
}

void add_check(Reader& reader, const QualifiedName& name, Check check) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  std::vector<Check>& checks = found->second.checks;
  const auto same = std::find_if(checks.begin(), checks.end(),
                                 [&](const Check& other) { return other.name == check.name; });
  if (same != checks.end()) {
    // The same constraint from a parent and of its own: it stays local.
    if (same->inherited && !check.inherited) same->inherited = false;
  } else {
    catalog.claim_constraint(name.schema, check.name);
    checks.push_back(check);
  }
  if (check.no_inherit) return;
  check.inherited = true;
  check.comment.clear();
  for (const QualifiedName& child : catalog.children_of(name)) add_check(reader, child, check);
}

void add_checks(Reader& reader, const QualifiedName& name,
                const std::vector<PendingConstraint>& pending, bool validate_later) {
  SourceText& source = reader.source();
  for (const PendingConstraint& item : pending) {
    const PgQuery__Constraint& constraint = *item.node;
    Table& table = reader.catalog.tables.at(name);
    Check check;
    check.name = std::string(view(constraint.conname));
    check.origin = reader.origin();
    check.no_inherit = constraint.is_no_inherit != 0;
    check.validated = !(validate_later && constraint.skip_validation);
    const std::size_t word = source.find(source.at(constraint.location), "check");
    check.expression = reader.expression(source.in_brackets(word));
    if (check.name.empty()) {
      check.name = check_name(reader.catalog, name, table.columns, constraint.raw_expr);
    } else if (has_constraint(table, check.name)) {
      const auto inherited = std::find_if(
          table.checks.begin(), table.checks.end(),
          [&](const Check& other) { return other.name == check.name && other.inherited; });
      if (inherited == table.checks.end()) {
        reader.taken("constraint", check.name);
        continue;
      }
    }
    add_check(reader, name, std::move(check));
  }
}

void add_foreign_keys(Reader& reader, const QualifiedName& name,
                      const std::vector<PendingConstraint>& pending, bool validate_later) {
  Catalog& catalog = reader.catalog;
  for (const PendingConstraint& item : pending) {
    const PgQuery__Constraint& constraint = *item.node;
    const auto referenced = reader.existing(*constraint.pktable);
    const auto table = referenced ? catalog.tables.find(*referenced) : catalog.tables.end();
    if (table == catalog.tables.end()) {
      reader.missing("table", view(constraint.pktable->relname));
      continue;
    }
    ForeignKey key;
    key.name = std::string(view(constraint.conname));
    key.origin = reader.origin();
    key.columns = strings_of(nodes(constraint.n_fk_attrs, constraint.fk_attrs));
    if (key.columns.empty()) key.columns.push_back(item.column);
    key.table_schema = referenced->schema;
    key.table = referenced->name;
    key.referenced = strings_of(nodes(constraint.n_pk_attrs, constraint.pk_attrs));
    if (key.referenced.empty() && table->second.primary_key)
      key.referenced = table->second.primary_key->columns;
    key.on_delete = action_of(view(constraint.fk_del_action));
    key.on_update = action_of(view(constraint.fk_upd_action));
    key.set_null_columns =
        strings_of(nodes(constraint.n_fk_del_set_cols, constraint.fk_del_set_cols));
    key.match_full = view(constraint.fk_matchtype) == "f";
    key.deferrable = item.deferrable || item.initially_deferred;
    key.initially_deferred = item.initially_deferred;
    key.validated = !(validate_later && constraint.skip_validation);
    if (key.name.empty()) {
      key.name = catalog.choose_constraint_name(name.name, name_addition(key.columns), "fkey",
                                                name.schema);
    } else if (has_constraint(catalog.tables.at(name), key.name)) {
      reader.taken("constraint", key.name);
      continue;
    }
    store_foreign_key(reader, name, std::move(key));
  }
}

void add_partition_foreign_keys(Reader& reader, const QualifiedName& parent,
                                const QualifiedName& partition) {
  Catalog& catalog = reader.catalog;
  const auto from = catalog.tables.find(parent);
  const auto to = catalog.tables.find(partition);
  if (from == catalog.tables.end() || to == catalog.tables.end()) return;
  for (const ForeignKey& inherited : from->second.foreign_keys) {
    std::vector<ForeignKey>& own = to->second.foreign_keys;
    const auto same = std::find_if(own.begin(), own.end(),
                                   [&](const ForeignKey& key) { return is_alike(key, inherited); });
    if (same != own.end()) {
      same->inherited = true;
      continue;
    }
    ForeignKey key = inherited;
    key.inherited = true;
    key.comment.clear();
    if (has_constraint(to->second, key.name))
      key.name = catalog.choose_constraint_name(partition.name, name_addition(key.columns), "fkey",
                                                partition.schema);
    store_foreign_key(reader, partition, std::move(key));
  }
}

bool remove_constraint(Reader& reader, const QualifiedName& name, const std::string& constraint) {
  Catalog& catalog = reader.catalog;
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return false;
  Table& table = found->second;
  const auto called = [&](const auto& item) { return item.name == constraint; };
  if ((table.primary_key && table.primary_key->name == constraint) ||
      has_name(table.uniques, constraint) || has_name(table.exclusions, constraint)) {
    const bool partitioned = table.partitioning.has_value();
    const std::vector<IndexRequest> requests = index_requests(table);
    remove_index(reader, name, constraint);
    if (!partitioned) return true;
    const auto removed =
        std::find_if(requests.begin(), requests.end(),
                     [&](const IndexRequest& request) { return request.index.name == constraint; });
    for (const QualifiedName& child : catalog.children_of(name)) {
      const auto partition = catalog.tables.find(child);
      if (partition == catalog.tables.end()) continue;
      for (const IndexRequest& own : index_requests(partition->second)) {
        if (own.role != removed->role || own.index.parts != removed->index.parts) continue;
        remove_constraint(reader, child, own.index.name);
        break;
      }
    }
    return true;
  }
  if (std::erase_if(table.checks, called) > 0) {
    catalog.release_constraint(name.schema, constraint);
    for (const QualifiedName& child : catalog.children_of(name)) {
      const auto heir = catalog.tables.find(child);
      if (heir == catalog.tables.end()) continue;
      const bool inherited =
          std::any_of(heir->second.checks.begin(), heir->second.checks.end(),
                      [&](const Check& check) { return called(check) && check.inherited; });
      if (inherited) remove_constraint(reader, child, constraint);
    }
    return true;
  }
  if (std::erase_if(table.foreign_keys, called) > 0) {
    catalog.release_constraint(name.schema, constraint);
    for (const QualifiedName& child : catalog.children_of(name)) {
      const auto heir = catalog.tables.find(child);
      if (heir == catalog.tables.end()) continue;
      const bool inherited =
          std::any_of(heir->second.foreign_keys.begin(), heir->second.foreign_keys.end(),
                      [&](const ForeignKey& key) { return called(key) && key.inherited; });
      if (inherited) remove_constraint(reader, child, constraint);
    }
    return true;
  }
  return false;
}

}  // namespace relata::sql::postgres
