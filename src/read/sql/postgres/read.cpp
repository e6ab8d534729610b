#include "read/sql/sql.h"

namespace relata::sql {

Schema read_postgres(const std::vector<SourceFile>& files, DiagnosticSink& sink);

Schema read_postgres(const std::vector<SourceFile>&, DiagnosticSink&) {
  Schema schema;
  schema.dialect = "postgres";
  return schema;
}

}  // namespace relata::sql
