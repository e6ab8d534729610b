#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/sql_dialect.h"

namespace relata {

/// MySQL 8.0 and MariaDB 10.11: one text that both accept.
class MysqlDialect final : public SqlDialect {
 public:
  [[nodiscard]] std::string_view id() const override { return "mysql"; }
  [[nodiscard]] std::string_view title() const override { return "MySQL 8 and MariaDB 10.11"; }
  /// MySQL manual, "Identifier Length Limits": 64 characters.
  [[nodiscard]] std::size_t identifier_limit() const override { return 64; }
  [[nodiscard]] LengthUnit identifier_unit() const override { return LengthUnit::code_points; }
  [[nodiscard]] bool can_index_partially() const override { return false; }
  [[nodiscard]] bool can_secure_rows() const override { return false; }
  [[nodiscard]] bool shares_constraint_names() const override { return true; }
  [[nodiscard]] bool shares_trigger_names() const override { return true; }
  [[nodiscard]] bool shares_index_names() const override { return false; }
  /// MySQL manual, "String Literals" and "Comments"; ANSI_QUOTES is not set.
  [[nodiscard]] Lexis lexis() const override { return {true, true, true, false, false, true}; }
  [[nodiscard]] Type nearest_type(const Type& type) const override;
  [[nodiscard]] bool counts_without_sign() const override { return true; }
  /// MySQL manual, "FOREIGN KEY Constraints".
  [[nodiscard]] KeyTypes key_types() const override { return KeyTypes::same; }
  /// MySQL manual, "CREATE TABLE Statement", AUTO_INCREMENT.
  [[nodiscard]] IdentityPlace identity_place() const override {
    return IdentityPlace::first_in_key;
  }
  /// MySQL manual, "SELECT Statement": elsewhere it is a syntax error.
  [[nodiscard]] bool selects_star_anywhere() const override { return false; }
  [[nodiscard]] bool checks_identities() const override { return false; }
  [[nodiscard]] bool unique_is_index() const override { return true; }
  [[nodiscard]] bool indexes_long_texts() const override { return false; }
  [[nodiscard]] std::string_view case_insensitive_collation() const override {
    return "utf8mb4_general_ci";
  }
  [[nodiscard]] std::string type_name(const Type& type) const override;
  [[nodiscard]] std::string string_literal(std::string_view value) const override;

  [[nodiscard]] std::vector<std::string> drop_statements(const Schema& native) const override;

 protected:
  [[nodiscard]] std::string lowered_ddl(const Schema& schema, const DdlOptions& options,
                                        DiagnosticSink& sink) const override;
  [[nodiscard]] std::string native_ddl(const Schema& schema, DiagnosticSink& sink) const override;
  [[nodiscard]] ColumnLine column_line(const Table& table, const Column& column) const override;
  [[nodiscard]] std::string primary_key(const Table& table) const override;
  /// Indexes, which MySQL writes inside CREATE TABLE.
  [[nodiscard]] std::vector<std::string> more_constraints(const Table& table) const override;
  [[nodiscard]] std::string table_options(const Table& table) const override;
  [[nodiscard]] std::string index_method(const Index&) const override { return {}; }
  [[nodiscard]] std::string index_part(const IndexPart& part) const override;
  [[nodiscard]] bool is_reserved(std::string_view lower_case_word) const override;
  [[nodiscard]] std::string quoted(std::string_view name) const override;
  [[nodiscard]] std::string leaf(const Expression& expression) const override;
  [[nodiscard]] std::string concatenation(const std::vector<std::string>& parts) const override;
  [[nodiscard]] std::string length_of(const std::string& argument) const override;

 private:
  [[nodiscard]] std::string default_clause(const Column& column) const;
  void print_tables(Printer& printer, const Schema& schema) const;
};

}  // namespace relata
