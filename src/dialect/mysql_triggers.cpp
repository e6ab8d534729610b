#include <algorithm>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/mysql_plan.h"

namespace relata {
namespace {

constexpr std::string_view now = "utc_timestamp(6)";

class TriggerWriter {
 public:
  TriggerWriter(const Schema& schema, const MysqlDialect& dialect)
      : schema_(schema), dialect_(dialect), names_(dialect.name_scope()) {}

  void write(Table& table) {
    table_ = &table;
    written_.clear();
    for (const NoOverlap& period : table.no_overlaps) refuse_overlap(period);
    for (const Trigger& trigger : table.triggers) {
      trigger_ = &trigger;
      std::visit(*this, trigger.purpose);
    }
    table.triggers = std::move(written_);
    table.no_overlaps.clear();
  }

  void operator()(const TouchUpdatedAt& touch) {
    add(trigger_->name, "BEFORE UPDATE",
        "SET NEW." + name(touch.column) + " = " + std::string(now));
  }

  void operator()(const BumpVersion& bump) {
    const std::string column = name(bump.column);
    add(trigger_->name, "BEFORE UPDATE", "SET NEW." + column + " = OLD." + column + " + 1");
  }

  void operator()(const WriteAudit& audit) {
    const auto entry = [&](std::string_view suffix, std::string_view event, std::string_view action,
                           const std::string& row, bool before, bool after) {
      std::string columns = "action, entity_type, entity_id, `before`, after";
      std::string values = dialect_.string_literal(action) + ", " +
                           dialect_.string_literal(audit.entity_type) + ", " + row +
                           name(audit.key_column) + ",\n    " +
                           (before ? snapshot(audit, "OLD.") : "NULL") + ",\n    " +
                           (after ? snapshot(audit, "NEW.") : "NULL");
      if (!audit.log_tenant_column.empty()) {
        columns += ", " + name(audit.log_tenant_column);
        values +=
            ",\n    " + (audit.tenant_column.empty() ? "NULL" : row + name(audit.tenant_column));
      }
      if (!audit.log_actor_column.empty() && !schema_.session.actor.empty()) {
        columns += ", " + name(audit.log_actor_column);
        values += ",\n    NULLIF(" + mysql_variable(schema_.session.actor) + ", '')";
      }
      add(trigger_->name + std::string(suffix), event,
          "INSERT INTO " + name(audit.log_table) + " (" + columns + ")\n  VALUES (" + values + ")");
    };
    entry("_insert", "AFTER INSERT", "create", "NEW.", false, true);
    entry("_update", "AFTER UPDATE", "update", "OLD.", true, true);
    entry("_delete", "AFTER DELETE", "delete", "OLD.", true, false);
  }

  void operator()(const WriteHistory& history) {
    const std::string target = name(history.history_table);
    const std::string key = name(history.history_key_column);
    const std::string from = name(history.from);
    const std::string to = name(history.to);
    std::vector<std::string> copied = history.carried;
    copied.insert(copied.end(), history.columns.begin(), history.columns.end());
    std::vector<std::string> same;
    for (const std::string& column : history.columns) {
      same.push_back("NEW." + name(column) + " <=> OLD." + name(column));
    }
    const std::string changed = "NOT (" + join(same, " AND ") + ")";
    const std::string row_key = name(history.key_column);
    const std::string close = "UPDATE " + target + " SET " + to + " = greatest(" +
                              std::string(now) + ", " + from +
                              " + INTERVAL 1 MICROSECOND)\n  WHERE " + key + " = OLD." + row_key +
                              " AND " + to + " IS NULL";
    const std::string open =
        "INSERT INTO " + target + " (" + key + ", " + dialect_.identifiers(copied) + ", " + from +
        ")\n  SELECT NEW." + row_key + ", " + prefixed("NEW.", copied) + ", greatest(" +
        std::string(now) + ", coalesce(max(closed." + to + "), " + std::string(now) +
        "))\n  FROM " + target + " AS closed WHERE closed." + key + " = NEW." + row_key;
    add(trigger_->name + "_insert", "AFTER INSERT", open);
    const std::string closing =
        add(trigger_->name + "_close", "AFTER UPDATE", close + " AND " + changed);
    // The aggregate gives a row even where nothing is selected; HAVING decides about it.
    add(trigger_->name + "_open", "AFTER UPDATE", open + "\n  HAVING " + changed, closing);
    add(trigger_->name + "_delete", "AFTER DELETE", close);
  }

  void operator()(const AppendOnly&) {
    const std::string refuse = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = " +
                               dialect_.string_literal("rows of " + table_->name + " never change");
    add(trigger_->name + "_update", "BEFORE UPDATE", refuse);
    add(trigger_->name + "_delete", "BEFORE DELETE", refuse);
  }

  void operator()(const TriggerBody& body) {
    (void)names_.claim(trigger_->name);
    written_.push_back({trigger_->name, body, trigger_->origin});
  }

 private:
  [[nodiscard]] std::string name(std::string_view text) const { return dialect_.identifier(text); }

  [[nodiscard]] std::string prefixed(std::string_view prefix,
                                     const std::vector<std::string>& columns) const {
    std::vector<std::string> spelled;
    for (const std::string& column : columns) spelled.push_back(std::string(prefix) + name(column));
    return join(spelled, ", ");
  }

  /// Adds the trigger and gives the name that it got.
  std::string add(const std::string& wanted, std::string_view event, const std::string& statement,
                  const std::string& follows = {}) {
    std::string made = names_.claim(wanted);
    std::string sql = "CREATE TRIGGER " + name(made) + " " + std::string(event) + " ON " +
                      name(table_->name) + " FOR EACH ROW";
    if (!follows.empty()) sql += " FOLLOWS " + name(follows);
    written_.push_back(trigger_statement(made, sql + "\n  " + statement, dialect_, table_->origin));
    return made;
  }

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
      return "json_extract(" + value + ", '$')";
    }
    if (column.type.kind == TypeKind::boolean) {
      return "json_extract(CASE " + value + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END, '$')";
    }
    if (column.type.kind == TypeKind::binary) return "concat('\\\\x', lower(hex(" + value + ")))";
    return value;
  }

  /// A text that is no moment cannot be assigned to one: the message of the error holds it. A
  /// SIGNAL under a condition would need BEGIN and END, and with them DELIMITER.
  void refuse_overlap(const NoOverlap& period) {
    const std::string from = name(period.from);
    const std::string to = name(period.to);
    std::vector<std::string> tests;
    for (const std::string& column : period.equal) {
      tests.push_back("other." + name(column) + " = NEW." + name(column));
    }
    tests.push_back("(NEW." + to + " IS NULL OR other." + from + " < NEW." + to + ")");
    tests.push_back("(other." + to + " IS NULL OR NEW." + from + " < other." + to + ")");
    const auto refuse = [&](const std::string& others) {
      return "SET NEW." + from + " = IF(EXISTS (\n      SELECT 1 FROM " + name(table_->name) +
             " AS other WHERE " + others + join(tests, "\n        AND ") +
             " LOCK IN SHARE MODE),\n    " +
             dialect_.string_literal(period.name + ": periods overlap") + ", NEW." + from + ")";
    };
    add(period.name + "_insert", "BEFORE INSERT", refuse(""));
    add(period.name + "_update", "BEFORE UPDATE", refuse("NOT (" + same_row() + ") AND "));
  }

  [[nodiscard]] std::string same_row() const {
    std::vector<std::string> tests;
    if (table_->primary_key) {
      for (const std::string& column : table_->primary_key->columns) {
        tests.push_back("other." + name(column) + " = OLD." + name(column));
      }
    } else {
      for (const Column& column : table_->columns) {
        tests.push_back("other." + name(column.name) + " <=> OLD." + name(column.name));
      }
    }
    return join(tests, " AND ");
  }

  const Schema& schema_;
  const MysqlDialect& dialect_;
  NameScope names_;
  Table* table_ = nullptr;
  const Trigger* trigger_ = nullptr;
  std::vector<Trigger> written_;
};

}  // namespace

void write_mysql_triggers(Schema& schema, const MysqlDialect& dialect) {
  const Schema before = schema;
  TriggerWriter writer(before, dialect);
  for (Table& table : schema.tables) writer.write(table);
}

}  // namespace relata
