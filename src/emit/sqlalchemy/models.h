#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "emit/code/names.h"
#include "emit/output.h"
#include "emit/sqlalchemy/column_types.h"
#include "emit/sqlalchemy/imports.h"
#include "emit/sqlalchemy/python_code.h"

namespace relata::emit::sqlalchemy {

/// Whether a table is made by the models. Partitions and foreign tables are not: SQLAlchemy cannot
/// say them.
[[nodiscard]] bool is_modelled(const Table& table);
/// Whether it is a class: the others have no primary key, and are Table objects.
[[nodiscard]] bool is_class(const Table& table);
/// What of a table stands in the first migration alone, for people: "trigger touch".
[[nodiscard]] std::vector<std::string> only_in_database(const Table& table);

/// Writes models.py: a declarative class a table.
class ModelFile {
 public:
  explicit ModelFile(const TargetInput& input);

  std::string write();

 private:
  struct ColumnPlan {
    ColumnCode code;
    std::string alias;  ///< Of its closed set of values; empty: none.
  };

  // models.cpp: the whole.
  void plan_named_types();
  void plan_columns();
  void take_wish(const Table& table, const Column& column, ColumnPlan& plan);
  void choose_annotated_types();
  void write_base();
  void write_sequences();
  void write_named_types();
  [[nodiscard]] std::string only_in_database_comment(const Table& table, std::size_t level) const;
  std::string network_aliases();
  void write_aliases(std::size_t table);
  void write_table(std::size_t table);
  void write_class(std::size_t table);
  void write_table_object(std::size_t table);
  void write_hostile_keys();
  void write_views();
  void write_foreign_tables();
  [[nodiscard]] std::string header() const;
  std::string new_name(const std::string& wish);

  // model_columns.cpp
  [[nodiscard]] std::string column_line(std::size_t table, std::size_t column);
  [[nodiscard]] std::vector<Code> column_items(std::size_t table, std::size_t column,
                                               bool in_class);
  [[nodiscard]] Code type_code(const ColumnPlan& plan, const Column& column) const;
  [[nodiscard]] bool is_annotated(const ColumnPlan& plan) const;
  [[nodiscard]] bool has_type_of_referenced(const Table& table, const Column& column,
                                            const ColumnPlan& plan) const;
  [[nodiscard]] Code server_default(const Column& column) const;
  [[nodiscard]] bool is_numbered_anyway(const Table& table, const Column& column) const;

  // model_constraints.cpp
  [[nodiscard]] std::vector<Code> table_constraints(const Table& table) const;
  [[nodiscard]] std::vector<Code> table_settings(const Table& table) const;
  [[nodiscard]] Code foreign_key(const ForeignKey& key, bool inline_key) const;
  [[nodiscard]] bool is_with_column(const Check& check) const;
  [[nodiscard]] bool has_inline_key(const Table& table) const;
  [[nodiscard]] bool is_said_inline(const ForeignKey& key) const;
  /// Whether SQLAlchemy's strings cannot name what the key refers to.
  [[nodiscard]] bool is_hostile(const ForeignKey& key) const;
  [[nodiscard]] bool is_known(const ForeignKey& key) const;
  [[nodiscard]] Code index(const Table& table, const Index& index) const;
  [[nodiscard]] Code exclusion(const Exclusion& exclusion) const;
  [[nodiscard]] std::string index_part(const IndexPart& part) const;
  [[nodiscard]] std::string sql(const Expression& expression) const;

  // model_relations.cpp
  void plan_relations();
  [[nodiscard]] std::string relation_lines(std::size_t table);
  [[nodiscard]] std::string forward_line(std::size_t relation);
  [[nodiscard]] std::string backward_line(std::size_t relation);
  [[nodiscard]] std::vector<std::string> overlaps(std::size_t relation) const;

  const TargetInput& input_;
  Schema resolved_;  ///< [sqlite] With every foreign key as it is meant.
  const Schema& schema_;
  CodeNames names_;
  SchemaIndex places_;
  std::string out_;
  Imports imports_;
  NamedTypes named_;
  std::unordered_set<std::string> taken_;
  std::vector<std::vector<ColumnPlan>> columns_;
  /// Python types to the SQLAlchemy type that a column without one has.
  std::unordered_map<std::string, std::string> annotated_;
  std::vector<std::pair<std::string, std::string>> annotation_map_;  ///< What the file says of it.
  std::vector<bool> related_;  ///< Of each relation: whether it is written.
  std::unordered_map<std::string, std::vector<std::size_t>> writers_;  ///< Of a column: relations.
  std::set<std::pair<const Table*, std::string_view>> serial_;
  std::unordered_map<std::string, std::vector<std::string>> partitions_;  ///< By their parent.
  std::unordered_map<std::string, std::vector<std::string>> owned_;       ///< Sequences by table.
  bool names_all_keys_ = true;  ///< Every constraint has a name, so that a convention is safe.
  std::unordered_map<std::string, bool> uses_;  ///< Names that are written only where used.
  bool needs_database_type_ = false;
};

}  // namespace relata::emit::sqlalchemy
