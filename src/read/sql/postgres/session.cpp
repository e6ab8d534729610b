// Namespaces, extensions, and what the session sets.
#include "base/text.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {

void set_search_path(Reader& reader, std::string_view value) {
  reader.catalog.search_path.clear();
  syntax::Tokens tokens(value);
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next()) {
    if (token.kind != syntax::TokenKind::word && token.kind != syntax::TokenKind::quoted) continue;
    add_to_search_path(reader, syntax::name_of(tokens.text(token)));
  }
}

void add_to_search_path(Reader& reader, const std::string& name) {
  // The role's own namespace and those that are always searched say nothing.
  if (name == "$user" || name.empty() || name == "pg_catalog" || name.starts_with("pg_temp"))
    return;
  reader.catalog.search_path.push_back(Catalog::model_namespace(name));
}

void set_variable(Reader& reader, const PgQuery__VariableSetStmt& statement) {
  if (statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
    reader.catalog.search_path = {""};
    return;
  }
  if (view(statement.name) != "search_path") return;
  if (statement.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
    reader.catalog.search_path = {""};
    return;
  }
  reader.catalog.search_path.clear();
  for (const PgQuery__Node* node : nodes(statement.n_args, statement.args))
    add_to_search_path(reader, constant_text(node));
  if (statement.is_local) reader.local_search_path = true;
}

void read_transaction(Reader& reader, const PgQuery__TransactionStmt& statement) {
  // SET LOCAL ends with its transaction.
  const bool ends = statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT ||
                    statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK;
  if (ends && reader.local_search_path) {
    reader.catalog.search_path = {""};
    reader.local_search_path = false;
  }
  if (statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK)
    reader.warning("postgres-rollback", "ROLLBACK is not followed",
                   "what the transaction has changed is kept");
}

void create_namespace(Reader& reader, const PgQuery__CreateSchemaStmt& statement) {
  std::string name(view(statement.schemaname));
  if (name.empty() && statement.authrole != nullptr)
    name = std::string(view(statement.authrole->rolename));
  if (name.empty()) return;
  if (name == "public") {
    reader.catalog.has_public = true;
  } else if (reader.catalog.namespaces.contains(name)) {
    if (!statement.if_not_exists) reader.taken("schema", name);
    return;
  } else {
    reader.catalog.namespaces[name] = {name, {}, reader.origin()};
  }
  grant_defaults(reader, "schema", {{}, name});
  if (statement.n_schema_elts == 0) return;
  // CREATE SCHEMA s CREATE TABLE t ...: what it makes stands in it.
  const std::vector<std::string> path = reader.catalog.search_path;
  reader.catalog.search_path.insert(reader.catalog.search_path.begin(),
                                    Catalog::model_namespace(name));
  for (const PgQuery__Node* element : nodes(statement.n_schema_elts, statement.schema_elts))
    read_node(reader, *element);
  reader.catalog.search_path = path;
}

void create_extension(Reader& reader, const PgQuery__CreateExtensionStmt& statement) {
  const std::string name(view(statement.extname));
  if (reader.catalog.extensions.contains(name)) {
    if (!statement.if_not_exists) reader.taken("extension", name);
    return;
  }
  Extension extension{name, reader.catalog.creation_namespace(), reader.origin()};
  for (const PgQuery__Node* node : nodes(statement.n_options, statement.options))
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        view(node->def_elem->defname) == "schema")
      extension.schema = reader.used_namespace(argument_text(*node->def_elem));
  reader.catalog.extensions[name] = std::move(extension);
}

}  // namespace relata::sql::postgres
