#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"
#include "model/sql_text.h"
#include "read/dbml/tokens.h"

namespace relata::dbml {

// A DBML file as it is written, before anybody knows which dialect it is for.

/// [pk, note: 'x', default: `now()`]: the name in lower case, and the tokens of the value.
struct Setting {
  std::string name;
  std::vector<Token> value;
  Span span;

  /// The text of the value's first token; empty without one.
  [[nodiscard]] std::string text() const { return value.empty() ? std::string() : value[0].text; }
};
using Settings = std::vector<Setting>;

[[nodiscard]] const Setting* find(const Settings& settings, std::string_view name);

/// One end of a reference: table.(a, b).
struct End {
  QualifiedName table;
  std::vector<std::string> columns;
};

/// Ref: left > right. `relation` is ">", "<", "-" or "<>".
struct Reference {
  std::string name;
  End left;
  std::string relation;
  End right;
  Settings settings;
  Span span;
};

struct ColumnLine {
  std::string name;
  std::string type;  ///< "varchar(255)", "core.status[]".
  Settings settings;
  Span span;
};

struct IndexPartLine {
  std::string text;
  bool expression = false;
};
struct IndexLine {
  std::vector<IndexPartLine> parts;
  Settings settings;
  Span span;
};
struct CheckLine {
  std::string expression;
  Settings settings;
  Span span;
};

struct TableBlock {
  QualifiedName name;
  std::string alias;
  Settings settings;
  std::string note;
  std::vector<ColumnLine> columns;
  std::vector<IndexLine> indexes;
  std::vector<CheckLine> checks;
  std::vector<std::string> partials;  ///< Names after '~', whose columns come before its own.
  bool partial = false;               ///< TablePartial: no table of its own.
  Span span;
};

struct EnumBlock {
  QualifiedName name;
  std::vector<std::string> values;
  Span span;
};

struct Document {
  std::string database_type;
  std::vector<TableBlock> tables;
  std::vector<EnumBlock> enums;
  std::vector<Reference> references;
};

/// What the file says. What cannot be read is an error with its place; the rest is still read.
[[nodiscard]] Document parse(const SourceFile& file, DiagnosticSink& sink);

}  // namespace relata::dbml
