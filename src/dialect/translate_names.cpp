#include "base/text.h"
#include "dialect/translate.h"

namespace relata {
namespace {

std::string key_of(std::string_view space, std::string_view name) {
  return to_lower(space) + "." + to_lower(name);
}

}  // namespace

KnownNames::KnownNames(const Schema& schema,
                       const std::map<QualifiedName, std::string>& relations) {
  for (const auto& [read, name] : relations) add_relation(read, name);
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      add_column(column.name, column.type.array_dimensions > 0 ? TypeKind::json : column.type.kind);
    }
  }
}

void KnownNames::add_relation(const QualifiedName& read, const std::string& name) {
  relations_[key_of(read.schema, read.name)] = name;
  // Without a namespace the default one is meant first, and any other where the name is free.
  if (!read.schema.empty()) relations_.emplace(key_of({}, read.name), name);
}

void KnownNames::add_column(const std::string& name, TypeKind kind) {
  columns_.emplace(to_lower(name), name);
  const auto [entry, fresh] = kinds_.emplace(to_lower(name), kind);
  if (!fresh && entry->second != kind) entry->second.reset();
}

void KnownNames::add_name(const std::string& name) { columns_.emplace(to_lower(name), name); }

std::string KnownNames::relation(std::string_view space, std::string_view name) const {
  const auto found = relations_.find(key_of(space == "public" ? "" : space, name));
  return found == relations_.end() ? std::string{} : found->second;
}

std::string KnownNames::column(std::string_view name) const {
  const auto found = columns_.find(to_lower(name));
  return found == columns_.end() ? std::string{} : found->second;
}

std::optional<TypeKind> KnownNames::kind_of(std::string_view column) const {
  const auto found = kinds_.find(to_lower(column));
  return found == kinds_.end() ? std::nullopt : found->second;
}

}  // namespace relata
