#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/sql_dialect.h"

namespace relata {

/// PostgreSQL 13 to 18.
class PostgresDialect final : public SqlDialect {
 public:
  [[nodiscard]] std::string_view id() const override { return "postgres"; }
  [[nodiscard]] std::string_view title() const override { return "PostgreSQL 13-18"; }
  /// NAMEDATALEN - 1 (src/include/pg_config_manual.h).
  [[nodiscard]] std::size_t identifier_limit() const override { return 63; }
  [[nodiscard]] bool can_index_partially() const override { return true; }
  [[nodiscard]] bool can_secure_rows() const override { return true; }
  [[nodiscard]] bool shares_constraint_names() const override { return false; }
  [[nodiscard]] bool shares_trigger_names() const override { return false; }
  [[nodiscard]] bool shares_index_names() const override { return true; }
  /// PostgreSQL documentation, "Lexical Structure"; standard_conforming_strings is on.
  [[nodiscard]] Lexis lexis() const override { return {false, false, false, false, true, false}; }
  [[nodiscard]] Type nearest_type(const Type& type) const override;
  [[nodiscard]] bool compares_strictly() const override { return true; }
  [[nodiscard]] KeyTypes key_types() const override { return KeyTypes::comparable; }
  [[nodiscard]] IdentityPlace identity_place() const override { return IdentityPlace::anywhere; }
  [[nodiscard]] std::string binary_literal(std::string_view bytes) const override;
  [[nodiscard]] std::string type_name(const Type& type) const override;

  [[nodiscard]] std::vector<std::string> drop_statements(const Schema& native) const override;

 protected:
  [[nodiscard]] std::string lowered_ddl(const Schema& schema, const DdlOptions& options,
                                        DiagnosticSink& sink) const override;
  [[nodiscard]] std::string native_ddl(const Schema& schema, DiagnosticSink& sink) const override;
  [[nodiscard]] ColumnLine column_line(const Table& table, const Column& column) const override;
  [[nodiscard]] std::string table_options(const Table&) const override { return {}; }
  [[nodiscard]] std::string index_method(const Index& index) const override;
  [[nodiscard]] bool is_reserved(std::string_view lower_case_word) const override;
  [[nodiscard]] std::string leaf(const Expression& expression) const override;
  [[nodiscard]] std::vector<std::string> more_constraints(const Table& table) const override;
  [[nodiscard]] std::string count_set(const std::vector<std::string>& arguments) const override;
  [[nodiscard]] std::string quotient(const std::string& dividend,
                                     const std::string& divisor) const override;
  [[nodiscard]] std::string length_of(const std::string& argument) const override;

 private:
  void print_types(Printer& printer, const Schema& schema) const;
  void print_tables(Printer& printer, const Schema& schema) const;
  void print_comments(Printer& printer, const Schema& schema) const;
  void print_views(Printer& printer, const Schema& schema) const;
};

}  // namespace relata
