#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "dialect/piece.h"
#include "dialect/postgres_native.h"

namespace relata {

/// Takes a schema of PostgreSQL apart: each thing that it holds with the statements that make it
/// alone and that take it down, from what prints the schema as a whole.
class NativePieces {
 public:
  NativePieces(const Schema& schema, const std::set<QualifiedName>& apart)
      : dialect_(static_cast<const PostgresDialect&>(*find_dialect("postgres"))),
        schema_(schema),
        writer_(dialect_, schema, sink_, apart),
        plan_(writer_.plan_) {}

  std::vector<Piece> run();

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

  Piece& put(std::string kind, QualifiedName owner, std::string name, PieceObject object);

  /// A piece that is an item of the plan.
  Piece& put_item(std::string kind, QualifiedName owner, std::string name, PieceObject object);

  template <class Object>
  Piece& put_plain(std::string kind, const Object* each) {
    Piece& piece = put_item(std::move(kind), {each->schema, each->name}, {}, each);
    piece.create = captured([&] { writer_.print(*each); });
    return piece;
  }

  void add_namespaces();
  void add_namespace(const std::string& space, PieceObject object);
  void add_extensions();
  void add(const Enumeration* each);
  void add(const Domain* each) { put_plain("domain", each).drop = {"DROP DOMAIN " + name(*each)}; }
  void add(const CompositeType* each);
  void add(const Sequence* each);
  void add(const Routine* each);
  void add(const OtherObject* each);
  void add(const View* each);
  void add(const TriggerItem& item);
  void add(const RuleItem& item);
  void add(const PolicyItem& item);
  void add(const TableItem& item);

  Piece& put_part(const Table& table, std::size_t owner, std::string kind, std::string name,
                  PieceObject object);
  [[nodiscard]] std::string alter(const Table& table) const;
  [[nodiscard]] std::string detach(const Table& table) const;
  void add_columns(const TableItem& item, std::size_t owner);
  void add_keys(const TableItem& item, std::size_t owner);

  /// An index or key of a partitioned table, or of a partition.
  void tie(Piece& piece, const std::optional<QualifiedName>& whole);
  void link_wholes();

  /// The index that a key stands on, as a statement that makes it apart.
  template <class Key>
  std::string key_index(const Table& table, const Key& key, bool nulls_not_distinct);
  void add_parts(const TableItem& item, std::size_t owner);

  /// Checks and foreign keys that a partition has from the whole table.
  static bool is_from_whole(const Table& table, const TablePart& part);
  Piece& put_table_part(const TableItem& item, const TablePart& part, std::size_t owner);
  void add_settings(const TableItem& item, std::size_t owner);

  /// That a column owns a sequence, which is dropped with it.
  void add_owned_sequences(const Table& table);

  /// What refers to later tables: indexes, then the rest.
  void add_later_parts();
  void link_items();

  /// What COMMENT ON calls a piece; empty: nothing comments on it.
  [[nodiscard]] std::string commented(const Piece& piece) const;
  void add_comments();

  /// A column of a view has no piece of its own: its comment belongs to the view.
  [[nodiscard]] static std::size_t owner_of_comment(
      const std::string& what, const std::map<std::string, std::size_t>& places);

  /// Where the literal of "COMMENT ON what IS 'text'" begins: behind the first IS outside of
  /// quotes.
  static std::size_t comment_end(const std::string& statement);
  void add_grants();

  /// What a grant is on: the first piece of that name that stands on its own.
  [[nodiscard]] std::size_t granted(const Grant& grant);

  template <class Object>
  [[nodiscard]] std::string name(const Object& object) const {
    return writer_.name(object.schema, object.name);
  }
  [[nodiscard]] std::size_t owner_of(const QualifiedName& owner) const;

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

}  // namespace relata
