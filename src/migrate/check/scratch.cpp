#include "migrate/check/scratch.h"

#include <unistd.h>

#include "live/url/url.h"

namespace relata::migrate::check {

Result<Scratch> Scratch::open(const std::string& url) {
  auto session = live::connect(url);
  if (!session) return tl::unexpected(session.error());
  return Scratch(url, std::move(*session));
}

Scratch::~Scratch() {
  for (const std::string& name : made_) {
    // WITH (FORCE) came with PostgreSQL 13; before, nobody may be connected.
    if (!session_->run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")) {
      (void)session_->run("DROP DATABASE IF EXISTS " + name);
    }
  }
}

Result<std::string> Scratch::make(const std::string& what) {
  const std::string name = "relata_check_" + std::to_string(::getpid()) + "_" + what;
  // Nothing but what the script makes is to be in it.
  if (auto made = session_->run("CREATE DATABASE " + name + " TEMPLATE template0"); !made) {
    return tl::unexpected(Failure{"cannot make the database " + name + " on the server of " +
                                      session_->place() + ": " + made.error().message,
                                  "--db names a server on which this role may make databases"});
  }
  made_.push_back(name);
  return live::with_database(url_, name);
}

}  // namespace relata::migrate::check
