// DDL targets: each dialect writes the whole schema.

#include <cassert>

#include "emit/target.h"

namespace relata::emit {
namespace {

std::string write_ddl(std::string_view dialect, const Schema& schema, DiagnosticSink& sink) {
  const Dialect* found = find_dialect(dialect);
  assert(found != nullptr && "a DDL target names a dialect that is not in dialects.def");
  return found->ddl(schema, DdlOptions{}, sink);
}

}  // namespace

std::string write_postgres(const Schema& schema, DiagnosticSink& sink) {
  return write_ddl("postgres", schema, sink);
}
std::string write_mysql(const Schema& schema, DiagnosticSink& sink) {
  return write_ddl("mysql", schema, sink);
}
std::string write_sqlite(const Schema& schema, DiagnosticSink& sink) {
  return write_ddl("sqlite", schema, sink);
}

}  // namespace relata::emit
