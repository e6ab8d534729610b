#pragma once

#include <string>
#include <vector>

#include "model/table.h"

namespace relata {

/// What PostgreSQL is told of a numbering to make the one into the other: "INCREMENT BY 2",
/// "CYCLE". What is no longer set takes the server's own value. From one where nothing is set, all
/// of the other. Source: https://www.postgresql.org/docs/current/sql-altersequence.html
[[nodiscard]] std::vector<std::string> postgres_sequence_clauses(const SequenceOptions& from,
                                                                 const SequenceOptions& to);

}  // namespace relata
