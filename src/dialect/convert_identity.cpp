// Columns that number the rows: sequences behind defaults, AUTO_INCREMENT, row ids.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/convert_steps.h"
#include "dialect/lower.h"
#include "dialect/translate.h"

namespace relata {
namespace {

/// Whether the default takes the next number of a sequence: nextval('orders_id_seq'::regclass).
bool takes_next_number(const Expression& expression) {
  if (expression.operation != Operation::sql) return false;
  const std::string text = to_lower(trim(expression.text));
  return text.rfind("nextval(", 0) == 0 || text.rfind("pg_catalog.nextval(", 0) == 0 ||
         text.rfind("next value for", 0) == 0;
}

/// The bare name of the sequence: orders_id_seq of nextval('public.orders_id_seq'::regclass).
std::string sequence_of(const Expression& expression, const Lexis& lexis) {
  const auto tokens = tokens_of(expression.text, lexis);
  if (!tokens) return {};
  for (const Token& token : *tokens) {
    if (token.kind != TokenKind::string) continue;
    const std::string name = to_lower(replace_all(token.text, "\"", ""));
    return name.substr(name.rfind('.') + 1);
  }
  return {};
}

bool is_integer(TypeKind kind) {
  return kind == TypeKind::small_integer || kind == TypeKind::integer ||
         kind == TypeKind::big_integer;
}

bool refers(const Table& table, const std::string& column) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) {
                       return key.columns.size() == 1 && key.columns.front() == column;
                     });
}

bool is_first_in_key(const Table& table, const std::string& column) {
  const auto first = [&](const std::vector<std::string>& columns) {
    return !columns.empty() && columns.front() == column;
  };
  return (table.primary_key && first(table.primary_key->columns)) ||
         std::any_of(table.uniques.begin(), table.uniques.end(),
                     [&](const Unique& unique) { return first(unique.columns); }) ||
         std::any_of(table.indexes.begin(), table.indexes.end(), [&](const Index& index) {
           return !index.parts.empty() && index.method.empty() && !index.where &&
                  index.parts.front().expression == expression::column(column);
         });
}

class IdentityConversion {
 public:
  explicit IdentityConversion(Conversion& conversion) : conversion_(conversion) {}

  void run() {
    for (Table& table : conversion_.schema.tables) {
      for (Column& column : table.columns) recognise(table, column);
      place(table);
    }
  }

 private:
  void recognise(Table& table, Column& column) {
    if (column.default_value && takes_next_number(*column.default_value)) {
      if (column.type.kind == TypeKind::decimal) column.type = simple_type(TypeKind::big_integer);
      if (is_integer(column.type.kind)) {
        column.identity = Identity{};
        conversion_.taken_sequences.insert(
            sequence_of(*column.default_value, conversion_.source.lexis()));
      } else {
        conversion_.losses.warning("sequence-not-available",
                                   "sequences are not available for " + conversion_.title() +
                                       "; the application must give these values",
                                   column_path(table, column), column.origin);
      }
      column.default_value.reset();
    }
    if (!column.identity) return;
    if (!is_integer(column.type.kind)) column.type = simple_type(TypeKind::big_integer);
    // A key that is also a reference takes its number from there, not from the engine.
    if (!column.identity->automatic && refers(table, column.name)) column.identity.reset();
    if (column.identity) {
      column.identity = Identity{};
      column.nullable = false;
    }
    column.default_value.reset();
  }

  void place(Table& table) {
    std::vector<Column*> numbered;
    for (Column& column : table.columns) {
      if (column.identity) numbered.push_back(&column);
    }
    if (numbered.empty() || conversion_.target.identity_place() == IdentityPlace::anywhere) return;
    // The primary key's own column comes first.
    std::stable_sort(numbered.begin(), numbered.end(), [&](const Column* a, const Column* b) {
      return is_primary_key_column(table, a->name) && !is_primary_key_column(table, b->name);
    });
    if (conversion_.target.identity_place() == IdentityPlace::only_primary_key) {
      Column& first = *numbered.front();
      const bool alone = table.primary_key && table.primary_key->columns.size() == 1 &&
                         table.primary_key->columns.front() == first.name;
      if (!alone && !table.primary_key) {
        table.primary_key = PrimaryKey{{}, {first.name}};
        conversion_.losses.note("identity-needs-key",
                                "these columns are primary keys for " + conversion_.title() +
                                    ", because it numbers no others",
                                column_path(table, first), first.origin);
        numbered.erase(numbered.begin());
      } else if (alone) {
        numbered.erase(numbered.begin());
      }
    } else {
      Column& first = *numbered.front();
      if (!is_first_in_key(table, first.name)) {
        Index index;
        index.parts.push_back({expression::column(first.name)});
        index.origin = first.origin;
        table.indexes.push_back(std::move(index));
      }
      numbered.erase(numbered.begin());
    }
    for (Column* column : numbered) {
      column->identity.reset();
      conversion_.losses.warning("identity-not-available",
                                 "nothing numbers these columns in " + conversion_.title() +
                                     ", which numbers one column of a table; the application must "
                                     "give the values",
                                 column_path(table, *column), column->origin);
    }
  }

  Conversion& conversion_;
};

}  // namespace

void convert_identities(Conversion& conversion) { IdentityConversion(conversion).run(); }

}  // namespace relata
