#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/sql_dialect.h"

namespace relata {

/// SQLite 3.40.
class SqliteDialect final : public SqlDialect {
 public:
  [[nodiscard]] std::string_view id() const override { return "sqlite"; }
  [[nodiscard]] std::string_view title() const override { return "SQLite 3.40"; }
  [[nodiscard]] std::size_t identifier_limit() const override { return 0; }
  [[nodiscard]] bool can_index_partially() const override { return true; }
  [[nodiscard]] bool can_secure_rows() const override { return false; }
  /// Only STRICT tables do (https://sqlite.org/stricttables.html).
  [[nodiscard]] bool keeps_column_types(const Table& table) const override;
  [[nodiscard]] bool shares_constraint_names() const override { return false; }
  [[nodiscard]] bool shares_trigger_names() const override { return true; }
  [[nodiscard]] bool shares_index_names() const override { return true; }
  [[nodiscard]] bool can_refer_forward() const override { return true; }
  /// "SQL As Understood By SQLite", keywords and literals.
  [[nodiscard]] Lexis lexis() const override { return {false, false, true, true, false, false}; }
  [[nodiscard]] KeyTypes key_types() const override { return KeyTypes::any; }
  [[nodiscard]] IdentityPlace identity_place() const override {
    return IdentityPlace::only_primary_key;
  }
  [[nodiscard]] std::string_view case_insensitive_collation() const override { return "NOCASE"; }
  [[nodiscard]] std::string type_name(const Type& type) const override;

  [[nodiscard]] std::vector<std::string> drop_statements(const Schema& native) const override;

 protected:
  [[nodiscard]] std::string lowered_ddl(const Schema& schema, const DdlOptions& options,
                                        DiagnosticSink& sink) const override;
  [[nodiscard]] std::string native_ddl(const Schema& schema, DiagnosticSink& sink) const override;
  [[nodiscard]] ColumnLine column_line(const Table& table, const Column& column) const override;
  [[nodiscard]] std::string primary_key(const Table& table) const override;
  [[nodiscard]] std::string table_options(const Table& table) const override;
  [[nodiscard]] std::string index_method(const Index&) const override { return {}; }
  [[nodiscard]] bool is_reserved(std::string_view lower_case_word) const override;
  [[nodiscard]] std::string leaf(const Expression& expression) const override;
  [[nodiscard]] std::string quotient(const std::string& dividend,
                                     const std::string& divisor) const override;
  [[nodiscard]] std::string length_of(const std::string& argument) const override;
  [[nodiscard]] std::string like(const std::string& text, std::string_view pattern) const override;

 private:
  void print_tables(Printer& printer, const Schema& schema) const;
  static void print_session_context(Printer& printer);
};

}  // namespace relata
