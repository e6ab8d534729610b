#include "migrate/parking/set_aside.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "base/identifiers.h"
#include "base/text.h"
#include "migrate/parking/missing_value.h"
#include "migrate/parking/parked.h"
#include "model/questions.h"

namespace relata::migrate {
namespace {

using Names = std::set<QualifiedName>;

template <class Object>
Names names_of(const std::vector<Object>& objects) {
  Names names;
  for (const Object& object : objects) names.insert(name_of(object));
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A name that nothing else has, in any case, which is then taken.
std::string free_name(const std::string& wanted, std::set<std::string>& taken,
                      const Dialect& dialect) {
  std::string name = dialect.fit(wanted);
  for (int number = 2; !taken.insert(to_lower(name)).second; ++number) {
    name = dialect.fit(wanted + "_" + std::to_string(number));
  }
  return name;
}

std::string parked_name(const std::string& name) { return std::string(parked_prefix) + "_" + name; }

class Setting {
 public:
  Setting(const Schema& from, const Schema& to, std::set<std::string> taken,
          const ParkingEngine& engine)
      : from_(from), to_(to), taken_(std::move(taken)), engine_(engine) {}

  SetAside run() {
    find_tables();
    find_columns();
    if (gone_.empty() && columns_.empty()) return {};
    collect_words();
    place_tables();
    place_columns();
    keep_the_rest();
    result_.together = to_;
    add_kept(result_.together);
    for (const Table* table : gone_) result_.together.tables.push_back(*table);
    add_columns();
    add_grants();
    strip_tables();
    leave_rest();
    return std::move(result_);
  }

 private:
  // --- what goes

  /// A name as the engine compares it.
  [[nodiscard]] std::string folded(const std::string& name) const {
    return engine_.ignores_case() ? to_lower(name) : name;
  }

  void find_tables() {
    for (const Table& table : to_.tables) targets_.emplace(name_of(table), &table);
    std::set<QualifiedName> wanted;
    for (const Table& table : to_.tables) wanted.insert({table.schema, folded(table.name)});
    std::set<QualifiedName> others = names_of(to_.views);
    for (const OtherObject& other : to_.others) others.insert(name_of(other));
    for (const Sequence& sequence : to_.sequences) others.insert(name_of(sequence));
    std::map<QualifiedName, const Table*> going;
    for (const Table& table : from_.tables) {
      const QualifiedName name = name_of(table);
      if (wanted.count({table.schema, folded(table.name)}) > 0 || others.count(name) > 0 ||
          !table.server.empty())
        continue;
      going.emplace(name, &table);
    }
    for (const Table& table : from_.tables) {
      if (going.count(name_of(table)) > 0 && is_apart(table, going)) gone_.push_back(&table);
    }
  }

  /// Whether no table that stays has rows in it.
  static bool is_apart(const Table& table, const std::map<QualifiedName, const Table*>& going) {
    if (table.partition_of && going.count(table.partition_of->parent) == 0) return false;
    return std::all_of(table.inherits.begin(), table.inherits.end(),
                       [&](const QualifiedName& parent) { return going.count(parent) > 0; });
  }

  void find_columns() {
    for (const Table& table : from_.tables) {
      const auto target = targets_.find(name_of(table));
      if (target == targets_.end() || !table.server.empty() || table.of_type) continue;
      std::set<std::string> wanted;
      for (const Column& column : target->second->columns) wanted.insert(folded(column.name));
      for (const Column& column : table.columns) {
        if (wanted.count(folded(column.name)) > 0 || column.generated || is_period_bound(column) ||
            is_parked_name(column.name)) {
          continue;
        }
        columns_[name_of(table)].push_back(&column);
      }
    }
  }

  // --- what they use

  /// Every word in the statements that would make what goes.
  void collect_words() {
    Schema schema;
    schema.dialect = from_.dialect;
    for (const Table* table : gone_) schema.tables.push_back(*table);
    for (const auto& [name, columns] : columns_) {
      Table table;
      table.schema = name.schema;
      table.name = name.name;
      for (const Column* column : columns) table.columns.push_back(*column);
      schema.tables.push_back(std::move(table));
    }
    DiagnosticSink unheard;
    collect_identifiers(engine_.dialect().ddl(schema, {}, unheard), words_);
    for (const Table& table : schema.tables) words_.insert(table.schema);
  }

  template <class Object>
  std::vector<Object> kept(const std::vector<Object>& before,
                           const std::vector<Object>& after) const {
    const Names wanted = names_of(after);
    std::vector<Object> objects;
    for (const Object& object : before) {
      if (wanted.count(name_of(object)) == 0 && words_.count(object.name) > 0) {
        objects.push_back(object);
      }
    }
    return objects;
  }

  void keep_the_rest() {
    enumerations_ = kept(from_.enumerations, to_.enumerations);
    domains_ = kept(from_.domains, to_.domains);
    types_ = kept(from_.composite_types, to_.composite_types);
    sequences_ = kept(from_.sequences, to_.sequences);
    routines_ = kept(from_.routines, to_.routines);
    for (const Routine& routine : routines_) lost_words_.insert(routine.name);
    for (const Namespace& space : from_.namespaces) {
      const bool stays = std::any_of(to_.namespaces.begin(), to_.namespaces.end(),
                                     [&](const Namespace& one) { return one.name == space.name; });
      if (!stays && needs_namespace(space.name)) namespaces_.push_back(space);
    }
    move_all(enumerations_);
    move_all(domains_);
    move_all(types_);
    move_sequences();
  }

  [[nodiscard]] bool needs_namespace(const std::string& name) const {
    const auto in = [&](const auto& objects) {
      return std::any_of(objects.begin(), objects.end(),
                         [&](const auto& object) { return object.schema == name; });
    };
    return words_.count(name) > 0 || in(enumerations_) || in(domains_) || in(types_) ||
           in(sequences_) || in(routines_);
  }

  template <class Object>
  void move_all(const std::vector<Object>& objects) {
    for (const Object& object : objects) {
      result_.moves.push_back({ParkedKind::type, name_of(object), place_of(name_of(object))});
    }
  }

  void move_sequences() {
    if (!engine_.parks_sequences()) {
      for (const Sequence& sequence : sequences_) lost_words_.insert(sequence.name);
      return;
    }
    const Names going = gone_names();
    for (const Sequence& sequence : sequences_) {
      const QualifiedName name = name_of(sequence);
      if (going.count(sequence.owned_by_table) > 0) continue;  // It goes along.
      QualifiedName place = place_of(name);
      if (!sequence.owned_by_table.name.empty()) {
        place = {name.schema, free_name(parked_name(name.name), taken_, engine_.dialect())};
      }
      result_.moves.push_back({ParkedKind::sequence, name, place});
    }
  }

  [[nodiscard]] Names gone_names() const {
    Names names;
    for (const Table* table : gone_) names.insert(name_of(*table));
    return names;
  }

  // --- where it goes

  /// What comes from one namespace goes into one: names do not meet there either.
  QualifiedName place_of(const QualifiedName& name) {
    if (!engine_.has_places()) {
      return {name.schema, free_name(parked_name(name.name), taken_, engine_.dialect())};
    }
    const auto [found, added] = spaces_.emplace(name.schema, std::string());
    if (added) {
      const std::string wanted =
          name.schema.empty() ? std::string(parked_prefix) : parked_name(name.schema);
      found->second = free_name(wanted, taken_, engine_.dialect());
      result_.places.push_back(found->second);
    }
    return {found->second, name.name};
  }

  void place_tables() {
    for (const Table& table : from_.tables) taken_.insert(to_lower(table.name));
    for (const Table& table : to_.tables) taken_.insert(to_lower(table.name));
    if (engine_.has_places()) {
      taken_.clear();
      taken_.insert(already_.begin(), already_.end());
      for (const Namespace& space : from_.namespaces) taken_.insert(to_lower(space.name));
      for (const Namespace& space : to_.namespaces) taken_.insert(to_lower(space.name));
    }
    for (const Table* table : gone_) {
      const QualifiedName name = name_of(*table);
      result_.moves.push_back({ParkedKind::table, name, place_of(name)});
    }
  }

  void place_columns() {
    for (const auto& [name, columns] : columns_) {
      const Table& before = *from_.find_table(name.schema, name.name);
      std::set<std::string> taken;
      for (const Column& column : before.columns) taken.insert(to_lower(column.name));
      for (const Column& column : targets_.at(name)->columns) taken.insert(to_lower(column.name));
      for (const Column* column : columns) {
        if (column->inherited) continue;  // It follows the one that it comes from.
        const std::string parked = free_name(parked_name(column->name), taken, engine_.dialect());
        result_.moves.push_back({ParkedKind::column, name, name, column->name, parked});
      }
    }
  }

  // --- what stands in between

  template <class Object>
  static void append(std::vector<Object>& all, const std::vector<Object>& more) {
    all.insert(all.end(), more.begin(), more.end());
  }

  void add_kept(Schema& schema) const {
    append(schema.namespaces, namespaces_);
    append(schema.enumerations, enumerations_);
    append(schema.domains, domains_);
    append(schema.composite_types, types_);
    append(schema.sequences, sequences_);
    append(schema.routines, routines_);
  }

  [[nodiscard]] bool uses_what_is_lost(const std::optional<Expression>& expression) const {
    if (!expression || lost_words_.empty()) return false;
    std::set<std::string> words;
    collect_identifiers(engine_.dialect().expression(*expression), words);
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return lost_words_.count(word) > 0; });
  }

  void add_columns() {
    for (Table& table : result_.together.tables) {
      const auto found = columns_.find(name_of(table));
      if (found == columns_.end()) continue;
      for (const Column* column : found->second) add_column(table, *column);
      engine_.settle(table);
    }
  }

  /// The column lets rows come in that do not name it.
  void add_column(Table& table, const Column& column) {
    Column parked = column;
    if (!engine_.numbers_without_key()) parked.identity.reset();
    if (uses_what_is_lost(parked.default_value)) parked.default_value.reset();
    const bool comes_by_itself = parked.default_value || parked.identity;
    if (!parked.nullable && !comes_by_itself) {
      parked.nullable = true;
      parked.not_null_name.clear();
      std::erase_if(parked.options, [](const Option& option) { return option.name == "not null"; });
    }
    if (!column.nullable && parked.nullable) note_missing(table, column);
    table.columns.push_back(std::move(parked));
  }

  void note_missing(const Table& table, const Column& column) {
    const std::string value = missing_value(column.type, engine_.dialect());
    if (value.empty() || column.inherited) return;
    MissingValue missing{name_of(table), column.name, {}, value};
    const bool keyed = table.primary_key && !contains(table.primary_key->columns, column.name);
    if (keyed) missing.key = table.primary_key->columns;
    result_.missing.push_back(std::move(missing));
  }

  void add_grants() {
    const Names going = gone_names();
    for (const Grant& grant : from_.grants) {
      if (grant.kind == "table" && going.count({grant.schema, grant.name}) > 0) {
        result_.together.grants.push_back(grant);
      }
    }
  }

  void strip_tables() {
    result_.apart = result_.together;
    const Names going = gone_names();
    for (Table& table : result_.apart.tables) {
      if (going.count(name_of(table)) == 0) continue;
      const bool changes = !table.foreign_keys.empty();
      table.foreign_keys.clear();
      table.triggers.clear();
      table.policies.clear();
      table.rules.clear();
      if (!engine_.indexes_go_along()) table.indexes.clear();
      std::erase_if(table.checks,
                    [&](const Check& check) { return uses_what_is_lost(check.expression); });
      std::erase_if(table.indexes, [&](const Index& index) {
        return uses_what_is_lost(index.where) ||
               std::any_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
                 return uses_what_is_lost(part.expression);
               });
      });
      for (Column& column : table.columns) {
        if (uses_what_is_lost(column.default_value)) column.default_value.reset();
      }
      if (changes) engine_.settle(table);
    }
    std::erase_if(result_.apart.grants, [&](const Grant& grant) {
      return grant.kind == "table" && going.count({grant.schema, grant.name}) > 0;
    });
  }

  void leave_rest() {
    result_.rest = to_;
    append(result_.rest.namespaces, namespaces_);
    append(result_.rest.routines, routines_);
    if (!engine_.parks_sequences()) append(result_.rest.sequences, sequences_);
  }

  const Schema& from_;
  const Schema& to_;
  std::set<std::string> taken_;
  std::set<std::string> already_ = taken_;
  const ParkingEngine& engine_;
  SetAside result_;
  std::map<QualifiedName, const Table*> targets_;
  std::vector<const Table*> gone_;
  std::map<QualifiedName, std::vector<const Column*>> columns_;
  std::set<std::string> words_;       ///< In what goes.
  std::set<std::string> lost_words_;  ///< Of them: names of what is not parked, and goes.
  std::map<std::string, std::string> spaces_;
  std::vector<Namespace> namespaces_;
  std::vector<Enumeration> enumerations_;
  std::vector<Domain> domains_;
  std::vector<CompositeType> types_;
  std::vector<Sequence> sequences_;
  std::vector<Routine> routines_;
};

}  // namespace

SetAside set_aside(const Schema& from, const Schema& to, const std::set<std::string>& taken,
                   const ParkingEngine& engine) {
  return Setting(from, to, taken, engine).run();
}

}  // namespace relata::migrate
