#include "migrate/postgres/first_tenant.h"

#include "base/text.h"
#include "migrate/postgres/words.h"

namespace relata::migrate::postgres {
namespace {

/// Some value of a type, for what a row has to have and nobody said.
std::optional<std::string> some_value(const Column& column, const std::string& text) {
  switch (column.type.kind) {
    case TypeKind::text:
    case TypeKind::varchar:
    case TypeKind::character: {
      const std::size_t limit =
          column.type.length > 0 ? static_cast<std::size_t>(column.type.length) : text.size();
      return dialect().string_literal(text.substr(0, limit));
    }
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_precision:
      return "0";
    case TypeKind::boolean:
      return "false";
    case TypeKind::date:
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      return "now()";
    case TypeKind::json:
      return "'{}'";
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> first_tenant_key(const Type& type) {
  switch (type.kind) {
    case TypeKind::uuid:
      // A UUIDv7 of the first moment that it can tell (RFC 9562).
      return "'00000000-0000-7000-8000-000000000001'";
    case TypeKind::small_integer:
    case TypeKind::integer:
    case TypeKind::big_integer:
      return "1";
    case TypeKind::text:
    case TypeKind::varchar:
      return "'aaaaaaaaaaaaaaaaaaaaaaaa'";
    default:
      return std::nullopt;
  }
}

std::vector<std::string> make_first_tenant(const Table& root) {
  if (!root.primary_key || root.primary_key->columns.size() != 1) return {};
  std::vector<std::string> columns;
  std::vector<std::string> values;
  for (const Column& column : root.columns) {
    std::optional<std::string> value;
    if (column.name == root.primary_key->columns.front()) {
      // What numbers its rows itself begins with 1.
      const bool numbered = column.identity.has_value() ||
                            (column.default_value && first_tenant_key(column.type) == "1");
      if (!numbered) value = first_tenant_key(column.type);
    } else if (!column.nullable && !column.default_value && !column.generated && !column.identity) {
      value = some_value(column, "First " + replace_all(root.name, "_", " "));
    }
    if (!value) continue;
    columns.push_back(quoted(column.name));
    values.push_back(*value);
  }
  const std::string table = quoted(QualifiedName{root.schema, root.name});
  if (columns.empty()) return {"INSERT INTO " + table + " DEFAULT VALUES"};
  return {"INSERT INTO " + table + " (" + join(columns, ", ") + ") VALUES (" + join(values, ", ") +
          ")"};
}

}  // namespace relata::migrate::postgres
