#include "syntax/mysql/function_names.h"

#include <algorithm>
#include <array>

namespace relata::syntax::mysql {

namespace {

struct FunctionName {
  std::string_view written;
  std::string_view kept;
};

/// MariaDB Knowledge Base, "Function and Operator Reference": functions with more than one name.
constexpr std::array function_names{
    FunctionName{"now", "current_timestamp"},
    FunctionName{"localtime", "current_timestamp"},
    FunctionName{"localtimestamp", "current_timestamp"},
    FunctionName{"current_date", "curdate"},
    FunctionName{"current_time", "curtime"},
    FunctionName{"current_role", "current_role"},
    FunctionName{"substring", "substr"},
    FunctionName{"mid", "substr"},
    FunctionName{"ucase", "upper"},
    FunctionName{"lcase", "lower"},
    FunctionName{"character_length", "char_length"},
    FunctionName{"octet_length", "length"},
    FunctionName{"ceiling", "ceil"},
    FunctionName{"pow", "power"},
    FunctionName{"day", "dayofmonth"},
    FunctionName{"schema", "database"},
    FunctionName{"session_user", "user"},
    FunctionName{"system_user", "user"},
    FunctionName{"std", "stddev_pop"},
    FunctionName{"stddev", "stddev_pop"},
    FunctionName{"variance", "var_pop"},
    FunctionName{"sha", "sha1"},
    FunctionName{"json_compact", "json_compact"},
    FunctionName{"uuid_short", "uuid_short"},
};

constexpr std::array<std::string_view, 10> niladic{
    "current_timestamp", "current_date", "current_time", "localtime",     "localtimestamp",
    "utc_date",          "utc_time",     "current_user", "utc_timestamp", "current_role"};

}  // namespace

std::string function_name(std::string_view lower) {
  const auto* found = std::ranges::find(function_names, lower, &FunctionName::written);
  return std::string(found == function_names.end() ? lower : found->kept);
}

bool is_niladic(std::string_view lower) {
  return std::ranges::find(niladic, lower) != niladic.end();
}

}  // namespace relata::syntax::mysql
