#include "migrate/postgres/synchrony.h"

#include <utility>

#include "migrate/postgres/type_change.h"
#include "migrate/postgres/words.h"

namespace relata::migrate::postgres {
namespace {

/// Comparable with IS DISTINCT FROM whatever the type: not every type knows equality.
std::string comparable(const std::string& row, const Column& column) {
  const bool known = column.type.kind != TypeKind::native && column.type.kind != TypeKind::json;
  return row + "." + quoted(column.name) + (known ? "" : "::text");
}

}  // namespace

// Triggers run in the order of their names: this one after all others, so that it sees what they
// wrote (https://www.postgresql.org/docs/current/trigger-definition.html).
Synchrony::Synchrony(const Piece& column, const Column& from, const Column& to, std::string next,
                     std::string parked)
    : from_(from),
      to_(to),
      next_(std::move(next)),
      parked_(std::move(parked)),
      table_(quoted(column.owner)) {
  const std::string name = derived_name("zzz_" + column.owner.name + "_" + column.name, "__both");
  trigger_ = quoted(name);
  function_ = quoted(QualifiedName{column.owner.schema, name});
}

std::string Synchrony::function(const std::string& body, bool replaces) const {
  return std::string("CREATE ") + (replaces ? "OR REPLACE " : "") + "FUNCTION " + function_ +
         "() RETURNS trigger LANGUAGE plpgsql AS " + dollar_quoted(body);
}

std::vector<std::string> Synchrony::made(const std::string& body) const {
  return {function(body, false), "CREATE TRIGGER " + trigger_ + " BEFORE INSERT OR UPDATE ON " +
                                     table_ + " FOR EACH ROW EXECUTE FUNCTION " + function_ + "()"};
}

std::string Synchrony::body_ahead() const {
  return "BEGIN\n  NEW." + quoted(next_) +
         " := " + cast_between(from_, to_, "NEW." + quoted(from_.name)) + ";\n  RETURN NEW;\nEND\n";
}

/// A value that the old type cannot hold is no reason to refuse the row.
std::string Synchrony::body_astern() const {
  const std::string old_column = "NEW." + quoted(parked_);
  return "BEGIN\n  BEGIN\n    " + old_column +
         " := " + cast_between(to_, from_, "NEW." + quoted(to_.name)) +
         ";\n  EXCEPTION WHEN data_exception THEN\n    " + old_column +
         " := NULL;\n  END;\n  RETURN NEW;\nEND\n";
}

/// Under two names, whoever writes the one writes the other. Until its rows are filled in, the
/// column that follows holds nothing: it counts only where it is written itself.
std::string Synchrony::body_both(const Column& leader, const Column& follower) {
  const std::string leading = "NEW." + quoted(leader.name);
  const std::string following = "NEW." + quoted(follower.name);
  return "BEGIN\n"
         "  IF TG_OP = 'INSERT' THEN\n"
         "    IF " +
         following + " IS NULL THEN\n      " + following + " := " + leading +
         ";\n"
         "    ELSE\n      " +
         leading + " := " + following +
         ";\n"
         "    END IF;\n"
         "  ELSIF " +
         comparable("NEW", follower) + " IS DISTINCT FROM " + comparable("OLD", follower) +
         " THEN\n    " + leading + " := " + following +
         ";\n"
         "  ELSE\n    " +
         following + " := " + leading +
         ";\n"
         "  END IF;\n"
         "  RETURN NEW;\n"
         "END\n";
}

std::vector<std::string> Synchrony::ahead() const {
  return made(from_.name == to_.name ? body_ahead() : body_both(from_, to_));
}

std::vector<std::string> Synchrony::astern() const {
  return made(from_.name == to_.name ? body_astern() : body_both(to_, from_));
}

std::vector<std::string> Synchrony::turned() const {
  if (from_.name != to_.name) return {};
  return {function(body_astern(), true)};
}

std::vector<std::string> Synchrony::turned_back() const {
  if (from_.name != to_.name) return {};
  return {function(body_ahead(), true)};
}

std::vector<std::string> Synchrony::end() const {
  return {"DROP TRIGGER " + trigger_ + " ON " + table_, "DROP FUNCTION " + function_ + "()"};
}

}  // namespace relata::migrate::postgres
