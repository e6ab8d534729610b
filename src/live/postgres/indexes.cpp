#include <algorithm>

#include "base/text.h"
#include "live/postgres/sql_words.h"
#include "live/postgres/steps.h"

namespace relata::live::postgres {

namespace {

// The columns of indexes_query(), in its order.
enum Field {
  index_oid,
  table_oid,
  name,
  is_unique,
  is_valid,
  is_clustered,
  is_replica_identity,
  nulls_not_distinct,
  key_count,
  columns,
  order_flags,
  collations,
  operator_classes,
  method,
  options,
  tablespace,
  predicate,
  is_partitioned,
  parent_schema,
  parent_name,
  expressions,
  definition,
};

// Bits of pg_index.indoption (src/include/catalog/pg_index.h).
constexpr std::int64_t descending_bit = 1;
constexpr std::int64_t nulls_first_bit = 2;

/// Empty for the default one; "name (siglen='32')" with parameters, as pg_get_indexdef() writes it.
std::string operator_class_of(Oid oid, std::pair<Oid, int> index_column, const Catalog& catalog) {
  const auto settings = catalog.index_columns.find(index_column);
  if (settings == catalog.index_columns.end() || settings->second.parameters.empty()) {
    return catalog.operator_class(oid);
  }
  std::vector<std::string> assignments;
  for (const Option& option : options_of(settings->second.parameters)) {
    assignments.push_back(syntax::postgres_identifier(option.name) + "='" +
                          replace_all(option.value, "'", "''") + "'");
  }
  return catalog.operator_classes.at(oid).name + " (" + join(assignments, ", ") + ")";
}

/// Walks along the text of pg_get_indexdef() to tell whether it names a collation behind a part.
class Definition {
 public:
  explicit Definition(std::string_view text) : text_(text) {}
  [[nodiscard]] bool names_collation(std::string_view part) {
    const std::size_t found = text_.find(part, at_);
    if (found == std::string_view::npos) return false;
    at_ = found + part.size();
    return text_.substr(at_).starts_with(" COLLATE ");
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Where the parenthesis at the beginning closes.
std::size_t closing_parenthesis(std::string_view text) {
  int depth = 0;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// Without the parentheses that pg_get_indexdef() puts around all but a plain function call.
std::string_view bare_expression(std::string_view text) {
  const bool wrapped = text.starts_with('(') && closing_parenthesis(text) == text.size() - 1;
  return wrapped ? text.substr(1, text.size() - 2) : text;
}

std::vector<IndexPart> parts_of(const Row& row, const Relation& relation, const Catalog& catalog) {
  const std::vector<std::int64_t> numbers = row.numbers(columns);
  const std::vector<std::int64_t> flags = row.numbers(order_flags);
  const std::vector<std::int64_t> collation_oids = row.numbers(collations);
  const std::vector<std::int64_t> classes = row.numbers(operator_classes);
  const std::vector<std::string> texts = row.texts(expressions);
  Definition whole(row.view(definition));
  std::vector<IndexPart> parts(static_cast<std::size_t>(row.integer(key_count)));
  for (std::size_t at = 0; at < parts.size(); ++at) {
    IndexPart& part = parts[at];
    const Oid collation = static_cast<Oid>(collation_oids[at]);
    bool own_collation = false;
    if (numbers[at] > 0) {
      const Attribute& column = relation.attributes[static_cast<std::size_t>(numbers[at])];
      part.expression = expression::column(column.name);
      own_collation = collation != 0 && collation != column.collation;
    } else if (at < texts.size()) {
      part.expression = sql_expression(std::string(bare_expression(texts[at])));
    }
    if (at < texts.size()) own_collation = whole.names_collation(texts[at]);
    if (own_collation) {
      const auto found = catalog.collations.find(collation);
      if (found != catalog.collations.end()) part.collation = found->second;
    }
    part.operator_class = operator_class_of(
        static_cast<Oid>(classes[at]), {row.oid(index_oid), static_cast<int>(at) + 1}, catalog);
    part.descending = (flags[at] & descending_bit) != 0;
    const bool nulls_first = (flags[at] & nulls_first_bit) != 0;
    if (nulls_first != part.descending) part.nulls_first = nulls_first;
  }
  return parts;
}

std::vector<std::string> include_of(const Row& row, const Relation& relation) {
  std::vector<std::string> names;
  const std::vector<std::int64_t> numbers = row.numbers(columns);
  for (std::size_t at = static_cast<std::size_t>(row.integer(key_count)); at < numbers.size();
       ++at) {
    names.push_back(relation.attribute(numbers[at]));
  }
  return names;
}

std::vector<Option> options_of_index(const Row& row, const Catalog& catalog) {
  std::vector<Option> made = options_of(row.texts(options));
  add_option(made, "tablespace", row.text(tablespace));
  const Oid oid = row.oid(index_oid);
  for (auto at = catalog.index_columns.lower_bound({oid, 0});
       at != catalog.index_columns.end() && at->first.first == oid; ++at) {
    add_option(made, "statistics " + std::to_string(at->first.second), at->second.statistics);
  }
  return made;
}

std::optional<Expression> predicate_of(const Row& row) {
  if (row.is_null(predicate)) return {};
  return sql_expression(row.text(predicate));
}

std::string method_of(const Row& row) {
  const std::string word = row.text(method);
  return word == "btree" ? "" : word;
}

/// What an index of a partition is attached to.
std::optional<QualifiedName> parent_of(const Row& row) {
  if (row.is_null(parent_name)) return {};
  return QualifiedName{row.text(parent_schema), row.text(parent_name)};
}

/// The index behind a primary key, UNIQUE or EXCLUDE gives them what pg_constraint does not have.
void complete_constraint(const Row& row, const Relation& relation, const IndexedConstraint& behind,
                         Catalog& catalog) {
  Table& table = catalog.schema.tables[behind.table];
  std::vector<Option> settings = options_of_index(row, catalog);
  if (row.flag(is_clustered)) settings.push_back({"clustered", {}});
  add_option(settings, "index comment", catalog.comment(CatalogId::relation, row.oid(index_oid)));
  if (behind.kind == 'p') {
    table.primary_key->parent = parent_of(row);
    table.primary_key->include = include_of(row, relation);
    table.primary_key->options = std::move(settings);
  } else if (behind.kind == 'u') {
    Unique& unique = table.uniques[behind.place];
    unique.parent = parent_of(row);
    unique.include = include_of(row, relation);
    unique.nulls_not_distinct = row.flag(nulls_not_distinct);
    unique.options = std::move(settings);
  } else {
    Exclusion& exclusion = table.exclusions[behind.place];
    exclusion.method = method_of(row);
    exclusion.parts = parts_of(row, relation, catalog);
    exclusion.include = include_of(row, relation);
    exclusion.where = predicate_of(row);
    exclusion.options = std::move(settings);
  }
}

Index index_of(const Row& row, const Relation& relation, const Catalog& catalog) {
  Index index;
  index.name = row.text(name);
  index.parts = parts_of(row, relation, catalog);
  index.unique = row.flag(is_unique);
  index.method = method_of(row);
  index.where = predicate_of(row);
  index.include = include_of(row, relation);
  index.nulls_not_distinct = row.flag(nulls_not_distinct);
  // That of a partitioned table is valid once each partition has one; before, it was made ON ONLY.
  index.only = row.flag(is_partitioned) && !row.flag(is_valid);
  index.valid = row.flag(is_valid) || index.only;
  index.clustered = row.flag(is_clustered);
  index.parent = parent_of(row);
  index.options = options_of_index(row, catalog);
  index.comment = catalog.comment(CatalogId::relation, row.oid(index_oid));
  return index;
}

}  // namespace

std::string index_columns_query(int) {
  return R"(
SELECT a.attrelid, a.attnum, a.attoptions, CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE (a.attoptions IS NOT NULL OR a.attstattarget >= 0) AND c.relkind IN ('i', 'I'))";
}

void read_index_columns(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    catalog.index_columns[{row.oid(0), row.integer(1)}] = {row.texts(2), row.text(3)};
  }
}

/// Expressions, and the whole definition for their collations, only where an index has any.
std::string indexes_query(int major) {
  return R"(
SELECT i.indexrelid, i.indrelid, c.relname, i.indisunique, i.indisvalid, i.indisclustered,
       i.indisreplident, )" +
         std::string(major >= 15 ? "i.indnullsnotdistinct" : "false") + R"(,
       i.indnkeyatts, i.indkey, i.indoption, i.indcollation, i.indclass, m.amname, c.reloptions,
       s.spcname, pg_get_expr(i.indpred, i.indrelid), c.relkind = 'I',
       NULLIF(parent_namespace.nspname, 'public'), parent.relname,
       CASE WHEN i.indexprs IS NOT NULL THEN ARRAY(
         SELECT pg_get_indexdef(i.indexrelid, number, false)
         FROM generate_series(1, i.indnkeyatts::int4) AS number ORDER BY number) END,
       CASE WHEN i.indexprs IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END
FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am m ON m.oid = c.relam
LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
LEFT JOIN pg_inherits h ON h.inhrelid = i.indexrelid
LEFT JOIN pg_class parent ON parent.oid = h.inhparent
LEFT JOIN pg_namespace parent_namespace ON parent_namespace.oid = parent.relnamespace
WHERE c.relpersistence <> 't' AND )" +
         in_user_namespace("c.relnamespace") + "\nORDER BY i.indexrelid";
}

void read_indexes(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    const Relation* relation = catalog.relation(row.oid(table_oid));
    if (relation == nullptr || !relation->ours()) continue;
    if (row.flag(is_replica_identity)) {
      if (Table* table = catalog.table(row.oid(table_oid))) {
        table->replica_identity = row.text(name);
      }
    }
    if (const auto behind = catalog.indexed_constraints.find(row.oid(index_oid));
        behind != catalog.indexed_constraints.end()) {
      complete_constraint(row, *relation, behind->second, catalog);
    } else if (Table* table = catalog.table(row.oid(table_oid))) {
      table->indexes.push_back(index_of(row, *relation, catalog));
    } else if (View* view = catalog.view(row.oid(table_oid))) {
      view->indexes.push_back(index_of(row, *relation, catalog));
    }
  }
}

}  // namespace relata::live::postgres
