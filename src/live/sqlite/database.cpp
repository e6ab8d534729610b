#include "live/sqlite/database.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "base/text.h"

namespace relata::live::sqlite {
namespace {

/// Milliseconds to wait for a writer to finish.
constexpr int patience = 1000;

/// Whether a file has the header of a database in WAL mode
/// (https://sqlite.org/fileformat2.html#file_format_version_numbers).
bool has_wal_header(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<char, 20> header{};
  return file.read(header.data(), header.size()) && header[18] == 2;
}

/// Whether the file can be read as if nobody ever writes it. Opening a database in WAL mode makes
/// files beside it; when none of them is there, nobody has the database open.
bool can_be_immutable(const std::string& path) {
  std::error_code ignored;
  return has_wal_header(path) && !std::filesystem::exists(path + "-wal", ignored);
}

/// "file:..." with every byte escaped that means something in a URI.
std::string uri_of(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      std::array<char, 4> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "%%%02X", static_cast<unsigned char>(c));
      uri += escaped.data();
    } else {
      uri += c;
    }
  }
  return uri;
}

/// SQLite does not look whether a text is UTF-8; what is not becomes U+FFFD.
std::string as_utf8(std::string_view text) {
  std::string result;
  for (;;) {
    const std::size_t invalid = first_invalid_utf8(text);
    if (invalid == std::string_view::npos) return result.append(text);
    result.append(text.substr(0, invalid)).append("\xEF\xBF\xBD");
    text.remove_prefix(invalid + 1);
  }
}

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

}  // namespace

std::string path_of(std::string_view url) {
  url.remove_prefix(std::string_view("sqlite:").size());
  if (!url.starts_with("//")) return std::string(url);
  url.remove_prefix(2);
  return percent_decoded(url.substr(0, url.find_first_of("?#")));
}

Query::Query(sqlite3* database, std::string_view sql) : database_(database) {
  check(
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr));
}

void Query::check(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  code_ = code;
  message_ = sqlite3_errmsg(database_);
}

bool Query::next() {
  if (failed() || statement_ == nullptr) return false;
  const int code = sqlite3_step(statement_);
  check(code);
  return code == SQLITE_ROW;
}

std::string Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (bytes == nullptr) return {};
  return as_utf8({bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))});
}

void Query::bind(int parameter, std::string_view value) {
  if (statement_ == nullptr) return;
  check(sqlite3_bind_text(statement_, parameter, value.data(), static_cast<int>(value.size()),
                          SQLITE_TRANSIENT));
}

Failure failure_of(int code, std::string_view message, const std::string& shown) {
  const std::string name = "'" + shown + "'";
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return {name + " is not a SQLite database",
              "Another kind of file, or a database that is encrypted: decrypt a copy first."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {"the database " + name + " is locked by a program that is writing to it",
              "Try again when it has finished, or give a copy of the file."};
    case SQLITE_CORRUPT:
      return {"the database " + name + " is damaged: " + std::string(message),
              "sqlite3 can save what is left: sqlite3 FILE .recover"};
    case SQLITE_READONLY:
      return {"the database " + name + " was left by a program that did not finish writing",
              "Open it once with sqlite3, which repairs it, or give a copy of all its files."};
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return {"cannot open the database " + name + ": " + std::string(message), {}};
    default:
      return {"cannot read the database " + name + ": " + std::string(message), {}};
  }
}

Result<Database> open_for_changes(const std::string& path, const std::string& shown) {
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  Database database(opened);
  if (code != SQLITE_OK) {
    return tl::unexpected(
        failure_of(code, opened != nullptr ? sqlite3_errmsg(opened) : "out of memory", shown));
  }
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, patience);
  return database;
}

Result<Database> open_file(const std::string& path, const std::string& shown) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return tl::unexpected(Failure{"there is no database file '" + path + "'",
                                  "sqlite:FILE is relative to this folder, sqlite:///FILE is "
                                  "absolute."});
  }
  if (std::filesystem::is_directory(path, ignored)) {
    return tl::unexpected(Failure{"'" + path + "' is a folder, not a database file", {}});
  }
  const std::string uri = uri_of(path) + (can_be_immutable(path) ? "?immutable=1" : "?mode=ro");
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(uri.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
  Database database(opened);
  if (code != SQLITE_OK) {
    return tl::unexpected(
        failure_of(code, opened != nullptr ? sqlite3_errmsg(opened) : "out of memory", shown));
  }
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, patience);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return database;
}

}  // namespace relata::live::sqlite
