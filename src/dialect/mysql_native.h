#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "dialect/mysql.h"
#include "model/schema.h"

namespace relata {

/// Prints a schema that was read from MySQL or MariaDB, so that loading it gives the same catalog.
/// Internal to this folder; its parts stand in the mysql_native*.cpp files.
class MysqlNativeWriter {
 public:
  MysqlNativeWriter(const MysqlDialect& dialect, const Schema& schema)
      : dialect_(dialect), schema_(schema) {}

  std::string run();

 private:
  friend class MysqlClauses;  // writes the same parts, one at a time
  // mysql_native.cpp: the whole, and what all parts share.
  void print_database();
  void print_sequences();
  [[nodiscard]] std::string sequence(const Sequence& sequence) const;
  void print_tables();
  [[nodiscard]] std::string name(std::string_view name) const { return dialect_.identifier(name); }
  [[nodiscard]] std::string literal(std::string_view value) const {
    return dialect_.string_literal(value);
  }

  // mysql_native_table.cpp
  void print_table(const Table& table, const std::vector<const ForeignKey*>& keys);
  [[nodiscard]] ColumnLine column_line(const Table& table, const Column& column) const;
  [[nodiscard]] std::string column_rest(const Table& table, const Column& column) const;
  [[nodiscard]] std::string generation(const Generated& generated) const;
  [[nodiscard]] std::string column_checks(const Table& table, const Column& column) const;
  /// PERIOD FOR SYSTEM_TIME of the columns that bound it; empty when there are none.
  [[nodiscard]] std::string system_period(const Table& table) const;
  [[nodiscard]] std::string text(const Expression& expression) const;
  [[nodiscard]] std::string table_options(const Table& table) const;
  /// The option's value, in quotes where it is a text.
  [[nodiscard]] std::string option(const Option& option) const;

  // mysql_native_keys.cpp
  [[nodiscard]] std::vector<std::string> key_lines(
      const Table& table, const std::vector<const ForeignKey*>& keys) const;
  [[nodiscard]] std::string primary_key(const PrimaryKey& key) const;
  [[nodiscard]] std::string index(const Index& index) const;
  [[nodiscard]] std::string index_part(const IndexPart& part) const;
  [[nodiscard]] std::string unique(const Unique& unique) const;
  [[nodiscard]] std::string foreign_key(const ForeignKey& key) const;
  [[nodiscard]] std::string check(const Check& check) const;

  // mysql_native_programs.cpp
  /// A function, procedure, trigger or event: its CREATE statement without a definer.
  struct Program {
    const std::string* create;
    const CreationSession* session;
  };
  void print_programs();
  void print_programs_of(std::string_view title, const std::vector<Program>& programs);
  void print_views();
  [[nodiscard]] std::string view(const View& view) const;
  /// The statements that give the session what the program was made with; empty when it has it. A
  /// view keeps no SQL mode.
  [[nodiscard]] std::string session_changes(const CreationSession& session, bool is_view);

  const MysqlDialect& dialect_;
  const Schema& schema_;
  Printer printer_;
  CreationSession session_;  ///< As the statements that were printed have left it.
};

/// The tables and views that SQL text may name: every identifier in it, in quotes or not.
[[nodiscard]] std::vector<std::string> names_in_mysql(std::string_view sql);
/// The views in an order in which each comes after those that it names.
[[nodiscard]] std::vector<const View*> mysql_view_order(const Schema& schema);
/// The CREATE statement with DEFINER behind its first word.
[[nodiscard]] std::string with_definer(std::string_view create, std::string_view definer);
/// The default as DEFAULT takes it: an expression in parentheses, a value as it is.
[[nodiscard]] std::string mysql_default(std::string_view sql);

}  // namespace relata
