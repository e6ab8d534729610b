#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/mysql_plan.h"

namespace relata {
namespace {

/// MySQL refuses a CHECK on a column that a foreign key sets (manual, "CHECK Constraints").
bool is_checked(const Table& table, const std::vector<std::string>& columns,
                const MysqlDialect& dialect) {
  return std::any_of(table.checks.begin(), table.checks.end(), [&](const Check& check) {
    return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
      return mentions(check.expression, column, dialect);
    });
  });
}

bool sets_required(const Table& table, const ForeignKey& key) {
  const std::vector<std::string>& columns = nulled_columns(key);
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
    const Column* column = table.find_column(name);
    return column != nullptr && is_required(table, *column);
  });
}

/// Whether a trigger must hear of every row of the table that goes.
bool is_watched_on_delete(const Table& table) {
  return std::any_of(table.triggers.begin(), table.triggers.end(), [](const Trigger& trigger) {
    return std::holds_alternative<WriteAudit>(trigger.purpose) ||
           std::holds_alternative<WriteHistory>(trigger.purpose) ||
           std::holds_alternative<TriggerBody>(trigger.purpose);
  });
}

/// Whether a trigger must hear of every row of the table that changes.
bool is_watched_on_update(const Table& table) {
  return std::any_of(table.triggers.begin(), table.triggers.end(), [](const Trigger& trigger) {
    return !std::holds_alternative<AppendOnly>(trigger.purpose);
  });
}

/// Decides which foreign keys' actions triggers take over.
class KeyActions {
 public:
  KeyActions(Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink)
      : schema_(schema), dialect_(dialect), sink_(sink), names_(dialect.name_scope()) {
    for (const Table& table : schema.tables) {
      for (const Trigger& trigger : table.triggers) (void)names_.claim(trigger.name);
    }
  }

  void run() {
    for (Table& table : schema_.tables) {
      for (ForeignKey& key : table.foreign_keys) simplify(table, key);
    }
    while (decide()) {
    }
    // Those that depend on others go first, so that no row is in the way of its parent's deletion.
    for (auto table = schema_.tables.rbegin(); table != schema_.tables.rend(); ++table) {
      for (ForeignKey& key : table->foreign_keys) replace(*table, key);
    }
    for (auto& [table, key] : added_) table->foreign_keys.push_back(std::move(key));
  }

 private:
  /// What no engine-independent trick can keep.
  void simplify(const Table& table, ForeignKey& key) {
    if (key.deferrable) {
      key.deferrable = key.initially_deferred = false;
      sink_.note("deferred-check-not-available",
                 "MySQL checks " + key.name + " of " + table.name +
                     " at once, not at the end of a "
                     "transaction",
                 key.origin.source, key.origin.span);
    }
    if (key.on_delete == ReferentialAction::set_null && sets_required(table, key)) {
      key.on_delete = ReferentialAction::no_action;
      key.set_null_columns.clear();
      sink_.note("key-action-not-available",
                 "MySQL takes no SET NULL for columns that are never NULL; deleting a row that is "
                 "referred to is refused, as it would be anyway (" +
                     key.name + " of " + table.name + ")",
                 key.origin.source, key.origin.span);
    }
    if (key.on_delete == ReferentialAction::set_default ||
        key.on_update == ReferentialAction::set_default) {
      warn(table, key, "InnoDB has no SET DEFAULT; the change is refused instead");
      if (key.on_delete == ReferentialAction::set_default) {
        key.on_delete = ReferentialAction::no_action;
      }
      key.on_update = ReferentialAction::no_action;
    }
    if (key.on_update != ReferentialAction::no_action && is_checked(table, key.columns, dialect_)) {
      warn(table, key, "MySQL sets no column that a CHECK reads; a changed key is refused instead");
      key.on_update = ReferentialAction::no_action;
    }
  }

  void warn(const Table& table, const ForeignKey& key, const std::string& why) {
    sink_.warning("key-action-not-available", why + " (" + key.name + " of " + table.name + ")",
                  key.origin.source, key.origin.span);
  }

  [[nodiscard]] bool by_trigger(const ForeignKey& key) const { return taken_.count(&key) > 0; }

  /// Whether deleting rows of the table must fire its triggers.
  [[nodiscard]] bool needs_delete_trigger(const Table& table) const {
    if (is_watched_on_delete(table)) return true;
    for (const Table& other : schema_.tables) {
      for (const ForeignKey& key : other.foreign_keys) {
        if (key.table == table.name && by_trigger(key)) return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool wants_trigger(const Table& table, const ForeignKey& key) const {
    switch (key.on_delete) {
      case ReferentialAction::cascade:
        return needs_delete_trigger(table);
      case ReferentialAction::set_null:
        if (sets_some_null(key) || is_checked(table, nulled_columns(key), dialect_)) return true;
        // A cascade that deletes the key's own table first would not fire the trigger.
        return is_watched_on_update(table) && !cascades(table.name, key.table);
      default:
        return false;
    }
  }

  /// One round; whether it found another foreign key for a trigger.
  bool decide() {
    bool changed = false;
    for (const Table& table : schema_.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        if (by_trigger(key) || refused_.count(&key) > 0 || !wants_trigger(table, key)) continue;
        (returns_to(key.table, table, key) ? refused_ : taken_).insert(&key);
        changed = true;
      }
    }
    return changed;
  }

  /// Whether deleting rows of one table deletes rows of the other by cascades.
  [[nodiscard]] bool cascades(const std::string& from, const std::string& to) const {
    std::set<std::string> seen;
    std::vector<std::string> open{from};
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (name == to) return true;
      if (!seen.insert(name).second) continue;
      for (const Table& other : schema_.tables) {
        for (const ForeignKey& key : other.foreign_keys) {
          if (key.table == name && key.on_delete == ReferentialAction::cascade) {
            open.push_back(other.name);
          }
        }
      }
    }
    return false;
  }

  /// Whether the key's trigger would come to change the table whose rows are being deleted, which
  /// MySQL forbids (error 1442).
  [[nodiscard]] bool returns_to(const std::string& start, const Table& table,
                                const ForeignKey& key) const {
    if (table.name == start) return true;
    if (key.on_delete != ReferentialAction::cascade) return false;
    std::set<std::string> seen;
    std::vector<std::string> open{table.name};
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (name == start) return true;
      if (!seen.insert(name).second) continue;
      for (const Table& other : schema_.tables) {
        for (const ForeignKey& next : other.foreign_keys) {
          const bool changes = next.on_delete == ReferentialAction::cascade ||
                               next.on_delete == ReferentialAction::set_null;
          if (next.table == name && changes && refused_.count(&next) == 0) {
            if (next.on_delete == ReferentialAction::cascade) open.push_back(other.name);
            if (other.name == start) return true;
          }
        }
      }
    }
    return false;
  }

  void replace(Table& table, ForeignKey& key) {
    if (refused_.count(&key) > 0) {
      keep(table, key);
    } else if (by_trigger(key)) {
      write(table, key);
    }
    if (key.on_delete != ReferentialAction::set_null || !sets_some_null(key)) {
      key.set_null_columns.clear();
    }
  }

  /// A key whose table would be changed from within its own deletion.
  void keep(Table& table, ForeignKey& key) {
    if (key.on_delete == ReferentialAction::cascade) {
      warn(table, key,
           "MySQL fires no triggers for rows that this cascade deletes, so that nothing records "
           "them");
    } else if (add_single_key(table, key)) {
      warn(table, key,
           "InnoDB sets " + join(nulled_columns(key), ", ") +
               " to NULL without firing triggers, by a key of its own (proved on MariaDB; a server "
               "that checks the other key first refuses to delete a row that is referred to)");
      key.on_delete = ReferentialAction::no_action;
      key.set_null_columns.clear();
    } else if (sets_some_null(key) || is_checked(table, nulled_columns(key), dialect_)) {
      warn(table, key,
           "MySQL cannot set " + join(nulled_columns(key), ", ") +
               " to NULL here; deleting a row that is referred to is refused instead");
      key.on_delete = ReferentialAction::no_action;
      key.set_null_columns.clear();
    } else {
      warn(table, key, "MySQL fires no triggers for rows that this key sets to NULL");
    }
  }

  /// A key of the one column that becomes NULL, beside the whole key, which then only checks.
  bool add_single_key(Table& table, const ForeignKey& key) {
    const std::vector<std::string>& columns = nulled_columns(key);
    if (!sets_some_null(key) || columns.size() != 1 || is_checked(table, columns, dialect_))
      return false;
    const auto place = std::find(key.columns.begin(), key.columns.end(), columns.front());
    const Table* parent = schema_.find_table(key.table);
    if (place == key.columns.end() || parent == nullptr) return false;
    const std::vector<std::string> referenced{
        key.referenced.at(static_cast<std::size_t>(place - key.columns.begin()))};
    if (!is_unique(*parent, referenced)) return false;
    ForeignKey single = key;
    single.name = dialect_.fit(key.name + "_set_null");
    single.columns = columns;
    single.referenced = referenced;
    single.set_null_columns.clear();
    added_.emplace_back(&table, std::move(single));
    return true;
  }

  [[nodiscard]] static bool is_unique(const Table& table, const std::vector<std::string>& columns) {
    if (table.primary_key && table.primary_key->columns == columns) return true;
    return std::any_of(table.uniques.begin(), table.uniques.end(),
                       [&](const Unique& unique) { return unique.columns == columns; });
  }

  void write(const Table& table, ForeignKey& key) {
    Table* parent = schema_.find_table(key.table);
    const bool cascade = key.on_delete == ReferentialAction::cascade;
    const std::string name = names_.claim(key.name + (cascade ? "_cascade" : "_set_null"));
    const std::string child = dialect_.identifier(table.name);
    const std::string action =
        cascade ? "DELETE FROM " + child
                : "UPDATE " + child + " SET " + sets_null(dialect_, nulled_columns(key));
    parent->triggers.push_back(
        trigger_statement(name,
                          "CREATE TRIGGER " + dialect_.identifier(name) + " BEFORE DELETE ON " +
                              dialect_.identifier(parent->name) + " FOR EACH ROW\n  " + action +
                              " WHERE " + matches_old(dialect_, key),
                          dialect_, key.origin));
    key.on_delete = ReferentialAction::no_action;
    key.set_null_columns.clear();
  }

  Schema& schema_;
  const MysqlDialect& dialect_;
  DiagnosticSink& sink_;
  NameScope names_;
  std::vector<std::pair<Table*, ForeignKey>> added_;
  std::set<const ForeignKey*> taken_;    // Looked up only: the order of addresses is never used.
  std::set<const ForeignKey*> refused_;  // The same.
};

}  // namespace

void replace_mysql_key_actions(Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink) {
  KeyActions(schema, dialect, sink).run();
}

}  // namespace relata
