#include <set>

#include "base/text.h"
#include "dialect/postgres_plan.h"

namespace relata {
namespace {

/// Prints functions and triggers; a function that several triggers share is printed once.
class TriggerPrinter {
 public:
  TriggerPrinter(Printer& printer, const PostgresDialect& dialect, const PostgresPlan& plan)
      : printer_(printer), dialect_(dialect), plan_(plan) {}

  void run() {
    for (const Table& table : plan_.schema.tables) {
      table_ = &table;
      for (const Trigger& trigger : table.triggers) {
        trigger_ = &trigger;
        std::visit(*this, trigger.purpose);
      }
    }
    for (const SetNullTrigger& trigger : plan_.set_null_triggers) set_null(trigger);
  }

  void operator()(const TouchUpdatedAt& touch) {
    const std::string function = dialect_.fit("set_" + touch.column);
    start(function, "LANGUAGE plpgsql");
    body(R"(
BEGIN
  NEW.$column$ := now();
  RETURN NEW;
END)",
         {{"column", name(touch.column)}});
    create("BEFORE UPDATE", function);
  }

  void operator()(const BumpVersion& bump) {
    const std::string function = dialect_.fit("bump_" + bump.column);
    start(function, "LANGUAGE plpgsql");
    body(R"(
BEGIN
  NEW.$column$ := OLD.$column$ + 1;
  RETURN NEW;
END)",
         {{"column", name(bump.column)}});
    create("BEFORE UPDATE", function);
  }

  void operator()(const WriteAudit& audit) {
    const std::string function = dialect_.fit("write_" + audit.log_table);
    std::string columns = "action, entity_type, entity_id, before, after";
    std::string values = R"(
    CASE TG_OP WHEN 'INSERT' THEN 'create' WHEN 'UPDATE' THEN 'update' ELSE 'delete' END,
    TG_ARGV[0],
    ($row$ ->> TG_ARGV[1])$key_type$,
    (SELECT jsonb_object_agg(c, old_row -> c) FROM unnest(TG_ARGV[3:]) AS c WHERE old_row IS NOT NULL),
    (SELECT jsonb_object_agg(c, new_row -> c) FROM unnest(TG_ARGV[3:]) AS c WHERE new_row IS NOT NULL))";
    values = replace_all(values, "$key_type$", cast(audit.log_table, "entity_id"));
    if (!audit.log_tenant_column.empty()) {
      columns += ", " + name(audit.log_tenant_column);
      values += ",\n    ($row$ ->> NULLIF(TG_ARGV[2], ''))" +
                cast(audit.log_table, audit.log_tenant_column);
    }
    const SessionSettings& session = plan_.schema.session;
    if (!audit.log_actor_column.empty() && !session.actor.empty()) {
      columns += ", " + name(audit.log_actor_column);
      values += ",\n    " + postgres_setting(dialect_, session.actor, session.actor_type);
    }
    values = replace_all(values, "$row$", "coalesce(new_row, old_row)");
    start(function, "LANGUAGE plpgsql SECURITY DEFINER\n  SET search_path FROM CURRENT",
          "Arguments: entity type, key column, tenant column or '', columns of the snapshot.\n"
          "Runs as its owner, so that the application can neither forge nor skip an entry.");
    body(R"(
DECLARE
  old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  INSERT INTO $log$ ($columns$)
  VALUES ($values$);
  RETURN NULL;
END)",
         {{"log", table_name(audit.log_table)}, {"columns", columns}, {"values", values}});
    std::vector<std::string> arguments{dialect_.string_literal(audit.entity_type),
                                       dialect_.string_literal(audit.key_column),
                                       dialect_.string_literal(audit.tenant_column)};
    for (const std::string& column : audit.columns) {
      arguments.push_back(dialect_.string_literal(column));
    }
    create("AFTER INSERT OR UPDATE OR DELETE", function, join(arguments, ", "));
  }

  void operator()(const WriteHistory& history) {
    const std::string function = dialect_.fit(table_->name + "_write_history");
    std::vector<std::string> copied = history.columns;
    copied.insert(copied.begin(), history.carried.begin(), history.carried.end());
    start(function, "LANGUAGE plpgsql SECURITY DEFINER\n  SET search_path FROM CURRENT",
          "Closes the current period and opens the next. A period is never empty, even when a row\n"
          "changes twice within the resolution of the clock.");
    body(R"(
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  IF TG_OP = 'UPDATE' AND ROW($new_tracked$) IS NOT DISTINCT FROM ROW($old_tracked$) THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    UPDATE $history$
    SET $to$ = greatest(moment, $from$ + interval '1 microsecond')
    WHERE $history_key$ = OLD.$key$ AND $to$ IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO $history$ ($history_key$, $copied$, $from$)
    SELECT NEW.$key$, $new_copied$, greatest(moment, max(h.$to$))
    FROM $history$ AS h
    WHERE h.$history_key$ = NEW.$key$;
  END IF;
  RETURN NULL;
END)",
         {{"new_tracked", prefixed("NEW.", history.columns)},
          {"old_tracked", prefixed("OLD.", history.columns)},
          {"history", table_name(history.history_table)},
          {"history_key", name(history.history_key_column)},
          {"key", name(history.key_column)},
          {"from", name(history.from)},
          {"to", name(history.to)},
          {"copied", dialect_.identifiers(copied)},
          {"new_copied", prefixed("NEW.", copied)}});
    create("AFTER INSERT OR UPDATE OR DELETE", function);
  }

  void operator()(const AppendOnly&) {
    const std::string function = "refuse_change";
    start(function, "LANGUAGE plpgsql");
    body(R"(
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows never change', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END)",
         {});
    create("BEFORE UPDATE OR DELETE", function);
    create_statement_trigger("BEFORE TRUNCATE", function);
  }

  void operator()(const TriggerBody& trigger) {
    heading();
    printer_.line();
    printer_.line(trigger.sql + ";");
  }

 private:
  using Variables = Printer::Variables;

  [[nodiscard]] std::string name(std::string_view column) const {
    return dialect_.identifier(column);
  }
  [[nodiscard]] std::string table_name(const std::string& table) const {
    const Table* found = plan_.schema.find_table(table);
    return found == nullptr ? name(table) : dialect_.qualified(*found);
  }
  [[nodiscard]] std::string prefixed(std::string_view prefix,
                                     const std::vector<std::string>& columns) const {
    std::vector<std::string> spelled;
    for (const std::string& column : columns) spelled.push_back(std::string(prefix) + name(column));
    return join(spelled, ", ");
  }
  /// "::uuid" for a column that is not text.
  [[nodiscard]] std::string cast(const std::string& table, const std::string& column) const {
    const Table* found_table = plan_.schema.find_table(table);
    const Column* found = found_table == nullptr ? nullptr : found_table->find_column(column);
    if (found == nullptr || found->type.kind == TypeKind::text) return {};
    return "::" + dialect_.type_name(found->type);
  }

  void heading() {
    if (headed_) return;
    headed_ = true;
    print_section(printer_, "triggers");
  }

  /// Begins a trigger function, unless it was printed before; body() ends it.
  void start(const std::string& function, std::string_view attributes,
             std::string_view comment = {}) {
    heading();
    printing_ = printed_.insert(function).second;
    if (!printing_) return;
    printer_.line();
    if (!comment.empty()) printer_.print(replace_all(sql_comment(comment), "$", "$$"));
    printer_.line("CREATE FUNCTION " + name(function) + "() RETURNS trigger");
    printer_.line("  " + std::string(attributes));
  }

  void body(std::string_view text, Variables variables) {
    if (!printing_) return;
    printer_.print("AS $$$$");
    printer_.print(text, variables);
    printer_.print("\n$$$$;\n");
  }

  void create(std::string_view events, const std::string& function,
              const std::string& arguments = {}) {
    printer_.line();
    printer_.line("CREATE TRIGGER " + name(trigger_->name) + " " + std::string(events) + " ON " +
                  dialect_.qualified(*table_));
    printer_.line("  FOR EACH ROW EXECUTE FUNCTION " + name(function) + "(" + arguments + ");");
  }

  void create_statement_trigger(std::string_view events, const std::string& function) {
    printer_.line("CREATE TRIGGER " + name(dialect_.fit(trigger_->name + "_truncate")) + " " +
                  std::string(events) + " ON " + dialect_.qualified(*table_));
    printer_.line("  FOR EACH STATEMENT EXECUTE FUNCTION " + name(function) + "();");
  }

  void set_null(const SetNullTrigger& trigger) {
    std::vector<std::string> changes;
    for (const std::string& column : trigger.key.set_null_columns) {
      changes.push_back(name(column) + " = NULL");
    }
    std::vector<std::string> match;
    for (std::size_t i = 0; i < trigger.key.columns.size(); ++i) {
      match.push_back(name(trigger.key.columns[i]) + " = OLD." +
                      name(trigger.key.referenced.at(i)));
    }
    start(trigger.name, "LANGUAGE plpgsql\n  SET search_path FROM CURRENT",
          "ON DELETE SET NULL (" + join(trigger.key.set_null_columns, ", ") +
              ") of the foreign key " + trigger.key.name + ", for servers before 15.");
    body(R"(
DECLARE
  setting CONSTANT text := coalesce(current_setting('app.include_deleted', true), '');
BEGIN
  PERFORM set_config('app.include_deleted', 'on', true);
  UPDATE $child$ SET $changes$ WHERE $match$;
  PERFORM set_config('app.include_deleted', setting, true);
  RETURN OLD;
END)",
         {{"child", table_name(trigger.child)},
          {"changes", join(changes, ", ")},
          {"match", join(match, " AND ")}});
    printer_.line();
    printer_.line("CREATE TRIGGER " + name(trigger.name) +
                  (trigger.parent == trigger.child ? " AFTER" : " BEFORE") + " DELETE ON " +
                  table_name(trigger.parent));
    printer_.line("  FOR EACH ROW EXECUTE FUNCTION " + name(trigger.name) + "();");
  }

  Printer& printer_;
  const PostgresDialect& dialect_;
  const PostgresPlan& plan_;
  const Table* table_ = nullptr;
  const Trigger* trigger_ = nullptr;
  std::set<std::string> printed_;
  bool printing_ = false;
  bool headed_ = false;
};

}  // namespace

void print_postgres_triggers(Printer& printer, const PostgresDialect& dialect,
                             const PostgresPlan& plan) {
  TriggerPrinter(printer, dialect, plan).run();
}

}  // namespace relata
