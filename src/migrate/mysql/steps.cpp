#include "migrate/mysql/steps.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"

namespace relata::migrate::mysql {
namespace {

/// What every change says, the first few of many.
std::string title_of(const std::vector<const Change*>& changes) {
  constexpr std::size_t most = 3;
  std::vector<std::string> titles;
  for (const Change* change : changes) {
    if (titles.size() == most) break;
    titles.push_back(change->title);
  }
  std::string title = join(titles, ", ");
  if (changes.size() > most) title += " and " + std::to_string(changes.size() - most) + " more";
  return title;
}

std::string alter_statement(const std::string& table, const std::vector<std::string>& clauses,
                            Cost cost) {
  return "ALTER TABLE " + MysqlClauses().name(table) + " " + join(clauses, ", ") +
         (clauses.empty() ? "" : ", ") + algorithm_clause(cost);
}

/// Partitioning stands behind the algorithm, and what only the catalog notices takes none.
std::string partition_statement(const std::string& table, const std::string& clause, Cost cost) {
  const std::string words = cost == Cost::copy ? algorithm_clause(cost) + " " : "";
  return "ALTER TABLE " + MysqlClauses().name(table) + " " + words + clause;
}

/// Whether a CAST or CONVERT to a text says no character set, so that it has the session's.
bool depends_on_names(std::string_view statement) {
  const bool ascii = std::all_of(statement.begin(), statement.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return false;  // in another character set its bytes would mean something else
  const std::string lower = to_lower(statement);
  return lower.find(" as char") != std::string::npos || lower.find("convert(") != std::string::npos;
}

Action alter_action(const TableDelta& delta, const std::vector<const Change*>& changes,
                    bool forward) {
  Action action;
  std::vector<std::string> clauses;
  Cost cost = Cost::instant;
  for (const Change* change : changes) {
    const auto& own = forward ? change->forward : change->back;
    clauses.insert(clauses.end(), own.begin(), own.end());
    cost = together(cost, forward ? change->forward_cost : change->back_cost);
  }
  const std::string& table = delta.to->name;
  if (changes.front()->is_partitioning) {
    action.statements = {partition_statement(table, clauses.front(), cost)};
  } else {
    action.statements = {alter_statement(table, clauses, cost)};
  }
  // Else the server refuses to change a table whose history is kept; only MariaDB has such tables.
  if (delta.traits.versioned) {
    action.settings = {"SET SESSION system_versioning_alter_history = KEEP"};
  }
  describe_cost(action, cost, table);
  if (depends_on_names(action.statements.front())) run_in_names(action);
  return action;
}

std::string key_names(const std::vector<TableKey>& keys) {
  std::vector<std::string> names;
  for (const TableKey& entry : keys) names.push_back(entry.key->name);
  return (names.size() == 1 ? "foreign key " : "foreign keys ") + join(names, ", ") + " of " +
         keys.front().table->name;
}

std::string promise_of(const TableKey& entry) {
  return "every row of " + entry.table->name + " has its " + join(entry.key->columns, ", ") +
         " in " + entry.key->table;
}

/// The rows whose key leads nowhere; a NULL in it leads nowhere and need not.
std::string orphans(const TableKey& entry) {
  const MysqlClauses clauses;
  const ForeignKey& key = *entry.key;
  std::vector<std::string> pairs;
  std::vector<std::string> set;
  for (std::size_t i = 0; i < key.columns.size() && i < key.referenced.size(); ++i) {
    const std::string child = "relata_child." + clauses.name(key.columns[i]);
    pairs.push_back("relata_parent." + clauses.name(key.referenced[i]) + " = " + child);
    set.push_back(child + " IS NOT NULL");
  }
  std::string parent = clauses.name(key.table);
  if (!key.table_schema.empty()) parent = clauses.name(key.table_schema) + "." + parent;
  return "SELECT 1 FROM " + clauses.name(entry.table->name) + " AS relata_child WHERE " +
         join(set, " AND ") + " AND NOT EXISTS (SELECT 1 FROM " + parent +
         " AS relata_parent WHERE " + join(pairs, " AND ") + ")";
}

/// The index that the server made for a key without a name, and would make again under the key's
/// own name: it has the name of the key's first column. Nothing where it cannot be such a one.
const Index* unnamed_index(const TableKey& entry) {
  const std::vector<std::string>& columns = entry.key->columns;
  for (const Index& index : entry.table->indexes) {
    const bool plain = !index.unique && index.method.empty() && index.comment.empty();
    if (!plain || index.parts.size() != columns.size() || index.name == entry.key->name) continue;
    if (!to_lower(index.name).starts_with(to_lower(columns.front()))) continue;
    const bool same = std::equal(columns.begin(), columns.end(), index.parts.begin(),
                                 [](const std::string& column, const IndexPart& part) {
                                   return to_lower(column) == to_lower(part.expression.text) &&
                                          part.prefix_length == 0;
                                 });
    if (same) return &index;
  }
  return nullptr;
}

std::vector<std::string> key_clauses(const std::vector<TableKey>& keys, bool add) {
  const MysqlClauses clauses;
  std::vector<std::string> texts;
  std::set<const Index*> kept;
  for (const TableKey& entry : keys) {
    const Index* index = add ? unnamed_index(entry) : nullptr;
    if (index != nullptr && kept.insert(index).second) {
      texts.push_back("DROP KEY " + clauses.name(index->name));
      texts.push_back("ADD " + clauses.index(*index));
    }
    texts.push_back(add ? "ADD " + clauses.foreign_key(*entry.key)
                        : "DROP FOREIGN KEY " + clauses.name(entry.key->name));
  }
  return texts;
}

Action disconnect_action(const std::vector<TableKey>& keys) {
  Action action;
  const std::string& table = keys.front().table->name;
  action.statements = {alter_statement(table, key_clauses(keys, false), Cost::metadata)};
  describe_cost(action, Cost::metadata, table);
  return action;
}

/// Adds the keys; of a large table without looking at its rows.
Action connect_action(const std::vector<TableKey>& keys, bool large) {
  Action action;
  const std::string& table = keys.front().table->name;
  const Cost cost = large ? Cost::online : Cost::copy;
  action.statements = {alter_statement(table, key_clauses(keys, true), cost)};
  describe_cost(action, cost, table);
  if (large) {
    action.settings = {"SET SESSION foreign_key_checks = 0"};
    action.statements.emplace_back("SET SESSION foreign_key_checks = 1");
    action.scans = false;
  }
  return action;
}

}  // namespace

Action assertion(const std::string& promise, const std::string& query) {
  const MysqlClauses clauses;
  const std::string name = clauses.name(MysqlDialect().fit(promise));
  Action action;
  action.transactional = false;
  action.scans = true;
  // A SELECT reads without locks where INSERT ... SELECT would take them; the check's name is what
  // the server says when it fails.
  action.statements = {"CREATE TEMPORARY TABLE relata_promise (broken INT NOT NULL, CONSTRAINT " +
                           name + " CHECK (broken = 0))",
                       "SELECT EXISTS (" + query + ") INTO @relata_broken",
                       "INSERT INTO relata_promise VALUES (@relata_broken)",
                       "DROP TEMPORARY TABLE relata_promise"};
  action.cleanup = {"DROP TEMPORARY TABLE IF EXISTS relata_promise"};
  return action;
}

void run_in_names(Action& action, const std::string& set, const std::string& collation) {
  action.settings.emplace_back(
      "SET @relata_client = @@SESSION.character_set_client, @relata_results = "
      "@@SESSION.character_set_results, @relata_connection = @@SESSION.collation_connection");
  const bool own = !set.empty() && collation.starts_with(set);
  action.settings.push_back("SET NAMES " +
                            (set.empty() ? "/*M!100300 utf8mb3 *//*!80000 utf8mb4 */" : set) +
                            (own ? " COLLATE " + collation : ""));
  if (!collation.empty() && !own) {
    action.settings.push_back("SET SESSION collation_connection = " + collation);
  }
  action.statements.emplace_back(
      "SET SESSION character_set_client = @relata_client, character_set_results = "
      "@relata_results, collation_connection = @relata_connection");
}

Step alter_step(const TableDelta& delta, const std::vector<const Change*>& changes) {
  Step step;
  step.title = title_of(changes) + " of " + delta.to->name;
  step.forward = alter_action(delta, changes, true);
  std::vector<const Change*> reversed(changes.begin(), changes.end());
  step.back = alter_action(delta, reversed, false);
  std::vector<std::string> losses;
  for (const Change* change : changes) {
    if (!change->loss.empty()) losses.push_back(change->loss);
    if (change->contracts) step.phase = Phase::contract;
  }
  step.loss = join(losses, "; ");
  return step;
}

Step filling_step(const TableDelta& delta, const Filling& filling) {
  const MysqlClauses clauses;
  Step step;
  const std::string table = clauses.name(delta.from->name);
  const std::string column = clauses.name(filling.column);
  if (filling.value.empty()) {
    step.title =
        "make sure that every row of " + delta.from->name + " has a value in " + filling.column;
    step.forward =
        assertion("every row of " + delta.from->name + " has a value in " + filling.column,
                  "SELECT 1 FROM " + table + " WHERE " + column + " IS NULL");
    return step;
  }
  step.phase = Phase::backfill;
  step.title = "fill in " + filling.column + " of " + delta.from->name + " where it has no value";
  const std::string set = column + " = " + filling.value;
  const std::string where = column + " IS NULL";
  step.forward.statements = {"UPDATE " + table + " SET " + set + " WHERE " + where};
  step.forward.scans = true;
  step.forward.lock = "rows";
  step.forward.blocks = "writes of the rows of " + delta.from->name + " that are filled in";
  if (delta.from->primary_key && !delta.key_changed) {
    step.forward.backfill = Backfill{
        {delta.from->schema, delta.from->name}, delta.from->primary_key->columns, set, where};
  }
  step.loss = "which rows of " + delta.from->name + " had no value in " + filling.column;
  return step;
}

std::vector<Step> connect_steps(const std::vector<TableKey>& keys, bool large) {
  std::vector<Step> steps;
  Step step;
  step.title = "add the " + key_names(keys);
  step.forward = connect_action(keys, large);
  step.back = disconnect_action(keys);
  steps.push_back(std::move(step));
  if (!large) return steps;
  for (const TableKey& entry : keys) {
    Step look;
    look.title = "make sure that " + promise_of(entry);
    look.forward = assertion(promise_of(entry), orphans(entry));
    steps.push_back(std::move(look));
  }
  return steps;
}

std::vector<Step> disconnect_steps(const std::vector<TableKey>& keys, bool large) {
  std::vector<Step> steps;
  if (large) {
    for (const TableKey& entry : keys) {
      Step look;
      look.title = "on the way back, make sure that " + promise_of(entry);
      look.back = assertion(promise_of(entry), orphans(entry));
      steps.push_back(std::move(look));
    }
  }
  Step step;
  step.title = "drop the " + key_names(keys);
  step.forward = disconnect_action(keys);
  step.back = connect_action(keys, large);
  steps.push_back(std::move(step));
  return steps;
}

Step create_table_step(const Table& table, const std::vector<const ForeignKey*>& keys) {
  const MysqlClauses clauses;
  Step step;
  step.title = "make the table " + table.name;
  step.forward.statements = {clauses.create_table(table, keys)};
  step.forward.transactional = false;
  if (depends_on_names(step.forward.statements.front())) run_in_names(step.forward);
  step.back.statements = {"DROP TABLE " + clauses.name(table.name)};
  step.back.transactional = false;
  return step;
}

Step drop_table_step(const Table& table, const std::vector<const ForeignKey*>& keys) {
  Step step = create_table_step(table, keys);
  step.phase = Phase::contract;
  step.title = "drop the table " + table.name;
  std::swap(step.forward, step.back);
  step.forward.lock = "metadata";
  step.loss = "the rows of the table " + table.name;
  return step;
}

}  // namespace relata::migrate::mysql
