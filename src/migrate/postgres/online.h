#pragma once

#include "dialect/piece.h"
#include "migrate/postgres/work.h"

namespace relata::migrate::postgres {

// How indexes and constraints of a large table come, go and become others while it is in use. Each
// adds to the work, and says whether there is such a way; else nothing was added.

[[nodiscard]] bool create_online(const Piece& piece, Phase phase, Work& work);
[[nodiscard]] bool drop_online(const Piece& piece, Work& work);
/// Both have the same kind, owner and name. A constraint that is checked afterwards is dropped and
/// created instead.
[[nodiscard]] bool replace_online(const Piece& from, const Piece& to, Work& work);

/// Whether an index, or the one of a key, can be built beside the writers.
[[nodiscard]] bool can_be_built_apart(const Piece& piece);
/// The step that builds it so, under a name.
[[nodiscard]] Step index_building_step(Phase phase, const Piece& piece, const std::string& name);

/// The statement that puts a key on an index that is there already, which takes its name.
[[nodiscard]] std::string using_index(const Piece& key, const std::string& constraint,
                                      const std::string& index);

}  // namespace relata::migrate::postgres
