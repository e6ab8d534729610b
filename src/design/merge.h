#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "design/design.h"

namespace relata::design {

/// Fingerprints of the items of a design, six letters each. The one of what a text gave last time
/// stands at the end of design.yaml: an item that is as the text gave it has not been edited, and
/// one that the text gave but is no longer there has been deleted by a person.
class Base {
 public:
  Base() = default;
  /// The fingerprints of every item of `design`.
  explicit Base(const Design& design);
  /// The fingerprints in the comments of a design.yaml; empty when there are none.
  [[nodiscard]] static Base in(std::string_view design_yaml);

  [[nodiscard]] bool empty() const { return marks_.empty(); }
  /// Whether the design had an item of this key with this content.
  [[nodiscard]] bool has(std::string_view key, std::string_view content) const;
  /// The comment lines that in() reads, each with its line end; empty when there is nothing.
  [[nodiscard]] std::string comment() const;

 private:
  void add(std::string mark);

  std::vector<std::string> marks_;  ///< In the order of the design's items.
  std::unordered_set<std::string> set_;
};

enum class ChangeKind {
  added,    ///< New in the text.
  removed,  ///< No longer in the text, and nobody had edited it.
  updated,  ///< The text says it otherwise now, and nobody had edited it.
  kept,     ///< A person edited, added or deleted it, and the text says otherwise: the edit stands.
};

/// One thing that a merge did, for people.
struct Change {
  ChangeKind kind = ChangeKind::added;
  std::string item;   ///< "Task.due_date", "Project 1──* Task".
  std::string now;    ///< Its content in the merged design; empty: it is not there.
  std::string other;  ///< What it was before, or for kept what the text gives; may be empty.
  bool operator==(const Change&) const = default;
};

struct Merged {
  Design design;
  std::vector<Change> changes;  ///< In the order of the merged design.
};

/// Brings together what a person made of a design (`edited`) and what the text gives now (`fresh`),
/// knowing what the text gave when the edited design was written (`base`). Edits win; what was
/// not edited follows the text; without a base, everything in `edited` counts as edited.
[[nodiscard]] Merged merge(const Base& base, const Design& edited, const Design& fresh);

/// `+ Task.due_date: date`: one line for a terminal, without a line end.
[[nodiscard]] std::string describe(const Change& change);

}  // namespace relata::design
