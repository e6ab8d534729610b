#include <cstdlib>

#include "base/text.h"
#include "live/live.h"
#include "live/sqlite/catalog.h"
#include "live/sqlite/database.h"

namespace relata::live {

Result<Schema> introspect_sqlite(const std::string& url, DiagnosticSink& sink);

namespace {

int hexadecimal(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 &&
        hexadecimal(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

/// sqlite:relative/file, sqlite:/absolute/file, sqlite:///absolute/file. Only the form with "//" is
/// a URL with parameters and escapes; the other is a path, whatever it holds.
std::string path_of(std::string_view url) {
  url.remove_prefix(std::string_view("sqlite:").size());
  if (!url.starts_with("//")) return std::string(url);
  url.remove_prefix(2);
  return percent_decoded(url.substr(0, url.find_first_of("?#")));
}

/// Spans point into the catalog's text, which nobody sees.
void clear_origins(Schema& schema) {
  for (Table& table : schema.tables) {
    table.origin = {};
    for (Column& column : table.columns) column.origin = {};
  }
}

}  // namespace

Result<Schema> introspect_sqlite(const std::string& url, DiagnosticSink& sink) {
  const std::string path = path_of(url);
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
