// What PostgreSQL has beside tables: namespaces, enumerations, sequences and the roles of policies.

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "dialect/postgres_object_names.h"
#include "emit/drizzle/plan.h"

namespace relata::emit::drizzle {
namespace {

void plan_spaces(Plan& plan) {
  const Schema& schema = plan.schema();
  std::set<std::string> names;
  for (const Namespace& one : schema.namespaces) names.insert(one.name);
  for (const Table& table : schema.tables) names.insert(table.schema);
  for (const View& view : schema.views) names.insert(view.schema);
  for (const Enumeration& enumeration : schema.enumerations) names.insert(enumeration.schema);
  for (const Sequence& sequence : schema.sequences) names.insert(sequence.schema);
  // pgSchema() refuses the default one.
  names.erase("");
  names.erase("public");
  for (const std::string& name : names)
    plan.spaces.push_back({plan.names.claim(camel_case(name) + "Schema"), name});
}

void plan_enumerations(Plan& plan) {
  const std::vector<Enumeration>& enumerations = plan.schema().enumerations;
  for (std::size_t i = 0; i < enumerations.size(); ++i) {
    PlannedEnumeration planned;
    planned.enumeration = &enumerations[i];
    planned.space = plan.space_of(enumerations[i].schema);
    if (!enumerations[i].values.empty())
      planned.constant = plan.names.claim(camel_case(plan.code_names.enumerations[i]) + "Enum");
    plan.enumerations.push_back(std::move(planned));
  }
}

/// Words that stand for a role without being one's name (PgPolicyToOption).
bool is_role_word(std::string_view role) {
  constexpr std::array words = {"public", "current_role", "current_user", "session_user"};
  return std::find(words.begin(), words.end(), role) != words.end();
}

void plan_roles(Plan& plan) {
  std::set<std::string> names;
  for (const Table& table : plan.schema().tables) {
    for (const Policy& policy : table.policies) {
      for (const std::string& role : policy.roles) {
        if (!is_role_word(role)) names.insert(role);
      }
    }
  }
  for (const std::string& name : names)
    plan.roles.push_back({plan.names.claim(camel_case(name) + "Role"), name});
}

/// The sequence's type when serial() makes it, as the catalog has it; empty: bigint.
std::string_view serial_sequence_type(std::string_view column_type) {
  return column_type == "bigint" ? std::string_view() : column_type;
}

/// Whether the column and the sequence are what serial() makes.
bool is_serial(const Sequence& sequence, const Table& table, const Column& column) {
  if (column.nullable || !column.default_value || sequence.unlogged) return false;
  const std::string& type = column.type.spelling;
  if (type != "smallint" && type != "integer" && type != "bigint") return false;
  const std::string query = to_lower(column.default_value->text);
  return sequence.type == serial_sequence_type(type) && sequence.schema == table.schema &&
         sequence.options == SequenceOptions{} &&
         sequence.name == postgres_object_name(table.name, column.name, "seq") &&
         query.starts_with("nextval(") && query.find(to_lower(sequence.name)) != std::string::npos;
}

void plan_sequences(Plan& plan) {
  const Schema& schema = plan.schema();
  for (const Sequence& sequence : schema.sequences) {
    const QualifiedName& owner = sequence.owned_by_table;
    const std::size_t place = plan.native.table(owner.schema, owner.name);
    if (place != SchemaIndex::npos) {
      const Table& table = schema.tables[place];
      const Column* column = table.find_column(sequence.owned_by_column);
      if (column != nullptr && is_serial(sequence, table, *column)) {
        plan.serial_columns.insert(column_key(table.schema, table.name, column->name));
        continue;
      }
    }
    PlannedSequence planned;
    planned.sequence = &sequence;
    planned.constant = plan.names.claim(camel_case(sequence.name));
    planned.space = plan.space_of(sequence.schema);
    planned.numbers = planned_numbers(sequence.options, "bigint");
    planned.numbers.name = sequence.name;
    planned.numbers.schema = sequence.schema.empty() ? "public" : sequence.schema;
    plan.sequences.push_back(std::move(planned));
  }
}

}  // namespace

void plan_objects(Plan& plan) {
  if (plan.flavor->dialect != "postgres") return;
  for (const Table& table : plan.schema().tables) {
    for (const Column& column : table.columns) {
      if (column.type.kind == TypeKind::binary && column.type.array_dimensions > 0)
        plan.has_binary_arrays = true;
    }
  }
  plan_spaces(plan);
  plan_enumerations(plan);
  plan_roles(plan);
  plan_sequences(plan);
}

}  // namespace relata::emit::drizzle
