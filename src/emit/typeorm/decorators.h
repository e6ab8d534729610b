#pragma once

#include <set>
#include <string>
#include <vector>

#include "emit/typeorm/plan.h"

namespace relata::emit::typeorm {

/// What stands above a class, and what TypeORM has no words for.
struct Decorators {
  std::vector<Code> calls;         ///< Without "@".
  std::vector<std::string> notes;  ///< "index tasks_title_trgm"
  std::set<std::string> imports;   ///< Names from 'typeorm'.
  std::set<std::size_t> entities;  ///< Tables whose entities are named.

  void add(const std::string& decorator, std::vector<Code> arguments);
  /// A decorator whose last argument is left out when there are no options.
  void add(const std::string& decorator, std::vector<Code> arguments,
           std::vector<Code::Member> options);
};

/// UNIQUE, indexes, checks, exclusions and those foreign keys that no single relation can say.
[[nodiscard]] Decorators table_decorators(const Plan& plan, std::size_t table);
/// The indexes of a materialized view.
void add_index(const Plan& plan, const Index& index, const TableNames& names,
               const std::vector<std::string>& columns, Decorators& out);

/// Whether the foreign key is a @ForeignKey of its own rather than part of @JoinColumn: with more
/// than one column TypeORM would reorder it, and for a one-to-one relation it would add a UNIQUE
/// under a name of its own.
[[nodiscard]] bool stands_alone(const EntityPlan& entity, const RelationNames& relation,
                                const ForeignKey& key);

}  // namespace relata::emit::typeorm
