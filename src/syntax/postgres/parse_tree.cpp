#include "syntax/postgres/parse_tree.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include "syntax/postgres/json_tree.h"

namespace relata::syntax {
namespace {

ParseTree refused(const PgQueryError& error) {
  ParseTree tree;
  tree.message = error.message;
  tree.position = error.cursorpos;
  return tree;
}

/// The way that takes every text, and takes its time.
ParseTree parse_as_protobuf(const std::string& sql) {
  const PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(sql.c_str());
  ParseTree tree;
  if (parsed.error != nullptr) {
    tree = refused(*parsed.error);
  } else {
    tree.memory = std::make_unique<TreeMemory>();
    ProtobufCAllocator allocator{[](void* memory, std::size_t size) {
                                   return static_cast<TreeMemory*>(memory)->allocate(size);
                                 },
                                 [](void*, void*) {}, tree.memory.get()};
    tree.result = pg_query__parse_result__unpack(
        &allocator, parsed.parse_tree.len,
        reinterpret_cast<const std::uint8_t*>(parsed.parse_tree.data));
    if (tree.result == nullptr) tree.message = "the statement is nested too deep";
  }
  pg_query_free_protobuf_parse_result(parsed);
  return tree;
}

}  // namespace

ParseTree parse_tree(const std::string& sql) {
  const PgQueryParseResult parsed = pg_query_parse(sql.c_str());
  ParseTree tree;
  if (parsed.error != nullptr) {
    tree = refused(*parsed.error);
  } else {
    tree.memory = std::make_unique<TreeMemory>();
    tree.result = tree_from_json(sql, parsed.parse_tree, *tree.memory);
    if (tree.result == nullptr) tree = parse_as_protobuf(sql);
  }
  pg_query_free_parse_result(parsed);
  return tree;
}

}  // namespace relata::syntax
