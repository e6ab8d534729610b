#include "migrate/sqlite/rebuild.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "dialect/dialect.h"
#include "migrate/sqlite/guard.h"
#include "migrate/sqlite/texts.h"
#include "model/questions.h"

namespace relata::migrate::sqlite {
namespace {

using syntax::sqlite::Affinity;

/// A column of the new form and what it gets from a row of the old one.
struct Copied {
  std::string column;
  std::string value;
};

std::string default_text(const Column& column) {
  return column.default_value ? find_dialect("sqlite")->expression(*column.default_value)
                              : std::string();
}

bool has_default(const Column& column) {
  const std::string text = default_text(column);
  return !text.empty() && to_lower(text) != "null";
}

/// Whether values of the one affinity can become others, which do not lead back, under the other:
/// '007' becomes 7, and a number over 2^53 another one (https://sqlite.org/datatype3.html#affname).
bool can_lose(Affinity from, Affinity to) {
  if (from == to) return false;
  const bool numbers = to == Affinity::integer || to == Affinity::numeric || to == Affinity::real;
  if (from == Affinity::text || from == Affinity::none) return numbers;
  return to == Affinity::real;
}

bool in_key(const Table& table, std::string_view column) {
  const auto has = [&](const std::vector<std::string>& columns) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  if (table.primary_key && has(table.primary_key->columns)) return true;
  const bool in_unique = std::any_of(table.uniques.begin(), table.uniques.end(),
                                     [&](const Unique& unique) { return has(unique.columns); });
  return in_unique || std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& i) {
           return i.unique && std::any_of(i.parts.begin(), i.parts.end(), [&](const IndexPart& p) {
                    return p.expression.operation == Operation::column &&
                           p.expression.text == column;
                  });
         });
}

bool has_conflict_clause(const Table& table) {
  const auto holds = [](const std::vector<Option>& options, std::string_view name) {
    return has_option(options, name);
  };
  if (table.primary_key && holds(table.primary_key->options, "ON CONFLICT")) return true;
  return std::any_of(table.uniques.begin(), table.uniques.end(),
                     [&](const Unique& one) { return holds(one.options, "ON CONFLICT"); }) ||
         std::any_of(table.columns.begin(), table.columns.end(),
                     [&](const Column& one) { return holds(one.options, "NOT NULL ON CONFLICT"); });
}

/// The columns that both forms have and whose values can become others.
std::vector<std::pair<const Column*, const Column*>> converted(const Table& from, const Table& to) {
  std::vector<std::pair<const Column*, const Column*>> columns;
  for (const Column& column : to.columns) {
    const Column* before = column_like(from, column.name);
    if (before == nullptr || column.generated) continue;
    if (can_lose(affinity(from, *before), affinity(to, column))) {
      columns.emplace_back(before, &column);
    }
  }
  return columns;
}

/// Writes the statements.
class Writer {
 public:
  explicit Writer(const Rebuild& work) : work_(work), from_(*work.from), to_(*work.to) {
    choose_rowid();
    collect();
  }

  std::vector<std::string> write() {
    if (work_.is_referenced) add(refuse_enforced_keys());
    refuse_other_keys();
    if (names_itself(to_)) {
      through_a_store();
    } else {
      through_a_rename();
    }
    return std::move(statements_);
  }

  /// Whether a row of the new form has the number of the one that it comes from.
  [[nodiscard]] bool keeps_rowids() const {
    if (rowid_.empty()) return false;
    const Column* own = rowid_column(to_);
    const Column* before = own == nullptr ? nullptr : column_like(from_, own->name);
    return before == nullptr || before == rowid_column(from_);
  }

 private:
  void add(std::vector<std::string> statements) {
    for (std::string& statement : statements) statements_.push_back(std::move(statement));
  }
  void add(std::string statement) { statements_.push_back(std::move(statement)); }

  /// The word for the number of the row that is no column's name in either form; empty: a form has
  /// no such number.
  void choose_rowid() {
    if (!has_rowid(from_) || !has_rowid(to_)) return;
    for (const std::string_view word : {"rowid", "_rowid_", "oid"}) {
      if (column_like(from_, word) != nullptr || column_like(to_, word) != nullptr) continue;
      rowid_ = word;
      return;
    }
  }

  void collect() {
    const Column* own = rowid_column(to_);
    if (own == nullptr && !rowid_.empty()) copied_.push_back({rowid_, rowid_});
    for (const Column& column : to_.columns) {
      if (column.generated) continue;
      const Column* before = column_like(from_, column.name);
      if (before != nullptr) {
        copied_.push_back({quoted(column.name), value_of(*before, column)});
      } else if (&column == own && !rowid_.empty()) {
        copied_.push_back({quoted(column.name), rowid_});
      } else if (work_.way == Way::back && !column.nullable && !has_default(column)) {
        copied_.push_back({quoted(column.name), filler(column)});
      }
    }
  }

  [[nodiscard]] std::string value_of(const Column& before, const Column& after) const {
    std::string value = quoted(before.name);
    const Affinity old_affinity = affinity(from_, before);
    const bool may_be_real = old_affinity != Affinity::text && old_affinity != Affinity::integer;
    if (affinity(to_, after) == Affinity::text && may_be_real) {
      // As text, a number has 15 digits; where they are too few, it gets all 17.
      value = "CASE WHEN typeof(" + value + ") = 'real' AND CAST(CAST(" + value +
              " AS TEXT) AS REAL) <> " + value + " THEN printf('%!.17g', " + value + ") ELSE " +
              value + " END";
    }
    if (!after.nullable && before.nullable && has_default(after)) {
      return "coalesce(" + value + ", " + as_expression(default_text(after)) + ")";
    }
    return value;
  }

  [[nodiscard]] std::string filler(const Column& column) const {
    if (in_key(to_, column.name) && !rowid_.empty()) return rowid_;
    static constexpr std::array fillers{"0", "''", "x''", "0.0", "0"};
    return fillers[static_cast<std::size_t>(affinity(to_, column))];
  }

  [[nodiscard]] std::string copy(const std::string& target, const std::string& source) const {
    std::vector<std::string> columns;
    std::vector<std::string> values;
    for (const Copied& one : copied_) {
      columns.push_back(one.column);
      values.push_back(one.value);
    }
    // A conflict clause of the table would leave rows out in silence; this one goes before it.
    const std::string verb = has_conflict_clause(to_) ? "INSERT OR ABORT INTO " : "INSERT INTO ";
    if (columns.empty()) {
      // No column is kept: as many rows as there were, with their defaults.
      const Column* first = first_ordinary();
      if (first == nullptr) return {};
      const std::string value = has_default(*first) ? as_expression(default_text(*first)) : "NULL";
      return verb + quoted(target) + " (" + quoted(first->name) + ") SELECT " + value + " FROM " +
             quoted(source);
    }
    return verb + quoted(target) + " (" + join(columns, ", ") + ") SELECT " + join(values, ", ") +
           " FROM " + quoted(source);
  }

  [[nodiscard]] const Column* first_ordinary() const {
    const auto found = std::find_if(to_.columns.begin(), to_.columns.end(),
                                    [](const Column& column) { return !column.generated; });
    return found == to_.columns.end() ? nullptr : &*found;
  }

  /// Both forms count rows with AUTOINCREMENT, so that the count goes on.
  [[nodiscard]] bool keeps_count() const {
    const auto counts = [](const Table& table) {
      const Column* column = rowid_column(table);
      return column != nullptr && column->identity->automatic;
    };
    return counts(from_) && counts(to_);
  }

  void keep_count_under(const std::string& name) {
    if (!keeps_count()) return;
    add("INSERT INTO sqlite_sequence (name, seq) SELECT " + literal(name) +
        ", seq FROM sqlite_sequence WHERE name = " + literal(from_.name));
  }

  /// SQLite says no more than "datatype mismatch" of what cannot be the number of a row.
  void refuse_other_keys() {
    const Column* own = rowid_column(to_);
    const Column* before = own == nullptr ? nullptr : column_like(from_, own->name);
    if (before == nullptr || before == rowid_column(from_)) return;
    const std::string value = quoted(before->name);
    add(refuse_rows("values of " + to_.name + "." + own->name +
                        " are no whole numbers, as those of an INTEGER PRIMARY KEY are",
                    "SELECT 1 FROM " + quoted(from_.name) + " WHERE typeof(" + value +
                        ") = 'blob' OR typeof(" + value + ") = 'real' AND CAST(" + value +
                        " AS INTEGER) <> " + value + " OR typeof(" + value +
                        ") = 'text' AND ltrim(" + value + ", '+-0123456789') <> ''"));
  }

  void refuse_conversions(const std::string& target, const std::string& source) {
    if (work_.allow_loss || work_.way == Way::back || !keeps_rowids()) return;
    for (const auto& [before, after] : converted(from_, to_)) {
      const std::string was = "was." + quoted(before->name);
      const std::string is = "\"is\"." + quoted(after->name);
      add(refuse_rows(
          "values of " + to_.name + "." + after->name + " would become others: see --allow-loss",
          "SELECT 1 FROM " + quoted(source) + " AS was JOIN " + quoted(target) +
              " AS \"is\" ON \"is\"." + rowid_ + " = was." + rowid_ + " WHERE typeof(" + was +
              ") = 'text' AND typeof(" + is + ") <> 'text' AND CAST(" + is + " AS TEXT) <> " + was +
              " OR typeof(" + was + ") = 'integer' AND typeof(" + is + ") = 'real' AND CAST(" + is +
              " AS INTEGER) <> " + was));
    }
  }

  /// The new form under another name, copied, and put in the place of the old one.
  void through_a_rename() {
    add(make_table(to_, work_.aside));
    keep_count_under(work_.aside);
    if (std::string copying = copy(work_.aside, from_.name); !copying.empty()) add(copying);
    refuse_conversions(work_.aside, from_.name);
    add("DROP TABLE " + quoted(from_.name));
    add("PRAGMA legacy_alter_table = ON");
    add("ALTER TABLE " + quoted(work_.aside) + " RENAME TO " + quoted(to_.name));
    add("PRAGMA legacy_alter_table = OFF");
  }

  /// A form that says its own name cannot be made under another: the rows are put aside meanwhile.
  void through_a_store() {
    std::vector<std::string> columns;
    for (const Column& column : from_.columns) columns.push_back(quoted(column.name));
    const std::string list = join(columns, ", ");
    // Columns without a type keep every value as it is.
    add("CREATE TABLE " + quoted(work_.aside) + " (" + list + ")");
    const std::string number = rowid_.empty() ? "" : rowid_ + ", ";
    add("INSERT INTO " + quoted(work_.aside) + " (" + number + list + ") SELECT " + number + list +
        " FROM " + quoted(from_.name));
    keep_count_under(work_.aside);
    add("DROP TABLE " + quoted(from_.name));
    add(to_.statement.text);
    if (keeps_count()) {
      add("UPDATE sqlite_sequence SET name = " + literal(to_.name) +
          " WHERE name = " + literal(work_.aside));
    }
    if (std::string copying = copy(to_.name, work_.aside); !copying.empty()) add(copying);
    refuse_conversions(to_.name, work_.aside);
    add("DROP TABLE " + quoted(work_.aside));
  }

  const Rebuild& work_;
  const Table& from_;
  const Table& to_;
  std::string rowid_;
  std::vector<Copied> copied_;
  std::vector<std::string> statements_;
};

}  // namespace

std::vector<std::string> rebuild(const Rebuild& work) { return Writer(work).write(); }

std::vector<std::string> losses(const Rebuild& work) {
  std::vector<std::string> all;
  const auto named = [&](const Column& column) { return work.from->name + "." + column.name; };
  for (const Column& column : work.from->columns) {
    if (column.generated) continue;
    const Column* after = column_like(*work.to, column.name);
    if (after == nullptr) {
      all.push_back("the values of " + named(column));
    } else if (after->generated) {
      all.push_back("the values of " + named(column) + ", which is computed from now on");
    }
  }
  // Where rows can be compared, the step itself finds out.
  if (!work.allow_loss && Writer(work).keeps_rowids()) return all;
  for (const auto& [before, after] : converted(*work.from, *work.to)) {
    all.push_back("what values of " + named(*before) + " were before they became " +
                  (after->type.spelling.empty() ? "untyped" : after->type.spelling));
  }
  return all;
}

}  // namespace relata::migrate::sqlite
