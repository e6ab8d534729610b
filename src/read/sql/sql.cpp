#include "read/sql/sql.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/text.h"
#include "read/sql/prepare.h"
#include "syntax/canonical.h"

namespace relata::sql {

#define RELATA_SQL_READER(id, function, split)                                                  \
  Schema function(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading); \
  std::vector<std::string> split(const SourceFile& file);
#include "read/sql/readers.def"
#undef RELATA_SQL_READER

namespace {

struct Reader {
  std::string_view dialect;
  Schema (*read)(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);
  std::vector<std::string> (*split)(const SourceFile& file);
};

constexpr std::array readers{
#define RELATA_SQL_READER(id, function, split) Reader{id, function, split},
#include "read/sql/readers.def"
#undef RELATA_SQL_READER
};

/// The files as their migration tool would run them; nothing when they are so already.
std::vector<SourceFile> prepared(const std::vector<SourceFile>& files, std::string_view dialect,
                                 DiagnosticSink& sink) {
  std::vector<SourceFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::string text = without_down_sections(files[i].text);
    if (std::string whole = without_breakpoints(text.empty() ? files[i].text : text);
        !whole.empty()) {
      text = std::move(whole);
    }
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
                DiagnosticSink& sink, std::string_view written_in, Reading reading) {
  for (const Reader& reader : readers) {
    if (reader.dialect != dialect) continue;
    const std::vector<SourceFile> ready = prepared(files, dialect, sink);
    Schema schema = reader.read(ready.empty() ? files : ready, sink, reading);
    syntax::canonicalize(schema, written_in);
    return schema;
  }
  assert(false && "no reader for this dialect");
  return {};
}

namespace {

/// A transaction is the business of whoever runs the statements.
bool controls_transaction(std::string_view statement) {
  static constexpr std::array words{"begin", "commit", "start transaction", "begin transaction"};
  return std::find(words.begin(), words.end(), to_lower(statement)) != words.end();
}

}  // namespace

std::vector<std::string> split_statements(const SourceFile& file, std::string_view dialect) {
  const auto reader = std::find_if(readers.begin(), readers.end(),
                                   [&](const Reader& r) { return r.dialect == dialect; });
  assert(reader != readers.end() && "no reader for this dialect");
  std::vector<std::string> statements = reader->split(file);
  std::erase_if(statements, [](const std::string& s) { return controls_transaction(s); });
  return statements;
}

}  // namespace relata::sql
