#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::syntax::sqlite {

/// One spelling for SQL that differs in white space, comments, the case of words and the quotes
/// around names only. "X" in double quotes stays as it is where it has capitals: it may be a string
/// to SQLite.
[[nodiscard]] std::string canonical_text(std::string_view sql);

/// The words of that spelling.
[[nodiscard]] std::vector<std::string> canonical_words(std::string_view sql);

/// One spelling for an expression: also without the brackets that do nothing, around the whole of
/// it and around what AND and OR connect.
[[nodiscard]] std::string canonical_expression(std::string_view sql);

}  // namespace relata::syntax::sqlite
