// What is kept as the statement that makes it.
#include "read/sql/postgres/other_objects.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/questions.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/text_search.h"

namespace relata::sql::postgres {
namespace {

struct KindRow {
  PgQuery__ObjectType type;
  std::string_view kind;
};

constexpr auto defined_kinds = std::to_array<KindRow>({
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, "collation"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR, "operator"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, "base type"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, "text search dictionary"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, "text search parser"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, "text search template"},
});

constexpr auto named_kinds = std::to_array<KindRow>({
    {PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, "access method"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CAST, "cast"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, "collation"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION, "conversion"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, "event trigger"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, "foreign data wrapper"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, "foreign server"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS, "operator class"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR, "operator"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY, "operator family"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, "publication"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, "statistics"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, "text search configuration"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, "text search dictionary"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, "text search parser"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, "text search template"},
});

const KindRow* named_kind(PgQuery__ObjectType type) {
  const auto* found = std::find_if(named_kinds.begin(), named_kinds.end(),
                                   [&](const KindRow& row) { return row.type == type; });
  return found == named_kinds.end() ? nullptr : found;
}

/// Puts the namespace before the name, where the search path has said it.
void qualify(Reader& reader, const QualifiedName& name, std::string_view word) {
  if (name.schema.empty()) return;
  SourceText& source = reader.source();
  std::size_t at = source.find(0, word) + 1;
  if (source.is(at, "if")) at += 3;  // IF NOT EXISTS
  if (source.token(at + 1) != ".")
    source.insert(source.offset(at), syntax::postgres_identifier(name.schema) + ".");
}

QualifiedName database_wide(const char* name) { return {{}, std::string(view(name))}; }

void not_followed(Reader& reader, std::string_view what) {
  reader.warning("postgres-not-followed", std::string(what) + " is not followed",
                 "the object stays as the statements before it have made it");
}

}  // namespace

void add_other(Reader& reader, std::string kind, const QualifiedName& name) {
  std::vector<OtherObject>& others = reader.catalog.others;
  OtherObject object{std::move(kind), name.schema, name.name, reader.whole(), {}, reader.origin()};
  if (OtherObject* same = find_other(reader.catalog, object.kind, name); same != nullptr) {
    reader.taken(same->kind, plain_name(name));
    return;
  }
  others.push_back(std::move(object));
}

OtherObject* find_other(Catalog& catalog, std::string_view kind, const QualifiedName& name) {
  const auto found =
      std::find_if(catalog.others.begin(), catalog.others.end(), [&](const OtherObject& other) {
        return other.kind == kind && other.name == name.name && other.schema == name.schema;
      });
  return found == catalog.others.end() ? nullptr : &*found;
}

OtherObject* find_other(Catalog& catalog, std::string_view kind, const NameParts& name) {
  if (!name.schema.empty())
    return find_other(catalog, kind,
                      QualifiedName{Catalog::model_namespace(name.schema), name.name});
  for (const std::string& candidate : catalog.search_path)
    if (OtherObject* found = find_other(catalog, kind, QualifiedName{candidate, name.name}))
      return found;
  return find_other(catalog, kind, QualifiedName{{}, name.name});
}

std::string operator_name(const Reader& reader, const std::string& sign,
                          const PgQuery__TypeName* left, const PgQuery__TypeName* right) {
  const auto type = [&](const PgQuery__TypeName* name) {
    return name == nullptr ? std::string("NONE") : reader.format_type(*name);
  };
  return sign + " (" + type(left) + ", " + type(right) + ")";
}

NameParts operator_name(const Reader& reader, const PgQuery__ObjectWithArgs& object) {
  NameParts name = name_parts(strings_of(nodes(object.n_objname, object.objname)));
  const auto argument = [&](std::size_t i) -> const PgQuery__TypeName* {
    return i < object.n_objargs && object.objargs[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
               ? object.objargs[i]->type_name
               : nullptr;
  };
  name.name = operator_name(reader, name.name, argument(0), argument(1));
  return name;
}

bool is_kept_as_other(PgQuery__ObjectType type) { return named_kind(type) != nullptr; }

OtherObject* named_other(Reader& reader, PgQuery__ObjectType type, const PgQuery__Node* object) {
  const KindRow* row = named_kind(type);
  if (row == nullptr) return nullptr;
  const bool with_arguments = object->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS;
  if (row->kind == "operator" && with_arguments)
    return find_other(reader.catalog, row->kind, operator_name(reader, *object->object_with_args));
  std::vector<std::string> names = with_arguments
                                       ? strings_of(nodes(object->object_with_args->n_objname,
                                                          object->object_with_args->objname))
                                       : strings_of(object);
  const bool pair = object->node_case == PG_QUERY__NODE__NODE_LIST && object->list->n_items == 2;
  if (row->kind == "cast" && pair)
    names = {reader.format_type(*object->list->items[0]->type_name) + " AS " +
             reader.format_type(*object->list->items[1]->type_name)};
  // An operator class's name stands behind its access method.
  const bool behind_method = row->kind == "operator class" || row->kind == "operator family";
  if (behind_method && names.size() > 1) names.erase(names.begin());
  return find_other(reader.catalog, row->kind, name_parts(names));
}

void define_object(Reader& reader, const PgQuery__DefineStmt& statement) {
  const QualifiedName name = reader.created(nodes(statement.n_defnames, statement.defnames));
  if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE) {
    qualify(reader, name, "aggregate");
    Routine routine;
    routine.kind = "aggregate";
    routine.schema = name.schema;
    routine.name = name.name;
    std::vector<std::string> types;
    if (statement.n_args > 0 && statement.args[0]->node_case == PG_QUERY__NODE__NODE_LIST) {
      const PgQuery__List& list = *statement.args[0]->list;
      for (const PgQuery__Node* node : nodes(list.n_items, list.items))
        if (node->node_case == PG_QUERY__NODE__NODE_FUNCTION_PARAMETER)
          types.push_back(reader.format_type(*node->function_parameter->arg_type));
    }
    routine.arguments = join(types, ", ");
    SourceText& source = reader.source();
    if (source.is(1, "or")) source.remove({1, 3});
    routine.sql = reader.whole();
    routine.origin = reader.origin();
    std::erase_if(reader.catalog.routines, [&](const Routine& other) {
      return other.schema == routine.schema && other.name == routine.name &&
             other.arguments == routine.arguments;
    });
    reader.catalog.routine_names.insert(name);
    reader.catalog.routines.push_back(std::move(routine));
    return;
  }
  if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION) {
    define_text_search_configuration(reader, statement, name);
    return;
  }
  const auto row = std::find_if(defined_kinds.begin(), defined_kinds.end(),
                                [&](const KindRow& r) { return r.type == statement.kind; });
  if (row == defined_kinds.end()) return;
  if (statement.if_not_exists && find_other(reader.catalog, row->kind, name) != nullptr) return;
  const std::string word(row->kind.substr(row->kind.rfind(' ') + 1));
  qualify(reader, name, word);
  if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
    // A type that is announced before its functions are there is then defined in full.
    std::erase_if(reader.catalog.others, [&](const OtherObject& other) {
      return other.kind == row->kind && other.schema == name.schema && other.name == name.name;
    });
    reader.catalog.other_types.insert(name);
  }
  QualifiedName shown_name = name;
  if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR) {
    const PgQuery__TypeName* left = nullptr;
    const PgQuery__TypeName* right = nullptr;
    for (const PgQuery__Node* node : nodes(statement.n_definition, statement.definition)) {
      if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM || node->def_elem->arg == nullptr ||
          node->def_elem->arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
        continue;
      if (view(node->def_elem->defname) == "leftarg") left = node->def_elem->arg->type_name;
      if (view(node->def_elem->defname) == "rightarg") right = node->def_elem->arg->type_name;
    }
    shown_name.name = operator_name(reader, name.name, left, right);
  }
  add_other(reader, std::string(row->kind), shown_name);
}

void create_cast(Reader& reader, const PgQuery__CreateCastStmt& statement) {
  const std::string name = reader.format_type(*statement.sourcetype) + " AS " +
                           reader.format_type(*statement.targettype);
  add_other(reader, "cast", {{}, name});
}

void create_operator_class(Reader& reader, const PgQuery__CreateOpClassStmt& statement) {
  const QualifiedName name = reader.created(nodes(statement.n_opclassname, statement.opclassname));
  qualify(reader, name, "class");
  add_other(reader, "operator class", name);
}

void create_operator_family(Reader& reader, const PgQuery__CreateOpFamilyStmt& statement) {
  const QualifiedName name =
      reader.created(nodes(statement.n_opfamilyname, statement.opfamilyname));
  qualify(reader, name, "family");
  add_other(reader, "operator family", name);
}

void create_conversion(Reader& reader, const PgQuery__CreateConversionStmt& statement) {
  const QualifiedName name =
      reader.created(nodes(statement.n_conversion_name, statement.conversion_name));
  qualify(reader, name, "conversion");
  add_other(reader, "conversion", name);
}

void qualify_function(Reader& reader, const std::vector<std::string>& name) {
  if (name.size() != 1) return;
  for (const std::string& candidate : reader.catalog.search_path) {
    if (!reader.catalog.routine_names.contains({candidate, name[0]})) continue;
    if (candidate.empty()) return;
    SourceText& source = reader.source();
    const std::size_t execute = source.find(0, "execute");
    source.insert(source.offset(execute + 2), syntax::postgres_identifier(candidate) + ".");
    return;
  }
}

void create_event_trigger(Reader& reader, const PgQuery__CreateEventTrigStmt& statement) {
  qualify_function(reader, strings_of(nodes(statement.n_funcname, statement.funcname)));
  add_other(reader, "event trigger", database_wide(statement.trigname));
}

void alter_event_trigger(Reader& reader, const PgQuery__AlterEventTrigStmt& statement) {
  OtherObject* trigger =
      find_other(reader.catalog, "event trigger", database_wide(statement.trigname));
  if (trigger == nullptr) {
    reader.missing("event trigger", view(statement.trigname));
    return;
  }
  // The last one counts; ENABLE is how it was made.
  std::string& sql = trigger->sql.text;
  sql.resize(std::min(sql.find(";\nALTER EVENT TRIGGER"), sql.size()));
  if (view(statement.tgenabled) != "O") sql += ";\n" + reader.whole().text;
}

void create_publication(Reader& reader, const PgQuery__CreatePublicationStmt& statement) {
  add_other(reader, "publication", database_wide(statement.pubname));
}

void alter_publication(Reader& reader, const PgQuery__AlterPublicationStmt& statement) {
  OtherObject* publication =
      find_other(reader.catalog, "publication", database_wide(statement.pubname));
  if (publication == nullptr) {
    reader.missing("publication", view(statement.pubname));
    return;
  }
  SourceText& source = reader.source();
  // ALTER PUBLICATION name ADD objects: they join those of CREATE PUBLICATION.
  if (statement.action != PG_QUERY__ALTER_PUBLICATION_ACTION__AP_AddObjects ||
      statement.n_pubobjects == 0 || !source.is(3, "add")) {
    not_followed(reader, "ALTER PUBLICATION");
    return;
  }
  const std::string objects = source.text({4, source.size()});
  std::string& sql = publication->sql.text;
  const std::size_t with = to_lower(sql).find(" with (");
  const std::string head = sql.substr(0, with);
  const std::string tail = with == std::string::npos ? std::string() : sql.substr(with);
  const bool has_objects = to_lower(head).find(" for ") != std::string::npos;
  sql = head + (has_objects ? ", " : " FOR ") + objects + tail;
}

void create_statistics(Reader& reader, const PgQuery__CreateStatsStmt& statement) {
  if (statement.n_defnames == 0) {
    not_followed(reader, "CREATE STATISTICS without a name");
    return;
  }
  const QualifiedName name = reader.created(nodes(statement.n_defnames, statement.defnames));
  if (statement.if_not_exists && find_other(reader.catalog, "statistics", name) != nullptr) return;
  qualify(reader, name, "statistics");
  add_other(reader, "statistics", name);
}

void create_foreign_data_wrapper(Reader& reader, const PgQuery__CreateFdwStmt& statement) {
  add_other(reader, "foreign data wrapper", database_wide(statement.fdwname));
}

void create_server(Reader& reader, const PgQuery__CreateForeignServerStmt& statement) {
  const QualifiedName name = database_wide(statement.servername);
  if (statement.if_not_exists && find_other(reader.catalog, "foreign server", name) != nullptr)
    return;
  add_other(reader, "foreign server", name);
}

void create_user_mapping(Reader& reader, const PgQuery__CreateUserMappingStmt& statement) {
  const std::string_view role = statement.user == nullptr ? "" : view(statement.user->rolename);
  add_other(reader, "user mapping",
            {{}, std::string(role) + " ON " + std::string(view(statement.servername))});
}

void create_access_method(Reader& reader, const PgQuery__CreateAmStmt& statement) {
  add_other(reader, "access method", database_wide(statement.amname));
}

void create_transform(Reader& reader, const PgQuery__CreateTransformStmt& statement) {
  add_other(
      reader, "transform",
      {{}, reader.format_type(*statement.type_name) + " " + std::string(view(statement.lang))});
}

void alter_base_type(Reader& reader, const PgQuery__AlterTypeStmt&) {
  not_followed(reader, "ALTER TYPE ... SET");
}

void alter_operator(Reader& reader, const PgQuery__AlterOperatorStmt&) {
  not_followed(reader, "ALTER OPERATOR");
}

void alter_operator_family(Reader& reader, const PgQuery__AlterOpFamilyStmt& statement) {
  const NameParts name =
      name_parts(strings_of(nodes(statement.n_opfamilyname, statement.opfamilyname)));
  OtherObject* family = find_other(reader.catalog, "operator family", name);
  if (family == nullptr || statement.is_drop) {
    not_followed(reader, "ALTER OPERATOR FAMILY");
    return;
  }
  qualify(reader, {family->schema, family->name}, "family");
  family->sql.text += ";\n" + reader.whole().text;
}

void alter_extension(Reader& reader, const PgQuery__AlterExtensionStmt&) {
  static_cast<void>(reader);  // Another version of what the extension brings.
}

void import_foreign_schema(Reader& reader, const PgQuery__ImportForeignSchemaStmt&) {
  not_followed(reader, "IMPORT FOREIGN SCHEMA");
}

void read_call(Reader& reader, const PgQuery__CallStmt&) { not_followed(reader, "CALL"); }

}  // namespace relata::sql::postgres
