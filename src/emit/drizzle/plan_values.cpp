// Defaults, generated columns and numbering. What drizzle-kit makes of a default stands in the
// snapshot (generatePgSnapshot() and its like in its serializers), so both are worked out together.

#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "dialect/postgres_object_names.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {
namespace {

constexpr std::size_t safe_digits = 15;  ///< A JavaScript number keeps as many.

/// "0", "-12", "1.5": digits that JavaScript writes in the same way.
bool is_plain_number(std::string_view digits) {
  if (digits.starts_with('-')) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > safe_digits) return false;
  const std::size_t dot = digits.find('.');
  const std::string_view whole = digits.substr(0, dot);
  const auto all_digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_ascii_digit);
  };
  if (!all_digits(whole) || (whole.size() > 1 && whole.front() == '0')) return false;
  if (dot == std::string_view::npos) return true;
  const std::string_view fraction = digits.substr(dot + 1);
  return all_digits(fraction) && fraction.back() != '0';
}

/// What the default is where it is a literal.
const Expression* literal_of(const Expression& value) {
  const Expression* neutral = meaning(value);
  if (neutral == nullptr) return nullptr;
  const bool is_literal = neutral->operation == Operation::string ||
                          neutral->operation == Operation::number ||
                          neutral->operation == Operation::boolean;
  return is_literal ? neutral : nullptr;
}

std::string single_quoted(std::string_view value) {
  return "'" + replace_all(value, "'", "''") + "'";
}

/// Whether all of the text stands in one pair of parentheses.
bool is_parenthesized(std::string_view query) {
  if (!query.starts_with('(') || !query.ends_with(')')) return false;
  int depth = 0;
  char quote = '\0';
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"' || c == '`') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0 && i + 1 < query.size()) {
      return false;
    }
  }
  return true;
}

/// A default as Drizzle has it.
struct PlannedDefault {
  Code call;
  std::string json;
};

std::optional<PlannedDefault> literal_default(const PlannedColumn& column,
                                              const Expression& literal) {
  const std::string& value = literal.text;
  const bool is_number = literal.operation == Operation::number && is_plain_number(value);
  const auto as = [](Code argument, std::string json) {
    return PlannedDefault{call("default", {std::move(argument)}), std::move(json)};
  };
  switch (column.type.literal) {
    case Literal::text:
      if (literal.operation != Operation::string) break;
      if (value.find('\\') != std::string::npos) break;
      return as(string_literal(value), json_string(single_quoted(value)));
    case Literal::number:
      if (!is_number) break;
      return as(text(value), value);
    case Literal::decimal:
      if (!is_number) break;
      return as(string_literal(value), json_string(single_quoted(value)));
    case Literal::boolean:
      if (literal.operation == Operation::boolean) return as(text(value), value);
      if (value == "1") return as(text("true"), "true");
      if (value == "0") return as(text("false"), "false");
      break;
    case Literal::none:
      break;
  }
  return std::nullopt;
}

/// Functions that Drizzle has a call for.
struct KnownDefault {
  std::string_view dialect;
  std::string_view function;
  std::string_view query;
  std::string_view call;
};
constexpr std::array known_defaults = {
    KnownDefault{"postgres", "timestamp", "now()", "defaultNow"},
    KnownDefault{"postgres", "uuid", "gen_random_uuid()", "defaultRandom"},
};

/// SQLite takes only literals and a few words without parentheses.
std::string default_query(const Plan& plan, const Expression& expression) {
  std::string query = plan.input->dialect.expression(expression);
  if (plan.flavor->dialect == "sqlite") {
    constexpr std::array words = {"NULL",         "TRUE",        "FALSE", "CURRENT_TIMESTAMP",
                                  "CURRENT_DATE", "CURRENT_TIME"};
    const std::string upper = to_upper(query);
    const bool bare = literal_of(expression) != nullptr ||
                      std::find(words.begin(), words.end(), upper) != words.end();
    return bare || is_parenthesized(query) ? query : "(" + query + ")";
  }
  return query;
}

void plan_default(Plan& plan, PlannedColumn& planned, const Expression& expression) {
  const Expression* neutral = meaning(expression);
  // PostgreSQL remembers DEFAULT NULL only where the type has a length, or the like.
  const bool is_null = neutral != nullptr && neutral->operation == Operation::null;
  if (is_null && plan.flavor->dialect == "mysql") return;
  if (is_null && plan.flavor->dialect == "postgres" &&
      planned.type.sql_type.find('(') == std::string::npos) {
    return;
  }
  const std::string query = default_query(plan, expression);
  for (const KnownDefault& known : known_defaults) {
    if (known.dialect != plan.flavor->dialect || known.function != planned.type.function ||
        known.query != to_lower(query)) {
      continue;
    }
    planned.calls.push_back(call(known.call, {}));
    planned.default_json = json_string(known.query);
    return;
  }
  if (const Expression* literal = literal_of(expression)) {
    if (std::optional<PlannedDefault> found = literal_default(planned, *literal)) {
      planned.calls.push_back(std::move(found->call));
      // MySQL's drizzle-kit adds the parentheses that the type needs.
      const bool adds = plan.flavor->dialect == "mysql" && planned.type.sql_type == "text";
      planned.default_json =
          adds ? json_string("(" + single_quoted(literal->text) + ")") : found->json;
      return;
    }
  }
  planned.calls.push_back(call("default", {plan.sql(query)}));
  planned.default_json = json_string(query);
}

void plan_generated(Plan& plan, PlannedColumn& planned, const Generated& generated) {
  const std::string query = plan.input->dialect.expression(generated.expression);
  planned.stored = generated.stored;
  std::vector<Code> arguments = {plan.sql(query)};
  const bool has_modes = plan.flavor->dialect != "postgres";
  if (has_modes && generated.stored)
    arguments.push_back(object({{"mode", string_literal("stored")}}));
  planned.calls.push_back(call("generatedAlwaysAs", std::move(arguments)));
  planned.generated = plan.flavor->dialect == "sqlite" ? "(" + query + ")" : query;
}

/// Smallest and largest value of an integer type.
struct Range {
  std::string_view type, minimum, maximum;
};
constexpr std::array ranges = {
    Range{"smallint", "-32768", "32767"},
    Range{"integer", "-2147483648", "2147483647"},
    Range{"bigint", "-9223372036854775808", "9223372036854775807"},
};

void plan_identity(PlannedColumn& planned, const Table& table, const Column& column) {
  const Identity& identity = *column.identity;
  planned.identity = planned_numbers(identity.options, column.type.spelling);
  planned.identity->always = identity.always;
  planned.identity->schema = table.schema.empty() ? "public" : table.schema;
  planned.identity->name = identity.sequence.empty()
                               ? postgres_object_name(table.name, column.name, "seq")
                               : identity.sequence;
  std::vector<std::pair<std::string, Code>> members = number_options(identity.options);
  if (planned.identity->name != table.name + "_" + column.name + "_seq")
    members.insert(members.begin(), {"name", string_literal(planned.identity->name)});
  std::vector<Code> arguments;
  if (!members.empty()) arguments.push_back(object(std::move(members)));
  planned.calls.push_back(
      call(identity.always ? "generatedAlwaysAsIdentity" : "generatedByDefaultAsIdentity",
           std::move(arguments)));
}

}  // namespace

PlannedIdentity planned_numbers(const SequenceOptions& options, std::string_view type) {
  const auto* range = std::find_if(ranges.begin(), ranges.end(),
                                   [&](const Range& one) { return one.type == type; });
  if (range == ranges.end()) range = ranges.end() - 1;
  PlannedIdentity numbers;
  numbers.increment = options.increment.value_or("1");
  const bool down = numbers.increment.starts_with('-');
  numbers.minimum = options.minimum.value_or(down ? std::string(range->minimum) : "1");
  numbers.maximum = options.maximum.value_or(down ? "-1" : std::string(range->maximum));
  numbers.start = options.start.value_or(down ? numbers.maximum : numbers.minimum);
  numbers.cache = options.cache.value_or("1");
  numbers.cycle = options.cycle;
  return numbers;
}

std::vector<std::pair<std::string, Code>> number_options(const SequenceOptions& options) {
  std::vector<std::pair<std::string, Code>> members;
  const auto add = [&](std::string_view key, const std::optional<std::string>& value) {
    if (!value) return;
    members.emplace_back(key, is_plain_number(*value) ? text(*value) : string_literal(*value));
  };
  add("startWith", options.start);
  add("increment", options.increment);
  add("minValue", options.minimum);
  add("maxValue", options.maximum);
  add("cache", options.cache);
  if (options.cycle) members.emplace_back("cycle", text("true"));
  return members;
}

void plan_value(Plan& plan, PlannedColumn& planned, const Table& table, const Column& column) {
  const std::string_view dialect = plan.flavor->dialect;
  if (column.generated) {
    plan_generated(plan, planned, *column.generated);
  } else if (column.identity && dialect == "postgres") {
    plan_identity(planned, table, column);
  } else if (column.identity && dialect == "mysql") {
    planned.auto_increment = true;
    planned.calls.push_back(call("autoincrement", {}));
  } else if (column.identity && dialect == "sqlite") {
    planned.auto_increment = planned.primary_key && column.identity->automatic;
  } else if (column.default_value) {
    plan_default(plan, planned, *column.default_value);
  }
  // Only timestamp() has the call, and drizzle-kit writes ON UPDATE CURRENT_TIMESTAMP without
  // digits, which only goes with none.
  if (column.on_update && planned.type.sql_type == "timestamp") {
    planned.on_update_now = true;
    planned.calls.push_back(call("onUpdateNow", {}));
  }
}

}  // namespace relata::emit::drizzle
