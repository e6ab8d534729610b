#include "migrate/postgres/expand_contract.h"

#include <set>
#include <utility>

#include "dialect/postgres_words.h"
#include "migrate/postgres/alter.h"
#include "migrate/postgres/backfill.h"
#include "migrate/postgres/delta.h"
#include "migrate/postgres/online.h"
#include "migrate/postgres/synchrony.h"
#include "migrate/postgres/type_change.h"
#include "migrate/postgres/words.h"
#include "model/questions.h"

namespace relata::migrate::postgres {
namespace {

/// One of the two columns that change places.
struct Side {
  const Piece* piece = nullptr;  ///< As it is when it is in use.
  const Column* column = nullptr;
  const Twin* twin = nullptr;  ///< As it is when it is not.
  const Statements* said = nullptr;
};

/// The steps of one switch.
class Switch {
 public:
  Switch(const ColumnSwitch& change, Work& work)
      : change_(change),
        work_(work),
        table_(*change.to->table),
        owner_(change.to->owner),
        where_(plain_name(change.to->owner)),
        from_(*std::get<const Column*>(change.from->object)),
        to_(*std::get<const Column*>(change.to->object)),
        renames_(from_.name != to_.name),
        next_(change.after, renames_ ? to_.name : derived_name(to_.name, "__next"), "__next"),
        parked_(change.before, renames_ ? from_.name : derived_name(from_.name, "__before"),
                "__before"),
        aside_(change_.before, from_.name, "__before"),
        synchrony_(*change.to, from_, to_, next_.name(), parked_.name()) {}

  void run() {
    const Side before{change_.from, &from_, &parked_, &change_.said_before};
    const Side after{change_.to, &to_, &next_, &change_.said_after};
    build(next_, to_, synchrony_.ahead(), work_.before);
    for (const TwinPart& part : next_.references()) add(part, work_.before);
    build_keys_aside(work_.before);
    build_references_back(work_.before);
    append(work_.forward, exchange(before, after));
    append(work_.forward, synchrony_.turned());
    Statements back = exchange(after, before);
    append(back, synchrony_.turned_back());
    prepend(work_.back, back);
    work_.phase = Phase::contract;
    work_.lock = Lock::access_exclusive;
    work_.on = where_;
    clear(work_.after);
  }

 private:
  [[nodiscard]] std::string head() const { return "ALTER TABLE " + quoted(owner_) + " "; }

  [[nodiscard]] std::string alter_column(const std::string& name) const {
    return head() + "ALTER COLUMN " + quoted(name) + " ";
  }

  [[nodiscard]] std::string required_name(const std::string& column) const {
    return derived_name(owner_.name + "_" + column, "__required");
  }

  /// The column with its trigger, its values, and what hangs on it.
  void build(const Twin& twin, const Column& column, const Statements& trigger,
             std::vector<Step>& steps) {
    const std::string name = twin.name();
    steps.push_back(plain_step(Phase::expand, "make the column " + name + " of " + where_,
                               twin.column().create, twin.column().drop, Lock::access_exclusive,
                               where_));
    steps.push_back(plain_step(Phase::expand, "write " + name + " of " + where_ + " with each row",
                               trigger, synchrony_.end(), Lock::share_row_exclusive, where_));
    const bool is_next = &twin == &next_;
    const std::string& source = is_next ? from_.name : to_.name;
    const std::string value = is_next ? cast_between(from_, to_, quoted(source))
                                      : cast_between(to_, from_, quoted(source));
    steps.push_back(backfill_step(
        "give the rows of " + where_ + " their " + name, table_, quoted(name) + " = " + value,
        quoted(name) + " IS NULL AND " + quoted(source) + " IS NOT NULL"));
    if (!column.nullable) require(name, steps);
    build_parts(twin, steps);
  }

  /// So that NOT NULL can be set in a moment.
  void require(const std::string& column, std::vector<Step>& steps) {
    const std::string name = required_name(column);
    steps.push_back(plain_step(Phase::backfill, "require " + column + " of " + where_,
                               {head() + "ADD CONSTRAINT " + quoted(name) + " CHECK (" +
                                quoted(column) + " IS NOT NULL) NOT VALID"},
                               {head() + "DROP CONSTRAINT IF EXISTS " + quoted(name)},
                               Lock::access_exclusive, where_));
    steps.push_back(validating_step(Phase::backfill, *change_.to, name, Way::forward));
  }

  void build_parts(const Twin& twin, std::vector<Step>& steps) {
    for (const TwinPart& part : twin.parts()) {
      if (is_key_or_index(part.piece)) steps.push_back(index_step(part));
    }
    for (const TwinPart& part : twin.parts()) {
      if (part.piece.kind == "check" || part.piece.kind == "foreign key") add(part, steps);
    }
  }

  [[nodiscard]] Step index_step(const TwinPart& part) const {
    const std::string& statement =
        is_key(part.piece) ? part.piece.key_index : part.piece.create.front();
    return concurrent_index_step(Phase::backfill, statement,
                                 quoted(QualifiedName{owner_.schema, part.piece.name}),
                                 "build the index " + part.piece.name + " of " + where_);
  }

  /// A constraint that holds for new rows, and then for all.
  static void add(const TwinPart& part, std::vector<Step>& steps) {
    Statements create = part.piece.create;
    const bool later = !create.front().ends_with("NOT VALID");
    if (later) create.front() += " NOT VALID";
    const Lock lock = lock_of(Doing::create, part.piece.kind);
    // On the way back it may be gone with what it led to.
    steps.push_back(plain_step(
        Phase::backfill, "make the " + described(part.piece), create,
        {alter_table(part.piece) + "DROP CONSTRAINT IF EXISTS " + quoted(part.piece.name)}, lock,
        plain_name(part.piece.owner)));
    if (later) {
      steps.push_back(validating_step(Phase::backfill, part.piece, part.piece.name, Way::forward));
    }
  }

  /// Keys go when the columns change places, and come back from an index of their own.
  void build_keys_aside(std::vector<Step>& steps) {
    std::set<std::string> keys;
    for (const TwinPart& part : parked_.parts()) {
      if (is_key(part.piece)) keys.insert(part.real);
    }
    for (const TwinPart& part : aside_.parts()) {
      if (keys.count(part.real) > 0) steps.push_back(index_step(part));
    }
  }

  /// On the way back the foreign keys that led to the column are checked after they hold again.
  void build_references_back(std::vector<Step>& steps) {
    for (const TwinPart& part : parked_.references()) {
      steps.push_back(validating_step(Phase::backfill, part.piece, part.real, Way::back));
    }
  }

  /// Parks the one column with all that it has, and puts the other in its place. NOT NULL is set
  /// when the columns have their names, since PostgreSQL 18 calls its constraint by the column.
  Statements exchange(const Side& live, const Side& next) {
    Statements out;
    for (const TwinPart& part : live.twin->references()) {
      out.push_back(alter_table(part.piece) + "DROP CONSTRAINT " + quoted(part.real));
    }
    park(live, out);
    put_aside_numbers(live, next, out);
    // What comes after it may be NULL here, or does not fit.
    if (!live.column->nullable) {
      out.push_back(alter_column(live.column->name) + "DROP NOT NULL");
    }
    if (!renames_) {
      out.push_back(rename(live.column->name, live.twin->name()));
      out.push_back(rename(next.twin->name(), next.column->name));
    }
    if (!next.column->nullable) {
      out.push_back(alter_column(next.column->name) + "SET NOT NULL");
      out.push_back(head() + "DROP CONSTRAINT IF EXISTS " +
                    quoted(required_name(next.twin->name())));
    }
    take_over_numbers(live, next, out);
    put_in_place(next, out);
    append(out, *next.said);
    return out;
  }

  [[nodiscard]] std::string rename(const std::string& from, const std::string& to) const {
    return head() + "RENAME COLUMN " + quoted(from) + " TO " + quoted(to);
  }

  void park(const Side& live, Statements& out) {
    for (const TwinPart& part : live.twin->parts()) {
      if (is_key(part.piece)) {
        out.push_back(head() + "DROP CONSTRAINT " + quoted(part.real));
      } else {
        out.push_back(rename_part(part.piece, part.real, part.piece.name));
      }
    }
  }

  void put_in_place(const Side& next, Statements& out) {
    for (const TwinPart& part : next.twin->parts()) {
      if (is_key(part.piece)) {
        out.push_back(using_index(part.piece, part.real, part.piece.name));
      } else {
        out.push_back(rename_part(part.piece, part.piece.name, part.real));
      }
    }
    if (next.twin == &next_) {
      for (const TwinPart& part : next_.references()) {
        out.push_back(rename_part(part.piece, part.piece.name, part.real));
      }
    } else {  // On the way back they come anew: the key that they were on is gone.
      for (const TwinPart& part : aside_.references()) {
        out.push_back(alter_table(part.piece) + "ADD " + reference_definition(part));
      }
    }
  }

  /// The foreign key under its real name, not yet checked.
  [[nodiscard]] static std::string reference_definition(const TwinPart& part) {
    std::string text = part.piece.create.front();
    text = text.substr(text.find(" ADD ") + 5);
    const std::string name = quoted(part.piece.name);
    text.replace(text.find(name), name.size(), quoted(part.real));
    return text.ends_with("NOT VALID") ? text : text + " NOT VALID";
  }

  [[nodiscard]] static std::string rename_part(const Piece& piece, const std::string& from,
                                               const std::string& to) {
    if (piece.kind == "index") {
      return "ALTER INDEX " + quoted(QualifiedName{piece.owner.schema, from}) + " RENAME TO " +
             quoted(to);
    }
    return alter_table(piece) + "RENAME CONSTRAINT " + quoted(from) + " TO " + quoted(to);
  }

  /// Takes the default and the identity from the old column. Where its numbering stands is kept in
  /// a setting of the transaction; the sequence is locked before, by another name.
  void put_aside_numbers(const Side& live, const Side& next, Statements& out) {
    const std::string& name = live.column->name;
    if (live.column->default_value) out.push_back(alter_column(name) + "DROP DEFAULT");
    if (!live.column->identity || !next.column->identity) return;
    const std::string real = identity_sequence(owner_, *live.column);
    const std::string aside = derived_name(real, "__before");
    out.push_back("ALTER SEQUENCE " + quoted(QualifiedName{owner_.schema, real}) + " RENAME TO " +
                  quoted(aside));
    out.push_back(
        "SELECT set_config('relata.last_value', last_value::text, true), "
        "set_config('relata.is_called', is_called::text, true) FROM " +
        quoted(QualifiedName{owner_.schema, aside}));
    out.push_back(alter_column(name) + "DROP IDENTITY");
  }

  /// The new column's default, sequence or identity. The numbering goes on where the old one was,
  /// under its name.
  void take_over_numbers(const Side& live, const Side& next, Statements& out) {
    const std::string& name = next.column->name;
    if (live.piece->serial != nullptr && next.piece->serial != nullptr) {
      const Sequence& sequence = *next.piece->serial;
      out.push_back("ALTER SEQUENCE " + quoted(QualifiedName{sequence.schema, sequence.name}) +
                    " OWNED BY " + quoted(owner_) + "." + quoted(name));
      append(out, sequence_changes(*live.piece->serial, sequence));
    }
    if (next.column->default_value) {
      out.push_back(alter_column(name) + "SET DEFAULT " +
                    default_text(closed_text(dialect().expression(*next.column->default_value))));
    }
    if (!live.column->identity || !next.column->identity) return;
    const std::string sequence =
        quoted(QualifiedName{owner_.schema, identity_sequence(owner_, *next.column)});
    out.push_back(alter_column(name) + "ADD " + identity_clause(*next.column->identity, sequence));
    out.push_back("SELECT setval(" + dialect().string_literal(sequence) +
                  ", current_setting('relata.last_value')::bigint, "
                  "current_setting('relata.is_called')::boolean)");
  }

  /// The end of the old column. On the way back it is built like the new one was.
  void clear(std::vector<Step>& steps) {
    std::vector<Step> built;
    build(parked_, from_, synchrony_.astern(), built);
    for (std::size_t at = built.size(); at-- > 0;) {
      const std::string title = built[at].title;
      Step step = reversed(std::move(built[at]), {});
      step.phase = Phase::contract;
      if (at > 1) {
        // It goes with the column.
        step.title = "on the way back, " + title;
        step.forward = {};
      } else {
        step.title = at == 1 ? "write " + parked_.name() + " of " + where_ + " no longer"
                             : "drop the column " + parked_.name() + " of " + where_;
      }
      steps.push_back(std::move(step));
    }
  }

  const ColumnSwitch& change_;
  Work& work_;
  const Table& table_;
  const QualifiedName owner_;
  const std::string where_;
  const Column& from_;
  const Column& to_;
  const bool renames_;
  Twin next_;
  Twin parked_;
  Twin aside_;  ///< What is made under other names while the column has its own.
  Synchrony synchrony_;
};

}  // namespace

void switch_column(const ColumnSwitch& change, Work& work) { Switch(change, work).run(); }

}  // namespace relata::migrate::postgres
