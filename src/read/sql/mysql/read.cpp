#include "read/sql/mysql/script.h"
#include "read/sql/mysql/statements.h"
#include "read/sql/sql.h"

namespace relata::sql {

Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink);

/// The schema that the scripts leave behind on MariaDB 10.11, run one after the other in one
/// session each; see read_sql().
Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink) {
  mysql::Script script{{}, {}, sink, {}, 0, false, false};
  for (const SourceFile& file : files) {
    script.file = file.name;
    const std::string database = script.session.database;
    script.session = {};
    script.session.database = database;
    mysql::StatementReader reader(file, sink);
    while (const auto statement = reader.next(script.session.mode)) {
      mysql::run_statement(script, statement->text, statement->span);
    }
  }
  return mysql::finished_schema(std::move(script.database));
}

}  // namespace relata::sql
