#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::emit::drizzle {

inline constexpr std::size_t width = 80;  ///< Of a line, as Prettier has it.

/// A TypeScript expression, as far as a Drizzle schema needs them, so that it can be laid out the
/// way Prettier does (80 columns, single quotes).
struct Code {
  enum class Kind {
    text,              ///< `text` as it is.
    template_literal,  ///< sql`...`: never broken, and a reason to break a longer chain.
    array,             ///< [items]
    object,            ///< { keys[i]: items[i] }
    call,              ///< text(items)
    chain,             ///< items[0].items[1].items[2]: calls
  };
  Kind kind = Kind::text;
  std::string text;
  std::vector<std::string> keys;
  std::vector<Code> items;
  std::vector<std::string> comments;  ///< Of an object: lines above a key, or empty ones.
  bool expanded = false;              ///< One line an item, even where they would fit on one.
};

[[nodiscard]] Code text(std::string_view source);
/// A string literal; with the quotes that need fewer escapes.
[[nodiscard]] Code string_literal(std::string_view value);
[[nodiscard]] Code strings(const std::vector<std::string>& values);
/// tag`...`, whose value is `query` to the letter.
[[nodiscard]] Code sql(std::string_view tag, std::string_view query);
[[nodiscard]] Code array(std::vector<Code> items);
[[nodiscard]] Code object(std::vector<std::pair<std::string, Code>> members);
[[nodiscard]] Code call(std::string_view function, std::vector<Code> arguments);
/// head.call.call; the head alone where there are none.
[[nodiscard]] Code chain(Code head, std::vector<Code> calls);

/// The expression in a file, where its line is indented by `indent` columns and `before` columns
/// are taken, and `after` columns follow it.
[[nodiscard]] std::string render(const Code& code, std::size_t indent, std::size_t before,
                                 std::size_t after);

/// A statement on lines of its own: `prefix` expression `suffix`.
[[nodiscard]] std::string statement(std::string_view prefix, const Code& code,
                                    std::string_view suffix);

/// `text` as a doc comment, with a line end; nothing where it is empty.
[[nodiscard]] std::string doc_comment(std::string_view text, std::size_t indent);
/// `text` as // comments of at most 80 columns, with line ends.
[[nodiscard]] std::string line_comment(std::string_view text, std::size_t indent);

/// import { names } from 'module';
[[nodiscard]] std::string import_line(const std::vector<std::string>& names,
                                      std::string_view module);

}  // namespace relata::emit::drizzle
