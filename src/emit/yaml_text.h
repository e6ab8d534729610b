#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relata::emit {

enum class YamlPlace {
  block,  ///< A value or key on a line of its own.
  flow,   ///< Inside [a, b] or {a: b}.
};

/// A string as YAML writes it: plain where every YAML 1.1 and 1.2 reader takes it for that string,
/// else in double quotes (YAML 1.2.2, sections 7.3.1 and 7.3.3).
[[nodiscard]] std::string yaml_scalar(std::string_view text, YamlPlace place = YamlPlace::block);

/// Lines whose trailing comments begin in one column.
class CommentedLines {
 public:
  void add(std::string line, std::string comment = {});
  /// Adds to the text of the last line, which must exist.
  void append_to_last(std::string_view text) { lines_.back().text += text; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  /// All lines, each with a line end; lines longer than the column keep their comment behind.
  [[nodiscard]] std::string take();

 private:
  struct Line {
    std::string text;
    std::string comment;
  };
  std::vector<Line> lines_;
};

}  // namespace relata::emit
