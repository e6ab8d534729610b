#pragma once

#include <string_view>

namespace relata {

/// Whether a lower-case word must be quoted to serve as a name in each engine.
[[nodiscard]] bool is_postgres_reserved(std::string_view word);
[[nodiscard]] bool is_mysql_reserved(std::string_view word);
[[nodiscard]] bool is_sqlite_reserved(std::string_view word);

}  // namespace relata
