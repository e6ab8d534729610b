#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "live/session.h"
#include "migrate/check/check_engine.h"
#include "model/schema.h"
#include "seed/fill.h"

namespace relata::migrate::check {

/// What is remembered of a table's rows, to see later that none was lost or changed.
struct RowsSeen {
  std::uint64_t count = 0;
  std::string checksum;  ///< Of the columns that were looked at, whatever the rows' order.
};

/// Which columns of which tables are looked at.
using ColumnsOf = std::map<QualifiedName, std::vector<std::string>>;

/// The columns that tables have before and after, without those in `without`; where `same_type`
/// only those whose type is the same, so that their values read the same.
[[nodiscard]] ColumnsOf common_columns(const Schema& start, const Schema& target, bool same_type,
                                       const std::set<seed::ColumnName>& without);

[[nodiscard]] Result<std::map<QualifiedName, RowsSeen>> see_rows(live::Session& session,
                                                                 const ColumnsOf& columns,
                                                                 const CheckEngine& engine);

/// What is not as it was, as sentences. A table to which triggers may write (it is not in
/// `settled`) may have got rows.
[[nodiscard]] std::vector<std::string> rows_lost(const std::map<QualifiedName, RowsSeen>& before,
                                                 const std::map<QualifiedName, RowsSeen>& after,
                                                 const std::set<QualifiedName>& settled,
                                                 const std::string& when);

}  // namespace relata::migrate::check
