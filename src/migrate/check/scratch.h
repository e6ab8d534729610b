#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/check/check_engine.h"

namespace relata::migrate::check {

/// Databases that are made for a while, named relata_check_*, and dropped at the end: only those
/// that were made here.
class Scratch {
 public:
  /// `url` names any database of the server that one may connect to; where there is no server, a
  /// file beside which they are made.
  [[nodiscard]] static Result<Scratch> open(const std::string& url, const CheckEngine& engine);
  ~Scratch();
  Scratch(Scratch&&) = default;
  Scratch& operator=(Scratch&&) = delete;

  /// An empty database; its URL.
  [[nodiscard]] Result<std::string> make(const std::string& what);

 private:
  Scratch(std::string url, const CheckEngine& engine, std::unique_ptr<live::Session> session)
      : url_(std::move(url)), engine_(engine), session_(std::move(session)) {}

  std::string url_;
  const CheckEngine& engine_;
  std::unique_ptr<live::Session> session_;
  std::vector<std::string> made_;
};

}  // namespace relata::migrate::check
