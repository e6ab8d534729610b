#pragma once

#include <string>
#include <string_view>

namespace relata::cli {

/// Exit codes of the program.
inline constexpr int exit_fine = 0;
inline constexpr int exit_findings = 1;  ///< Findings at or over --fail-on, or drift.
inline constexpr int exit_bad = 2;       ///< Bad usage, bad input, or a failed write.

/// Where results and messages go. Results are held back until finish(), so that a command that
/// fails half way prints none of them.
class Console {
 public:
  /// Colours are used on terminals only, and not when NO_COLOR is set (and not empty).
  Console();

  void result(std::string_view text) { result_ += text; }
  void message(std::string_view text);
  /// "relata: error: MESSAGE" and, when there is one, a line of help.
  void error(std::string_view text, std::string_view help = {});

  /// A console that keeps its messages until tell(): for work that is done beside other
  /// work, so that messages come in one order.
  [[nodiscard]] Console beside() const;
  /// Says what the other one has kept.
  void tell(const Console& other) { message(other.kept_); }

  [[nodiscard]] bool colours_result() const { return colours_result_; }
  [[nodiscard]] bool colours_messages() const { return colours_message_; }

  /// Writes the results out and returns `code`, or `exit_bad` when they could not be written.
  /// A reader that has seen enough (a closed pipe) is no error.
  [[nodiscard]] int finish(int code);

 private:
  std::string result_;
  bool colours_result_;
  bool colours_message_;
  bool keeps_ = false;
  std::string kept_;
};

}  // namespace relata::cli
