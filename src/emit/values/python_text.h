#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "emit/values/conditions.h"
#include "emit/values/rows.h"

namespace relata::emit {

/// Columns of a line before black breaks it (its default).
constexpr std::size_t python_width = 88;

/// A string literal in double quotes.
[[nodiscard]] std::string python_string(std::string_view text);
/// A text as a docstring; nothing for an empty one.
void print_docstring(Printer& printer, std::string_view text);
/// "head(a, b)tail" on one line where it fits, else an item a line.
void print_python_list(Printer& printer, std::size_t indentation, std::string_view head,
                       const std::vector<std::string>& items, std::string_view tail);

/// The imports of a module: what is used is imported, under another name where a class of the
/// module has its name.
class PythonImports {
 public:
  /// `taken`: the names of the module's own classes.
  explicit PythonImports(std::set<std::string, std::less<>> taken) : taken_(std::move(taken)) {}

  /// The name to use for what the module offers under that name.
  std::string use(std::string_view module, std::string_view name);
  /// `import module`.
  std::string use_module(std::string_view module);
  /// In the order of isort: the standard library, then the others.
  void print(Printer& printer) const;

 private:
  std::set<std::string, std::less<>> taken_;
  std::set<std::string, std::less<>> modules_;
  std::map<std::string, std::set<std::string>, std::less<>> names_;
};

/// All names of classes and closed sets.
[[nodiscard]] std::set<std::string, std::less<>> python_class_names(const RowTypes& rows);

/// `Name: TypeAlias = Literal["a", "b"]` and the tuple of all of them.
void print_python_closed_set(Printer& printer, const ClosedSet& set, PythonImports& imports);

/// The type that the design asks for, imported from where it comes.
[[nodiscard]] std::string wished_python_type(const RowColumn& column, PythonImports& imports);

/// A plain date, time or moment (see is_plain_moment()) as a call; `zone`: in UTC.
[[nodiscard]] std::string python_moment(std::string_view text, Comparable kind, bool zone,
                                        PythonImports& imports);

/// The column's default as a literal of its type; empty: not as plain as that.
[[nodiscard]] std::string python_default(const RowColumn& column, PythonImports& imports);

}  // namespace relata::emit
