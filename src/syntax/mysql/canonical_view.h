#pragma once

#include "model/schema.h"

namespace relata::syntax::mysql {

/// Fills the canonical form of every view: names with the table that they are of, * and USING
/// written out, a name for every column, as far as the tables that it reads are in the schema. What
/// is not understood has its tokens as its form.
void settle_views(Schema& schema);

}  // namespace relata::syntax::mysql
