#include "emit/typeorm/plan.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/questions.h"

namespace relata::emit::typeorm {
namespace {

/// What the files import themselves.
bool is_imported(std::string_view name) {
  static constexpr std::array names{"AppDataSource",
                                    "Check",
                                    "Column",
                                    "CreateDateColumn",
                                    "DataSource",
                                    "DeleteDateColumn",
                                    "Entity",
                                    "Exclusion",
                                    "ForeignKey",
                                    "Generated",
                                    "Index",
                                    "JoinColumn",
                                    "ManyToOne",
                                    "OneToMany",
                                    "OneToOne",
                                    "PrimaryColumn",
                                    "PrimaryGeneratedColumn",
                                    "Relation",
                                    "Unique",
                                    "UpdateDateColumn",
                                    "ValueTransformer",
                                    "VersionColumn",
                                    "ViewColumn",
                                    "ViewEntity",
                                    "entities",
                                    "index",
                                    "int64",
                                    "interval"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

void refuse(EntityPlan& entity, std::string reason) {
  entity.synchronized = false;
  entity.reasons.push_back(std::move(reason));
}

void describe_columns(const Plan& plan, const Table& table, EntityPlan& entity) {
  auto* const describe = plan.postgres ? postgres_column
                         : plan.mysql  ? mysql_column
                                       : sqlite_column;
  for (const Column& column : table.columns) {
    entity.places.emplace(column.name, entity.columns.size());
    entity.values.push_back(value_type(plan.schema, table, column));
    ColumnCode code = describe({plan.schema, table, column, entity.values.back()});
    const std::string wished = code_type(plan.schema, typescript(), "typeorm", table, column.name);
    if (!wished.empty()) code.value = wished;
    if (!code.comparable || !is_plain_name(column.name)) refuse(entity, column.name);
    entity.columns.push_back(std::move(code));
  }
}

bool all_set(const Table& table, const EntityPlan& entity,
             const std::vector<std::string>& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const auto found = entity.places.find(name);
    return found != entity.places.end() && !table.columns[found->second].nullable;
  });
}

/// TypeORM takes no entity without a key: a UNIQUE of columns that are set stands in for it, or
/// else all columns together.
void choose_key(const Table& table, EntityPlan& entity) {
  if (table.primary_key) {
    entity.key.insert(table.primary_key->columns.begin(), table.primary_key->columns.end());
    return;
  }
  entity.has_primary_key = false;
  refuse(entity, "no primary key");
  for (const Unique& unique : table.uniques) {
    if (!all_set(table, entity, unique.columns)) continue;
    entity.key.insert(unique.columns.begin(), unique.columns.end());
    return;
  }
  for (const Index& index : table.indexes) {
    if (!index.unique || index.where) continue;
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) columns.push_back(part.expression.text);
    const bool plain = std::all_of(
        index.parts.begin(), index.parts.end(),
        [](const IndexPart& part) { return part.expression.operation == Operation::column; });
    if (!plain || !all_set(table, entity, columns)) continue;
    for (const std::string& name : columns) {
      entity.key.insert(table.columns[entity.places.at(name)].name);
    }
    return;
  }
  for (const Column& column : table.columns) entity.key.insert(column.name);
}

/// [sqlite] What TypeORM reads off the text of CREATE TABLE.
void look_at_text(const Table& table, EntityPlan& entity) {
  if (!entity.text || !entity.text->read) {
    refuse(entity, "its kind");
    return;
  }
  const SqliteTableText& text = *entity.text;
  for (const ForeignKey& key : table.foreign_keys) {
    const bool named =
        !key.name.empty() && text.foreign_key_name(key.columns, key.table) == key.name;
    if (!named) refuse(entity, key.name.empty() ? "a foreign key without a name" : key.name);
  }
  for (const Unique& unique : table.uniques) {
    if (unique.columns.size() > 1 && text.unique_name(unique.columns) != unique.name) {
      refuse(entity, unique.name.empty() ? "a UNIQUE without a name" : unique.name);
    }
  }
  // It also looks for checks inside quotes.
  for (const std::string& seen : text.checks) {
    const bool known = std::any_of(table.checks.begin(), table.checks.end(),
                                   [&](const Check& check) { return check.name == seen; });
    if (!known) refuse(entity, "a text that looks like a check");
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const bool numbered = column.identity && column.identity->automatic;
    if (numbered != (text.auto_increment == column.name)) refuse(entity, column.name);
    if (numbered) entity.columns[i].generated = "increment";
  }
}

/// [postgres] What a serial column makes is a sequence that belongs to it and has no settings.
void note_sequences(Plan& plan) {
  std::unordered_map<std::string, const Sequence*> sequences;
  for (const Sequence& sequence : plan.schema.sequences) {
    sequences.emplace(sequence.schema + '\0' + sequence.name, &sequence);
  }
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    const Table& table = plan.schema.tables[t];
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      ColumnCode& code = plan.entities[t].columns[i];
      const Column& column = table.columns[i];
      if (code.generated != "increment" || !column.default_value) continue;
      const std::string own = serial_name(table.name, column.name);
      const auto found = sequences.find(table.schema + '\0' + own);
      if (found == sequences.end()) continue;
      const Sequence& sequence = *found->second;
      const bool owned =
          sequence.owned_by_table.name == table.name && sequence.owned_by_column == column.name;
      if (!owned || sequence.options != SequenceOptions{}) code.lost.push_back("the sequence of");
    }
  }
}

/// [mysql] MysqlQueryRunner.loadTables() looks for the other columns of a unique index in all
/// tables.
void find_mixed_up_names(Plan& plan) {
  std::unordered_map<std::string_view, std::vector<std::string>> columns;
  const auto see = [&](const std::string& name, const std::vector<std::string>& of) {
    const auto [found, is_new] = columns.emplace(name, of);
    if (!is_new && found->second != of) plan.mixed_up.insert(name);
  };
  for (const Table& table : plan.schema.tables) {
    for (const Unique& unique : table.uniques) see(unique.name, unique.columns);
    for (const Index& index : table.indexes) {
      std::vector<std::string> of;
      for (const IndexPart& part : index.parts) of.push_back(part.expression.text);
      see(index.name, of);
    }
  }
}

void describe_relations(Plan& plan) {
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    plan.entities[t].related.assign(plan.schema.tables[t].foreign_keys.size(), false);
  }
  for (const RelationNames& relation : plan.names.relations) {
    EntityPlan& from = plan.entities[relation.table];
    const EntityPlan& to = plan.entities[relation.target];
    const ForeignKey& key = plan.schema.tables[relation.table].foreign_keys[relation.foreign_key];
    bool related = from.exists && to.exists && !key.columns.empty() &&
                   key.columns.size() == key.referenced.size();
    // A column that joins takes the type of the one that it refers to.
    for (std::size_t i = 0; related && i < key.columns.size(); ++i) {
      const auto own = from.places.find(key.columns[i]);
      const auto other = to.places.find(key.referenced[i]);
      related = own != from.places.end() && other != to.places.end() &&
                from.columns[own->second].type == to.columns[other->second].type;
    }
    from.related[relation.foreign_key] = related;
    const bool named = key.columns.size() == key.referenced.size() &&
                       is_plain_name(plan.schema.tables[relation.target].name);
    if (from.exists && !named) refuse(from, key.name);
  }
}

/// A 64-bit integer is a bigint to JavaScript where TypeORM does not compare it as a key: what it
/// generates itself, and the keys that it joins by, it has as text.
void widen_integers(Plan& plan) {
  std::vector<std::unordered_set<std::string_view>> keys(plan.entities.size());
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    const Table& table = plan.schema.tables[t];
    keys[t].insert(plan.entities[t].key.begin(), plan.entities[t].key.end());
    for (const ForeignKey& key : table.foreign_keys) {
      keys[t].insert(key.columns.begin(), key.columns.end());
    }
  }
  for (const RelationNames& relation : plan.names.relations) {
    const ForeignKey& key = plan.schema.tables[relation.table].foreign_keys[relation.foreign_key];
    keys[relation.target].insert(key.referenced.begin(), key.referenced.end());
  }
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    for (std::size_t i = 0; i < plan.schema.tables[t].columns.size(); ++i) {
      ColumnCode& code = plan.entities[t].columns[i];
      const bool text = code.value.compare(0, 6, "string") == 0;
      if (code.type != "bigint" || !text || !code.generated.empty()) continue;
      if (keys[t].contains(plan.schema.tables[t].columns[i].name)) continue;
      code.value = "bigint" + code.value.substr(6);
      code.transformer = "int64";
    }
  }
}

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name.find_first_of("\"'`.\\") == std::string_view::npos;
}

std::string Plan::member(std::size_t table, std::string_view column) const {
  const EntityPlan& entity = entities[table];
  const auto found = entity.places.find(column);
  return found == entity.places.end() ? std::string(column)
                                      : names.tables[table].members[found->second];
}

std::vector<std::string> Plan::members(std::size_t table,
                                       const std::vector<std::string>& columns) const {
  std::vector<std::string> result;
  result.reserve(columns.size());
  for (const std::string& column : columns) result.push_back(member(table, column));
  return result;
}

std::vector<Code::Member> action_options(const ForeignKey& key) {
  std::vector<Code::Member> options;
  const auto add = [&](const char* name, ReferentialAction action) {
    if (action == ReferentialAction::no_action) return;
    options.emplace_back(name, Code::string(std::string(action_words(action))));
  };
  add("onDelete", key.on_delete);
  add("onUpdate", key.on_update);
  if (key.deferrable) {
    options.emplace_back(
        "deferrable",
        Code::string(key.initially_deferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE"));
  }
  return options;
}

bool can_make(const View& view) {
  return !view.names_columns && view.check_option.empty() && view.options.empty() &&
         is_plain_name(view.name) && !view.columns.empty();
}

Plan make_plan(const TargetInput& input) {
  Plan plan{input,
            input.native,
            code_names(input.native, typescript(), "typeorm", is_imported),
            SchemaIndex(input.native),
            {},
            {},
            {},
            input.dialect.id() == "postgres",
            input.dialect.id() == "mysql",
            input.dialect.id() == "sqlite"};
  std::unordered_map<std::string, std::size_t> by_name;
  plan.entities.resize(plan.schema.tables.size());
  for (std::size_t t = 0; t < plan.schema.tables.size(); ++t) {
    const Table& table = plan.schema.tables[t];
    EntityPlan& entity = plan.entities[t];
    entity.exists = !table.partition_of && !table.columns.empty();
    if (plan.sqlite) by_name.emplace(table.name, t);
    if (!is_plain_name(table.name) || (!table.schema.empty() && !is_plain_name(table.schema))) {
      refuse(entity, "its name");
    }
    if (!table.server.empty()) refuse(entity, "being a foreign table");
    describe_columns(plan, table, entity);
    choose_key(table, entity);
  }
  if (plan.sqlite) {
    for (const std::string& statement : input.create) {
      SqliteTableText text = sqlite_table_text(statement);
      const auto found = by_name.find(text.table);
      if (text.read && found != by_name.end()) {
        plan.entities[found->second].text = std::move(text);
      }
    }
    for (std::size_t t = 0; t < plan.entities.size(); ++t) {
      look_at_text(plan.schema.tables[t], plan.entities[t]);
    }
  }
  if (plan.postgres) note_sequences(plan);
  if (plan.mysql) find_mixed_up_names(plan);
  describe_relations(plan);
  widen_integers(plan);
  for (const Table& table : plan.schema.tables) {
    if (table.primary_key) plan.constraint_names.insert(table.primary_key->name);
    for (const Unique& one : table.uniques) plan.constraint_names.insert(one.name);
    for (const ForeignKey& one : table.foreign_keys) plan.constraint_names.insert(one.name);
    for (const Check& one : table.checks) plan.constraint_names.insert(one.name);
    for (const Exclusion& one : table.exclusions) plan.constraint_names.insert(one.name);
  }
  return plan;
}

}  // namespace relata::emit::typeorm
