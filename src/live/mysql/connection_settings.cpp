#include "live/mysql/connection_settings.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace relata::live::mysql {
namespace {

constexpr std::string_view url_shape = "mysql://user:password@host:port/database";

tl::unexpected<Failure> refuse(std::string message, std::string help = {}) {
  if (help.empty()) help = "Write " + std::string(url_shape) + ".";
  return tl::unexpected(Failure{std::move(message), std::move(help)});
}

int hexadecimal_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// RFC 3986, section 2.1; nothing when a percent sign has no two digits behind it.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return {};
    const int high = hexadecimal_digit(text[i + 1]);
    const int low = hexadecimal_digit(text[i + 2]);
    if (high < 0 || low < 0) return {};
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::optional<unsigned> number(std::string_view text, unsigned largest) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > largest) return {};
  return value;
}

struct EncryptionWord {
  std::string_view word;
  EncryptionMode mode;
};
/// MySQL manual, "Command Options for Encrypted Connections", --ssl-mode.
constexpr std::array<EncryptionWord, 5> encryption_words{{
    {"disabled", EncryptionMode::disabled},
    {"preferred", EncryptionMode::preferred},
    {"required", EncryptionMode::required},
    {"verify_ca", EncryptionMode::verified},
    {"verify_identity", EncryptionMode::verified},
}};

struct TextParameter {
  std::string_view name;
  std::optional<std::string> ConnectionSettings::*member;
};
constexpr std::array<TextParameter, 5> text_parameters{{
    {"socket", &ConnectionSettings::socket},
    {"ssl-ca", &ConnectionSettings::certificate_authority},
    {"ssl-cert", &ConnectionSettings::certificate},
    {"ssl-key", &ConnectionSettings::key},
    {"defaults-file", &ConnectionSettings::option_file},
}};

struct SecondsParameter {
  std::string_view name;
  unsigned ConnectionSettings::*member;
};
constexpr std::array<SecondsParameter, 2> seconds_parameters{{
    {"connect-timeout", &ConnectionSettings::connect_seconds},
    {"read-timeout", &ConnectionSettings::read_seconds},
}};

Result<void> take_encryption(ConnectionSettings& settings, const std::string& value) {
  const std::string wanted = replace_all(to_lower(value), "-", "_");
  for (const EncryptionWord& entry : encryption_words) {
    if (entry.word != wanted) continue;
    settings.encryption = entry.mode;
    return {};
  }
  return refuse("'" + value + "' is no value of ssl-mode",
                "Choose DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY.");
}

Result<void> take_parameter(ConnectionSettings& settings, const std::string& name,
                            const std::string& value) {
  const std::string key = replace_all(to_lower(name), "_", "-");
  if (key == "ssl-mode" || key == "sslmode") return take_encryption(settings, value);
  for (const TextParameter& parameter : text_parameters) {
    if (parameter.name != key) continue;
    settings.*parameter.member = value;
    return {};
  }
  for (const SecondsParameter& parameter : seconds_parameters) {
    if (parameter.name != key) continue;
    const std::optional<unsigned> seconds = number(value, 86400);
    if (!seconds) return refuse("'" + value + "' is no number of seconds for " + name);
    settings.*parameter.member = *seconds;
    return {};
  }
  settings.ignored.push_back(name);
  return {};
}

Result<void> take_parameters(ConnectionSettings& settings, std::string_view text) {
  for (const std::string_view part : split(text, '&')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    const auto name = percent_decoded(part.substr(0, equals));
    const auto value = percent_decoded(equals == std::string_view::npos ? std::string_view()
                                                                        : part.substr(equals + 1));
    if (!name || !value) {
      return refuse("a parameter of the database URL has a '%' without two hexadecimal digits");
    }
    if (Result<void> taken = take_parameter(settings, *name, *value); !taken) return taken;
  }
  return {};
}

Result<void> take_account(ConnectionSettings& settings, std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto user = percent_decoded(text.substr(0, colon));
  const auto password = percent_decoded(colon == std::string_view::npos ? std::string_view()
                                                                        : text.substr(colon + 1));
  if (!user || !password) {
    return refuse("user or password in the database URL have a '%' without two hexadecimal digits",
                  "Write a percent sign as %25.");
  }
  if (!user->empty()) settings.user = *user;
  if (colon != std::string_view::npos) settings.password = *password;
  return {};
}

Result<void> take_host(ConnectionSettings& settings, std::string_view text) {
  std::string_view port;
  std::string_view host = text;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return refuse("the IPv6 address has no ']' behind it");
    host = text.substr(1, close - 1);
    port = text.substr(close + 1);
  } else if (const std::size_t colon = text.rfind(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon);
  }
  if (!port.empty()) {
    settings.port = number(port.substr(1), 65535);
    if (port.front() != ':' || !settings.port || *settings.port == 0) {
      return refuse("'" + std::string(port) + "' is no port");
    }
  }
  const auto decoded = percent_decoded(host);
  if (!decoded) return refuse("the host has a '%' without two hexadecimal digits");
  if (!decoded->empty()) settings.host = *decoded;
  return {};
}

}  // namespace

std::string ConnectionSettings::place() const {
  std::string where;
  if (socket) {
    where = *socket;
  } else {
    where = host.value_or("localhost");
    if (where.find(':') != std::string::npos) where = "[" + where + "]";
    if (port) where += ":" + std::to_string(*port);
  }
  return "database '" + database + "' on " + where;
}

Result<ConnectionSettings> parse_url(std::string_view url) {
  ConnectionSettings settings;
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return refuse("this is not a database URL");
  std::string_view rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find('#'));
  std::string_view parameters;
  if (const std::size_t question = rest.find('?'); question != std::string_view::npos) {
    parameters = rest.substr(question + 1);
    rest = rest.substr(0, question);
  }
  std::string_view path;
  if (const std::size_t slash = rest.find('/'); slash != std::string_view::npos) {
    path = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
  }
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    if (Result<void> taken = take_account(settings, rest.substr(0, at)); !taken) {
      return tl::unexpected(taken.error());
    }
    rest = rest.substr(at + 1);
  }
  if (Result<void> taken = take_host(settings, rest); !taken) {
    return tl::unexpected(taken.error());
  }
  if (Result<void> taken = take_parameters(settings, parameters); !taken) {
    return tl::unexpected(taken.error());
  }
  const auto database = percent_decoded(path);
  if (!database) return refuse("the database has a '%' without two hexadecimal digits");
  if (database->empty()) return refuse("the database URL names no database");
  settings.database = *database;
  return settings;
}

}  // namespace relata::live::mysql
