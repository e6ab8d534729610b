#include "migrate/check/scratch.h"

#include <unistd.h>

namespace relata::migrate::check {

Result<Scratch> Scratch::open(const std::string& url, const CheckEngine& engine) {
  auto session = engine.open_server(url);
  if (!session) return tl::unexpected(session.error());
  if (*session && (*session)->dialect() != engine.dialect().id()) {
    return tl::unexpected(Failure{"the plan is for " + std::string(engine.dialect().title()) +
                                      ", and " + (*session)->place() + " is of another engine",
                                  "check --db"});
  }
  return Scratch(url, engine, std::move(*session));
}

Scratch::~Scratch() {
  for (const std::string& name : made_) engine_.drop_database(session_.get(), url_, name);
}

Result<std::string> Scratch::make(const std::string& what) {
  const std::string name = "relata_check_" + std::to_string(::getpid()) + "_" + what;
  auto made = engine_.make_database(session_.get(), url_, name);
  if (!made) {
    const std::string where = session_ ? " on the server of " + session_->place() : "";
    return tl::unexpected(
        Failure{"cannot make the database " + name + where + ": " + made.error().message,
                "--db names where databases may be made"});
  }
  made_.push_back(name);
  return made;
}

}  // namespace relata::migrate::check
