// How a column becomes another.
#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgres_sequence.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/type_change.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {
namespace {

/// The statements that alter one column.
class ColumnChange {
 public:
  ColumnChange(const Piece& from, const Piece& to)
      : from_piece_(from),
        to_piece_(to),
        from_(*std::get<const Column*>(from.object)),
        to_(*std::get<const Column*>(to.object)),
        table_(quoted(to.owner)),
        column_(quoted(to_.name)),
        head_(alter_table(to) + "ALTER COLUMN " + column_ + " ") {}

  std::optional<Statements> run() {
    if (from_.inherited != to_.inherited && has_same_parents(from_piece_, to_piece_)) {
      return std::nullopt;
    }
    if (!change_generation()) return std::nullopt;
    const bool typed = changes_type() || from_.collation != to_.collation;
    drop_identity();
    // A default of the old type may not become one of the new.
    const bool defaults = from_.default_value != to_.default_value ||
                          (from_piece_.serial == nullptr) != (to_piece_.serial == nullptr);
    if (from_.default_value && (defaults || typed)) add(head_ + "DROP DEFAULT");
    drop_sequence();
    change_sequence();
    if (typed) change_type();
    change_null();
    make_sequence();
    if (to_.default_value && (defaults || typed)) {
      add(head_ + "SET DEFAULT " +
          default_text(closed_text(dialect().expression(*to_.default_value))));
    }
    make_identity();
    return std::move(statements_);
  }

 private:
  void add(std::string statement) { statements_.push_back(std::move(statement)); }

  /// The values of an enumeration are changed with the enumeration.
  [[nodiscard]] bool changes_type() const {
    Type from = from_.type;
    Type to = to_.type;
    if (from.kind == TypeKind::enumeration && to.kind == TypeKind::enumeration) {
      from.values.clear();
      to.values.clear();
    }
    return !(from == to);
  }

  /// Whether it can be done: only a stored generated column can become a plain one.
  bool change_generation() {
    if (from_.generated == to_.generated) return true;
    if (to_.generated || !from_.generated->stored) return false;
    add(head_ + "DROP EXPRESSION");
    return true;
  }

  void change_type() {
    const std::string type =
        to_.type.spelling.empty() ? dialect().type_name(to_.type) : to_.type.spelling;
    std::string text = head_ + "TYPE " + type;
    if (!to_.collation.empty()) {
      const std::size_t dot = to_.collation.find('.');
      text += " COLLATE " +
              (dot == std::string::npos || to_.collation.find('.', dot + 1) != std::string::npos
                   ? quoted(to_.collation)
                   : quoted(to_.collation.substr(0, dot)) + "." +
                         quoted(to_.collation.substr(dot + 1)));
    }
    if (changes_type()) text += " USING " + cast_between(from_, to_, column_);
    add(text);
  }

  void change_null() {
    const auto not_null = [](const Column& column) { return !column.nullable; };
    if (not_null(from_) == not_null(to_)) return;
    if (not_null(to_)) {
      add(head_ + "SET NOT NULL");
    } else {
      add(head_ + "DROP NOT NULL");
    }
  }

  void drop_identity() {
    if (from_.identity && !to_.identity) add(head_ + "DROP IDENTITY");
  }

  void make_identity() {
    if (!to_.identity || from_.identity == to_.identity) return;
    if (!from_.identity) {
      const std::string& sequence = to_.identity->sequence;
      add(head_ + "ADD " +
          identity_clause(*to_.identity, sequence.empty() ? "" : quoted(sequence)));
      return;
    }
    if (from_.identity->always != to_.identity->always) {
      add(head_ + "SET GENERATED " + (to_.identity->always ? "ALWAYS" : "BY DEFAULT"));
    }
    std::string sets;
    for (const std::string& clause :
         postgres_sequence_clauses(from_.identity->options, to_.identity->options)) {
      sets += (sets.empty() ? "SET " : " SET ") + clause;
    }
    if (!sets.empty()) add(head_ + sets);
  }

  void drop_sequence() {
    if (from_piece_.serial == nullptr || to_piece_.serial != nullptr) return;
    add("DROP SEQUENCE " + quoted_name(*from_piece_.serial));
  }

  void change_sequence() {
    if (from_piece_.serial == nullptr || to_piece_.serial == nullptr) return;
    for (std::string& statement : sequence_changes(*from_piece_.serial, *to_piece_.serial)) {
      add(std::move(statement));
    }
  }

  void make_sequence() {
    if (to_piece_.serial == nullptr || from_piece_.serial != nullptr) return;
    const Sequence& sequence = *to_piece_.serial;
    add("CREATE SEQUENCE " + quoted_name(sequence) +
        (sequence.type.empty() ? "" : " AS " + sequence.type) + " OWNED BY " + table_ + "." +
        column_);
    add("SELECT setval('" + replace_all(quoted_name(sequence), "'", "''") +
        "', GREATEST((SELECT max(" + column_ + ") FROM " + table_ + "), 0) + 1, false)");
  }

  const Piece& from_piece_;
  const Piece& to_piece_;
  const Column& from_;
  const Column& to_;
  std::string table_;
  std::string column_;
  std::string head_;
  Statements statements_;
};

}  // namespace

std::string identity_sequence(const QualifiedName& table, const Column& column) {
  if (!column.identity->sequence.empty()) return column.identity->sequence;
  return table.name + "_" + column.name + "_seq";
}

std::string identity_clause(const Identity& identity, const std::string& sequence) {
  std::string options = sequence.empty() ? "" : "SEQUENCE NAME " + sequence;
  const std::string numbers = join(postgres_sequence_clauses({}, identity.options), " ");
  if (!numbers.empty()) options += (options.empty() ? "" : " ") + numbers;
  return std::string("GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY" +
         (options.empty() ? "" : " (" + options + ")");
}

std::optional<Statements> alter_column(const Piece& from, const Piece& to) {
  return ColumnChange(from, to).run();
}

}  // namespace relata::migrate::postgres
