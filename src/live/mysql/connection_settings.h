#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relata::live::mysql {

enum class EncryptionMode {
  unsaid,     ///< As the option files and the client library have it.
  disabled,   ///< Never.
  preferred,  ///< Where the server can.
  required,   ///< Always, without checking who the server is.
  verified,   ///< Always, and the server's certificate must be valid for its name.
};

/// Where to connect to and how. What is not given comes from the environment (MYSQL_HOST,
/// MYSQL_PWD, MYSQL_TCP_PORT, MYSQL_UNIX_PORT), the option files (group [client] of ~/.my.cnf and
/// so on), and the client library, in this order.
struct ConnectionSettings {
  std::optional<std::string> host;
  std::optional<unsigned> port;
  std::optional<std::string> user;
  std::optional<std::string> password;
  std::string database;
  std::optional<std::string> socket;
  std::optional<std::string> option_file;  ///< In place of the usual ones.
  EncryptionMode encryption = EncryptionMode::unsaid;
  std::optional<std::string> certificate_authority;
  std::optional<std::string> certificate;
  std::optional<std::string> key;
  unsigned connect_seconds = 10;
  unsigned read_seconds = 300;
  std::vector<std::string> ignored;  ///< Names of parameters that mean nothing here.

  /// "database 'shop' on db.example.org:3306", as messages say it; never with a password.
  [[nodiscard]] std::string place() const;
};

/// Reads mysql://user:password@host:port/database?parameters (mariadb:// is the same). Every part
/// is percent-decoded; an IPv6 address stands in brackets. Parameters: socket, ssl-mode, ssl-ca,
/// ssl-cert, ssl-key, connect-timeout, read-timeout (seconds), defaults-file.
[[nodiscard]] Result<ConnectionSettings> parse_url(std::string_view url);

}  // namespace relata::live::mysql
