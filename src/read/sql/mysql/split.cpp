#include <string>
#include <vector>

#include "base/span.h"
#include "base/text.h"
#include "read/sql/mysql/statements.h"

namespace relata::sql {

std::vector<std::string> split_mysql(const SourceFile& file) {
  DiagnosticSink sink;
  mysql::StatementReader reader(file, sink);
  std::vector<std::string> statements;
  while (const auto statement = reader.next({})) {
    statements.emplace_back(trim(statement->text));
  }
  return statements;
}

}  // namespace relata::sql
