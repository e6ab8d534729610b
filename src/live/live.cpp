#include "live/live.h"

#include <array>

#include "base/text.h"
#include "live/session.h"
#include "syntax/canonical.h"

namespace relata::live {

#define RELATA_DRIVER(prefix, function, connecting)                      \
  Result<Schema> function(const std::string& url, DiagnosticSink& sink); \
  Result<std::unique_ptr<Session>> connecting(const std::string& url);
#include "live/drivers.def"
#undef RELATA_DRIVER

namespace {

struct Driver {
  std::string_view prefix;
  Result<Schema> (*introspect)(const std::string& url, DiagnosticSink& sink);
  Result<std::unique_ptr<Session>> (*connect)(const std::string& url);
};

constexpr std::array drivers{
#define RELATA_DRIVER(prefix, function, connecting) Driver{prefix, function, connecting},
#include "live/drivers.def"
#undef RELATA_DRIVER
};

const Driver* find_driver(std::string_view url) {
  const std::string beginning = to_lower(url.substr(0, 16));
  for (const Driver& driver : drivers) {
    if (beginning.starts_with(driver.prefix)) return &driver;
  }
  return nullptr;
}

Failure no_driver(std::string_view url) {
  return {"'" + without_secrets(url) + "' is not a database URL",
          "Give postgres://, mysql:// or sqlite:."};
}

}  // namespace

bool is_database_url(std::string_view text) { return find_driver(text) != nullptr; }

Result<Schema> introspect(const std::string& url, DiagnosticSink& sink,
                          std::string_view written_in) {
  const Driver* driver = find_driver(url);
  if (driver == nullptr) return tl::unexpected(no_driver(url));
  Result<Schema> schema = driver->introspect(url, sink);
  if (schema) syntax::canonicalize(*schema, written_in);
  return schema;
}

Result<std::unique_ptr<Session>> connect(const std::string& url) {
  const Driver* driver = find_driver(url);
  if (driver == nullptr) return tl::unexpected(no_driver(url));
  return driver->connect(url);
}

}  // namespace relata::live
