#pragma once

#include <pg_query/pg_query.pb-c.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relata::sql::postgres {

// Short ways to what libpg_query's trees hold. Missing texts are empty, as in protobuf.

/// The nodes of a repeated field: nodes(statement.n_keys, statement.keys).
[[nodiscard]] inline std::span<PgQuery__Node* const> nodes(std::size_t count,
                                                           PgQuery__Node* const* items) {
  return {items, count};
}

[[nodiscard]] inline std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// The value of a String node; empty for any other.
[[nodiscard]] std::string_view string_of(const PgQuery__Node* node);
/// The values of String nodes, or of a List of them.
[[nodiscard]] std::vector<std::string> strings_of(std::span<PgQuery__Node* const> items);
[[nodiscard]] std::vector<std::string> strings_of(const PgQuery__Node* list);
/// The text of an option's argument: a string, number, name or type name; "true" when there is
/// none.
[[nodiscard]] std::string argument_text(const PgQuery__DefElem& option);
[[nodiscard]] std::string constant_text(const PgQuery__Node* node);

/// Visits every message of a tree, parents first; `visit` returns whether to go into it.
void walk(const ProtobufCMessage& message,
          const std::function<bool(const ProtobufCMessage&)>& visit);
inline void walk(const PgQuery__Node* node,
                 const std::function<bool(const ProtobufCMessage&)>& visit) {
  if (node != nullptr) walk(node->base, visit);
}

/// The message as what its descriptor says it is; null when it is something else.
template <class T>
[[nodiscard]] const T* message_as(const ProtobufCMessage& message,
                                  const ProtobufCMessageDescriptor& descriptor) {
  return message.descriptor == &descriptor ? reinterpret_cast<const T*>(&message) : nullptr;
}

/// The last parts of all column references of an expression, each once, in order.
[[nodiscard]] std::vector<std::string> columns_in(const PgQuery__Node* expression);

/// The name that the server gives a column made from an expression (FigureColname of
/// parse_target.c); empty when it has none to give.
[[nodiscard]] std::string column_name_of(const PgQuery__Node* expression);

}  // namespace relata::sql::postgres
