// How an enumeration gets other values. They can be added anywhere, but neither taken away nor
// moved (https://www.postgresql.org/docs/current/sql-altertype.html).
#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/words.h"

namespace relata::migrate::postgres {
namespace {

/// A value that comes, and where: " BEFORE 'x'" or " AFTER 'x'".
struct AddedValue {
  std::string value;
  std::string place;
};

/// The values that `to` has and `from` has not. Whether the values of `from` are all there in their
/// order.
bool added_values(const Enumeration& from, const Enumeration& to, std::vector<AddedValue>& added) {
  std::size_t at = 0;
  std::string last;
  for (const std::string& value : to.values) {
    if (at < from.values.size() && from.values[at] == value) {
      ++at;
    } else {
      std::string place;
      if (at < from.values.size()) {
        place = " BEFORE " + dialect().string_literal(from.values[at]);
      } else if (!last.empty()) {
        place = " AFTER " + dialect().string_literal(last);
      }
      added.push_back({value, std::move(place)});
    }
    last = value;
  }
  return at == from.values.size();
}

/// Gives the columns the type of that name, which is another by now.
void convert(const std::vector<EnumeratedColumn>& columns, const std::string& type,
             std::vector<std::string>& statements) {
  for (const EnumeratedColumn& column : columns) {
    const std::string own = quoted(column.now->name);
    const std::string head = "ALTER TABLE " + quoted(column.table) + " ALTER COLUMN " + own + " ";
    std::string wanted = type;
    std::string between = "text";
    for (int i = 0; i < column.now->type.array_dimensions; ++i) {
      wanted += "[]";
      between += "[]";
    }
    if (column.now->default_value || column.later->default_value) {
      statements.push_back(head + "DROP DEFAULT");
    }
    statements.push_back(head + "TYPE " + wanted + " USING " + own + "::" + between +
                         "::" + wanted);
    if (column.later->default_value && column.later->type.name == column.now->type.name) {
      statements.push_back(
          head + "SET DEFAULT " +
          default_text(closed_text(dialect().expression(*column.later->default_value))));
    }
  }
}

}  // namespace

bool has_type(const Column& column, const Piece& enumeration) {
  if (column.type.kind != TypeKind::enumeration || column.type.name != enumeration.owner.name) {
    return false;
  }
  const std::string space = enumeration.owner.schema + ".";
  return enumeration.owner.schema.empty() || column.type.spelling.starts_with(space) ||
         column.type.spelling.starts_with(quoted(enumeration.owner.schema) + ".");
}

bool only_adds_values(const Enumeration& from, const Enumeration& to) {
  std::vector<AddedValue> added;
  return added_values(from, to, added);
}

std::vector<std::string> alter_enumeration(const Piece& from_piece, const Piece& to_piece,
                                           const std::vector<EnumeratedColumn>& columns) {
  const Enumeration& from = *std::get<const Enumeration*>(from_piece.object);
  const Enumeration& to = *std::get<const Enumeration*>(to_piece.object);
  const std::string type = quoted(to_piece.owner);
  std::vector<std::string> statements;
  std::vector<AddedValue> added;
  if (added_values(from, to, added)) {
    for (const AddedValue& each : added) {
      statements.push_back("ALTER TYPE " + type + " ADD VALUE IF NOT EXISTS " +
                           dialect().string_literal(each.value) + each.place);
    }
    return statements;
  }
  const std::string aside = dialect().fit(to.name + "__before");
  statements.push_back("ALTER TYPE " + type + " RENAME TO " + quoted(aside));
  for (const std::string& create : to_piece.create) statements.push_back(create);
  convert(columns, type, statements);
  statements.push_back("DROP TYPE " + quoted(QualifiedName{to_piece.owner.schema, aside}));
  return statements;
}

}  // namespace relata::migrate::postgres
