#include "diff/describe.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "diff/spell.h"

namespace relata::diff {
namespace {

std::vector<std::string> quoted(const std::vector<std::string>& values) {
  std::vector<std::string> out;
  for (const std::string& value : values) out.push_back("'" + replace_all(value, "'", "''") + "'");
  return out;
}

void add_options(Attributes& attributes, const std::vector<Option>& options) {
  for (const Option& option : options) {
    attributes.add("option " + to_lower(option.name), option.value.empty() ? "yes" : option.value);
  }
}

void add_deferral(Attributes& attributes, bool deferrable, bool initially_deferred) {
  attributes.flag("deferrable", deferrable);
  attributes.flag("initially deferred", initially_deferred);
}

void add_session(Attributes& attributes, const CreationSession& session) {
  attributes.implied("definer", session.definer.text);
  attributes.implied("SQL mode", session.sql_mode.text);
  attributes.implied("character set", session.character_set.text);
  attributes.implied("collation", session.collation.text);
}

/// Spellings of a default that every engine which has them takes for the same. The catalogs keep
/// them apart, so that a plan still brings one to the other.
std::string default_text(const std::optional<Expression>& value) {
  std::string text = spelled(value);
  if (text == "CURRENT_TIMESTAMP" || text == "transaction_timestamp()") return "now()";
  if (text.starts_with("ARRAY[]::") && text.find(' ') == std::string::npos) return "'{}'";
  return text;
}

/// DEFAULT NULL is what a column has without one.
bool is_null(const std::optional<Expression>& value) {
  if (!value) return true;
  if (value->operation == Operation::null) return true;
  return value->operation == Operation::sql &&
         to_lower(value->canonical.empty() ? value->text : value->canonical) == "null";
}

Item column_item(const Column& column) {
  Item item{"column", column.name, {}};
  Attributes& a = item.attributes;
  a.add("type", spelled(column.type));
  a.flag("not null", !column.nullable);
  if (!is_null(column.default_value)) a.add("default", default_text(column.default_value));
  if (column.generated) {
    a.add("generated", spelled(column.generated->expression));
    a.flag("virtual", !column.generated->stored);
  }
  if (column.identity) a.add("identity", spelled(*column.identity));
  a.add("collation", column.collation);
  a.add("comment", column.comment);
  a.add("character set", column.character_set);
  if (column.on_update) a.add("on update", spelled(*column.on_update));
  a.flag("invisible", column.invisible);
  a.flag("inherited", column.inherited);
  a.add("name of NOT NULL", column.not_null_name);
  add_options(a, column.options);
  return item;
}

Item primary_key_item(const PrimaryKey& key) {
  Item item{"primary key", "", {}};
  Attributes& a = item.attributes;
  a.add("columns", join(key.columns, ", "));
  a.add("name", key.name);
  a.add("include", join(key.include, ", "));
  add_deferral(a, key.deferrable, key.initially_deferred);
  a.flag("without overlaps", key.without_overlaps);
  for (std::size_t i = 0; i < key.prefix_lengths.size(); ++i) {
    if (key.prefix_lengths[i] != 0) {
      a.add("prefix of " + key.columns[i], std::to_string(key.prefix_lengths[i]));
    }
  }
  if (key.parent) a.add("attached to", spelled(*key.parent));
  add_options(a, key.options);
  a.implied("algorithm", key.algorithm.text);
  a.add("comment", key.comment);
  return item;
}

Item unique_item(const Unique& unique) {
  Item item{"unique", unique.name.empty() ? join(unique.columns, ", ") : unique.name, {}};
  Attributes& a = item.attributes;
  a.add("columns", join(unique.columns, ", "));
  a.add("include", join(unique.include, ", "));
  a.flag("nulls not distinct", unique.nulls_not_distinct);
  add_deferral(a, unique.deferrable, unique.initially_deferred);
  a.flag("without overlaps", unique.without_overlaps);
  if (unique.parent) a.add("attached to", spelled(*unique.parent));
  add_options(a, unique.options);
  a.add("comment", unique.comment);
  return item;
}

Item foreign_key_item(const ForeignKey& key) {
  Item item{"foreign key", key.name.empty() ? join(key.columns, ", ") : key.name, {}};
  Attributes& a = item.attributes;
  a.add("columns", join(key.columns, ", "));
  a.add("references", spelled(QualifiedName{key.table_schema, key.table}) + " (" +
                          join(key.referenced, ", ") + ")");
  a.add("on delete", spelled(key.on_delete));
  a.add("on update", spelled(key.on_update));
  a.add("sets null", join(key.set_null_columns, ", "));
  add_deferral(a, key.deferrable, key.initially_deferred);
  a.flag("match full", key.match_full);
  a.flag("not valid", !key.validated);
  a.flag("not enforced", !key.enforced);
  a.flag("inherited", key.inherited);
  a.flag("period", key.period);
  a.add("comment", key.comment);
  return item;
}

Item check_item(const Check& check) {
  Item item{"check", check.name.empty() ? spelled(check.expression) : check.name, {}};
  Attributes& a = item.attributes;
  a.add("expression", spelled(check.expression));
  a.flag("no inherit", check.no_inherit);
  a.flag("not valid", !check.validated);
  a.flag("not enforced", !check.enforced);
  a.flag("inherited", check.inherited);
  a.add("column", check.column);
  a.add("comment", check.comment);
  return item;
}

Item no_overlap_item(const NoOverlap& period) {
  Item item{"no overlap", period.name, {}};
  item.attributes.add("equal", join(period.equal, ", "));
  item.attributes.add("period", period.from + ", " + period.to);
  return item;
}

Item exclusion_item(const Exclusion& exclusion) {
  Item item{"exclusion", exclusion.name, {}};
  Attributes& a = item.attributes;
  a.add("method", exclusion.method);
  a.add("parts", spelled(exclusion.parts));
  a.add("operators", join(exclusion.operators, ", "));
  a.add("include", join(exclusion.include, ", "));
  a.add("where", spelled(exclusion.where));
  add_deferral(a, exclusion.deferrable, exclusion.initially_deferred);
  add_options(a, exclusion.options);
  a.add("comment", exclusion.comment);
  return item;
}

Item index_item(const Index& index) {
  Item item{"index", index.name.empty() ? spelled(index.parts) : index.name, {}};
  Attributes& a = item.attributes;
  a.add("parts", spelled(index.parts));
  a.flag("unique", index.unique);
  a.add("method", index.method);
  a.add("where", spelled(index.where));
  a.add("include", join(index.include, ", "));
  a.flag("nulls not distinct", index.nulls_not_distinct);
  a.flag("not valid", !index.valid);
  a.flag("only", index.only);
  if (index.parent) a.add("attached to", spelled(*index.parent));
  a.flag("clustered", index.clustered);
  a.flag("invisible", index.invisible);
  add_options(a, index.options);
  a.implied("algorithm", index.algorithm.text);
  a.add("comment", index.comment);
  return item;
}

Item trigger_item(const Trigger& trigger) {
  Item item{"trigger", trigger.name, {}};
  item.attributes.add("purpose", spelled(trigger.purpose));
  if (const auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
    item.attributes.add("enabled", body->enabled);
    item.attributes.add("comment", body->comment);
    add_session(item.attributes, body->session);
  }
  return item;
}

Item policy_item(const Policy& policy) {
  Item item{"policy", policy.name, {}};
  Attributes& a = item.attributes;
  a.add("command", spelled(policy.command));
  a.flag("restrictive", !policy.permissive);
  std::vector<std::string> roles = policy.roles;
  std::sort(roles.begin(), roles.end());
  a.add("roles", join(roles, ", "));
  a.add("using", spelled(policy.using_rows));
  a.add("with check", spelled(policy.with_check));
  a.add("comment", policy.comment);
  return item;
}

Item rule_item(const Rule& rule) {
  Item item{"rule", rule.name, {}};
  item.attributes.add("definition", rule.sql.comparable());
  item.attributes.add("enabled", rule.enabled);
  item.attributes.add("comment", rule.comment);
  return item;
}

template <class T, class Describe>
void add_items(std::vector<Item>& items, const std::vector<T>& values, Describe describe) {
  const std::size_t first = items.size();
  for (const T& value : values) items.push_back(describe(value));
  std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(first), items.end(),
                   [](const Item& a, const Item& b) { return a.name < b.name; });
}

Entry table_entry(const Table& table) {
  Entry entry{"table", {table.schema, table.name}, {}, {}};
  Attributes& a = entry.attributes;
  a.flag("unlogged", table.unlogged);
  if (table.partitioning) {
    a.add("partitioned by",
          table.partitioning->text.text.empty()
              ? table.partitioning->strategy + " (" + spelled(table.partitioning->parts) + ")"
              : table.partitioning->text.comparable());
  }
  if (table.partition_of) {
    a.add("partition of", spelled(table.partition_of->parent));
    a.add("bound", table.partition_of->bound.comparable());
  }
  std::vector<std::string> parents;
  for (const QualifiedName& parent : table.inherits) parents.push_back(spelled(parent));
  a.add("inherits", join(parents, ", "));
  if (table.of_type) a.add("of type", spelled(*table.of_type));
  a.add("server", table.server);
  a.add("replica identity", table.replica_identity);
  a.flag("row-level security", table.row_level_security);
  a.flag("row-level security forced", table.row_level_security_forced);
  a.add("comment", table.comment);
  a.implied("character set", table.character_set.text);
  a.implied("collation", table.collation.text);
  add_options(a, table.options);
  for (const Column& column : table.columns) entry.items.push_back(column_item(column));
  if (table.primary_key) entry.items.push_back(primary_key_item(*table.primary_key));
  add_items(entry.items, table.uniques, unique_item);
  add_items(entry.items, table.foreign_keys, foreign_key_item);
  add_items(entry.items, table.checks, check_item);
  add_items(entry.items, table.no_overlaps, no_overlap_item);
  add_items(entry.items, table.exclusions, exclusion_item);
  add_items(entry.items, table.indexes, index_item);
  add_items(entry.items, table.triggers, trigger_item);
  add_items(entry.items, table.policies, policy_item);
  add_items(entry.items, table.rules, rule_item);
  return entry;
}

/// SQLite keeps a view as text: "*" stands for the columns that there are whenever it is used.
bool follows_its_tables(const View& view) {
  return view.dialect == "sqlite" && !view.names_columns;
}

Entry view_entry(const View& view) {
  Entry entry{view.materialized ? "materialized view" : "view", {view.schema, view.name}, {}, {}};
  Attributes& a = entry.attributes;
  a.add("query", view.canonical.empty() ? view.sql : view.canonical);
  a.implied("columns", follows_its_tables(view) ? std::string() : join(view.columns, ", "));
  a.add("check option", view.check_option);
  a.add("comment", view.comment);
  a.add("comments of columns", join(view.column_comments, " | "));
  add_options(a, view.options);
  add_session(a, view.session);
  add_items(entry.items, view.indexes, index_item);
  add_items(entry.items, view.triggers, trigger_item);
  add_items(entry.items, view.rules, rule_item);
  return entry;
}

Entry domain_entry(const Domain& domain) {
  Entry entry{"domain", {domain.schema, domain.name}, {}, {}};
  Attributes& a = entry.attributes;
  a.add("type", spelled(domain.type));
  a.add("collation", domain.collation);
  a.flag("not null", !domain.nullable);
  a.add("default", spelled(domain.default_value));
  a.add("comment", domain.comment);
  add_items(entry.items, domain.checks, check_item);
  return entry;
}

Entry composite_entry(const CompositeType& type) {
  Entry entry{"composite type", {type.schema, type.name}, {}, {}};
  entry.attributes.add("comment", type.comment);
  for (const Column& attribute : type.attributes) entry.items.push_back(column_item(attribute));
  return entry;
}

Entry enumeration_entry(const Enumeration& type) {
  Entry entry{"enumeration", {type.schema, type.name}, {}, {}};
  entry.attributes.add("values", join(quoted(type.values), ", "));
  entry.attributes.add("comment", type.comment);
  return entry;
}

Entry sequence_entry(const Sequence& sequence) {
  Entry entry{"sequence", {sequence.schema, sequence.name}, {}, {}};
  Attributes& a = entry.attributes;
  a.add("type", sequence.type);
  a.add("numbering", spelled(sequence.options));
  if (!sequence.owned_by_table.name.empty()) {
    a.add("owned by", spelled(sequence.owned_by_table) + "." + sequence.owned_by_column);
  }
  a.flag("unlogged", sequence.unlogged);
  a.add("comment", sequence.comment);
  return entry;
}

Entry routine_entry(const Routine& routine) {
  Entry entry{
      routine.kind,
      {routine.schema, routine.name + (routine.kind == "event" || routine.sql.dialect != "postgres"
                                           ? ""
                                           : "(" + routine.arguments + ")")},
      {},
      {}};
  entry.attributes.add("definition", routine.sql.comparable());
  entry.attributes.add("comment", routine.comment);
  add_session(entry.attributes, routine.session);
  return entry;
}

Entry other_entry(const OtherObject& other) {
  Entry entry{other.kind, {other.schema, other.name}, {}, {}};
  entry.attributes.add("definition", other.sql.comparable());
  entry.attributes.add("comment", other.comment);
  return entry;
}

Entry grant_entry(const Grant& grant) {
  Entry entry{
      grant.revoked ? "revocation" : "grant",
      {grant.schema, grant.kind + " " + grant.name +
                         (grant.arguments.empty() ? "" : "(" + grant.arguments + ")") +
                         (grant.columns.empty() ? "" : " (" + join(grant.columns, ", ") + ")") +
                         " to " + (grant.grantee.empty() ? "PUBLIC" : grant.grantee)},
      {},
      {}};
  entry.attributes.add("privileges", join(grant.privileges, ", "));
  entry.attributes.flag("with grant option", grant.grantable);
  return entry;
}

template <class T, class Describe>
void add_entries(std::vector<Entry>& entries, const std::vector<T>& values, Describe describe) {
  const std::size_t first = entries.size();
  for (const T& value : values) entries.push_back(describe(value));
  std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(first), entries.end(),
                   [](const Entry& a, const Entry& b) {
                     return std::tie(a.object, a.name) < std::tie(b.object, b.name);
                   });
}

}  // namespace

std::string_view Attributes::value(std::string_view name) const {
  for (const auto& [key, text] : all_) {
    if (key == name) return text;
  }
  return {};
}

std::vector<Entry> entries_of(const Schema& schema) {
  std::vector<Entry> entries;
  add_entries(entries, schema.namespaces, [](const Namespace& n) {
    Entry entry{"schema", {"", n.name}, {}, {}};
    entry.attributes.add("comment", n.comment);
    return entry;
  });
  add_entries(entries, schema.extensions, [](const Extension& e) {
    Entry entry{"extension", {"", e.name}, {}, {}};
    entry.attributes.add("schema", e.schema);
    return entry;
  });
  add_entries(entries, schema.enumerations, enumeration_entry);
  add_entries(entries, schema.domains, domain_entry);
  add_entries(entries, schema.composite_types, composite_entry);
  add_entries(entries, schema.sequences, sequence_entry);
  add_entries(entries, schema.routines, routine_entry);
  add_entries(entries, schema.tables, table_entry);
  add_entries(entries, schema.views, view_entry);
  add_entries(entries, schema.others, other_entry);
  add_entries(entries, schema.grants, grant_entry);
  Entry database{"database", {}, {}, {}};
  add_options(database.attributes, schema.options);
  if (!database.attributes.all().empty()) entries.push_back(std::move(database));
  return entries;
}

}  // namespace relata::diff
