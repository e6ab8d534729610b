#include "live/postgres/connection.h"

#include <libpq-fe.h>

#include <array>
#include <cassert>
#include <charconv>
#include <cstdlib>

#include "live/postgres/failure.h"
#include "live/url/url.h"

namespace relata::live::postgres {

namespace {

template <class Number>
Number number_of(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

bool has_value(const PQconninfoOption* options, std::string_view keyword) {
  for (const PQconninfoOption* option = options; option != nullptr && option->keyword != nullptr;
       ++option) {
    if (option->keyword == keyword) return option->val != nullptr;
  }
  return false;
}

struct Setting {
  const char* keyword;
  const char* value;
};

/// What holds where neither the URL, nor the environment says otherwise. A network that fell silent
/// is noticed within a minute rather than after two hours.
constexpr std::array defaults{
    Setting{"connect_timeout", "10"},
    Setting{"keepalives_idle", "20"},
    Setting{"keepalives_interval", "10"},
    Setting{"keepalives_count", "3"},
};

/// What holds whatever is said elsewhere.
constexpr std::array settings{
    Setting{"client_encoding", "UTF8"},
    Setting{"fallback_application_name", "relata"},
};

struct Keywords {
  std::vector<const char*> names;
  std::vector<const char*> values;
  void add(const char* name, const char* value) {
    names.push_back(name);
    values.push_back(value);
  }
};

/// The URL between our defaults and our settings: with expand_dbname, the later one wins.
Keywords keywords_for(const std::string& url, const PQconninfoOption* given) {
  const Options environment(PQconndefaults(), &PQconninfoFree);
  Keywords keywords;
  for (const Setting& setting : defaults) {
    // A service that the URL names may say it too; only libpq reads its file.
    if (!has_value(environment.get(), setting.keyword) && !has_value(given, "service")) {
      keywords.add(setting.keyword, setting.value);
    }
  }
  keywords.add("dbname", url.c_str());
  for (const Setting& setting : settings) keywords.add(setting.keyword, setting.value);
  keywords.add(nullptr, nullptr);
  return keywords;
}

void say_nothing(void*, const char*) {}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

}  // namespace

bool Row::is_null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

std::string_view Row::view(int column) const {
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

char Row::letter(int column) const {
  const std::string_view text = view(column);
  return text.empty() ? '\0' : text.front();
}

int Row::integer(int column) const { return number_of<int>(view(column)); }

Oid Row::oid(int column) const { return number_of<Oid>(view(column)); }

std::vector<std::int64_t> Row::numbers(int column) const {
  std::vector<std::int64_t> numbers;
  const std::string_view text = view(column);
  for (const char* at = text.data(); at < text.data() + text.size();) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(at, text.data() + text.size(), number);
    if (error == std::errc()) {
      numbers.push_back(number);
      at = end;
    } else {
      ++at;  // A brace, comma or blank.
    }
  }
  return numbers;
}

// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
std::vector<std::string> Row::texts(int column) const {
  std::vector<std::string> texts;
  const std::string_view text = view(column);
  std::size_t at = text.starts_with('{') ? 1 : text.size();
  while (at < text.size() && text[at] != '}') {
    std::string element;
    const bool quoted = text[at] == '"';
    if (quoted) ++at;
    while (at < text.size() && (quoted ? text[at] != '"' : text[at] != ',' && text[at] != '}')) {
      if (text[at] == '\\' && at + 1 < text.size()) ++at;
      element += text[at++];
    }
    if (quoted) ++at;
    if (!quoted && element == "NULL") element.clear();
    texts.push_back(std::move(element));
    if (at < text.size() && text[at] == ',') ++at;
  }
  return texts;
}

Rows::Rows(PGresult* result) : result_(result) {}

int Rows::size() const { return PQntuples(result_.get()); }

int Rows::columns() const { return PQnfields(result_.get()); }

std::uint64_t Rows::affected() const {
  return number_of<std::uint64_t>(PQcmdTuples(result_.get()));
}

void Rows::Clear::operator()(PGresult* result) const { PQclear(result); }

void Connection::Finish::operator()(PGconn* connection) const { PQfinish(connection); }

Result<Connection> Connection::open(const std::string& url) {
  char* message = nullptr;
  const Options given(PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
  if (given == nullptr) {
    const std::string reason = message == nullptr ? "out of memory" : message;
    PQfreemem(message);
    return tl::unexpected(url_failure(url, reason));
  }
  if (has_stray_at_sign(url)) {
    return tl::unexpected(url_failure(url, "user or password hold what must be percent-encoded"));
  }
  const Keywords keywords = keywords_for(url, given.get());
  Connection connection(PQconnectdbParams(keywords.names.data(), keywords.values.data(), 1));
  PGconn* raw = connection.connection_.get();
  if (PQstatus(raw) != CONNECTION_OK) return tl::unexpected(connection_failure(raw));
  PQsetNoticeProcessor(raw, &say_nothing, nullptr);
  connection.place_ = place_of(raw);
  return connection;
}

Result<Rows> Connection::execute(const std::string& statement,
                                 const std::vector<Parameter>& parameters) {
  std::vector<const char*> values;
  for (const Parameter& parameter : parameters) {
    values.push_back(parameter ? parameter->c_str() : nullptr);
  }
  PGconn* raw = connection_.get();
  PGresult* result = PQexecParams(raw, statement.c_str(), static_cast<int>(values.size()), nullptr,
                                  values.data(), nullptr, nullptr, 0);
  Rows rows(result);
  if (succeeded(result)) return rows;
  last_error_ = server_error(raw, result);
  return tl::unexpected(statement_failure(raw, result, place_));
}

Result<void> Connection::execute_all(const std::vector<std::string>& statements,
                                     const std::function<void(std::size_t, const Rows&)>& take) {
  PGconn* raw = connection_.get();
  bool sent = PQenterPipelineMode(raw) == 1;
  for (const std::string& statement : statements) {
    sent = sent &&
           PQsendQueryParams(raw, statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 1;
  }
  if (!sent || PQpipelineSync(raw) != 1) {
    return tl::unexpected(statement_failure(raw, nullptr, place_));
  }
  return consume(statements.size(), take);
}

/// Every statement gives its result, then a null; a last result stands for the end of the batch.
/// After one that failed the server skips the others, which is taken in so that the connection can
/// be used on (https://www.postgresql.org/docs/current/libpq-pipeline-mode.html).
Result<void> Connection::consume(std::size_t count,
                                 const std::function<void(std::size_t, const Rows&)>& take) {
  PGconn* raw = connection_.get();
  Result<void> outcome;
  for (std::size_t statement = 0; statement < count; ++statement) {
    PGresult* result = PQgetResult(raw);
    const Rows rows(result);
    if (outcome && !succeeded(result)) {
      outcome = tl::unexpected(statement_failure(raw, result, place_));
    }
    if (PQstatus(raw) == CONNECTION_BAD) return outcome;
    if (outcome) take(statement, rows);
    while (PGresult* rest = PQgetResult(raw)) PQclear(rest);
  }
  const Rows end(PQgetResult(raw));
  PQexitPipelineMode(raw);
  return outcome;
}

int Connection::server_version() const { return PQserverVersion(connection_.get()); }

std::string Connection::user() const { return PQuser(connection_.get()); }

}  // namespace relata::live::postgres
