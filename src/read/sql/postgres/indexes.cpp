#include "read/sql/postgres/indexes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/postgres/object_names.h"
#include "read/sql/postgres/statements.h"

namespace relata::sql::postgres {
namespace {

// Operator classes that PostgreSQL itself takes when none is written (pg_opclass.opcdefault).
constexpr auto default_classes = std::to_array<std::string_view>({
    "array_ops",       "bit_ops",
    "bool_ops",        "box_ops",
    "bpchar_ops",      "bytea_ops",
    "char_ops",        "circle_ops",
    "cube_ops",        "date_ops",
    "enum_ops",        "float4_ops",
    "float8_ops",      "gist_geometry_ops_2d",
    "gist_hstore_ops", "gist_ltree_ops",
    "hstore_ops",      "int2_ops",
    "int4_ops",        "int8_ops",
    "interval_ops",    "jsonb_ops",
    "ltree_ops",       "macaddr8_ops",
    "macaddr_ops",     "money_ops",
    "multirange_ops",  "name_ops",
    "numeric_ops",     "oid_ops",
    "oidvector_ops",   "pg_lsn_ops",
    "point_ops",       "poly_ops",
    "range_ops",       "record_ops",
    "text_ops",        "time_ops",
    "timestamp_ops",   "timestamptz_ops",
    "timetz_ops",      "tsquery_ops",
    "tsvector_ops",    "uuid_ops",
    "varbit_ops",      "citext_ops",
});

const Expression* find_expression(const IndexPart& part) {
  return part.expression.operation == Operation::sql ? &part.expression : nullptr;
}

/// What the server calls an index's column that is an expression: after the function that it calls.
std::string expression_name(const Expression& expression) {
  const std::size_t bracket = expression.text.find('(');
  if (bracket == std::string::npos || bracket == 0 || expression.text.back() != ')') return "expr";
  const std::string_view call = std::string_view(expression.text).substr(0, bracket);
  const bool name = std::all_of(call.begin(), call.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '.';
  });
  return name ? to_lower(call.substr(call.rfind('.') + 1)) : "expr";
}

std::vector<std::string> part_columns(const std::vector<IndexPart>& parts) {
  std::vector<std::string> columns;
  for (const IndexPart& part : parts)
    columns.push_back(find_expression(part) == nullptr ? part.expression.text
                                                       : expression_name(part.expression));
  return columns;
}

std::vector<IndexPart> column_parts(const std::vector<std::string>& columns) {
  std::vector<IndexPart> parts;
  for (const std::string& column : columns) {
    IndexPart part;
    part.expression = expression::column(column);
    parts.push_back(std::move(part));
  }
  return parts;
}

/// Whether two indexes do the same, whatever they are called.
bool is_alike(const IndexRequest& a, const IndexRequest& b) {
  return a.role == b.role && a.index.parts == b.index.parts && a.index.unique == b.index.unique &&
         a.index.method == b.index.method && a.index.where == b.index.where &&
         a.index.include == b.index.include && a.operators == b.operators &&
         a.index.nulls_not_distinct == b.index.nulls_not_distinct;
}

std::string choose_index_name(const Catalog& catalog, const QualifiedName& owner,
                              const IndexRequest& request) {
  const std::string columns = name_addition(index_column_names(request.names));
  switch (request.role) {
    case IndexRole::primary_key:
      return catalog.choose_relation_name(owner.name, {}, "pkey", owner.schema, true);
    case IndexRole::unique:
      return catalog.choose_relation_name(owner.name, columns, "key", owner.schema, true);
    case IndexRole::exclusion:
      return catalog.choose_relation_name(owner.name, columns, "excl", owner.schema, true);
    case IndexRole::plain:
      break;
  }
  return catalog.choose_relation_name(owner.name, columns, "idx", owner.schema, false);
}

/// A primary key's columns are NOT NULL, here and in every heir.
void require_values(Catalog& catalog, const QualifiedName& name,
                    const std::vector<std::string>& columns) {
  const auto found = catalog.tables.find(name);
  if (found == catalog.tables.end()) return;
  for (Column& column : found->second.columns)
    if (std::find(columns.begin(), columns.end(), column.name) != columns.end())
      column.nullable = false;
  for (const QualifiedName& child : catalog.children_of(name))
    require_values(catalog, child, columns);
}

void store(Reader& reader, const QualifiedName& owner, IndexRequest request) {
  Catalog& catalog = reader.catalog;
  const std::string name = request.index.name;
  catalog.relations[{owner.schema, name}] = {RelationKind::index, owner};
  if (request.role != IndexRole::plain) catalog.claim_constraint(owner.schema, name);
  const auto table = catalog.tables.find(owner);
  if (table == catalog.tables.end()) {
    const auto view = catalog.views.find(owner);
    if (view != catalog.views.end()) view->second.indexes.push_back(std::move(request.index));
    return;
  }
  Index& index = request.index;
  switch (request.role) {
    case IndexRole::plain:
      table->second.indexes.push_back(std::move(index));
      break;
    case IndexRole::primary_key: {
      PrimaryKey key;
      key.name = name;
      key.columns = part_columns(index.parts);
      key.include = index.include;
      key.deferrable = request.deferrable;
      key.initially_deferred = request.initially_deferred;
      key.options = index.options;
      key.comment = index.comment;
      key.origin = index.origin;
      key.parent = index.parent;
      require_values(catalog, owner, key.columns);
      table->second.primary_key = std::move(key);
      break;
    }
    case IndexRole::unique: {
      Unique unique;
      unique.name = name;
      unique.columns = part_columns(index.parts);
      unique.include = index.include;
      unique.nulls_not_distinct = index.nulls_not_distinct;
      unique.deferrable = request.deferrable;
      unique.initially_deferred = request.initially_deferred;
      unique.options = index.options;
      unique.comment = index.comment;
      unique.origin = index.origin;
      unique.parent = index.parent;
      table->second.uniques.push_back(std::move(unique));
      break;
    }
    case IndexRole::exclusion: {
      Exclusion exclusion;
      exclusion.name = name;
      exclusion.method = index.method;
      exclusion.parts = std::move(index.parts);
      exclusion.operators = std::move(request.operators);
      exclusion.include = index.include;
      exclusion.where = index.where;
      exclusion.deferrable = request.deferrable;
      exclusion.initially_deferred = request.initially_deferred;
      exclusion.options = index.options;
      exclusion.comment = index.comment;
      exclusion.origin = index.origin;
      table->second.exclusions.push_back(std::move(exclusion));
      break;
    }
  }
}

/// Ties an index of a partition, which is like the parent's, to it; false when there is none.
bool attach_alike(Catalog& catalog, const QualifiedName& partition, const IndexRequest& wanted,
                  const QualifiedName& parent_index) {
  Table& table = catalog.tables.at(partition);
  if (wanted.role == IndexRole::plain) {
    for (Index& index : table.indexes) {
      if (index.parent || !is_alike(wanted, request_of(index))) continue;
      index.parent = parent_index;
      return true;
    }
    // A plain index may also stand on the one behind a constraint.
    if (!wanted.index.unique) return false;
  }
  for (IndexRequest& own : index_requests(table)) {
    if (own.role == IndexRole::plain) continue;
    if (own.role == IndexRole::exclusion && wanted.role != IndexRole::exclusion) continue;
    // A primary key and a UNIQUE constraint stand for each other.
    own.role = wanted.role;
    if (!own.index.parent && is_alike(wanted, own)) {
      attach_index(table, own.index.name, parent_index);
      return true;
    }
  }
  return false;
}

void add_to_partition(Reader& reader, const QualifiedName& parent, const QualifiedName& partition,
                      IndexRequest request) {
  Catalog& catalog = reader.catalog;
  if (!catalog.tables.contains(partition)) return;
  const QualifiedName parent_index{parent.schema, request.index.name};
  if (attach_alike(catalog, partition, request, parent_index)) return;
  request.index.name.clear();
  request.index.comment.clear();
  request.index.parent = parent_index;
  request.index.only = false;
  add_index(reader, partition, std::move(request));
}

bool has_partitions(const Catalog& catalog, const QualifiedName& name) {
  const auto table = catalog.tables.find(name);
  return table != catalog.tables.end() && table->second.partitioning.has_value();
}

void set_order(IndexPart& part, const PgQuery__IndexElem& element) {
  part.descending = element.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST && !part.descending)
    part.nulls_first = true;
  if (element.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST && part.descending)
    part.nulls_first = false;
}

/// The tokens of an index part's expression: what its brackets hold, or a call up to its closing
/// bracket.
TokenRange expression_range(const SourceText& source, TokenRange part) {
  if (source.token(part.begin) == "(") {
    const std::size_t end = source.behind_bracket(part.begin);
    return {part.begin + 1, end - 1};
  }
  std::size_t i = part.begin;
  while (i < part.end && source.token(i) != "(") ++i;
  return {part.begin, std::min(source.behind_bracket(i), part.end)};
}

}  // namespace

void attach_index(Table& partition, const std::string& name, const QualifiedName& parent) {
  for_each_index(partition, [&](auto& index) {
    if (index.name == name) index.parent = parent;
  });
}

std::string operator_class(std::span<PgQuery__Node* const> name, std::string_view method) {
  const NameParts parts = name_parts(strings_of(name));
  if (parts.name.empty()) return {};
  const bool is_default =
      std::find(default_classes.begin(), default_classes.end(), parts.name) !=
          default_classes.end() ||
      (method == "brin" && parts.name.ends_with("_minmax_ops")) ||
      (method == "spgist" && (parts.name == "inet_ops" || parts.name == "quad_point_ops")) ||
      (parts.name == "inet_ops" && method != "gist");
  if (is_default) return {};
  const bool bare = parts.schema == "public" || parts.schema == "pg_catalog";
  return syntax::postgres_qualified_name(bare ? std::string() : parts.schema, parts.name);
}

std::vector<IndexPart> index_parts(Reader& reader, std::span<PgQuery__Node* const> elements,
                                   TokenRange range, std::vector<std::string>* names) {
  SourceText& source = reader.source();
  const std::vector<TokenRange> ranges = source.parts(range);
  std::vector<IndexPart> parts;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (elements[i]->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) continue;
    const PgQuery__IndexElem& element = *elements[i]->index_elem;
    IndexPart part;
    if (element.expr == nullptr) {
      part.expression = expression::column(std::string(view(element.name)));
      if (names != nullptr) names->emplace_back(view(element.name));
    } else {
      if (i < ranges.size())
        part.expression = reader.expression(expression_range(source, ranges[i]));
      std::string name = column_name_of(element.expr);
      if (names != nullptr) names->push_back(name.empty() ? "expr" : std::move(name));
    }
    const NameParts collation =
        name_parts(strings_of(nodes(element.n_collation, element.collation)));
    part.collation = reader.catalog.collation_name(collation.schema, collation.name);
    if (part.collation == "default") part.collation.clear();
    part.operator_class = operator_class(nodes(element.n_opclass, element.opclass), {});
    if (element.n_opclassopts > 0) {
      std::vector<std::string> assignments;
      for (const Option& option : options_of(nodes(element.n_opclassopts, element.opclassopts)))
        assignments.push_back(syntax::postgres_identifier(option.name) + "='" +
                              replace_all(option.value, "'", "''") + "'");
      part.operator_class =
          syntax::postgres_identifier(
              name_parts(strings_of(nodes(element.n_opclass, element.opclass))).name) +
          " (" + join(assignments, ", ") + ")";
    }
    set_order(part, element);
    parts.push_back(std::move(part));
  }
  return parts;
}

IndexRequest request_of(const Index& index) {
  IndexRequest request;
  request.index = index;
  request.names = part_columns(index.parts);
  request.names.insert(request.names.end(), index.include.begin(), index.include.end());
  return request;
}

std::vector<IndexRequest> index_requests(const Table& table) {
  std::vector<IndexRequest> requests;
  const auto add = [&](IndexRole role, const auto& key, std::vector<IndexPart> parts) {
    IndexRequest request;
    request.role = role;
    request.index.name = key.name;
    request.index.parts = std::move(parts);
    request.index.include = key.include;
    request.index.unique = role != IndexRole::exclusion;
    request.index.options = key.options;
    request.index.comment = key.comment;
    request.index.origin = key.origin;
    request.deferrable = key.deferrable;
    request.initially_deferred = key.initially_deferred;
    request.names = part_columns(request.index.parts);
    request.names.insert(request.names.end(), key.include.begin(), key.include.end());
    requests.push_back(std::move(request));
  };
  if (table.primary_key) {
    add(IndexRole::primary_key, *table.primary_key, column_parts(table.primary_key->columns));
    requests.back().index.parent = table.primary_key->parent;
  }
  for (const Unique& unique : table.uniques) {
    add(IndexRole::unique, unique, column_parts(unique.columns));
    requests.back().index.parent = unique.parent;
    requests.back().index.nulls_not_distinct = unique.nulls_not_distinct;
  }
  for (const Exclusion& exclusion : table.exclusions) {
    add(IndexRole::exclusion, exclusion, exclusion.parts);
    requests.back().index.method = exclusion.method;
    requests.back().index.where = exclusion.where;
    requests.back().operators = exclusion.operators;
  }
  for (const Index& index : table.indexes) requests.push_back(request_of(index));
  return requests;
}

void add_index(Reader& reader, const QualifiedName& owner, IndexRequest request) {
  Catalog& catalog = reader.catalog;
  if (request.index.name.empty()) request.index.name = choose_index_name(catalog, owner, request);
  const bool partitions = has_partitions(catalog, owner) && !request.only;
  request.index.only = request.only && has_partitions(catalog, owner);
  const IndexRequest made = request;
  store(reader, owner, std::move(request));
  if (!partitions) return;
  for (const QualifiedName& partition : catalog.children_of(owner))
    add_to_partition(reader, owner, partition, made);
}

void add_partition_indexes(Reader& reader, const QualifiedName& parent,
                           const QualifiedName& partition) {
  const auto found = reader.catalog.tables.find(parent);
  if (found == reader.catalog.tables.end()) return;
  for (IndexRequest& request : index_requests(found->second)) {
    if (request.role == IndexRole::exclusion) continue;
    add_to_partition(reader, parent, partition, std::move(request));
  }
}

IndexRequest index_of_constraint(Reader& reader, const PendingConstraint& pending) {
  const PgQuery__Constraint& constraint = *pending.node;
  SourceText& source = reader.source();
  IndexRequest request;
  request.index.name = std::string(view(constraint.conname));
  request.index.origin = reader.origin();
  request.index.unique = true;
  request.deferrable = pending.deferrable || pending.initially_deferred;
  request.initially_deferred = pending.initially_deferred;
  request.index.include = strings_of(nodes(constraint.n_including, constraint.including));
  request.index.options = options_of(nodes(constraint.n_options, constraint.options));
  if (!view(constraint.indexspace).empty())
    request.index.options.push_back({"tablespace", std::string(view(constraint.indexspace))});
  if (constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION) {
    request.role = IndexRole::exclusion;
    request.index.unique = false;
    request.index.method = std::string(view(constraint.access_method));
    if (request.index.method == "btree") request.index.method.clear();
    const std::size_t word = source.find(source.at(constraint.location), "exclude");
    const TokenRange inside = source.in_brackets(word);
    std::vector<PgQuery__Node*> elements;
    for (const PgQuery__Node* pair : nodes(constraint.n_exclusions, constraint.exclusions)) {
      if (pair->node_case != PG_QUERY__NODE__NODE_LIST || pair->list->n_items != 2) continue;
      elements.push_back(pair->list->items[0]);
      const NameParts name = name_parts(strings_of(pair->list->items[1]));
      request.operators.push_back(name.schema.empty() || name.schema == "pg_catalog"
                                      ? name.name
                                      : "OPERATOR(" + name.schema + "." + name.name + ")");
    }
    request.index.parts = index_parts(reader, elements, inside, &request.names);
    if (constraint.where_clause != nullptr) {
      const std::size_t where = source.find(inside.end + 1, "where");
      request.index.where = reader.expression(source.in_brackets(where));
    }
  } else {
    request.role = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY
                       ? IndexRole::primary_key
                       : IndexRole::unique;
    request.index.nulls_not_distinct = constraint.nulls_not_distinct != 0;
    request.names = strings_of(nodes(constraint.n_keys, constraint.keys));
    if (request.names.empty()) request.names.push_back(pending.column);
    request.index.parts = column_parts(request.names);
  }
  request.names.insert(request.names.end(), request.index.include.begin(),
                       request.index.include.end());
  return request;
}

void add_index_constraints(Reader& reader, const QualifiedName& table,
                           const std::vector<PendingConstraint>& pending, bool only) {
  std::vector<IndexRequest> requests;
  for (const PendingConstraint& constraint : pending)
    requests.push_back(index_of_constraint(reader, constraint));
  std::stable_partition(requests.begin(), requests.end(), [](const IndexRequest& request) {
    return request.role == IndexRole::primary_key;
  });
  // UNIQUE PRIMARY KEY makes one index, which takes the name of either (transformIndexConstraints).
  std::vector<IndexRequest> kept;
  for (IndexRequest& request : requests) {
    const auto prior = std::find_if(kept.begin(), kept.end(), [&](const IndexRequest& other) {
      return other.index.parts == request.index.parts &&
             other.index.include == request.index.include &&
             other.index.where == request.index.where && other.operators == request.operators &&
             other.index.method == request.index.method &&
             other.index.nulls_not_distinct == request.index.nulls_not_distinct &&
             other.deferrable == request.deferrable &&
             other.initially_deferred == request.initially_deferred;
    });
    if (prior == kept.end()) {
      kept.push_back(std::move(request));
    } else if (prior->index.name.empty()) {
      prior->index.name = request.index.name;
    }
  }
  for (IndexRequest& request : kept) {
    if (!request.index.name.empty() && !reader.is_free({table.schema, request.index.name}, false))
      continue;
    if (request.role == IndexRole::primary_key && reader.catalog.tables.at(table).primary_key) {
      reader.taken("primary key of", table.name);
      continue;
    }
    request.only = only;
    add_index(reader, table, std::move(request));
  }
}

void remove_index(Reader& reader, const QualifiedName& owner, const std::string& name) {
  Catalog& catalog = reader.catalog;
  const QualifiedName qualified{owner.schema, name};
  catalog.relations.erase(qualified);
  const auto called = [&](const auto& item) { return item.name == name; };
  const auto view = catalog.views.find(owner);
  if (view != catalog.views.end()) std::erase_if(view->second.indexes, called);
  const auto found = catalog.tables.find(owner);
  if (found == catalog.tables.end()) return;
  Table& table = found->second;
  bool constraint = false;
  if (table.primary_key && table.primary_key->name == name) {
    table.primary_key.reset();
    constraint = true;
  }
  constraint |= std::erase_if(table.uniques, called) > 0;
  constraint |= std::erase_if(table.exclusions, called) > 0;
  if (constraint) catalog.release_constraint(owner.schema, name);
  std::erase_if(table.indexes, called);
  if (table.replica_identity == name) table.replica_identity.clear();
  if (!table.partitioning) return;
  // The partitions' own go with it.
  for (const QualifiedName& child : catalog.children_of(owner)) {
    const auto partition = catalog.tables.find(child);
    if (partition == catalog.tables.end()) continue;
    std::vector<std::string> names;
    for_each_index(partition->second, [&](const auto& index) {
      if (index.parent == qualified) names.push_back(index.name);
    });
    for (const std::string& attached : names) remove_index(reader, child, attached);
  }
}

void create_index(Reader& reader, const PgQuery__IndexStmt& statement) {
  const auto owner = reader.existing(*statement.relation);
  const Relation* relation = owner ? reader.catalog.relation(*owner) : nullptr;
  if (relation == nullptr ||
      (relation->kind != RelationKind::table && relation->kind != RelationKind::view)) {
    reader.missing("table", view(statement.relation->relname));
    return;
  }
  IndexRequest request;
  Index& index = request.index;
  index.name = std::string(view(statement.idxname));
  if (!index.name.empty() &&
      !reader.is_free({owner->schema, index.name}, statement.if_not_exists != 0))
    return;
  index.origin = reader.origin();
  index.unique = statement.unique != 0;
  index.nulls_not_distinct = statement.nulls_not_distinct != 0;
  index.method = std::string(view(statement.access_method));
  if (index.method == "btree") index.method.clear();
  SourceText& source = reader.source();
  std::size_t list = source.at(statement.relation->location);
  while (list < source.size() && source.token(list) != "(") ++list;
  const TokenRange inside = source.in_brackets(list);
  index.parts = index_parts(reader, nodes(statement.n_index_params, statement.index_params), inside,
                            &request.names);
  for (const PgQuery__Node* node :
       nodes(statement.n_index_including_params, statement.index_including_params)) {
    if (node->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) continue;
    index.include.emplace_back(view(node->index_elem->name));
    request.names.push_back(index.include.back());
  }
  index.options = options_of(nodes(statement.n_options, statement.options));
  if (!view(statement.table_space).empty())
    index.options.push_back({"tablespace", std::string(view(statement.table_space))});
  if (statement.where_clause != nullptr) {
    const std::size_t where = source.find(inside.end + 1, "where");
    index.where = reader.expression({where + 1, source.size()});
  }
  request.only = statement.relation->inh == 0;
  add_index(reader, *owner, std::move(request));
}

}  // namespace relata::sql::postgres
