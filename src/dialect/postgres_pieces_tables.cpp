// Tables with their columns, keys, indexes and settings.
#include <algorithm>

#include "dialect/postgres_native_pieces.h"

namespace relata {

template <class Key>
std::string NativePieces::key_index(const Table& table, const Key& key, bool nulls_not_distinct) {
  if (key.without_overlaps || !table.server.empty()) return {};
  Index index;
  index.name = key.name;
  index.unique = true;
  index.nulls_not_distinct = nulls_not_distinct;
  index.include = key.include;
  index.options = key.options;
  for (const std::string& column : key.columns) {
    index.parts.push_back({Expression{Operation::column, column, {}, {}}, false});
  }
  const auto statements = captured([&] { writer_.print_index(writer_.name(table), index, false); });
  return statements.empty() ? std::string() : statements.front();
}

void NativePieces::add(const TableItem& item) {
  const Table& table = *item.table;
  const QualifiedName self{table.schema, table.name};
  const std::size_t owner = pieces_.size();
  {
    Piece& piece = put_item("table", self, {}, &table);
    piece.table = &table;
    piece.create = captured([&] { writer_.print_create(item, writer_.table_lines(item)); });
    // What refers to the whole holds its partitions too, until they are partitions no more.
    if (table.partition_of) piece.drop = {detach(table)};
    piece.drop.push_back((table.server.empty() ? "DROP TABLE " : "DROP FOREIGN TABLE ") +
                         writer_.name(table));
  }
  owners_.emplace(self, owner);
  add_columns(item, owner);
  add_keys(item, owner);
  add_parts(item, owner);
  add_settings(item, owner);
}

Piece& NativePieces::put_part(const Table& table, std::size_t owner, std::string kind,
                              std::string name, PieceObject object) {
  Piece& piece = put(std::move(kind), {table.schema, table.name}, std::move(name), object);
  piece.table = &table;
  piece.owner_piece = owner;
  return piece;
}

std::string NativePieces::alter(const Table& table) const {
  return (table.server.empty() ? "ALTER TABLE " : "ALTER FOREIGN TABLE ") + writer_.name(table);
}

std::string NativePieces::detach(const Table& table) const {
  return "ALTER TABLE " + writer_.name(table.partition_of->parent) + " DETACH PARTITION " +
         writer_.name(table);
}

void NativePieces::add_columns(const TableItem& item, std::size_t owner) {
  const Table& table = *item.table;
  const std::string head = alter(table);
  for (std::size_t place = 0; place < table.columns.size(); ++place) {
    const Column& column = table.columns[place];
    Piece& piece = put_part(table, owner, "column", column.name, &column);
    piece.within_owner = true;
    const auto serial = plan_.serial.find({&table, column.name});
    if (serial != plan_.serial.end()) piece.serial = serial->second;
    if (writer_.is_listed(table, column)) {
      const ColumnLine line = writer_.column_line(item, place);
      std::string text = head + " ADD COLUMN " + line.name + " " + line.type;
      for (const std::string* more : {&line.nullability, &line.rest}) {
        if (!more->empty()) text += " " + *more;
      }
      piece.create.push_back(std::move(text));
      piece.drop.push_back(head + " DROP COLUMN " + line.name);
    }
    std::vector<std::string> settings =
        captured([&] { writer_.print_column_settings(table, column); });
    if (settings.empty()) continue;
    Piece& setting = put_part(table, owner, "column setting", column.name, {});
    setting.create = std::move(settings);
  }
}

void NativePieces::add_keys(const TableItem& item, std::size_t owner) {
  const Table& table = *item.table;
  const auto constraint = [&](Piece& piece, const std::string& definition,
                              const std::string& name) {
    piece.within_owner = true;
    piece.create = {"ALTER TABLE " + writer_.name(table) + " ADD " + definition};
    piece.drop = {alter(table) + " DROP CONSTRAINT " + writer_.identifier(name)};
  };
  if (table.primary_key) {
    Piece& piece =
        put_part(table, owner, "primary key", table.primary_key->name, &*table.primary_key);
    constraint(piece, writer_.constraint(*table.primary_key), table.primary_key->name);
    piece.key_index = key_index(table, *table.primary_key, false);
    tie(piece, table.primary_key->parent);
  }
  for (const Unique& unique : table.uniques) {
    Piece& piece = put_part(table, owner, "unique", unique.name, &unique);
    constraint(piece, writer_.constraint(unique), unique.name);
    piece.key_index = key_index(table, unique, unique.nulls_not_distinct);
    piece.within_owner =
        writer_.is_made_by_parent(table, unique) || !NativeWriter::is_redundant(table, unique);
    tie(piece, unique.parent);
  }
}

void NativePieces::tie(Piece& piece, const std::optional<QualifiedName>& whole) {
  const Table& table = *piece.table;
  const std::size_t place = pieces_.size() - 1;
  if (whole) {
    piece.attach = "ALTER INDEX " + writer_.name(*whole) + " ATTACH PARTITION " +
                   writer_.name(table.schema, piece.name);
    wholes_.emplace_back(place, *whole);
  }
  if (!table.partitioning) return;
  partitioned_.emplace(QualifiedName{table.schema, piece.name}, place);
  piece.create_only = piece.create;
  const std::string head = piece.kind == "index" ? " ON " : "ALTER TABLE ";
  const std::size_t at = piece.create.front().find(head + writer_.name(table));
  if (at != std::string::npos) piece.create_only.front().insert(at + head.size(), "ONLY ");
  const auto* index = std::get_if<const Index*>(&piece.object);
  if (index != nullptr && (*index)->only) piece.create = piece.create_only;
}

void NativePieces::add_parts(const TableItem& item, std::size_t owner) {
  const Table& table = *item.table;
  for (const TablePart& part : item.parts) {
    if (writer_.is_inherited(table, part) && !is_from_whole(table, part)) continue;
    // One that fits stands with its column.
    const bool is_default = part.kind == TablePart::Kind::default_value;
    if (is_default && plan_.fits_inside(part, item_)) continue;
    if (part.kind == TablePart::Kind::index) {
      const Index& index = table.indexes[part.place];
      if (!index.valid) continue;
    }
    const bool inside =
        !is_default && part.kind != TablePart::Kind::index && writer_.stands_in_create(item, part);
    if (!inside && !plan_.fits_inside(part, item_)) {
      later_.push_back({&item, &part, owner, item_});
      continue;
    }
    const bool made = part.kind == TablePart::Kind::index &&
                      writer_.is_made_by_parent(table, table.indexes[part.place]);
    if (inside || made) {
      put_table_part(item, part, owner).within_owner = true;
    } else {
      put_table_part(item, part, owner);
    }
  }
}

bool NativePieces::is_from_whole(const Table& table, const TablePart& part) {
  if (!table.partition_of) return false;
  if (part.kind == TablePart::Kind::check) return table.checks[part.place].inherited;
  return part.kind == TablePart::Kind::foreign_key && table.foreign_keys[part.place].inherited;
}

Piece& NativePieces::put_table_part(const TableItem& item, const TablePart& part,
                                    std::size_t owner) {
  const Table& table = *item.table;
  const auto constraint = [&](std::string kind, const std::string& name,
                              PieceObject object) -> Piece& {
    Piece& piece = put_part(table, owner, std::move(kind), name, object);
    piece.create = {"ALTER TABLE " + writer_.name(table) + " ADD " +
                    writer_.part_constraint(table, part)};
    piece.drop = {alter(table) + " DROP CONSTRAINT " + writer_.identifier(name)};
    piece.within_owner = is_from_whole(table, part) && writer_.is_inherited(table, part);
    return piece;
  };
  switch (part.kind) {
    case TablePart::Kind::default_value: {
      Piece& piece = put_part(table, owner, "column default", table.columns[part.place].name, {});
      piece.create = captured([&] { writer_.add_part(item, part); });
      piece.drop = {alter(table) + " ALTER COLUMN " + writer_.identifier(piece.name) +
                    " DROP DEFAULT"};
      return piece;
    }
    case TablePart::Kind::check:
      return constraint("check", table.checks[part.place].name, &table.checks[part.place]);
    case TablePart::Kind::exclusion:
      return constraint("exclusion", table.exclusions[part.place].name,
                        &table.exclusions[part.place]);
    case TablePart::Kind::foreign_key:
      return constraint("foreign key", table.foreign_keys[part.place].name,
                        &table.foreign_keys[part.place]);
    case TablePart::Kind::index:
      break;
  }
  const Index& index = table.indexes[part.place];
  Piece& piece = put_part(table, owner, "index", index.name, &index);
  piece.create = captured([&] {
    writer_.print_index(writer_.name(table), index, false);
    writer_.print_index_statistics(table.schema, index);
  });
  piece.drop = {"DROP INDEX " + writer_.name(table.schema, index.name)};
  tie(piece, index.parent);
  return piece;
}

void NativePieces::add_settings(const TableItem& item, std::size_t owner) {
  const Table& table = *item.table;
  const auto setting = [&](std::string kind, std::vector<std::string> statements) -> Piece* {
    if (statements.empty()) return nullptr;
    Piece& piece = put_part(table, owner, std::move(kind), {}, {});
    piece.create = std::move(statements);
    return &piece;
  };
  add_owned_sequences(table);
  const bool apart = writer_.ancestry(table) == NativeWriter::Ancestry::attached;
  if (table.partition_of) {
    Piece& piece = *setting("attachment", {writer_.attachment(table)});
    piece.drop = {detach(table)};
    piece.within_owner = !apart;
    attachments_.emplace_back(pieces_.size() - 1, table.partition_of->parent);
    if (apart) std::erase(pieces_[owner].drop, detach(table));
  } else if (apart) {
    setting("attachment", captured([&] { writer_.print_attachment(table); }));
  }
  setting("difference from parent", captured([&] { writer_.print_inherited_differences(item); }));
  if (Piece* piece =
          setting("table setting", captured([&] { writer_.print_table_settings(table); }))) {
    piece->drop = {"ALTER TABLE ONLY " + writer_.name(table) + " REPLICA IDENTITY DEFAULT",
                   "ALTER TABLE " + writer_.name(table) + " SET WITHOUT CLUSTER"};
  }
}

void NativePieces::add_owned_sequences(const Table& table) {
  const auto owned = writer_.owned_.find(&table);
  if (owned == writer_.owned_.end()) return;
  for (const Sequence* sequence : owned->second) {
    owned_places_.emplace_back(pieces_.size(), sequence);
    Piece& piece = put("sequence owner", {sequence->schema, sequence->name}, {}, {});
    piece.create = {writer_.owned_by(*sequence)};
    piece.drop = {"ALTER SEQUENCE " + name(*sequence) + " OWNED BY NONE"};
    piece.needs = {owners_.at({table.schema, table.name})};
  }
}

}  // namespace relata
