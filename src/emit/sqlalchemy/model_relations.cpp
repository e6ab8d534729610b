// Foreign keys as relationships, from both sides.
#include <algorithm>

#include "base/text.h"
#include "emit/sqlalchemy/models.h"

namespace relata::emit::sqlalchemy {
namespace {

/// [a, b] of members.
Code member_list(const TableNames& names, const Table& table,
                 const std::vector<std::string>& columns, std::string_view before) {
  std::vector<Code> items;
  for (const std::string& column : columns) {
    items.emplace_back(std::string(before) + std::string(names.member(table.columns, column)));
  }
  return list(std::move(items));
}

std::string column_key(std::size_t table, std::string_view column) {
  return std::to_string(table) + "." + std::string(column);
}

}  // namespace

void ModelFile::plan_relations() {
  related_.assign(names_.relations.size(), false);
  for (std::size_t at = 0; at < names_.relations.size(); ++at) {
    const RelationNames& relation = names_.relations[at];
    const Table& table = schema_.tables[relation.table];
    const ForeignKey& key = table.foreign_keys[relation.foreign_key];
    if (!is_class(table) || !is_class(schema_.tables[relation.target]) || !is_known(key)) continue;
    related_[at] = true;
    for (const std::string& column : key.columns) {
      writers_[column_key(relation.table, column)].push_back(at);
    }
  }
}

/// The relationships before this one that set one of its columns, too: a tenant column belongs to
/// several keys. SQLAlchemy wants to be told that this is meant
/// (https://docs.sqlalchemy.org/en/21/errors.html#error-qzyx).
std::vector<std::string> ModelFile::overlaps(std::size_t relation) const {
  const RelationNames& own = names_.relations[relation];
  const ForeignKey& key = schema_.tables[own.table].foreign_keys[own.foreign_key];
  std::set<std::string> found;
  for (const std::string& column : key.columns) {
    for (const std::size_t other : writers_.at(column_key(own.table, column))) {
      if (other >= relation) break;
      found.insert(names_.relations[other].forward);
      found.insert(names_.relations[other].backward);
    }
  }
  return {found.begin(), found.end()};
}

std::string ModelFile::forward_line(std::size_t relation) {
  const RelationNames& names = names_.relations[relation];
  const Table& table = schema_.tables[names.table];
  const ForeignKey& key = table.foreign_keys[names.foreign_key];
  const bool optional =
      std::any_of(key.columns.begin(), key.columns.end(), [&](const std::string& column) {
        const Column* found = table.find_column(column);
        return found != nullptr && found->nullable;
      });
  std::vector<Code> items{prefixed("back_populates=", string_literal(names.backward))};
  if (names.ambiguous || names.table == names.target) {
    items.push_back(
        prefixed("foreign_keys=", member_list(names_.tables[names.table], table, key.columns, "")));
  }
  if (names.table == names.target) {
    items.push_back(prefixed("remote_side=",
                             member_list(names_.tables[names.table], table, key.referenced, "")));
  }
  const std::vector<std::string> others = overlaps(relation);
  if (!others.empty()) {
    items.push_back(prefixed("overlaps=", string_literal(join(others, ","))));
  }
  const std::string annotation =
      "Mapped[" + names_.tables[names.target].entity + (optional ? " | None" : "") + "]";
  return lay_out_member(names.forward, annotation, call("relationship", std::move(items)), 1) +
         "\n";
}

std::string ModelFile::backward_line(std::size_t relation) {
  const RelationNames& names = names_.relations[relation];
  const Table& table = schema_.tables[names.table];
  const ForeignKey& key = table.foreign_keys[names.foreign_key];
  const std::string& entity = names_.tables[names.table].entity;
  std::vector<Code> items{prefixed("back_populates=", string_literal(names.forward))};
  if (names.ambiguous || names.table == names.target) {
    const std::string columns =
        one_line(member_list(names_.tables[names.table], table, key.columns, entity + "."));
    items.push_back(prefixed("foreign_keys=", string_literal(columns)));
  }
  // The database deletes, refuses or empties; the session does not do it before.
  if (key.on_delete == ReferentialAction::cascade) {
    items.emplace_back("cascade=\"all\"");
    items.emplace_back("passive_deletes=True");
  } else {
    items.emplace_back("passive_deletes=\"all\"");
  }
  const std::vector<std::string> others = overlaps(relation);
  if (!others.empty()) {
    items.push_back(prefixed("overlaps=", string_literal(join(others, ","))));
  }
  const std::string type = names.one_to_one ? entity + " | None" : "list[" + entity + "]";
  return lay_out_member(names.backward, "Mapped[" + type + "]",
                        call("relationship", std::move(items)), 1) +
         "\n";
}

std::string ModelFile::relation_lines(std::size_t table) {
  std::string lines;
  for (const std::size_t relation : names_.tables[table].forward) {
    if (related_[relation]) lines += forward_line(relation);
  }
  for (const std::size_t relation : names_.tables[table].backward) {
    if (related_[relation]) lines += backward_line(relation);
  }
  if (!lines.empty()) imports_.add("sqlalchemy.orm", "relationship");
  return lines;
}

}  // namespace relata::emit::sqlalchemy
