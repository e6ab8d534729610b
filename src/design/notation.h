#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "design/design.h"

namespace relata::design {

/// Reads the arrow notation: `User 1──* WorkspaceMember *──1 Workspace`, `Task *--* Label (via
/// TaskLabel)`, `Order 1--1..* OrderLine : contains`, `Task *--0..1 User as assignee`,
/// `Building 1--* Room (identifying, on delete cascade)`, `Order *--1 Customer (column buyer_no)`.
/// The line is any number of dashes ('-', '─' or what a word processor makes of them). A chain
/// gives one relationship for each arrow; a label belongs to the last. Entity names are kept as
/// written. Nothing when the text is not in this notation.
[[nodiscard]] std::optional<std::vector<Relationship>> parse_arrows(std::string_view text);

/// The arrow notation of one relationship; parse_arrows() of it gives the relationship back.
[[nodiscard]] std::string arrow(const Relationship& relationship);

}  // namespace relata::design
