#include "emit/sqlalchemy/migration_text.h"

#include "emit/sqlalchemy/python_code.h"

namespace relata::emit::sqlalchemy {

const std::string_view run_function = R"(def run(statements: list[str]) -> None:
    """Run them unchanged: neither : nor % stands for a parameter in them."""
    migration = op.get_context()
    for statement in statements:
        if migration.as_sql:
            migration.impl.static_output(statement + ";")
        else:
            op.get_bind().exec_driver_sql(
                statement, execution_options={"no_parameters": True}
            )
)";

std::string statement_list(std::string_view name, const std::vector<ListedStatement>& statements) {
  std::string out = std::string(name) + ": list[str] = [";
  if (statements.empty()) return out + "]\n";
  out += "\n";
  for (const ListedStatement& statement : statements) {
    for (const std::string& remark : statement.remarks) out += comment_lines(remark, 1);
    out += "    " + block_literal(statement.sql) + ",\n";
  }
  return out + "]\n";
}

std::string statement_list(std::string_view name, const std::vector<std::string>& statements) {
  std::vector<ListedStatement> listed;
  listed.reserve(statements.size());
  for (const std::string& statement : statements) listed.push_back({{}, statement});
  return statement_list(name, listed);
}

}  // namespace relata::emit::sqlalchemy
