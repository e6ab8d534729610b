#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"

namespace relata {

struct DdlOptions {
  int server_version = 0;  ///< Major version to write for; 0: the oldest that the dialect supports.
};

/// How one database engine writes a Schema. Shared code asks a dialect named questions and never
/// which engine it is. Pure: no connection, no state.
class Dialect {
 public:
  virtual ~Dialect() = default;

  [[nodiscard]] virtual std::string_view id() const = 0;     ///< "postgres"
  [[nodiscard]] virtual std::string_view title() const = 0;  ///< "PostgreSQL 13-18"

  /// An identifier, quoted where the engine needs it (or always, where that is the safe form).
  [[nodiscard]] virtual std::string identifier(std::string_view name) const = 0;
  [[nodiscard]] virtual std::string string_literal(std::string_view value) const = 0;
  [[nodiscard]] virtual std::string type_name(const Type& type) const = 0;
  [[nodiscard]] virtual std::string expression(const Expression& expression) const = 0;

  /// Longest identifier, in bytes (PostgreSQL: 63) or code points (MySQL: 64); 0: no limit.
  [[nodiscard]] virtual std::size_t identifier_limit() const = 0;
  /// The name itself when it is within the limit, else its beginning and a hash of the whole.
  [[nodiscard]] virtual std::string fit(std::string_view name) const = 0;
  [[nodiscard]] virtual bool can_index_partially() const = 0;
  [[nodiscard]] virtual bool can_secure_rows() const = 0;
  /// Whether a column of this table holds values of its declared type only.
  [[nodiscard]] virtual bool keeps_column_types(const Table&) const { return true; }

  /// The whole schema as statements in an order that loads. What the engine cannot hold is a
  /// diagnostic that says what stands in its place.
  [[nodiscard]] virtual std::string ddl(const Schema& schema, const DdlOptions& options,
                                        DiagnosticSink& sink) const = 0;
  /// The statements, without semicolons, that take everything down again that the statements of
  /// ddl() make of a schema that was read in this dialect, in an order that runs without CASCADE
  /// where the engine lets it. What belongs to a table goes with its table. Roles stay, since other
  /// databases may use them.
  [[nodiscard]] virtual std::vector<std::string> drop_statements(const Schema& native) const = 0;
};

/// All dialects, in the order of dialects.def.
[[nodiscard]] const std::vector<const Dialect*>& dialects();
[[nodiscard]] const Dialect* find_dialect(std::string_view id);

}  // namespace relata
