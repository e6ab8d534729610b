#include <array>

#include "read/sql/postgres/statements.h"
#include "read/sql/sql.h"
#include "syntax/postgres/large_stack.h"

namespace relata::sql {
namespace postgres {

void read_node(Reader& reader, const PgQuery__Node& node) {
  switch (node.node_case) {
#define RELATA_STATEMENT(name, type, member, function) \
  case PG_QUERY__NODE__NODE_##name:                    \
    function(reader, *node.member);                    \
    break;
#include "read/sql/postgres/statements.def"
#undef RELATA_STATEMENT
    default:
      break;
  }
}

}  // namespace postgres

namespace {

bool holds_nothing(const Schema& schema) {
  return schema.tables.empty() && schema.views.empty() && schema.enumerations.empty() &&
         schema.domains.empty() && schema.composite_types.empty() && schema.sequences.empty() &&
         schema.routines.empty() && schema.others.empty() && schema.namespaces.empty() &&
         schema.extensions.empty() && schema.grants.empty();
}

}  // namespace

Schema read_postgres(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

Schema read_postgres(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading) {
  Schema schema;
  syntax::with_large_stack([&] {
    postgres::Reader reader(sink, reading);
    for (const SourceFile& file : files) {
      // Every file is run in a session of its own.
      postgres::reset_search_path(reader);
      syntax::for_each_statement(file, sink, [&](const syntax::Statement& statement) {
        reader.begin(file, statement);
        postgres::read_node(reader, *statement.node);
      });
    }
    schema = std::move(reader.catalog).schema();
  });
  if (holds_nothing(schema) && !sink.all().empty()) {
    sink.error("postgres-nothing-read", "none of these statements is understood",
               files.front().name, {},
               "Is it another dialect's? --from mysql or --from sqlite says so.");
  }
  return schema;
}

}  // namespace relata::sql
