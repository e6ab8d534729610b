#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/sqlite_plan.h"

namespace relata {
namespace {

/// The statements of one trigger, in the order in which they must run.
struct Body {
  std::vector<std::string> maintained;  ///< Assignments to the columns that the trigger keeps.
  std::vector<std::string> statements;
};

class TableTriggers {
 public:
  TableTriggers(SqlitePlan& plan, const SqliteDialect& dialect, NameScope& names)
      : plan_(plan), dialect_(dialect), names_(names) {}

  void write(Table& table, const std::vector<std::pair<std::string, ForeignKey>>& to_null) {
    table_ = &table;
    for (const Trigger& trigger : table.triggers) collect_maintained(trigger.purpose);
    if (!update_.maintained.empty()) {
      if (!version_.empty()) update_.statements.push_back(mark_version());
      update_.statements.push_back("UPDATE " + name(table.name) + " SET " +
                                   join(update_.maintained, ", ") + " WHERE " + this_row("NEW."));
    }
    for (const Trigger& trigger : table.triggers) std::visit(*this, trigger.purpose);
    for (const NoOverlap& period : table.no_overlaps) refuse_overlap(period);
    for (const auto& [child, key] : to_null) {
      before_delete_.push_back("UPDATE " + name(child) + " SET " +
                               sets_null(dialect_, nulled_columns(key)) + " WHERE " +
                               matches_old(dialect_, key));
    }
    table.triggers = std::move(kept_);
    table.no_overlaps.clear();
    add("_before_update", "BEFORE UPDATE", before_update_);
    add("_before_delete", "BEFORE DELETE", before_delete_);
    add("_after_insert", "AFTER INSERT", insert_);
    add("_after_update", "AFTER UPDATE" + changing_columns(), update_.statements);
    add("_after_delete", "AFTER DELETE", delete_);
    if (!version_.empty()) keep_version();
  }

  void operator()(const TouchUpdatedAt&) {}
  void operator()(const BumpVersion&) {}

  void operator()(const WriteAudit& audit) {
    const std::string entity = dialect_.string_literal(audit.entity_type);
    const auto entry = [&](std::string_view action, std::string_view row, const std::string& before,
                           const std::string& after) {
      std::string columns = "action, entity_type, entity_id, before, after";
      std::string values = dialect_.string_literal(action) + ", " + entity + ", " +
                           std::string(row) + name(audit.key_column) + ",\n    " + before +
                           ",\n    " + after;
      if (!audit.log_tenant_column.empty()) {
        columns += ", " + name(audit.log_tenant_column);
        values += ",\n    " + (audit.tenant_column.empty()
                                   ? std::string("NULL")
                                   : std::string(row) + name(audit.tenant_column));
      }
      if (!audit.log_actor_column.empty()) {
        columns += ", " + name(audit.log_actor_column);
        values += ",\n    (SELECT actor_id FROM " + std::string(sqlite_session_table) + ")";
        plan_.session_context = true;
      }
      return "INSERT INTO " + name(audit.log_table) + " (" + columns + ")\n    SELECT " + values;
    };
    insert_.push_back(entry("create", "NEW.", "NULL", snapshot(audit, "NEW.")));
    // The row as the statement above left it, not as the application's UPDATE did.
    update_.statements.push_back(
        entry("update", "OLD.", snapshot(audit, "OLD."), snapshot(audit, "changed.")) +
        "\n    FROM " + name(table_->name) + " AS changed WHERE " + this_row("NEW.", "changed."));
    delete_.push_back(entry("delete", "OLD.", snapshot(audit, "OLD."), "NULL"));
  }

  void operator()(const WriteHistory& history) {
    const std::string target = name(history.history_table);
    const std::string key = name(history.history_key_column);
    const std::string from = name(history.from);
    const std::string to = name(history.to);
    std::vector<std::string> copied = history.carried;
    copied.insert(copied.end(), history.columns.begin(), history.columns.end());
    std::vector<std::string> changes;
    for (const std::string& column : history.columns) {
      changes.push_back("NEW." + name(column) + " IS NOT OLD." + name(column));
    }
    const std::string changed = "(" + join(changes, " OR ") + ")";
    // A period is never empty, even when a row changes twice within a millisecond.
    const std::string close = "UPDATE " + target + " SET " + to + " = max(" +
                              std::string(sqlite_now) + ",\n      strftime('%Y-%m-%dT%H:%M:%fZ', " +
                              from + ", '+0.001 seconds'))\n    WHERE " + key + " = OLD." +
                              name(history.key_column) + " AND " + to + " IS NULL";
    const std::string open =
        "INSERT INTO " + target + " (" + key + ", " + dialect_.identifiers(copied) + ", " + from +
        ")\n    SELECT NEW." + name(history.key_column) + ", " + prefixed("NEW.", copied) +
        ",\n      max(" + std::string(sqlite_now) + ", coalesce((SELECT max(" + to + ") FROM " +
        target + " WHERE " + key + " = NEW." + name(history.key_column) + "), ''))";
    insert_.push_back(open);
    update_.statements.push_back(close + " AND " + changed);
    update_.statements.push_back(open + "\n    WHERE " + changed);
    delete_.push_back(close);
  }

  void operator()(const AppendOnly&) {
    const std::string refuse =
        "SELECT RAISE(ABORT, " +
        dialect_.string_literal("rows of " + table_->name + " never change") + ")";
    before_update_.push_back(refuse);
    before_delete_.push_back(refuse);
  }

  void operator()(const TriggerBody& body) { kept_.push_back({{}, body, {}}); }

 private:
  [[nodiscard]] std::string name(std::string_view text) const { return dialect_.identifier(text); }

  [[nodiscard]] std::string prefixed(std::string_view prefix,
                                     const std::vector<std::string>& columns) const {
    std::vector<std::string> spelled;
    for (const std::string& column : columns) spelled.push_back(std::string(prefix) + name(column));
    return join(spelled, ", ");
  }

  /// "id = NEW.id" by the primary key, else by the row's number.
  [[nodiscard]] std::string this_row(std::string_view row, std::string_view own = "") const {
    if (!table_->primary_key) return std::string(own) + "rowid = " + std::string(row) + "rowid";
    std::vector<std::string> tests;
    for (const std::string& column : table_->primary_key->columns) {
      tests.push_back(std::string(own) + name(column) + " = " + std::string(row) + name(column));
    }
    return join(tests, " AND ");
  }

  void collect_maintained(const TriggerPurpose& purpose) {
    if (const auto* touch = std::get_if<TouchUpdatedAt>(&purpose)) {
      update_.maintained.push_back(name(touch->column) + " = " + std::string(sqlite_now));
      maintained_columns_.push_back(touch->column);
    }
    if (const auto* bump = std::get_if<BumpVersion>(&purpose)) {
      update_.maintained.push_back(name(bump->column) + " = OLD." + name(bump->column) + " + 1");
      maintained_columns_.push_back(bump->column);
      version_ = name(bump->column);
    }
  }

  /// Makes a version that the application wrote a fraction for a moment, by which keep_version()
  /// knows the next change for the trigger's own.
  [[nodiscard]] std::string mark_version() const {
    return "UPDATE " + name(table_->name) + " SET " + version_ + " = OLD." + version_ +
           " + 0.5 WHERE " + this_row("NEW.") + " AND " + version_ + " <> OLD." + version_;
  }

  /// An UPDATE of nothing but the version, which the trigger above does not hear of, still adds
  /// one.
  void keep_version() {
    const std::string trigger = names_.claim(table_->name + "_keep_version");
    std::string sql = "CREATE TRIGGER " + name(trigger) + " AFTER UPDATE OF " + version_ + " ON " +
                      name(table_->name) + "\nWHEN NEW." + version_ + " <> OLD." + version_ +
                      " + 1 AND typeof(NEW." + version_ + ") = 'integer' AND typeof(OLD." +
                      version_ + ") = 'integer'\nBEGIN\n  " + mark_version() + ";\n  UPDATE " +
                      name(table_->name) + " SET " + join(update_.maintained, ", ") + " WHERE " +
                      this_row("NEW.") + ";\nEND";
    table_->triggers.push_back(
        trigger_statement(trigger, std::move(sql), dialect_, table_->origin));
  }

  /// The columns whose UPDATE fires the trigger: not those that it sets itself, which is what keeps
  /// it from firing again, whether recursive_triggers is on or off. Empty: every UPDATE.
  [[nodiscard]] std::string changing_columns() const {
    if (maintained_columns_.empty()) return {};
    std::vector<std::string> columns;
    for (const Column& column : table_->columns) {
      const bool maintained = std::find(maintained_columns_.begin(), maintained_columns_.end(),
                                        column.name) != maintained_columns_.end();
      if (!maintained && !column.generated) columns.push_back(name(column.name));
    }
    return columns.empty() ? std::string() : " OF " + join(columns, ", ");
  }

  /// json_object() of the audited columns of the row named by the prefix.
  [[nodiscard]] std::string snapshot(const WriteAudit& audit, const std::string& row) const {
    std::vector<std::string> members;
    for (const std::string& column : audit.columns) {
      const Column* found = table_->find_column(column);
      if (found == nullptr) continue;
      members.push_back(dialect_.string_literal(column) + ", " + json_value(*found, row));
    }
    return "json_object(" + join(members, ", ") + ")";
  }

  [[nodiscard]] std::string json_value(const Column& column, const std::string& row) const {
    const std::string value = row + name(column.name);
    if (column.type.kind == TypeKind::json || column.type.array_dimensions > 0) {
      return "json(" + value + ")";
    }
    if (column.type.kind == TypeKind::boolean) {
      return "json(CASE " + value + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)";
    }
    if (column.type.kind == TypeKind::binary) {
      return "CASE WHEN " + value + " IS NOT NULL THEN '\\x' || lower(hex(" + value + ")) END";
    }
    return value;
  }

  void refuse_overlap(const NoOverlap& period) {
    const std::string from = name(period.from);
    const std::string to = name(period.to);
    std::vector<std::string> tests;
    for (const std::string& column : period.equal) {
      tests.push_back("other." + name(column) + " = NEW." + name(column));
    }
    tests.push_back("(NEW." + to + " IS NULL OR other." + from + " < NEW." + to + ")");
    tests.push_back("(other." + to + " IS NULL OR NEW." + from + " < other." + to + ")");
    const std::string refuse =
        "SELECT RAISE(ABORT, " + dialect_.string_literal(period.name + ": periods overlap") +
        ") WHERE EXISTS (\n    SELECT 1 FROM " + name(table_->name) + " AS other\n    WHERE NOT (" +
        this_row("NEW.", "other.") + ") AND " + join(tests, "\n      AND ") + ")";
    insert_.insert(insert_.begin(), refuse);
    update_.statements.insert(update_.statements.begin(), refuse);
  }

  void add(std::string_view suffix, const std::string& event,
           const std::vector<std::string>& statements) {
    if (statements.empty()) return;
    const std::string trigger = names_.claim(table_->name + std::string(suffix));
    std::string sql =
        "CREATE TRIGGER " + name(trigger) + " " + event + " ON " + name(table_->name) + "\nBEGIN\n";
    for (const std::string& statement : statements) sql += "  " + statement + ";\n";
    table_->triggers.push_back(trigger_statement(trigger, sql + "END", dialect_, table_->origin));
  }

  SqlitePlan& plan_;
  const SqliteDialect& dialect_;
  NameScope& names_;
  Table* table_ = nullptr;
  std::vector<std::string> maintained_columns_;
  std::string version_;  ///< The version column, spelled; empty: none.
  std::vector<std::string> before_update_;
  std::vector<std::string> before_delete_;
  std::vector<std::string> insert_;
  Body update_;
  std::vector<std::string> delete_;
  std::vector<Trigger> kept_;
};

/// Foreign keys of which some columns become NULL, under the name of the table they refer to. They
/// become NO ACTION, which SQLite checks at the end of the statement, after the trigger has run.
std::map<std::string, std::vector<std::pair<std::string, ForeignKey>>> take_partial_set_null(
    Schema& schema) {
  std::map<std::string, std::vector<std::pair<std::string, ForeignKey>>> keys;
  for (Table& table : schema.tables) {
    for (ForeignKey& key : table.foreign_keys) {
      if (!sets_some_null(key)) {
        key.set_null_columns.clear();
        continue;
      }
      keys[key.table].emplace_back(table.name, key);
      key.on_delete = ReferentialAction::no_action;
      key.set_null_columns.clear();
    }
  }
  return keys;
}

}  // namespace

void write_sqlite_triggers(SqlitePlan& plan, const SqliteDialect& dialect) {
  auto to_null = take_partial_set_null(plan.schema);
  NameScope names = dialect.name_scope();
  for (Table& table : plan.schema.tables) {
    TableTriggers(plan, dialect, names).write(table, to_null[table.name]);
  }
}

}  // namespace relata
