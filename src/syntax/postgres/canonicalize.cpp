#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/schema.h"
#include "syntax/postgres/analyzer.h"
#include "syntax/postgres/create_statements.h"
#include "syntax/postgres/large_stack.h"
#include "syntax/postgres/meaning.h"
#include "syntax/postgres/tree.h"
#include "syntax/postgres/trivial.h"
#include "syntax/postgres/type_rules.h"

namespace relata::syntax {

void canonicalize_postgres(Schema& schema);
void complete_postgres(Schema& schema);

namespace postgres {
namespace {

/// Calls `visit(expression)` on every expression of the table, view index or the like.
template <class Visit>
void for_each_part(std::vector<IndexPart>& parts, const Visit& visit) {
  for (IndexPart& part : parts) visit(part.expression, std::string_view());
}

template <class Visit>
void for_each_index(std::vector<Index>& indexes, const Visit& visit) {
  for (Index& index : indexes) {
    for_each_part(index.parts, visit);
    if (index.where) visit(*index.where, "boolean");
  }
}

/// Calls `visit(expression, type)` on every expression of the table; the type is that of the value
/// which it is used for, empty: any.
template <class Visit>
void for_each_expression(Table& table, const Visit& visit) {
  for (Column& column : table.columns) {
    if (column.default_value) visit(*column.default_value, column.type.spelling);
    if (column.generated) visit(column.generated->expression, column.type.spelling);
  }
  for (Check& check : table.checks) visit(check.expression, "boolean");
  for_each_index(table.indexes, visit);
  for (Exclusion& exclusion : table.exclusions) {
    for_each_part(exclusion.parts, visit);
    if (exclusion.where) visit(*exclusion.where, "boolean");
  }
  for (Policy& policy : table.policies) {
    if (policy.using_rows) visit(*policy.using_rows, "boolean");
    if (policy.with_check) visit(*policy.with_check, "boolean");
  }
  if (table.partitioning) for_each_part(table.partitioning->parts, visit);
}

template <class Visit>
void for_each_expression(Domain& domain, const Visit& visit) {
  if (domain.default_value) visit(*domain.default_value, domain.type.spelling);
  for (Check& check : domain.checks) visit(check.expression, "boolean");
}

/// A domain's value can be named in its checks.
Scope domain_scope(TypeName type) {
  Scope scope;
  scope.visible.push_back({"value", make_term(Term::Kind::current, "VALUE", std::move(type))});
  return scope;
}

class Canonicalizer : private Analyzer::ViewColumns {
 public:
  explicit Canonicalizer(Schema& schema) : schema_(schema), catalog_(schema) {}

  void run() {
    parse_all();
    for (Routine& routine : schema_.routines) {
      Analyzer analyzer = analyzer_in(routine.schema);
      routine.sql.canonical = canonical_routine(analyzer, catalog_, routine);
    }
    for (Domain& domain : schema_.domains) {
      fill(domain, domain.schema,
           domain_scope(catalog_.base_of(without_modifiers(domain.type.spelling))));
    }
    for (View& view : schema_.views) fill_view(view);
    for (Table& table : schema_.tables) fill_table(table);
    for (OtherObject& object : schema_.others) {
      Analyzer analyzer = analyzer_in(object.schema);
      object.sql.canonical = canonical_statement(analyzer, object.sql.text);
    }
  }

  /// Names the columns that a comment on a view's column is about.
  void name_commented_columns() {
    for (View& view : schema_.views) {
      if (!view.column_comments.empty()) name_columns(view, this->columns_of(view));
    }
  }

 private:
  Analyzer analyzer_in(const std::string& schema) {
    Analyzer analyzer(catalog_, schema);
    analyzer.ask_for_views(this);
    return analyzer;
  }

  /// Equal texts are parsed once, whatever they belong to.
  void parse_all() {
    const auto collect = [&](const Expression& expression, std::string_view) {
      if (expression.operation != Operation::sql) return;
      if (trivial_term(expression.text)) return;
      const auto [place, is_new] = places_.try_emplace(expression.text, texts_.size());
      if (is_new) texts_.push_back(place->first);
    };
    for (Table& table : schema_.tables) for_each_expression(table, collect);
    for (Domain& domain : schema_.domains) for_each_expression(domain, collect);
    for (View& view : schema_.views) for_each_index(view.indexes, collect);
    parsed_ = parse_expressions(texts_);
  }

  void fill_expression(Expression& expression, Analyzer& analyzer, const Scope& scope,
                       std::string_view type) {
    if (expression.operation != Operation::sql) return;
    std::optional<Term> term = trivial_term(expression.text);
    if (!term) {
      const PgQuery__Node* node = parsed_.nodes[places_.at(expression.text)];
      if (node == nullptr) return;
      term = analyzer.expression(node, scope);
    }
    analyzer.give_type(*term, without_modifiers(type));
    expression.canonical = print(*term);
    expression.arguments.clear();
    if (std::optional<Expression> meaning = neutral_meaning(*term))
      expression.arguments.push_back(*std::move(meaning));
  }

  template <class Object>
  void fill(Object& object, const std::string& home, const Scope& scope) {
    Analyzer analyzer = analyzer_in(home);
    for_each_expression(object, [&](Expression& expression, std::string_view type) {
      fill_expression(expression, analyzer, scope, type);
    });
  }

  void fill_triggers(std::vector<Trigger>& triggers, const std::string& home,
                     const std::vector<OutputColumn>& columns) {
    for (Trigger& trigger : triggers) {
      auto* body = std::get_if<TriggerBody>(&trigger.purpose);
      if (body == nullptr) continue;
      Analyzer analyzer = analyzer_in(home);
      body->canonical = canonical_trigger(analyzer, body->sql, columns);
    }
  }

  void fill_rules(std::vector<Rule>& rules, const std::string& home,
                  const std::vector<OutputColumn>& columns) {
    for (Rule& rule : rules) {
      Analyzer analyzer = analyzer_in(home);
      rule.sql.canonical = canonical_rule(analyzer, rule.sql.text, columns);
    }
  }

  void fill_table(Table& table) {
    const std::vector<OutputColumn> columns = postgres::columns_of(table);
    fill(table, table.schema, table_scope(table.name, columns));
    fill_triggers(table.triggers, table.schema, columns);
    fill_rules(table.rules, table.schema, columns);
    if (table.partition_of) fill_bound(table);
  }

  void fill_bound(Table& table) {
    PartitionOf& partition = *table.partition_of;
    std::vector<TypeName> types;
    const KnownRelation* parent =
        catalog_.relation(table.schema, partition.parent.schema, partition.parent.name);
    if (parent != nullptr && parent->table != nullptr && parent->table->partitioning) {
      for (const IndexPart& part : parent->table->partitioning->parts) {
        const Column* column = parent->table->find_column(part.expression.text);
        types.push_back(column == nullptr
                            ? TypeName()
                            : catalog_.base_of(without_modifiers(column->type.spelling)));
      }
    }
    Analyzer analyzer = analyzer_in(table.schema);
    partition.bound.canonical = canonical_bound(analyzer, partition.bound.text, types);
  }

  static void name_columns(View& view, const Query& query) {
    if (!view.columns.empty() || !query.known) return;
    for (const OutputColumn& column : query.columns) view.columns.push_back(column.name);
  }

  void fill_view(View& view) {
    const Query& query = this->columns_of(view);
    view.canonical = query.text;
    name_columns(view, query);
    Analyzer analyzer = analyzer_in(view.schema);
    const Scope scope = table_scope(view.name, query.columns);
    for_each_index(view.indexes, [&](Expression& expression, std::string_view type) {
      fill_expression(expression, analyzer, scope, type);
    });
    fill_triggers(view.triggers, view.schema, query.columns);
    fill_rules(view.rules, view.schema, query.columns);
  }

  const Query& columns_of(const View& view) override {
    const auto [known, is_new] = views_.try_emplace(&view);
    if (!is_new) return known->second;
    // A view that refers to itself, by way of others, finds nothing here yet.
    known->second.known = false;
    const Tree tree = parse(view.sql);
    if (tree.statement() == nullptr) return known->second;
    Analyzer analyzer = analyzer_in(view.schema);
    Query query = analyzer.query(tree.statement(), nullptr, false);
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
      if (i >= query.columns.size()) query.columns.emplace_back();
      query.columns[i].name = view.columns[i];
    }
    if (!view.columns.empty()) query.known = true;
    Query& kept = views_[&view];
    kept = std::move(query);
    return kept;
  }

  Schema& schema_;
  Catalog catalog_;
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<std::string_view> texts_;
  ParsedExpressions parsed_;
  std::unordered_map<const View*, Query> views_;
};

}  // namespace
}  // namespace postgres

void canonicalize_postgres(Schema& schema) {
  with_large_stack([&] { postgres::Canonicalizer(schema).run(); });
}

/// What a Schema that was read from PostgreSQL's SQL lacks for being written in it again: the names
/// of view columns that have comments. See canonicalize().
void complete_postgres(Schema& schema) {
  const auto has_comments = [](const View& view) { return !view.column_comments.empty(); };
  if (std::none_of(schema.views.begin(), schema.views.end(), has_comments)) return;
  with_large_stack([&] { postgres::Canonicalizer(schema).name_commented_columns(); });
}

}  // namespace relata::syntax
