#include "emit/prisma/condition.h"

#include <array>
#include <optional>

#include "base/text.h"
#include "dialect/dialect.h"
#include "emit/code/column_type.h"

namespace relata::emit::prisma7 {
namespace {

struct Sign {
  Operation operation;
  std::string_view sign;
};
constexpr std::array signs{
    Sign{Operation::equal, "="},   Sign{Operation::not_equal, "<>"},
    Sign{Operation::less, "<"},    Sign{Operation::less_or_equal, "<="},
    Sign{Operation::greater, ">"}, Sign{Operation::greater_or_equal, ">="},
};

/// Prints the neutral meaning of a condition the way PostgreSQL's catalog does; nothing for what
/// this does not know how to print.
class Printed {
 public:
  Printed(const Model& model, const Dialect& dialect) : model_(model), dialect_(dialect) {}

  [[nodiscard]] std::optional<std::string> whole(const Expression& expression) const {
    switch (expression.operation) {
      case Operation::all_of:
        return joined(expression, " AND ");
      case Operation::any_of:
        return joined(expression, " OR ");
      case Operation::negate:
        return around("NOT (", expression, ")");
      case Operation::is_null:
        return around("", expression, " IS NULL");
      case Operation::is_not_null:
        return around("", expression, " IS NOT NULL");
      case Operation::in:
        return in(expression);
      case Operation::column:
        return dialect_.identifier(expression.text);
      case Operation::boolean:
        return expression.text;
      default:
        return comparison(expression);
    }
  }

 private:
  [[nodiscard]] std::optional<std::string> joined(const Expression& expression,
                                                  std::string_view word) const {
    std::vector<std::string> parts;
    for (const Expression& argument : expression.arguments) {
      const std::optional<std::string> part = whole(argument);
      if (!part) return std::nullopt;
      const bool plain =
          argument.operation != Operation::all_of && argument.operation != Operation::any_of;
      parts.push_back(plain ? *part : "(" + *part + ")");
    }
    return join(parts, word);
  }

  [[nodiscard]] std::optional<std::string> around(std::string_view before,
                                                  const Expression& expression,
                                                  std::string_view after) const {
    if (expression.arguments.size() != 1) return std::nullopt;
    const std::optional<std::string> inner = whole(expression.arguments.front());
    if (!inner) return std::nullopt;
    return std::string(before) + *inner + std::string(after);
  }

  [[nodiscard]] const Column* column_of(const Expression& expression) const {
    if (expression.operation != Operation::column) return nullptr;
    const auto found = model_.columns.find(expression.text);
    return found == model_.columns.end() ? nullptr : &model_.table->columns[found->second];
  }

  /// The column where a value is compared with it: varchar is compared as text.
  [[nodiscard]] std::string compared(const Column& column) const {
    const std::string name = dialect_.identifier(column.name);
    return column.type.kind == TypeKind::varchar ? "(" + name + ")::text" : name;
  }

  [[nodiscard]] std::optional<std::string> constant(const Expression& value) const {
    if (value.operation == Operation::string) return dialect_.string_literal(value.text);
    if (value.operation == Operation::boolean) return value.text;
    if (value.operation != Operation::number) return std::nullopt;
    return value.text.starts_with('-') ? "'" + value.text + "'::integer" : value.text;
  }

  [[nodiscard]] static bool takes_constants(const Column& column) {
    switch (column.type.kind) {
      case TypeKind::text:
      case TypeKind::varchar:
      case TypeKind::character:
      case TypeKind::enumeration:
      case TypeKind::integer:
      case TypeKind::small_integer:
      case TypeKind::big_integer:
      case TypeKind::decimal:
      case TypeKind::boolean:
        return column.type.array_dimensions == 0;
      default:
        return false;
    }
  }

  [[nodiscard]] std::optional<std::string> comparison(const Expression& expression) const {
    const Sign* found = nullptr;
    for (const Sign& sign : signs) {
      if (sign.operation == expression.operation) found = &sign;
    }
    if (found == nullptr || expression.arguments.size() != 2) return std::nullopt;
    const Column* column = column_of(expression.arguments[0]);
    const std::optional<std::string> value = constant(expression.arguments[1]);
    if (column == nullptr || !value || !takes_constants(*column)) return std::nullopt;
    return compared(*column) + " " + std::string(found->sign) + " " + *value;
  }

  [[nodiscard]] std::optional<std::string> in(const Expression& expression) const {
    const Column* column =
        expression.arguments.empty() ? nullptr : column_of(expression.arguments.front());
    if (column == nullptr || !takes_constants(*column)) return std::nullopt;
    const bool varying = column->type.kind == TypeKind::varchar;
    const std::string type = varying ? "character varying" : column->type.spelling;
    std::vector<std::string> values;
    for (std::size_t i = 1; i < expression.arguments.size(); ++i) {
      const std::optional<std::string> value = constant(expression.arguments[i]);
      if (!value) return std::nullopt;
      const bool text = expression.arguments[i].operation == Operation::string;
      values.push_back(text ? *value + "::" + type : *value);
    }
    if (values.size() == 1) return compared(*column) + " = " + values.front();
    const std::string array = "ARRAY[" + join(values, ", ") + "]";
    return compared(*column) + " = ANY (" + (varying ? "(" + array + ")::text[]" : array) + ")";
  }

  const Model& model_;
  const Dialect& dialect_;
};

/// Words outside of quotes in lower case, as PostgreSQL folds names.
std::string folded(std::string_view sql) {
  std::string out;
  char quote = 0;
  for (const char c : sql) {
    if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (quote == c) {
      quote = 0;
    }
    out += quote == 0 ? to_lower(std::string_view(&c, 1)) : std::string(1, c);
  }
  return out;
}

}  // namespace

std::string without_default_namespace(std::string_view sql) {
  constexpr std::string_view prefix = "public.";
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') in_string = !in_string;
    const char before = i == 0 ? ' ' : sql[i - 1];
    const bool begins_word = !is_ascii_letter(before) && !is_ascii_digit(before) && before != '_' &&
                             before != '.' && before != '"';
    if (!in_string && begins_word && sql.substr(i).starts_with(prefix)) i += prefix.size();
    if (i < sql.size()) out += sql[i];
  }
  return out;
}

std::string condition(const Schema& schema, const Model& model, const Expression& expression) {
  const Dialect* dialect = find_dialect(schema.dialect);
  if (dialect == nullptr) return expression.text;
  if (schema.dialect != "postgres") {
    return expression.operation == Operation::sql ? expression.text
                                                  : dialect->expression(expression);
  }
  // A cast is what the catalog's own texts and those of pg_dump show.
  const bool from_catalog = expression.text.find("::") != std::string::npos;
  const Expression* neutral = meaning(expression);
  if (!from_catalog && neutral != nullptr) {
    if (const auto text = Printed(model, *dialect).whole(*neutral)) return *text;
  }
  const std::string text = without_default_namespace(trim(expression.text));
  return from_catalog ? text : folded(text);
}

}  // namespace relata::emit::prisma7
