#include "live/postgres/others.h"

namespace relata::live::postgres {

void read_others(const Rows& rows, Catalog& catalog) {
  for (const Row row : rows) {
    OtherObject object;
    object.kind = row.text(0);
    object.schema = row.text(1);
    object.name = row.text(2);
    object.sql = sql_text(row.view(3));
    object.comment = catalog.comment(static_cast<CatalogId>(row.oid(4)), row.oid(5));
    catalog.schema.others.push_back(std::move(object));
  }
}

}  // namespace relata::live::postgres
