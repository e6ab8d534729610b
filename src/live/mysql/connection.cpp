#include "live/mysql/connection.h"

#include <errmsg.h>
#include <mysql.h>

#include <charconv>
#include <cstdlib>
#include <mutex>
#include <utility>

namespace relata::live::mysql {
namespace {

const char* text_or_null(const std::optional<std::string>& text) {
  return text ? text->c_str() : nullptr;
}

/// The host to ask for; MYSQL_HOST is the one variable that the client library leaves to programs.
std::optional<std::string> wanted_host(const ConnectionSettings& settings) {
  if (settings.host || settings.socket) return settings.host;
  const char* variable = std::getenv("MYSQL_HOST");
  if (variable == nullptr || *variable == '\0') return {};
  return std::string(variable);
}

void set_encryption(MYSQL* handle, const ConnectionSettings& settings, bool encrypt) {
  const my_bool on = 1;
  const my_bool off = 0;
  const bool verify = settings.encryption == EncryptionMode::verified;
  if (settings.encryption == EncryptionMode::unsaid && !settings.certificate_authority) return;
  if (settings.certificate_authority || settings.certificate || settings.key) {
    mysql_ssl_set(handle, text_or_null(settings.key), text_or_null(settings.certificate),
                  text_or_null(settings.certificate_authority), nullptr, nullptr);
  }
  mysql_optionsv(handle, MYSQL_OPT_SSL_ENFORCE, encrypt ? &on : &off);
  mysql_optionsv(handle, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, verify ? &on : &off);
}

void set_options(MYSQL* handle, const ConnectionSettings& settings, bool encrypt) {
  if (settings.option_file) {
    mysql_optionsv(handle, MYSQL_READ_DEFAULT_FILE, settings.option_file->c_str());
  }
  mysql_optionsv(handle, MYSQL_READ_DEFAULT_GROUP, "client");
  mysql_optionsv(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  mysql_optionsv(handle, MYSQL_OPT_CONNECT_TIMEOUT, &settings.connect_seconds);
  mysql_optionsv(handle, MYSQL_OPT_READ_TIMEOUT, &settings.read_seconds);
  mysql_optionsv(handle, MYSQL_OPT_WRITE_TIMEOUT, &settings.read_seconds);
  // The library takes "localhost" for the local socket; a port in the URL means that port.
  if (settings.port && !settings.socket) {
    const unsigned protocol = MYSQL_PROTOCOL_TCP;
    mysql_optionsv(handle, MYSQL_OPT_PROTOCOL, &protocol);
  }
  set_encryption(handle, settings, encrypt);
}

bool connects(MYSQL* handle, const ConnectionSettings& settings, bool encrypt) {
  set_options(handle, settings, encrypt);
  const std::optional<std::string> host = wanted_host(settings);
  return mysql_real_connect(handle, text_or_null(host), text_or_null(settings.user),
                            text_or_null(settings.password), settings.database.c_str(),
                            settings.port.value_or(0), text_or_null(settings.socket), 0) != nullptr;
}

}  // namespace

int Row::integer(std::size_t column) const {
  const std::string_view digits = view(column);
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

void Rows::Free::operator()(st_mysql_res* result) const { mysql_free_result(result); }

std::size_t Rows::columns() const {
  return result_ ? static_cast<std::size_t>(mysql_num_fields(result_.get())) : 0;
}

std::size_t Rows::size() const {
  return result_ ? static_cast<std::size_t>(mysql_num_rows(result_.get())) : 0;
}

Rows::Iterator Rows::begin() const {
  if (result_) mysql_data_seek(result_.get(), 0);
  return Iterator(result_.get());
}

void Rows::Iterator::advance() {
  if (result_ == nullptr) return;
  values_ = mysql_fetch_row(result_);
  lengths_ = values_ == nullptr ? nullptr : mysql_fetch_lengths(result_);
}

void Connection::Close::operator()(st_mysql* connection) const { mysql_close(connection); }

Result<Connection> Connection::open(const ConnectionSettings& settings) {
  static std::once_flag library;
  std::call_once(library, [] { mysql_library_init(0, nullptr, nullptr); });

  Connection connection(mysql_init(nullptr));
  if (!connection.connection_) {
    return tl::unexpected(Failure{"there is no memory for a connection", {}});
  }
  const bool encrypt = settings.encryption == EncryptionMode::preferred ||
                       settings.encryption == EncryptionMode::required ||
                       settings.encryption == EncryptionMode::verified;
  bool connected = connects(connection.connection_.get(), settings, encrypt);
  if (!connected && settings.encryption == EncryptionMode::preferred &&
      connection.error_number() == CR_SSL_CONNECTION_ERROR) {
    connection.connection_.reset(mysql_init(nullptr));
    connected = connects(connection.connection_.get(), settings, false);
  }
  if (!connected) {
    MYSQL* handle = connection.connection_.get();
    return tl::unexpected(connection_failure(mysql_errno(handle), mysql_error(handle), settings));
  }
  // The library goes on without encryption where the server has none.
  if (encrypt && settings.encryption != EncryptionMode::preferred &&
      mysql_get_ssl_cipher(connection.connection_.get()) == nullptr) {
    return tl::unexpected(
        connection_failure(CR_SSL_CONNECTION_ERROR, "the server does not offer it", settings));
  }
  connection.place_ = settings.place();
  connection.database_ = settings.database;
  return connection;
}

Failure Connection::failure() const {
  const unsigned error = mysql_errno(connection_.get());
  const std::string said = mysql_error(connection_.get());
  if (error >= CR_MIN_ERROR && error <= CR_MAX_ERROR) {
    return {"the connection to " + place_ + " was lost: " + said,
            "Try again; when it goes on, look into the server's log."};
  }
  return {place_ + " refused a query: " + said, {}};
}

Result<Rows> Connection::execute(const std::string& statement) {
  MYSQL* handle = connection_.get();
  if (mysql_real_query(handle, statement.data(), static_cast<unsigned long>(statement.size())) ==
      0) {
    MYSQL_RES* result = mysql_store_result(handle);
    if (result != nullptr || mysql_field_count(handle) == 0) return Rows(result);
  }
  return tl::unexpected(failure());
}

Result<std::vector<Rows>> Connection::execute_all(const std::vector<std::string>& statements) {
  MYSQL* handle = connection_.get();
  std::vector<Rows> results;
  if (statements.empty()) return results;
  std::string text;
  for (const std::string& statement : statements) text += statement + ";\n";
  mysql_set_server_option(handle, MYSQL_OPTION_MULTI_STATEMENTS_ON);
  int status = mysql_real_query(handle, text.data(), static_cast<unsigned long>(text.size()));
  while (status == 0) {
    MYSQL_RES* result = mysql_store_result(handle);
    if (result == nullptr && mysql_field_count(handle) != 0) break;
    results.emplace_back(result);
    status = mysql_next_result(handle);  // -1: that was the last
  }
  if (status != -1) return tl::unexpected(failure());
  mysql_set_server_option(handle, MYSQL_OPTION_MULTI_STATEMENTS_OFF);
  return results;
}

unsigned Connection::error_number() const { return mysql_errno(connection_.get()); }

std::string Connection::error_message() const { return mysql_error(connection_.get()); }

std::uint64_t Connection::affected_rows() const { return mysql_affected_rows(connection_.get()); }

std::string Connection::literal(std::string_view text) const {
  std::string escaped(text.size() * 2 + 1, '\0');
  escaped.resize(mysql_real_escape_string(connection_.get(), escaped.data(), text.data(),
                                          static_cast<unsigned long>(text.size())));
  return "'" + escaped + "'";
}

bool Connection::is_mariadb() const { return mariadb_connection(connection_.get()) != 0; }

unsigned long Connection::server_version() const {
  return mysql_get_server_version(connection_.get());
}

}  // namespace relata::live::mysql
