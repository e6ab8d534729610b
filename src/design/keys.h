#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::design {

/// The mappings that a design.yaml consists of.
enum class Section {
  design,
  patterns,
  tenancy,
  entity,
  field,
  entity_patterns,
  code_scope,
  denormalization,
  assumption,
  question,
};

/// What stands behind a key.
enum class Shape {
  text,
  boolean,
  choice,           ///< One of `Key::choices`.
  entity_name,      ///< Name of an entity of the design.
  history,          ///< A boolean, or the list of fields whose history is kept.
  names,            ///< A list of names.
  field,            ///< Short form of a field's type ("text(40) required").
  fields,           ///< Mapping of field names to short forms or `Section::field`.
  keys,             ///< List of "unique(a, b)" and "primary(a)".
  indexes,          ///< List of "a, b desc where active".
  polymorphic,      ///< Mapping of names to "Task | Project required".
  entities,         ///< Mapping of entity names to `Section::entity`.
  relationships,    ///< List of arrows.
  patterns,         ///< `Section::patterns`.
  tenancy,          ///< `Section::tenancy`.
  entity_patterns,  ///< `Section::entity_patterns`.
  code,             ///< Mapping of languages and targets to `Section::code_scope`.
  code_names,       ///< Mapping of tables and columns ("tasks.due_date") to names.
  code_types,       ///< Mapping of columns to types.
  denormalizations,
  assumptions,
  questions,
};

/// One key that design.yaml knows. The reader, the writer and the JSON Schema share this table.
struct Key {
  Section section;
  std::string_view name;
  Shape shape;
  std::string_view choices;  ///< Shape::choice only, separated by '|'.
  std::string_view help;     ///< What it says, one line without a full stop.
};

/// All keys, in the order in which they are written.
[[nodiscard]] const std::vector<Key>& keys();
[[nodiscard]] const Key* find_key(Section section, std::string_view name);
[[nodiscard]] std::vector<std::string_view> key_names(Section section);
/// The words that a Shape::choice key takes, in order.
[[nodiscard]] std::vector<std::string_view> choices_of(const Key& key);

}  // namespace relata::design
