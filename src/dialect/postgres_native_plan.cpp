#include "dialect/postgres_native_plan.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "dialect/dependency_order.h"
#include "dialect/postgres_routine_text.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

/// What comes first where nothing depends on anything.
enum Phase {
  types,
  sequences,
  early_code,  ///< Routines and operators that tables need.
  tables,
  code,
  views,
  materialized_views,
  triggers,
  rules,
  policies,
  last_objects,
};

/// What a name can be the name of.
enum Category : unsigned {
  relation = 1,
  type = 2,
  routine = 4,
  operation = 8,
  other = 16,
  base_type = 32,   ///< With functions of its own.
  shell_type = 64,  ///< Which those functions can name before it is whole.
  anything = 63,
};

struct OtherKind {
  std::string_view kind;
  Phase phase;
  unsigned category;
};

/// Kinds that are not here come after the tables.
constexpr std::array other_kinds{
    OtherKind{"collation", types, other},
    OtherKind{"language", types, other},
    OtherKind{"type", types, type},
    OtherKind{"shell type", types, shell_type},
    OtherKind{"base type", types, base_type},
    OtherKind{"range type", types, type},
    OtherKind{"text search parser", types, other},
    OtherKind{"text search template", types, other},
    OtherKind{"text search dictionary", types, other},
    OtherKind{"text search configuration", types, other},
    OtherKind{"access method", types, other},
    OtherKind{"foreign data wrapper", types, other},
    OtherKind{"server", types, other},
    OtherKind{"foreign server", types, other},
    OtherKind{"user mapping", sequences, other},
    OtherKind{"operator", early_code, operation},
    OtherKind{"operator family", early_code, other},
    OtherKind{"operator class", early_code, other},
    OtherKind{"operator family member", early_code, other},
    OtherKind{"cast", early_code, other},
    OtherKind{"conversion", early_code, other},
    OtherKind{"transform", early_code, other},
    OtherKind{"statistics", views, other},
    OtherKind{"publication", last_objects, other},
    OtherKind{"subscription", last_objects, other},
};

const OtherKind& other_kind(const OtherObject& object) {
  static constexpr OtherKind usual{"", code, other};
  const auto* found = std::find_if(other_kinds.begin(), other_kinds.end(),
                                   [&](const OtherKind& k) { return k.kind == object.kind; });
  return found == other_kinds.end() ? usual : *found;
}

/// How the names in a text are understood.
enum class Reading {
  expression,  ///< Of a table: functions, types, and literals that name sequences.
  signature,   ///< Of a routine: types.
  query,       ///< Names behind FROM for certain, others perhaps.
  definition,  ///< Every name counts.
};

/// Finds out what depends on what.
class Planner {
 public:
  Planner(const Schema& schema, const std::set<QualifiedName>& apart)
      : schema_(schema), path_(search_path(schema)) {
    plan_.serial = serial_columns(schema);
    std::erase_if(plan_.serial, [&](const auto& one) {
      return apart.count({one.second->schema, one.second->name}) > 0;
    });
    for (const Table& table : schema.tables) {
      plan_.tables.emplace(std::pair<std::string_view, std::string_view>{table.schema, table.name},
                           &table);
    }
    for (const Namespace& space : schema.namespaces) namespaces_.insert(space.name);
    collect();
  }

  NativePlan run() {
    for (std::size_t item = 0; item < plan_.items.size(); ++item) {
      item_ = item;
      std::visit([this](auto& each) { depend(each); }, plan_.items[item]);
    }
    mark_early_code();
    plan_.order = dependency_order(nodes_);
    plan_.rank.resize(plan_.order.size());
    for (std::size_t at = 0; at < plan_.order.size(); ++at) plan_.rank[plan_.order[at]] = at;
    for (const DependencyNode& node : nodes_) {
      std::vector<std::size_t>& uses = plan_.uses.emplace_back();
      for (const Dependency& dependency : node.dependencies) uses.push_back(dependency.on);
    }
    return std::move(plan_);
  }

 private:
  struct Known {
    std::string_view schema;
    unsigned category;
    std::size_t item;
  };

  std::size_t add(NativeItem item, Phase phase) {
    plan_.items.push_back(std::move(item));
    nodes_.push_back({phase, {}});
    return plan_.items.size() - 1;
  }
  void name(std::string_view space, std::string_view name, unsigned category, std::size_t item) {
    known_[name].push_back({space, category, item});
  }

  void collect() {
    for (const Enumeration& each : schema_.enumerations) {
      name(each.schema, each.name, type, add(&each, types));
    }
    for (const Domain& each : schema_.domains) {
      name(each.schema, each.name, type, add(&each, types));
    }
    for (const CompositeType& each : schema_.composite_types) {
      name(each.schema, each.name, type, add(&each, types));
    }
    collect_sequences_and_tables();
    for (const Routine& each : schema_.routines) {
      name(each.schema, each.name, routine, add(&each, code));
    }
    for (const OtherObject& each : schema_.others) {
      if (comes_last(each)) continue;
      const OtherKind& kind = other_kind(each);
      const Phase phase = kind.phase == early_code ? code : kind.phase;
      name(each.schema, bare_name(each), kind.category, add(&each, phase));
    }
    for (const View& each : schema_.views) {
      name(each.schema, each.name, relation | type,
           add(&each, each.materialized ? materialized_views : views));
    }
    collect_behind_relations();
  }

  /// Without what tells operators, and operator classes, of one name apart.
  static std::string_view bare_name(const OtherObject& object) {
    const std::string_view name = object.name;
    if (!object.kind.starts_with("operator")) return name;
    return name.substr(0, name.find(object.kind == "operator" ? " (" : " USING "));
  }

  void collect_sequences_and_tables() {
    std::unordered_map<const Sequence*, const Table*> serial;
    for (const auto& [column, sequence] : plan_.serial) serial.emplace(sequence, column.first);
    for (const Sequence& each : schema_.sequences) {
      if (serial.count(&each) == 0) name(each.schema, each.name, relation, add(&each, sequences));
    }
    std::unordered_map<const Table*, std::size_t> items;
    for (const Table& each : schema_.tables) {
      const std::size_t item = add(TableItem{&each, {}}, tables);
      items.emplace(&each, item);
      name(each.schema, each.name, relation | type, item);
    }
    for (const Sequence& each : schema_.sequences) {
      const auto owner = serial.find(&each);
      if (owner != serial.end()) name(each.schema, each.name, relation, items.at(owner->second));
    }
  }

  void collect_behind_relations() {
    for (const Table& table : schema_.tables) {
      for (const Trigger& each : table.triggers) add(TriggerItem{&each, &table, nullptr}, triggers);
      for (const Rule& each : table.rules) add(RuleItem{&each, &table, nullptr}, rules);
      if (!table.policies.empty() || table.row_level_security || table.row_level_security_forced) {
        add(PolicyItem{&table}, policies);
      }
    }
    for (const View& view : schema_.views) {
      for (const Trigger& each : view.triggers) add(TriggerItem{&each, nullptr, &view}, triggers);
      for (const Rule& each : view.rules) add(RuleItem{&each, nullptr, &view}, rules);
    }
  }

  /// The items that a word names, as seen from a namespace.
  std::vector<std::size_t> find(const SqlWord& word, unsigned category, std::string_view space) {
    const bool qualified = !word.schema.empty();
    if (qualified && word.schema != "public" && namespaces_.count(word.schema) == 0) {
      // A column behind its table, most likely.
      return find({{}, word.schema, WordPlace::plain}, category & ~unsigned{routine}, space);
    }
    const auto found = known_.find(word.name);
    if (found == known_.end()) return {};
    const auto in = [&](std::string_view wanted) {
      std::vector<std::size_t> items;
      for (const Known& each : found->second) {
        if (each.schema == wanted && (each.category & category) != 0 && each.item != item_) {
          items.push_back(each.item);
        }
      }
      return items;
    };
    if (qualified) return in(word.schema == "public" ? std::string_view() : word.schema);
    std::vector<std::size_t> items = in(space);
    for (const std::string& each : path_) {
      if (!items.empty()) break;
      items = in(each);
    }
    return items;
  }

  struct Use {
    unsigned category;
    bool soft;
  };

  /// What a word of a text can name, and whether it is certain to.
  static Use use_of(WordPlace place, Reading reading) {
    if (place == WordPlace::operation) return {operation, false};
    if (place == WordPlace::type && reading != Reading::signature) {
      return {unsigned{relation} | type | base_type, false};
    }
    switch (reading) {
      case Reading::expression:
        if (place == WordPlace::call) return {unsigned{routine} | type, false};
        if (place == WordPlace::relation) return {unsigned{relation} | type | other, false};
        return {other, false};
      case Reading::signature:
        return {place == WordPlace::call ? 0U : unsigned{relation} | type | shell_type | other,
                false};
      case Reading::query:
        if (place == WordPlace::call) return {unsigned{routine} | type | other, false};
        if (place == WordPlace::relation) return {unsigned{relation} | routine | other, false};
        return {unsigned{relation} | type | other, true};
      case Reading::definition:
        return {anything, place == WordPlace::plain};
    }
    return {0, false};
  }

  void each_use(std::string_view text, Reading reading, std::string_view space, const auto& visit) {
    if (text.empty()) return;
    for (const SqlWord& word : postgres_words(text)) {
      const Use use = use_of(word.place, reading);
      if (use.category == 0) continue;
      for (const std::size_t item : find(word, use.category, space)) visit(item, use.soft);
    }
  }

  void need(std::size_t item, bool soft = false) {
    if (item != item_) nodes_[item_].dependencies.push_back({item, soft});
  }
  void need_text(std::string_view text, Reading reading, std::string_view space) {
    each_use(text, reading, space, [this](std::size_t item, bool soft) { need(item, soft); });
  }
  void need_relation(const QualifiedName& name) {
    const SqlWord word{name.schema.empty() ? "public" : name.schema, name.name,
                       WordPlace::relation};
    for (const std::size_t item : find_exact(word)) need(item);
  }
  std::vector<std::size_t> find_exact(const SqlWord& word) {
    const auto found = known_.find(word.name);
    std::vector<std::size_t> items;
    if (found == known_.end()) return items;
    const std::string_view space = word.schema == "public" ? std::string_view() : word.schema;
    for (const Known& each : found->second) {
      const unsigned wanted = unsigned{relation} | type;
      if (each.schema == space && (each.category & wanted) != 0 && each.item != item_) {
        items.push_back(each.item);
      }
    }
    return items;
  }
  void need_type(const Type& of, std::string_view space) {
    const std::string& text = of.spelling.empty() ? of.name : of.spelling;
    const auto [words, is_new] = type_words_.try_emplace(text);
    if (is_new) words->second = postgres_words(text);
    for (const SqlWord& word : words->second) {
      for (const std::size_t item : find(word, unsigned{relation} | type | base_type, space)) {
        need(item);
      }
    }
  }
  void need_collation(std::string_view collation, std::string_view space) {
    if (collation.empty()) return;
    const std::size_t dot = collation.find('.');
    SqlWord word{{}, std::string(collation), WordPlace::plain};
    if (dot != std::string_view::npos && namespaces_.count(collation.substr(0, dot)) > 0) {
      word = {std::string(collation.substr(0, dot)), std::string(collation.substr(dot + 1)),
              WordPlace::plain};
    }
    for (const std::size_t item : find(word, other, space)) need(item);
  }

  void depend(const Enumeration*) {}
  void depend(const Domain* domain) {
    need_type(domain->type, domain->schema);
    need_collation(domain->collation, domain->schema);
    if (domain->default_value) {
      need_text(domain->default_value->text, Reading::expression, domain->schema);
    }
    for (const Check& check : domain->checks) {
      need_text(check.expression.text, Reading::expression, domain->schema);
    }
  }
  void depend(const CompositeType* composite) {
    for (const Column& attribute : composite->attributes) {
      need_type(attribute.type, composite->schema);
      need_collation(attribute.collation, composite->schema);
    }
  }
  void depend(const Sequence*) {}
  void depend(const Routine* each) {
    // Bodies are in quotes, and not checked; only BEGIN ATOMIC and RETURN are bound at once.
    if (each->kind == "aggregate") {
      need_text(each->sql.text, Reading::definition, each->schema);
      return;
    }
    const RoutineText text = postgres_routine_text(each->sql.text);
    need_text(text.signature, Reading::signature, each->schema);
    need_text(text.bound_body, Reading::query, each->schema);
    // The server reads a body in SQL where an index or a view uses the function, to put it there.
    for (const std::string& body : text.sql_bodies) {
      each_use(body, Reading::query, each->schema,
               [this](std::size_t item, bool) { need(item, true); });
    }
  }

  void depend(const OtherObject* each) {
    if (each->kind == "base type") {
      // Its functions come between it and its shell, which they name.
      for (const SqlWord& word : postgres_words(each->sql.text)) {
        for (const std::size_t item : find(word, routine, each->schema)) need(item);
      }
      return;
    }
    need_text(each->sql.text, Reading::definition, each->schema);
  }

  void depend(TableItem& item) {
    const Table& table = *item.table;
    for (const Column& column : table.columns) {
      need_type(column.type, table.schema);
      need_collation(column.collation, table.schema);
      if (column.generated) {
        need_text(column.generated->expression.text, Reading::expression, table.schema);
      }
    }
    if (table.partition_of) need_relation(table.partition_of->parent);
    for (const QualifiedName& parent : table.inherits) need_relation(parent);
    if (table.of_type) need_relation(*table.of_type);
    if (!table.server.empty()) {
      for (const std::size_t server : find({{}, table.server, WordPlace::plain}, other, {})) {
        need(server);
      }
    }
    if (table.partitioning) {
      for (const IndexPart& part : table.partitioning->parts) need_index_part(part, table.schema);
    }
    depend_on_parts(item);
  }

  void need_index_part(const IndexPart& part, std::string_view space) {
    if (part.expression.operation == Operation::sql) {
      need_text(part.expression.text, Reading::expression, space);
    }
    need_text(part.operator_class, Reading::definition, space);
    need_collation(part.collation, space);
  }

  void depend_on_parts(TableItem& item) {
    const Table& table = *item.table;
    const std::size_t before = nodes_[item_].dependencies.size();
    const auto add_part = [&](TablePart::Kind kind, std::size_t place, const auto& gather) {
      const std::size_t from = nodes_[item_].dependencies.size();
      gather();
      TablePart part{kind, place, {}};
      for (std::size_t at = from; at < nodes_[item_].dependencies.size(); ++at) {
        part.needs.push_back(nodes_[item_].dependencies[at].on);
      }
      item.parts.push_back(std::move(part));
    };
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      const Column& column = table.columns[at];
      if (!column.default_value) continue;
      add_part(TablePart::Kind::default_value, at,
               [&] { need_text(column.default_value->text, Reading::expression, table.schema); });
    }
    for (std::size_t at = 0; at < table.checks.size(); ++at) {
      add_part(TablePart::Kind::check, at, [&] {
        need_text(table.checks[at].expression.text, Reading::expression, table.schema);
      });
    }
    for (std::size_t at = 0; at < table.exclusions.size(); ++at) {
      const Exclusion& exclusion = table.exclusions[at];
      add_part(TablePart::Kind::exclusion, at, [&] {
        for (const IndexPart& part : exclusion.parts) need_index_part(part, table.schema);
        for (const std::string& sign : exclusion.operators) {
          need_text(sign, Reading::expression, table.schema);
        }
        if (exclusion.where) need_text(exclusion.where->text, Reading::expression, table.schema);
      });
    }
    for (std::size_t at = 0; at < table.foreign_keys.size(); ++at) {
      const ForeignKey& key = table.foreign_keys[at];
      add_part(TablePart::Kind::foreign_key, at, [&] {
        need_relation({key.table_schema, key.table});
      });
    }
    // Of several that would do, an index of the whole table takes the oldest one of a partition.
    std::vector<std::size_t> indexes(table.indexes.size());
    std::iota(indexes.begin(), indexes.end(), std::size_t{0});
    std::stable_partition(indexes.begin(), indexes.end(),
                          [&](std::size_t at) { return table.indexes[at].parent.has_value(); });
    for (const std::size_t at : indexes) {
      const Index& index = table.indexes[at];
      add_part(TablePart::Kind::index, at, [&] {
        for (const IndexPart& part : index.parts) need_index_part(part, table.schema);
        if (index.where) need_text(index.where->text, Reading::expression, table.schema);
      });
    }
    for (std::size_t at = before; at < nodes_[item_].dependencies.size(); ++at) {
      nodes_[item_].dependencies[at].soft = true;
    }
  }

  void depend(const View* view) {
    need_text(view->sql, Reading::query, view->schema);
    for (const Index& index : view->indexes) {
      for (const IndexPart& part : index.parts) need_index_part(part, view->schema);
    }
  }
  void depend(TriggerItem& item) {
    need_owner(item.table, item.view);
    if (const auto* body = std::get_if<TriggerBody>(&item.trigger->purpose)) {
      need_text(body->sql, Reading::query, item.table ? item.table->schema : item.view->schema);
    }
  }
  void depend(RuleItem& item) {
    need_owner(item.table, item.view);
    need_text(item.rule->sql.text, Reading::query,
              item.table ? item.table->schema : item.view->schema);
  }
  void need_owner(const Table* table, const View* view) {
    need_relation(table != nullptr ? QualifiedName{table->schema, table->name}
                                   : QualifiedName{view->schema, view->name});
  }
  void depend(PolicyItem& item) {
    need_relation({item.table->schema, item.table->name});
    for (const Policy& policy : item.table->policies) {
      for (const auto& text : {policy.using_rows, policy.with_check}) {
        if (text) need_text(text->text, Reading::query, item.table->schema);
      }
    }
  }

  /// Code that a table needs, itself or through other code, comes before the tables.
  void mark_early_code() {
    std::vector<std::size_t> open;
    for (std::size_t item = 0; item < nodes_.size(); ++item) {
      if (nodes_[item].phase <= tables) open.push_back(item);
    }
    while (!open.empty()) {
      const std::size_t item = open.back();
      open.pop_back();
      for (const Dependency& dependency : nodes_[item].dependencies) {
        DependencyNode& node = nodes_[dependency.on];
        if (node.phase != code) continue;
        node.phase = early_code;
        open.push_back(dependency.on);
      }
    }
  }

  const Schema& schema_;
  std::vector<std::string> path_;
  NativePlan plan_;
  std::vector<DependencyNode> nodes_;
  std::unordered_map<std::string_view, std::vector<Known>> known_;
  std::unordered_map<std::string_view, std::vector<SqlWord>> type_words_;  ///< Types repeat.
  std::unordered_set<std::string_view> namespaces_;
  std::size_t item_ = 0;
};

}  // namespace

NativePlan plan_native(const Schema& schema, const std::set<QualifiedName>& apart) {
  return Planner(schema, apart).run();
}

}  // namespace relata
