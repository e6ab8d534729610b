#include "model/schema.h"

namespace relata::syntax {

void canonicalize_sqlite(Schema& schema);

void canonicalize_sqlite(Schema&) {}

}  // namespace relata::syntax
