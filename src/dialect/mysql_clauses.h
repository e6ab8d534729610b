#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/mysql.h"
#include "model/schema.h"

namespace relata {

/// Parts of statements about a schema that was read from MySQL or MariaDB, each as the DDL of the
/// whole schema has it. None ends with a semicolon.
class MysqlClauses {
 public:
  /// An identifier, in backticks where it needs them.
  [[nodiscard]] std::string name(std::string_view name) const;
  [[nodiscard]] std::string literal(std::string_view value) const;
  /// "`a`, `b`".
  [[nodiscard]] std::string names(const std::vector<std::string>& names) const;
  /// An expression as SQL.
  [[nodiscard]] std::string expression(const Expression& expression) const;

  /// "`price` decimal(10,2) NOT NULL DEFAULT 0.00", with the checks that stand with it.
  [[nodiscard]] std::string column(const Table& table, const Column& column) const;
  /// "PRIMARY KEY (`id`)".
  [[nodiscard]] std::string primary_key(const PrimaryKey& key) const;
  /// "UNIQUE KEY `name` (`a`, `b`)".
  [[nodiscard]] std::string index(const Index& index) const;
  /// "CONSTRAINT `name` FOREIGN KEY (...) REFERENCES ...".
  [[nodiscard]] std::string foreign_key(const ForeignKey& key) const;
  [[nodiscard]] std::string check(const Check& check) const;
  /// "PERIOD FOR SYSTEM_TIME (...)"; empty where no columns bound it.
  [[nodiscard]] std::string system_period(const Table& table) const;

  /// The value of a table's option as SQL has it, in quotes where it is a text.
  [[nodiscard]] std::string option(const Option& option) const;
  /// CREATE TABLE with these foreign keys.
  [[nodiscard]] std::string create_table(const Table& table,
                                         const std::vector<const ForeignKey*>& keys) const;
  /// CREATE VIEW; `replace` writes OR REPLACE.
  [[nodiscard]] std::string create_view(const View& view, bool replace) const;
  [[nodiscard]] std::string create_sequence(const Sequence& sequence) const;

 private:
  MysqlDialect dialect_;
};

}  // namespace relata
