#include "dialect/sqlite.h"

namespace relata {

std::string SqliteDialect::native_ddl(const Schema&, DiagnosticSink&) const { return {}; }

}  // namespace relata
