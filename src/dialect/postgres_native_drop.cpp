// What takes a schema down again: the statements of its making from the end to the beginning, so
// that nothing is dropped while something else still needs it.
#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

bool has_words(const std::vector<SqlToken>& tokens, std::string_view first,
               std::string_view second) {
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (tokens[at].is(SqlTokenKind::name, first) && tokens[at + 1].is(SqlTokenKind::name, second)) {
      return true;
    }
  }
  return false;
}

bool has_word(const std::vector<SqlToken>& tokens, std::string_view word) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [&](const SqlToken& token) { return token.is(SqlTokenKind::name, word); });
}

/// A function that only triggers call: it takes no arguments, and its body binds to nothing.
bool is_trigger_function(const Routine& routine) {
  return has_words(postgres_tokens(routine.sql.text), "returns", "trigger");
}

/// The text of the tokens from one on, as it was written.
std::string_view text_between(std::string_view sql, const SqlToken& first, const SqlToken& last) {
  return sql.substr(first.begin, last.end - first.begin);
}

/// The access method in the statement that makes an operator class or family: what is behind USING.
std::string_view method_of(std::string_view sql, const std::vector<SqlToken>& tokens) {
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (tokens[at].is(SqlTokenKind::name, "using")) {
      return text_between(sql, tokens[at + 1], tokens[at + 1]);
    }
  }
  return {};
}

/// ALTER DEFAULT PRIVILEGES the other way round: what was granted is revoked.
std::string undone_default_privileges(std::string_view sql) {
  struct Opposite {
    std::string_view word;
    std::string_view instead;
  };
  static constexpr std::array opposites{Opposite{"grant", "REVOKE"}, Opposite{"to", "FROM"},
                                        Opposite{"revoke", "GRANT"}, Opposite{"from", "TO"}};
  std::string result;
  std::size_t done = 0;
  for (const SqlToken& token : postgres_tokens(sql)) {
    if (token.kind != SqlTokenKind::name) continue;
    if (token.text == "with") {
      // WITH GRANT OPTION ends the statement.
      result += sql.substr(done, token.begin - done);
      return std::string(trim(result));
    }
    const auto* found = std::find_if(opposites.begin(), opposites.end(),
                                     [&](const Opposite& each) { return each.word == token.text; });
    if (found == opposites.end()) continue;
    result += std::string(sql.substr(done, token.begin - done)) + std::string(found->instead);
    done = token.end;
  }
  return result + std::string(sql.substr(done));
}

/// DROP USER MAPPING FOR account SERVER name, from the statement that makes it.
std::string user_mapping_drop(std::string_view sql) {
  const std::vector<SqlToken> tokens = postgres_tokens(sql);
  const SqlToken* account = nullptr;
  for (std::size_t at = 0; at + 1 < tokens.size(); ++at) {
    if (account == nullptr && tokens[at].is(SqlTokenKind::name, "for")) account = &tokens[at + 1];
    if (account != nullptr && tokens[at].is(SqlTokenKind::name, "server")) {
      return "DROP USER MAPPING FOR " + std::string(text_between(sql, *account, tokens[at + 1]));
    }
  }
  return {};
}

}  // namespace

class NativeDropper {
 public:
  NativeDropper(const PostgresDialect& dialect, const Schema& schema)
      : writer_(dialect, schema, sink_), plan_(writer_.plan_), schema_(schema) {
    for (const Routine& routine : schema.routines) routines_.insert(routine.name);
    for (const OtherObject& other : schema.others) {
      if (other.kind == "operator") has_operators_ = true;
      if (other.kind == "base type" || other.kind == "range type") {
        made_types_.insert(other.schema + "." + other.name);
      }
    }
  }

  std::vector<std::string> run() {
    if (writer_.follows_path_) set_path();
    drop_last_objects();
    undo_grants();
    drop_cycles();
    free_sequences();
    drop_items();
    drop_extensions();
    drop_namespaces();
    if (writer_.follows_path_) add("RESET search_path");
    return std::move(statements_);
  }

  /// Empty: goes with something else.
  [[nodiscard]] std::string drop_of(const OtherObject& object) const;

 private:
  void add(std::string statement) { statements_.push_back(std::move(statement)); }

  void set_path() {
    std::vector<std::string> names;
    for (const std::string& space : writer_.path_) {
      names.push_back(writer_.identifier(space.empty() ? "public" : space));
    }
    add("SET search_path = " + join(names, ", "));
  }

  /// Event triggers would otherwise watch the drops.
  void drop_last_objects() {
    for (auto other = schema_.others.rbegin(); other != schema_.others.rend(); ++other) {
      if (comes_last(*other)) drop(&*other);
    }
  }

  /// On what stays: the namespace that every database has.
  void undo_grants() {
    for (auto grant = schema_.grants.rbegin(); grant != schema_.grants.rend(); ++grant) {
      const bool of_public = grant->name.empty() || grant->name == "public";
      const bool stays = (grant->kind == "schema" && of_public) || grant->kind == "language" ||
                         grant->schema == "pg_catalog";
      if (stays) add(writer_.grant_text(*grant, true));
    }
    // What lowered_ddl() grants to the application's role, wherever the tables are.
    if (schema_.session.role.empty()) return;
    add("DO $$\nBEGIN\n  EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM %I', current_schema(), " +
        writer_.literal(schema_.session.role) + ");\nEND\n$$");
  }

  /// What was added when everything existed goes first: it may lead to what is dropped earlier.
  void drop_cycles() {
    for (std::size_t at = plan_.order.size(); at-- > 0;) {
      const std::size_t place = plan_.order[at];
      const auto* item = std::get_if<TableItem>(&plan_.items[place]);
      if (item == nullptr) continue;
      for (const TablePart& part : item->parts) {
        if (writer_.is_inherited(*item->table, part) || plan_.fits_inside(part, place)) continue;
        drop_part(*item->table, part);
      }
    }
  }

  void drop_part(const Table& table, const TablePart& part) {
    const std::string alter =
        (table.server.empty() ? "ALTER TABLE " : "ALTER FOREIGN TABLE ") + writer_.name(table);
    const auto drop_constraint = [&](std::string_view name) {
      add(alter + " DROP CONSTRAINT " + writer_.identifier(name));
    };
    switch (part.kind) {
      case TablePart::Kind::default_value:
        add(alter + " ALTER COLUMN " + writer_.identifier(table.columns[part.place].name) +
            " DROP DEFAULT");
        break;
      case TablePart::Kind::check:
        drop_constraint(table.checks[part.place].name);
        break;
      case TablePart::Kind::exclusion:
        drop_constraint(table.exclusions[part.place].name);
        break;
      case TablePart::Kind::foreign_key:
        drop_constraint(table.foreign_keys[part.place].name);
        break;
      case TablePart::Kind::index: {
        const Index& index = table.indexes[part.place];
        if (!index.valid || index.only || writer_.is_made_by_parent(table, index)) break;
        add("DROP INDEX " + writer_.name(table.schema, index.name));
        break;
      }
    }
  }

  /// A sequence that one table owns and another one counts with goes by itself, after both.
  void free_sequences() {
    for (const NativeItem& item : plan_.items) {
      const auto* user = std::get_if<TableItem>(&item);
      if (user == nullptr) continue;
      for (const TablePart& part : user->parts) {
        if (part.kind != TablePart::Kind::default_value) continue;
        for (const std::size_t need : part.needs) {
          const auto* sequence = std::get_if<const Sequence*>(&plan_.items[need]);
          if (sequence != nullptr) free_sequence(**sequence, *user->table);
        }
      }
    }
  }

  void free_sequence(const Sequence& sequence, const Table& user) {
    const Table* owner = plan_.find_table(sequence.owned_by_table);
    if (owner == nullptr || owner == &user || !freed_.insert(&sequence).second) return;
    add("ALTER SEQUENCE " + writer_.name(sequence.schema, sequence.name) + " OWNED BY NONE");
  }

  void drop_items() {
    std::size_t tables = 0;
    for (const NativeItem& item : plan_.items) tables += std::holds_alternative<TableItem>(item);
    std::vector<const Routine*> of_triggers;
    for (std::size_t at = plan_.order.size(); at-- > 0;) {
      const NativeItem& item = plan_.items[plan_.order[at]];
      const auto* routine = std::get_if<const Routine*>(&item);
      if (routine != nullptr && tables > 0 && is_trigger_function(**routine)) {
        of_triggers.push_back(*routine);  // So that triggers can go with their tables.
        continue;
      }
      std::visit([this](const auto& each) { drop(each); }, item);
      if (!std::holds_alternative<TableItem>(item) || --tables > 0) continue;
      for (const Routine* each : of_triggers) drop(each);
    }
  }

  void drop_extensions() {
    if (schema_.extensions.empty()) return;
    // In one statement, since they may need each other in any order.
    std::vector<std::string> names;
    for (const Extension& extension : schema_.extensions) {
      names.push_back(writer_.identifier(extension.name));
    }
    add("DROP EXTENSION IF EXISTS " + join(names, ", "));
  }

  void drop_namespaces() {
    std::set<std::string> missing = used_namespaces(schema_);
    for (const Namespace& space : schema_.namespaces) {
      missing.erase(space.name);
      if (space.name.empty() || space.name == "public") {
        // As initdb leaves it.
        if (!space.comment.empty()) add("COMMENT ON SCHEMA public IS 'standard public schema'");
        continue;
      }
      add("DROP SCHEMA " + writer_.identifier(space.name));
    }
    // One that an extension has made is gone with it.
    for (const std::string& space : missing) {
      add("DROP SCHEMA IF EXISTS " + writer_.identifier(space));
    }
  }

  /// Whether the table goes with the one that it is a part of: nothing of its own needs others.
  [[nodiscard]] bool goes_with_parent(const TableItem& item) const {
    const Table& table = *item.table;
    if (!table.partition_of || plan_.find_table(table.partition_of->parent) == nullptr)
      return false;
    return std::all_of(item.parts.begin(), item.parts.end(), [&](const TablePart& part) {
      return part.needs.empty() || writer_.is_inherited(table, part);
    });
  }

  template <class Object>
  [[nodiscard]] std::string name(const Object& object) const {
    return writer_.name(object.schema, object.name);
  }

  void drop(const Enumeration* each) { add("DROP TYPE " + name(*each)); }
  void drop(const Domain* each) { add("DROP DOMAIN " + name(*each)); }
  void drop(const CompositeType* each) { add("DROP TYPE " + name(*each)); }
  void drop(const Sequence* each) {
    const bool goes_with_owner =
        plan_.find_table(each->owned_by_table) != nullptr && freed_.count(each) == 0;
    if (!goes_with_owner) add("DROP SEQUENCE " + name(*each));
  }
  void drop(const Routine* each) {
    // A type takes the functions with it that read and write its values.
    const std::string_view condition = made_types_.empty() ? " " : " IF EXISTS ";
    add("DROP " + to_upper(each->kind) + std::string(condition) + name(*each) + "(" +
        each->arguments + ")");
  }
  void drop(const TableItem& item) {
    const Table& table = *item.table;
    if (goes_with_parent(item)) return;
    add((table.server.empty() ? "DROP TABLE " : "DROP FOREIGN TABLE ") + name(table));
  }
  void drop(const View* each) {
    add((each->materialized ? "DROP MATERIALIZED VIEW " : "DROP VIEW ") + name(*each));
  }
  void drop(const TriggerItem& item) {
    // Goes with its table or view, unless it needs more than its function.
    const auto* body = std::get_if<TriggerBody>(&item.trigger->purpose);
    if (body == nullptr) return;
    const std::vector<SqlToken> tokens = postgres_tokens(body->sql);
    if (!has_word(tokens, "when") && !has_word(tokens, "from")) return;
    if (item.table != nullptr && item.table->partition_of) return;
    add("DROP TRIGGER " + writer_.identifier(item.trigger->name) + " ON " +
        (item.table != nullptr ? name(*item.table) : name(*item.view)));
  }
  void drop(const RuleItem& item) {
    add("DROP RULE " + writer_.identifier(item.rule->name) + " ON " +
        (item.table != nullptr ? name(*item.table) : name(*item.view)));
  }
  void drop(const PolicyItem& item) {
    // Goes with its table, unless it needs more than that.
    for (const Policy& policy : item.table->policies) {
      if (!needs_more(policy.using_rows) && !needs_more(policy.with_check)) continue;
      add("DROP POLICY " + writer_.identifier(policy.name) + " ON " + name(*item.table));
    }
  }
  void drop(const OtherObject* each) {
    std::string statement = drop_of(*each);
    if (!statement.empty()) add(std::move(statement));
  }

  [[nodiscard]] bool needs_more(const std::optional<Expression>& condition) const {
    if (!condition) return false;
    const std::vector<SqlWord> words = postgres_words(writer_.text(*condition));
    return has_operators_ || std::any_of(words.begin(), words.end(), [&](const SqlWord& word) {
             return word.place == WordPlace::relation ||
                    (word.place == WordPlace::call && routines_.count(word.name) > 0);
           });
  }

  [[nodiscard]] std::string type_drop(const OtherObject& object) const {
    if (object.kind == "shell type" && made_types_.count(object.schema + "." + object.name) > 0) {
      return {};
    }
    // The functions of such a type name it: a cycle that only CASCADE opens.
    const bool in_cycle =
        object.kind == "base type" || has_word(postgres_tokens(object.sql.text), "canonical");
    return "DROP TYPE " + name(object) + (in_cycle ? " CASCADE" : "");
  }

  DiagnosticSink sink_;
  NativeWriter writer_;
  const NativePlan& plan_;
  const Schema& schema_;
  std::vector<std::string> statements_;
  std::unordered_set<const Sequence*> freed_;
  std::unordered_set<std::string> routines_;
  std::unordered_set<std::string> made_types_;  ///< Base and range types, with their namespace.
  bool has_operators_ = false;
};

std::string NativeDropper::drop_of(const OtherObject& object) const {
  const std::string_view kind = object.kind;
  const std::string_view sql = object.sql.text;
  if (kind == "default privileges") return undone_default_privileges(sql);
  if (kind == "user mapping") return user_mapping_drop(sql);
  if (kind == "operator family member") return {};
  if (kind.ends_with(" type")) return type_drop(object);
  if (kind == "operator class" || kind == "operator family") {
    // A class without a family has made one of its own name, and goes with it.
    const std::vector<SqlToken> tokens = postgres_tokens(sql);
    const bool of_family = kind == "operator class" && has_word(tokens, "family");
    const std::string_view own =
        std::string_view(object.name).substr(0, object.name.find(" USING "));
    return std::string(of_family ? "DROP OPERATOR CLASS " : "DROP OPERATOR FAMILY ") +
           writer_.name(object.schema, own) + " USING " + std::string(method_of(sql, tokens));
  }
  if (kind == "transform") {
    const std::size_t language = std::min(object.name.rfind(' '), object.name.size());
    return "DROP TRANSFORM FOR " + object.name.substr(0, language) + " LANGUAGE " +
           writer_.identifier(std::string_view(object.name).substr(language + 1));
  }
  return "DROP " + writer_.other_name(object);
}

std::string native_drop(const PostgresDialect& dialect, const Schema& schema,
                        const OtherObject& object) {
  return NativeDropper(dialect, schema).drop_of(object);
}

std::vector<std::string> PostgresDialect::drop_statements(const Schema& native) const {
  return NativeDropper(*this, native).run();
}

}  // namespace relata
