// Enumerations, domains, composite and range types.
#include <algorithm>

#include "model/questions.h"
#include "read/sql/postgres/columns.h"
#include "read/sql/postgres/constraints.h"
#include "read/sql/postgres/other_objects.h"
#include "read/sql/postgres/statements.h"
#include "read/sql/postgres/tables.h"

namespace relata::sql::postgres {
namespace {

bool is_type(const Catalog& catalog, const QualifiedName& name) {
  const Relation* relation = catalog.relation(name);
  return catalog.enumerations.contains(name) || catalog.domains.contains(name) ||
         catalog.other_types.contains(name) ||
         (relation != nullptr && relation->kind == RelationKind::composite_type);
}

/// The name that a statement gives to a type; nothing when it is taken.
std::optional<QualifiedName> new_type(Reader& reader, std::span<PgQuery__Node* const> names) {
  QualifiedName name = reader.created(names);
  if (!is_type(reader.catalog, name)) return name;
  reader.taken("type", plain_name(name));
  return std::nullopt;
}

/// CHECK constraints of a domain are named after it.
void add_domain_check(Reader& reader, Domain& domain, const PgQuery__Constraint& constraint) {
  SourceText& source = reader.source();
  const std::size_t word = source.find(source.at(constraint.location), "check");
  Check check;
  check.name = std::string(view(constraint.conname));
  if (check.name.empty())
    check.name = reader.catalog.choose_constraint_name(domain.name, {}, "check", domain.schema);
  check.expression = reader.expression(source.in_brackets(word));
  check.validated = !constraint.skip_validation;
  check.origin = reader.origin();
  reader.catalog.claim_constraint(domain.schema, check.name);
  domain.checks.push_back(std::move(check));
}

void add_domain_constraint(Reader& reader, Domain& domain, const PgQuery__Constraint& constraint) {
  SourceText& source = reader.source();
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      domain.nullable = false;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
      domain.nullable = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT: {
      const std::size_t word = source.find(source.at(constraint.location), "default");
      domain.default_value = reader.expression(source.column_expression(word + 1));
      break;
    }
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      add_domain_check(reader, domain, constraint);
      break;
    default:
      break;
  }
}

}  // namespace

void create_enumeration(Reader& reader, const PgQuery__CreateEnumStmt& statement) {
  const auto name = new_type(reader, nodes(statement.n_type_name, statement.type_name));
  if (!name) return;
  reader.catalog.enumerations[*name] = {name->schema,
                                        name->name,
                                        strings_of(nodes(statement.n_vals, statement.vals)),
                                        {},
                                        reader.origin()};
  grant_defaults(reader, "type", *name);
}

void alter_enumeration(Reader& reader, const PgQuery__AlterEnumStmt& statement) {
  const NameParts parts = name_parts(strings_of(nodes(statement.n_type_name, statement.type_name)));
  Enumeration* type = reader.catalog.find(reader.catalog.enumerations, parts.schema, parts.name);
  if (type == nullptr) {
    reader.missing("type", parts.name);
    return;
  }
  std::vector<std::string>& values = type->values;
  const std::string old_value(view(statement.old_val));
  const std::string value(view(statement.new_val));
  if (!old_value.empty()) {
    std::replace(values.begin(), values.end(), old_value, value);
    return;
  }
  if (std::find(values.begin(), values.end(), value) != values.end()) {
    if (!statement.skip_if_new_val_exists) reader.taken("value", value);
    return;
  }
  const std::string neighbour(view(statement.new_val_neighbor));
  auto place =
      neighbour.empty() ? values.end() : std::find(values.begin(), values.end(), neighbour);
  if (place != values.end() && statement.new_val_is_after) ++place;
  values.insert(place, value);
}

void create_domain(Reader& reader, const PgQuery__CreateDomainStmt& statement) {
  const auto name = new_type(reader, nodes(statement.n_domainname, statement.domainname));
  if (!name) return;
  Domain domain;
  domain.schema = name->schema;
  domain.name = name->name;
  domain.type.spelling = reader.format_type(*statement.type_name);
  domain.collation = reader.collation(statement.coll_clause);
  if (domain.collation == "default") domain.collation.clear();
  domain.origin = reader.origin();
  for (const PgQuery__Node* node : nodes(statement.n_constraints, statement.constraints))
    if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
      add_domain_constraint(reader, domain, *node->constraint);
  reader.catalog.domains[*name] = std::move(domain);
  grant_defaults(reader, "type", *name);
}

void alter_domain(Reader& reader, const PgQuery__AlterDomainStmt& statement) {
  const NameParts parts = name_parts(strings_of(nodes(statement.n_type_name, statement.type_name)));
  Domain* domain = reader.catalog.find(reader.catalog.domains, parts.schema, parts.name);
  if (domain == nullptr) {
    reader.missing("domain", parts.name);
    return;
  }
  const std::string_view what = view(statement.subtype);
  const std::string name(view(statement.name));
  if (what == "T") {
    domain->default_value.reset();
    if (statement.def != nullptr) {
      SourceText& source = reader.source();
      const std::size_t word = source.find(0, "default");
      domain->default_value = reader.expression({word + 1, source.size()});
    }
  } else if (what == "N" || what == "O") {
    domain->nullable = what == "N";
  } else if (what == "C") {
    if (statement.def != nullptr && statement.def->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
      add_domain_constraint(reader, *domain, *statement.def->constraint);
  } else if (what == "X") {
    const auto called = [&](const Check& check) { return check.name == name; };
    if (std::erase_if(domain->checks, called) > 0) {
      reader.catalog.release_constraint(domain->schema, name);
    } else if (!statement.missing_ok) {
      reader.missing("constraint", name);
    }
  } else if (what == "V") {
    for (Check& check : domain->checks)
      if (check.name == name) check.validated = true;
  }
}

void create_composite_type(Reader& reader, const PgQuery__CompositeTypeStmt& statement) {
  const QualifiedName name = reader.created(*statement.typevar);
  if (!reader.is_free(name, false)) return;
  CompositeType type;
  type.schema = name.schema;
  type.name = name.name;
  type.origin = reader.origin();
  PendingConstraints none;
  for (const PgQuery__Node* node : nodes(statement.n_coldeflist, statement.coldeflist))
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
      type.attributes.push_back(read_column(reader, name, *node->column_def, none));
  reader.catalog.relations[name] = {RelationKind::composite_type, {}};
  reader.catalog.composites[name] = std::move(type);
  grant_defaults(reader, "type", name);
}

void create_range_type(Reader& reader, const PgQuery__CreateRangeStmt& statement) {
  const auto name = new_type(reader, nodes(statement.n_type_name, statement.type_name));
  if (!name) return;
  reader.catalog.other_types.insert(*name);
  add_other(reader, "range type", *name);
}

}  // namespace relata::sql::postgres
