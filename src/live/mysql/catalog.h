#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "live/mysql/connection.h"
#include "model/schema.h"

namespace relata::live::mysql {

/// What differs between the servers and matters for reading their catalogs.
struct Server {
  bool mariadb = false;
  unsigned long version = 0;  ///< 101119 is 10.11.19, 80036 is 8.0.36.
  std::string database;
  std::string account;  ///< CURRENT_USER() as "name@host".
};

/// A schema while the answers to the catalog queries are put into it. Each read_...() takes the
/// rows of the query of the same name in queries.h.
class Catalog {
 public:
  Catalog(Server server, DiagnosticSink& sink) : server_(std::move(server)), sink_(sink) {
    schema_.dialect = "mysql";
  }

  void read_database(const Rows& rows);
  void read_tables(const Rows& rows);
  void read_columns(const Rows& rows);
  void read_indexes(const Rows& rows);
  void read_foreign_keys(const Rows& rows);
  void read_checks(const Rows& rows);
  void read_partitions(const Rows& rows);
  void read_views(const Rows& rows);
  void read_triggers(const Rows& rows);
  void read_routines(const Rows& rows, const Rows& parameters);
  void read_stored_routines(const Rows& rows);
  void read_events(const Rows& rows);
  void read_sequences(const Rows& rows);

  /// Places of the views of which information_schema does not tell all: it leaves out which
  /// character set a literal has, and MySQL's leaves out ALGORITHM.
  [[nodiscard]] std::vector<std::size_t> half_told_views() const;
  [[nodiscard]] const std::string& view_name(std::size_t place) const {
    return schema_.views[place].name;
  }
  /// Takes the text of the view at that place from the answer to SHOW CREATE VIEW.
  void read_view_text(std::size_t place, const Rows& rows);

  /// Names of the sequences that read_tables() found.
  [[nodiscard]] const std::vector<std::string>& sequence_names() const { return sequences_; }
  [[nodiscard]] const Server& server() const { return server_; }
  /// The schema, when everything was read. Nothing else may be called afterwards.
  [[nodiscard]] Schema take();

 private:
  [[nodiscard]] Table* find(std::string_view table);
  void read_column(Table& table, const Row& row);
  /// Session of creation; columns: definer, sql_mode, character_set_client, collation_connection.
  [[nodiscard]] CreationSession session(const Row& row, std::size_t first) const;
  void warn_of_hidden(std::string_view kind, std::string_view name, std::string_view privilege);

  Server server_;
  DiagnosticSink& sink_;
  Schema schema_;
  std::unordered_map<std::string, std::size_t> tables_;
  std::unordered_map<std::string, std::vector<std::string>> view_columns_;
  std::vector<std::string> sequences_;
};

/// SQL of this dialect as an expression.
[[nodiscard]] Expression sql_expression(std::string text);
/// What a server's answer holds that was escaped on its way into MySQL's catalog: _utf8mb4\'x\'.
[[nodiscard]] std::string without_escapes(std::string_view text);
/// The text without the name of its own database before names: `shop`.`item` is `item`.
[[nodiscard]] std::string without_database(std::string_view sql, std::string_view database);
/// "`name`@`host`" of "name@host".
[[nodiscard]] std::string quoted_account(std::string_view account);
[[nodiscard]] std::string quoted_name(std::string_view name);
[[nodiscard]] std::string quoted_text(std::string_view text);

}  // namespace relata::live::mysql
