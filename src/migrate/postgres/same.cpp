// Which pieces are the same in both schemas.
#include <type_traits>

#include "migrate/postgres/alter.h"

namespace relata::migrate::postgres {
namespace {

/// A copy without what has pieces of its own.
template <class Object>
Object bare(const Object& object) {
  Object copy = object;
  if constexpr (requires { copy.comment; }) copy.comment.clear();
  if constexpr (requires { copy.parent; }) copy.parent.reset();
  return copy;
}

Table bare(const Table& table) {
  Table copy;
  copy.unlogged = table.unlogged;
  copy.partitioning = table.partitioning;
  copy.inherits = table.inherits;
  copy.of_type = table.of_type;
  copy.server = table.server;
  copy.options = table.options;
  return copy;
}

Sequence bare(const Sequence& sequence) {
  Sequence copy = sequence;
  copy.comment.clear();
  copy.owned_by_table = {};
  copy.owned_by_column.clear();
  return copy;
}

View bare(const View& view) {
  View copy = view;
  copy.comment.clear();
  copy.column_comments.clear();
  copy.indexes.clear();
  copy.triggers.clear();
  copy.rules.clear();
  return copy;
}

Domain bare(const Domain& domain) {
  Domain copy = domain;
  copy.comment.clear();
  for (Check& check : copy.checks) check.comment.clear();
  return copy;
}

CompositeType bare(const CompositeType& composite) {
  CompositeType copy = composite;
  copy.comment.clear();
  for (Column& attribute : copy.attributes) attribute.comment.clear();
  return copy;
}

Trigger bare(const Trigger& trigger) {
  Trigger copy = trigger;
  if (auto* body = std::get_if<TriggerBody>(&copy.purpose)) body->comment.clear();
  return copy;
}

Column bare(const Column& column) {
  Column copy = column;
  copy.comment.clear();
  if (copy.type.kind == TypeKind::enumeration) copy.type.values.clear();  // the type's
  copy.options.clear();                                                   // the column's settings
  for (const Option& option : column.options) {
    if (option.name == "not null") copy.options.push_back(option);
  }
  return copy;
}

}  // namespace

bool has_same_parents(const Piece& from, const Piece& to) {
  if (from.table == nullptr || to.table == nullptr) return true;
  return from.table->partition_of == to.table->partition_of &&
         from.table->inherits == to.table->inherits;
}

bool is_same(const Piece& from, const Piece& to) {
  if (from.object.index() != to.object.index()) return false;
  if ((from.serial == nullptr) != (to.serial == nullptr)) return false;
  if (from.serial != nullptr && from.serial->type != to.serial->type) return false;
  return std::visit(
      [&](const auto& one) {
        using Pointer = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<Pointer, std::monostate>) {
          return from.create == to.create;
        } else {
          const auto& other = *std::get<Pointer>(to.object);
          if (*one == other) return true;  // as most are: nothing has to be copied
          auto before = bare(*one);
          auto after = bare(other);
          // What joins a whole, or leaves it, has the same things from elsewhere.
          if constexpr (requires { before.inherited; }) {
            if (!has_same_parents(from, to)) before.inherited = after.inherited;
          }
          return before == after;
        }
      },
      from.object);
}

bool changes_values(const Column& from, const Column& to) {
  return !(bare(from).type == bare(to).type) || from.collation != to.collation ||
         from.generated != to.generated;
}

}  // namespace relata::migrate::postgres
