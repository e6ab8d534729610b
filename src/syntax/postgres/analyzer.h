#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/postgres/catalog.h"
#include "syntax/postgres/term.h"

namespace relata::syntax::postgres {

/// A table, view, function or sub-select that names can refer to.
struct Relation {
  std::string alias;
  std::string id;  ///< What stands for it in a Term: "#1", by its place and not by its alias.
  std::vector<OutputColumn> columns;
  bool known = true;  ///< Whether `columns` are all that it has.
  bool function = false;
};

/// A name that needs no qualification, and what it stands for.
struct VisibleColumn {
  std::string name;
  Term term;
};

struct CommonTable {
  std::string name;
  std::vector<OutputColumn> columns;
  bool known = true;
};

/// What names mean at one place: the relations of a query, behind them those around it.
struct Scope {
  const Scope* outer = nullptr;
  std::vector<Relation> relations;
  std::vector<VisibleColumn> visible;
  std::vector<CommonTable> common_tables;
};

/// A query in its one spelling, and the columns that it gives.
struct Query {
  std::string text;
  std::vector<OutputColumn> columns;
  bool known = true;  ///< False: `columns` lacks those of a relation that nothing is known of.
};

/// A scope with the columns of one table, which need no qualification.
[[nodiscard]] Scope table_scope(std::string_view alias, std::vector<OutputColumn> columns);
/// The same, where the columns are always qualified by `id`.
[[nodiscard]] Relation named_relation(std::string_view alias, std::string_view id,
                                      std::vector<OutputColumn> columns, bool known);

/// What PostgreSQL's parser does behind the grammar, as far as it shows in the text that the server
/// gives back: names are resolved, literals get the type of their surroundings, and casts that only
/// the server adds are taken off again.
/// https://www.postgresql.org/docs/current/typeconv.html
class Analyzer {
 public:
  /// `home`: the namespace in which unqualified names are looked up first.
  Analyzer(Catalog& catalog, std::string home) : catalog_(catalog), home_(std::move(home)) {}

  [[nodiscard]] Term expression(const PgQuery__Node* node, const Scope& scope);
  /// The expression as the value of a column of that type.
  [[nodiscard]] Term value_for(const PgQuery__Node* node, const Scope& scope,
                               std::string_view type);
  /// Makes the term a value of the type, where it has none of its own.
  void give_type(Term& term, std::string_view type) const;
  /// SELECT, VALUES, INSERT, UPDATE or DELETE. `named`: whether the names of its columns are part
  /// of its meaning.
  [[nodiscard]] Query query(const PgQuery__Node* node, const Scope* outer, bool named);
  [[nodiscard]] std::string type_text(const PgQuery__TypeName& type);
  /// The relation's name with its namespace, the default left out.
  [[nodiscard]] std::string relation_name(const PgQuery__RangeVar& relation);
  /// The function's name with its namespace, where that is one of the schema's own.
  [[nodiscard]] std::string function_name(std::string_view schema, std::string_view name) const;
  /// Any node: by its own rule where there is one, else member for member.
  [[nodiscard]] std::string any_node(const PgQuery__Node* node, const Scope& scope);
  [[nodiscard]] std::string any_message(const ProtobufCMessage& message, const Scope& scope);

  /// Gives a literal the type, and its value that type's spelling.
  void resolve(Term& term, std::string_view type) const;
  /// The term with an operator's or function's casts taken off.
  [[nodiscard]] Term without_implicit_casts(Term term) const;

  // View columns come from other views: who walks the views answers.
  struct ViewColumns {
    virtual ~ViewColumns() = default;
    /// The query of a view with its columns resolved.
    virtual const Query& columns_of(const View& view) = 0;
  };
  void ask_for_views(ViewColumns* views) { views_ = views; }

 private:
  using Terms = std::vector<Term>;
  using Nodes = PgQuery__Node* const*;

  // expression.cpp
  Term constant(const PgQuery__AConst& constant) const;
  Term type_cast(const PgQuery__TypeCast& cast, const Scope& scope);
  Term cast_to(Term term, const PgQuery__TypeName& type);
  /// The columns of a composite type or of a table's own type; none: it is no such type.
  std::vector<OutputColumn> columns_of_type(const TypeName& type) const;
  /// Gives the parts of ROW(...) the types that they have as a value of the type.
  void give_row_types(Term& row, const TypeName& type) const;
  Term boolean(const PgQuery__BoolExpr& expression, const Scope& scope);
  Term choice(const PgQuery__CaseExpr& expression, const Scope& scope);
  Term array_of(const PgQuery__AArrayExpr& array, const Scope& scope);
  Term indirection(const PgQuery__AIndirection& indirection, const Scope& scope);
  Term current(const PgQuery__SQLValueFunction& function) const;
  Terms expressions(Nodes nodes, std::size_t count, const Scope& scope);
  /// Brings the terms to the type that the server finds for all of them, which it gives back.
  TypeName unify(Terms& terms, std::size_t first = 0, std::size_t step = 1) const;

  // operators.cpp
  Term operation(const PgQuery__AExpr& expression, const Scope& scope);
  Term binary(const std::string& name, Term left, Term right) const;
  Term unary(const std::string& name, Term operand) const;
  Term quantified(Term::Kind kind, const std::string& name, Term left, Term right) const;
  Term in_list(const PgQuery__AExpr& expression, const Scope& scope);
  Term between(const PgQuery__AExpr& expression, const Scope& scope);
  Term row_comparison(const std::string& name, const Term& left, const Term& right) const;
  Term compare(const std::string& name, Term left, Term right) const;

  // names.cpp
  Term column_reference(const PgQuery__ColumnRef& reference, const Scope& scope) const;
  std::optional<Term> unqualified(const std::string& name, const Scope& scope) const;
  static Term whole_row(const Relation& relation);
  static Term column_of(const Relation& relation, const std::string& name);

  // calls.cpp
  void name_sequence(Term& term) const;
  Term call(const PgQuery__FuncCall& call, const Scope& scope);
  TypeName call_type(const std::string& schema, const std::string& name,
                     const Terms& arguments) const;
  std::string window(const PgQuery__WindowDef& window, const Scope& scope);
  std::string sort_list(Nodes nodes, std::size_t count, const Scope& scope);
  std::string sort_suffix(const PgQuery__SortBy& sort) const;
  Term sub_link(const PgQuery__SubLink& link, const Scope& scope);

  // query.cpp
  struct SelectItem {
    std::string name;
    Term term;
    std::string text;
  };
  Query select(const PgQuery__SelectStmt& select, const Scope* outer, bool named);
  Query set_operation(const PgQuery__SelectStmt& select, const Scope& scope, bool named);
  Query values(const PgQuery__SelectStmt& select, const Scope& scope);
  Query plain_select(const PgQuery__SelectStmt& select, Scope& scope, bool named);
  std::string with_clause(const PgQuery__WithClause* with, Scope& scope);
  std::vector<SelectItem> select_items(Nodes nodes, std::size_t count, const Scope& scope,
                                       bool& known);
  bool expand_row(const PgQuery__AIndirection& row, const Scope& scope,
                  std::vector<SelectItem>& items);
  void expand_star(const PgQuery__ColumnRef& reference, const Scope& scope,
                   std::vector<SelectItem>& items, bool& known) const;
  std::string group_item(const PgQuery__Node* node, const Scope& scope,
                         const std::vector<SelectItem>& items);
  std::string order_item(const PgQuery__Node* node, const Scope& scope,
                         const std::vector<SelectItem>& items, bool by_position);
  std::string order_clause(Nodes nodes, std::size_t count, const Scope& scope,
                           const std::vector<SelectItem>& items, bool by_position);
  std::string tail(const PgQuery__SelectStmt& select, const Scope& scope);

  // from.cpp
  std::string from_clause(Nodes nodes, std::size_t count, Scope& scope);
  std::string from_item(const PgQuery__Node* node, Scope& scope,
                        std::vector<VisibleColumn>& visible);
  std::string from_relation(const PgQuery__RangeVar& relation, Scope& scope,
                            std::vector<VisibleColumn>& visible);
  std::string from_query(const PgQuery__RangeSubselect& query, Scope& scope,
                         std::vector<VisibleColumn>& visible);
  std::string from_function(const PgQuery__RangeFunction& function, Scope& scope,
                            std::vector<VisibleColumn>& visible);
  std::string from_join(const PgQuery__JoinExpr& join, Scope& scope,
                        std::vector<VisibleColumn>& visible);
  void add_relation(Relation relation, Scope& scope, std::vector<VisibleColumn>& visible);
  static void rename_columns(Relation& relation, const PgQuery__Alias* alias);
  std::string next_id() { return "#" + std::to_string(++relations_); }

  // dml.cpp
  Query insert(const PgQuery__InsertStmt& statement, const Scope* outer);
  Query update(const PgQuery__UpdateStmt& statement, const Scope* outer);
  Query remove(const PgQuery__DeleteStmt& statement, const Scope* outer);
  std::string target_table(const PgQuery__RangeVar& relation, Scope& scope);
  std::string assignments(Nodes nodes, std::size_t count, const Scope& scope);
  void add_returning(Nodes nodes, std::size_t count, const Scope& scope, Query& query);

  Catalog& catalog_;
  std::string home_;
  ViewColumns* views_ = nullptr;
  int relations_ = 0;
  bool literals_have_types_ = true;  ///< Of the SELECT list that comes next.
};

/// The name that a column of a SELECT list has when none is given (FigureColname()).
[[nodiscard]] std::string implied_column_name(const PgQuery__Node* node);

}  // namespace relata::syntax::postgres
