// JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12): rows as JSON documents have
// them. Tried with ajv 8 (tests/live/orm_values_test.py).

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "emit/code/json_text.h"
#include "emit/output.h"
#include "emit/values/conditions.h"
#include "emit/values/regular_expression.h"
#include "emit/values/rows.h"

namespace relata::emit {
namespace {

using Json = nlohmann::ordered_json;

/// Digits as a JSON number: whole where they are, else of floating point.
Json number(const std::string& digits) {
  if (digits.find('.') != std::string::npos) return std::stod(digits);
  if (digits.size() > 18 && !digits.starts_with('-')) {
    return static_cast<std::uint64_t>(std::stoull(digits));
  }
  return static_cast<std::int64_t>(std::stoll(digits));
}

bool is_plain_number(const std::string& digits) {
  return digits.size() < 18 && digits.find_first_of("0123456789") != std::string::npos &&
         digits.find_first_not_of("-.0123456789") == std::string::npos;
}

/// What a text of a decimal number looks like.
std::string decimal_pattern(const Value& value) {
  const std::string special = value.not_a_number ? (value.limited ? "NaN" : "NaN|-?Infinity") : "";
  std::string digits = "[+-]?(?=\\.?\\d)\\d*(?:\\.\\d*)?";
  if (value.limited && value.scale >= 0 && value.precision >= value.scale) {
    const std::string whole = std::to_string(value.precision - value.scale);
    const std::string scale = std::to_string(value.scale);
    digits = "[+-]?(?=\\.?\\d)0*\\d{0," + whole + "}(?:\\.\\d{0," + scale + "}0*)?";
  }
  return "^(?:" + digits + (special.empty() ? "" : "|" + special) + ")$";
}

class Document {
 public:
  explicit Document(const TargetInput& input)
      : input_(input), rows_(row_types(input, typescript(), "json-schema")) {}

  std::string write() {
    Json document;
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    if (!input_.native.name.empty()) document["title"] = input_.native.name;
    document["$defs"] = Json::object();
    for (const ClosedSet& set : rows_.closed_sets) {
      Json& schema = document["$defs"][set.type];
      schema["type"] = "string";
      schema["enum"] = set.values;
      if (!set.comment.empty()) schema["description"] = set.comment;
    }
    for (const RowType& row : rows_.rows) add_row(row, document["$defs"]);
    for (const ViewRowType& view : rows_.views) add_view(view, document["$defs"]);
    return json_text(document) + "\n";
  }

 private:
  /// The schema of one value other than null, of an element where the column is an array.
  [[nodiscard]] Json element(const RowColumn& column) const {
    const Value& value = column.value;
    if (column.closed_set != RowColumn::none && value.shape != Shape::several) {
      return {{"$ref", "#/$defs/" + rows_.closed_sets[column.closed_set].type}};
    }
    const auto text = [](std::string_view format) {
      Json schema{{"type", "string"}};
      if (!format.empty()) schema["format"] = format;
      return schema;
    };
    switch (value.shape) {
      case Shape::integer:
        if (value.spelling == "year") {
          return {{"type", "integer"}, {"minimum", 0}, {"maximum", 2155}};
        }
        return {
            {"type", "integer"}, {"minimum", number(value.least)}, {"maximum", number(value.most)}};
      case Shape::bit_field:
        return {{"type", "integer"}, {"minimum", 0}};
      case Shape::floating:
        return {{"type", "number"}};
      case Shape::boolean:
        return {{"type", "boolean"}};
      case Shape::decimal:
        return {{"type", "string"}, {"pattern", decimal_pattern(value)}};
      case Shape::date:
        return text(value.unbound || value.infinite ? "" : "date");
      case Shape::time:
        return text("");
      case Shape::moment:
        return text(value.unbound ? "" : "date-time");
      case Shape::uuid:
        return text("uuid");
      case Shape::bytes: {
        Json schema = text("");
        schema["contentEncoding"] = "base64";
        return schema;
      }
      case Shape::several: {
        Json schema = text("");
        schema["description"] = "Some of these, with commas between: " + join(value.choices, ", ");
        return schema;
      }
      case Shape::hstore:
        return {{"type", "object"}, {"additionalProperties", {{"type", {"string", "null"}}}}};
      case Shape::json:
      case Shape::opaque:
        return Json::object();
      case Shape::text: {
        Json schema = text("");
        if (value.characters > 0) schema["maxLength"] = value.characters;
        return schema;
      }
      case Shape::bits: {
        Json schema{{"type", "string"}, {"pattern", "^[01]*$"}};
        if (value.exact) schema["minLength"] = value.characters;
        if (value.characters > 0) schema["maxLength"] = value.characters;
        return schema;
      }
      default:
        return text("");
    }
  }

  static void add_bound(const Bound& bound, Json& schema) {
    const bool upper =
        bound.operation == Operation::less || bound.operation == Operation::less_or_equal;
    const bool open = bound.operation == Operation::less || bound.operation == Operation::greater;
    if (!is_plain_number(bound.number)) return;
    if (bound.of_length) {
      const long limit = std::stol(bound.number) + (open ? (upper ? -1 : 1) : 0);
      schema[upper ? "maxLength" : "minLength"] = std::max(limit, 0L);
      return;
    }
    const std::string type = schema.value("type", "");
    if (type != "integer" && type != "number") return;
    schema[upper ? (open ? "exclusiveMaximum" : "maximum")
                 : (open ? "exclusiveMinimum" : "minimum")] = number(bound.number);
  }

  /// What a check says of this column alone, as far as JSON Schema has words for it. Whether all of
  /// it is said.
  static bool add_check(const RowCheck& check, const RowType& row, Json& schema) {
    if (!is_of_column(check, row) || schema.contains("$ref")) return false;
    const std::vector<Bound> bounds = bounds_of(check);
    for (const Bound& bound : bounds) add_bound(bound, schema);
    if (!bounds.empty()) return row.columns[check.columns.front()].value.shape != Shape::decimal;
    const Expression& meaning = check.meaning;
    if (is_regular_expression(meaning) && meaning.canonical.empty() &&
        !schema.contains("pattern")) {
      schema["pattern"] = portable_regular_expression(meaning.text, "$").value_or("");
      return true;
    }
    const bool like = meaning.operation == Operation::matches_like &&
                      meaning.arguments.front().operation == Operation::column;
    if (!like || schema.contains("pattern")) return false;
    const bool any_case = row.columns[check.columns.front()].value.likes_any_case;
    // No flag lets a dot stand for a line end here.
    schema["pattern"] =
        replace_all(like_expression(meaning.text, any_case, "$"), ".*", "[\\s\\S]*");
    return true;
  }

  /// The schema of a column; `unsaid` gets the checks that it does not say.
  [[nodiscard]] Json property(const RowType& row, std::size_t place,
                              const std::vector<RowCheck>& checks,
                              std::vector<std::string>& unsaid) const {
    const RowColumn& column = row.columns[place];
    Json schema = element(column);
    for (const RowCheck& check : checks) {
      if (check.columns.front() != place) continue;
      if (!add_check(check, row, schema)) unsaid.push_back(check.name);
    }
    for (int i = 0; i < column.value.dimensions; ++i) {
      schema = Json{{"type", "array"}, {"items", std::move(schema)}};
    }
    if (column.nullable && !schema.empty()) {
      if (schema.contains("type")) {
        schema["type"] = Json::array({schema["type"], "null"});
      } else {
        schema = Json{{"anyOf", Json::array({std::move(schema), {{"type", "null"}}})}};
      }
    }
    if (column.read_only) schema["readOnly"] = true;
    if (!column.column->comment.empty()) schema["description"] = column.column->comment;
    return schema;
  }

  void add_row(const RowType& row, Json& definitions) const {
    const RowChecks checks = row_checks(row);
    std::vector<std::string> unsaid = checks.database_only;
    std::vector<RowCheck> said;
    for (const RowCheck& check : checks.checks) {
      // One without columns is of no row.
      if (check.columns.empty()) continue;
      said.push_back(check);
    }
    Json whole{{"type", "object"}};
    if (!row.table->comment.empty()) whole["description"] = row.table->comment;
    whole["properties"] = Json::object();
    whole["required"] = Json::array();
    Json inserted{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (std::size_t place = 0; place < row.columns.size(); ++place) {
      const RowColumn& column = row.columns[place];
      Json schema = property(row, place, said, unsaid);
      whole["required"].push_back(column.member);
      if (!column.read_only) {
        inserted["properties"][column.member] = schema;
        if (!column.may_be_left_out) inserted["required"].push_back(column.member);
      }
      whole["properties"][column.member] = std::move(schema);
    }
    Json changed = inserted;
    changed.erase("required");
    for (Json* schema : {&whole, &inserted, &changed}) (*schema)["additionalProperties"] = false;
    if (!unsaid.empty()) {
      std::sort(unsaid.begin(), unsaid.end());
      whole["$comment"] = "In the database only: " + join(unsaid, ", ");
    }
    definitions[row.row] = std::move(whole);
    definitions[row.inserted] = std::move(inserted);
    definitions[row.changed] = std::move(changed);
  }

  static void add_view(const ViewRowType& view, Json& definitions) {
    Json schema{{"type", "object"}};
    if (!view.view->comment.empty()) schema["description"] = view.view->comment;
    schema["properties"] = Json::object();
    for (const std::string& member : view.members) {
      schema["properties"][member] = Json{{"readOnly", true}};
    }
    schema["required"] = view.members;
    schema["additionalProperties"] = false;
    definitions[view.row] = std::move(schema);
  }

  const TargetInput& input_;
  RowTypes rows_;
};

}  // namespace

std::vector<OutputFile> write_json_schema(const TargetInput& input, DiagnosticSink&) {
  return {{"types/schema.schema.json", Document(input).write(), false}};
}

}  // namespace relata::emit
