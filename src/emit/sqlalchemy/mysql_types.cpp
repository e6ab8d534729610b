// Types of MySQL and MariaDB (https://dev.mysql.com/doc/refman/8.0/en/data-types.html) as
// SQLAlchemy's (https://docs.sqlalchemy.org/en/21/dialects/mysql.html), and what PyMySQL gives.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/sqlalchemy/column_types.h"

namespace relata::emit::sqlalchemy {
namespace {

enum class Shape {
  plain,
  integer,  ///< A width, UNSIGNED, ZEROFILL.
  number,   ///< Precision and scale, UNSIGNED, ZEROFILL.
  text,     ///< Perhaps a length; character set, collation.
  bytes,    ///< Perhaps a length.
  moment,   ///< Fractional digits.
  list,     ///< Of values.
};

struct TypeRow {
  std::string_view name;
  std::string_view python;
  std::string_view type;      ///< Of every engine, where nothing else is to be said.
  std::string_view own_type;  ///< MySQL's own, which takes everything.
  Shape shape = Shape::plain;
  std::string_view usual_width = {};  ///< Of an integer: what the server adds by itself.
};

constexpr std::array type_rows{
    TypeRow{"tinyint", "int", "", "mysql.TINYINT", Shape::integer, "4"},
    TypeRow{"smallint", "int", "sa.SmallInteger", "mysql.SMALLINT", Shape::integer, "6"},
    TypeRow{"mediumint", "int", "", "mysql.MEDIUMINT", Shape::integer, "9"},
    TypeRow{"int", "int", "sa.Integer", "mysql.INTEGER", Shape::integer, "11"},
    TypeRow{"bigint", "int", "sa.BigInteger", "mysql.BIGINT", Shape::integer, "20"},
    TypeRow{"decimal", "Decimal", "sa.Numeric", "mysql.DECIMAL", Shape::number},
    TypeRow{"float", "float", "", "mysql.FLOAT", Shape::number},
    TypeRow{"double", "float", "sa.Double", "mysql.DOUBLE", Shape::number},
    TypeRow{"bit", "int", "", "mysql.BIT", Shape::bytes},
    TypeRow{"char", "str", "sa.CHAR", "mysql.CHAR", Shape::text},
    TypeRow{"varchar", "str", "sa.String", "mysql.VARCHAR", Shape::text},
    TypeRow{"tinytext", "str", "", "mysql.TINYTEXT", Shape::text},
    TypeRow{"text", "str", "sa.Text", "mysql.TEXT", Shape::text},
    TypeRow{"mediumtext", "str", "", "mysql.MEDIUMTEXT", Shape::text},
    TypeRow{"longtext", "str", "", "mysql.LONGTEXT", Shape::text},
    TypeRow{"binary", "bytes", "sa.BINARY", "mysql.BINARY", Shape::bytes},
    TypeRow{"varbinary", "bytes", "sa.VARBINARY", "mysql.VARBINARY", Shape::bytes},
    TypeRow{"tinyblob", "bytes", "", "mysql.TINYBLOB", Shape::bytes},
    TypeRow{"blob", "bytes", "sa.LargeBinary", "mysql.BLOB", Shape::bytes},
    TypeRow{"mediumblob", "bytes", "", "mysql.MEDIUMBLOB", Shape::bytes},
    TypeRow{"longblob", "bytes", "", "mysql.LONGBLOB", Shape::bytes},
    TypeRow{"date", "date", "sa.Date", "mysql.DATE"},
    TypeRow{"time", "time", "sa.Time", "mysql.TIME", Shape::moment},
    TypeRow{"datetime", "datetime", "sa.DateTime", "mysql.DATETIME", Shape::moment},
    TypeRow{"timestamp", "datetime", "sa.TIMESTAMP", "mysql.TIMESTAMP", Shape::moment},
    TypeRow{"year", "int", "", "mysql.YEAR"},
    TypeRow{"json", "Any", "sa.JSON", "mysql.JSON"},
    TypeRow{"uuid", "UUID", "sa.Uuid", "sa.Uuid"},
    TypeRow{"inet4", "str", "mysql.INET4", "mysql.INET4"},
    TypeRow{"inet6", "str", "mysql.INET6", "mysql.INET6"},
    TypeRow{"enum", "str", "sa.Enum", "mysql.ENUM", Shape::list},
    TypeRow{"set", "set[str]", "", "mysql.SET", Shape::list},
};

std::vector<Code> numbers(std::string_view arguments) {
  std::vector<Code> items;
  if (arguments.empty()) return items;
  for (const std::string_view each : split(arguments, ',')) {
    items.emplace_back(std::string(trim(each)));
  }
  return items;
}

/// The values of enum('x', 'it''s') as they are.
std::vector<std::string> listed_values(std::string_view arguments) {
  std::vector<std::string> values;
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    if (arguments[at] != '\'') continue;
    std::string value;
    for (++at; at < arguments.size(); ++at) {
      if (arguments[at] == '\'') {
        if (at + 1 >= arguments.size() || arguments[at + 1] != '\'') break;
        ++at;
      }
      value += arguments[at];
    }
    values.push_back(std::move(value));
  }
  return values;
}

Code simple_or_call(std::string_view type, std::vector<Code> items) {
  return items.empty() ? Code(std::string(type)) : call(type, std::move(items));
}

Code with_own(const TypeRow& row, std::vector<Code> items) {
  const bool generic = !row.type.empty();
  return simple_or_call(generic ? row.type : row.own_type, std::move(items));
}

Code text_code(const TypeRow& row, const Column& column, std::vector<Code> items) {
  const bool binary = std::any_of(column.options.begin(), column.options.end(),
                                  [](const Option& option) { return option.name == "BINARY"; });
  if (column.character_set.empty() && !binary) {
    if (!column.collation.empty()) {
      items.push_back(prefixed("collation=", string_literal(column.collation)));
    }
    return with_own(row, std::move(items));
  }
  if (!column.character_set.empty()) {
    items.push_back(prefixed("charset=", string_literal(column.character_set)));
  }
  if (!column.collation.empty()) {
    items.push_back(prefixed("collation=", string_literal(column.collation)));
  }
  if (binary) items.emplace_back("binary=True");
  return call(row.own_type, std::move(items));
}

Code code_of(const TypeRow& row, const Column& column, const Spelling& parts, bool is_unsigned,
             bool zero_filled) {
  std::vector<Code> items;
  switch (row.shape) {
    case Shape::plain:
      return with_own(row, {});
    case Shape::integer:
      if (!is_unsigned && !zero_filled &&
          (parts.arguments.empty() || parts.arguments == row.usual_width)) {
        return with_own(row, {});
      }
      if (!parts.arguments.empty()) items.emplace_back("display_width=" + parts.arguments);
      if (is_unsigned) items.emplace_back("unsigned=True");
      if (zero_filled) items.emplace_back("zerofill=True");
      return call(row.own_type, std::move(items));
    case Shape::number:
      items = numbers(parts.arguments);
      if (!is_unsigned && !zero_filled && (row.name == "decimal" || items.empty())) {
        return with_own(row, std::move(items));
      }
      if (is_unsigned) items.emplace_back("unsigned=True");
      if (zero_filled) items.emplace_back("zerofill=True");
      return call(row.own_type, std::move(items));
    case Shape::text:
      return text_code(row, column, numbers(parts.arguments));
    case Shape::bytes:
      return with_own(row, numbers(parts.arguments));
    case Shape::moment:
      if (parts.arguments.empty()) return with_own(row, {});
      return call(row.own_type, {"fsp=" + parts.arguments});
    case Shape::list:
      for (const std::string& value : listed_values(parts.arguments)) {
        items.emplace_back(string_literal(value));
      }
      if (row.name == "set") return text_code(row, column, std::move(items));
      if (column.character_set.empty() && column.collation.empty()) {
        return call(row.type, std::move(items));
      }
      return text_code(row, column, std::move(items));
  }
  return {};
}

}  // namespace

ColumnCode mysql_type(const Column& column, const ValueType& value) {
  std::string spelling = column.type.spelling;
  bool is_unsigned = false;
  bool zero_filled = false;
  for (const auto& [word, flag] :
       {std::pair{" zerofill", &zero_filled}, std::pair{" unsigned", &is_unsigned}}) {
    if (!to_lower(spelling).ends_with(word)) continue;
    spelling.resize(spelling.size() - std::string_view(word).size());
    *flag = true;
  }
  const bool lists =
      to_lower(spelling).starts_with("enum") || to_lower(spelling).starts_with("set");
  const Spelling parts = lists ? spelling_of(spelling) : spelling_of(to_lower(spelling));
  const std::string name = to_lower(parts.name);
  if (name == "tinyint" && parts.arguments == "1" && !is_unsigned && !zero_filled) {
    return {"bool", "sa.Boolean"};
  }
  const auto* row = std::find_if(type_rows.begin(), type_rows.end(),
                                 [&](const TypeRow& each) { return each.name == name; });
  if (row == type_rows.end()) {
    return {value.kind == TypeKind::native ? "Any" : python_type(value.kind),
            database_type(column.type.spelling), value.kind == TypeKind::native};
  }
  ColumnCode code{std::string(row->python), code_of(*row, column, parts, is_unsigned, zero_filled)};
  code.is_any = code.python == "Any";
  return code;
}

}  // namespace relata::emit::sqlalchemy
