#include "emit/pydantic/conditions.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/values/regular_expression.h"

namespace relata::emit::pydantic {
namespace {

std::string_view sign(Operation operation) {
  switch (operation) {
    case Operation::equal:
      return " == ";
    case Operation::not_equal:
      return " != ";
    case Operation::less:
      return " < ";
    case Operation::less_or_equal:
      return " <= ";
    case Operation::greater:
      return " > ";
    case Operation::greater_or_equal:
      return " >= ";
    case Operation::add:
      return " + ";
    case Operation::subtract:
      return " - ";
    case Operation::multiply:
      return " * ";
    default:
      return " ";
  }
}

/// A raw string literal where that is possible.
std::string raw_string(const std::string& text) {
  const bool plain = text.find('"') == std::string::npos && !text.ends_with('\\') &&
                     std::none_of(text.begin(), text.end(),
                                  [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return plain ? "r\"" + text + "\"" : python_string(text);
}

/// Digits as Python takes them: no zeros before other digits.
std::string number_literal(std::string_view digits) {
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  while (digits.size() > 1 && digits[0] == '0' && is_ascii_digit(digits[1])) {
    digits.remove_prefix(1);
  }
  return (negative ? "-" : "") + std::string(digits);
}

/// What BaseModel has: https://docs.pydantic.dev/latest/api/base_model/.
constexpr std::array model_members{"construct",
                                   "copy",
                                   "dict",
                                   "from_orm",
                                   "json",
                                   "model_computed_fields",
                                   "model_config",
                                   "model_construct",
                                   "model_copy",
                                   "model_dump",
                                   "model_dump_json",
                                   "model_extra",
                                   "model_fields",
                                   "model_fields_set",
                                   "model_json_schema",
                                   "model_parametrized_name",
                                   "model_post_init",
                                   "model_rebuild",
                                   "model_validate",
                                   "model_validate_json",
                                   "model_validate_strings",
                                   "parse_file",
                                   "parse_obj",
                                   "parse_raw",
                                   "schema",
                                   "schema_json",
                                   "update_forward_refs",
                                   "validate"};

}  // namespace

std::string field_name(const std::string& member) {
  const bool taken =
      std::find(model_members.begin(), model_members.end(), member) != model_members.end();
  return taken ? member + "_" : member;
}

std::string ConditionWriter::column(const std::string& name) const {
  return "self." + field_name(row_.columns[row_.places.at(name)].member);
}

const RowColumn& ConditionWriter::column_under(const Expression& expression) const {
  const Expression* inner = &expression;
  while (inner->operation != Operation::column) inner = &inner->arguments.front();
  return row_.columns[row_.places.at(inner->text)];
}

std::string ConditionWriter::joined(const Expression& e) const {
  const bool all = e.operation == Operation::all_of;
  std::string out;
  for (const Expression& part : e.arguments) {
    if (!out.empty()) out += all ? " and " : " or ";
    const bool inner = part.operation == Operation::all_of || part.operation == Operation::any_of;
    out += inner ? "(" + condition(part) + ")" : condition(part);
  }
  return out;
}

std::string ConditionWriter::condition(const Expression& e) const {
  switch (e.operation) {
    case Operation::all_of:
    case Operation::any_of:
      return joined(e);
    case Operation::negate:
      return "not (" + condition(e.arguments.front()) + ")";
    case Operation::boolean:
      return e.text == "true" ? "True" : "False";
    case Operation::column:
      return column(e.text);
    case Operation::is_null:
      return column(e.arguments.front().text) + " is None";
    case Operation::is_not_null:
      return column(e.arguments.front().text) + " is not None";
    case Operation::in: {
      std::vector<std::string> items;
      for (std::size_t i = 1; i < e.arguments.size(); ++i) items.push_back(value(e.arguments[i]));
      return value(e.arguments.front()) + " in (" + join(items, ", ") +
             (items.size() == 1 ? ",)" : ")");
    }
    case Operation::matches_like: {
      const bool any_case = column_under(e.arguments.front()).value.likes_any_case;
      return imports_.use("re", "search") + "(" +
             raw_string("(?s)" + like_expression(e.text, any_case, "\\Z")) + ", " +
             value(e.arguments.front()) + ") is not None";
    }
    case Operation::sql:
      return imports_.use("re", "search") + "(" +
             raw_string((e.canonical.empty() ? "(?s)" : "(?is)") +
                        portable_regular_expression(e.text, "\\Z").value_or("")) +
             ", " + value(e.arguments.front()) + ") is not None";
    default:
      return comparison(e);
  }
}

std::string ConditionWriter::literal(const Expression& text, const Expression& beside) const {
  const Comparable kind = comparable(beside, row_);
  if (kind == Comparable::date || kind == Comparable::time || kind == Comparable::moment) {
    return python_moment(text.text, kind, column_under(beside).value.zone, imports_);
  }
  if (beside.operation != Operation::column) return python_string(text.text);
  // mypy refuses == between a Literal and a text outside of it.
  const std::vector<std::string>& choices = column_under(beside).value.choices;
  const bool outside =
      !choices.empty() && std::find(choices.begin(), choices.end(), text.text) == choices.end();
  return outside ? "str(" + python_string(text.text) + ")" : python_string(text.text);
}

std::string ConditionWriter::comparison(const Expression& e) const {
  const Expression& left = e.arguments[0];
  const Expression& right = e.arguments[1];
  if (is_condition(left)) {
    return "(" + condition(left) + ")" + std::string(sign(e.operation)) + "(" + condition(right) +
           ")";
  }
  const auto side = [&](const Expression& one, const Expression& other) {
    return one.operation == Operation::string ? literal(one, other) : value(one);
  };
  return side(left, right) + std::string(sign(e.operation)) + side(right, left);
}

std::string ConditionWriter::value(const Expression& e) const {
  switch (e.operation) {
    case Operation::column: {
      const RowColumn& known = row_.columns[row_.places.at(e.text)];
      if (known.value.shape == Shape::decimal && known.value.not_a_number) {
        return helpers_.use("_order") + "(" + column(e.text) + ")";
      }
      return column(e.text);
    }
    case Operation::string:
      return python_string(e.text);
    case Operation::number: {
      const std::string digits = number_literal(e.text);
      if (digits.find('.') == std::string::npos) return digits;
      return imports_.use("decimal", "Decimal") + "(" + python_string(digits) + ")";
    }
    case Operation::boolean:
      return e.text == "true" ? "True" : "False";
    case Operation::length_of:
      return "len(" + value(e.arguments.front()) + ")";
    case Operation::trimmed:
      return value(e.arguments.front()) + ".strip(\" \")";
    case Operation::lower:
    case Operation::upper: {
      const std::string name = e.operation == Operation::lower ? "lower" : "upper";
      const std::string inner = value(e.arguments.front());
      if (!column_under(e).value.ascii_case) return inner + "." + name + "()";
      return imports_.use("re", "sub") + "(r\"[A-Za-z]+\", lambda letters: letters[0]." + name +
             "(), " + inner + ")";
    }
    case Operation::absolute:
      return "abs(" + value(e.arguments.front()) + ")";
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply: {
      std::string out;
      for (const Expression& part : e.arguments) {
        if (!out.empty()) out += sign(e.operation);
        const bool inner = part.operation == Operation::add ||
                           part.operation == Operation::subtract ||
                           part.operation == Operation::multiply;
        out += inner ? "(" + value(part) + ")" : value(part);
      }
      return out;
    }
    case Operation::count_set: {
      std::vector<std::string> columns;
      for (const Expression& part : e.arguments) columns.push_back(column(part.text));
      return "sum(value is not None for value in (" + join(columns, ", ") +
             (columns.size() == 1 ? ",)" : ")") + ")";
    }
    default:
      return "None";
  }
}

}  // namespace relata::emit::pydantic
