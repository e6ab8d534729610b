#include "migrate/rename.h"

#include <string>
#include <utility>
#include <variant>

#include "dialect/postgres_object_names.h"
#include "migrate/rename/rename_map.h"
#include "migrate/rename/rename_text.h"
#include "model/sort.h"
#include "syntax/canonical.h"

namespace relata::migrate {
namespace {

/// Renames in one schema, part by part. The map looks into the schema as it was.
class Renaming {
 public:
  Renaming(Schema& schema, const RenameMap& renames)
      : schema_(schema), renames_(renames), rules_(renames.rules()) {}

  void run() {
    for (Table& table : schema_.tables) in_table(table);
    for (View& view : schema_.views) in_view(view);
    for (Sequence& sequence : schema_.sequences) in_sequence(sequence);
    for (Routine& routine : schema_.routines) {
      in_query(routine.sql, routine.schema, nullptr);
      if (rules_.has_row_types) in_type_name(routine.arguments);
    }
    for (Domain& domain : schema_.domains) in_type_name(domain.type.spelling);
    for (CompositeType& type : schema_.composite_types) {
      for (Column& attribute : type.attributes) in_type_name(attribute.type.spelling);
    }
    for (OtherObject& other : schema_.others) in_query(other.sql, other.schema, nullptr);
    if (rules_.privileges_follow) {
      for (Grant& grant : schema_.grants) in_grant(grant);
    }
    for (CodeSettings& code : schema_.code) {
      for (CodeOverride& item : code.names) in_override(item);
      for (CodeOverride& item : code.types) in_override(item);
    }
  }

 private:
  [[nodiscard]] bool changes(const RenamedTable& table) const {
    return table.name != table.table->name;
  }

  // Names.

  void column(std::string& name, const RenamedTable* table) const {
    if (table == nullptr || name.empty()) return;
    const auto found = table->columns.find(name_key(rules_, name));
    if (found != table->columns.end()) name = found->second;
  }
  void columns(std::vector<std::string>& names, const RenamedTable* table) const {
    for (std::string& name : names) column(name, table);
  }
  void relation(QualifiedName& name) const {
    if (const RenamedTable* table = renames_.find(name)) name.name = table->name;
  }
  /// A table that is named without its namespace, beside one that has one.
  void table_beside(std::string& name, const std::string& schema) const {
    if (name.empty()) return;
    if (const RenamedTable* table = renames_.find({schema, name})) name = table->name;
  }

  // Texts.

  void in_text(std::string& sql, std::string& canonical, std::string_view home,
               const RenamedTable* own) const {
    std::string text = with_renames(sql, renames_, home, own);
    if (text == sql) return;
    sql = std::move(text);
    canonical.clear();
  }
  void in_query(SqlText& sql, std::string_view home, const RenamedTable* own) const {
    if (rules_.queries_follow) in_text(sql.text, sql.canonical, home, own);
  }
  void in_type_name(std::string& spelling) const {
    if (!rules_.has_row_types || spelling.empty()) return;
    const std::vector<SqlWord> words = rules_.words(spelling);
    for (std::size_t i = words.size(); i-- > 0;) {
      if (!words[i].name || !renames_.concerns(words[i].value)) continue;
      const bool qualified = i >= 2 && words[i - 1].value == ".";
      const RenamedTable* table =
          renames_.find(qualified ? words[i - 2].value : std::string(), words[i].value, {});
      if (table == nullptr || !changes(*table)) continue;
      spelling.replace(words[i].begin, words[i].end - words[i].begin, rules_.quoted(table->name));
    }
  }

  void in_expression(Expression& expression, const RenamedTable* own) const {
    if (expression.operation == Operation::sql) {
      in_text(expression.text, expression.canonical,
              own == nullptr ? std::string_view() : own->table->schema, own);
      // Its neutral meaning is filled anew with the canonical form.
      return;
    }
    if (expression.operation == Operation::column) column(expression.text, own);
    if (expression.operation == Operation::in_select) {
      in_selection(expression, own);
      return;
    }
    for (Expression& argument : expression.arguments) in_expression(argument, own);
  }
  /// The second and third argument are about another table.
  void in_selection(Expression& expression, const RenamedTable* own) const {
    const std::string schema = own == nullptr ? std::string() : own->table->schema;
    const RenamedTable* other = renames_.find({schema, expression.text});
    for (std::size_t i = 0; i < expression.arguments.size(); ++i) {
      in_expression(expression.arguments[i], i == 0 ? own : other);
    }
    if (other != nullptr) expression.text = other->name;
  }
  void in_optional(std::optional<Expression>& expression, const RenamedTable* own) const {
    if (expression) in_expression(*expression, own);
  }

  // Parts of tables and views.

  void in_parts(std::vector<IndexPart>& parts, const RenamedTable* own) const {
    for (IndexPart& part : parts) in_expression(part.expression, own);
  }

  void in_indexes(std::vector<Index>& indexes, const RenamedTable* own) const {
    for (Index& index : indexes) {
      in_parts(index.parts, own);
      in_optional(index.where, own);
      columns(index.include, own);
    }
  }

  void in_column(Column& item, const RenamedTable& own) const {
    if (item.identity) keep_sequence(item, own);
    column(item.name, &own);
    in_type_name(item.type.spelling);
    in_optional(item.default_value, &own);
    if (item.generated) in_expression(item.generated->expression, &own);
    if (item.on_update) in_expression(*item.on_update, &own);
  }

  /// The sequence is called as before, which may now be what nobody would call it by itself.
  void keep_sequence(Column& item, const RenamedTable& own) const {
    if (!rules_.has_row_types) return;
    std::string& sequence = item.identity->sequence;
    if (sequence.empty()) sequence = postgres_object_name(own.table->name, item.name, "seq");
    std::string name = item.name;
    column(name, &own);
    if (sequence == postgres_object_name(own.name, name, "seq")) sequence.clear();
  }

  void in_foreign_key(ForeignKey& key, const RenamedTable& own) const {
    columns(key.columns, &own);
    columns(key.set_null_columns, &own);
    const RenamedTable* referenced = renames_.find({key.table_schema, key.table});
    columns(key.referenced, referenced);
    if (referenced != nullptr) key.table = referenced->name;
    const std::string prefix = own.table->name + "_ibfk_";
    if (rules_.generated_names_follow && changes(own) && key.name.starts_with(prefix)) {
      const std::string number = key.name.substr(prefix.size());
      if (number.find_first_not_of("0123456789") == std::string::npos) {
        key.name = own.name + "_ibfk_" + number;
      }
    }
  }

  void in_keys(Table& table, const RenamedTable& own) const {
    if (table.primary_key) {
      columns(table.primary_key->columns, &own);
      columns(table.primary_key->include, &own);
    }
    for (Unique& unique : table.uniques) {
      columns(unique.columns, &own);
      columns(unique.include, &own);
    }
    for (ForeignKey& key : table.foreign_keys) in_foreign_key(key, own);
    for (Check& check : table.checks) {
      in_expression(check.expression, &own);
      column(check.column, &own);
    }
    for (NoOverlap& period : table.no_overlaps) {
      columns(period.equal, &own);
      column(period.from, &own);
      column(period.to, &own);
    }
    for (Exclusion& exclusion : table.exclusions) {
      in_parts(exclusion.parts, &own);
      columns(exclusion.include, &own);
      in_optional(exclusion.where, &own);
    }
    in_indexes(table.indexes, &own);
  }

  void in_rules(std::vector<Rule>& items, std::string_view home, const RenamedTable* own) const {
    for (Rule& rule : items) in_query(rule.sql, home, own);
  }

  /// `own` is null for triggers of views.
  void in_triggers(std::vector<Trigger>& triggers, const std::string& home,
                   const RenamedTable* own) const {
    for (Trigger& trigger : triggers) {
      if (auto* body = std::get_if<TriggerBody>(&trigger.purpose)) {
        in_trigger_body(*body, home, own);
      } else if (own != nullptr) {
        in_purpose(trigger.purpose, *own);
      }
    }
  }

  void in_trigger_body(TriggerBody& body, const std::string& home, const RenamedTable* own) const {
    if (rules_.queries_follow) {
      in_text(body.sql, body.canonical, home, own);
    } else if (own != nullptr && changes(*own)) {
      body.sql = with_renamed_trigger_table(body.sql, renames_, *own);
      body.canonical.clear();
    }
  }

  void in_purpose(TriggerPurpose& purpose, const RenamedTable& own) const {
    const std::string& schema = own.table->schema;
    if (auto* touch = std::get_if<TouchUpdatedAt>(&purpose)) {
      column(touch->column, &own);
    } else if (auto* bump = std::get_if<BumpVersion>(&purpose)) {
      column(bump->column, &own);
    } else if (auto* audit = std::get_if<WriteAudit>(&purpose)) {
      const RenamedTable* log = renames_.find({schema, audit->log_table});
      column(audit->log_tenant_column, log);
      column(audit->log_actor_column, log);
      column(audit->key_column, &own);
      column(audit->tenant_column, &own);
      columns(audit->columns, &own);
      table_beside(audit->log_table, schema);
    } else if (auto* history = std::get_if<WriteHistory>(&purpose)) {
      const RenamedTable* kept = renames_.find({schema, history->history_table});
      column(history->history_key_column, kept);
      column(history->from, kept);
      column(history->to, kept);
      column(history->key_column, &own);
      columns(history->columns, &own);
      columns(history->carried, &own);
      table_beside(history->history_table, schema);
    }
  }

  void in_intent(TableIntent& intent, const RenamedTable& own) const {
    column(intent.tenant_column, &own);
    column(intent.soft_delete_column, &own);
    column(intent.version_column, &own);
    column(intent.updated_at_column, &own);
    table_beside(intent.history_of, own.table->schema);
  }

  void in_table(Table& table) const {
    const RenamedTable* own = renames_.find({table.schema, table.name});
    if (own == nullptr) return;
    in_keys(table, *own);
    for (Column& item : table.columns) in_column(item, *own);
    in_triggers(table.triggers, table.schema, own);
    in_rules(table.rules, table.schema, own);
    for (Policy& policy : table.policies) {
      in_optional(policy.using_rows, own);
      in_optional(policy.with_check, own);
    }
    if (table.partitioning) {
      in_parts(table.partitioning->parts, own);
      in_text(table.partitioning->text.text, table.partitioning->text.canonical, table.schema, own);
    }
    if (table.partition_of) relation(table.partition_of->parent);
    for (QualifiedName& parent : table.inherits) relation(parent);
    in_intent(table.intent, *own);
    table.name = own->name;
  }

  void in_view(View& view) const {
    if (rules_.queries_follow) {
      const std::string before = view.sql;
      in_text(view.sql, view.canonical, view.schema, nullptr);
      // What it shows may be called otherwise now.
      if (before != view.sql && !rules_.shown_names_stay && !view.names_columns) {
        view.columns.clear();
      }
    }
    in_triggers(view.triggers, view.schema, nullptr);
    in_rules(view.rules, view.schema, nullptr);
  }

  void in_sequence(Sequence& sequence) const {
    const RenamedTable* owner = renames_.find(sequence.owned_by_table);
    column(sequence.owned_by_column, owner);
    if (owner != nullptr) sequence.owned_by_table.name = owner->name;
  }

  void in_grant(Grant& grant) const {
    if (grant.kind != "table") return;
    const RenamedTable* table = renames_.find({grant.schema, grant.name});
    columns(grant.columns, table);
    if (table != nullptr) grant.name = table->name;
  }

  void in_override(CodeOverride& item) const {
    const RenamedTable* table = renames_.find({{}, item.table});
    column(item.column, table);
    if (table != nullptr) item.table = table->name;
  }

  Schema& schema_;
  const RenameMap& renames_;
  const NameRules& rules_;
};

}  // namespace

Schema renamed(const Schema& from, const std::vector<Rename>& renames) {
  Schema schema = from;
  const NameRules* rules = name_rules(from.dialect);
  if (renames.empty() || rules == nullptr) return schema;
  const RenameMap map(from, renames, *rules);
  Renaming(schema, map).run();
  schema.former_names.all.clear();  // they were about names that are gone
  sort_schema(schema);
  syntax::canonicalize(schema);
  return schema;
}

}  // namespace relata::migrate
