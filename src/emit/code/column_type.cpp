#include "emit/code/column_type.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/dialect.h"

namespace relata::emit {
namespace {

/// The texts that the expression lets a column have; empty when it says something else. A NULL
/// passes a CHECK by itself, so that "x IS NULL OR x IN (...)" says no more than "x IN (...)".
std::vector<std::string> listed(const Expression& whole, std::string_view column) {
  const Expression* expression = meaning(whole);
  if (expression == nullptr) return {};
  const auto& arguments = expression->arguments;
  const auto is_column = [&](const Expression& part) {
    const Expression* neutral = meaning(part);
    return neutral != nullptr && neutral->operation == Operation::column && neutral->text == column;
  };
  switch (expression->operation) {
    case Operation::in: {
      if (arguments.size() < 2 || !is_column(arguments.front())) return {};
      std::vector<std::string> values;
      for (std::size_t i = 1; i < arguments.size(); ++i) {
        const Expression* value = meaning(arguments[i]);
        if (value == nullptr || value->operation != Operation::string) return {};
        values.push_back(value->text);
      }
      return values;
    }
    case Operation::equal: {
      if (arguments.size() != 2 || !is_column(arguments.front())) return {};
      const Expression* value = meaning(arguments.back());
      if (value == nullptr || value->operation != Operation::string) return {};
      return {value->text};
    }
    case Operation::any_of: {
      std::vector<std::string> values;
      for (const Expression& part : arguments) {
        const Expression* neutral = meaning(part);
        if (neutral == nullptr) return {};
        if (neutral->operation == Operation::is_null && is_column(neutral->arguments.front())) {
          continue;
        }
        const std::vector<std::string> more = listed(*neutral, column);
        if (more.empty()) return {};
        values.insert(values.end(), more.begin(), more.end());
      }
      return values;
    }
    case Operation::all_of:
      for (const Expression& part : arguments) {
        std::vector<std::string> values = listed(part, column);
        if (!values.empty()) return values;
      }
      return {};
    default:
      return {};
  }
}

bool is_text(TypeKind kind) {
  return kind == TypeKind::text || kind == TypeKind::varchar || kind == TypeKind::character;
}

const Domain* find_domain(const Schema& schema, const Type& type) {
  if (schema.domains.empty()) return nullptr;
  std::string_view spelling = type.spelling;
  while (spelling.size() > 2 && spelling.substr(spelling.size() - 2) == "[]") {
    spelling.remove_suffix(2);
  }
  const auto found =
      std::find_if(schema.domains.begin(), schema.domains.end(), [&](const Domain& domain) {
        if (spelling == domain.name || spelling == "\"" + domain.name + "\"") return true;
        return spelling == domain.schema + "." + domain.name;
      });
  return found == schema.domains.end() ? nullptr : &*found;
}

const Enumeration* find_enumeration(const Schema& schema, const Type& type) {
  const auto has_values = [&](const Enumeration& e) { return e.values == type.values; };
  const Enumeration* by_name = nullptr;
  for (const Enumeration& enumeration : schema.enumerations) {
    if (enumeration.name != type.name || !has_values(enumeration)) continue;
    const bool named =
        !enumeration.schema.empty() && type.spelling.rfind(enumeration.schema + ".", 0) == 0;
    if (by_name == nullptr || named) by_name = &enumeration;
  }
  return by_name;
}

}  // namespace

const Expression* meaning(const Expression& expression) {
  if (expression.operation != Operation::sql) return &expression;
  return expression.arguments.empty() ? nullptr : &expression.arguments.front();
}

ValueType value_type(const Schema& schema, const Type& type) {
  ValueType value;
  value.kind = type.kind;
  value.array_dimensions = type.array_dimensions;
  value.length = type.length;
  value.precision = type.precision;
  value.scale = type.scale;
  value.is_unsigned = to_lower(type.spelling).find("unsigned") != std::string::npos;
  value.values = type.values;
  if (type.kind == TypeKind::enumeration) {
    const Enumeration* enumeration = find_enumeration(schema, type);
    if (enumeration != nullptr) value.enumeration = {enumeration->schema, enumeration->name};
  }
  if (const Domain* domain = find_domain(schema, type)) {
    value.domain = {domain->schema, domain->name};
    value.domain_not_null = !domain->nullable;
    value.domain_default = domain->default_value.has_value();
    for (const Check& check : domain->checks) {
      if (is_text(value.kind) && value.values.empty()) {
        value.values = listed(check.expression, "VALUE");
      }
    }
  }
  return value;
}

ValueType value_type(const Schema& schema, const Table& table, const Column& column) {
  ValueType value = value_type(schema, column.type);
  if (is_text(value.kind) && value.values.empty() && value.array_dimensions == 0) {
    for (const Check& check : table.checks) {
      if (value.values.empty()) value.values = listed(check.expression, column.name);
    }
  }
  const Dialect* dialect = find_dialect(schema.dialect);
  value.loose = dialect != nullptr && !dialect->keeps_column_types(table);
  return value;
}

bool may_be_left_out(const Column& column) {
  return column.nullable || column.default_value || column.identity || column.generated;
}

bool is_read_only(const Column& column) {
  return column.generated || (column.identity && column.identity->always);
}

}  // namespace relata::emit
