#pragma once

#include <string>
#include <string_view>

#include "dialect/mysql.h"
#include "model/schema.h"

namespace relata {

/// What MySQL and MariaDB will hold: every trigger is a whole statement.
[[nodiscard]] Schema plan_for_mysql(const Schema& schema, const MysqlDialect& dialect,
                                    DiagnosticSink& sink);

/// Indexes without conditions, expressions and texts of unbounded length: generated columns and
/// bounded texts stand in their place.
void bound_mysql_indexes(Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink);

/// Cascades that must fire triggers, and SET NULL of some columns, become triggers themselves:
/// InnoDB's own cascades fire none (MySQL manual, "FOREIGN KEY Constraints").
void replace_mysql_key_actions(Schema& schema, const MysqlDialect& dialect, DiagnosticSink& sink);

/// Replaces each trigger and period by statements of one CREATE TRIGGER each, without BEGIN and
/// END: a client needs no DELIMITER for them.
void write_mysql_triggers(Schema& schema, const MysqlDialect& dialect);

/// The session variable that stands for a setting: "app.user_id" is @app_user_id.
[[nodiscard]] std::string mysql_variable(std::string_view setting);

}  // namespace relata
