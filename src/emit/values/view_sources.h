#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/schema.h"

namespace relata::emit {

/// The column of a table that a column of a view shows as it is.
struct ViewSource {
  QualifiedName table;
  std::string column;
};

/// [postgres] What the columns of a view show; an entry is empty where that is computed, or not
/// told by the canonical form of the view.
struct ViewSources {
  std::vector<std::optional<ViewSource>> columns;  ///< One a column of the view, or none at all.
  bool outer = false;  ///< An outer join or the like may put NULL in their place.
};
[[nodiscard]] ViewSources view_sources(const View& view);

}  // namespace relata::emit
