#include "read/sql/sql.h"

namespace relata::sql {

Result<MigrationFolder> read_folder(const std::string& folder) {
  return tl::unexpected(Failure{"cannot read the folder '" + folder + "' yet", {}});
}

}  // namespace relata::sql
