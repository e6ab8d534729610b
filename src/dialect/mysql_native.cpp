#include "dialect/mysql.h"

namespace relata {

std::string MysqlDialect::native_ddl(const Schema&, DiagnosticSink&) const { return {}; }

}  // namespace relata
