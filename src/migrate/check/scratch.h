#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"

namespace relata::migrate::check {

/// Databases that are made for a while on a server of PostgreSQL, named relata_check_*, and dropped
/// at the end: only those that were made here.
class Scratch {
 public:
  /// `url` names any database of the server that one may connect to.
  [[nodiscard]] static Result<Scratch> open(const std::string& url);
  ~Scratch();
  Scratch(Scratch&&) = default;
  Scratch& operator=(Scratch&&) = delete;

  /// An empty database; its URL.
  [[nodiscard]] Result<std::string> make(const std::string& what);

 private:
  Scratch(std::string url, std::unique_ptr<live::Session> session)
      : url_(std::move(url)), session_(std::move(session)) {}

  std::string url_;
  std::unique_ptr<live::Session> session_;
  std::vector<std::string> made_;
};

}  // namespace relata::migrate::check
