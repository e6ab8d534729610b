#include "read/sql/sql.h"

namespace relata::sql {

Schema read_mysql(const std::vector<SourceFile>& files, DiagnosticSink& sink);

Schema read_mysql(const std::vector<SourceFile>&, DiagnosticSink&) {
  Schema schema;
  schema.dialect = "mysql";
  return schema;
}

}  // namespace relata::sql
