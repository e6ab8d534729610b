#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/mysql/tokens.h"

namespace relata::syntax::mysql {

/// One partition; what it was told beside its values (ENGINE, COMMENT ...) is in `options`.
struct Partition {
  std::string name;
  std::string
      values;  ///< "less than (10)", "in (1,2)", "less than maxvalue", "history", "current".
  std::vector<std::pair<std::string, std::string>> options;  ///< Upper-case name and value.
  std::vector<Partition> subpartitions;
};

/// PARTITION BY in its parts, so that ALTER TABLE can add and drop, and a file and the server's own
/// rendering meet.
struct Partitions {
  std::string method;      ///< "range", "range columns", "linear hash", "key algorithm=1" ...
  std::string expression;  ///< What stands in its parentheses.
  int count = 0;           ///< PARTITIONS n, where the partitions are not written out.
  std::string submethod;
  std::string subexpression;
  int subcount = 0;
  std::vector<Partition> partitions;
};

/// Reads the clause from the token PARTITION on; `position` goes behind it. Nothing when it is not
/// understood.
[[nodiscard]] std::optional<Partitions> read_partitions(const std::vector<Token>& tokens,
                                                        std::size_t& position,
                                                        const LexicalMode& mode = {});
/// "(PARTITION a VALUES ..., ...)", as in ADD PARTITION; empty when it is not understood.
[[nodiscard]] std::vector<Partition> read_partition_list(const std::vector<Token>& tokens,
                                                         std::size_t& position,
                                                         const LexicalMode& mode = {});
/// The clause as SQL, one spelling for the same partitions.
[[nodiscard]] std::string partition_clause(const Partitions& partitions);

}  // namespace relata::syntax::mysql
