#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "dialect/dialect.h"
#include "dialect/names.h"
#include "model/questions.h"

namespace relata {

/// One line of a CREATE TABLE, in the parts that are aligned below each other.
struct ColumnLine {
  std::string name;
  std::string type;
  std::string nullability;  ///< "NOT NULL" or empty.
  std::string rest;         ///< Default, generation, and what else the engine has.
  std::string comment;      ///< Written behind the line as a comment of the SQL text; may be empty.
};

/// How an engine's SQL is cut into tokens, where engines differ.
struct Lexis {
  bool double_quotes_hold_strings = false;
  bool backslash_escapes = false;  ///< In every string; E'...' has them wherever it exists.
  bool backtick_names = false;
  bool bracket_names = false;
  bool dollar_quotes = false;
  bool hash_comments = false;
};

/// Which pairs of column types a foreign key may join.
enum class KeyTypes {
  any,         ///< Whatever they are.
  comparable,  ///< Numbers with numbers, texts with texts.
  same,        ///< The same size and character set; texts may differ in length.
};

/// Which column the engine can number.
enum class IdentityPlace {
  anywhere,
  first_in_key,      ///< One column of a table, the first of some key.
  only_primary_key,  ///< The only column of the primary key.
};

/// What the three engines share in writing SQL, and the questions that the shared code asks each of
/// them. Internal to this folder: others see Dialect.
class SqlDialect : public Dialect {
 public:
  [[nodiscard]] std::string identifier(std::string_view name) const override;
  [[nodiscard]] std::string string_literal(std::string_view value) const override;
  [[nodiscard]] std::string expression(const Expression& expression) const override;
  [[nodiscard]] std::string fit(std::string_view name) const override;
  /// A schema that was read in this dialect is written as it was; any other is lowered.
  [[nodiscard]] std::string ddl(const Schema& schema, const DdlOptions& options,
                                DiagnosticSink& sink) const final;

  /// "a, b" of quoted names.
  [[nodiscard]] std::string identifiers(const std::vector<std::string>& names) const;
  /// The table's name with its namespace.
  [[nodiscard]] std::string qualified(const Table& table) const;
  [[nodiscard]] std::string foreign_key(const ForeignKey& key) const;

  /// An empty scope for names of this engine.
  [[nodiscard]] NameScope name_scope() const { return {identifier_limit(), identifier_unit()}; }
  [[nodiscard]] virtual LengthUnit identifier_unit() const { return LengthUnit::bytes; }
  /// Whether CHECK and FOREIGN KEY names are taken for the whole database, not for one table.
  [[nodiscard]] virtual bool shares_constraint_names() const = 0;
  /// Whether trigger names are taken for the whole database, not for one table.
  [[nodiscard]] virtual bool shares_trigger_names() const = 0;
  /// Whether index names are taken for the whole database, not for one table.
  [[nodiscard]] virtual bool shares_index_names() const = 0;
  /// Whether a foreign key may name a table that does not exist yet.
  [[nodiscard]] virtual bool can_refer_forward() const { return false; }

  // Questions of the conversion from another engine.

  /// How SQL text is cut into tokens.
  [[nodiscard]] virtual Lexis lexis() const = 0;
  /// The nearest type that the engine has: within its limits of length and precision.
  [[nodiscard]] virtual Type nearest_type(const Type& type) const { return type; }
  /// Whether it has unsigned integers, and truth values that are numbers of one digit.
  [[nodiscard]] virtual bool counts_without_sign() const { return false; }
  /// Whether only values of like types can be compared, and a truth value is no number.
  [[nodiscard]] virtual bool compares_strictly() const { return false; }
  [[nodiscard]] virtual KeyTypes key_types() const = 0;
  [[nodiscard]] virtual IdentityPlace identity_place() const = 0;
  /// Whether * may stand behind other columns of a SELECT.
  [[nodiscard]] virtual bool selects_star_anywhere() const { return true; }
  /// Whether a CHECK or a generated column may look at the column that numbers the rows.
  [[nodiscard]] virtual bool checks_identities() const { return true; }
  /// Whether a text of any length can be part of a key.
  [[nodiscard]] virtual bool indexes_long_texts() const { return true; }
  /// Whether a UNIQUE constraint is nothing but a unique index.
  [[nodiscard]] virtual bool unique_is_index() const { return false; }
  /// The collation that ignores the case of letters; empty: there is none that always exists.
  [[nodiscard]] virtual std::string_view case_insensitive_collation() const { return {}; }
  /// A literal of these bytes.
  [[nodiscard]] virtual std::string binary_literal(std::string_view bytes) const;

 protected:
  /// The statements of a neutral schema, after what the engine lacks was put in other terms.
  [[nodiscard]] virtual std::string lowered_ddl(const Schema& schema, const DdlOptions& options,
                                                DiagnosticSink& sink) const = 0;
  /// The statements of a schema that was read in this dialect, nothing added and nothing left out:
  /// loading them gives the catalog that was read.
  [[nodiscard]] virtual std::string native_ddl(const Schema& schema,
                                               DiagnosticSink& sink) const = 0;
  /// A column's type, attributes and comment.
  [[nodiscard]] virtual ColumnLine column_line(const Table& table, const Column& column) const = 0;
  /// Empty when the column's own line says it.
  [[nodiscard]] virtual std::string primary_key(const Table& table) const;
  /// What stands behind the closing parenthesis of CREATE TABLE.
  [[nodiscard]] virtual std::string table_options(const Table& table) const = 0;
  /// Constraints of the engine's own, after the common ones.
  [[nodiscard]] virtual std::vector<std::string> more_constraints(const Table&) const { return {}; }
  /// CREATE TABLE with the foreign keys given; ends with a semicolon and a line end.
  void print_table(Printer& printer, const Table& table,
                   const std::vector<const ForeignKey*>& keys) const;
  /// INSERT of the rows that belong to the schema, when the table has any.
  void print_rows(Printer& printer, const Table& table) const;
  /// CREATE INDEX; ends with a semicolon and a line end.
  void print_index(Printer& printer, const Table& table, const Index& index) const;
  /// " USING gin" or the like; empty for the engine's B-tree.
  [[nodiscard]] virtual std::string index_method(const Index& index) const = 0;
  [[nodiscard]] virtual std::string index_part(const IndexPart& part) const;

  /// Whether the word must be quoted to serve as a name.
  [[nodiscard]] virtual bool is_reserved(std::string_view lower_case_word) const = 0;
  /// The name in the engine's quotes, whatever it holds.
  [[nodiscard]] virtual std::string quoted(std::string_view name) const;
  /// now, today, boolean, new ids and session values.
  [[nodiscard]] virtual std::string leaf(const Expression& expression) const = 0;
  [[nodiscard]] virtual std::string count_set(const std::vector<std::string>& arguments) const;
  [[nodiscard]] virtual std::string length_of(const std::string& argument) const = 0;
  [[nodiscard]] virtual std::string concatenation(const std::vector<std::string>& parts) const;
  /// With its fraction, also of two integers.
  [[nodiscard]] virtual std::string quotient(const std::string& dividend,
                                             const std::string& divisor) const;
  [[nodiscard]] virtual std::string like(const std::string& text, std::string_view pattern) const;

  /// The triggers that are written out, under a heading, with a note below it that may be empty.
  static void print_trigger_bodies(Printer& printer, const Schema& schema,
                                   std::string_view note = {});
  /// " (a, b)" where the view names its columns itself.
  [[nodiscard]] std::string view_columns(const View& view) const;
  /// The views under a heading; `create` is the statement up to the name ("CREATE VIEW").
  void print_view_bodies(Printer& printer, const Schema& schema, std::string_view create) const;

 private:
  [[nodiscard]] std::string spell(const Expression& expression, int context,
                                  std::string_view table) const;
  [[nodiscard]] std::string join_operands(const Expression& expression, std::string_view word,
                                          int level, std::string_view table) const;
};

/// The lines of a CREATE TABLE, their parts below each other, without their comments.
[[nodiscard]] std::vector<std::string> aligned_lines(const std::vector<ColumnLine>& lines);
/// A long line as two: the second begins with the given words.
[[nodiscard]] std::string wrapped_line(std::string line, std::string_view second);
/// Two lower-case digits a byte.
[[nodiscard]] std::string hexadecimal(std::string_view bytes);
/// What the script is, and how to load it.
void print_header(Printer& printer, std::string_view engine, std::string_view command);
/// The statement without semicolons and white space at its end.
[[nodiscard]] std::string_view without_semicolon(std::string_view sql);
/// "-- title" between rules, as a heading in SQL text.
void print_section(Printer& printer, std::string_view title);
/// A text as lines of "-- " comment, whatever it holds.
[[nodiscard]] std::string sql_comment(std::string_view text);
/// The text on one line: line ends and tabs become blanks.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace relata
