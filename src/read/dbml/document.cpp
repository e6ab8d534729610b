#include "read/dbml/document.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace relata::dbml {
namespace {

class Parser {
 public:
  Parser(const SourceFile& file, DiagnosticSink& sink)
      : file_(file), sink_(sink), tokens_(tokenize(file, sink)) {}

  Document run() {
    while (skip_lines(), peek().kind != TokenKind::end) {
      const std::size_t before = at_;
      if (!read_element()) skip_element();
      if (at_ == before) ++at_;
    }
    return std::move(document_);
  }

 private:
  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() {
    const Token& token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool take(char symbol) {
    if (!peek().is(symbol)) return false;
    take();
    return true;
  }
  [[nodiscard]] bool peek_word(std::string_view word) const {
    return peek().kind == TokenKind::word && to_lower(peek().text) == word;
  }
  void skip_lines() {
    while (peek().kind == TokenKind::line_end) take();
  }
  bool fail(const std::string& message, const std::string& help = {}) {
    sink_.error("dbml-syntax", message, file_.name, peek().span, help);
    return false;
  }

  /// To the end of a block that was not understood, or of the line.
  void skip_element() {
    int depth = 0;
    while (peek().kind != TokenKind::end) {
      const Token& token = take();
      if (token.is('{')) ++depth;
      if (token.is('}') && --depth <= 0) return;
      if (token.kind == TokenKind::line_end && depth == 0) return;
    }
  }

  bool read_element() {
    if (peek().kind != TokenKind::word) {
      return fail("here an element begins: Table, Enum, Ref, Project ...");
    }
    const std::string keyword = to_lower(peek().text);
    if (keyword == "table" || keyword == "tablepartial") return read_table(keyword != "table");
    if (keyword == "enum") return read_enum();
    if (keyword == "ref") return read_references();
    if (keyword == "project") return read_project();
    if (keyword == "tablegroup" || keyword == "note" || keyword == "records") {
      skip_element();  // how a diagram is arranged, and sample rows
      return true;
    }
    return fail("'" + peek().text + "' is no element of DBML",
                "Elements are Project, Table, TablePartial, Enum, Ref, TableGroup and Note.");
  }

  std::optional<QualifiedName> read_name() {
    if (!peek().is_name()) {
      fail("a name is missing here");
      return std::nullopt;
    }
    QualifiedName name{{}, take().text};
    while (take('.')) {
      // database.schema.table: the database is the file's own.
      name.schema = std::move(name.name);
      name.name = take().text;
    }
    if (name.schema == "public") name.schema.clear();
    return name;
  }

  bool open_block() {
    skip_lines();
    return take('{') || fail("a '{' is missing here");
  }

  bool read_project() {
    take();
    if (peek().is_name()) take();
    if (!open_block()) return false;
    while (skip_lines(), !take('}')) {
      if (peek().kind == TokenKind::end) return fail("'Project' is not closed");
      if (peek_word("database_type") && peek(1).is(':')) {
        take();
        take();
        document_.database_type = take().text;
      } else {
        take();
      }
    }
    return true;
  }

  bool read_enum() {
    take();
    EnumBlock block;
    block.span = peek().span;
    const auto name = read_name();
    if (!name || !open_block()) return false;
    block.name = *name;
    while (skip_lines(), !take('}')) {
      if (!peek().is_name()) return fail("a value of the enum is missing here");
      block.values.push_back(take().text);
      Settings ignored;
      if (peek().is('[') && !read_settings(ignored)) return false;
    }
    document_.enums.push_back(std::move(block));
    return true;
  }

  bool read_table(bool partial) {
    take();
    TableBlock table;
    table.partial = partial;
    table.span = peek().span;
    const auto name = read_name();
    if (!name) return false;
    table.name = *name;
    if (peek_word("as")) {
      take();
      table.alias = take().text;
    }
    if (peek().is('[') && !read_settings(table.settings)) return false;
    if (const Setting* note = find(table.settings, "note")) table.note = note->text();
    if (!open_block()) return false;
    while (skip_lines(), !take('}')) {
      if (peek().kind == TokenKind::end) {
        return fail("the table '" + table.name.name + "' is not closed", "Add a '}' at its end.");
      }
      if (!read_table_line(table)) skip_line();
    }
    document_.tables.push_back(std::move(table));
    return true;
  }

  void skip_line() {
    while (peek().kind != TokenKind::end && peek().kind != TokenKind::line_end && !peek().is('}')) {
      take();
    }
  }

  bool read_table_line(TableBlock& table) {
    if (take('~')) {
      table.partials.push_back(take().text);
      return true;
    }
    if (peek_word("note") && (peek(1).is(':') || peek(1).is('{'))) {
      const bool block = peek(1).is('{');
      take();
      take();
      skip_lines();
      table.note = take().text;
      skip_lines();
      return !block || take('}') || fail("the note is not closed");
    }
    if (peek_word("indexes") && (peek(1).is('{') || peek(1).kind == TokenKind::line_end)) {
      return read_lines([&] { return read_index(table); });
    }
    if (peek_word("checks") && (peek(1).is('{') || peek(1).kind == TokenKind::line_end)) {
      return read_lines([&] { return read_check(table); });
    }
    return read_column(table);
  }

  template <class ReadLine>
  bool read_lines(ReadLine read_line) {
    take();
    if (!open_block()) return false;
    while (skip_lines(), !take('}')) {
      if (peek().kind == TokenKind::end) return fail("this block is not closed");
      if (!read_line()) skip_line();
    }
    return true;
  }

  bool read_column(TableBlock& table) {
    if (!peek().is_name()) return fail("a column begins with its name");
    ColumnLine column;
    column.span = peek().span;
    column.name = take().text;
    if (!peek().is_name()) return fail("the column '" + column.name + "' has no type");
    column.type = read_type();
    if (peek().is('[') && !read_settings(column.settings)) return false;
    table.columns.push_back(std::move(column));
    if (peek().kind != TokenKind::line_end && !peek().is('}')) {
      return fail("the line ends here");
    }
    return true;
  }

  /// "varchar(255)", "core.status", "int[]", "double precision".
  std::string read_type() {
    std::string type = take().text;
    while (true) {
      if (peek().is('.')) {
        take();
        type += "." + take().text;
      } else if (peek().is('(')) {
        type += read_parentheses();
      } else if (peek().is('[') && (peek(1).is(']') || (peek(1).kind == TokenKind::word &&
                                                        is_ascii_digit(peek(1).text[0])))) {
        while (!peek().is(']') && peek().kind != TokenKind::end) take();
        take();
        type += "[]";
      } else if (peek().kind == TokenKind::word) {
        type += " " + take().text;
      } else {
        return type;
      }
    }
  }

  std::string read_parentheses() {
    std::string text;
    while (peek().kind != TokenKind::end && peek().kind != TokenKind::line_end) {
      const Token& token = take();
      text += token.kind == TokenKind::string ? "'" + token.text + "'" : token.text;
      if (token.is(')')) break;
    }
    return text;
  }

  bool read_index(TableBlock& table) {
    IndexLine index;
    index.span = peek().span;
    const bool several = take('(');
    do {
      if (!peek().is_name() && peek().kind != TokenKind::expression) {
        return fail("a column or an expression in backticks is missing here");
      }
      const Token& part = take();
      index.parts.push_back({part.text, part.kind == TokenKind::expression});
    } while (several && take(','));
    if (several && !take(')')) return fail("a ')' is missing here");
    if (peek().is('[') && !read_settings(index.settings)) return false;
    table.indexes.push_back(std::move(index));
    return true;
  }

  bool read_check(TableBlock& table) {
    CheckLine check;
    check.span = peek().span;
    if (peek().kind != TokenKind::expression) return fail("a check stands in backticks");
    check.expression = take().text;
    if (peek().is('[') && !read_settings(check.settings)) return false;
    table.checks.push_back(std::move(check));
    return true;
  }

  bool read_settings(Settings& settings) {
    take('[');
    while (skip_lines(), !take(']')) {
      if (peek().kind == TokenKind::end) return fail("a ']' is missing");
      Setting setting;
      setting.span = peek().span;
      while (peek().kind == TokenKind::word) {
        setting.name += (setting.name.empty() ? "" : " ") + to_lower(take().text);
      }
      if (take(':')) {
        while (!peek().is(',') && !peek().is(']') && peek().kind != TokenKind::end) {
          // ref: > t.(a, b) holds commas of its own.
          if (peek().is('(')) {
            while (!peek().is(')') && peek().kind != TokenKind::end)
              setting.value.push_back(take());
          }
          setting.value.push_back(take());
        }
      } else if (setting.name.empty()) {
        return fail("a setting begins with its name");
      }
      settings.push_back(std::move(setting));
      skip_lines();
      take(',');
    }
    return true;
  }

  /// "Ref name: a.b > c.d [..]", or a block of such lines.
  bool read_references() {
    take();
    std::string name;
    if (peek().is_name()) {
      const auto read = read_name();
      if (read) name = read->name;
    }
    if (take(':')) return read_reference(name);
    if (!open_block()) return false;
    while (skip_lines(), !take('}')) {
      if (!read_reference(name)) return false;
    }
    return true;
  }

  bool read_reference(const std::string& name) {
    Reference reference;
    reference.name = name;
    reference.span = peek().span;
    if (!read_end(reference.left)) return false;
    reference.relation = read_relation();
    if (reference.relation.empty()) return fail("one of >, <, - and <> is missing here");
    if (!read_end(reference.right)) return false;
    if (peek().is('[') && !read_settings(reference.settings)) return false;
    document_.references.push_back(std::move(reference));
    return true;
  }

  std::string read_relation() {
    if (take('>')) return ">";
    if (take('-')) return "-";
    if (!take('<')) return {};
    return take('>') ? "<>" : "<";
  }

  bool read_end(End& end) {
    std::vector<std::string> names;
    do {
      if (take('(')) {
        do {
          if (!peek().is_name()) return fail("a column is missing here");
          end.columns.push_back(take().text);
        } while (take(','));
        if (!take(')')) return fail("a ')' is missing here");
        break;
      }
      if (!peek().is_name()) return fail("a table and a column are missing here");
      names.push_back(take().text);
    } while (take('.'));
    if (end.columns.empty() && names.size() > 1) {
      end.columns.push_back(names.back());
      names.pop_back();
    }
    if (names.empty() || end.columns.empty()) return fail("this end names no column");
    end.table.name = names.back();
    if (names.size() > 1) end.table.schema = names[names.size() - 2];
    if (end.table.schema == "public") end.table.schema.clear();
    return true;
  }

  const SourceFile& file_;
  DiagnosticSink& sink_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Document document_;
};

}  // namespace

const Setting* find(const Settings& settings, std::string_view name) {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& s) { return s.name == name; });
  return found == settings.end() ? nullptr : &*found;
}

Document parse(const SourceFile& file, DiagnosticSink& sink) { return Parser(file, sink).run(); }

}  // namespace relata::dbml
