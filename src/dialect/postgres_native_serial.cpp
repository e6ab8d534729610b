// Columns that make their own sequence by being serial.
#include "dialect/postgres_native_plan.h"
#include "dialect/postgres_object_names.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

struct SerialWord {
  std::string_view sequence_type;
  std::string_view column_type;
  std::string_view word;
};

constexpr SerialWord serial_words[] = {
    {"", "bigint", "bigserial"},
    {"bigint", "bigint", "bigserial"},
    {"integer", "integer", "serial"},
    {"smallint", "smallint", "smallserial"},
};

const SerialWord* find_word(const Sequence& sequence) {
  for (const SerialWord& each : serial_words) {
    if (each.sequence_type == sequence.type) return &each;
  }
  return nullptr;
}

/// Whether an expression is nextval('name'::regclass) of that sequence.
bool is_next_value(const Expression& expression, const Sequence& sequence) {
  if (expression.operation != Operation::sql) return false;
  const std::vector<SqlToken> tokens = postgres_tokens(expression.text);
  const bool cast = tokens.size() == 6 && tokens[3].is(SqlTokenKind::sign, "::") &&
                    tokens[4].is(SqlTokenKind::name, "regclass");
  if (tokens.size() != 4 && !cast) return false;
  if (!tokens[0].is(SqlTokenKind::name, "nextval") || !tokens[1].is(SqlTokenKind::sign, "(") ||
      tokens[2].kind != SqlTokenKind::text || !tokens.back().is(SqlTokenKind::sign, ")")) {
    return false;
  }
  const std::vector<SqlWord> words = postgres_words(tokens[2].text);
  if (words.size() != 1 || words[0].name != sequence.name) return false;
  return words[0].schema.empty() || words[0].schema == sequence.schema ||
         (words[0].schema == "public" && sequence.schema.empty());
}

bool is_serial(const Table& table, const Column& column, const Sequence& sequence) {
  const SerialWord* word = find_word(sequence);
  return word != nullptr && column.type.spelling == word->column_type && !column.nullable &&
         column.default_value && !column.inherited && sequence.schema == table.schema &&
         sequence.options == SequenceOptions{} && sequence.unlogged == table.unlogged &&
         !table.of_type && !table.partition_of &&
         sequence.name == postgres_object_name(table.name, column.name, "seq") &&
         is_next_value(*column.default_value, sequence);
}

}  // namespace

std::string_view serial_word(const Sequence& sequence) { return find_word(sequence)->word; }

std::map<std::pair<const Table*, std::string_view>, const Sequence*> serial_columns(
    const Schema& schema) {
  std::map<QualifiedName, const Table*> tables;
  for (const Table& table : schema.tables) tables[{table.schema, table.name}] = &table;
  std::map<std::pair<const Table*, std::string_view>, const Sequence*> serial;
  for (const Sequence& sequence : schema.sequences) {
    const auto owner = tables.find(sequence.owned_by_table);
    if (owner == tables.end()) continue;
    const Column* column = owner->second->find_column(sequence.owned_by_column);
    if (column != nullptr && is_serial(*owner->second, *column, sequence)) {
      serial[{owner->second, column->name}] = &sequence;
    }
  }
  return serial;
}

}  // namespace relata
