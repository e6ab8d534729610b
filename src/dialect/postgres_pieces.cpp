// A schema of PostgreSQL taken apart: each thing that it holds with the statements that make it
// alone and that take it down, from what prints the schema as a whole.
#include "dialect/postgres_pieces.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "dialect/postgres_native.h"

namespace relata {

class NativePieces {
 public:
  NativePieces(const Schema& schema, const std::set<QualifiedName>& apart)
      : dialect_(static_cast<const PostgresDialect&>(*find_dialect("postgres"))),
        schema_(schema),
        writer_(dialect_, schema, sink_, apart),
        plan_(writer_.plan_) {}

  std::vector<Piece> run() {
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

 private:
  /// The statements that printing gives.
  template <class Print>
  std::vector<std::string> captured(const Print& print) {
    std::vector<std::string> statements;
    writer_.captured_ = &statements;
    print();
    writer_.captured_ = nullptr;
    return statements;
  }

  Piece& put(std::string kind, QualifiedName owner, std::string name, PieceObject object) {
    Piece piece;
    piece.kind = std::move(kind);
    piece.owner = std::move(owner);
    piece.name = std::move(name);
    piece.object = object;
    pieces_.push_back(std::move(piece));
    return pieces_.back();
  }

  /// A piece that is an item of the plan.
  Piece& put_item(std::string kind, QualifiedName owner, std::string name, PieceObject object) {
    if (item_pieces_[item_] == Piece::none) item_pieces_[item_] = pieces_.size();
    items_of_.emplace_back(pieces_.size(), item_);
    return put(std::move(kind), std::move(owner), std::move(name), object);
  }

  template <class Object>
  Piece& put_plain(std::string kind, const Object* each) {
    Piece& piece = put_item(std::move(kind), {each->schema, each->name}, {}, each);
    piece.create = captured([&] { writer_.print(*each); });
    return piece;
  }

  void add_namespaces() {
    std::set<std::string> names = used_namespaces(schema_);
    for (const Namespace& space : schema_.namespaces) {
      names.erase(space.name);
      if (space.name.empty() || space.name == "public") continue;
      add_namespace(space.name, &space);
    }
    for (const std::string& space : names) add_namespace(space, {});
  }

  void add_namespace(const std::string& space, PieceObject object) {
    Piece& piece = put("schema", {{}, space}, {}, object);
    piece.create = {"CREATE SCHEMA " + writer_.identifier(space)};
    piece.drop = {"DROP SCHEMA " + writer_.identifier(space)};
  }

  void add_extensions() {
    for (const Extension& extension : schema_.extensions) {
      Piece& piece = put("extension", {{}, extension.name}, {}, &extension);
      std::string create = "CREATE EXTENSION IF NOT EXISTS " + writer_.identifier(extension.name);
      const bool pinned = extension.schema.empty() || extension.schema == "pg_catalog";
      if (!pinned) create += " WITH SCHEMA " + writer_.identifier(extension.schema);
      piece.create = {create + " CASCADE"};
      piece.drop = {"DROP EXTENSION " + writer_.identifier(extension.name)};
    }
  }

  void add(const Enumeration* each) {
    put_plain("enumeration", each).drop = {"DROP TYPE " + name(*each)};
  }
  void add(const Domain* each) { put_plain("domain", each).drop = {"DROP DOMAIN " + name(*each)}; }
  void add(const CompositeType* each) {
    put_plain("composite type", each).drop = {"DROP TYPE " + name(*each)};
  }
  void add(const Sequence* each) {
    // One that a column owns goes with it.
    put_plain("sequence", each).drop = {"DROP SEQUENCE IF EXISTS " + name(*each)};
  }
  void add(const Routine* each) {
    Piece& piece = put_item(each->kind, {each->schema, each->name}, each->arguments, each);
    piece.create = captured([&] { writer_.print(*each); });
    piece.drop = {"DROP " + to_upper(each->kind) + " " + name(*each) + "(" + each->arguments + ")"};
  }
  void add(const OtherObject* each) {
    Piece& piece = comes_last(*each) ? put(each->kind, {each->schema, each->name}, {}, each)
                                     : put_item(each->kind, {each->schema, each->name}, {}, each);
    piece.create = captured([&] { writer_.print(*each); });
    const std::string drop = native_drop(dialect_, schema_, *each);
    if (!drop.empty()) piece.drop = {drop};
  }
  void add(const View* each) {
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
  void add(const TriggerItem& item) {
    const QualifiedName owner = item.table != nullptr
                                    ? QualifiedName{item.table->schema, item.table->name}
                                    : QualifiedName{item.view->schema, item.view->name};
    Piece& piece = put_item("trigger", owner, item.trigger->name, item.trigger);
    piece.table = item.table;
    piece.create = captured([&] { writer_.print(item); });
    piece.drop = {"DROP TRIGGER " + writer_.identifier(item.trigger->name) + " ON " +
                  writer_.name(owner)};
    piece.owner_piece = owner_of(owner);
  }
  void add(const RuleItem& item) {
    const QualifiedName owner = item.table != nullptr
                                    ? QualifiedName{item.table->schema, item.table->name}
                                    : QualifiedName{item.view->schema, item.view->name};
    Piece& piece = put_item("rule", owner, item.rule->name, item.rule);
    piece.table = item.table;
    piece.create = captured([&] { writer_.print(item); });
    piece.drop = {"DROP RULE " + writer_.identifier(item.rule->name) + " ON " +
                  writer_.name(owner)};
    piece.owner_piece = owner_of(owner);
  }
  void add(const PolicyItem& item) {
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
      piece.drop = {"DROP POLICY " + writer_.identifier(policy.name) + " ON " +
                    writer_.name(table)};
      piece.owner_piece = owner_of({table.schema, table.name});
    }
  }

  void add(const TableItem& item) {
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

  Piece& put_part(const Table& table, std::size_t owner, std::string kind, std::string name,
                  PieceObject object) {
    Piece& piece = put(std::move(kind), {table.schema, table.name}, std::move(name), object);
    piece.table = &table;
    piece.owner_piece = owner;
    return piece;
  }

  [[nodiscard]] std::string alter(const Table& table) const {
    return (table.server.empty() ? "ALTER TABLE " : "ALTER FOREIGN TABLE ") + writer_.name(table);
  }

  [[nodiscard]] std::string detach(const Table& table) const {
    return "ALTER TABLE " + writer_.name(table.partition_of->parent) + " DETACH PARTITION " +
           writer_.name(table);
  }

  void add_columns(const TableItem& item, std::size_t owner) {
    const Table& table = *item.table;
    for (std::size_t place = 0; place < table.columns.size(); ++place) {
      const Column& column = table.columns[place];
      Piece& piece = put_part(table, owner, "column", column.name, &column);
      piece.within_owner = true;
      const auto serial = plan_.serial.find({&table, column.name});
      if (serial != plan_.serial.end()) piece.serial = serial->second;
      if (writer_.is_listed(table, column)) {
        const ColumnLine line = writer_.column_line(item, place);
        std::string text = alter(table) + " ADD COLUMN " + line.name + " " + line.type;
        for (const std::string& more : {line.nullability, line.rest}) {
          if (!more.empty()) text += " " + more;
        }
        piece.create = {text};
        piece.drop = {alter(table) + " DROP COLUMN " + line.name};
      }
      std::vector<std::string> settings =
          captured([&] { writer_.print_column_settings(table, column); });
      if (settings.empty()) continue;
      Piece& setting = put_part(table, owner, "column setting", column.name, {});
      setting.create = std::move(settings);
    }
  }

  void add_keys(const TableItem& item, std::size_t owner) {
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

  /// An index or key of a partitioned table, or of a partition.
  void tie(Piece& piece, const std::optional<QualifiedName>& whole) {
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

  void link_wholes() {
    for (const auto& [place, name] : wholes_) {
      const auto found = partitioned_.find(name);
      if (found == partitioned_.end()) continue;
      pieces_[place].whole = found->second;
      pieces_[place].needs.push_back(found->second);
    }
  }

  /// The index that a key stands on, as a statement that makes it apart.
  template <class Key>
  std::string key_index(const Table& table, const Key& key, bool nulls_not_distinct) {
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
    const auto statements =
        captured([&] { writer_.print_index(writer_.name(table), index, false); });
    return statements.empty() ? std::string() : statements.front();
  }

  void add_parts(const TableItem& item, std::size_t owner) {
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
      const bool inside = !is_default && part.kind != TablePart::Kind::index &&
                          writer_.stands_in_create(item, part);
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

  /// Checks and foreign keys that a partition has from the whole table.
  static bool is_from_whole(const Table& table, const TablePart& part) {
    if (!table.partition_of) return false;
    if (part.kind == TablePart::Kind::check) return table.checks[part.place].inherited;
    return part.kind == TablePart::Kind::foreign_key && table.foreign_keys[part.place].inherited;
  }

  Piece& put_table_part(const TableItem& item, const TablePart& part, std::size_t owner) {
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

  void add_settings(const TableItem& item, std::size_t owner) {
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

  /// That a column owns a sequence, which is dropped with it.
  void add_owned_sequences(const Table& table) {
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

  /// What refers to later tables: indexes, then the rest.
  void add_later_parts() {
    std::stable_sort(later_.begin(), later_.end(), [](const Later& a, const Later& b) {
      return a.part->kind == TablePart::Kind::index && b.part->kind != TablePart::Kind::index;
    });
    for (const Later& later : later_) {
      const std::size_t place = pieces_.size();
      put_table_part(*later.item, *later.part, later.owner);
      later_places_.emplace_back(place, later.part);
    }
  }

  void link_items() {
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

  /// What COMMENT ON calls a piece; empty: nothing comments on it.
  [[nodiscard]] std::string commented(const Piece& piece) const {
    const std::string owner = writer_.name(piece.owner);
    const std::string own = writer_.identifier(piece.name);
    const std::string& kind = piece.kind;
    if (kind == "column") return "COLUMN " + owner + "." + own;
    if (kind == "index") return "INDEX " + writer_.name(piece.owner.schema, piece.name);
    if (kind == "trigger" || kind == "rule" || kind == "policy") {
      return to_upper(kind) + " " + own + " ON " + owner;
    }
    if (kind == "primary key" || kind == "unique" || kind == "check" || kind == "exclusion" ||
        kind == "foreign key") {
      return "CONSTRAINT " + own + " ON " + owner;
    }
    if (kind == "enumeration" || kind == "composite type") return "TYPE " + owner;
    if (kind == "function" || kind == "procedure" || kind == "aggregate") {
      return to_upper(kind) + " " + owner + "(" + piece.name + ")";
    }
    if (const auto* other = std::get_if<const OtherObject*>(&piece.object)) {
      return writer_.other_name(**other);
    }
    if (piece.owner_piece != Piece::none) return {};
    const bool foreign = kind == "table" && !piece.table->server.empty();
    return (foreign ? "FOREIGN TABLE " : to_upper(kind) + " ") + owner;
  }

  void add_comments() {
    std::map<std::string, std::size_t> places;
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
      std::string what = commented(pieces_[at]);
      if (!what.empty()) places.emplace(std::move(what), at);
    }
    for (std::string& statement : captured([&] { writer_.print_comments(); })) {
      const std::size_t literal = comment_end(statement);
      const std::string what = statement.substr(11, literal - 11);
      Piece& piece = put("comment", {}, what, {});
      // Every database comes with this one.
      const bool standard = what == "SCHEMA public";
      piece.drop = {statement.substr(0, literal) +
                    (standard ? " IS 'standard public schema'" : " IS NULL")};
      piece.create = {std::move(statement)};
      piece.owner_piece = owner_of_comment(what, places);
    }
  }

  /// A column of a view has no piece of its own: its comment belongs to the view.
  [[nodiscard]] static std::size_t owner_of_comment(
      const std::string& what, const std::map<std::string, std::size_t>& places) {
    auto found = places.find(what);
    if (found == places.end() && what.starts_with("COLUMN ")) {
      const std::string relation = what.substr(7, what.rfind('.') - 7);
      for (const char* kind : {"VIEW ", "MATERIALIZED VIEW ", "TYPE "}) {
        if (found == places.end()) found = places.find(kind + relation);
      }
    }
    return found == places.end() ? Piece::none : found->second;
  }

  /// Where the literal of "COMMENT ON what IS 'text'" begins: behind the first IS outside of
  /// quotes.
  static std::size_t comment_end(const std::string& statement) {
    bool quoted = false;
    for (std::size_t at = 0; at + 4 < statement.size(); ++at) {
      if (statement[at] == '"') quoted = !quoted;
      if (!quoted && statement.compare(at, 4, " IS ") == 0) return at;
    }
    return statement.size();
  }

  void add_grants() {
    for (const Grant& grant : schema_.grants) {
      Piece& piece =
          put("grant", {grant.schema, grant.name}, writer_.grant_text(grant, false), &grant);
      piece.create = {writer_.grant_text(grant, false)};
      piece.drop = {writer_.grant_text(grant, true)};
      piece.owner_piece = granted(grant);
    }
  }

  /// What a grant is on: the first piece of that name that stands on its own.
  [[nodiscard]] std::size_t granted(const Grant& grant) {
    if (grantable_.empty()) {
      for (std::size_t at = 0; at < pieces_.size(); ++at) {
        const Piece& piece = pieces_[at];
        if (piece.owner_piece != Piece::none || piece.kind == "grant" || piece.kind == "comment" ||
            piece.kind == "sequence owner") {
          continue;
        }
        grantable_.emplace(std::pair{piece.owner, std::string()}, at);
        grantable_.emplace(std::pair{piece.owner, piece.name}, at);
      }
    }
    const bool routine =
        grant.kind == "function" || grant.kind == "procedure" || grant.kind == "routine";
    const auto found = grantable_.find(
        {QualifiedName{grant.schema, grant.name}, routine ? grant.arguments : std::string()});
    return found == grantable_.end() ? Piece::none : found->second;
  }

  template <class Object>
  [[nodiscard]] std::string name(const Object& object) const {
    return writer_.name(object.schema, object.name);
  }
  [[nodiscard]] std::size_t owner_of(const QualifiedName& owner) const {
    const auto found = owners_.find(owner);
    return found == owners_.end() ? Piece::none : found->second;
  }

  struct Later {
    const TableItem* item;
    const TablePart* part;
    std::size_t owner;
    std::size_t place;
  };

  DiagnosticSink sink_;
  const PostgresDialect& dialect_;
  const Schema& schema_;
  NativeWriter writer_;
  const NativePlan& plan_;
  std::vector<Piece> pieces_;
  std::vector<std::size_t> item_pieces_;                       ///< The first piece of each item.
  std::vector<std::pair<std::size_t, std::size_t>> items_of_;  ///< Pieces and their items.
  std::map<QualifiedName, std::size_t> owners_;                ///< Tables' pieces.
  std::map<std::pair<QualifiedName, std::string>, std::size_t> grantable_;
  std::vector<std::pair<std::size_t, QualifiedName>> wholes_;  ///< Parts of partitions.
  std::map<QualifiedName, std::size_t> partitioned_;  ///< Indexes and keys of partitioned tables.
  std::vector<std::pair<std::size_t, QualifiedName>> attachments_;
  std::vector<Later> later_;
  std::vector<std::pair<std::size_t, const TablePart*>> later_places_;
  std::vector<std::pair<std::size_t, const Sequence*>> owned_places_;
  std::size_t item_ = 0;
};

std::vector<Piece> postgres_pieces(const Schema& schema, const std::set<QualifiedName>& apart) {
  return NativePieces(schema, apart).run();
}

std::set<QualifiedName> sequences_apart(const Schema& from, const Schema& to) {
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

}  // namespace relata
