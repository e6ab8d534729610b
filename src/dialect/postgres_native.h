#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/printer.h"
#include "dialect/postgres.h"
#include "dialect/postgres_native_plan.h"
#include "model/questions.h"

namespace relata {

/// Prints a schema that was read from PostgreSQL, so that loading it gives the same catalog.
///
/// Texts of the schema are printed as they were written, and may name things without a namespace.
/// Where a file had set a search path other than public alone, its reader gives it as the schema's
/// Option{"search_path", "music, public"}: what SET search_path takes, all that the file set one
/// after the other, in the order of their first use. The script then sets it as well, for each
/// object with the object's own namespace in front.
///
/// Internal to this folder; its parts stand in the postgres_native_*.cpp files, each by what it
/// prints.
class NativeWriter {
 public:
  /// The sequences in `apart` are not taken for a serial column's, and the partitions in it are
  /// made as tables of their own before they are attached.
  NativeWriter(const PostgresDialect& dialect, const Schema& schema, DiagnosticSink& sink,
               const std::set<QualifiedName>& apart = {});

  std::string run();

 private:
  friend class NativeDropper;  // Takes down what this makes, by the same plan and names.
  friend class NativePieces;   // Takes it apart.

  // postgres_native.cpp: the whole, and what all parts share.
  void print_start();
  void print_items();
  void print_last();
  void statement(std::string_view text);
  /// A heading, unless what was printed before has the same one.
  void section(const std::string& title);
  /// Makes names without a namespace be looked for in this one first, where the texts want it.
  void look_in(const std::string& space);
  [[nodiscard]] std::string name(std::string_view space, std::string_view name) const;
  [[nodiscard]] std::string name(const Table& table) const {
    return name(table.schema, table.name);
  }
  [[nodiscard]] std::string name(const View& view) const { return name(view.schema, view.name); }
  [[nodiscard]] std::string name(const QualifiedName& of) const { return name(of.schema, of.name); }
  [[nodiscard]] std::string identifier(std::string_view name) const {
    return dialect_.identifier(name);
  }
  [[nodiscard]] std::string literal(std::string_view value) const {
    return dialect_.string_literal(value);
  }
  [[nodiscard]] std::string type(const Type& type) const;
  [[nodiscard]] std::string text(const Expression& expression) const;
  [[nodiscard]] std::string collation(std::string_view name) const;

  // postgres_native_types.cpp
  void print_namespaces();
  void print_extensions();
  void print(const Enumeration& enumeration);
  void print(const Domain& domain);
  void print(const CompositeType& composite);
  void print(const Sequence& sequence);
  [[nodiscard]] static std::string sequence_options(const SequenceOptions& options);

  // postgres_native_tables.cpp
  void print(const TableItem& item);
  void print_create(const TableItem& item, const std::vector<std::string>& lines);
  void print_after_create(const TableItem& item);
  [[nodiscard]] std::vector<std::string> table_lines(const TableItem& item);
  /// CREATE TABLE makes one index, and forgets the other name, where two keys have the same columns
  /// (transformIndexConstraints() in src/backend/parser/parse_utilcmd.c).
  [[nodiscard]] static bool is_redundant(const Table& table, const Unique& unique);
  [[nodiscard]] ColumnLine column_line(const TableItem& item, std::size_t place) const;
  [[nodiscard]] std::string column_rest(const TableItem& item, std::size_t place) const;
  [[nodiscard]] std::string table_options(const Table& table) const;
  [[nodiscard]] std::string partition_key(const Table& table) const;
  void print_column_settings(const Table& table, const Column& column);
  void print_owned_sequences(const Table& table);
  [[nodiscard]] std::string owned_by(const Sequence& sequence) const;
  void print_table_settings(const Table& table);

  // postgres_native_inheritance.cpp
  /// How a table came to its columns.
  enum class Ancestry { none, typed, inherits, attached, partition_of };
  [[nodiscard]] Ancestry ancestry(const Table& table) const;
  [[nodiscard]] bool can_be_made_as_partition(const Table& table, const Table& parent) const;
  [[nodiscard]] bool has_columns_of_parents(const Table& table) const;
  /// Whether a column stands in the CREATE TABLE.
  [[nodiscard]] bool is_listed(const Table& table, const Column& column) const;
  [[nodiscard]] bool is_made_by_parent(const Table& table, const Unique& unique) const;
  [[nodiscard]] bool has_parents_key(const Table& table) const;
  [[nodiscard]] bool is_made_with(const Table& table,
                                  const std::optional<QualifiedName>& whole) const;
  [[nodiscard]] bool is_made_by_parent(const Table& table, const Index& index) const;
  [[nodiscard]] const Column* parent_column(const Table& table, const Column& column) const;
  [[nodiscard]] std::string attachment(const Table& table) const;
  void print_attachment(const Table& table);
  void print_inherited_differences(const TableItem& item);
  void print_partition_indexes();
  [[nodiscard]] static bool is_key_part(const Table& table, std::string_view column);

  // postgres_native_constraints.cpp
  [[nodiscard]] std::string constraint(const PrimaryKey& key) const;
  [[nodiscard]] std::string constraint(const Unique& unique) const;
  [[nodiscard]] std::string constraint(const Check& check) const;
  [[nodiscard]] std::string constraint(const Exclusion& exclusion) const;
  [[nodiscard]] std::string constraint(const ForeignKey& key) const;
  [[nodiscard]] std::string part_constraint(const Table& table, const TablePart& part) const;
  [[nodiscard]] bool stands_in_create(const TableItem& item, const TablePart& part) const;
  [[nodiscard]] bool is_inherited(const Table& table, const TablePart& part) const;
  [[nodiscard]] std::string index_part(const IndexPart& part) const;
  void print_index(const std::string& relation, const Index& index, bool only);
  void print_indexes(const TableItem& item);
  void print_index_statistics(const std::string& space, const Index& index);
  void add_part(const TableItem& item, const TablePart& part);
  void print_later_parts();

  // postgres_native_code.cpp
  void print(const Routine& routine);
  void print(const OtherObject& object);
  void print(const View& view);
  void print(const TriggerItem& item);
  void print(const RuleItem& item);
  void print_enabled(const Table& table, std::string_view kind, std::string_view name,
                     std::string_view enabled);

  // postgres_native_security.cpp
  void print(const PolicyItem& item);
  void print_grants();
  [[nodiscard]] std::string grant_text(const Grant& grant, bool undo) const;

  // postgres_native_comments.cpp
  void print_comments();
  void print_table_comments(const Table& table);
  void print_view_comments(const View& view);
  void comment(const std::string& what, std::string_view text);
  /// The kind and name of an object, as COMMENT ON takes them.
  [[nodiscard]] std::string other_name(const OtherObject& object) const;

  const PostgresDialect& dialect_;
  const Schema& schema_;
  DiagnosticSink& sink_;
  NativePlan plan_;
  Printer printer_;
  std::string section_;
  std::vector<std::string> path_;
  bool follows_path_ = false;  ///< The texts rely on a search path of their own.
  std::string looked_in_;      ///< First of the current search path.
  bool names_public_ = false;  ///< Whether names of the default namespace need it before them.
  std::size_t item_ = 0;       ///< That is being printed.
  std::set<QualifiedName> apart_;
  std::vector<std::string>* captured_ = nullptr;  ///< Where statements go instead of the script.
  std::vector<std::pair<const TableItem*, const TablePart*>> later_;
  /// Sequences that a column owns without being serial.
  std::map<const Table*, std::vector<const Sequence*>> owned_;
  mutable std::unordered_map<const Table*, Ancestry> ancestry_;
};

/// "name = value, ..." of the storage parameters among options (not `tablespace` and the like);
/// empty when there are none.
[[nodiscard]] std::string storage_parameters(const std::vector<Option>& options,
                                             const PostgresDialect& dialect);
/// The statement that drops such an object; empty: it goes with something else.
[[nodiscard]] std::string native_drop(const PostgresDialect& dialect, const Schema& schema,
                                      const OtherObject& object);
/// Namespaces that objects are in, whether or not they are in the schema's own list.
[[nodiscard]] std::set<std::string> used_namespaces(const Schema& schema);

}  // namespace relata
