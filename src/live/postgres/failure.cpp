#include "live/postgres/failure.h"

#include <libpq-fe.h>

#include <array>
#include <memory>

#include "base/text.h"
#include "live/url/url.h"

namespace relata::live::postgres {

namespace {

/// What to do about a failure that is told by words of its message.
struct Advice {
  std::string_view words;
  std::string_view help;
};

// Before there is a session libpq gives no SQLSTATE, only text: its own
// (https://www.postgresql.org/docs/current/client-authentication-problems.html) and the server's.
constexpr std::array connection_advice{
    Advice{"refused", "Is the server running, and does it listen on that host and port?"},
    Advice{"No such file or directory",
           "Is the server running? Name the host and port in the URL, or set PGHOST and PGPORT."},
    Advice{"translate host name", "Check the host in the URL."},
    Advice{"timeout expired",
           "Check the host and the firewall; ?connect_timeout=SECONDS waits longer."},
    Advice{"password authentication failed",
           "Check user and password; PGPASSWORD or a password file can give the password."},
    Advice{"no password supplied",
           "Set PGPASSWORD, or put the password into ~/.pgpass or the file that PGPASSFILE names."},
    Advice{"pg_hba.conf", "The server does not let this user in from here: see its pg_hba.conf."},
    Advice{"Peer authentication", "Name a host in the URL, or run as the user of that name."},
    Advice{"service", "Check ~/.pg_service.conf, or the file that PGSERVICEFILE names."},
    Advice{"SSL", "See sslmode in the documentation of libpq, such as ?sslmode=require."},
    Advice{"certificate", "See sslmode and sslrootcert in the documentation of libpq."},
    Advice{"starting up", "Try again when the server has started."},
    Advice{"shutting down", "Try again when the server has started."},
    Advice{"too many clients", "Try again when other sessions have ended."},
    Advice{"remaining connection slots", "Try again when other sessions have ended."},
    Advice{"permission denied for database", "GRANT CONNECT ON DATABASE to this role."},
    Advice{"role", "Check the user in the URL."},
    Advice{"database", "Check the database in the URL; `psql -l` lists what the server has."},
};

/// By SQLSTATE, or its first two characters, which are its class
/// (https://www.postgresql.org/docs/current/errcodes-appendix.html).
constexpr std::array statement_advice{
    Advice{"55P03", "Another session holds a lock; try again when its transaction has ended."},
    Advice{"57014",
           "The server took too long or was told to stop; try again when it is less busy."},
    Advice{"57P", "Try again when the server accepts connections."},
    Advice{"42501", "Connect as a role that may read this, such as the owner of the database."},
    Advice{"25P", "Try again; the session was idle for longer than the server allows."},
    Advice{"53", "The server has run out of memory, disk or connections; see its log."},
    Advice{"08", "Check the network and the server's log, then try again."},
    Advice{"XX", "The server's catalog may be damaged; see its log."},
};

constexpr std::string_view lost_help = "Check that the server still runs, then try again.";

std::string option_value(PQconninfoOption* options, std::string_view keyword) {
  for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr;
       ++option) {
    if (option->keyword == keyword && option->val != nullptr) return option->val;
  }
  return {};
}

/// The text without the password that the connection was made with, should it be in there.
std::string without_password(std::string text, PGconn* connection) {
  constexpr std::size_t shortest = 4;  // A shorter one is a word by chance, and told by its gaps.
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(connection),
                                                                             &PQconninfoFree);
  const char* used = PQpass(connection);
  std::array secrets{std::string(used == nullptr ? "" : used),
                     option_value(options.get(), "password"),
                     option_value(options.get(), "sslpassword")};
  for (const std::string& secret : secrets) {
    if (secret.size() >= shortest && secret != option_value(options.get(), "user") &&
        secret != option_value(options.get(), "dbname")) {
      text = replace_all(text, secret, "***");
    }
  }
  return text;
}

/// Text in double quotes left out: where a URL cannot be read, it may be part of a password.
std::string without_quotations(std::string_view text) {
  std::string kept;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      if (!quoted) kept += "\"...\"";
      quoted = !quoted;
    } else if (!quoted) {
      kept += c;
    }
  }
  return kept;
}

std::string without_prefix(std::string_view line) {
  for (const std::string_view prefix : {"FATAL:", "ERROR:", "PANIC:"}) {
    if (line.starts_with(prefix)) line.remove_prefix(prefix.size());
  }
  return std::string(trim(line));
}

/// libpq's message on one line, without what the failure says anyway.
std::string reason_of(std::string_view message) {
  constexpr std::string_view failed = " failed: ";
  const bool one_attempt = message.find(failed) == message.rfind(failed);
  std::vector<std::string> reasons;
  for (std::string_view line : split(message, '\n')) {
    line = trim(line);
    if (const std::size_t at = line.find(failed);
        one_attempt && line.starts_with("connection to server") && at != std::string_view::npos) {
      line.remove_prefix(at + failed.size());
    }
    // The question that libpq asks below its message is what the help says.
    if (!line.empty() && !line.starts_with("Is the server running")) {
      reasons.push_back(without_prefix(line));
    }
  }
  return join(reasons, "; ");
}

template <class Table>
std::string_view advice_for(const Table& table, std::string_view message) {
  for (const Advice& advice : table) {
    if (message.find(advice.words) != std::string_view::npos) return advice.help;
  }
  return {};
}

std::string_view field(const PGresult* result, int code) {
  const char* text = result == nullptr ? nullptr : PQresultErrorField(result, code);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::string_view advice_for_state(std::string_view state) {
  for (const Advice& advice : statement_advice) {
    if (state.starts_with(advice.words)) return advice.help;
  }
  return {};
}

}  // namespace

std::string place_of(PGconn* connection) {
  const auto text = [](const char* value) { return std::string(value == nullptr ? "" : value); };
  const std::string database = text(PQdb(connection));
  std::string place = database.empty() ? "the server" : "database '" + database + "'";
  const std::string host = text(PQhost(connection));
  const std::string port = text(PQport(connection));
  if (!host.empty()) place += " on " + host + (port.empty() ? "" : ":" + port);
  return place;
}

Failure url_failure(const std::string& url, std::string_view message) {
  return {"cannot read the URL '" + without_secrets(url) +
              "': " + std::string(trim(without_quotations(message))),
          "Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with %40 for @, %2F for /, %3A for : "
          "and %25 for % inside a part."};
}

Failure connection_failure(PGconn* connection) {
  const std::string reason = without_password(reason_of(PQerrorMessage(connection)), connection);
  std::string_view help = advice_for(connection_advice, reason);
  if (help.empty()) help = "Try the same URL with psql.";
  return {"cannot connect to " + place_of(connection) + ": " + reason, std::string(help)};
}

ServerError server_error(PGconn* connection, const PGresult* result) {
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  std::string reason(field(result, PG_DIAG_MESSAGE_PRIMARY));
  if (reason.empty()) reason = reason_of(PQerrorMessage(connection));
  const std::string_view detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  if (!detail.empty()) reason += " (" + replace_all(detail, "\n", " ") + ")";
  // The session is gone although the server had time to say why (57P01, admin shutdown).
  const bool lost = PQstatus(connection) == CONNECTION_BAD || state.starts_with("57P0");
  return {std::string(state), without_password(std::move(reason), connection), lost};
}

Failure statement_failure(PGconn* connection, const PGresult* result, const std::string& place) {
  const std::string_view state = field(result, PG_DIAG_SQLSTATE);
  std::string reason(field(result, PG_DIAG_MESSAGE_PRIMARY));
  if (reason.empty()) reason = reason_of(PQerrorMessage(connection));
  reason = without_password(std::move(reason), connection);
  // The session is gone although the server had time to say why (57P01, admin shutdown).
  const bool lost = PQstatus(connection) == CONNECTION_BAD || state.starts_with("57P0");
  if (lost) {
    return {"the connection to " + place + " was lost: " + reason, std::string(lost_help)};
  }
  return {place + " refused to be read: " + reason, std::string(advice_for_state(state))};
}

}  // namespace relata::live::postgres
