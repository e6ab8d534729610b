#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/printer.h"
#include "emit/values/rows.h"
#include "emit/zod/helpers.h"

namespace relata::emit::zod {

/// A call in a chain: ".min(1)", or its name and its arguments apart where they may stand on lines
/// of their own.
struct Call {
  Call(const char* whole) : name(whole) {}             // NOLINT: reads as the call itself
  Call(std::string whole) : name(std::move(whole)) {}  // NOLINT
  Call(std::string called, std::vector<std::string> with)
      : name(std::move(called)), arguments(std::move(with)) {}

  [[nodiscard]] std::string text() const;

  std::string name;
  std::vector<std::string> arguments;
};
/// A schema as calls in a chain: {"z.int32()", ".min(1)"}.
using Chain = std::vector<Call>;

/// `head` and the chain as prettier lays them out, then `tail`.
void print_chain(Printer& printer, std::size_t indentation, const std::string& head,
                 const Chain& chain, const std::string& tail);

/// The schema of a column's values other than null, of one element where it is an array.
[[nodiscard]] Chain element_chain(const RowColumn& column, const RowTypes& rows, Helpers& helpers);
/// Whether bounds can be told by .min() and .max() behind the chain.
[[nodiscard]] bool takes_bounds(const Value& value);

}  // namespace relata::emit::zod
