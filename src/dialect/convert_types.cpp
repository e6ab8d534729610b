// Types of one engine as the neutral types that every engine can hold.

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/text.h"
#include "dialect/convert_steps.h"
#include "dialect/translate.h"

namespace relata {
namespace {

/// A type that only one engine has, and what stands in its place.
struct NativeRow {
  std::string_view dialect;
  std::string_view word;  ///< The type without its arguments.
  TypeKind kind;
  int length = 0;
  int precision = 0;
  int scale = 0;
  std::string_view loss = {};  ///< What is said of it; empty: nothing is lost.
};

constexpr std::string_view kept_as_text = "are kept as text";
constexpr std::string_view kept_as_json = "are kept as JSON";

constexpr auto native_types = std::to_array<NativeRow>({
    {"postgres", "citext", TypeKind::text, 0, 0, 0, {}},
    {"postgres", "money", TypeKind::decimal, 0, 19, 2, {}},
    {"postgres", "name", TypeKind::varchar, 63, 0, 0, {}},
    {"postgres", "\"char\"", TypeKind::character, 1, 0, 0, {}},
    {"postgres", "oid", TypeKind::big_integer, 0, 0, 0, {}},
    {"postgres", "xid", TypeKind::big_integer, 0, 0, 0, {}},
    {"postgres", "cidr", TypeKind::inet, 0, 0, 0, {}},
    {"postgres", "macaddr", TypeKind::varchar, 17, 0, 0, {}},
    {"postgres", "macaddr8", TypeKind::varchar, 23, 0, 0, {}},
    {"postgres", "xml", TypeKind::text, 0, 0, 0, kept_as_text},
    {"postgres", "hstore", TypeKind::json, 0, 0, 0, kept_as_json},
    {"mysql", "year", TypeKind::small_integer, 0, 0, 0, {}},
    {"mysql", "set", TypeKind::varchar, 0, 0, 0,
     "are texts of labels with commas between them, which nothing checks"},
    {"mysql", "inet4", TypeKind::inet, 0, 0, 0, {}},
    {"mysql", "inet6", TypeKind::inet, 0, 0, 0, {}},
    {"mysql", "uuid", TypeKind::uuid, 0, 0, 0, {}},
    {"mysql", "vector", TypeKind::binary, 0, 0, 0, "are kept as bytes"},
});

/// The parts of a type's spelling: "decimal", {"10", "2"}, "unsigned zerofill".
struct Spelling {
  std::string word;
  std::vector<std::string> arguments;
  std::string attributes;
};

Spelling parts_of(std::string_view text) {
  Spelling parts;
  // A word in quotes may hold anything.
  const std::size_t start = !text.empty() && text[0] == '"' ? text.find('"', 1) : 0;
  const std::size_t open = start == std::string_view::npos ? start : text.find('(', start);
  if (open == std::string_view::npos) {
    const std::size_t blank = text.find(' ');
    const std::string_view tail =
        blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
    if (tail.substr(0, 8) == "unsigned" || tail == "zerofill") {
      parts.word = to_lower(text.substr(0, blank));
      parts.attributes = to_lower(tail);
    } else {
      parts.word = to_lower(text);
    }
  } else {
    const std::size_t close = text.rfind(')');
    parts.word = to_lower(trim(text.substr(0, open)));
    if (close != std::string_view::npos && close > open) {
      for (const std::string_view argument : split(text.substr(open + 1, close - open - 1), ',')) {
        parts.arguments.emplace_back(trim(argument));
      }
      parts.attributes = to_lower(trim(text.substr(close + 1)));
    }
  }
  while (parts.word.size() > 2 && parts.word.substr(parts.word.size() - 2) == "[]") {
    parts.word.resize(parts.word.size() - 2);
  }
  return parts;
}

int number_of(const Spelling& parts, std::size_t place) {
  int value = 0;
  if (place >= parts.arguments.size()) return 0;
  const std::string& text = parts.arguments[place];
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Most bytes that a text of MySQL holds, where it is fewer than any text may need.
struct TextRow {
  std::string_view word;
  int bytes;
};
constexpr auto bounded_texts = std::to_array<TextRow>({
    {"tinytext", 255},
    {"text", 65535},
    {"mediumtext", 16777215},
});

/// The next integer type that also holds the upper half of an unsigned one.
struct WiderRow {
  std::string_view word;
  TypeKind kind;
};
constexpr auto unsigned_types = std::to_array<WiderRow>({
    {"tinyint", TypeKind::small_integer},
    {"smallint", TypeKind::integer},
    {"mediumint", TypeKind::integer},
    {"int", TypeKind::big_integer},
    {"integer", TypeKind::big_integer},
    {"bigint", TypeKind::big_integer},
});

bool is_foreign_key_column(const Table& table, std::string_view column) {
  return std::any_of(
      table.foreign_keys.begin(), table.foreign_keys.end(), [&](const ForeignKey& key) {
        return std::find(key.columns.begin(), key.columns.end(), column) != key.columns.end();
      });
}

class TypeConversion {
 public:
  explicit TypeConversion(Conversion& conversion)
      : conversion_(conversion),
        losses_(conversion.losses),
        title_(conversion.title()),
        names_(conversion.target.name_scope()) {
    // Types are named among the tables.
    for (const Table& table : conversion.schema.tables) (void)names_.claim(table.name);
    for (const Domain& domain : conversion.schema.domains) {
      domains_.emplace(domain.name, &domain);
      if (!domain.schema.empty()) domains_.emplace(domain.schema + "." + domain.name, &domain);
    }
    for (const CompositeType& type : conversion.schema.composite_types) {
      composites_.insert(type.name);
      if (!type.schema.empty()) composites_.insert(type.schema + "." + type.name);
    }
  }

  void run() {
    for (Table& table : conversion_.schema.tables) {
      for (Column& column : table.columns) convert(table, column);
    }
  }

 private:
  void convert(Table& table, Column& column) {
    if (!column.type.spelling.empty()) {
      replace_domain(table, column);
      const Spelling parts = parts_of(column.type.spelling);
      if (column.type.array_dimensions > 0) {
        losses_.note("array-not-available", "arrays are JSON in " + title_,
                     column_path(table, column), column.origin);
        if (column.type.kind == TypeKind::native) column.type.kind = TypeKind::text;
      } else {
        take_spelling(table, column, parts);
      }
      column.type.spelling.clear();
    }
    if (column.type.array_dimensions > 0) return;
    Type fitted = conversion_.target.nearest_type(column.type);
    if (fitted.kind == TypeKind::decimal && column.type.kind == TypeKind::decimal &&
        column.type.precision > 0 && fitted != column.type) {
      losses_.warning("number-shortened",
                      "numbers have fewer digits in " + title_ + " than where they come from",
                      column_path(table, column), column.origin);
    }
    if (fitted.kind != TypeKind::enumeration && column.type.kind == TypeKind::enumeration) {
      check_labels(table, column);
    }
    column.type = std::move(fitted);
    if (column.type.kind == TypeKind::enumeration && column.type.name.empty()) {
      column.type.name = names_.claim(table.name + "_" + column.name);
    }
  }

  void take_spelling(Table& table, Column& column, const Spelling& parts) {
    Type& type = column.type;
    const auto native =
        std::find_if(native_types.begin(), native_types.end(), [&](const NativeRow& row) {
          return row.dialect == conversion_.schema.dialect && row.word == parts.word;
        });
    if (native != native_types.end()) {
      type = simple_type(native->kind);
      type.length = native->length;
      type.precision = native->precision;
      type.scale = native->scale;
      // The target's own name for it, if it has one, is found with the other collations.
      if (native->word == "citext" && column.collation.empty()) column.collation = "nocase";
      lose(table, column, native->loss);
    } else if (composites_.count(parts.word) > 0) {
      type = simple_type(TypeKind::json);
      lose(table, column, kept_as_json);
    } else if (parts.word == "bit" || parts.word == "bit varying") {
      take_bits(column, parts);
    } else if (type.kind == TypeKind::native) {
      type = simple_type(TypeKind::text);
      lose(table, column, kept_as_text, parts.word);
    } else if (type.kind == TypeKind::varchar && type.length == 0) {
      type.kind = TypeKind::text;
    }
    if (conversion_.source.counts_without_sign()) take_number(table, column, parts);
    for (const TextRow& row : bounded_texts) {
      if (conversion_.source.counts_without_sign() && row.word == parts.word) {
        type.length = row.bytes;
      }
    }
  }

  void lose(const Table& table, const Column& column, std::string_view what,
            std::string_view word = {}) {
    if (what.empty()) return;
    const std::string kind = word.empty() ? parts_of(column.type.spelling).word : std::string(word);
    losses_.warning("type-not-available",
                    "there are no such types in " + title_ + "; these columns " + std::string(what),
                    column_path(table, column) + (kind.empty() ? "" : " (" + kind + ")"),
                    column.origin);
  }

  /// One bit is a truth value on MySQL; several are a number there and a text on PostgreSQL.
  void take_bits(Column& column, const Spelling& parts) {
    const int bits = std::max(number_of(parts, 0), 1);
    if (!conversion_.source.counts_without_sign()) {
      column.type = simple_type(TypeKind::varchar);
      column.type.length = bits;
    } else {
      column.type = simple_type(bits == 1 ? TypeKind::boolean : TypeKind::big_integer);
    }
  }

  void take_number(Table& table, Column& column, const Spelling& parts) {
    Type& type = column.type;
    if (parts.word == "tinyint") {
      const bool flag = number_of(parts, 0) == 1 && parts.attributes.empty() && !column.identity &&
                        !is_foreign_key_column(table, column.name) &&
                        !holds_other_numbers(table, column);
      type = simple_type(flag ? TypeKind::boolean : TypeKind::small_integer);
    }
    if (parts.attributes.find("unsigned") == std::string::npos &&
        parts.attributes.find("zerofill") == std::string::npos) {
      return;
    }
    for (const WiderRow& row : unsigned_types) {
      if (row.word == parts.word) type = simple_type(row.kind);
    }
    if (parts.word == "bigint") {
      losses_.note("unsigned-not-available",
                   "unsigned 64-bit numbers are signed in " + title_ +
                       ", so that the largest is 9223372036854775807",
                   column_path(table, column), column.origin);
    }
    // The engine itself numbers the rows from 1, and a reference is among those numbers.
    if (column.identity || column.generated || is_foreign_key_column(table, column.name)) return;
    Check check;
    check.name = table.name + "_" + column.name + "_check";
    check.expression = expression::call(Operation::greater_or_equal,
                                        {expression::column(column.name), expression::number("0")});
    check.origin = column.origin;
    table.checks.push_back(std::move(check));
  }

  /// Whether a default or a condition takes a column of one digit for more than true and false.
  static bool holds_other_numbers(const Table& table, const Column& column) {
    if (column.default_value) {
      const Expression* value = &*column.default_value;
      if (value->operation == Operation::sql && !value->arguments.empty()) {
        value = &value->arguments.front();
      }
      std::string_view text = trim(value->text);
      if (text.size() >= 2 && text.front() == '\'') text = text.substr(1, text.size() - 2);
      const std::string word = to_lower(text);
      const std::set<std::string> flags{"0", "1", "true", "false", "null", "", "b'0", "b'1"};
      if (flags.count(word) == 0) return true;
    }
    return std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& check) {
      return compares_with_other_numbers(check.expression, column.name);
    });
  }

  static bool compares_with_other_numbers(const Expression& expression, const std::string& column) {
    const auto& arguments = expression.arguments;
    if (expression.operation == Operation::sql) {
      return arguments.empty() ? expression.text.find(column) != std::string::npos
                               : compares_with_other_numbers(arguments.front(), column);
    }
    const bool here = !arguments.empty() && arguments.front().operation == Operation::column &&
                      arguments.front().text == column;
    if (here && expression.operation != Operation::is_null &&
        expression.operation != Operation::is_not_null) {
      return std::any_of(arguments.begin() + 1, arguments.end(), [](const Expression& value) {
        return value.operation != Operation::boolean && value.text != "0" && value.text != "1";
      });
    }
    return std::any_of(arguments.begin(), arguments.end(), [&](const Expression& argument) {
      return compares_with_other_numbers(argument, column);
    });
  }

  /// A column of a domain is a column of its base type with the domain's rules.
  void replace_domain(Table& table, Column& column) {
    std::string name = column.type.spelling;
    while (name.size() > 2 && name.substr(name.size() - 2) == "[]") name.resize(name.size() - 2);
    // A domain may stand on another; the chain is no longer than there are domains.
    for (std::size_t steps = 0; steps <= domains_.size(); ++steps) {
      const auto found = domains_.find(replace_all(name, "\"", ""));
      if (found == domains_.end()) return;
      const Domain& domain = *found->second;
      const int dimensions = column.type.array_dimensions;
      column.type = domain.type;
      column.type.array_dimensions += dimensions;
      if (column.type.spelling.empty()) column.type.spelling = " ";
      name = domain.type.spelling;
      if (dimensions > 0) continue;
      if (!domain.nullable) column.nullable = false;
      if (!column.default_value && !column.identity && !column.generated) {
        column.default_value = domain.default_value;
      }
      for (const Check& check : domain.checks) {
        Check own = check;
        own.name = table.name + "_" + column.name + "_check";
        own.expression = with_value(check.expression, column.name);
        own.origin = column.origin;
        table.checks.push_back(std::move(own));
      }
    }
  }

  [[nodiscard]] Expression with_value(Expression expression, const std::string& column) const {
    if (expression.operation == Operation::column && to_lower(expression.text) == "value") {
      expression.text = column;
    }
    if (expression.operation == Operation::sql) {
      expression.text = with_word_replaced(expression.text, conversion_.source.lexis(), "value",
                                           conversion_.source.identifier(column));
      expression.canonical.clear();
    }
    for (Expression& argument : expression.arguments) argument = with_value(argument, column);
    return expression;
  }

  /// What an enumeration says, where the engine cannot enumerate these labels.
  void check_labels(Table& table, const Column& column) {
    if (column.type.values.empty()) return;
    Expression in = expression::call(Operation::in, {expression::column(column.name)});
    for (const std::string& label : column.type.values) {
      in.arguments.push_back(expression::string(label));
    }
    Check check;
    check.name = table.name + "_" + column.name + "_check";
    check.expression = std::move(in);
    check.origin = column.origin;
    table.checks.push_back(std::move(check));
  }

  Conversion& conversion_;
  Losses& losses_;
  std::string title_;
  NameScope names_;
  std::unordered_map<std::string, const Domain*> domains_;
  std::set<std::string> composites_;
};

}  // namespace

void convert_types(Conversion& conversion) { TypeConversion(conversion).run(); }

}  // namespace relata
