#include <string>
#include <vector>

#include "base/span.h"
#include "syntax/postgres/script.h"

namespace relata::sql {

std::vector<std::string> split_postgres(const SourceFile& file) {
  DiagnosticSink sink;
  const syntax::Script script = syntax::prepare_script(file, sink);
  std::vector<std::string> statements;
  for (const syntax::ScriptStatement& statement : script.statements) {
    statements.push_back(
        statement.replaced ? *statement.replaced
                           : script.text.substr(statement.begin, statement.end - statement.begin));
  }
  return statements;
}

}  // namespace relata::sql
