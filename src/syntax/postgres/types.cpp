#include "syntax/postgres/types.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "dialect/reserved_words.h"

namespace relata::syntax {
namespace {

struct TypeRow {
  std::string_view name;   ///< pg_type.typname, or what the grammar takes for it.
  std::string_view shown;  ///< What format_type() shows; sorted by `name`.
};

// The types of pg_catalog that columns, domains and functions are declared with.
constexpr auto builtin_types = std::to_array<TypeRow>({
    {"aclitem", "aclitem"},
    {"any", "\"any\""},
    {"anyarray", "anyarray"},
    {"anycompatible", "anycompatible"},
    {"anycompatiblearray", "anycompatiblearray"},
    {"anycompatiblemultirange", "anycompatiblemultirange"},
    {"anycompatiblenonarray", "anycompatiblenonarray"},
    {"anycompatiblerange", "anycompatiblerange"},
    {"anyelement", "anyelement"},
    {"anyenum", "anyenum"},
    {"anymultirange", "anymultirange"},
    {"anynonarray", "anynonarray"},
    {"anyrange", "anyrange"},
    {"bigint", "bigint"},
    {"bit", "bit"},
    {"bool", "boolean"},
    {"boolean", "boolean"},
    {"box", "box"},
    {"bpchar", "character"},
    {"bytea", "bytea"},
    {"char", "\"char\""},
    {"cid", "cid"},
    {"cidr", "cidr"},
    {"circle", "circle"},
    {"cstring", "cstring"},
    {"date", "date"},
    {"datemultirange", "datemultirange"},
    {"daterange", "daterange"},
    {"event_trigger", "event_trigger"},
    {"fdw_handler", "fdw_handler"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"gtsvector", "gtsvector"},
    {"index_am_handler", "index_am_handler"},
    {"inet", "inet"},
    {"int2", "smallint"},
    {"int2vector", "int2vector"},
    {"int4", "integer"},
    {"int4multirange", "int4multirange"},
    {"int4range", "int4range"},
    {"int8", "bigint"},
    {"int8multirange", "int8multirange"},
    {"int8range", "int8range"},
    {"integer", "integer"},
    {"internal", "internal"},
    {"interval", "interval"},
    {"json", "json"},
    {"jsonb", "jsonb"},
    {"jsonpath", "jsonpath"},
    {"language_handler", "language_handler"},
    {"line", "line"},
    {"lseg", "lseg"},
    {"macaddr", "macaddr"},
    {"macaddr8", "macaddr8"},
    {"money", "money"},
    {"name", "name"},
    {"numeric", "numeric"},
    {"nummultirange", "nummultirange"},
    {"numrange", "numrange"},
    {"oid", "oid"},
    {"oidvector", "oidvector"},
    {"path", "path"},
    {"pg_ddl_command", "pg_ddl_command"},
    {"pg_lsn", "pg_lsn"},
    {"pg_node_tree", "pg_node_tree"},
    {"pg_snapshot", "pg_snapshot"},
    {"point", "point"},
    {"polygon", "polygon"},
    {"real", "real"},
    {"record", "record"},
    {"refcursor", "refcursor"},
    {"regclass", "regclass"},
    {"regcollation", "regcollation"},
    {"regconfig", "regconfig"},
    {"regdictionary", "regdictionary"},
    {"regnamespace", "regnamespace"},
    {"regoper", "regoper"},
    {"regoperator", "regoperator"},
    {"regproc", "regproc"},
    {"regprocedure", "regprocedure"},
    {"regrole", "regrole"},
    {"regtype", "regtype"},
    {"smallint", "smallint"},
    {"table_am_handler", "table_am_handler"},
    {"text", "text"},
    {"tid", "tid"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"trigger", "trigger"},
    {"tsm_handler", "tsm_handler"},
    {"tsmultirange", "tsmultirange"},
    {"tsquery", "tsquery"},
    {"tsrange", "tsrange"},
    {"tstzmultirange", "tstzmultirange"},
    {"tstzrange", "tstzrange"},
    {"tsvector", "tsvector"},
    {"txid_snapshot", "txid_snapshot"},
    {"unknown", "unknown"},
    {"uuid", "uuid"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
    {"void", "void"},
    {"xid", "xid"},
    {"xid8", "xid8"},
    {"xml", "xml"},
});

/// Key words that may name a column but not a function or type: quote_ident() quotes them
/// (pg_get_keywords() with category C).
constexpr auto column_name_words = std::to_array<std::string_view>({
    "between",    "bigint",       "bit",       "boolean",       "char",          "character",
    "coalesce",   "dec",          "decimal",   "exists",        "extract",       "float",
    "greatest",   "grouping",     "inout",     "int",           "integer",       "interval",
    "least",      "national",     "nchar",     "none",          "normalize",     "nullif",
    "numeric",    "out",          "overlay",   "position",      "precision",     "real",
    "row",        "setof",        "smallint",  "substring",     "time",          "timestamp",
    "treat",      "trim",         "values",    "varchar",       "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists",    "xmlforest", "xmlnamespaces", "xmlparse",      "xmlpi",
    "xmlroot",    "xmlserialize", "xmltable",
});

struct KindRow {
  std::string_view shown;
  TypeKind kind;
};

// Types by the name that format_type() shows, without modifiers.
constexpr auto kinds = std::to_array<KindRow>({
    {"text", TypeKind::text},
    {"character varying", TypeKind::varchar},
    {"character", TypeKind::character},
    {"smallint", TypeKind::small_integer},
    {"integer", TypeKind::integer},
    {"bigint", TypeKind::big_integer},
    {"numeric", TypeKind::decimal},
    {"real", TypeKind::real},
    {"double precision", TypeKind::double_precision},
    {"boolean", TypeKind::boolean},
    {"date", TypeKind::date},
    {"time without time zone", TypeKind::time},
    {"time with time zone", TypeKind::time},
    {"timestamp without time zone", TypeKind::timestamp},
    {"timestamp with time zone", TypeKind::timestamp_tz},
    {"interval", TypeKind::interval},
    {"uuid", TypeKind::uuid},
    {"json", TypeKind::json},
    {"jsonb", TypeKind::json},
    {"bytea", TypeKind::binary},
    {"inet", TypeKind::inet},
});

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// The numbers in "numeric(10,2)"; nothing where there is none.
std::vector<int> numbers_in(std::string_view modifiers) {
  std::vector<int> numbers;
  for (const std::string_view part : split(modifiers, ',')) {
    int number = 0;
    const std::string_view digits = trim(part);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc{})
      numbers.push_back(number);
  }
  return numbers;
}

/// A format_type() text in two: "timestamp(3) without time zone" is the name "timestamp without
/// time zone" and the modifiers "3".
struct Shown {
  std::string name;
  std::string modifiers;
};

Shown without_modifiers(std::string_view text) {
  Shown shown;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && text[i] == '(') {
      const std::size_t end = text.find(')', i);
      if (end == std::string_view::npos) break;
      shown.modifiers = text.substr(i + 1, end - i - 1);
      i = end;
      continue;
    }
    shown.name += text[i];
  }
  return shown;
}

/// The parts of a name that may be qualified and quoted.
std::vector<std::string> name_parts(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
        parts.back() += '"';
        ++i;
      } else {
        quoted = !quoted;
      }
    } else if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

void set_modifiers(Type& type, const std::string& modifiers) {
  const std::vector<int> numbers = numbers_in(modifiers);
  if (type.kind == TypeKind::varchar && numbers.empty()) type.kind = TypeKind::text;
  if (numbers.empty()) return;
  switch (type.kind) {
    case TypeKind::varchar:
    case TypeKind::character:
      type.length = numbers[0];
      break;
    case TypeKind::decimal:
      type.precision = numbers[0];
      type.scale = numbers.size() > 1 ? numbers[1] : 0;
      break;
    case TypeKind::time:
    case TypeKind::timestamp:
    case TypeKind::timestamp_tz:
      type.precision = numbers[0];
      break;
    default:
      break;
  }
}

Type neutral_type(std::string_view text, const UserTypes& user_types, int depth) {
  // Domains over domains end somewhere; a circle in a damaged file must too.
  constexpr int deepest_domain = 32;
  Type type;
  if (text.size() > 2 && text.substr(text.size() - 2) == "[]") {
    type.array_dimensions = 1;
    text.remove_suffix(2);
  }
  const Shown shown = without_modifiers(text);
  const auto row = std::find_if(kinds.begin(), kinds.end(),
                                [&](const KindRow& r) { return r.shown == shown.name; });
  if (row != kinds.end()) {
    type.kind = row->kind;
    set_modifiers(type, shown.modifiers);
    return type;
  }
  if (shown.name.starts_with("interval ")) {
    type.kind = TypeKind::interval;
    return type;
  }
  const std::vector<std::string> parts = name_parts(shown.name);
  const std::string schema = parts.size() > 1 ? parts.front() : std::string();
  const UserType* user = user_types ? user_types(schema, parts.back()) : nullptr;
  if (user != nullptr && user->enumeration) {
    type.kind = TypeKind::enumeration;
    type.name = parts.back();
    type.values = user->labels;
  } else if (user != nullptr && !user->base.empty() && depth < deepest_domain) {
    const int dimensions = type.array_dimensions;
    type = neutral_type(user->base, user_types, depth + 1);
    type.array_dimensions += dimensions;
  } else {
    type.kind = TypeKind::native;
    type.name = std::string(text);
  }
  return type;
}

struct FieldRow {
  int mask;
  std::string_view words;
};

// What INTERVAL fields are in a type modifier: INTERVAL_MASK() of utils/timestamp.h.
constexpr int month = 1 << 1;
constexpr int year = 1 << 2;
constexpr int day = 1 << 3;
constexpr int hour = 1 << 10;
constexpr int minute = 1 << 11;
constexpr int second = 1 << 12;
constexpr auto interval_fields = std::to_array<FieldRow>({
    {year, " year"},
    {month, " month"},
    {day, " day"},
    {hour, " hour"},
    {minute, " minute"},
    {second, " second"},
    {year | month, " year to month"},
    {day | hour, " day to hour"},
    {day | hour | minute, " day to minute"},
    {day | hour | minute | second, " day to second"},
    {hour | minute, " hour to minute"},
    {hour | minute | second, " hour to second"},
    {minute | second, " minute to second"},
});

std::string interval(const std::vector<std::string>& modifiers) {
  std::string text = "interval";
  if (modifiers.empty()) return text;
  const std::vector<int> mask = numbers_in(modifiers[0]);
  const auto row =
      std::find_if(interval_fields.begin(), interval_fields.end(),
                   [&](const FieldRow& r) { return !mask.empty() && r.mask == mask[0]; });
  if (row != interval_fields.end()) text += row->words;
  if (modifiers.size() > 1) text += "(" + modifiers[1] + ")";
  return text;
}

std::string builtin(std::string_view name, std::string_view shown,
                    const std::vector<std::string>& modifiers) {
  if (shown == "interval") return interval(modifiers);
  if (modifiers.empty()) return std::string(name == "bpchar" ? name : shown);
  std::string list = join(modifiers, ",");
  if (shown == "numeric" && modifiers.size() == 1) list += ",0";
  // "timestamp without time zone" takes its precision behind the first word.
  const std::size_t zone = shown.find(" with");
  if (zone != std::string_view::npos)
    return std::string(shown.substr(0, zone)) + "(" + list + ")" + std::string(shown.substr(zone));
  return std::string(shown) + "(" + list + ")";
}

}  // namespace

Type postgres_type(std::string_view format_type_text, const UserTypes& user_types) {
  Type type = neutral_type(format_type_text, user_types, 0);
  type.spelling = std::string(format_type_text);
  return type;
}

std::string postgres_identifier(std::string_view name) {
  const bool plain = !name.empty() && is_name_start(name.front()) &&
                     static_cast<unsigned char>(name.front()) < 0x80 &&
                     std::all_of(name.begin(), name.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '_';
                     });
  if (plain && !is_postgres_reserved(name) &&
      std::find(column_name_words.begin(), column_name_words.end(), name) ==
          column_name_words.end())
    return std::string(name);
  return '"' + replace_all(name, "\"", "\"\"") + '"';
}

std::string postgres_qualified_name(std::string_view schema, std::string_view name) {
  return schema.empty() ? postgres_identifier(name)
                        : postgres_identifier(schema) + "." + postgres_identifier(name);
}

std::string_view postgres_builtin_type(std::string_view name) {
  const auto row =
      std::lower_bound(builtin_types.begin(), builtin_types.end(), name,
                       [](const TypeRow& r, std::string_view n) { return r.name < n; });
  return row != builtin_types.end() && row->name == name ? row->shown : std::string_view();
}

std::string postgres_format_type(
    const TypeNameParts& type,
    const std::function<std::string(std::string_view name)>& namespace_of) {
  std::string_view name = type.name;
  bool array = type.array;
  const bool maybe_builtin = type.schema.empty() || type.schema == "pg_catalog";
  // "_int4" is the catalog's own name of "int4[]".
  if (maybe_builtin && name.size() > 1 && name.front() == '_' &&
      !postgres_builtin_type(name.substr(1)).empty()) {
    name.remove_prefix(1);
    array = true;
  }
  std::string text;
  const std::string_view shown = maybe_builtin ? postgres_builtin_type(name) : std::string_view();
  if (!shown.empty()) {
    text = builtin(name, shown, type.modifiers);
  } else {
    std::string schema = type.schema;
    if (schema.empty() && namespace_of) schema = namespace_of(name);
    if (schema == "public" || schema == "pg_catalog") schema.clear();
    text = postgres_qualified_name(schema, name);
    if (!type.modifiers.empty()) text += "(" + join(type.modifiers, ",") + ")";
  }
  return array ? text + "[]" : text;
}

}  // namespace relata::syntax
