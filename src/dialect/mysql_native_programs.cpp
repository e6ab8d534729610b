#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>

#include "base/text.h"
#include "dialect/mysql_native.h"

namespace relata {
namespace {

bool is_name_part(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Where what begins at `begin` and is closed by `mark`, doubled or escaped inside, ends.
std::size_t closing(std::string_view sql, std::size_t begin, char mark) {
  for (std::size_t i = begin + 1; i < sql.size(); ++i) {
    if (sql[i] == '\\' && mark != '`') {
      ++i;
    } else if (sql[i] == mark) {
      if (i + 1 == sql.size() || sql[i + 1] != mark) return i;
      ++i;
    }
  }
  return sql.size();
}

std::size_t end_of_comment(std::string_view sql, std::size_t begin) {
  const bool block = sql.substr(begin, 2) == "/*";
  const std::size_t end = sql.find(block ? "*/" : "\n", begin + 1);
  return end == std::string_view::npos ? sql.size() : end + (block ? 2 : 1);
}

/// A string that no statement holds, to end statements with.
std::string delimiter_for(const std::vector<std::string>& statements) {
  std::string delimiter = "$$";
  const auto is_in = [&](const std::string& statement) {
    return statement.find(delimiter) != std::string::npos;
  };
  while (std::any_of(statements.begin(), statements.end(), is_in)) {
    delimiter = delimiter == "$$" ? "//" : delimiter + "/";
  }
  return delimiter;
}

}  // namespace

std::vector<std::string> names_in_mysql(std::string_view sql) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (c == '\'' || c == '"') {
      i = closing(sql, i, c) + 1;
    } else if (c == '`') {
      const std::size_t end = closing(sql, i, c);
      names.push_back(replace_all(sql.substr(i + 1, end - i - 1), "``", "`"));
      i = end + 1;
    } else if (c == '#' || sql.substr(i, 3) == "-- " ||
               (sql.substr(i, 2) == "/*" && sql.substr(i, 3) != "/*!")) {
      i = end_of_comment(sql, i);
    } else if (is_name_part(c)) {
      std::size_t end = i;
      while (end < sql.size() && is_name_part(sql[end])) ++end;
      names.emplace_back(sql.substr(i, end - i));
      i = end;
    } else {
      ++i;
    }
  }
  return names;
}

std::vector<const View*> mysql_view_order(const Schema& schema) {
  // A view that names itself through others cannot exist, so that nothing is waited for twice.
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < schema.views.size(); ++i) {
    places.emplace(to_lower(schema.views[i].name), i);
  }
  std::vector<std::vector<std::size_t>> needed(schema.views.size());
  for (std::size_t i = 0; i < schema.views.size(); ++i) {
    for (const std::string& name : names_in_mysql(schema.views[i].sql)) {
      const auto found = places.find(to_lower(name));
      if (found != places.end() && found->second != i) needed[i].push_back(found->second);
    }
  }
  std::vector<const View*> order;
  std::vector<bool> seen(schema.views.size());
  struct Frame {
    std::size_t view;
    std::size_t next = 0;
  };
  std::vector<Frame> stack;  // rather than recursion, which a long chain of views would exhaust
  for (std::size_t start = 0; start < schema.views.size(); ++start) {
    if (seen[start]) continue;
    seen[start] = true;
    stack.push_back({start});
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == needed[frame.view].size()) {
        order.push_back(&schema.views[frame.view]);
        stack.pop_back();
        continue;
      }
      const std::size_t other = needed[frame.view][frame.next++];
      if (seen[other]) continue;
      seen[other] = true;
      stack.push_back({other});
    }
  }
  return order;
}

std::string with_definer(std::string_view create, std::string_view definer) {
  const std::size_t end = create.find_first_of(" \t\r\n");
  if (definer.empty() || end == std::string_view::npos) return std::string(create);
  return std::string(create.substr(0, end)) + " DEFINER = " + std::string(definer) +
         std::string(create.substr(end));
}

std::string MysqlNativeWriter::view(const View& view) const {
  std::string text = "CREATE";
  const std::string_view algorithm = option_value(view.options, "ALGORITHM");
  if (!algorithm.empty()) text += " ALGORITHM = " + std::string(algorithm);
  if (!view.session.definer.text.empty()) text += " DEFINER = " + view.session.definer.text;
  const std::string_view security = option_value(view.options, "SQL SECURITY");
  if (!security.empty()) text += " SQL SECURITY " + std::string(security);
  text += " VIEW " + name(view.name);
  if (view.names_columns) text += " (" + dialect_.identifiers(view.columns) + ")";
  text += " AS\n" + std::string(without_semicolon(view.sql));
  if (!view.check_option.empty()) {
    text += "\nWITH " + to_upper(view.check_option) + " CHECK OPTION";
  }
  return text;
}

std::string MysqlNativeWriter::session_changes(const CreationSession& session, bool is_view) {
  std::string text;
  if (!is_view && session.sql_mode.text != session_.sql_mode.text) {
    const std::string& mode = session.sql_mode.text;
    text += "SET sql_mode = " +
            (mode.empty() ? "DEFAULT" : literal(mode == "-" ? std::string_view() : mode)) + ";\n";
    session_.sql_mode = session.sql_mode;
  }
  if (session.character_set.text != session_.character_set.text ||
      session.collation.text != session_.collation.text) {
    const std::string& set = session.character_set.text;
    text += "SET NAMES " + (set.empty() ? "DEFAULT" : set);
    if (!session.collation.text.empty()) text += " COLLATE " + session.collation.text;
    text += ";\n";
    session_.character_set = session.character_set;
    session_.collation = session.collation;
  }
  return text;
}

void MysqlNativeWriter::print_views() {
  if (schema_.views.empty()) return;
  print_section(printer_, "views");
  for (const View* entry : mysql_view_order(schema_)) {
    printer_.line();
    const std::string changes = session_changes(entry->session, true);
    printer_.line(changes + view(*entry) + ";");
  }
}

void MysqlNativeWriter::print_programs_of(std::string_view title,
                                          const std::vector<Program>& programs) {
  if (programs.empty()) return;
  print_section(printer_, title);
  std::vector<std::string> statements;
  statements.reserve(programs.size());
  for (const Program& program : programs) {
    statements.push_back(
        with_definer(without_semicolon(*program.create), program.session->definer.text));
  }
  const bool several = std::any_of(statements.begin(), statements.end(), [](const auto& text) {
    return text.find(';') != std::string::npos;
  });
  const std::string delimiter = several ? delimiter_for(statements) : ";";
  bool delimited = false;
  for (std::size_t i = 0; i < programs.size(); ++i) {
    const std::string changes = session_changes(*programs[i].session, false);
    if (!changes.empty()) {
      if (delimited) printer_.line("DELIMITER ;");
      delimited = false;
      printer_.line();
      printer_.line(trim(changes));
    }
    if (several && !delimited) printer_.line("DELIMITER " + delimiter);
    delimited = several;
    printer_.line();
    printer_.line(statements[i] + delimiter);
  }
  if (!delimited) return;
  printer_.line();
  printer_.line("DELIMITER ;");
}

void MysqlNativeWriter::print_programs() {
  std::vector<Program> routines;
  std::vector<Program> events;
  for (const Routine& routine : schema_.routines) {
    (routine.kind == "event" ? events : routines).push_back({&routine.sql.text, &routine.session});
  }
  std::vector<Program> triggers;
  for (const Table& table : schema_.tables) {
    for (const Trigger& trigger : table.triggers) {
      const auto* body = std::get_if<TriggerBody>(&trigger.purpose);
      if (body != nullptr) triggers.push_back({&body->sql, &body->session});
    }
  }
  print_programs_of("functions and procedures", routines);
  print_views();
  print_programs_of("triggers", triggers);
  print_programs_of("events", events);
}

}  // namespace relata
