#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "live/postgres/connection.h"

struct pg_conn;
struct pg_result;

namespace relata::live::postgres {

/// "database 'shop' on db.example.org:5432", as far as it is known.
[[nodiscard]] std::string place_of(pg_conn* connection);

/// Why a URL cannot be read; `message` is libpq's, which may quote parts of a password.
[[nodiscard]] Failure url_failure(const std::string& url, std::string_view message);

/// Why there is no connection.
[[nodiscard]] Failure connection_failure(pg_conn* connection);

/// What the server said of a statement that failed; `result` may be null.
[[nodiscard]] ServerError server_error(pg_conn* connection, const pg_result* result);

/// Why a statement failed, or the connection was lost while it ran; `result` may be null.
[[nodiscard]] Failure statement_failure(pg_conn* connection, const pg_result* result,
                                        const std::string& place);

}  // namespace relata::live::postgres
