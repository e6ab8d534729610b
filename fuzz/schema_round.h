#pragma once

#include "base/text.h"
#include "dialect/dialect.h"
#include "fuzz/round.h"
#include "model/schema.h"

namespace relata::fuzz {

/// Files are checked for this before any reader sees them (base/file.h).
inline bool is_text(const SourceFile& file) {
  return file.text.find('\0') == std::string::npos &&
         first_invalid_utf8(file.text) == std::string::npos;
}

/// What was read can be written for every engine, taken down again, and written as code.
inline void check_schema(const Schema& schema) {
  for (const Dialect* dialect : dialects()) {
    DiagnosticSink sink;
    static_cast<void>(dialect->ddl(schema, {}, sink));
  }
  const Dialect* own = find_dialect(schema.dialect);
  if (own == nullptr) return;
  const std::vector<std::string> drops = own->drop_statements(schema);
  for (const emit::Target& target : emit::targets()) {
    if (target.write_files == nullptr) continue;
    DiagnosticSink sink;
    static_cast<void>(target.write_files({schema, schema, *own, drops, drops}, sink));
  }
}

}  // namespace relata::fuzz
