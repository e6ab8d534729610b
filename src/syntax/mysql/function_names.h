#pragma once

#include <string>
#include <string_view>

namespace relata::syntax::mysql {

/// One of the names of a function that has several: "upper" for ucase. `lower` is lower case.
[[nodiscard]] std::string function_name(std::string_view lower);
/// Whether the function is called without parentheses: CURRENT_TIMESTAMP.
[[nodiscard]] bool is_niladic(std::string_view lower);

}  // namespace relata::syntax::mysql
