// Row level security, and who may do what.
#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

std::string_view command_word(PolicyCommand command) {
  switch (command) {
    case PolicyCommand::all:
      return "";
    case PolicyCommand::select:
      return " FOR SELECT";
    case PolicyCommand::insert:
      return " FOR INSERT";
    case PolicyCommand::update:
      return " FOR UPDATE";
    case PolicyCommand::delete_:
      return " FOR DELETE";
  }
  return "";
}

bool is_keyword_role(std::string_view role) {
  return role == "public" || role == "current_user" || role == "session_user" ||
         role == "current_role";
}

}  // namespace

void NativeWriter::print(const PolicyItem& item) {
  const Table& table = *item.table;
  section("row level security");
  look_in(table.schema);
  printer_.line();
  if (table.row_level_security) {
    statement("ALTER TABLE " + name(table) + " ENABLE ROW LEVEL SECURITY");
  }
  if (table.row_level_security_forced) {
    statement("ALTER TABLE ONLY " + name(table) + " FORCE ROW LEVEL SECURITY");
  }
  for (const Policy& policy : table.policies) {
    std::string line = "CREATE POLICY " + identifier(policy.name) + " ON " + name(table) +
                       (policy.permissive ? "" : " AS RESTRICTIVE") +
                       std::string(command_word(policy.command));
    std::vector<std::string> roles;
    for (const std::string& role : policy.roles) {
      roles.push_back(is_keyword_role(role) ? to_upper(role) : identifier(role));
    }
    if (!roles.empty()) line += " TO " + join(roles, ", ");
    if (policy.using_rows) line += "\n  USING " + in_parentheses(text(*policy.using_rows));
    if (policy.with_check) line += "\n  WITH CHECK " + in_parentheses(text(*policy.with_check));
    statement(line);
  }
}

std::string NativeWriter::grant_text(const Grant& grant, bool undo) const {
  const bool revokes = grant.revoked != undo;
  std::vector<std::string> privileges;
  for (const std::string& privilege : grant.privileges) {
    privileges.push_back(grant.columns.empty()
                             ? privilege
                             : privilege + " (" + dialect_.identifiers(grant.columns) + ")");
  }
  std::string line = revokes ? "REVOKE " : "GRANT ";
  line += join(privileges, ", ") + " ON " + to_upper(grant.kind) + " ";
  const bool in_namespace = grant.kind == "table" || grant.kind == "sequence" ||
                            grant.kind == "function" || grant.kind == "procedure" ||
                            grant.kind == "routine" || grant.kind == "type" ||
                            grant.kind == "domain";
  line += in_namespace ? name(grant.schema, grant.name)
                       : identifier(grant.name.empty() ? "public" : grant.name);
  if (grant.kind == "function" || grant.kind == "procedure" || grant.kind == "routine") {
    line += "(" + grant.arguments + ")";
  }
  line += revokes ? " FROM " : " TO ";
  line += grant.grantee.empty() ? "PUBLIC" : identifier(grant.grantee);
  if (grant.grantable && !revokes) line += " WITH GRANT OPTION";
  return line;
}

void NativeWriter::print_grants() {
  for (const Grant& grant : schema_.grants) {
    section("privileges");
    statement(grant_text(grant, false));
  }
}

}  // namespace relata
