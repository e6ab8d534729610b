#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "emit/values/rows.h"

namespace relata::emit {

/// Columns of a line before prettier breaks it (its default).
constexpr std::size_t typescript_width = 80;

/// A string literal in single quotes, or double ones where that saves escapes.
[[nodiscard]] std::string typescript_string(std::string_view text);
/// "/** ... */"; nothing for an empty text.
void print_typescript_comment(Printer& printer, std::string_view text);
/// "head[a, b]tail" on one line where it fits behind `indentation` blanks, else an item a line.
void print_typescript_list(Printer& printer, int indentation, std::string_view head,
                           const std::vector<std::string>& items, std::string_view tail);
/// `import type { Settings } from './settings';` for what the design asks for.
void print_wished_imports(Printer& printer, const RowTypes& rows);
/// The TypeScript type of a column's values without null: "string", "TaskStatus[]".
[[nodiscard]] std::string typescript_type(const RowColumn& column, const RowTypes& rows);

}  // namespace relata::emit
