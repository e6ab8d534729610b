#include "dialect/convert.h"

namespace relata {

Schema converted(const Schema& schema, const SqlDialect&, DiagnosticSink&) {
  Schema neutral = schema;
  neutral.dialect.clear();
  return neutral;
}

}  // namespace relata
