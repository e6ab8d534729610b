#include "syntax/postgres/statements.h"

#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/text.h"
#include "syntax/postgres/large_stack.h"
#include "syntax/postgres/parse_tree.h"
#include "syntax/postgres/script.h"
#include "syntax/postgres/tokens.h"

namespace relata::syntax {

namespace {

/// Byte offset of the `characters`-th code point (from 0).
std::size_t byte_offset(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --characters;
  }
  return at;
}

}  // namespace

ParsedSql ParsedSql::parse(std::string text) {
  ParsedSql parsed;
  parsed.text_ = std::make_unique<std::string>(std::move(text));
  ParseTree tree = parse_tree(*parsed.text_);
  if (tree.result == nullptr) {
    const std::size_t before = tree.position > 0 ? static_cast<std::size_t>(tree.position) - 1 : 0;
    parsed.message_ = std::move(tree.message);
    parsed.message_offset_ = byte_offset(*parsed.text_, before);
    return parsed;
  }
  parsed.memory_ = std::move(tree.memory);
  for (std::size_t i = 0; i < tree.result->n_stmts; ++i) {
    const PgQuery__RawStmt& statement = *tree.result->stmts[i];
    if (statement.stmt == nullptr) continue;
    parsed.trees_.push_back({statement.stmt, static_cast<std::size_t>(statement.stmt_location)});
  }
  return parsed;
}

namespace {

/// Statements that stand one behind the other, parsed in one go.
struct Run {
  std::size_t first = 0;  ///< Index of the first statement.
  std::size_t count = 0;
  ParsedSql parsed;
  std::vector<ParsedSql> singles;  ///< One a statement, when the run was refused.
};

/// Parsing takes longer than reading what was parsed.
constexpr std::size_t most_threads = 2;

/// Few enough that the first run is soon there to be read, and little is left to read after the
/// last.
constexpr std::size_t run_bytes = std::size_t{16} << 10;

ParsedSql parse_single(const Script& script, const ScriptStatement& statement) {
  return ParsedSql::parse(
      statement.replaced ? *statement.replaced
                         : script.text.substr(statement.begin, statement.end - statement.begin));
}

bool is_parsed(const ScriptStatement& statement) {
  return !statement.rows_only && statement.depth <= deepest_nesting;
}

/// Where a run ends that begins at `first`: behind at least one statement.
std::size_t end_of_run(const Script& script, std::size_t first) {
  const std::vector<ScriptStatement>& statements = script.statements;
  const auto stands_alone = [&](std::size_t i) {
    return !is_parsed(statements[i]) || statements[i].replaced;
  };
  std::size_t end = first + 1;
  if (stands_alone(first)) return end;
  while (end < statements.size() && !stands_alone(end) &&
         statements[end].end - statements[first].begin < run_bytes)
    ++end;
  return end;
}

void parse_run(const Script& script, Run& run) {
  const std::vector<ScriptStatement>& statements = script.statements;
  const ScriptStatement& first = statements[run.first];
  if (!is_parsed(first)) return;
  const std::size_t end = run.first + run.count;
  if (!first.replaced) {
    run.parsed =
        ParsedSql::parse(script.text.substr(first.begin, statements[end - 1].end - first.begin));
    if (run.parsed.message().empty() && run.parsed.trees().size() == run.count) return;
  }
  for (std::size_t i = run.first; i < end; ++i)
    run.singles.push_back(parse_single(script, statements[i]));
}

/// Runs that are parsed ahead of the one who reads them, in whatever order, and read in theirs.
class Ahead {
 public:
  explicit Ahead(const Script& script) : script_(script) {
    for (std::size_t at = 0; at < script.statements.size();) {
      const std::size_t end = end_of_run(script, at);
      runs_.push_back({at, end - at, {}, {}});
      at = end;
    }
    done_.resize(runs_.size());
  }

  [[nodiscard]] std::size_t size() const { return runs_.size(); }

  /// What each thread that parses does: one run after the other, until there is none.
  void parse() {
    while (true) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return next_ < read_ + most_waiting || next_ >= runs_.size(); });
        if (next_ >= runs_.size()) return;
        index = next_++;
      }
      parse_run(script_, runs_[index]);
      const std::unique_lock lock(mutex_);
      done_[index] = true;
      more_.notify_one();
    }
  }

  /// The run, once it is there. Runs before it are gone then.
  const Run& take(std::size_t index) {
    std::unique_lock lock(mutex_);
    if (index > 0) runs_[index - 1] = {};
    read_ = index;
    room_.notify_all();
    more_.wait(lock, [&] { return done_[index]; });
    return runs_[index];
  }

 private:
  static constexpr std::size_t most_waiting = 16;
  const Script& script_;
  std::vector<Run> runs_;
  std::vector<bool> done_;
  std::size_t next_ = 0;
  std::size_t read_ = 0;
  std::mutex mutex_;
  std::condition_variable more_;
  std::condition_variable room_;
};

class Visits {
 public:
  Visits(const SourceFile& file, const Script& script, DiagnosticSink& sink,
         const std::function<void(const Statement&)>& visit)
      : file_(file), script_(script), sink_(sink), visit_(visit) {}

  void take(const Run& run) {
    const ScriptStatement& first = script_.statements[run.first];
    if (run.singles.empty() && run.count == 1 && !is_parsed(first)) {
      if (!first.rows_only) refuse_depth(first);
      return;
    }
    for (std::size_t i = 0; i < run.count; ++i) {
      const ScriptStatement& statement = script_.statements[run.first + i];
      if (run.singles.empty()) {
        give(statement, run.parsed, run.parsed.trees()[i], statement.begin - first.begin);
      } else {
        take_single(statement, run.singles[i]);
      }
    }
  }

 private:
  [[nodiscard]] static Span span_of(const ScriptStatement& statement) {
    return {static_cast<std::uint32_t>(statement.begin), static_cast<std::uint32_t>(statement.end)};
  }

  void give(const ScriptStatement& statement, const ParsedSql& parsed, const ParsedSql::Tree& tree,
            std::size_t begin) {
    Statement given;
    given.node = tree.node;
    given.text = parsed.text();
    given.begin = begin;
    given.end = statement.replaced ? parsed.text().size() : begin + statement.end - statement.begin;
    given.span = span_of(statement);
    given.replaced = statement.replaced.has_value();
    visit_(given);
  }

  void take_single(const ScriptStatement& statement, const ParsedSql& parsed) {
    if (!parsed.message().empty()) {
      refuse(statement, parsed);
      return;
    }
    for (const ParsedSql::Tree& tree : parsed.trees()) give(statement, parsed, tree, 0);
  }

  void refuse(const ScriptStatement& statement, const ParsedSql& parsed) {
    Span span = span_of(statement);
    if (!statement.replaced) {
      const std::size_t at = std::min(statement.begin + parsed.message_offset(), statement.end);
      const Token token = Tokens(std::string_view(file_.text).substr(0, statement.end), at).next();
      span = {static_cast<std::uint32_t>(at),
              static_cast<std::uint32_t>(std::max(at, std::min(token.end, statement.end)))};
    }
    if (is_cut_off(statement, parsed.message(), span)) {
      sink_.error("postgres-truncated", parsed.message(), file_.name, span,
                  "the file ends in the middle of this statement: is all of it there?");
      return;
    }
    sink_.warning(
        "postgres-syntax", parsed.message(), file_.name, span,
        "PostgreSQL 15's grammar does not take this statement; the rest of the file is read");
  }

  /// Whether the file ends within the statement: a quote is left open, or what is refused stands at
  /// its end and no semicolon follows.
  [[nodiscard]] bool is_cut_off(const ScriptStatement& statement, std::string_view message,
                                Span refused) const {
    if (message.starts_with("unterminated")) return true;
    return !statement.replaced && refused.end >= statement.end &&
           trim(std::string_view(file_.text).substr(statement.end)).empty();
  }

  void refuse_depth(const ScriptStatement& statement) {
    sink_.error("postgres-too-deep",
                "the statement is nested " + std::to_string(statement.depth) + " deep", file_.name,
                span_of(statement),
                "at most " + std::to_string(deepest_nesting) + " levels of brackets and chained " +
                    "operators are read; the rest of the file is");
  }

  const SourceFile& file_;
  const Script& script_;
  DiagnosticSink& sink_;
  const std::function<void(const Statement&)>& visit_;
};

}  // namespace

void for_each_statement(const SourceFile& file, DiagnosticSink& sink,
                        const std::function<void(const Statement&)>& visit) {
  const Script script = prepare_script(file, sink);
  Visits visits(file, script, sink, visit);
  Ahead ahead(script);
  const auto parse = [&] { with_large_stack([&] { ahead.parse(); }); };
  std::vector<std::thread> threads;
  const std::size_t useful = std::min<std::size_t>(most_threads, ahead.size());
  for (std::size_t i = 0; i < useful; ++i) threads.emplace_back(parse);
  for (std::size_t i = 0; i < ahead.size(); ++i) visits.take(ahead.take(i));
  for (std::thread& thread : threads) thread.join();
}

}  // namespace relata::syntax
