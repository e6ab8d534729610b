#include "read/sql/postgres/reader.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/questions.h"

namespace relata::sql::postgres {

NameParts name_parts(const std::vector<std::string>& names) {
  NameParts parts;
  if (!names.empty()) parts.name = names.back();
  if (names.size() > 1) parts.schema = names[names.size() - 2];
  return parts;
}

void Reader::begin(const SourceFile& of, const syntax::Statement& next) {
  file = &of;
  statement = &next;
  source_.reset();
}

Origin Reader::origin() const { return {file->name, statement->span, "postgres/ddl", 1.0, {}}; }

SourceText& Reader::source() {
  if (!source_) {
    source_ = std::make_unique<SourceText>(*statement);
    add_namespaces(*source_);
  }
  return *source_;
}

void Reader::warning(std::string code, std::string message, std::string help) {
  sink.warning(std::move(code), std::move(message), file->name, statement->span, std::move(help));
}

void Reader::missing(std::string_view kind, std::string_view name) {
  if (quiet) return;
  warning("postgres-unknown-object",
          "the " + std::string(kind) + " '" + std::string(name) + "' does not exist here",
          "the statement has no effect; if an earlier file makes it, give that file too");
}

void Reader::taken(std::string_view kind, std::string_view name) {
  if (quiet) return;
  warning("postgres-duplicate-object",
          "the " + std::string(kind) + " '" + std::string(name) + "' exists already",
          "the statement has no effect, as on the server");
}

std::string Reader::used_namespace(std::string_view written) {
  const std::string name = Catalog::model_namespace(written);
  if (catalog.has_namespace(name) || name == "pg_catalog" || name == "information_schema")
    return name;
  if (name.empty()) {
    catalog.has_public = true;
    return name;
  }
  warning("postgres-unknown-namespace", "no statement has made the schema '" + name + "'",
          "it is taken as if it were there");
  catalog.namespaces[name] = {name, {}, origin()};
  return name;
}

QualifiedName Reader::created(const PgQuery__RangeVar& range) {
  QualifiedName name{{}, std::string(view(range.relname))};
  const std::string_view schema = view(range.schemaname);
  if (view(range.relpersistence) == "t" || schema == "pg_temp") {
    name.schema = temporary_namespace;
  } else if (schema.empty()) {
    name.schema = catalog.creation_namespace();
  } else {
    name.schema = used_namespace(schema);
  }
  return name;
}

QualifiedName Reader::created(std::span<PgQuery__Node* const> names) {
  const NameParts parts = name_parts(strings_of(names));
  return {parts.schema.empty() ? catalog.creation_namespace() : used_namespace(parts.schema),
          parts.name};
}

std::optional<QualifiedName> Reader::existing(const PgQuery__RangeVar& range) const {
  return catalog.find_relation(view(range.schemaname), view(range.relname));
}

Table* Reader::table(const PgQuery__RangeVar& range) {
  return catalog.find_table(view(range.schemaname), view(range.relname));
}

bool Reader::is_free(const QualifiedName& name, bool tolerated) {
  if (!catalog.relations.contains(name)) return true;
  if (!tolerated) taken("relation", plain_name(name));
  return false;
}

std::string Reader::format_type(const PgQuery__TypeName& type) const {
  syntax::TypeNameParts parts;
  const NameParts names = name_parts(strings_of(nodes(type.n_names, type.names)));
  parts.schema = names.schema;
  parts.name = names.name;
  for (const PgQuery__Node* modifier : nodes(type.n_typmods, type.typmods))
    parts.modifiers.push_back(constant_text(modifier));
  parts.array = type.n_array_bounds > 0;
  return syntax::postgres_format_type(
      parts, [&](std::string_view name) { return catalog.type_namespace(name); });
}

Expression Reader::expression(TokenRange range) {
  Expression result;
  result.operation = Operation::sql;
  result.dialect = "postgres";
  result.text = source().text(range);
  return result;
}

SqlText Reader::whole() { return sql(source().text(source().all())); }

std::string Reader::collation(const PgQuery__CollateClause* clause) const {
  if (clause == nullptr) return {};
  const NameParts parts = name_parts(strings_of(nodes(clause->n_collname, clause->collname)));
  return catalog.collation_name(parts.schema, parts.name);
}

namespace {

/// The names of WITH queries, which hide tables of the same name.
std::set<std::string, std::less<>> with_names(const PgQuery__Node* node) {
  std::set<std::string, std::less<>> names;
  walk(node, [&](const ProtobufCMessage& message) {
    if (const auto* query =
            message_as<PgQuery__CommonTableExpr>(message, pg_query__common_table_expr__descriptor))
      names.emplace(view(query->ctename));
    return true;
  });
  return names;
}

bool names_sequence(std::string_view function) {
  return function == "nextval" || function == "currval" || function == "setval";
}

const PgQuery__AConst* string_constant(const PgQuery__Node* node) {
  if (node == nullptr) return nullptr;
  if (node->node_case == PG_QUERY__NODE__NODE_TYPE_CAST)
    return string_constant(node->type_cast->arg);
  if (node->node_case != PG_QUERY__NODE__NODE_A_CONST ||
      node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
    return nullptr;
  return node->a_const;
}

}  // namespace

/// The server looks names up when a statement is run; what is kept must say the same whatever the
/// search path is later.
void Reader::add_namespaces(SourceText& text) {
  const auto other = [](const std::string& name) { return !name.empty(); };
  if (statement->node == nullptr ||
      std::none_of(catalog.search_path.begin(), catalog.search_path.end(), other))
    return;
  const auto hidden = with_names(statement->node);
  const auto insert = [&](int location, const std::string& schema, std::size_t shift = 0) {
    if (location < 0 || schema.empty() || schema == temporary_namespace) return;
    text.insert(static_cast<std::size_t>(location) + shift,
                syntax::postgres_identifier(schema) + ".");
  };
  const bool defines = statement->node->node_case == PG_QUERY__NODE__NODE_DEFINE_STMT;
  const auto routine_namespace = [&](const std::string& name) {
    for (const std::string& candidate : catalog.search_path)
      if (catalog.routine_names.contains({candidate, name})) return candidate;
    return std::string();
  };
  walk(statement->node, [&](const ProtobufCMessage& message) {
    if (const auto* range =
            message_as<PgQuery__RangeVar>(message, pg_query__range_var__descriptor)) {
      if (!view(range->schemaname).empty() || hidden.contains(view(range->relname))) return true;
      if (const auto found = existing(*range)) insert(range->location, found->schema);
    } else if (const auto* type =
                   message_as<PgQuery__TypeName>(message, pg_query__type_name__descriptor)) {
      if (type->n_names != 1 || !syntax::postgres_builtin_type(string_of(type->names[0])).empty())
        return true;
      const std::string name(string_of(type->names[0]));
      const std::string space = catalog.type_namespace(name);
      // CREATE AGGREGATE and its kin name functions in the same way.
      const bool function = space.empty() && defines;
      insert(type->location, function ? routine_namespace(name) : space);
    } else if (const auto* call =
                   message_as<PgQuery__FuncCall>(message, pg_query__func_call__descriptor)) {
      const std::string_view name = call->n_funcname == 0
                                        ? std::string_view()
                                        : string_of(call->funcname[call->n_funcname - 1]);
      if (call->n_funcname == 1) {
        insert(call->location, routine_namespace(std::string(name)));
      }
      if (names_sequence(name) && call->n_args > 0) {
        const PgQuery__AConst* constant = string_constant(call->args[0]);
        const std::string written =
            constant == nullptr ? "" : std::string(view(constant->sval->sval));
        if (!written.empty() && written.find('.') == std::string::npos)
          if (const auto found = catalog.find_relation({}, syntax::name_of(written)))
            insert(constant->location, found->schema, 1);
      }
    }
    return true;
  });
}

}  // namespace relata::sql::postgres
