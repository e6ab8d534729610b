#pragma once

#include <string>

#include "emit/prisma/types.h"
#include "model/schema.h"

namespace relata::emit::prisma7 {

struct DefaultValue {
  std::string attribute;  ///< "@default(now())"; empty: the column has none.
  /// Only the database knows it: the attribute says no more than that there is one.
  bool unsaid = false;
};

/// The default of a column, as Prisma's introspection would write it, so that its own comparison
/// with the database finds no difference.
[[nodiscard]] DefaultValue default_value(const Schema& schema, const Column& column,
                                         const FieldType& type,
                                         const std::vector<EnumBlock>& enums);

}  // namespace relata::emit::prisma7
