// What TypeORM 1.1.1 says of columns in PostgreSQL, and what it reads there: PostgresDriver.js
// (normalizeType, findChangedColumns, defaultEqual) and PostgresQueryRunner.js (loadTables).

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "emit/typeorm/columns.h"

namespace relata::emit::typeorm {
namespace {

/// A type of PostgreSQL in TypeORM's words, and what node-postgres makes of its values.
struct KnownType {
  std::string_view spelling;
  std::string_view type;
  std::string_view value;
  std::string_view array_value;  ///< Empty: as text, for node-postgres reads no such arrays.
};

constexpr std::array known_types{
    KnownType{"bigint", "bigint", "string", "string"},
    KnownType{"bit varying", "varbit", "string", ""},
    KnownType{"bit", "bit", "string", ""},
    KnownType{"boolean", "boolean", "boolean", "boolean"},
    KnownType{"box", "box", "string", ""},
    KnownType{"bytea", "bytea", "Buffer", "Buffer"},
    KnownType{"character varying", "varchar", "string", "string"},
    KnownType{"character", "char", "string", "string"},
    KnownType{"cidr", "cidr", "string", "string"},
    KnownType{"circle", "circle", "{ x: number; y: number; radius: number }", ""},
    KnownType{"citext", "citext", "string", ""},
    KnownType{"cube", "cube", "number[]", ""},
    KnownType{"date", "date", "string", "string"},
    KnownType{"datemultirange", "datemultirange", "string", ""},
    KnownType{"daterange", "daterange", "string", ""},
    KnownType{"double precision", "double precision", "number", "number"},
    KnownType{"geography", "geography", "object", ""},
    KnownType{"geometry", "geometry", "object", ""},
    KnownType{"halfvec", "halfvec", "number[]", ""},
    KnownType{"hstore", "hstore", "string", ""},
    KnownType{"inet", "inet", "string", "string"},
    KnownType{"int4multirange", "int4multirange", "string", ""},
    KnownType{"int4range", "int4range", "string", ""},
    KnownType{"int8multirange", "int8multirange", "string", ""},
    KnownType{"int8range", "int8range", "string", ""},
    KnownType{"integer", "integer", "number", "number"},
    KnownType{"interval", "interval", "string", "string"},
    KnownType{"json", "json", "unknown", "unknown"},
    KnownType{"jsonb", "jsonb", "unknown", "unknown"},
    KnownType{"jsonpath", "jsonpath", "string", ""},
    KnownType{"line", "line", "string", ""},
    KnownType{"lseg", "lseg", "string", ""},
    KnownType{"ltree", "ltree", "string", ""},
    KnownType{"macaddr", "macaddr", "string", "string"},
    KnownType{"macaddr8", "macaddr8", "string", ""},
    KnownType{"money", "money", "string", "string"},
    KnownType{"numeric", "numeric", "string", "string"},
    KnownType{"nummultirange", "nummultirange", "string", ""},
    KnownType{"numrange", "numrange", "string", "string"},
    KnownType{"path", "path", "string", ""},
    KnownType{"point", "point", "{ x: number; y: number }", ""},
    KnownType{"polygon", "polygon", "string", ""},
    KnownType{"real", "real", "number", "number"},
    KnownType{"smallint", "smallint", "number", "number"},
    KnownType{"text", "text", "string", "string"},
    KnownType{"time with time zone", "timetz", "string", "string"},
    KnownType{"time without time zone", "time", "string", "string"},
    KnownType{"timestamp with time zone", "timestamptz", "Date", "Date"},
    KnownType{"timestamp without time zone", "timestamp", "Date", "Date"},
    KnownType{"tsmultirange", "tsmultirange", "string", ""},
    KnownType{"tsquery", "tsquery", "string", ""},
    KnownType{"tsrange", "tsrange", "string", ""},
    KnownType{"tstzmultirange", "tstzmultirange", "string", ""},
    KnownType{"tstzrange", "tstzrange", "string", ""},
    KnownType{"tsvector", "tsvector", "string", ""},
    KnownType{"uuid", "uuid", "string", "string"},
    KnownType{"vector", "vector", "number[]", ""},
    KnownType{"xml", "xml", "string", ""},
};

const KnownType* find_known(std::string_view spelling) {
  const auto found =
      std::find_if(known_types.begin(), known_types.end(),
                   [&](const KnownType& known) { return known.spelling == spelling; });
  return found == known_types.end() ? nullptr : &*found;
}

bool has_length(std::string_view type) {
  static constexpr std::array types{"varchar", "char", "bit", "varbit", "vector", "halfvec"};
  return std::find(types.begin(), types.end(), type) != types.end();
}

const Domain* domain_of(const Schema& schema, const QualifiedName& name) {
  const auto found =
      std::find_if(schema.domains.begin(), schema.domains.end(), [&](const Domain& domain) {
        return domain.schema == name.schema && domain.name == name.name;
      });
  return found == schema.domains.end() ? nullptr : &*found;
}

/// The type below domains, in the server's spelling: TypeORM sees no domains.
Type base_type(const ColumnInput& input, ColumnCode& code) {
  Type type = input.column.type;
  ValueType value = input.value;
  while (!value.domain.name.empty()) {
    const Domain* domain = domain_of(input.schema, value.domain);
    if (domain == nullptr) break;
    if (code.lost.empty()) code.lost.push_back("the domain " + domain->name + " of");
    const int dimensions = spelled_type(type.spelling).dimensions;
    // An array of a domain is not one of its base type.
    if (dimensions > 0) {
      code.comparable = false;
      break;
    }
    type = domain->type;
    value = value_type(input.schema, type);
  }
  return type;
}

void describe_enumeration(const ColumnInput& input, int dimensions, ColumnCode& code) {
  const QualifiedName& name = input.value.enumeration;
  code.type = "enum";
  code.value = union_of(input.value.values);
  code.options.emplace_back("enum", Code::strings(input.value.values));
  if (name.name != input.table.name + "_" + to_lower(input.column.name) + "_enum") {
    code.options.emplace_back("enumName", Code::string(name.name));
  }
  if (dimensions > 0) {
    code.options.emplace_back("array", Code::text("true"));
    code.value = input.value.values.size() > 1 ? "(" + code.value + ")[]" : code.value + "[]";
    // It cuts the array's text at commas.
    for (const std::string& value : input.value.values) {
      if (value.find_first_of(",\"\\{} ") != std::string::npos) code.value = "string[]";
    }
  }
  // An enumeration is looked for beside the table, and by a name without "_" before it.
  const bool found = name.schema == input.table.schema && !name.name.empty() &&
                     name.name.front() != '_' && name.name.find('.') == std::string::npos;
  if (!found) code.comparable = false;
}

void add_number(ColumnCode& code, std::string_view key, const std::string& digits) {
  code.options.emplace_back(key, Code::text(digits));
}

void describe_arguments(const SpelledType& spelled, ColumnCode& code) {
  if (spelled.arguments.empty()) return;
  const std::string& first = spelled.arguments.front();
  if (has_length(code.type)) {
    add_number(code, "length", first);
  } else if (code.type == "geometry" || code.type == "geography") {
    code.options.emplace_back("spatialFeatureType", Code::string(first));
    if (spelled.arguments.size() > 1) add_number(code, "srid", spelled.arguments[1]);
  } else if (code.type == "numeric") {
    add_number(code, "precision", first);
    if (spelled.arguments.size() > 1 && spelled.arguments[1] != "0") {
      add_number(code, "scale", spelled.arguments[1]);
    } else if (spelled.dimensions > 0) {
      add_number(code, "scale", "0");
    }
  } else if (spelled.dimensions > 0) {
    code.lost.emplace_back("the precision of");  // It is not looked for in arrays.
  } else {
    add_number(code, "precision", first);
  }
}

void describe_type(const ColumnInput& input, ColumnCode& code) {
  const Type base = base_type(input, code);
  SpelledType spelled = spelled_type(base.spelling);
  if (base.kind == TypeKind::enumeration) {
    describe_enumeration(input, spelled.dimensions, code);
    return;
  }
  constexpr std::string_view interval = "interval ";
  if (spelled.name.compare(0, interval.size(), interval) == 0) {
    code.lost.emplace_back("the fields of");
    spelled.name = "interval";
    spelled.arguments.clear();
    spelled.rest.clear();
  }
  const KnownType* known = find_known(spelled.name + spelled.rest);
  if (known == nullptr) {
    code.type = "text";
    code.comparable = false;
    code.lost.push_back("the type " + input.column.type.spelling + " of");
    return;
  }
  code.type = known->type;
  code.value = known->value;
  describe_arguments(spelled, code);
  if (code.type == "interval") code.transformer = "interval";
  if (spelled.dimensions > 0) {
    code.options.emplace_back("array", Code::text("true"));
    const std::string element(known->array_value);
    code.value = element.empty() ? "string" : element;
    for (int i = 0; i < (element.empty() ? 0 : spelled.dimensions); ++i) code.value += "[]";
    code.text_array = code.type == "numeric" || code.type == "date";
  } else if (code.value == "string" && !input.value.values.empty()) {
    code.value = union_of(input.value.values);
  }
}

bool is_serial(const ColumnInput& input, std::string_view sql) {
  constexpr std::string_view before = "nextval('";
  if (sql.compare(0, before.size(), before) != 0 || sql.substr(sql.size() - 2) != "')") {
    return false;
  }
  const std::string sequence =
      replace_all(sql.substr(before.size(), sql.size() - before.size() - 2), "\"", "");
  const std::string own = serial_name(input.table.name, input.column.name);
  return sequence == own ||
         (!input.table.schema.empty() && sequence == input.table.schema + "." + own);
}

bool is_plain_call(std::string_view sql) {
  if (sql.size() < 3 || sql.substr(sql.size() - 2) != "()") return false;
  return std::all_of(sql.begin(), sql.end() - 2, [](char c) {
    return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_' || c == '.';
  });
}

/// now(), plus or minus an interval, as the server shows it.
bool is_shifted_now(std::string_view sql) {
  for (const std::string_view before : {"(now() + ", "(now() - "}) {
    if (sql.compare(0, before.size(), before) == 0 && sql.back() == ')') {
      return is_string_literal(sql.substr(before.size(), sql.size() - before.size() - 1));
    }
  }
  return false;
}

void describe_number(const ColumnInput& input, const std::string& number, ColumnCode& code) {
  if (is_integer(number)) {
    const bool exact = number.size() <= 15;  // Number.MAX_SAFE_INTEGER has 16 digits.
    code.options.emplace_back("default", exact ? Code::text(number) : Code::string(number));
    return;
  }
  const std::string& text = input.column.default_value->text;
  const bool is_float = code.type == "real" || code.type == "double precision";
  const bool quoted = number.front() == '-' || (is_float && text.find('\'') != std::string::npos);
  code.options.push_back(quoted ? Code::Member{"default", Code::string(number)}
                                : default_sql(number));
}

void describe_literal(const ColumnInput& input, const std::string& literal, ColumnCode& code) {
  const std::string value = replace_all(literal.substr(1, literal.size() - 2), "''", "'");
  // It takes everything behind "::" for a type, also inside quotes.
  if (literal.find("::") != std::string::npos) code.comparable = false;
  static constexpr std::array numeric{"smallint", "integer",          "bigint",
                                      "numeric",  "double precision", "real"};
  const bool number = std::find(numeric.begin(), numeric.end(), code.type) != numeric.end();
  if (number && is_number(value) && input.value.array_dimensions == 0) {
    describe_number(input, value, code);
  } else if (value.find('\'') != std::string::npos || code.type == "json" || code.type == "jsonb" ||
             input.value.array_dimensions > 0) {
    code.options.push_back(default_sql(literal));
  } else {
    code.options.emplace_back("default", Code::string(value));
  }
}

/// PostgresDriver.defaultEqual() compares what the server shows, without casts, to the default with
/// everything outside quotes in lower case.
void describe_default(const ColumnInput& input, ColumnCode& code) {
  if (!input.column.default_value) return;
  const std::string& sql = canonical_text(*input.column.default_value);
  code.has_default = true;
  if (is_serial(input, sql)) {
    code.generated = "increment";
  } else if (code.type == "uuid" && sql == "gen_random_uuid()") {
    code.generated = "uuid";
  } else if (code.type == "uuid" && sql.compare(0, 15, "uuid_generate_v") == 0) {
    code.generated = "uuid";
    code.options.push_back(default_sql(sql));
  } else if (is_string_literal(sql)) {
    describe_literal(input, sql, code);
  } else if (is_number(sql)) {
    describe_number(input, sql, code);
  } else if (sql == "true" || sql == "false") {
    code.options.emplace_back("default", Code::text(sql));
  } else if (sql == "CURRENT_TIMESTAMP") {
    code.rewrite = "now()";
    code.default_is_now = true;
    code.options.push_back(default_sql("now()"));
  } else {
    code.default_is_now = sql == "now()";
    const bool sequence = sql.compare(0, 9, "nextval('") == 0;
    if (sequence) code.lost.emplace_back("the sequence of");
    code.options.push_back(default_sql(sql));
    if (!is_plain_call(sql) && !is_shifted_now(sql) && !sequence) {
      code.options.back() = default_sql(input.column.default_value->text);
      code.comparable = false;
    }
  }
}

void describe_identity(const Identity& identity, ColumnCode& code) {
  code.generated = "identity";
  if (identity.always) code.options.emplace_back("generatedIdentity", Code::string("ALWAYS"));
  if (!identity.sequence.empty() || identity.options != SequenceOptions{}) {
    code.lost.emplace_back("the settings of the sequence of");
  }
}

void describe_collation(const ColumnInput& input, ColumnCode& code) {
  std::string collation = input.column.collation;
  if (collation.empty()) {
    const Domain* domain = domain_of(input.schema, input.value.domain);
    if (domain != nullptr) collation = domain->collation;
  }
  if (collation.empty()) return;
  const std::size_t dot = collation.find('.');
  if (dot != std::string::npos) collation = collation.substr(dot + 1);
  code.options.emplace_back("collation", Code::string(collation));
}

}  // namespace

std::string serial_name(const std::string& table, const std::string& column) {
  std::string name = table + "_" + column + "_seq";
  if (name.size() <= 63) return name;
  const std::size_t rest = table.size() < 58 ? 58 - table.size() : 0;
  return table.substr(0, 29) + "_" + column.substr(0, std::max<std::size_t>(29, rest)) + "_seq";
}

ColumnCode postgres_column(const ColumnInput& input) {
  ColumnCode code;
  describe_type(input, code);
  if (input.column.nullable && !input.value.domain_not_null) {
    code.options.emplace_back("nullable", Code::text("true"));
  }
  if (input.column.identity) describe_identity(*input.column.identity, code);
  if (input.column.generated) {
    const Generated& generated = *input.column.generated;
    if (!generated.stored) code.lost.emplace_back("VIRTUAL of");
    code.options.emplace_back("asExpression", Code::sql(generated.expression.text));
    code.options.emplace_back("generatedType", Code::string("STORED"));
  } else {
    describe_default(input, code);
  }
  describe_collation(input, code);
  if (!input.column.options.empty()) code.lost.emplace_back("the storage settings of");
  if (!input.column.comment.empty()) {
    code.options.emplace_back("comment", Code::string(input.column.comment));
  }
  return code;
}

}  // namespace relata::emit::typeorm
