#pragma once

#include <string>
#include <string_view>

#include "model/schema.h"

namespace relata::syntax::mysql {

// How a schema that was read in this dialect, from a file or from a server, says character sets,
// engines and options, so that both agree:
//  - names of character sets and collations are lower case, and "utf8" is "utf8mb3";
//  - Table::character_set and Table::collation hold what the file says (a COLLATE alone gives its
//    character set too); a server tells both of every table;
//  - a column's collation is said only where it is not the table's: Column::character_set alone
//  when
//    it is the default collation of that character set, else Column::collation alone, since its
//    name holds the character set (see set_collation());
//  - Table::options begins with ENGINE, which is always there, in the server's own spelling; the
//    others follow in the order of SHOW CREATE TABLE (see sort_options()), their names upper case,
//    numbers as they are, words upper case (ROW_FORMAT COMPACT);
//  - CreationSession and Index::algorithm hold what the file says, and all that the server tells.

/// "utf8mb3" for "UTF8".
[[nodiscard]] std::string character_set_name(std::string_view name);
/// "utf8mb3_bin" for "UTF8_bin".
[[nodiscard]] std::string collation_name(std::string_view name);
/// The character set that a collation belongs to: "latin1" of "latin1_swedish_ci".
[[nodiscard]] std::string character_set_of(std::string_view collation);
/// The collation that a character set has when none is named, on MariaDB 10.11; empty: unknown.
/// Source: information_schema.CHARACTER_SETS.
[[nodiscard]] std::string default_collation(std::string_view character_set);

/// Gives the column its character set and collation, names in their canonical form, either may be
/// empty, in the form that is described above.
void set_collation(Column& column, std::string_view character_set, std::string_view collation,
                   const Table& table);
/// The collation that the column's values have; empty where nothing says it.
[[nodiscard]] std::string effective_collation(const Column& column, const Table& table);

/// "InnoDB" for "innodb"; an engine that is not known stays as it is written.
[[nodiscard]] std::string engine_name(std::string_view name);
/// Puts the options into the order described above.
void sort_options(Table& table);

}  // namespace relata::syntax::mysql
