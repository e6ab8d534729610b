// Namespaces, extensions, and what the session sets.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {

namespace {

void clear_search_path(Reader& reader) {
  reader.catalog.search_path.clear();
  reader.path.clear();
}

void add_to_search_path(Reader& reader, const std::string& name) {
  if (name.empty()) return;
  reader.path.push_back(name);
  // The role's own namespace and those that are always searched say nothing.
  if (name == "$user" || name == "pg_catalog" || name.starts_with("pg_temp")) return;
  reader.catalog.search_path.push_back(Catalog::model_namespace(name));
}

}  // namespace

void reset_search_path(Reader& reader) {
  clear_search_path(reader);
  for (const char* name : {"$user", "public"}) add_to_search_path(reader, name);
}

void set_search_path(Reader& reader, std::string_view value) {
  clear_search_path(reader);
  syntax::Tokens tokens(value);
  for (syntax::Token token = tokens.next(); token.kind != syntax::TokenKind::end;
       token = tokens.next()) {
    if (token.kind != syntax::TokenKind::word && token.kind != syntax::TokenKind::quoted) continue;
    add_to_search_path(reader, syntax::name_of(tokens.text(token)));
  }
}

void set_variable(Reader& reader, const PgQuery__VariableSetStmt& statement) {
  if (statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
    reset_search_path(reader);
    return;
  }
  if (view(statement.name) != "search_path") return;
  if (statement.kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
    reset_search_path(reader);
    return;
  }
  clear_search_path(reader);
  for (const PgQuery__Node* node : nodes(statement.n_args, statement.args))
    add_to_search_path(reader, constant_text(node));
  if (statement.is_local) reader.local_search_path = true;
}

void read_transaction(Reader& reader, const PgQuery__TransactionStmt& statement) {
  // SET LOCAL ends with its transaction.
  const bool ends = statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT ||
                    statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK;
  if (ends && reader.local_search_path) {
    reset_search_path(reader);
    reader.local_search_path = false;
  }
  if (statement.kind == PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK)
    reader.warning("postgres-rollback", "ROLLBACK is not followed",
                   "what the transaction has changed is kept");
}

namespace {

/// The tokens at which the statements within CREATE SCHEMA begin. Both words are reserved: they are
/// no names, but for a label behind AS or a point.
std::vector<std::size_t> element_starts(const SourceText& source) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 1; i < source.size(); ++i) {
    if (source.token(i) == "(") i = source.behind_bracket(i) - 1;
    const bool label = source.is(i - 1, "as") || source.token(i - 1) == ".";
    // GRANT CREATE, ALL ON SCHEMA ... WITH GRANT OPTION
    const bool privilege =
        source.is(i - 1, "grant") || source.token(i - 1) == "," || source.is(i + 1, "option");
    if ((source.is(i, "create") || source.is(i, "grant")) && !label && !privilege)
      starts.push_back(i);
  }
  return starts;
}

// The server makes them in this order, so that they may name each other; the rest comes behind.
constexpr auto element_order = std::to_array<PgQuery__Node__NodeCase>(
    {PG_QUERY__NODE__NODE_CREATE_SEQ_STMT, PG_QUERY__NODE__NODE_CREATE_STMT,
     PG_QUERY__NODE__NODE_VIEW_STMT, PG_QUERY__NODE__NODE_INDEX_STMT,
     PG_QUERY__NODE__NODE_CREATE_TRIG_STMT, PG_QUERY__NODE__NODE_GRANT_STMT});

std::ptrdiff_t element_rank(const syntax::Statement& element) {
  return std::find(element_order.begin(), element_order.end(), element.node->node_case) -
         element_order.begin();
}

/// The statements within CREATE SCHEMA, each with its own text.
std::vector<syntax::Statement> elements_of(Reader& reader,
                                           const PgQuery__CreateSchemaStmt& statement) {
  const SourceText& source = reader.source();
  const std::vector<std::size_t> starts = element_starts(source);
  std::vector<syntax::Statement> elements(statement.n_schema_elts, *reader.statement);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    elements[i].node = statement.schema_elts[i];
    if (starts.size() != elements.size()) continue;
    elements[i].begin = source.offset(starts[i]);
    if (i + 1 < starts.size()) elements[i].end = source.end_of(starts[i + 1] - 1);
  }
  std::stable_sort(elements.begin(), elements.end(),
                   [](const syntax::Statement& a, const syntax::Statement& b) {
                     return element_rank(a) < element_rank(b);
                   });
  return elements;
}

}  // namespace

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
  const SourceFile& file = *reader.file;
  const syntax::Statement& whole = *reader.statement;
  for (const syntax::Statement& element : elements_of(reader, statement)) {
    reader.begin(file, element);
    read_node(reader, *element.node);
  }
  reader.begin(file, whole);
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
