#include "read/sql/sql.h"

namespace relata::sql {

Schema read_sqlite(const std::vector<SourceFile>& files, DiagnosticSink& sink);

Schema read_sqlite(const std::vector<SourceFile>&, DiagnosticSink&) {
  Schema schema;
  schema.dialect = "sqlite";
  return schema;
}

}  // namespace relata::sql
