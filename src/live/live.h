#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/result.h"
#include "live/url/url.h"
#include "model/schema.h"

namespace relata::live {

/// Whether the text is a database URL that one of the drivers takes: postgres://, postgresql://,
/// mysql://, mariadb://, sqlite: (see drivers.def).
[[nodiscard]] bool is_database_url(std::string_view text);

/// Reads what a database holds, in a read-only transaction, with a fixed number of catalog queries.
/// The result's names, order and spellings depend on the database alone. Fails with a message
/// (never with a password in it) when there is no connection, no permission, or the connection is
/// lost. What is there but not understood is a diagnostic; canonical forms are filled, as
/// `written_in` asks for it (syntax::canonicalize()).
[[nodiscard]] Result<Schema> introspect(const std::string& url, DiagnosticSink& sink,
                                        std::string_view written_in = {});

}  // namespace relata::live
