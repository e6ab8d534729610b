#include <algorithm>

#include "base/text.h"
#include "dialect/dialect.h"
#include "read/prisma/builder.h"

namespace relata::prisma {
namespace {

const Attribute* native_attribute(const Field& field) {
  for (const Attribute& attribute : field.attributes) {
    if (attribute.name.starts_with("db.")) return &attribute;
  }
  return nullptr;
}

Expression sql(const Context& context, std::string text) {
  Expression expression;
  expression.operation = Operation::sql;
  expression.text = std::move(text);
  expression.dialect = context.provider->dialect;
  return expression;
}

const Dialect& dialect_of(const Context& context) {
  return *find_dialect(context.provider->dialect);
}

/// The bytes that a text in base 64 stands for, as hexadecimal digits.
std::string hexadecimal_of_base64(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  unsigned bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = letters.find(c);
    if (value == std::string_view::npos) continue;
    bits = (bits << 6U) | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    const unsigned byte = (bits >> count) & 0xFFU;
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

/// A literal of a default: the name of an enum's value becomes the value in the database.
std::string literal(const Context& context, const Field& field, const Value& value) {
  if (field.type == "Bytes" && value.kind == ValueKind::string) {
    const std::string digits = hexadecimal_of_base64(value.text);
    return context.provider->has_enum_types ? "'\\x" + digits + "'" : "x'" + digits + "'";
  }
  if (value.kind == ValueKind::number) return value.text;
  if (value.kind == ValueKind::word && (value.text == "true" || value.text == "false")) {
    return value.text;
  }
  return dialect_of(context).string_literal(value.text);
}

/// The value of an enum in the database, for its name in the schema.
Value mapped(const Value& value, const Block* enumeration) {
  Value result = value;
  if (enumeration == nullptr) return result;
  for (const Field& field : enumeration->fields) {
    if (field.name == value.text) result.text = database_name(field);
  }
  return result;
}

std::string precision_of(const Type& type) {
  const std::size_t open = type.spelling.find('(');
  if (open == std::string::npos) return {};
  return type.spelling.substr(open, type.spelling.find(')') + 1 - open);
}

/// autoincrement() on PostgreSQL is what serial leaves behind: a sequence that the column owns.
void add_sequence(const Context& context, const Block& model, Column& column, Schema& schema) {
  Sequence sequence;
  sequence.schema = namespace_of(model);
  sequence.name = constraint_name(*context.provider, database_name(model), {column.name}, "seq");
  sequence.type = column.type.spelling == "bigint" ? "" : column.type.spelling;
  sequence.owned_by_table = {sequence.schema, database_name(model)};
  sequence.owned_by_column = column.name;
  const Dialect& dialect = dialect_of(context);
  std::string name = dialect.identifier(sequence.name);
  if (!sequence.schema.empty()) name = dialect.identifier(sequence.schema) + "." + name;
  column.default_value = sql(context, "nextval(" + dialect.string_literal(name) + "::regclass)");
  schema.sequences.push_back(std::move(sequence));
}

void set_call_default(const Context& context, const Block& model, const Value& call, Column& column,
                      Schema& schema) {
  if (call.text == "now") {
    std::string text(context.provider->now);
    if (context.provider->now_takes_precision) text += precision_of(column.type);
    column.default_value = sql(context, std::move(text));
  } else if (call.text == "dbgenerated") {
    if (!call.arguments.empty()) {
      column.default_value = sql(context, call.arguments.front().value.text);
    }
  } else if (call.text == "autoincrement" || call.text == "sequence") {
    if (context.provider->has_sequences) {
      add_sequence(context, model, column, schema);
    } else {
      column.identity = Identity{};
    }
  }
  // uuid(), cuid(), ulid(), nanoid() and auto() are Prisma's own: the database has no default.
}

}  // namespace

std::optional<Column> make_column(const Context& context, const Block& model, const Field& field,
                                  Schema& schema) {
  Column column;
  column.name = database_name(field);
  column.nullable = field.arity == Arity::optional;
  column.origin = context.origin(model, field.span);
  const bool list = field.arity == Arity::list;
  const auto enumeration = context.enums.find(field.type);
  std::string spelling;
  if (!field.unsupported.empty()) {
    spelling = field.unsupported;
  } else if (enumeration != context.enums.end()) {
    if (!context.provider->has_enum_types) {
      column.type = context.provider->enum_type(enumeration->second);
    } else {
      const Dialect& dialect = dialect_of(context);
      const QualifiedName& name = enumeration->second.name;
      spelling = dialect.identifier(name.name);
      if (!name.schema.empty()) spelling = dialect.identifier(name.schema) + "." + spelling;
    }
  } else if (auto known = type_spelling(*context.provider, field.type, native_attribute(field))) {
    spelling = *known;
  } else {
    const Attribute* native = native_attribute(field);
    context.error("prisma-unknown-type",
                  "the type '" + (native == nullptr ? field.type : native->name) + "' of " +
                      model.name + "." + field.name + " is not known",
                  model, field.span);
    return std::nullopt;
  }
  if (!spelling.empty()) {
    column.type = context.provider->type(list ? spelling + "[]" : spelling, context.enums);
  }
  // A list that the database itself holds may be absent; Prisma reads that as empty.
  if (list) column.nullable = true;
  const Attribute* given = field.find("default");
  const Value* value = given == nullptr ? nullptr : given->find("value", 0);
  if (value == nullptr) return column;
  const Block* enum_block = nullptr;
  const auto model_enum = context.enum_blocks.find(field.type);
  if (model_enum != context.enum_blocks.end()) enum_block = model_enum->second;
  if (value->kind == ValueKind::call) {
    set_call_default(context, model, *value, column, schema);
  } else if (value->kind == ValueKind::list) {
    std::vector<std::string> elements;
    for (const Argument& element : value->arguments) {
      elements.push_back(literal(context, field, mapped(element.value, enum_block)));
    }
    column.default_value =
        sql(context, "ARRAY[" + join(elements, ", ") + "]::" + column.type.spelling);
  } else {
    column.default_value = sql(context, literal(context, field, mapped(*value, enum_block)));
  }
  return column;
}

}  // namespace relata::prisma
