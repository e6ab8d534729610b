#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text.h"
#include "read/sql/prepare.h"

namespace relata::sql {
namespace {

/// The comments by which tools tell apart, in one file, what leads forward and what leads back; in
/// lower case, without the comment's sign. An empty `up`: the file begins with it.
struct Markers {
  std::string_view up;
  std::string_view down;
};
constexpr std::array marker_table{
    Markers{"+goose up", "+goose down"},        // goose
    Markers{"migrate:up", "migrate:down"},      // dbmate
    Markers{"+migrate up", "+migrate down"},    // sql-migrate
    Markers{"+micrate up", "+micrate down"},    // micrate
    Markers{"rambler up", "rambler down"},      // rambler
    Markers{"up migration", "down migration"},  // node-pg-migrate
    Markers{"--- !ups", "--- !downs"},          // Play
    Markers{"!ups", "!downs"},                  //
    Markers{"", "//@undo"},                     // MyBatis
    Markers{"", "@undo"},                       //
    Markers{"@up", "@down"},                    //
};

/// The words of a line that is a comment, in lower case with single blanks; else nothing.
std::string remark_of(std::string_view line) {
  line = trim(line);
  if (line.starts_with("--")) {
    line.remove_prefix(2);
  } else if (line.starts_with('#')) {
    line.remove_prefix(1);
  } else {
    return {};
  }
  std::string remark;
  for (const char c : trim(line)) {
    if (c != ' ' && c != '\t') {
      remark += c;
    } else if (!remark.empty() && remark.back() != ' ') {
      remark += ' ';
    }
  }
  return to_lower(remark);
}

/// Whether a remark is a marker; some tools let options follow theirs.
bool is_marker(std::string_view remark, std::string_view marker) {
  if (marker.empty() || !remark.starts_with(marker)) return false;
  const bool options = marker.starts_with('+') || marker.starts_with("migrate:");
  return remark.size() == marker.size() || (options && remark[marker.size()] == ' ');
}

}  // namespace

std::string without_down_sections(std::string_view text) {
  std::string result;
  bool back = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string remark =
        remark_of(text.substr(begin, std::min<std::size_t>(end - begin, 80)));
    if (!remark.empty()) {
      for (const Markers& markers : marker_table) {
        if (is_marker(remark, markers.up)) back = false;
        if (is_marker(remark, markers.down)) back = true;
      }
    }
    if (back) {
      if (result.empty()) result = text;
      for (std::size_t i = begin; i < end; ++i) result[i] = ' ';
    }
    begin = end + 1;
  }
  return result;
}

std::string without_breakpoints(std::string_view text) {
  constexpr std::string_view breakpoint = "--> statement-breakpoint";
  std::string result;
  for (std::size_t at = text.find(breakpoint); at != std::string_view::npos;
       at = text.find(breakpoint, at + 1)) {
    if (result.empty()) result = text;
    result.replace(at, breakpoint.size(), breakpoint.size(), ' ');
  }
  return result;
}

}  // namespace relata::sql
