// Declared types of SQLite (https://sqlite.org/datatype3.html): a class of SQLAlchemy where it
// writes the same words, which are part of the schema.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/sqlalchemy/column_types.h"

namespace relata::emit::sqlalchemy {
namespace {

struct TypeRow {
  std::string_view name;
  std::string_view python;
  std::string_view type;
  bool numbers = false;  ///< Whether it takes those in parentheses.
};

constexpr std::array type_rows{
    TypeRow{"INTEGER", "int", "sa.Integer"},
    TypeRow{"BIGINT", "int", "sa.BigInteger"},
    TypeRow{"SMALLINT", "int", "sa.SmallInteger"},
    TypeRow{"TEXT", "str", "sa.Text"},
    TypeRow{"VARCHAR", "str", "sa.String", true},
    TypeRow{"CHAR", "str", "sa.CHAR", true},
    TypeRow{"BLOB", "bytes", "sa.LargeBinary"},
    TypeRow{"REAL", "float", "sa.REAL"},
    TypeRow{"FLOAT", "float", "sa.Float"},
    TypeRow{"DOUBLE", "float", "sa.Double"},
    TypeRow{"NUMERIC", "Decimal", "sa.Numeric", true},
    TypeRow{"DECIMAL", "Decimal", "sa.DECIMAL", true},
    TypeRow{"BOOLEAN", "bool", "sa.Boolean"},
    TypeRow{"DATE", "date", "sa.Date"},
    TypeRow{"DATETIME", "datetime", "sa.DateTime"},
    TypeRow{"TIMESTAMP", "datetime", "sa.TIMESTAMP"},
    TypeRow{"TIME", "time", "sa.Time"},
    TypeRow{"JSON", "Any", "sa.JSON"},
};

}  // namespace

ColumnCode sqlite_type(const Type& type, const ValueType& value) {
  const Spelling parts = spelling_of(type.spelling);
  const auto* row = std::find_if(type_rows.begin(), type_rows.end(), [&](const TypeRow& each) {
    return each.name == to_upper(parts.name) && (parts.arguments.empty() || each.numbers);
  });
  if (row == type_rows.end()) {
    ColumnCode code{python_type(value.kind), database_type(type.spelling)};
    // What is not declared to be anything is given as it is stored.
    static constexpr std::array stored{"str", "int", "float", "bytes"};
    if (std::find(stored.begin(), stored.end(), code.python) == stored.end()) code.python = "Any";
    code.is_any = code.python == "Any";
    return code;
  }
  ColumnCode code{std::string(row->python), std::string(row->type)};
  if (!parts.arguments.empty()) {
    std::vector<Code> items;
    for (const std::string_view each : split(parts.arguments, ',')) {
      items.emplace_back(std::string(trim(each)));
    }
    code.type = call(row->type, std::move(items));
  }
  code.is_any = code.python == "Any";
  return code;
}

}  // namespace relata::emit::sqlalchemy
