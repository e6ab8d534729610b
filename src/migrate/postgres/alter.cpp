// How a piece becomes another without being made anew.
// https://www.postgresql.org/docs/current/sql-altertable.html and its neighbours.
#include "migrate/postgres/alter.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "dialect/dialect.h"
#include "dialect/postgres_sequence.h"
#include "dialect/postgres_words.h"
#include "migrate/postgres/words.h"
#include "migrate/postgres/work.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

std::string spelled(const Type& type) {
  return type.spelling.empty() ? dialect().type_name(type) : type.spelling;
}

std::string text(const Expression& expression) {
  return closed_text(dialect().expression(expression));
}

std::optional<Statements> alter_domain(const Domain& from, const Domain& to) {
  if (!(from.type == to.type) || from.collation != to.collation) return std::nullopt;
  const std::string head = "ALTER DOMAIN " + quoted_name(to);
  Statements statements;
  for (const Check& check : from.checks) {
    const bool stays = std::find(to.checks.begin(), to.checks.end(), check) != to.checks.end();
    if (!stays) statements.push_back(head + " DROP CONSTRAINT " + quoted(check.name));
  }
  if (from.default_value != to.default_value) {
    statements.push_back(head + (to.default_value
                                     ? " SET DEFAULT " + default_text(text(*to.default_value))
                                     : " DROP DEFAULT"));
  }
  if (from.nullable != to.nullable) {
    statements.push_back(head + (to.nullable ? " DROP NOT NULL" : " SET NOT NULL"));
  }
  for (const Check& check : to.checks) {
    const bool there =
        std::find(from.checks.begin(), from.checks.end(), check) != from.checks.end();
    if (there) continue;
    statements.push_back(head + " ADD CONSTRAINT " + quoted(check.name) + " CHECK " +
                         in_parentheses(text(check.expression)));
  }
  return statements;
}

std::optional<Statements> alter_composite(const CompositeType& from, const CompositeType& to) {
  const std::string head = "ALTER TYPE " + quoted_name(to);
  const auto find = [](const CompositeType& type, const std::string& attribute) -> const Column* {
    for (const Column& one : type.attributes) {
      if (one.name == attribute) return &one;
    }
    return nullptr;
  };
  Statements statements;
  for (const Column& one : from.attributes) {
    if (find(to, one.name) == nullptr) {
      statements.push_back(head + " DROP ATTRIBUTE " + quoted(one.name));
    }
  }
  for (const Column& one : to.attributes) {
    const Column* before = find(from, one.name);
    if (before == nullptr) {
      statements.push_back(head + " ADD ATTRIBUTE " + quoted(one.name) + " " + spelled(one.type));
    } else if (!(before->type == one.type) || before->collation != one.collation) {
      statements.push_back(head + " ALTER ATTRIBUTE " + quoted(one.name) + " TYPE " +
                           spelled(one.type));
    }
  }
  return statements;
}

std::optional<Statements> alter_sequence(const Sequence& from, const Sequence& to) {
  Sequence owned = to;  // whose it is, a piece of its own says
  owned.owned_by_table = from.owned_by_table;
  owned.owned_by_column = from.owned_by_column;
  return sequence_changes(from, owned);
}

/// What stands before the body: CREATE OR REPLACE keeps it, and all that uses the routine.
std::string signature(const Routine& routine) {
  std::string out;
  for (const SqlToken& token : postgres_tokens(routine.sql.text)) {
    if (token.is(SqlTokenKind::name, "language") || token.is(SqlTokenKind::name, "as")) break;
    out += routine.sql.text.substr(token.begin, token.end - token.begin) + " ";
  }
  return to_lower(out);
}

std::optional<Statements> alter_routine(const Routine& from, const Routine& to) {
  if (from.kind != to.kind || from.kind == "aggregate" || signature(from) != signature(to)) {
    return std::nullopt;
  }
  const std::string word = to_upper(to.kind);
  const std::size_t at = to_upper(to.sql.text).find(word);
  if (at == std::string::npos) return std::nullopt;
  return Statements{"CREATE OR REPLACE " + to.sql.text.substr(at)};
}

std::optional<Statements> alter_extension(const Extension& from, const Extension& to) {
  if (from.schema == to.schema) return Statements{};
  return Statements{"ALTER EXTENSION " + quoted(to.name) + " SET SCHEMA " +
                    quoted(to.schema.empty() ? "public" : to.schema)};
}

/// Storage parameters that become others.
void alter_options(const Table& from, const Table& to, const std::string& head,
                   Statements& statements) {
  const auto plain = [](const Option& option) {
    return option.name != "tablespace" && option.name != "access method";
  };
  std::vector<std::string> reset;
  for (const Option& option : from.options) {
    const bool stays = std::any_of(to.options.begin(), to.options.end(),
                                   [&](const Option& o) { return o.name == option.name; });
    if (plain(option) && !stays) reset.push_back(option.name);
  }
  std::vector<std::string> set;
  for (const Option& option : to.options) {
    const bool same =
        std::find(from.options.begin(), from.options.end(), option) != from.options.end();
    if (plain(option) && !same) {
      set.push_back(option.value.empty() ? option.name : option.name + " = " + option.value);
    }
  }
  if (!reset.empty()) statements.push_back(head + "RESET (" + join(reset, ", ") + ")");
  if (!set.empty()) statements.push_back(head + "SET (" + join(set, ", ") + ")");
}

std::optional<Statements> alter_whole(const Table& from, const Table& to) {
  if (from.partitioning != to.partitioning || from.of_type != to.of_type ||
      from.server != to.server) {
    return std::nullopt;
  }
  const std::string head = "ALTER TABLE " + quoted_name(to) + " ";
  Statements statements;
  for (const QualifiedName& parent : from.inherits) {
    const bool stays =
        std::find(to.inherits.begin(), to.inherits.end(), parent) != to.inherits.end();
    if (!stays) statements.push_back(head + "NO INHERIT " + quoted(parent));
  }
  for (const QualifiedName& parent : to.inherits) {
    const bool there =
        std::find(from.inherits.begin(), from.inherits.end(), parent) != from.inherits.end();
    if (!there) statements.push_back(head + "INHERIT " + quoted(parent));
  }
  if (from.unlogged != to.unlogged) {
    statements.push_back(head + (to.unlogged ? "SET UNLOGGED" : "SET LOGGED"));
  }
  const std::string_view space = option_value(to.options, "tablespace");
  if (space != option_value(from.options, "tablespace")) {
    statements.push_back(head + "SET TABLESPACE " + quoted(space.empty() ? "pg_default" : space));
  }
  const std::string_view method = option_value(to.options, "access method");
  if (method != option_value(from.options, "access method")) {
    statements.push_back(head + "SET ACCESS METHOD " + quoted(method.empty() ? "heap" : method));
  }
  alter_options(from, to, head, statements);
  return statements;
}

/// The index or key of a partition has another name as a part of the same one.
template <class Object>
std::optional<Statements> rename_index(const Object& from, const Object& to,
                                       const QualifiedName& table) {
  if (!from.parent || from.parent != to.parent || from.name == to.name) return std::nullopt;
  Object same = from;
  same.name = to.name;
  same.comment = to.comment;
  if (!(same == to)) return std::nullopt;
  return Statements{"ALTER INDEX " + quoted(QualifiedName{table.schema, from.name}) +
                    " RENAME TO " + quoted(to.name)};
}

std::optional<Statements> alter_key(const ForeignKey& from, const ForeignKey& to,
                                    const std::string& table) {
  ForeignKey same = from;
  same.deferrable = to.deferrable;
  same.initially_deferred = to.initially_deferred;
  same.comment = to.comment;
  if (!(same == to) || to.inherited) return std::nullopt;
  return Statements{"ALTER TABLE " + table + " ALTER CONSTRAINT " + quoted(to.name) +
                    (to.deferrable ? " DEFERRABLE" : " NOT DEFERRABLE") +
                    (to.initially_deferred ? " INITIALLY DEFERRED" : "")};
}

}  // namespace

std::vector<std::string> sequence_changes(const Sequence& from, const Sequence& to) {
  const std::string head = "ALTER SEQUENCE " + quoted_name(to);
  Statements statements;
  std::vector<std::string> clauses = postgres_sequence_clauses(from.options, to.options);
  if (from.type != to.type) {
    clauses.insert(clauses.begin(), "AS " + (to.type.empty() ? std::string("bigint") : to.type));
  }
  if (!clauses.empty()) statements.push_back(head + " " + join(clauses, " "));
  if (from.unlogged != to.unlogged) {
    statements.push_back(head + (to.unlogged ? " SET UNLOGGED" : " SET LOGGED"));
  }
  const bool owner =
      from.owned_by_table == to.owned_by_table && from.owned_by_column == to.owned_by_column;
  if (!owner) {
    statements.push_back(head + " OWNED BY " +
                         (to.owned_by_table.name.empty()
                              ? "NONE"
                              : quoted(to.owned_by_table) + "." + quoted(to.owned_by_column)));
  }
  return statements;
}

std::optional<Statements> alter_column(const Piece& from, const Piece& to);

std::optional<Statements> alter(const Piece& from, const Piece& to) {
  if (from.object.index() != to.object.index()) return std::nullopt;
  if (from.kind == "column") return alter_column(from, to);
  if (from.kind == "comment") return to.create;
  const auto pair = [&](const auto* one, const auto& make) -> std::optional<Statements> {
    using Pointer = decltype(one);
    return make(*one, *std::get<Pointer>(to.object));
  };
  if (const auto* one = std::get_if<const Domain*>(&from.object)) return pair(*one, alter_domain);
  if (const auto* one = std::get_if<const CompositeType*>(&from.object)) {
    return pair(*one, alter_composite);
  }
  if (const auto* one = std::get_if<const Sequence*>(&from.object)) {
    return pair(*one, alter_sequence);
  }
  if (const auto* one = std::get_if<const Routine*>(&from.object)) return pair(*one, alter_routine);
  if (const auto* one = std::get_if<const Extension*>(&from.object)) {
    return pair(*one, alter_extension);
  }
  if (const auto* one = std::get_if<const Table*>(&from.object)) return pair(*one, alter_whole);
  if (from.kind == "index") {
    return pair(std::get<const Index*>(from.object), [&](const Index& one, const Index& other) {
      return rename_index(one, other, to.owner);
    });
  }
  if (from.kind == "unique") {
    return pair(std::get<const Unique*>(from.object), [&](const Unique& one, const Unique& other) {
      return rename_index(one, other, to.owner);
    });
  }
  if (from.kind == "primary key") {
    return pair(std::get<const PrimaryKey*>(from.object),
                [&](const PrimaryKey& one, const PrimaryKey& other) {
                  return rename_index(one, other, to.owner);
                });
  }
  if (const auto* one = std::get_if<const ForeignKey*>(&from.object)) {
    return alter_key(**one, *std::get<const ForeignKey*>(to.object), quoted(to.owner));
  }
  return std::nullopt;
}

}  // namespace relata::migrate::postgres
