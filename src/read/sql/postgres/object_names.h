#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::sql::postgres {

/// The first of name1_name2_label, name1_name2_label1, ... that is not taken (ChooseRelationName,
/// ChooseConstraintName).
[[nodiscard]] std::string choose_name(std::string_view name1, std::string_view name2,
                                      std::string_view label,
                                      const std::function<bool(const std::string&)>& is_taken);

/// Column names joined for the name of an index or foreign key, about as long as a name can be
/// (ChooseIndexNameAddition).
[[nodiscard]] std::string name_addition(const std::vector<std::string>& columns);

/// The names of an index's columns, told apart by numbers (ChooseIndexColumnNames).
[[nodiscard]] std::vector<std::string> index_column_names(const std::vector<std::string>& names);

}  // namespace relata::sql::postgres
