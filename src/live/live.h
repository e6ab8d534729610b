#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/schema.h"

namespace relata::live {

/// Whether the text is a database URL that one of the drivers takes: postgres://, postgresql://,
/// mysql://, mariadb://, sqlite: (see drivers.def).
[[nodiscard]] bool is_database_url(std::string_view text);

/// The URL as messages may show it: without password, and without what else is secret.
[[nodiscard]] std::string without_secrets(std::string_view url);

/// Whether there is an '@' where the URL can have none, so that a password with '@', '/' or '?' in
/// it (to be written %40, %2F, %3F) would be taken for other parts, and shown as such.
[[nodiscard]] bool has_stray_at_sign(std::string_view url);

/// Reads what a database holds, in a read-only transaction, with a fixed number of catalog queries.
/// The result's names, order and spellings depend on the database alone. Fails with a message
/// (never with a password in it) when there is no connection, no permission, or the connection is
/// lost. What is there but not understood is a diagnostic; canonical forms are filled.
[[nodiscard]] Result<Schema> introspect(const std::string& url, DiagnosticSink& sink);

}  // namespace relata::live
