#include "live/live.h"

#include <array>

#include "base/text.h"
#include "syntax/canonical.h"

namespace relata::live {

#define RELATA_DRIVER(prefix, function) \
  Result<Schema> function(const std::string& url, DiagnosticSink& sink);
#include "live/drivers.def"
#undef RELATA_DRIVER

namespace {

struct Driver {
  std::string_view prefix;
  Result<Schema> (*introspect)(const std::string& url, DiagnosticSink& sink);
};

constexpr std::array drivers{
#define RELATA_DRIVER(prefix, function) Driver{prefix, function},
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

}  // namespace

bool is_database_url(std::string_view text) { return find_driver(text) != nullptr; }

Result<Schema> introspect(const std::string& url, DiagnosticSink& sink,
                          std::string_view written_in) {
  const Driver* driver = find_driver(url);
  if (driver == nullptr) {
    return tl::unexpected(Failure{"'" + without_secrets(url) + "' is not a database URL",
                                  "Give postgres://, mysql:// or sqlite:."});
  }
  Result<Schema> schema = driver->introspect(url, sink);
  if (schema) syntax::canonicalize(*schema, written_in);
  return schema;
}

}  // namespace relata::live
