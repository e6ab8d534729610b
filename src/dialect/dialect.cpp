#include "dialect/dialect.h"

#include <algorithm>

namespace relata {

#define RELATA_DIALECT(function) const Dialect& function();
#include "dialect/dialects.def"
#undef RELATA_DIALECT

const std::vector<const Dialect*>& dialects() {
  static const std::vector<const Dialect*> all{
#define RELATA_DIALECT(function) &function(),
#include "dialect/dialects.def"
#undef RELATA_DIALECT
  };
  return all;
}

const Dialect* find_dialect(std::string_view id) {
  const auto found = std::find_if(dialects().begin(), dialects().end(),
                                  [&](const Dialect* dialect) { return dialect->id() == id; });
  return found == dialects().end() ? nullptr : *found;
}

}  // namespace relata
