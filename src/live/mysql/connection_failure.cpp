#include <errmsg.h>
#include <mysqld_error.h>

#include <array>

#include "base/text.h"
#include "live/mysql/connection.h"

namespace relata::live::mysql {
namespace {

/// What an error number means, and what to do. In both texts $ACCOUNT$, $PLACE$ and $DATABASE$ are
/// replaced; the message is followed by what the server said where `says_more`.
struct Meaning {
  unsigned error;
  std::string_view message;
  std::string_view help;
  bool says_more = false;
};

constexpr unsigned secure_transport_required = 3159;  // MySQL 8: ER_SECURE_TRANSPORT_REQUIRED

constexpr std::string_view is_it_running =
    "Is the server running, and does it listen there? 'localhost' without a port means the local "
    "socket; give 127.0.0.1, a port, or ?socket=PATH to choose.";

constexpr std::array<Meaning, 12> meanings{{
    {ER_ACCESS_DENIED_ERROR, "$PLACE$ does not let $ACCOUNT$ in",
     "Check user and password. The password may stand in the URL (percent-encoded), in MYSQL_PWD, "
     "or in ~/.my.cnf."},
    {ER_DBACCESS_DENIED_ERROR, "$ACCOUNT$ has no rights in $PLACE$",
     "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON the database to this account."},
    {ER_BAD_DB_ERROR, "there is no $PLACE$", "SHOW DATABASES lists those that there are."},
    {ER_CON_COUNT_ERROR, "$PLACE$ has no connection left", "Try again later.", true},
    {ER_HOST_IS_BLOCKED, "$PLACE$ has blocked this host", "An administrator runs FLUSH HOSTS.",
     true},
    {ER_HOST_NOT_PRIVILEGED, "$PLACE$ takes no connections from this host",
     "The account must exist for this host: CREATE USER name@host.", true},
    {secure_transport_required, "$PLACE$ wants an encrypted connection",
     "Add ?ssl-mode=REQUIRED to the URL."},
    {CR_SSL_CONNECTION_ERROR, "there is no encrypted connection to $PLACE$",
     "Check ssl-mode, ssl-ca, ssl-cert and ssl-key in the URL.", true},
    {CR_CONNECTION_ERROR, "cannot connect to $PLACE$", is_it_running, true},
    {CR_CONN_HOST_ERROR, "cannot connect to $PLACE$", is_it_running, true},
    {CR_UNKNOWN_HOST, "cannot connect to $PLACE$: there is no such host", "Check the host's name."},
    {CR_SERVER_LOST, "$PLACE$ did not answer, or went away while connecting",
     "Is it a MySQL or MariaDB server that listens there? ?connect-timeout=SECONDS waits longer.",
     true},
}};

std::string filled(std::string_view text, const ConnectionSettings& settings) {
  const std::string account =
      settings.user ? "user '" + *settings.user + "'" : std::string("this user");
  return replace_all(replace_all(text, "$PLACE$", settings.place()), "$ACCOUNT$", account);
}

}  // namespace

Failure connection_failure(unsigned error, std::string_view said,
                           const ConnectionSettings& settings) {
  for (const Meaning& meaning : meanings) {
    if (meaning.error != error) continue;
    std::string message = filled(meaning.message, settings);
    if (meaning.says_more) message += " (" + std::string(said) + ")";
    return Failure{std::move(message), filled(meaning.help, settings)};
  }
  return Failure{"cannot connect to " + settings.place() + ": " + std::string(said), {}};
}

}  // namespace relata::live::mysql
