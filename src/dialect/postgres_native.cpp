#include "dialect/postgres.h"

namespace relata {

std::string PostgresDialect::native_ddl(const Schema&, DiagnosticSink&) const { return {}; }

}  // namespace relata
