// The steps from one schema of PostgreSQL to another.
#include "migrate/postgres/planner.h"

#include <map>
#include <set>

#include "base/text.h"
#include "dialect/postgres_pieces.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/delta.h"

namespace relata::migrate::postgres {
namespace {

std::string described(const Piece& piece) {
  const std::string owner =
      piece.owner.schema.empty() ? piece.owner.name : piece.owner.schema + "." + piece.owner.name;
  if (piece.name.empty()) return piece.kind + " " + owner;
  if (owner.empty()) return piece.kind + " on " + to_lower(piece.name);
  return piece.kind + " " + piece.name + " of " + owner;
}

/// Puts the steps together.
class Planner {
 public:
  Planner(const Schema& from, const Schema& to, const PlanOptions& options, DiagnosticSink& sink)
      : from_(postgres_pieces(from)),
        to_(postgres_pieces(to)),
        delta_(find_delta(from_, to_)),
        options_(options),
        sink_(sink) {}

  Plan run() {
    mark_made_tables();
    for (const std::size_t at : delta_.dropped_first) drop(at, Phase::expand);
    // What is new comes in the order of the target, and what is altered between it.
    std::size_t altered = 0;
    for (const std::size_t at : delta_.created) {
      while (altered < delta_.altered.size() && delta_.altered[altered].to < at) {
        alter_one(delta_.altered[altered++]);
      }
      create(at);
    }
    while (altered < delta_.altered.size()) alter_one(delta_.altered[altered++]);
    for (const std::size_t at : delta_.dropped_last) drop(at, Phase::contract);
    return std::move(plan_);
  }

 private:
  void mark_made_tables() {
    for (const std::size_t at : delta_.created) {
      if (to_[at].kind == "table") new_tables_.insert(at);
    }
    for (const std::size_t at : delta_.dropped_first) gone_.insert(at);
    for (const std::size_t at : delta_.dropped_last) gone_.insert(at);
  }

  void drop(std::size_t at, Phase phase) {
    const Piece& piece = from_[at];
    const bool with_owner = piece.owner_piece != Piece::none && gone_.count(piece.owner_piece) > 0;
    if (piece.drop.empty() || (with_owner && !is_apart(piece))) {
      if (!with_owner || piece.within_owner) return;
      // It goes with its owner, and must be made again on the way back.
      if (!piece.create.empty()) undo_later(at);
      return;
    }
    Step step;
    step.phase = phase;
    step.title = "drop the " + described(piece);
    step.forward.statements = piece.drop;
    // What stands in the statement that makes its owner comes back with it.
    if (!with_owner || !piece.within_owner) step.back.statements = piece.create;
    if (piece.kind == "table" || piece.kind == "column") {
      step.loss = "the rows' values of the " + described(piece);
      report_loss(piece);
    }
    plan_.steps.push_back(std::move(step));
  }

  /// Parts that are dropped before their owner: others depend on them.
  static bool is_apart(const Piece& piece) {
    return piece.kind == "foreign key" || piece.kind == "policy" || piece.kind == "rule" ||
           piece.kind == "trigger" || piece.kind == "attachment";
  }

  /// A step that only the way back has: nothing forward.
  void undo_later(std::size_t at) {
    const Piece& piece = from_[at];
    Step step;
    step.title = "the " + described(piece) + " goes with what it belongs to";
    step.back.statements = piece.create;
    plan_.steps.push_back(std::move(step));
  }

  void report_loss(const Piece& piece) {
    if (options_.allow_loss) return;
    sink_.error("data-loss", "dropping the " + described(piece) + " loses what it holds", {}, {},
                "--allow-loss does it all the same");
  }

  void create(std::size_t at) {
    const Piece& piece = to_[at];
    Step step;
    step.title = "make the " + described(piece);
    step.forward.statements = piece.create;
    const bool with_owner =
        piece.owner_piece != Piece::none && new_tables_.count(piece.owner_piece) > 0;
    if (!with_owner || is_apart(piece)) step.back.statements = piece.drop;
    plan_.steps.push_back(std::move(step));
  }

  void alter_one(const Altered& altered) {
    const Piece& from = from_[altered.from];
    const Piece& to = to_[altered.to];
    Step step;
    step.title = "change the " + described(to);
    if (from.kind == "enumeration") {
      step.forward.statements = alter_enumeration(from, to, columns_of(from, to_));
      step.back.statements = alter_enumeration(to, from, columns_of(from, from_));
    } else {
      step.forward.statements = *alter(from, to);
      step.back.statements = *alter(to, from);
    }
    if (!step.forward.statements.empty() || !step.back.statements.empty())
      plan_.steps.push_back(std::move(step));
  }

  /// The columns that have an enumeration's type when it is changed, with the defaults that they
  /// have in `after` where they are there.
  [[nodiscard]] std::vector<EnumeratedColumn> columns_of(const Piece& enumeration,
                                                         const std::vector<Piece>& after) const {
    std::map<std::pair<QualifiedName, std::string>, const Column*> defaults;
    for (const Piece& piece : after) {
      if (const auto* column = std::get_if<const Column*>(&piece.object)) {
        defaults.emplace(std::pair{piece.owner, piece.name}, *column);
      }
    }
    std::vector<EnumeratedColumn> columns;
    for (const Piece& piece : from_) {
      const auto* column = std::get_if<const Column*>(&piece.object);
      if (column == nullptr || !has_type(**column, enumeration)) continue;
      const auto found = defaults.find({piece.owner, piece.name});
      columns.push_back({piece.owner, *column, found == defaults.end() ? *column : found->second});
    }
    return columns;
  }

  std::vector<Piece> from_;
  std::vector<Piece> to_;
  Delta delta_;
  const PlanOptions& options_;
  DiagnosticSink& sink_;
  std::set<std::size_t> new_tables_;
  std::set<std::size_t> gone_;
  Plan plan_;
};

}  // namespace

Plan make_postgres_plan(const Schema& from, const Schema& to, const PlanOptions& options,
                        DiagnosticSink& sink) {
  Plan plan = Planner(from, to, options, sink).run();
  plan.dialect = "postgres";
  return plan;
}

}  // namespace relata::migrate::postgres
