#include "migrate/tools/client_script.h"

namespace relata::migrate {
namespace {

/// A statement as the client takes it: mariadb splits at semicolons, also in the body of a trigger
/// (https://mariadb.com/kb/en/delimiters/).
std::string for_client(const Dialect& dialect, const std::string& sql) {
  if (dialect.id() != "mysql" || sql.find(';') == std::string::npos) return sql + ";\n";
  std::string delimiter = "$$";
  while (sql.find(delimiter) != std::string::npos) delimiter += "$";
  return "DELIMITER " + delimiter + "\n" + sql + "\n" + delimiter + "\nDELIMITER ;\n";
}

}  // namespace

std::string client_section(const Dialect& dialect, const Section& section) {
  const bool together = !section.apart && has_transactional_ddl(dialect);
  std::string out;
  if (section.keys_off) out += "PRAGMA foreign_keys=OFF;\n";
  if (together) out += "BEGIN;\n";
  for (const Command& command : section.commands) {
    out += sql_remarks(dialect, command) + for_client(dialect, command.sql);
  }
  if (together) out += "COMMIT;\n";
  if (section.keys_off) out += "PRAGMA foreign_keys=ON;\n";
  return out;
}

}  // namespace relata::migrate
