#include "base/text.h"
#include "read/prisma/builder.h"

namespace relata::prisma {
namespace {

template <class Named>
std::string mapped(const Named& item) {
  const Attribute* map = item.find("map");
  const Value* name = map == nullptr ? nullptr : map->find("name", 0);
  return name == nullptr ? item.name : name->text;
}

}  // namespace

std::string database_name(const Block& block) { return mapped(block); }
std::string database_name(const Field& field) { return mapped(field); }

std::string namespace_of(const Block& block) {
  const Attribute* attribute = block.find("schema");
  const Value* name = attribute == nullptr ? nullptr : attribute->find("map", 0);
  return name == nullptr || name->text == "public" ? std::string() : name->text;
}

bool is_relation(const Context& context, const Field& field) {
  return context.models_by_name.find(field.type) != context.models_by_name.end();
}

std::vector<Value> elements_of(const Value* list) {
  std::vector<Value> elements;
  if (list == nullptr) return elements;
  if (list->kind != ValueKind::list) return {*list};
  for (const Argument& element : list->arguments) elements.push_back(element.value);
  return elements;
}

std::vector<std::string> field_names(const Value* list) {
  std::vector<std::string> names;
  for (const Value& element : elements_of(list)) names.push_back(element.text);
  return names;
}

std::vector<std::string> columns_of(const Block& model, const std::vector<std::string>& fields) {
  std::vector<std::string> columns;
  for (const std::string& name : fields) {
    for (const Field& field : model.fields) {
      if (field.name == name) columns.push_back(database_name(field));
    }
  }
  return columns;
}

std::string constraint_name(const Provider& provider, const std::string& table,
                            const std::vector<std::string>& columns, std::string_view suffix) {
  std::string name = table;
  for (const std::string& column : columns) name += "_" + column;
  const std::string end = "_" + std::string(suffix);
  return std::string(clipped(name, provider.name_limit - end.size())) + end;
}

}  // namespace relata::prisma
