// Types of PostgreSQL (https://www.postgresql.org/docs/current/datatype.html) as SQLAlchemy's
// (https://docs.sqlalchemy.org/en/21/dialects/postgresql.html), and what psycopg 3 gives for them.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/sqlalchemy/column_types.h"

namespace relata::emit::sqlalchemy {
namespace {

/// What becomes of the numbers in parentheses.
enum class Arguments {
  none,    ///< Any make it a type of which only the spelling is known.
  same,    ///< They are the class' own arguments.
  moment,  ///< A precision of moments without a time zone.
  moment_tz,
  bits,
  varying_bits,
};

struct TypeRow {
  std::string_view name;
  std::string_view python;
  std::string_view type;
  Arguments arguments = Arguments::none;
};

constexpr std::array type_rows{
    TypeRow{"text", "str", "sa.Text"},
    TypeRow{"character varying", "str", "sa.String", Arguments::same},
    TypeRow{"character", "str", "sa.CHAR", Arguments::same},
    TypeRow{"smallint", "int", "sa.SmallInteger"},
    TypeRow{"integer", "int", "sa.Integer"},
    TypeRow{"bigint", "int", "sa.BigInteger"},
    TypeRow{"numeric", "Decimal", "sa.Numeric", Arguments::same},
    TypeRow{"real", "float", "sa.REAL"},
    TypeRow{"double precision", "float", "sa.Double"},
    TypeRow{"boolean", "bool", "sa.Boolean"},
    TypeRow{"date", "date", "sa.Date"},
    TypeRow{"time without time zone", "time", "sa.Time", Arguments::moment},
    TypeRow{"time with time zone", "time", "sa.Time", Arguments::moment_tz},
    TypeRow{"timestamp without time zone", "datetime", "sa.DateTime", Arguments::moment},
    TypeRow{"timestamp with time zone", "datetime", "sa.DateTime", Arguments::moment_tz},
    TypeRow{"interval", "timedelta", "sa.Interval", Arguments::moment},
    TypeRow{"uuid", "UUID", "sa.Uuid"},
    TypeRow{"json", "Any", "postgresql.JSON"},
    TypeRow{"jsonb", "Any", "postgresql.JSONB"},
    TypeRow{"bytea", "bytes", "sa.LargeBinary"},
    TypeRow{"inet", "IpAddress", "postgresql.INET"},
    TypeRow{"cidr", "IpNetwork", "postgresql.CIDR"},
    TypeRow{"macaddr", "str", "postgresql.MACADDR"},
    TypeRow{"macaddr8", "str", "postgresql.MACADDR8"},
    TypeRow{"money", "str", "postgresql.MONEY"},
    TypeRow{"oid", "int", "postgresql.OID"},
    TypeRow{"regclass", "str", "postgresql.REGCLASS"},
    TypeRow{"regconfig", "str", "postgresql.REGCONFIG"},
    TypeRow{"tsvector", "str", "postgresql.TSVECTOR"},
    TypeRow{"tsquery", "str", "postgresql.TSQUERY"},
    TypeRow{"bit", "postgresql.BitString", "postgresql.BIT", Arguments::bits},
    TypeRow{"bit varying", "postgresql.BitString", "postgresql.BIT", Arguments::varying_bits},
    TypeRow{"hstore", "dict[str, str | None]", "postgresql.HSTORE"},
    TypeRow{"citext", "str", "postgresql.CITEXT"},
    TypeRow{"jsonpath", "str", "postgresql.JSONPATH"},
    TypeRow{"int4range", "postgresql.Range[int]", "postgresql.INT4RANGE"},
    TypeRow{"int8range", "postgresql.Range[int]", "postgresql.INT8RANGE"},
    TypeRow{"numrange", "postgresql.Range[Decimal]", "postgresql.NUMRANGE"},
    TypeRow{"daterange", "postgresql.Range[date]", "postgresql.DATERANGE"},
    TypeRow{"tsrange", "postgresql.Range[datetime]", "postgresql.TSRANGE"},
    TypeRow{"tstzrange", "postgresql.Range[datetime]", "postgresql.TSTZRANGE"},
    TypeRow{"int4multirange", "list[postgresql.Range[int]]", "postgresql.INT4MULTIRANGE"},
    TypeRow{"int8multirange", "list[postgresql.Range[int]]", "postgresql.INT8MULTIRANGE"},
    TypeRow{"nummultirange", "list[postgresql.Range[Decimal]]", "postgresql.NUMMULTIRANGE"},
    TypeRow{"datemultirange", "list[postgresql.Range[date]]", "postgresql.DATEMULTIRANGE"},
    TypeRow{"tsmultirange", "list[postgresql.Range[datetime]]", "postgresql.TSMULTIRANGE"},
    TypeRow{"tstzmultirange", "list[postgresql.Range[datetime]]", "postgresql.TSTZMULTIRANGE"},
};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

/// "12,2" as arguments of a call.
std::vector<Code> numbers(std::string_view arguments) {
  std::vector<Code> items;
  for (const std::string_view each : split(arguments, ',')) {
    items.emplace_back(std::string(trim(each)));
  }
  return items;
}

/// The class with the arguments that the spelling has; nothing: it cannot say them.
std::optional<Code> with_arguments(const TypeRow& row, const std::string& arguments) {
  const bool plain = arguments.empty();
  const std::string type(row.type);
  switch (row.arguments) {
    case Arguments::none:
      if (!plain) return std::nullopt;
      return Code(type);
    case Arguments::same:
      if (plain) return Code(type);
      return call(type, numbers(arguments));
    case Arguments::moment:
    case Arguments::moment_tz: {
      const bool zone = row.arguments == Arguments::moment_tz;
      if (plain) return zone ? call(type, {"timezone=True"}) : Code(type);
      if (!is_digits(arguments)) return std::nullopt;
      const std::string name = row.name.starts_with("interval")    ? "INTERVAL"
                               : row.name.starts_with("timestamp") ? "TIMESTAMP"
                                                                   : "TIME";
      std::vector<Code> items;
      if (zone) items.emplace_back("timezone=True");
      items.emplace_back("precision=" + arguments);
      return call("postgresql." + name, std::move(items));
    }
    case Arguments::bits:
      return plain ? call(type, {"1"}) : call(type, {arguments});
    case Arguments::varying_bits:
      if (plain) return call(type, {"varying=True"});
      return call(type, {arguments, "varying=True"});
  }
  return std::nullopt;
}

std::string without_dimensions(std::string_view spelling) {
  while (spelling.ends_with("[]")) spelling.remove_suffix(2);
  return std::string(spelling);
}

std::string key_of(const QualifiedName& name) { return name.schema + "." + name.name; }

/// Without the namespace that an extension's type may be spelled with.
std::string_view unqualified(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || name.find('"') != std::string_view::npos
             ? name
             : name.substr(dot + 1);
}

ColumnCode element_type(const Type& type, const ValueType& value, const NamedTypes& named) {
  const std::string spelling = without_dimensions(type.spelling);
  for (const QualifiedName& name : {value.domain, value.enumeration}) {
    const auto found = named.constants.find(key_of(name));
    if (name.name.empty() || found == named.constants.end()) continue;
    const auto alias = named.aliases.find(key_of(name));
    std::string python = python_type(value.kind);
    // A domain's values are those of the type behind it.
    if (!value.domain.name.empty() && value.kind == TypeKind::native) python = "Any";
    if (alias != named.aliases.end()) python = alias->second;
    return {python, found->second};
  }
  const Spelling parts = spelling_of(spelling);
  const std::string_view bare = unqualified(parts.name);
  const auto* row = std::find_if(type_rows.begin(), type_rows.end(), [&](const TypeRow& each) {
    // Only types of extensions are spelled with a namespace.
    return each.name == parts.name || (each.name == bare && (bare == "citext" || bare == "hstore"));
  });
  if (row != type_rows.end()) {
    if (auto code = with_arguments(*row, parts.arguments)) {
      return {std::string(row->python), std::move(*code)};
    }
    return {std::string(row->python), database_type(spelling)};
  }
  return {"Any", database_type(spelling)};
}

}  // namespace

ColumnCode postgres_type(const Type& type, const ValueType& value, const NamedTypes& named) {
  ColumnCode code = element_type(type, value, named);
  const bool is_domain = !value.domain.name.empty() && !type.spelling.ends_with("[]");
  if (type.array_dimensions > 0 && is_domain) {
    code.python = "Any";
  } else if (type.array_dimensions > 0) {
    std::vector<Code> items{code.type};
    if (type.array_dimensions > 1) {
      items.emplace_back("dimensions=" + std::to_string(type.array_dimensions));
    }
    code.type = call("postgresql.ARRAY", std::move(items));
    for (int i = 0; i < type.array_dimensions; ++i) code.python = "list[" + code.python + "]";
  }
  code.is_any = code.python == "Any";
  return code;
}

}  // namespace relata::emit::sqlalchemy
