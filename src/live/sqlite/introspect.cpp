#include "live/live.h"
#include "live/sqlite/catalog.h"
#include "live/sqlite/database.h"

namespace relata::live {

Result<Schema> introspect_sqlite(const std::string& url, DiagnosticSink& sink);

namespace {

/// Spans point into the catalog's text, which nobody sees.
void clear_origins(Schema& schema) {
  for (Table& table : schema.tables) {
    table.origin = {};
    for (Column& column : table.columns) column.origin = {};
  }
}

}  // namespace

Result<Schema> introspect_sqlite(const std::string& url, DiagnosticSink& sink) {
  const std::string path = sqlite::path_of(url);
  if (path.empty() || path == ":memory:") {
    return tl::unexpected(Failure{"'" + url + "' names no database file",
                                  "Give sqlite:FILE, or sqlite:///FOLDER/FILE."});
  }
  const Result<sqlite::Database> database = sqlite::open_file(path, path);
  if (!database) return tl::unexpected(database.error());
  // One transaction, so that all queries see the same state.
  sqlite::Query begin(database->get(), "BEGIN");
  begin.next();
  Result<Schema> schema = sqlite::schema_of(database->get(), sink);
  if (schema) clear_origins(*schema);
  return schema;
}

}  // namespace relata::live
