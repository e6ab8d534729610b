// What a schema of PostgreSQL consists of, but for what belongs to tables and what is said of
// things.
#include "dialect/postgres_pieces.h"

#include <algorithm>

#include "base/text.h"
#include "dialect/postgres_native_pieces.h"
#include "model/questions.h"

namespace relata {
namespace {

/// The table or view that a trigger or rule is on.
template <class Item>
QualifiedName relation_of(const Item& item) {
  return item.table != nullptr ? name_of(*item.table) : name_of(*item.view);
}

}  // namespace

std::vector<Piece> NativePieces::run() {
  std::size_t columns = 0;
  for (const Table& table : schema_.tables) columns += table.columns.size();
  pieces_.reserve(2 * columns + plan_.items.size());
  add_namespaces();
  add_extensions();
  item_pieces_.assign(plan_.items.size(), Piece::none);
  for (const std::size_t item : plan_.order) {
    writer_.item_ = item_ = item;
    std::visit([this](const auto& each) { add(each); }, plan_.items[item]);
  }
  add_later_parts();
  link_items();
  link_wholes();
  for (const auto& [place, parent] : attachments_) {
    const std::size_t whole = owner_of(parent);
    if (whole != Piece::none) pieces_[place].needs.push_back(whole);
  }
  add_comments();
  add_grants();
  for (const OtherObject& object : schema_.others) {
    if (comes_last(object)) add(&object);
  }
  return std::move(pieces_);
}

Piece& NativePieces::put(std::string kind, QualifiedName owner, std::string name,
                         PieceObject object) {
  Piece piece;
  piece.kind = std::move(kind);
  piece.owner = std::move(owner);
  piece.name = std::move(name);
  piece.object = object;
  pieces_.push_back(std::move(piece));
  return pieces_.back();
}

Piece& NativePieces::put_item(std::string kind, QualifiedName owner, std::string name,
                              PieceObject object) {
  if (item_pieces_[item_] == Piece::none) item_pieces_[item_] = pieces_.size();
  items_of_.emplace_back(pieces_.size(), item_);
  return put(std::move(kind), std::move(owner), std::move(name), object);
}

void NativePieces::add_namespaces() {
  std::set<std::string> names = used_namespaces(schema_);
  for (const Namespace& space : schema_.namespaces) {
    names.erase(space.name);
    if (space.name.empty() || space.name == "public") continue;
    add_namespace(space.name, &space);
  }
  for (const std::string& space : names) add_namespace(space, {});
}

void NativePieces::add_namespace(const std::string& space, PieceObject object) {
  Piece& piece = put("schema", {{}, space}, {}, object);
  piece.create = {"CREATE SCHEMA " + writer_.identifier(space)};
  piece.drop = {"DROP SCHEMA " + writer_.identifier(space)};
}

void NativePieces::add_extensions() {
  for (const Extension& extension : schema_.extensions) {
    Piece& piece = put("extension", {{}, extension.name}, {}, &extension);
    std::string create = "CREATE EXTENSION IF NOT EXISTS " + writer_.identifier(extension.name);
    const bool pinned = extension.schema.empty() || extension.schema == "pg_catalog";
    if (!pinned) create += " WITH SCHEMA " + writer_.identifier(extension.schema);
    piece.create = {create + " CASCADE"};
    piece.drop = {"DROP EXTENSION " + writer_.identifier(extension.name)};
  }
}

void NativePieces::add(const Enumeration* each) {
  put_plain("enumeration", each).drop = {"DROP TYPE " + name(*each)};
}

void NativePieces::add(const CompositeType* each) {
  put_plain("composite type", each).drop = {"DROP TYPE " + name(*each)};
}

void NativePieces::add(const Sequence* each) {
  // One that a column owns goes with it.
  put_plain("sequence", each).drop = {"DROP SEQUENCE IF EXISTS " + name(*each)};
}

void NativePieces::add(const Routine* each) {
  Piece& piece = put_item(each->kind, {each->schema, each->name}, each->arguments, each);
  piece.create = captured([&] { writer_.print(*each); });
  piece.drop = {"DROP " + to_upper(each->kind) + " " + name(*each) + "(" + each->arguments + ")"};
}

void NativePieces::add(const OtherObject* each) {
  Piece& piece = comes_last(*each) ? put(each->kind, {each->schema, each->name}, {}, each)
                                   : put_item(each->kind, {each->schema, each->name}, {}, each);
  piece.create = captured([&] { writer_.print(*each); });
  const std::string drop = native_drop(dialect_, schema_, *each);
  if (!drop.empty()) piece.drop = {drop};
}

void NativePieces::add(const View* each) {
  Piece& piece = put_item(each->materialized ? "materialized view" : "view",
                          {each->schema, each->name}, {}, each);
  View bare = *each;
  bare.indexes.clear();
  piece.create = captured([&] { writer_.print(bare); });
  piece.drop = {(each->materialized ? "DROP MATERIALIZED VIEW " : "DROP VIEW ") + name(*each)};
  const std::size_t owner = pieces_.size() - 1;
  for (const Index& index : each->indexes) {
    Piece& one = put("index", {each->schema, each->name}, index.name, &index);
    one.owner_piece = owner;
    one.create = captured([&] {
      writer_.print_index(writer_.name(*each), index, false);
      writer_.print_index_statistics(each->schema, index);
    });
    one.drop = {"DROP INDEX " + writer_.name(each->schema, index.name)};
  }
}

void NativePieces::add(const TriggerItem& item) {
  const QualifiedName owner = relation_of(item);
  Piece& piece = put_item("trigger", owner, item.trigger->name, item.trigger);
  piece.table = item.table;
  piece.create = captured([&] { writer_.print(item); });
  piece.drop = {"DROP TRIGGER " + writer_.identifier(item.trigger->name) + " ON " +
                writer_.name(owner)};
  piece.owner_piece = owner_of(owner);
}

void NativePieces::add(const RuleItem& item) {
  const QualifiedName owner = relation_of(item);
  Piece& piece = put_item("rule", owner, item.rule->name, item.rule);
  piece.table = item.table;
  piece.create = captured([&] { writer_.print(item); });
  piece.drop = {"DROP RULE " + writer_.identifier(item.rule->name) + " ON " + writer_.name(owner)};
  piece.owner_piece = owner_of(owner);
}

void NativePieces::add(const PolicyItem& item) {
  const Table& table = *item.table;
  const auto flag = [&](bool set, std::string kind, std::string_view on, std::string_view off) {
    if (!set) return;
    Piece& piece = put_item(std::move(kind), {table.schema, table.name}, {}, {});
    piece.table = &table;
    piece.create = {"ALTER TABLE " + writer_.name(table) + " " + std::string(on)};
    piece.drop = {"ALTER TABLE " + writer_.name(table) + " " + std::string(off)};
    piece.owner_piece = owner_of({table.schema, table.name});
  };
  flag(table.row_level_security, "row level security", "ENABLE ROW LEVEL SECURITY",
       "DISABLE ROW LEVEL SECURITY");
  flag(table.row_level_security_forced, "forced row level security", "FORCE ROW LEVEL SECURITY",
       "NO FORCE ROW LEVEL SECURITY");
  for (const Policy& policy : table.policies) {
    Piece& piece = put_item("policy", {table.schema, table.name}, policy.name, &policy);
    piece.table = &table;
    Table only;
    only.schema = table.schema;
    only.name = table.name;
    only.policies = {policy};
    piece.create = captured([&] { writer_.print(PolicyItem{&only}); });
    piece.drop = {"DROP POLICY " + writer_.identifier(policy.name) + " ON " + writer_.name(table)};
    piece.owner_piece = owner_of({table.schema, table.name});
  }
}

void NativePieces::link_wholes() {
  for (const auto& [place, name] : wholes_) {
    const auto found = partitioned_.find(name);
    if (found == partitioned_.end()) continue;
    pieces_[place].whole = found->second;
    pieces_[place].needs.push_back(found->second);
  }
}

void NativePieces::add_later_parts() {
  std::stable_sort(later_.begin(), later_.end(), [](const Later& a, const Later& b) {
    return a.part->kind == TablePart::Kind::index && b.part->kind != TablePart::Kind::index;
  });
  for (const Later& later : later_) {
    const std::size_t place = pieces_.size();
    put_table_part(*later.item, *later.part, later.owner);
    later_places_.emplace_back(place, later.part);
  }
}

void NativePieces::link_items() {
  for (const auto& [piece, item] : items_of_) {
    for (const std::size_t used : plan_.uses[item]) {
      const std::size_t other = item_pieces_[used];
      if (other != Piece::none && other != piece) pieces_[piece].needs.push_back(other);
    }
  }
  std::map<const Sequence*, std::size_t> sequences;
  for (std::size_t at = 0; at < pieces_.size(); ++at) {
    const auto* sequence = std::get_if<const Sequence*>(&pieces_[at].object);
    if (sequence != nullptr) sequences.emplace(*sequence, at);
  }
  for (const auto& [place, sequence] : owned_places_) {
    pieces_[place].needs.push_back(sequences.at(sequence));
  }
  for (const auto& [place, part] : later_places_) {
    for (const std::size_t used : part->needs) {
      if (item_pieces_[used] != Piece::none) {
        pieces_[place].needs.push_back(item_pieces_[used]);
      }
    }
  }
}

std::size_t NativePieces::owner_of(const QualifiedName& owner) const {
  const auto found = owners_.find(owner);
  return found == owners_.end() ? Piece::none : found->second;
}

std::vector<Piece> postgres_pieces(const Schema& schema, const std::set<QualifiedName>& apart) {
  return NativePieces(schema, apart).run();
}

static std::set<QualifiedName> sequences_apart(const Schema& from, const Schema& to) {
  const auto find_serial = [](const Schema& schema) {
    std::set<QualifiedName> names;
    for (const auto& [column, sequence] : serial_columns(schema)) {
      names.insert({sequence->schema, sequence->name});
    }
    return names;
  };
  const std::set<QualifiedName> serial_before = find_serial(from);
  const std::set<QualifiedName> serial_after = find_serial(to);
  std::set<QualifiedName> apart;
  const auto look = [&](const Schema& schema, const std::set<QualifiedName>& own,
                        const std::set<QualifiedName>& others) {
    for (const Sequence& sequence : schema.sequences) {
      const QualifiedName name{sequence.schema, sequence.name};
      if (own.count(name) == 0 && others.count(name) > 0) apart.insert(name);
    }
  };
  look(from, serial_before, serial_after);
  look(to, serial_after, serial_before);
  return apart;
}

static std::set<QualifiedName> partitions_apart(const Schema& from, const Schema& to) {
  using Tables = std::map<QualifiedName, const Table*>;
  const auto tables_of = [](const Schema& schema) {
    Tables tables;
    for (const Table& table : schema.tables) {
      if (table.partitioning || table.partition_of) tables.emplace(name_of(table), &table);
    }
    return tables;
  };
  const Tables before = tables_of(from);
  const Tables after = tables_of(to);
  std::set<QualifiedName> apart;
  const auto look = [&](const Tables& own, const Tables& others) {
    for (const auto& [name, table] : own) {
      if (!table->partition_of || others.count(name) > 0) continue;
      const auto whole = own.find(table->partition_of->parent);
      const auto other = others.find(table->partition_of->parent);
      if (whole != own.end() && other != others.end() && *whole->second == *other->second) {
        apart.insert(name);
      }
    }
  };
  look(before, after);
  look(after, before);
  return apart;
}

std::set<QualifiedName> made_apart(const Schema& from, const Schema& to) {
  std::set<QualifiedName> apart = sequences_apart(from, to);
  apart.merge(partitions_apart(from, to));
  return apart;
}

}  // namespace relata
