#include "model/schema.h"

namespace relata::syntax {

void canonicalize_postgres(Schema& schema);

void canonicalize_postgres(Schema&) {}

}  // namespace relata::syntax
