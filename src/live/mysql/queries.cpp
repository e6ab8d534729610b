#include "live/mysql/queries.h"

#include "base/text.h"

namespace relata::live::mysql {

std::string database_query(const std::string& database) {
  return "SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME"
         " FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = " +
         database;
}

std::string tables_query(const std::string& database) {
  return "SELECT TABLE_NAME, TABLE_TYPE, ENGINE, TABLE_COLLATION, CREATE_OPTIONS, TABLE_COMMENT"
         " FROM information_schema.TABLES WHERE TABLE_SCHEMA = " +
         database + " ORDER BY TABLE_NAME";
}

std::string columns_query(const Server& server, const std::string& database) {
  return "SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA,"
         " CHARACTER_SET_NAME, COLLATION_NAME, COLUMN_COMMENT, GENERATION_EXPRESSION, DATA_TYPE, " +
         std::string(server.mariadb ? "NULL" : "SRS_ID") +
         " FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = " + database +
         " ORDER BY TABLE_NAME, ORDINAL_POSITION";
}

std::string indexes_query(const Server& server, const std::string& database) {
  // MariaDB tells the indexes of a table in their order, which no column holds; sorting would lose
  // it. MySQL's own SHOW INDEX sorts as is done here.
  const std::string order =
      server.mariadb ? std::string()
                     : " ORDER BY TABLE_NAME, INDEX_NAME <> 'PRIMARY', NON_UNIQUE, INDEX_NAME,"
                       " SEQ_IN_INDEX";
  return "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, SUB_PART, INDEX_TYPE,"
         " INDEX_COMMENT, " +
         std::string(server.mariadb ? "IF(IGNORED = 'YES', 1, 0), NULL"
                                    : "IF(IS_VISIBLE = 'NO', 1, 0), EXPRESSION") +
         " FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = " + database + order;
}

std::string foreign_keys_query(const std::string& database) {
  return "SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA,"
         " k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.UPDATE_RULE, r.DELETE_RULE"
         " FROM information_schema.KEY_COLUMN_USAGE k"
         " JOIN information_schema.REFERENTIAL_CONSTRAINTS r"
         " ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME"
         " AND r.TABLE_NAME = k.TABLE_NAME"
         " WHERE k.TABLE_SCHEMA = " +
         database + " AND k.CONSTRAINT_SCHEMA = " + database +
         " AND r.CONSTRAINT_SCHEMA = " + database +
         " AND k.REFERENCED_TABLE_NAME IS NOT NULL"
         " ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";
}

std::string checks_query(const Server& server, const std::string& database) {
  if (server.mariadb) {
    return "SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, IF(LEVEL = 'Column', 1, 0), 'YES'"
           " FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = " +
           database;
  }
  return "SELECT t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, 0, t.ENFORCED"
         " FROM information_schema.CHECK_CONSTRAINTS c"
         " JOIN information_schema.TABLE_CONSTRAINTS t"
         " ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME"
         " AND t.CONSTRAINT_TYPE = 'CHECK'"
         " WHERE c.CONSTRAINT_SCHEMA = " +
         database + " ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME";
}

std::string partitions_query(const std::string& database) {
  return "SELECT TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD,"
         " SUBPARTITION_METHOD, PARTITION_EXPRESSION, SUBPARTITION_EXPRESSION,"
         " PARTITION_DESCRIPTION, PARTITION_COMMENT"
         " FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = " +
         database +
         " AND PARTITION_NAME IS NOT NULL"
         " ORDER BY TABLE_NAME, PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION";
}

std::string views_query(const Server& server, const std::string& database) {
  return "SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE, " +
         std::string(server.mariadb ? "ALGORITHM" : "'UNDEFINED'") +
         ", DEFINER, NULL, CHARACTER_SET_CLIENT, COLLATION_CONNECTION"
         " FROM information_schema.VIEWS WHERE TABLE_SCHEMA = " +
         database + " ORDER BY TABLE_NAME";
}

std::string view_query(const std::string& name) { return "SHOW CREATE VIEW " + quoted_name(name); }

std::string triggers_query(const std::string& database) {
  return "SELECT EVENT_OBJECT_TABLE, TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION,"
         " ACTION_STATEMENT, DEFINER, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION"
         " FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = " +
         database + " ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER";
}

std::string routines_query(const std::string& database) {
  return "SELECT SPECIFIC_NAME, ROUTINE_NAME, ROUTINE_TYPE, DTD_IDENTIFIER, ROUTINE_DEFINITION,"
         " SQL_DATA_ACCESS, IS_DETERMINISTIC, SECURITY_TYPE, ROUTINE_COMMENT, CHARACTER_SET_NAME,"
         " COLLATION_NAME, DEFINER, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION"
         " FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = " +
         database +
         " AND ROUTINE_TYPE IN ('FUNCTION', 'PROCEDURE')"
         " ORDER BY ROUTINE_NAME, ROUTINE_TYPE";
}

std::string parameters_query(const std::string& database) {
  return "SELECT SPECIFIC_NAME, ROUTINE_TYPE, PARAMETER_MODE, PARAMETER_NAME, DTD_IDENTIFIER,"
         " CHARACTER_SET_NAME, COLLATION_NAME"
         " FROM information_schema.PARAMETERS WHERE SPECIFIC_SCHEMA = " +
         database +
         " AND ORDINAL_POSITION > 0"
         " ORDER BY SPECIFIC_NAME, ROUTINE_TYPE, ORDINAL_POSITION";
}

std::string stored_routines_query(const std::string& database) {
  return "SELECT name, type, aggregate, param_list, returns, body, sql_data_access,"
         " is_deterministic, security_type, comment, definer, sql_mode, character_set_client,"
         " collation_connection FROM mysql.proc WHERE db = " +
         database + " AND type IN ('FUNCTION', 'PROCEDURE') ORDER BY name, type";
}

std::string events_query(const std::string& database) {
  return "SELECT EVENT_NAME, EVENT_TYPE, EXECUTE_AT, INTERVAL_VALUE, INTERVAL_FIELD, STARTS, ENDS,"
         " STATUS, ON_COMPLETION, EVENT_COMMENT, EVENT_DEFINITION, CREATED, DEFINER, SQL_MODE,"
         " CHARACTER_SET_CLIENT, COLLATION_CONNECTION"
         " FROM information_schema.EVENTS WHERE EVENT_SCHEMA = " +
         database + " ORDER BY EVENT_NAME";
}

std::string sequences_query(const std::vector<std::string>& names) {
  std::vector<std::string> parts;
  parts.reserve(names.size());
  for (const std::string& name : names) {
    parts.push_back("SELECT " + quoted_text(name) +
                    ", start_value, minimum_value, maximum_value, increment, cache_size,"
                    " cycle_option FROM " +
                    quoted_name(name));
  }
  return join(parts, " UNION ALL ");
}

}  // namespace relata::live::mysql
