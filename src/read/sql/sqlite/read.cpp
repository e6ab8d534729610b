#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "live/sqlite/catalog.h"
#include "live/sqlite/catalog_table.h"
#include "read/sql/sql.h"
#include "read/sql/sqlite/engines.h"
#include "read/sql/sqlite/places.h"
#include "read/sql/sqlite/statements.h"

namespace relata::sql {

Schema read_sqlite(const std::vector<SourceFile>& files, DiagnosticSink& sink, Reading reading);

namespace {

using sqlite::Engines;
using sqlite::Places;
using sqlite::Refusal;
using sqlite::Statement;
using sqlite::Statements;
using syntax::sqlite::name_of;
using syntax::sqlite::Token;
using syntax::sqlite::TokenKind;

/// Statements about rows, and upkeep: they leave no trace in a schema.
constexpr std::array<std::string_view, 12> set_aside{"ANALYZE", "DELETE",  "EXPLAIN", "INSERT",
                                                     "PRAGMA",  "REINDEX", "REPLACE", "SELECT",
                                                     "UPDATE",  "VACUUM",  "VALUES",  "WITH"};

/// Pragmas that change what the statements behind them make.
constexpr std::array<std::string_view, 2> obeyed_pragmas{"foreign_keys", "legacy_alter_table"};

class Reader {
 public:
  explicit Reader(DiagnosticSink& sink) : sink_(sink) {}

  void read(const SourceFile& file) {
    file_ = &file;
    Statements statements(file.text);
    while (const auto statement = statements.next()) take(*statement);
  }

  Schema finish(const std::vector<SourceFile>& files) {
    Schema empty;
    empty.dialect = "sqlite";
    for (const std::string& name : engines_.made_up()) {
      sink_.note("sqlite-function-unknown",
                 "SQLite has no function " + name + "(); an application must bring it");
    }
    Result<Schema> schema = catalog();
    if (!schema) {
      sink_.error("sqlite-catalog", schema.error().message);
      return empty;
    }
    places_.apply(*schema);
    if (refused_ > 0 && made_ == 0) {
      sink_.error("sqlite-nothing-read", "SQLite understands none of these statements",
                  files.empty() ? std::string() : files.front().name, {},
                  "Perhaps they are written for another engine: see --from.");
    }
    return std::move(*schema);
  }

 private:
  /// What the statements have left.
  Result<Schema> catalog() {
    std::vector<sqlite3*> databases = engines_.finish();
    Result<Schema> whole = live::sqlite::schema_of(databases.front(), sink_);
    for (std::size_t i = 1; whole && i < databases.size(); ++i) {
      Result<Schema> part = live::sqlite::schema_of(databases[i], sink_);
      if (!part) return part;
      std::move(part->tables.begin(), part->tables.end(), std::back_inserter(whole->tables));
    }
    if (whole && databases.size() > 1) live::sqlite::take_referenced_types(*whole);
    return whole;
  }

  void take(const Statement& statement) {
    if (statement.command) {
      if (statement.text.starts_with(".read") || statement.text.starts_with(".import")) {
        warn("sqlite-shell-command", "'" + std::string(statement.text) + "' is not followed",
             span_of(statement), "Give the file that it names as well.");
      }
      return;
    }
    const Token& first = statement.head.front();
    const bool aside = std::any_of(set_aside.begin(), set_aside.end(),
                                   [&](std::string_view word) { return first.is_word(word); });
    if (first.is_word("ATTACH") || first.is_word("DETACH")) {
      warn("sqlite-attach", "other databases are not attached", span_of(statement));
    } else if (!aside || is_obeyed_pragma(statement)) {
      if (!makes_internal_table(statement)) run(statement);
    } else if (writes_catalog(statement)) {
      take_catalog_row(statement);
    }
  }

  void run(const Statement& statement) {
    if (const auto refusal = engines_.run(statement)) {
      refuse(statement, *refusal);
      return;
    }
    ++made_;
    places_.note(*file_, statement);
  }

  void refuse(const Statement& statement, const Refusal& refusal) {
    ++refused_;
    Span span = span_of(statement);
    if (refusal.offset >= 0 && static_cast<std::size_t>(refusal.offset) < statement.text.size()) {
      span.begin += static_cast<std::uint32_t>(refusal.offset);
    }
    // The first token is enough to show where.
    syntax::sqlite::Scanner scanner(std::string_view(file_->text).substr(0, span.end));
    scanner.go_to(span.begin);
    if (const auto token = scanner.next()) span = token->span();
    warn("sqlite-statement-refused", "SQLite refuses this statement: " + refusal.message, span);
  }

  /// The shell's .schema shows tables that only the engine itself can make.
  static bool makes_internal_table(const Statement& statement) {
    const std::size_t name = sqlite::created_table(statement);
    return name > 0 && to_lower(name_of(statement.head[name])).starts_with("sqlite_");
  }

  static bool is_obeyed_pragma(const Statement& statement) {
    if (!statement.head.front().is_word("PRAGMA")) return false;
    return statement.head.size() > 1 &&
           std::find(obeyed_pragmas.begin(), obeyed_pragmas.end(),
                     to_lower(statement.head[1].text)) != obeyed_pragmas.end();
  }

  /// INSERT INTO sqlite_schema, UPDATE sqlite_schema, DELETE FROM
  /// sqlite_schema, by either name.
  static bool writes_catalog(const Statement& statement) {
    const Token& first = statement.head.front();
    if (!first.is_word("INSERT") && !first.is_word("UPDATE") && !first.is_word("DELETE")) {
      return false;
    }
    const auto last = statement.head.begin() +
                      static_cast<std::ptrdiff_t>(std::min<std::size_t>(statement.head.size(), 5));
    return std::any_of(statement.head.begin(), last, [](const Token& token) {
      const std::string name = token.is_name() ? to_lower(name_of(token)) : std::string();
      return name == "sqlite_schema" || name == "sqlite_master";
    });
  }

  /// A dump makes virtual tables by writing their statement into the catalog;
  /// the statement itself makes the same.
  void take_catalog_row(const Statement& statement) {
    for (const Token& token : syntax::sqlite::tokenize(statement.text)) {
      if (token.kind != TokenKind::string) continue;
      const std::string sql = name_of(token);
      if (!to_upper(sql.substr(0, 20)).starts_with("CREATE VIRTUAL TABLE")) continue;
      if (const auto refusal = engines_.run_text(sql)) {
        refuse(statement, {refusal->message, -1});
      } else {
        ++made_;
      }
      return;
    }
    warn("sqlite-catalog-edited", "changes of sqlite_schema by hand are not followed",
         span_of(statement));
  }

  [[nodiscard]] static Span span_of(const Statement& statement) {
    return {statement.begin, statement.begin + static_cast<std::uint32_t>(statement.text.size())};
  }

  void warn(std::string code, std::string message, Span span, std::string help = {}) {
    sink_.warning(std::move(code), std::move(message), file_->name, span, std::move(help));
  }

  DiagnosticSink& sink_;
  const SourceFile* file_ = nullptr;
  Engines engines_;
  Places places_;
  std::size_t made_ = 0;
  std::size_t refused_ = 0;
};

}  // namespace

Schema read_sqlite(const std::vector<SourceFile>& files, DiagnosticSink& sink,
                   Reading /*reading*/) {
  Reader reader(sink);
  for (const SourceFile& file : files) reader.read(file);
  return reader.finish(files);
}

}  // namespace relata::sql
