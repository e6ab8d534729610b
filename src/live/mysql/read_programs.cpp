#include <unordered_map>

#include "base/text.h"
#include "live/mysql/catalog.h"

namespace relata::live::mysql {
namespace {

/// What stands between the parameters of a routine and its body, as SHOW CREATE PROCEDURE writes
/// it: only what is not so anyway.
struct Characteristics {
  std::string_view data_access;  ///< "READS SQL DATA" or "READS_SQL_DATA".
  bool deterministic = false;
  bool invoker = false;
  std::string_view comment;
};

std::string spelled(const Characteristics& characteristics) {
  std::string text;
  const std::string access = replace_all(characteristics.data_access, "_", " ");
  if (access != "CONTAINS SQL" && !access.empty()) text += "    " + access + "\n";
  if (characteristics.deterministic) text += "    DETERMINISTIC\n";
  if (characteristics.invoker) text += "    SQL SECURITY INVOKER\n";
  if (!characteristics.comment.empty()) {
    text += "    COMMENT " + quoted_text(characteristics.comment) + "\n";
  }
  return text;
}

std::string character_set_clause(const Row& row, std::size_t first) {
  if (row.is_null(first) || row.view(first).empty()) return {};
  return " CHARSET " + row.text(first) + " COLLATE " + row.text(first + 1);
}

std::string interval(const Row& row, std::size_t first) {
  return row.text(first) + " " + row.text(first + 1);
}

/// "ON SCHEDULE ..." of an event.
std::string schedule(const Row& row) {
  if (row.view(1) == "ONE TIME") return "AT " + quoted_text(row.view(2));
  std::string text = "EVERY " + interval(row, 3);
  // An event without STARTS begins when it is created.
  if (!row.is_null(5) && row.view(5) != row.view(11)) text += " STARTS " + quoted_text(row.view(5));
  if (!row.is_null(6)) text += " ENDS " + quoted_text(row.view(6));
  return text;
}

std::string_view status_words(std::string_view status) {
  if (status == "DISABLED") return " DISABLE";
  if (status == "SLAVESIDE_DISABLED") return " DISABLE ON SLAVE";
  if (status == "REPLICA_SIDE_DISABLED") return " DISABLE ON REPLICA";
  return {};
}

}  // namespace

void Catalog::read_views(const Rows& rows) {
  for (const Row row : rows) {
    if (row.view(1).empty()) {
      warn_of_hidden("view", row.view(0), "SHOW VIEW");
      continue;
    }
    View& view = schema_.views.emplace_back();
    view.name = row.text(0);
    view.dialect = "mysql";
    view.sql = without_database(row.view(1), server_.database);
    if (row.view(2) != "NONE") view.check_option = to_lower(row.view(2));
    if (row.view(4) != "UNDEFINED") view.options.push_back({"ALGORITHM", row.text(4)});
    if (row.view(3) == "INVOKER") view.options.push_back({"SQL SECURITY", "INVOKER"});
    view.session = session(row, 5);
  }
}

std::vector<std::size_t> Catalog::half_told_views() const {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < schema_.views.size(); ++i) {
    if (!server_.mariadb || schema_.views[i].sql.find('\'') != std::string::npos) {
      places.push_back(i);
    }
  }
  return places;
}

void Catalog::read_view_text(std::size_t place, const Rows& rows) {
  View& view = schema_.views[place];
  for (const Row row : rows) {
    const std::string text = without_database(row.view(1), server_.database);
    const std::string head = " VIEW " + quoted_name(view.name) + " AS ";
    const std::size_t begin = text.find(head);
    if (begin == std::string::npos) return;
    std::string sql = text.substr(begin + head.size());
    const std::string tail = " WITH " + to_upper(view.check_option) + " CHECK OPTION";
    if (!view.check_option.empty() && sql.ends_with(tail)) sql.resize(sql.size() - tail.size());
    view.sql = std::move(sql);
    constexpr std::string_view algorithm = "ALGORITHM=";
    if (server_.mariadb || text.find(algorithm) > begin) return;
    const std::size_t word = text.find(algorithm) + algorithm.size();
    const std::string value = text.substr(word, text.find(' ', word) - word);
    if (value != "UNDEFINED") view.options.insert(view.options.begin(), {"ALGORITHM", value});
  }
}

void Catalog::read_triggers(const Rows& rows) {
  for (const Row row : rows) {
    Table* table = find(row.view(0));
    if (table == nullptr) continue;
    TriggerBody body;
    body.dialect = "mysql";
    body.sql = "CREATE TRIGGER " + quoted_name(row.view(1)) + " " + row.text(2) + " " +
               row.text(3) + " ON " + quoted_name(row.view(0)) + " FOR EACH ROW " + row.text(4);
    body.session = session(row, 5);
    Trigger trigger;
    trigger.name = row.text(1);
    trigger.purpose = std::move(body);
    table->triggers.push_back(std::move(trigger));
  }
}

void Catalog::read_stored_routines(const Rows& rows) {
  for (const Row row : rows) {
    const bool function = row.view(1) == "FUNCTION";
    Routine& routine = schema_.routines.emplace_back();
    routine.kind = function ? "function" : "procedure";
    routine.name = row.text(0);
    std::string text = row.view(2) == "GROUP" ? "CREATE AGGREGATE " : "CREATE ";
    text += std::string(function ? "FUNCTION " : "PROCEDURE ") + quoted_name(row.view(0)) + "(" +
            row.text(3) + ")";
    if (function) text += " RETURNS " + row.text(4);
    text +=
        "\n" + spelled({row.view(6), row.view(7) == "YES", row.view(8) == "INVOKER", row.view(9)});
    routine.sql = SqlText{"mysql", text + row.text(5), {}};
    routine.session = session(row, 10);
  }
}

void Catalog::read_routines(const Rows& rows, const Rows& parameters) {
  std::unordered_map<std::string, std::vector<std::string>> parameters_of;
  for (const Row row : parameters) {
    const bool procedure = row.view(1) == "PROCEDURE";
    parameters_of[row.text(1) + " " + row.text(0)].push_back(
        (procedure ? row.text(2) + " " : std::string()) + quoted_name(row.view(3)) + " " +
        row.text(4) + character_set_clause(row, 5));
  }
  for (const Row row : rows) {
    if (row.view(4).empty()) {
      warn_of_hidden("routine", row.view(1), "SHOW_ROUTINE or EXECUTE on it");
      continue;
    }
    const bool function = row.view(2) == "FUNCTION";
    Routine& routine = schema_.routines.emplace_back();
    routine.kind = function ? "function" : "procedure";
    routine.name = row.text(1);
    std::string text = "CREATE " + row.text(2) + " " + quoted_name(row.view(1)) + "(" +
                       join(parameters_of[row.text(2) + " " + row.text(0)], ", ") + ")";
    if (function) text += " RETURNS " + row.text(3) + character_set_clause(row, 9);
    text +=
        "\n" + spelled({row.view(5), row.view(6) == "YES", row.view(7) == "INVOKER", row.view(8)});
    routine.sql = SqlText{"mysql", text + row.text(4), {}};
    routine.session = session(row, 11);
  }
}

void Catalog::read_events(const Rows& rows) {
  for (const Row row : rows) {
    Routine& event = schema_.routines.emplace_back();
    event.kind = "event";
    event.name = row.text(0);
    std::string text =
        "CREATE EVENT " + quoted_name(row.view(0)) + "\n    ON SCHEDULE " + schedule(row) + "\n";
    if (row.view(8) == "PRESERVE") text += "    ON COMPLETION PRESERVE\n";
    const std::string_view status = status_words(row.view(7));
    if (!status.empty()) text += "   " + std::string(status) + "\n";
    if (!row.view(9).empty()) text += "    COMMENT " + quoted_text(row.view(9)) + "\n";
    event.sql = SqlText{"mysql", text + "    DO " + row.text(10), {}};
    event.session = session(row, 12);
  }
}

}  // namespace relata::live::mysql
