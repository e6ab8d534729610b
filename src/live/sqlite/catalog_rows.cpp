#include "live/sqlite/catalog_rows.h"

#include <optional>

#include "base/text.h"
#include "live/sqlite/database.h"

namespace relata::live::sqlite {
namespace {

// One query each for the whole catalog. SQLite joins the pragma functions as nested loops; the
// order is asked for all the same.

constexpr std::string_view objects_query =
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema"
    " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid";

constexpr std::string_view tables_query =
    "SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'";

// Virtual tables have no rows behind them (rootpage 0); asking for their columns may need a module
// that is not there.
#define RELATA_REAL_TABLES "FROM main.sqlite_schema m, "
#define RELATA_ONLY_REAL_TABLES " WHERE m.type = 'table' AND m.rootpage > 0"

constexpr std::string_view columns_query =
    "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden " RELATA_REAL_TABLES
    "pragma_table_xinfo(m.name, 'main') x" RELATA_ONLY_REAL_TABLES " ORDER BY m.rowid, x.cid";

constexpr std::string_view foreign_keys_query =
    "SELECT m.name, k.id, k.\"table\", k.\"from\", k.\"to\", k.on_update, "
    "k.on_delete " RELATA_REAL_TABLES
    "pragma_foreign_key_list(m.name, 'main') k" RELATA_ONLY_REAL_TABLES
    " ORDER BY m.rowid, k.id DESC, k.seq";

constexpr std::string_view indexes_query =
    "SELECT m.name, x.cid, x.name, x.\"desc\", x.coll"
    " FROM main.sqlite_schema m, pragma_index_xinfo(m.name, 'main') x"
    " WHERE m.type = 'index' AND m.sql IS NOT NULL AND x.key ORDER BY m.rowid, x.seqno";

#undef RELATA_REAL_TABLES
#undef RELATA_ONLY_REAL_TABLES

constexpr std::string_view view_columns_query =
    "SELECT m.name, x.name FROM main.sqlite_schema m, pragma_table_xinfo(m.name, 'main') x"
    " WHERE m.type = 'view' ORDER BY m.rowid, x.cid";

constexpr std::string_view one_view_query =
    "SELECT ?1, name FROM pragma_table_xinfo(?1, 'main') ORDER BY cid";

class Reader {
 public:
  explicit Reader(sqlite3* database) : database_(database) {}

  Result<CatalogRows> read() {
    each(objects_query, [&](const Query& row) {
      rows_.objects.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
    });
    each(tables_query, [&](const Query& row) {
      rows_.tables[to_lower(row.text(0))] = {row.text(1), row.integer(2) != 0, row.integer(3) != 0};
    });
    each(columns_query, [&](const Query& row) {
      rows_.columns[to_lower(row.text(0))].push_back(
          {row.text(1), row.text(2), row.integer(3) != 0, !row.is_null(4), row.text(4),
           static_cast<int>(row.integer(5)), static_cast<int>(row.integer(6))});
    });
    each(indexes_query, [&](const Query& row) {
      rows_.indexes[to_lower(row.text(0))].push_back(
          {row.integer(1) < 0, row.text(2), row.integer(3) != 0, row.text(4)});
    });
    read_foreign_keys();
    read_view_columns();
    if (failure_) return tl::unexpected(*failure_);
    return std::move(rows_);
  }

 private:
  template <class Use>
  void each(std::string_view sql, Use use) {
    if (failure_) return;
    Query query(database_, sql);
    while (query.next()) use(query);
    if (query.failed()) failure_ = failure_of(query.code(), query.message(), file_name());
  }

  [[nodiscard]] std::string file_name() const {
    const char* name = sqlite3_db_filename(database_, "main");
    return name != nullptr ? name : "";
  }

  void read_foreign_keys() {
    std::string table;
    std::int64_t id = -1;
    each(foreign_keys_query, [&](const Query& row) {
      std::string owner = to_lower(row.text(0));
      auto& keys = rows_.foreign_keys[owner];
      if (owner != table || row.integer(1) != id) {
        keys.push_back({row.text(2), {}, {}, row.text(5), row.text(6)});
      }
      keys.back().columns.push_back(row.text(3));
      if (!row.is_null(4)) keys.back().referenced.push_back(row.text(4));
      table = std::move(owner);
      id = row.integer(1);
    });
  }

  /// All at once; a view that cannot be resolved fails the whole query, and then each is asked.
  void read_view_columns() {
    if (failure_) return;
    Query all(database_, view_columns_query);
    while (all.next()) rows_.view_columns[to_lower(all.text(0))].push_back(all.text(1));
    if (!all.failed()) return;
    rows_.view_columns.clear();
    for (const ObjectRow& object : rows_.objects) {
      if (object.type != "view") continue;
      Query one(database_, one_view_query);
      one.bind(1, object.name);
      std::vector<std::string> columns;
      while (one.next()) columns.push_back(one.text(1));
      if (one.failed()) {
        rows_.broken_views[object.name] = one.message();
      } else {
        rows_.view_columns[to_lower(object.name)] = std::move(columns);
      }
    }
  }

  sqlite3* database_;
  CatalogRows rows_;
  std::optional<Failure> failure_;
};

}  // namespace

Result<CatalogRows> read_catalog_rows(sqlite3* database) { return Reader(database).read(); }

}  // namespace relata::live::sqlite
