// Alembic: versions/<revision>_<words>.py (https://alembic.sqlalchemy.org/en/latest/tutorial.html).
// What cannot be in a transaction stands in an autocommit block, which ends the transaction before
// (MigrationContext.autocommit_block()).

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "emit/sqlalchemy/migration_text.h"
#include "emit/sqlalchemy/python_code.h"
#include "migrate/tool.h"
#include "migrate/tools/folder.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {
namespace {

namespace python = emit::sqlalchemy;

/// The strings in a line of Python such as `down_revision = ("a", "b")`.
std::vector<std::string> strings_in(std::string_view line) {
  std::vector<std::string> found;
  for (std::size_t at = line.find_first_of("'\""); at != std::string_view::npos;
       at = line.find_first_of("'\"", at)) {
    const std::size_t end = line.find(line[at], at + 1);
    if (end == std::string_view::npos) break;
    found.emplace_back(line.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return found;
}

/// What is assigned to a variable of the module, with its lines joined; nothing: it is not there.
std::optional<std::string> assigned(std::string_view text, std::string_view variable) {
  const std::vector<std::string_view> lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with(variable)) continue;
    const std::string_view behind = lines[i].substr(variable.size());
    if (behind.empty() || (behind[0] != ' ' && behind[0] != ':' && behind[0] != '=')) continue;
    const std::size_t equals = behind.find('=');
    if (equals == std::string_view::npos) continue;
    std::string value(trim(behind.substr(equals + 1)));
    for (;
         value.starts_with('(') && value.find(')') == std::string::npos && i + 1 < lines.size();) {
      value += lines[++i];
    }
    return value;
  }
  return std::nullopt;
}

/// The revisions that are there.
struct History {
  std::string folder;  ///< Of the revisions, with its slash.
  std::string head;    ///< Empty: there is none.
};

/// The folder of the revisions: people name it, or the environment, or the project.
std::string versions_folder(const sql::FolderListing& folder) {
  const std::string environment = folder_of_marker(folder, "env.py");
  return environment.empty() && !holds(folder, "env.py") ? "" : environment + "versions/";
}

std::optional<History> history_of(const sql::FolderListing& folder, DiagnosticSink& sink) {
  History history;
  history.folder = versions_folder(folder);
  std::set<std::string> revisions;
  std::set<std::string> continued;
  for (const std::string& path : folder.paths) {
    if (!path.starts_with(history.folder) || !path.ends_with(".py")) continue;
    const auto text = folder.text(path);
    if (!text) {
      sink.error("unreadable", text.error().message, {}, {}, text.error().help);
      return std::nullopt;
    }
    const auto revision = assigned(*text, "revision");
    const auto down = assigned(*text, "down_revision");
    if (!revision || !down) continue;
    for (const std::string& name : strings_in(*revision)) revisions.insert(name);
    for (const std::string& name : strings_in(*down)) continued.insert(name);
  }
  std::vector<std::string> heads;
  std::set_difference(revisions.begin(), revisions.end(), continued.begin(), continued.end(),
                      std::back_inserter(heads));
  if (heads.size() > 1) {
    sink.error("several-heads",
               "the revisions in '" + folder.name + "' have several heads: " + join(heads, ", "),
               {}, {}, "alembic merge heads");
    return std::nullopt;
  }
  if (!heads.empty()) history.head = heads.front();
  return history;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

/// The revision behind the head: the next number where heads are numbers, as Relata writes them,
/// else 12 digits like Alembic's own, which come from the content.
std::string next_revision(const std::string& head, const std::string& content) {
  constexpr std::size_t width = 4;
  constexpr std::size_t longest_number = 9;
  if (head.empty()) return padded(1, width);
  if (is_number(head) && head.size() <= longest_number) {
    return padded(static_cast<std::uint64_t>(std::stoull(head)) + 1, head.size());
  }
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t length = 12;
  std::string revision;
  for (std::uint64_t hash = stable_hash(head + "\n" + content); revision.size() < length;
       hash >>= 4U)
    revision += digits[hash & 0xFU];
  return revision;
}

std::string list_name(std::string_view way, std::size_t place) {
  return std::string(way) + (place == 0 ? "" : "_" + std::to_string(place + 1));
}

constexpr std::string_view run_without_keys = R"(

def run_without_keys(statements: list[str]) -> None:
    """Run them in a transaction of their own, in which no row is deleted along.

    A pragma of SQLite about foreign keys does nothing inside of a transaction.
    """
    with op.get_context().autocommit_block():
        keys = 0
        if not op.get_context().as_sql:
            keys = op.get_bind().exec_driver_sql("PRAGMA foreign_keys").scalar() or 0
        run(["PRAGMA foreign_keys = OFF", "BEGIN", *statements, "COMMIT"])
        run([f"PRAGMA foreign_keys = {keys}"])
)";

/// One revision.
class Revision {
 public:
  Revision(const Dialect& dialect, const Unit& unit) : dialect_(dialect), unit_(unit) {
    lists_ = lists("UPGRADE", {unit.forward}) + lists("DOWNGRADE", unit.back);
    lists_.erase(0, 1);
  }

  /// What it does, which its id may come from.
  [[nodiscard]] const std::string& content() const { return lists_; }

  [[nodiscard]] std::string text(const std::string& revision, const std::string& down) const {
    std::string out = python::docstring(description_of(unit_.phase), 0);
    out += "\nfrom __future__ import annotations\n\nfrom alembic import op\n\n";
    out += "revision: str = " + python::string_literal(revision) + "\n";
    out += "down_revision: str | None = " + (down.empty() ? "None" : python::string_literal(down)) +
           "\n";
    out += "branch_labels: str | None = None\ndepends_on: str | None = None\n\n" + lists_;
    out += "\n\ndef upgrade() -> None:\n" + calls("UPGRADE", {unit_.forward});
    out += "\n\ndef downgrade() -> None:\n" + calls("DOWNGRADE", unit_.back);
    out += "\n\n" + std::string(python::run_function);
    if (out.find("run_without_keys(") != std::string::npos) out += run_without_keys;
    return out;
  }

 private:
  static std::string lists(std::string_view way, const std::vector<Section>& sections) {
    std::string out;
    for (std::size_t i = 0; i < sections.size(); ++i) {
      std::vector<python::ListedStatement> statements;
      for (const Command& command : sections[i].commands) {
        statements.push_back({command.remarks, command.sql});
      }
      out += "\n" + python::statement_list(list_name(way, i), statements);
    }
    return out;
  }

  [[nodiscard]] std::string calls(std::string_view way,
                                  const std::vector<Section>& sections) const {
    std::string out;
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const std::string list = "(" + list_name(way, i) + ")\n";
      if (sections[i].keys_off) {
        out += "    run_without_keys" + list;
      } else if (sections[i].apart) {
        out += "    with op.get_context().autocommit_block():\n        run" + list;
      } else if (sections[i].fresh) {
        out +=
            "    # No lock of what came before is held while tables are read.\n"
            "    with op.get_context().autocommit_block():\n        pass\n    run" +
            list;
      } else {
        out += "    run" + list;
      }
    }
    return out.empty() ? "    pass\n" : out;
  }

  const Dialect& dialect_;
  const Unit& unit_;
  std::string lists_;
};

}  // namespace

std::vector<emit::OutputFile> write_alembic(const ToolInput& input, DiagnosticSink& sink) {
  const Dialect& dialect = input.to->dialect;
  auto history = history_of(input.folder, sink);
  if (!history) return {};
  std::vector<emit::OutputFile> files;
  for (const Unit& unit : units_of(input.plan, dialect, {})) {
    const Revision made(dialect, unit);
    const std::string revision = next_revision(history->head, made.content());
    files.push_back(
        {history->folder + revision + "_" + unit.name + ".py", made.text(revision, history->head)});
    history->head = revision;
  }
  return files;
}

}  // namespace relata::migrate
