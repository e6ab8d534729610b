// Checks, generated columns, and the conditions and expressions of indexes.

#include <algorithm>

#include "base/text.h"
#include "dialect/convert_meaning.h"
#include "dialect/convert_steps.h"
#include "dialect/lower.h"

namespace relata {
namespace {

class ExpressionConversion {
 public:
  ExpressionConversion(Conversion& conversion, Table& table)
      : conversion_(conversion), table_(table), reader_(conversion, table) {}

  void run() {
    for (Column& column : table_.columns) convert_generated(column);
    convert_checks();
    convert_indexes();
  }

 private:
  void convert_generated(Column& column) {
    if (!column.generated) return;
    Meaning meaning = computed(column.generated->expression);
    if (meaning.expression) {
      column.generated->expression = std::move(*meaning.expression);
      return;
    }
    lose("generated-not-available",
         "nothing computes these columns for " + conversion_.title() +
             "; the application must give the values",
         column_path(table_, column), meaning.obstacle, column.origin);
    column.generated.reset();
  }

  [[nodiscard]] bool looks_at_identity(const Expression& expression) const {
    return std::any_of(table_.columns.begin(), table_.columns.end(), [&](const Column& column) {
      return column.identity && mentions(expression, column.name, conversion_.source);
    });
  }

  /// What a generated column of the target may compute.
  [[nodiscard]] Meaning computed(const Expression& expression) const {
    if (!conversion_.target.checks_identities() && looks_at_identity(expression)) {
      return {{}, "the column that numbers the rows"};
    }
    return reader_.of(expression);
  }

  void convert_checks() {
    std::vector<Check> kept;
    for (Check& check : table_.checks) {
      if (!conversion_.target.checks_identities() && looks_at_identity(check.expression)) {
        conversion_.losses.note("identity-check-not-available",
                                "there are no checks on columns that number the rows in " +
                                    conversion_.title() + "; these are left out",
                                check.name + " of " + table_.name, check.origin);
        continue;
      }
      Meaning meaning = reader_.of(check.expression);
      if (!meaning.expression) {
        lose("check-not-available",
             "these checks cannot be said in the terms of " + conversion_.title() +
                 " and are left out",
             check.name + " of " + table_.name, meaning.obstacle, check.origin);
        continue;
      }
      check.expression = std::move(*meaning.expression);
      check.no_inherit = check.inherited = false;
      check.validated = check.enforced = true;
      check.column.clear();
      kept.push_back(std::move(check));
    }
    table_.checks = std::move(kept);
  }

  void convert_indexes() {
    std::vector<Index> kept;
    for (Index& index : table_.indexes) {
      if (convert_parts(index)) {
        convert_condition(index);
        kept.push_back(std::move(index));
      }
    }
    table_.indexes = std::move(kept);
  }

  bool convert_parts(Index& index) {
    for (IndexPart& part : index.parts) {
      Meaning meaning = part.expression.operation == Operation::column ? reader_.of(part.expression)
                                                                       : computed(part.expression);
      if (!meaning.expression) {
        lose("index-not-available",
             "these indexes cannot be said in the terms of " + conversion_.title() +
                 " and are left out",
             index.name + " of " + table_.name, meaning.obstacle, index.origin);
        return false;
      }
      part.expression = std::move(*meaning.expression);
    }
    return true;
  }

  void convert_condition(Index& index) {
    if (!index.where) return;
    Meaning meaning = index.unique ? computed(*index.where) : reader_.of(*index.where);
    if (meaning.expression) {
      index.where = std::move(*meaning.expression);
      return;
    }
    index.where.reset();
    lose("index-condition-not-available",
         index.unique ? "these unique indexes hold every row for " + conversion_.title() +
                            ", and are not unique, because their conditions cannot be said there"
                      : "these indexes hold every row for " + conversion_.title() +
                            ", because their conditions cannot be said there",
         index.name + " of " + table_.name, meaning.obstacle, index.origin);
    index.unique = false;
  }

  void lose(std::string code, std::string message, const std::string& object,
            const std::string& obstacle, const Origin& origin) {
    conversion_.losses.warning(std::move(code), std::move(message),
                               object + (obstacle.empty() ? "" : " (" + obstacle + ")"), origin);
  }

  Conversion& conversion_;
  Table& table_;
  MeaningReader reader_;
};

}  // namespace

void convert_expressions(Conversion& conversion) {
  for (Table& table : conversion.schema.tables) ExpressionConversion(conversion, table).run();
}

}  // namespace relata
