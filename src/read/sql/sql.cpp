#include "read/sql/sql.h"

#include <array>
#include <cassert>

#include "syntax/canonical.h"

namespace relata::sql {

#define RELATA_SQL_READER(id, function) \
  Schema function(const std::vector<SourceFile>& files, DiagnosticSink& sink);
#include "read/sql/readers.def"
#undef RELATA_SQL_READER

namespace {

struct Reader {
  std::string_view dialect;
  Schema (*read)(const std::vector<SourceFile>& files, DiagnosticSink& sink);
};

constexpr std::array readers{
#define RELATA_SQL_READER(id, function) Reader{id, function},
#include "read/sql/readers.def"
#undef RELATA_SQL_READER
};

}  // namespace

Schema read_sql(const std::vector<SourceFile>& files, std::string_view dialect,
                DiagnosticSink& sink) {
  for (const Reader& reader : readers) {
    if (reader.dialect != dialect) continue;
    Schema schema = reader.read(files, sink);
    syntax::canonicalize(schema);
    return schema;
  }
  assert(false && "no reader for this dialect");
  return {};
}

}  // namespace relata::sql
