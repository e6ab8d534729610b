#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/span.h"
#include "syntax/postgres/tree_memory.h"

struct PgQuery__Node;

namespace relata::syntax {

/// The trees of a text that libpg_query has parsed, with the memory that they stand in.
class ParsedSql {
 public:
  /// Parses a text; it must not be deeper than `deepest_nesting`, and the thread must have room for
  /// it (large_stack.h).
  [[nodiscard]] static ParsedSql parse(std::string text);

  struct Tree {
    const PgQuery__Node* node = nullptr;
    std::size_t location = 0;  ///< Where the statement begins in the text.
  };
  [[nodiscard]] const std::vector<Tree>& trees() const { return trees_; }
  /// What the trees' offsets count in.
  [[nodiscard]] std::string_view text() const { return *text_; }

  /// Empty: the grammar takes the text.
  [[nodiscard]] const std::string& message() const { return message_; }
  /// Byte at which the grammar stopped.
  [[nodiscard]] std::size_t message_offset() const { return message_offset_; }

 private:
  std::unique_ptr<std::string> text_;
  std::unique_ptr<TreeMemory> memory_;
  std::vector<Tree> trees_;
  std::string message_;
  std::size_t message_offset_ = 0;
};

/// A statement of a file with its tree.
struct Statement {
  const PgQuery__Node* node = nullptr;
  std::string_view text;  ///< What the tree's offsets count in, in bytes.
  std::size_t begin = 0;  ///< Of the statement's first token in `text`.
  std::size_t end = 0;    ///< Behind its last token, without the semicolon.
  Span span;              ///< The statement in the file.
  bool replaced = false;  ///< psql's variables stand in `text`: places in it are not the file's.

  [[nodiscard]] std::string_view sql() const { return text.substr(begin, end - begin); }
};

/// Gives every statement of a script to `visit`, in order, apart from those that only touch rows.
/// What the grammar refuses, or is nested too deep for it, is a diagnostic at its place. Parsing
/// runs ahead on threads of its own.
void for_each_statement(const SourceFile& file, DiagnosticSink& sink,
                        const std::function<void(const Statement&)>& visit);

}  // namespace relata::syntax
