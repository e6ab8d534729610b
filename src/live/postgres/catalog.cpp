#include "live/postgres/catalog.h"

#include "base/text.h"
#include "live/postgres/reload.h"

namespace relata::live::postgres {

const std::string& Relation::attribute(std::int64_t number) const {
  static const std::string none;
  const auto index = static_cast<std::size_t>(number);
  return number > 0 && index < attributes.size() ? attributes[index].name : none;
}

std::string Catalog::comment(CatalogId catalog, Oid object, int part) const {
  const auto found = comments.find({static_cast<Oid>(catalog), object});
  if (found == comments.end()) return {};
  for (const auto& [number, text] : found->second) {
    if (number == part) return text;
  }
  return {};
}

const std::string& Catalog::namespace_name(Oid oid) const {
  static const std::string none;
  const auto found = namespaces.find(oid);
  return found == namespaces.end() ? none : found->second;
}

std::string Catalog::operator_class(Oid oid) const {
  const auto found = operator_classes.find(oid);
  return found == operator_classes.end() || found->second.is_default ? "" : found->second.name;
}

const Relation* Catalog::relation(Oid oid) const {
  const auto found = relations.find(oid);
  return found == relations.end() ? nullptr : &found->second;
}

Table* Catalog::table(Oid oid) {
  const Relation* found = relation(oid);
  if (found == nullptr || !found->ours()) return nullptr;
  const bool is_table = found->kind == 'r' || found->kind == 'p' || found->kind == 'f';
  return is_table ? &schema.tables[found->place] : nullptr;
}

View* Catalog::view(Oid oid) {
  const Relation* found = relation(oid);
  if (found == nullptr || !found->ours()) return nullptr;
  return found->kind == 'v' || found->kind == 'm' ? &schema.views[found->place] : nullptr;
}

Type Catalog::type(std::string_view format_type_text) {
  std::string spelling(format_type_text);
  if (const auto known = types_.find(spelling); known != types_.end()) return known->second;
  const auto find_user_type = [this](std::string_view schema_name,
                                     std::string_view name) -> const syntax::UserType* {
    const auto found = user_types.find(std::string(schema_name) + "." + std::string(name));
    return found == user_types.end() ? nullptr : &found->second;
  };
  Type made = syntax::postgres_type(spelling, find_user_type);
  return types_.emplace(std::move(spelling), std::move(made)).first->second;
}

void Catalog::add_user_type(const std::string& schema_name, const std::string& name,
                            syntax::UserType type) {
  user_types[schema_name + "." + name] = std::move(type);
}

Expression sql_expression(std::string text) {
  return {Operation::sql, reloadable(std::move(text)), "postgres", {}, {}};
}

SqlText sql_text(std::string_view text) {
  text = trim(text);
  while (text.ends_with(';')) text = trim(text.substr(0, text.size() - 1));
  return {"postgres", std::string(text), {}};
}

std::vector<Option> options_of(const std::vector<std::string>& assignments) {
  std::vector<Option> options;
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    options.push_back({assignment.substr(0, equals),
                       equals == std::string::npos ? "" : assignment.substr(equals + 1)});
  }
  return options;
}

void add_option(std::vector<Option>& options, std::string name, std::string value) {
  if (!value.empty()) options.push_back({std::move(name), std::move(value)});
}

}  // namespace relata::live::postgres
