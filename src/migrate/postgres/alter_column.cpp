// How a column becomes another.
#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/type_change.h"

namespace relata::migrate::postgres {
namespace {

using Statements = std::vector<std::string>;

std::string options_of(const SequenceOptions& options) {
  std::string out;
  const auto put = [&](std::string_view word, const std::optional<std::string>& value) {
    if (value) out += (out.empty() ? "" : " ") + std::string(word) + " " + *value;
  };
  put("START WITH", options.start);
  put("INCREMENT BY", options.increment);
  put("MINVALUE", options.minimum);
  put("MAXVALUE", options.maximum);
  put("CACHE", options.cache);
  if (options.cycle) out += (out.empty() ? "" : " ") + std::string("CYCLE");
  return out;
}

/// The statements that alter one column.
class ColumnChange {
 public:
  ColumnChange(const Piece& from, const Piece& to)
      : from_piece_(from),
        to_piece_(to),
        from_(*std::get<const Column*>(from.object)),
        to_(*std::get<const Column*>(to.object)),
        dialect_(*find_dialect("postgres")) {
    const std::string own = dialect_.identifier(to.owner.name);
    table_ = to.owner.schema.empty() ? own : dialect_.identifier(to.owner.schema) + "." + own;
    const bool foreign = to.table != nullptr && !to.table->server.empty();
    column_ = dialect_.identifier(to_.name);
    head_ = (foreign ? "ALTER FOREIGN TABLE " : "ALTER TABLE ") + table_ + " ALTER COLUMN " +
            column_ + " ";
  }

  std::optional<Statements> run() {
    if (from_.inherited != to_.inherited) return std::nullopt;
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
          default_text(closed_text(dialect_.expression(*to_.default_value))));
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
        to_.type.spelling.empty() ? dialect_.type_name(to_.type) : to_.type.spelling;
    std::string text = head_ + "TYPE " + type;
    if (!to_.collation.empty()) {
      const std::size_t dot = to_.collation.find('.');
      text += " COLLATE " +
              (dot == std::string::npos || to_.collation.find('.', dot + 1) != std::string::npos
                   ? dialect_.identifier(to_.collation)
                   : dialect_.identifier(to_.collation.substr(0, dot)) + "." +
                         dialect_.identifier(to_.collation.substr(dot + 1)));
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
          identity_clause(*to_.identity, sequence.empty() ? "" : dialect_.identifier(sequence)));
      return;
    }
    if (from_.identity->always != to_.identity->always) {
      add(head_ + "SET GENERATED " + (to_.identity->always ? "ALWAYS" : "BY DEFAULT"));
    }
    change_identity_options(from_.identity->options, to_.identity->options);
  }

  void change_identity_options(const SequenceOptions& from, const SequenceOptions& to) {
    std::string sets;
    const auto put = [&](std::string_view word, const std::optional<std::string>& before,
                         const std::optional<std::string>& after, std::string_view otherwise) {
      if (before == after) return;
      sets += " SET " + (after ? std::string(word) + " " + *after : std::string(otherwise));
    };
    put("START WITH", from.start, to.start, "START WITH 1");
    put("INCREMENT BY", from.increment, to.increment, "INCREMENT BY 1");
    put("MINVALUE", from.minimum, to.minimum, "NO MINVALUE");
    put("MAXVALUE", from.maximum, to.maximum, "NO MAXVALUE");
    put("CACHE", from.cache, to.cache, "CACHE 1");
    if (from.cycle != to.cycle) sets += to.cycle ? " SET CYCLE" : " SET NO CYCLE";
    if (!sets.empty()) add(head_ + std::string(trim(sets)));
  }

  [[nodiscard]] std::string sequence_name(const Sequence& sequence) const {
    const std::string own = dialect_.identifier(sequence.name);
    return sequence.schema.empty() ? own : dialect_.identifier(sequence.schema) + "." + own;
  }

  void drop_sequence() {
    if (from_piece_.serial == nullptr || to_piece_.serial != nullptr) return;
    add("DROP SEQUENCE " + sequence_name(*from_piece_.serial));
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
    add("CREATE SEQUENCE " + sequence_name(sequence) +
        (sequence.type.empty() ? "" : " AS " + sequence.type) + " OWNED BY " + table_ + "." +
        column_);
    add("SELECT setval('" + replace_all(sequence_name(sequence), "'", "''") +
        "', GREATEST((SELECT max(" + column_ + ") FROM " + table_ + "), 0) + 1, false)");
  }

  const Piece& from_piece_;
  const Piece& to_piece_;
  const Column& from_;
  const Column& to_;
  const Dialect& dialect_;
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
  const std::string numbers = options_of(identity.options);
  if (!numbers.empty()) options += (options.empty() ? "" : " ") + numbers;
  return std::string("GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY" +
         (options.empty() ? "" : " (" + options + ")");
}

std::optional<Statements> alter_column(const Piece& from, const Piece& to) {
  return ColumnChange(from, to).run();
}

}  // namespace relata::migrate::postgres
