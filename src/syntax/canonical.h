#pragma once

#include <string_view>

#include "model/schema.h"

namespace relata::syntax {

/// Fills, in a Schema that was read in some dialect (Schema::dialect), what its SQL means: the
/// canonical form of every expression, view, trigger, rule, routine and partition bound, so that a
/// file and the server that loaded it compare equal; and the neutral meaning of each expression
/// (Expression::arguments) where every dialect can say it. What cannot be read keeps its text as
/// its only form. Nothing happens in a dialect without a line in syntaxes.def, or in a Schema that
/// came from a Design.
/// `written_in`: id of the one dialect that the schema is to be written in, and nothing else done
/// with it. Where that is its own dialect, only what its DDL shows is filled in, which takes much
/// less time: what is compared or converted is left out. Empty: everything.
void canonicalize(Schema& schema, std::string_view written_in = {});

/// What a schema leaves to the server and the other one tells: tables without character set have
/// the database's. For comparing a file with the database that it was loaded into; nothing happens
/// where the dialects differ or nothing is left open.
void adopt_server_defaults(Schema& schema, const Schema& server);

}  // namespace relata::syntax
