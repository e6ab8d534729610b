#include "model/schema.h"

namespace relata::syntax {

void canonicalize_mysql(Schema& schema);

void canonicalize_mysql(Schema&) {}

}  // namespace relata::syntax
