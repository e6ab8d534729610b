#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"

namespace relata::prisma {

// The Prisma schema language as it is written
// (https://www.prisma.io/docs/orm/reference/prisma-schema-reference), before anybody knows what a
// name means.

enum class ValueKind { string, number, word, call, list };

struct Argument;

/// "text", 1, true, now(), [a, b(sort: Desc)].
struct Value {
  ValueKind kind = ValueKind::word;
  std::string text;                 ///< Of a string without its quotes and escapes; a name.
  std::vector<Argument> arguments;  ///< Of a call, and the elements of a list.
  Span span;

  [[nodiscard]] bool is(ValueKind expected, std::string_view expected_text) const {
    return kind == expected && text == expected_text;
  }
};

struct Argument {
  std::string name;  ///< Empty: by position.
  Value value;
};

/// id, db.VarChar(20), index([a]): an attribute, whose name is without its at signs.
struct Attribute {
  std::string name;
  std::vector<Argument> arguments;
  Span span;

  /// The argument of that name, or the one at that position (from 0) among those without a name.
  [[nodiscard]] const Value* find(std::string_view name_of_argument, std::size_t position) const;
  /// The argument of that name.
  [[nodiscard]] const Value* find(std::string_view name_of_argument) const;
};

enum class Arity { required, optional, list };

/// A line of a model, or a value of an enum (which has no type).
struct Field {
  std::string name;
  std::string type;  ///< "String", "User"; "Unsupported" with its text in `unsupported`.
  std::string unsupported;
  Arity arity = Arity::required;
  std::vector<Attribute> attributes;
  Span span;

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
};

/// model, view, type, enum: fields and attributes; datasource, generator: settings.
struct Block {
  std::string keyword;
  std::string name;
  std::vector<Field> fields;
  std::vector<Attribute> attributes;
  std::vector<std::pair<std::string, Value>> settings;
  std::string source;  ///< Name of the file.
  Span span;           ///< Of the name.

  [[nodiscard]] const Attribute* find(std::string_view attribute) const;
  [[nodiscard]] const Value* setting(std::string_view key) const;
};

/// The blocks of a file in order. What cannot be read is an error with its place; the rest is still
/// read.
[[nodiscard]] std::vector<Block> parse(const SourceFile& file, DiagnosticSink& sink);

}  // namespace relata::prisma
