#include <string>
#include <vector>

#include "base/span.h"
#include "base/text.h"
#include "read/sql/sqlite/statements.h"

namespace relata::sql {

std::vector<std::string> split_sqlite(const SourceFile& file) {
  sqlite::Statements reader(file.text);
  std::vector<std::string> statements;
  while (const auto statement = reader.next()) {
    if (!statement->command) statements.emplace_back(trim(statement->text));
  }
  return statements;
}

}  // namespace relata::sql
