#include "dialect/mysql_clauses.h"
#include "migrate/mysql/cost.h"
#include "migrate/parking/parking_engine.h"

namespace relata::migrate {
namespace {

/// Tables and columns are renamed, which changes the catalog only (MySQL 8.0 manual, "Online DDL
/// Operations"; MariaDB Knowledge Base, "InnoDB Online DDL Operations with the INSTANT Alter
/// Algorithm"). Names of indexes belong to their table.
class MysqlParking : public ParkingEngine {
 public:
  MysqlParking() : ParkingEngine("mysql") {}

  std::string statement(const Move& move) const override {
    const MysqlClauses clauses;
    if (move.kind != ParkedKind::column) {
      return "RENAME TABLE " + clauses.name(move.from.name) + " TO " + clauses.name(move.to.name);
    }
    return "ALTER TABLE " + clauses.name(move.from.name) + " RENAME COLUMN " +
           clauses.name(move.column_from) + " TO " + clauses.name(move.column_to) + ", " +
           mysql::algorithm_clause(mysql::Cost::instant);
  }

  void describe(Action& action, const Move& move) const override {
    mysql::describe_cost(action, mysql::Cost::instant, move.from.name);
    action.transactional = false;
  }

  std::string find_register() const override {
    return "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
           "TABLE_NAME = 'relata_parked'";
  }
  std::vector<std::string> make_register() const override {
    return {
        "CREATE TABLE IF NOT EXISTS relata_parked (kind VARCHAR(16) NOT NULL, place VARCHAR(64) "
        "NOT NULL, name VARCHAR(64) NOT NULL, column_name VARCHAR(64) NOT NULL, was VARCHAR(200) "
        "NOT NULL, parked_at DATETIME NOT NULL, PRIMARY KEY (kind, place, name, column_name)) "
        "ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"};
  }
  std::string seconds_since(const std::string& column) const override {
    return "TIMESTAMPDIFF(SECOND, " + column + ", UTC_TIMESTAMP())";
  }
};

}  // namespace

const ParkingEngine& mysql_parking() {
  static const MysqlParking parking;
  return parking;
}

}  // namespace relata::migrate
