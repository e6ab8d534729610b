#include "read/sql/sqlite/engine.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>

#include "base/text.h"

namespace relata::sql::sqlite {
namespace {

/// Instructions between two looks at the patience; looks that one statement gets, about a second of
/// work, where making an object takes less than a thousandth of one; and looks for all of them.
constexpr int instructions = 100'000;
constexpr int statement_patience = 100;
constexpr int whole_patience = 400;

constexpr int largest_value = 64 << 20;

/// Pragmas that change how a schema is made, and those that the engine and its virtual tables ask
/// for themselves.
constexpr std::array<std::string_view, 7> allowed_pragmas{
    "data_version", "foreign_keys", "legacy_alter_table", "page_count",
    "page_size",    "quick_check",  "table_info"};

constexpr std::array<std::string_view, 2> refused_functions{"fts3_tokenizer", "load_extension"};

template <class Names>
bool holds(const Names& names, const char* name) {
  return name != nullptr && std::find(names.begin(), names.end(), to_lower(name)) != names.end();
}

/// https://sqlite.org/c3ref/c_alter_table.html says what the names are for each action.
int authorize(void*, int action, const char* first, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
      return SQLITE_DENY;
    case SQLITE_PRAGMA:
      return holds(allowed_pragmas, first) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      return holds(refused_functions, second) ? SQLITE_DENY : SQLITE_OK;
    default:
      return SQLITE_OK;
  }
}

int count_down(void* patience) {
  auto* left = static_cast<Patience*>(patience);
  --left->statement;
  --left->whole;
  return left->over() ? 1 : 0;
}

int compare_bytes(void*, int size_a, const void* a, int size_b, const void* b) {
  const std::string_view left(static_cast<const char*>(a), static_cast<std::size_t>(size_a));
  const std::string_view right(static_cast<const char*>(b), static_cast<std::size_t>(size_b));
  return left.compare(right);
}

void make_up_collation(void*, sqlite3* database, int, const char* name) {
  sqlite3_create_collation(database, name, SQLITE_UTF8, nullptr, compare_bytes);
}

void answer_null(sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_null(context); }

/// Where a byte of a text without carriage returns before line ends is in the text with them.
int offset_with_returns(std::string_view text, int offset) {
  std::size_t place = 0;
  for (int left = offset; place < text.size(); ++place) {
    if (text.substr(place).starts_with("\r\n")) continue;
    if (left-- <= 0) break;
  }
  return offset < 0 ? offset : static_cast<int>(place);
}

}  // namespace

Engine::Engine() : patience_{statement_patience, whole_patience} {
  sqlite3* opened = nullptr;
  const int code =
      sqlite3_open_v2(":memory:", &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY, nullptr);
  database_.reset(opened);
  assert(code == SQLITE_OK);
  static_cast<void>(code);
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, largest_value);
  sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_exec(opened, "PRAGMA temp_store = MEMORY; PRAGMA max_page_count = 65536", nullptr,
               nullptr, nullptr);
  sqlite3_collation_needed(opened, nullptr, make_up_collation);
  sqlite3_set_authorizer(opened, authorize, nullptr);
  sqlite3_progress_handler(opened, instructions, count_down, &patience_);
}

std::optional<Refusal> Engine::run(std::string_view statement) {
  // The shell drops the carriage return before a line end; the catalog keeps texts as they came.
  std::string text;
  if (statement.find("\r\n") != std::string_view::npos) {
    text = replace_all(statement, "\r\n", "\n");
  } else {
    text = statement;
  }
  std::optional<Refusal> refusal = try_run(text);
  while (refusal && make_up_function(refusal->message)) refusal = try_run(text);
  if (refusal) refusal->offset = offset_with_returns(statement, refusal->offset);
  return refusal;
}

std::optional<Refusal> Engine::try_run(std::string_view statement) {
  patience_.statement = statement_patience;
  sqlite3* database = database_.get();
  sqlite3_stmt* prepared = nullptr;
  int code = sqlite3_prepare_v2(database, statement.data(), static_cast<int>(statement.size()),
                                &prepared, nullptr);
  std::optional<Refusal> refusal;
  const auto refused = [&] {
    return Refusal{patience_.over() ? "it takes too long" : sqlite3_errmsg(database),
                   sqlite3_error_offset(database)};
  };
  if (code != SQLITE_OK) {
    refusal = refused();
  } else {
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    }
    if (code != SQLITE_DONE) refusal = refused();
  }
  sqlite3_finalize(prepared);
  return refusal;
}

bool Engine::make_up_function(const std::string& message) {
  // "no such function: name"; the message may stand behind where it was met ("error in view ...").
  constexpr std::string_view words = "no such function: ";
  const std::size_t place = message.find(words);
  if (place == std::string::npos) return false;
  const std::string name = message.substr(place + words.size());
  if (std::find(made_up_.begin(), made_up_.end(), name) != made_up_.end()) return false;
  made_up_.push_back(name);
  return sqlite3_create_function(database_.get(), name.c_str(), -1,
                                 SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                                 answer_null, nullptr, nullptr) == SQLITE_OK;
}

sqlite3* Engine::finish() {
  sqlite3_set_authorizer(database_.get(), nullptr, nullptr);
  sqlite3_progress_handler(database_.get(), 0, nullptr, nullptr);
  return database_.get();
}

}  // namespace relata::sql::sqlite
