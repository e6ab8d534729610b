#include "read/sql/sql.h"

#include <array>
#include <cassert>
#include <utility>

#include "read/sql/prepare.h"
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

/// The files as their migration tool would run them; nothing when they are so already.
std::vector<SourceFile> prepared(const std::vector<SourceFile>& files, std::string_view dialect,
                                 DiagnosticSink& sink) {
  std::vector<SourceFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string text = without_down_sections(files[i].text);
    if (text.empty()) continue;
    if (result.empty()) result = files;
    result[i].text = std::move(text);
  }
  if (has_placeholders(files)) {
    if (result.empty()) result = files;
    fill_placeholders(result, dialect, sink);
  }
  return result;
}

}  // namespace

Schema read_sql(const std::vector<SourceFile>& files, std::string_view dialect,
                DiagnosticSink& sink, std::string_view written_in) {
  for (const Reader& reader : readers) {
    if (reader.dialect != dialect) continue;
    const std::vector<SourceFile> ready = prepared(files, dialect, sink);
    Schema schema = reader.read(ready.empty() ? files : ready, sink);
    syntax::canonicalize(schema, written_in);
    return schema;
  }
  assert(false && "no reader for this dialect");
  return {};
}

}  // namespace relata::sql
