#pragma once

#include <string>
#include <vector>

#include "model/object.h"

namespace relata::migrate::sqlite {

/// What is known of a virtual table by its statement.
struct VirtualTable {
  std::string module;  ///< "fts5", in lower case.
  std::vector<std::string> columns;
  std::string content;           ///< The table that holds its content; empty: itself.
  bool without_content = false;  ///< It keeps no content at all.
  bool understood = false;       ///< Its columns and content can be told.
};

/// FTS3 to FTS5 (https://sqlite.org/fts5.html, https://sqlite.org/fts3.html) and R*Tree
/// (https://sqlite.org/rtree.html).
[[nodiscard]] VirtualTable read_virtual_table(const OtherObject& table);

/// The statements that make it, and fill it where its content stands in another table.
/// `content_exists`: that table is there.
[[nodiscard]] std::vector<std::string> make_virtual(const OtherObject& table, bool content_exists);

/// Makes a virtual table in its new form: with the rows of the old one, or built again from the
/// table that holds its content. `aside`: a name that no table has.
[[nodiscard]] std::vector<std::string> remake(const OtherObject& from, const OtherObject& to,
                                              const std::string& aside, bool content_exists);

/// What remake() cannot keep, for people; empty: nothing.
[[nodiscard]] std::string loss_of_remake(const OtherObject& from, const OtherObject& to);

}  // namespace relata::migrate::sqlite
