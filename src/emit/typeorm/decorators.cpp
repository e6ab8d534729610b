#include "emit/typeorm/decorators.h"

#include <algorithm>
#include <array>
#include <variant>

#include "base/text.h"

namespace relata::emit::typeorm {
namespace {

Code flag() { return Code::text("true"); }

std::vector<std::string> columns_of(const std::vector<IndexPart>& parts) {
  std::vector<std::string> columns;
  for (const IndexPart& part : parts) columns.push_back(part.expression.text);
  return columns;
}

bool is_plain(const IndexPart& part) {
  return part.expression.operation == Operation::column && !part.descending &&
         part.operator_class.empty() && !part.nulls_first && part.collation.empty() &&
         part.prefix_length == 0;
}

/// What @Index says of it; nothing when it says less than the database has.
bool index_options(const Plan& plan, const Index& index, std::vector<Code::Member>& options) {
  static constexpr std::array methods{"btree", "brin", "gin", "gist", "hash", "spgist"};
  if (!std::all_of(index.parts.begin(), index.parts.end(), is_plain)) return false;
  if (!index.include.empty() || index.nulls_not_distinct || !index.valid || index.only ||
      index.invisible || !is_plain_name(index.name)) {
    return false;
  }
  if (index.unique && index.parts.size() == 1 && plan.mixed_up.contains(index.name)) return false;
  if (index.unique) options.emplace_back("unique", flag());
  if (plan.mysql) {
    if (index.method == "fulltext" || index.method == "spatial") {
      options.emplace_back(index.method, flag());
    } else if (!index.method.empty()) {
      return false;
    }
    return index.options.empty();
  }
  if (plan.postgres && !index.method.empty() && index.method != "btree") {
    if (std::find(methods.begin(), methods.end(), index.method) == methods.end()) return false;
    options.emplace_back("type", Code::string(index.method));
  }
  if (index.where) options.emplace_back("where", Code::sql(index.where->text));
  // TypeORM looks past an index that has the name of any constraint.
  return index.options.empty() && !(plan.postgres && plan.constraint_names.contains(index.name));
}

void add_unique(const Plan& plan, std::size_t t, const Unique& unique, Decorators& out) {
  if (unique.columns.size() == 1 && plan.mixed_up.contains(unique.name)) {
    out.add("Index",
            {Code::string(unique.name), Code::object({{"synchronize", Code::text("false")}})});
    out.notes.push_back("index " + unique.name);
    return;
  }
  std::vector<Code> arguments;
  if (!unique.name.empty()) arguments.push_back(Code::string(unique.name));
  arguments.push_back(Code::strings(plan.members(t, unique.columns)));
  std::vector<Code::Member> options;
  if (unique.deferrable) {
    options.emplace_back(
        "deferrable",
        Code::string(unique.initially_deferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE"));
  }
  out.add("Unique", std::move(arguments), std::move(options));
  if (!unique.include.empty()) out.notes.push_back("INCLUDE of " + unique.name);
  if (unique.nulls_not_distinct) out.notes.push_back("NULLS NOT DISTINCT of " + unique.name);
  if (unique.without_overlaps) out.notes.push_back("WITHOUT OVERLAPS of " + unique.name);
  if (!unique.options.empty()) out.notes.push_back("the settings of " + unique.name);
  if (!unique.comment.empty()) out.notes.push_back("the comment of " + unique.name);
}

void add_check(const Plan& plan, const EntityPlan& entity, const Check& check, Decorators& out) {
  const bool seen = !plan.sqlite || (entity.text && entity.text->checks.contains(check.name));
  if (plan.mysql || check.name.empty() || !seen) {
    out.notes.push_back("check " + (check.name.empty() ? check.expression.text : check.name));
    return;
  }
  out.add("Check", {Code::string(check.name), Code::sql(check.expression.text)});
  if (check.no_inherit) out.notes.push_back("NO INHERIT of " + check.name);
  if (!check.validated) out.notes.push_back("NOT VALID of " + check.name);
  if (!check.enforced) out.notes.push_back("NOT ENFORCED of " + check.name);
  if (!check.comment.empty()) out.notes.push_back("the comment of " + check.name);
}

std::string part_sql(const Plan& plan, const IndexPart& part) {
  std::string sql = part.expression.operation == Operation::column
                        ? plan.input.dialect.identifier(part.expression.text)
                        : "(" + part.expression.text + ")";
  if (!part.collation.empty()) sql += " COLLATE " + plan.input.dialect.identifier(part.collation);
  if (!part.operator_class.empty()) sql += " " + part.operator_class;
  if (part.descending) sql += " DESC";
  if (part.nulls_first) sql += *part.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return sql;
}

void add_exclusion(const Plan& plan, const Exclusion& exclusion, Decorators& out) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < exclusion.parts.size(); ++i) {
    const std::string sign = i < exclusion.operators.size() ? exclusion.operators[i] : "=";
    parts.push_back(part_sql(plan, exclusion.parts[i]) + " WITH " + sign);
  }
  std::string sql =
      "USING " + (exclusion.method.empty() ? "btree" : exclusion.method) + " (" + join(parts, ", ");
  sql += ")";
  if (!exclusion.include.empty()) {
    std::vector<std::string> columns;
    for (const std::string& name : exclusion.include) {
      columns.push_back(plan.input.dialect.identifier(name));
    }
    sql += " INCLUDE (" + join(columns, ", ") + ")";
  }
  if (exclusion.where) sql += " WHERE (" + exclusion.where->text + ")";
  std::vector<Code::Member> options;
  if (exclusion.deferrable) {
    options.emplace_back(
        "deferrable",
        Code::string(exclusion.initially_deferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE"));
  }
  out.add("Exclusion", {Code::string(exclusion.name), Code::sql(sql)}, std::move(options));
  if (!exclusion.comment.empty()) out.notes.push_back("the comment of " + exclusion.name);
}

void add_key(const Plan& plan, const RelationNames& relation, Decorators& out) {
  const ForeignKey& key = plan.schema.tables[relation.table].foreign_keys[relation.foreign_key];
  const EntityPlan& target = plan.entities[relation.target];
  const bool known =
      std::all_of(key.referenced.begin(), key.referenced.end(),
                  [&](const std::string& one) { return target.places.contains(one); });
  if (!target.exists || !known || key.columns.size() != key.referenced.size()) {
    out.notes.push_back("foreign key " + key.name);
    return;
  }
  std::vector<Code::Member> options;
  if (!key.name.empty()) options.emplace_back("name", Code::string(key.name));
  for (Code::Member& option : action_options(key)) options.push_back(std::move(option));
  out.entities.insert(relation.target);
  out.add("ForeignKey",
          {Code::function(Code::text(plan.names.tables[relation.target].entity)),
           Code::strings(plan.members(relation.table, key.columns)),
           Code::strings(plan.members(relation.target, key.referenced))},
          std::move(options));
}

/// [mysql] TypeORM looks past an index that is named like a foreign key, which the server makes for
/// that key where no other index serves it.
bool is_made_for_key(const Table& table, const Index& index) {
  return std::any_of(table.foreign_keys.begin(), table.foreign_keys.end(),
                     [&](const ForeignKey& key) { return key.name == index.name; });
}

void note_key(const ForeignKey& key, Decorators& out) {
  if (key.match_full) out.notes.push_back("MATCH FULL of " + key.name);
  if (!key.validated) out.notes.push_back("NOT VALID of " + key.name);
  if (!key.enforced) out.notes.push_back("NOT ENFORCED of " + key.name);
  if (key.period) out.notes.push_back("PERIOD of " + key.name);
  if (!key.set_null_columns.empty()) {
    out.notes.push_back("the columns that " + key.name + " sets to NULL");
  }
  if (!key.comment.empty()) out.notes.push_back("the comment of " + key.name);
}

void note_primary_key(const Plan& plan, const Table& table, Decorators& out) {
  if (!table.primary_key) return;
  const PrimaryKey& key = *table.primary_key;
  const std::string of = " of the primary key";
  std::vector<std::string> in_order;
  for (const Column& column : table.columns) {
    if (std::find(key.columns.begin(), key.columns.end(), column.name) != key.columns.end()) {
      in_order.push_back(column.name);
    }
  }
  const bool prefixed = std::any_of(key.prefix_lengths.begin(), key.prefix_lengths.end(),
                                    [](int length) { return length > 0; });
  if (in_order != key.columns) out.notes.push_back("the order" + of);
  if (prefixed) out.notes.push_back("the prefixes" + of);
  if (!key.include.empty()) out.notes.push_back("INCLUDE" + of);
  if (key.deferrable) out.notes.push_back("DEFERRABLE" + of);
  if (key.without_overlaps) out.notes.push_back("WITHOUT OVERLAPS" + of);
  if (!key.comment.empty()) out.notes.push_back("the comment" + of);
  if (plan.postgres && !key.options.empty()) out.notes.push_back("the settings" + of);
}

void note_rest(const Plan& plan, const Table& table, Decorators& out) {
  for (const Trigger& trigger : table.triggers) out.notes.push_back("trigger " + trigger.name);
  if (table.row_level_security) out.notes.emplace_back("row-level security");
  for (const Policy& policy : table.policies) out.notes.push_back("policy " + policy.name);
  for (const Rule& rule : table.rules) out.notes.push_back("rule " + rule.name);
  if (table.partitioning) out.notes.emplace_back("partitions");
  for (const QualifiedName& parent : table.inherits) {
    out.notes.push_back("INHERITS " + parent.name);
  }
  if (table.unlogged) out.notes.emplace_back("UNLOGGED");
  if (!table.replica_identity.empty()) out.notes.emplace_back("the replica identity");
  const bool strict = std::any_of(table.options.begin(), table.options.end(),
                                  [](const Option& option) { return option.name == "STRICT"; });
  if (plan.sqlite && strict) out.notes.emplace_back("STRICT");
  if (plan.postgres && !table.options.empty()) out.notes.emplace_back("storage settings");
}

}  // namespace

void Decorators::add(const std::string& decorator, std::vector<Code> arguments) {
  imports.insert(decorator);
  calls.push_back(Code::call(decorator, std::move(arguments)));
}

void Decorators::add(const std::string& decorator, std::vector<Code> arguments,
                     std::vector<Code::Member> options) {
  if (!options.empty()) arguments.push_back(Code::object(std::move(options)));
  add(decorator, std::move(arguments));
}

bool stands_alone(const EntityPlan& entity, const RelationNames& relation, const ForeignKey& key) {
  return !entity.related[relation.foreign_key] || key.columns.size() > 1 || relation.one_to_one;
}

void add_index(const Plan& plan, const Index& index, const TableNames& names,
               const std::vector<std::string>& columns, Decorators& out) {
  std::vector<Code::Member> options;
  if (!index_options(plan, index, options)) {
    out.add("Index",
            {Code::string(index.name), Code::object({{"synchronize", Code::text("false")}})});
    out.notes.push_back("index " + index.name);
    return;
  }
  std::vector<std::string> members;
  for (const std::string& column : columns_of(index.parts)) {
    const auto found = std::find(columns.begin(), columns.end(), column);
    const auto place = static_cast<std::size_t>(found - columns.begin());
    members.push_back(place < names.members.size() ? names.members[place] : column);
  }
  out.add("Index", {Code::string(index.name), Code::strings(members)}, std::move(options));
  if (!index.comment.empty()) out.notes.push_back("the comment of " + index.name);
  if (index.clustered) out.notes.push_back("CLUSTER ON " + index.name);
}

Decorators table_decorators(const Plan& plan, std::size_t t) {
  const Table& table = plan.schema.tables[t];
  const EntityPlan& entity = plan.entities[t];
  Decorators out;
  for (const Unique& unique : table.uniques) add_unique(plan, t, unique, out);
  std::vector<std::string> columns;
  for (const Column& column : table.columns) columns.push_back(column.name);
  for (const Index& index : table.indexes) {
    if (plan.mysql && is_made_for_key(table, index)) continue;
    add_index(plan, index, plan.names.tables[t], columns, out);
  }
  for (const std::size_t place : plan.names.tables[t].forward) {
    const RelationNames& relation = plan.names.relations[place];
    const ForeignKey& key = table.foreign_keys[relation.foreign_key];
    if (stands_alone(entity, relation, key)) add_key(plan, relation, out);
    note_key(key, out);
  }
  for (const Check& check : table.checks) add_check(plan, entity, check, out);
  for (const Exclusion& exclusion : table.exclusions) add_exclusion(plan, exclusion, out);
  note_primary_key(plan, table, out);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    for (const std::string& lost : entity.columns[i].lost) {
      out.notes.push_back(lost + " " + table.columns[i].name);
    }
  }
  note_rest(plan, table, out);
  return out;
}

}  // namespace relata::emit::typeorm
