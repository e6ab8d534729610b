#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/type.h"

namespace relata::syntax::mysql {

/// The type that is written so, in a statement ("INTEGER(11) UNSIGNED", "character varying(20)") or
/// in information_schema's COLUMN_TYPE ("int(10) unsigned"). `Type::spelling` is the one form that
/// both lead to:
///  - lower case, the server's own name of the type (int, decimal(10,0), char(1), mediumtext),
///    labels of enum and set in single quotes with doubled quotes;
///  - integers without the display width that MariaDB gives by itself (int(11), int(10) unsigned,
///    bigint(20), year(4)) and MySQL 8 no longer shows; another width stays, as do tinyint(1) and
///    every width of a zerofill column;
///  - "json" stays json; what MariaDB makes of it (longtext with a check) is brought back to it by
///    normalize_json() of the whole table;
///  - serial is "bigint unsigned"; its attributes are the reader's.
/// The other members hold the nearest neutral type. CHARACTER SET, COLLATE and BINARY are not part
/// of it. What is no type gives kind `native` with the text as its spelling.
/// Source: MariaDB Knowledge Base, "Data Types"; MySQL 8.0 manual, chapter 11.
[[nodiscard]] Type column_type(std::string_view text);

/// The smallest of tinytext, text, mediumtext, longtext (or the blobs) that holds `bytes`.
[[nodiscard]] std::string_view text_type_for(std::size_t bytes, bool binary);

/// Whether columns of the type have a character set: char, varchar, the texts, enum and set.
[[nodiscard]] bool has_character_set(const Type& type);
/// The type that the spelling begins with: "int" of "int(5) unsigned".
[[nodiscard]] std::string_view base_type(const Type& type);
/// The same for integer types, decimal, float, double, bit and year.
[[nodiscard]] bool is_numeric(const Type& type);

/// The type's name and its parenthesised numbers or labels, apart from its attributes.
struct TypeWords {
  std::string name;                  ///< Lower case, words separated by one blank.
  std::vector<std::string> numbers;  ///< (10,2)
  std::vector<std::string> labels;   ///< ('a','b'), without quotes.
  bool is_unsigned = false;
  bool zerofill = false;
};
/// The type of these words; see column_type().
[[nodiscard]] Type type_of(const TypeWords& words);

}  // namespace relata::syntax::mysql
