#pragma once

#include <string>
#include <vector>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// The trigger that writes two columns of a table which hold the same, in one type and another or
/// under one name and another.
class Synchrony {
 public:
  /// `column` is the piece of the column as it is afterwards; `next` the new column's name while
  /// the old one is in use, `parked` the old one's name after that.
  Synchrony(const Piece& column, const Column& from, const Column& to, std::string next,
            std::string parked);

  /// Makes the trigger that lets the new column follow the old one.
  [[nodiscard]] std::vector<std::string> ahead() const;
  /// Makes the trigger that lets the old column, by then parked, follow the new one.
  [[nodiscard]] std::vector<std::string> astern() const;
  /// Turn the trigger that is there from the one to the other, and back.
  [[nodiscard]] std::vector<std::string> turned() const;
  [[nodiscard]] std::vector<std::string> turned_back() const;
  /// Drops the trigger.
  [[nodiscard]] std::vector<std::string> end() const;

 private:
  [[nodiscard]] std::string function(const std::string& body, bool replaces) const;
  [[nodiscard]] std::vector<std::string> made(const std::string& body) const;
  [[nodiscard]] std::string body_ahead() const;
  [[nodiscard]] std::string body_astern() const;
  [[nodiscard]] static std::string body_both(const Column& leader, const Column& follower);

  const Column& from_;
  const Column& to_;
  std::string next_;
  std::string parked_;
  std::string table_;     ///< Quoted.
  std::string function_;  ///< Quoted.
  std::string trigger_;   ///< Quoted.
};

}  // namespace relata::migrate::postgres
