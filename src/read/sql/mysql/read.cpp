#include "read/sql/mysql/script.h"
#include "read/sql/mysql/statements.h"
#include "read/sql/sql.h"

namespace relata::sql {

Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

/// The schema that the scripts leave behind on MariaDB 10.11, run one after the other in one
/// session each; see read_sql().
Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading /*reading*/) {
  mysql::Script script{{}, {}, sink, {}, 0, false, false, 0, 0};
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
  if (script.refused > 0 && script.carried_out == 0 && !sink.has_errors()) {
    sink.error("mysql-nothing-read", "none of these statements is understood", script.file, {},
               "Say with --from which dialect they are written in.");
  }
  return mysql::finished_schema(std::move(script.database));
}

}  // namespace relata::sql
