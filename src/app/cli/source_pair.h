#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/cli/console.h"
#include "app/cli/invocation.h"
#include "dialect/dialect.h"
#include "model/schema.h"

namespace relata::cli {

/// Two sources in one dialect's terms, so that they can be compared.
struct SourcePair {
  Schema from;
  Schema to;
  const Dialect* dialect = nullptr;
  /// The two as they came, before they were brought into the dialect's terms; only where asked for.
  Schema given_from = {};
  Schema given_to = {};
  /// Names that are taken in `from` by what is parked there, which the two do not show. Columns
  /// that are parked stay in `from`.
  std::set<std::string> parked_names = {};
};

/// Which source decides where nobody says which dialect it is to be: what is there, or what is
/// wanted.
enum class Decides { from, to };

/// Whether the schemas are kept as they came, too.
enum class Keeps { native, given_too };

/// Reads the two sources that stand at `place` and behind it in the arguments. Nothing after a
/// message.
[[nodiscard]] std::optional<SourcePair> load_pair(const Invocation& invocation, std::size_t place,
                                                  Decides decides, Console& console,
                                                  Keeps keeps = Keeps::native);

}  // namespace relata::cli
