#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/span.h"
#include "model/schema.h"

namespace relata::sql {

/// Id of the dialect that a text is written in, told by what only one of them says; gives the
/// reason ("AUTO_INCREMENT, line 12") for messages. PostgreSQL when nothing tells.
struct DetectedDialect {
  std::string dialect;
  std::string reason;
};
[[nodiscard]] DetectedDialect detect_dialect(const std::vector<SourceFile>& files);

/// What a text that asks its session (SET search_path FROM CURRENT, current_schema()) is read as:
/// as it is written, for whatever database it is run on, or as a database holds it once it has been
/// run there by somebody who has changed no setting.
enum class Reading { portable, installed };

/// The schema that the files leave behind when they are run one after the other on an empty
/// database: CREATE, ALTER, DROP, RENAME, COMMENT and so on, in order. A statement that is refused
/// by the dialect's grammar, or refers to what is not there, is a warning with its place, and the
/// rest is still read. It is an error, after which nobody uses the result, when a file ends in the
/// middle of a statement (a string, comment, parenthesis or body left open), or when statements
/// were refused and nothing at all was read. Statements that only touch rows are set aside.
/// Canonical forms are filled, as `written_in` asks for it (syntax::canonicalize()).
/// `dialect`: id of the dialect; it must exist.
[[nodiscard]] Schema read_sql(const std::vector<SourceFile>& files, std::string_view dialect,
                              DiagnosticSink& sink, std::string_view written_in = {},
                              Reading reading = Reading::portable);

/// The statements of a file in that dialect, without semicolons at their ends and without BEGIN and
/// COMMIT, as its server would be sent them; rows behind COPY and the client's own commands are
/// left out. `dialect`: id of the dialect; it must exist.
[[nodiscard]] std::vector<std::string> split_statements(const SourceFile& file,
                                                        std::string_view dialect);

/// The files of a folder of migrations in the order in which its tool runs them, without those that
/// lead back (.down.sql): plain numbered files, up and down pairs, Flyway, golang-migrate, Prisma,
/// diesel, Drizzle, or a single tree of .sql files. Fails when there is none.
struct MigrationFolder {
  std::string layout;  ///< "flyway", "golang-migrate", "prisma", "diesel", "drizzle", "versioned",
                       ///< "plain".
  std::vector<SourceFile> files;
  std::string dialect = {};  ///< Id, where the tool keeps it beside the files; else empty.
};
[[nodiscard]] Result<MigrationFolder> read_folder(const std::string& folder);

}  // namespace relata::sql
