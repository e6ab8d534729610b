#pragma once

#include <string>
#include <string_view>

namespace relata::syntax::sqlite {

/// One spelling for SQL that differs in white space, comments, the case of words and the quotes
/// around names only. "x" in double quotes stays as it is: it may be a string to SQLite.
[[nodiscard]] std::string canonical_text(std::string_view sql);

}  // namespace relata::syntax::sqlite
