// TypeORM 1: MS-Name.ts with up() and down() (https://typeorm.io/docs/migrations/why). What cannot
// be in a transaction ends the one that the runner began, and begins another for it behind, so that
// it runs in every transaction mode; `transaction = false` would be refused in the usual one,
// "all", and is not heeded on the way back.

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "base/text.h"
#include "emit/typeorm/files.h"
#include "emit/typeorm/remembered.h"
#include "migrate/tool.h"
#include "migrate/tools/folder.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {
namespace {

namespace typeorm = emit::typeorm;

/// Migrations are called by milliseconds: where a history begins, and how far apart new ones are.
constexpr std::uint64_t first_time = 1700000000000;
constexpr std::uint64_t between = 1000;
constexpr std::size_t time_digits = 13;
constexpr std::string_view line = "    ";

/// What TypeORM itself must be told on the way to another schema.
struct Notes {
  std::vector<std::string> up;
  std::vector<std::string> down;
};

using TextKey = std::tuple<std::string, std::string, std::string, std::string>;

std::map<TextKey, typeorm::RememberedText> texts_of(const typeorm::Plan& plan) {
  std::map<TextKey, typeorm::RememberedText> texts;
  for (typeorm::RememberedText& text : typeorm::remembered_texts(plan)) {
    const TextKey key{text.type, text.schema, text.table, text.name};
    texts.emplace(key, std::move(text));
  }
  return texts;
}

/// What leads from what TypeORM remembers of one schema to what it is to remember of another.
void note_texts(const typeorm::Plan& from, const typeorm::Plan& to, std::vector<std::string>& out) {
  const auto before = texts_of(from);
  const auto after = texts_of(to);
  for (const auto& [key, text] : before) {
    const auto found = after.find(key);
    if (found == after.end() || found->second != text) out.push_back(forget(from, text));
  }
  for (const auto& [key, text] : after) {
    const auto found = before.find(key);
    if (found == before.end() || found->second != text) out.push_back(remember(to, text));
  }
}

using TableNames = std::map<QualifiedName, const Table*>;

TableNames tables_of(const Schema& schema) {
  TableNames tables;
  for (const Table& table : schema.tables)
    tables.emplace(QualifiedName{table.schema, table.name}, &table);
  return tables;
}

/// Defaults of tables that differ may have been written anew, in the server's words.
void note_defaults(const typeorm::Plan& from, const typeorm::Plan& to,
                   std::vector<std::string>& out) {
  const TableNames before = tables_of(from.schema);
  const TableNames after = tables_of(to.schema);
  for (const typeorm::RespelledDefault& one : typeorm::respelled_defaults(to)) {
    const auto old = before.find(one.table);
    const auto now = after.find(one.table);
    if (old != before.end() && now != after.end() && *old->second == *now->second) continue;
    out.push_back(respell(to, one));
  }
}

Notes notes_between(const ToolInput& input) {
  const typeorm::Plan from = typeorm::make_plan(*input.from);
  const typeorm::Plan to = typeorm::make_plan(*input.to);
  Notes notes;
  note_texts(from, to, notes.up);
  note_defaults(from, to, notes.up);
  note_texts(to, from, notes.down);
  note_defaults(to, from, notes.down);
  return notes;
}

std::string comments(const std::vector<std::string>& remarks) {
  std::string out;
  for (const std::string& remark : remarks) {
    out +=
        std::string(line) + "// " + replace_all(replace_all(remark, "\r", " "), "\n", " ") + "\n";
  }
  return out;
}

/// The body of up() or down().
class Body {
 public:
  Body(const ToolInput& input, const typeorm::Plan& plan)
      : dialect_(input.to->dialect), plan_(plan) {}

  std::string write(const std::vector<Section>& sections) {
    const bool plain = std::all_of(sections.begin(), sections.end(), [&](const Section& section) {
      return !section.apart && !section.fresh && !section.keys_off;
    });
    if (plain) {
      for (const Section& section : sections) commands(section);
      return std::move(text_);
    }
    say("const inTransaction = queryRunner.isTransactionActive;");
    say("if (inTransaction) await queryRunner.commitTransaction();");
    for (const Section& section : sections) one(section);
    say("if (inTransaction) await queryRunner.startTransaction();");
    return std::move(text_);
  }

 private:
  void one(const Section& section) {
    if (section.keys_off) query("PRAGMA foreign_keys = OFF");
    if (!section.apart) say("await queryRunner.startTransaction();");
    commands(section);
    if (!section.apart) say("await queryRunner.commitTransaction();");
    if (section.keys_off) query("PRAGMA foreign_keys = ON");
  }

  void commands(const Section& section) {
    for (const Command& command : section.commands) {
      text_ += comments(command.remarks);
      query(typeorm::respelled(plan_, command.sql));
    }
  }

  void say(std::string_view code) { text_ += std::string(line) + std::string(code) + "\n"; }
  void query(const std::string& sql) { text_ += typeorm::query_line(sql); }

  const Dialect& dialect_;
  const typeorm::Plan& plan_;
  std::string text_;
};

/// The migrations that are there.
struct History {
  std::string folder;  ///< With its slash.
  std::uint64_t next_time = first_time;
};

/// Time stamps of files called MS-Name.ts, or .js, in a folder.
History history_of(const sql::FolderListing& folder) {
  History history;
  const bool is_project =
      std::any_of(folder.paths.begin(), folder.paths.end(), [](const std::string& path) {
        return path.starts_with("migrations/") &&
               (path == "migrations/index.ts" ||
                leading_number(path.substr(path.find('/') + 1), time_digits).has_value());
      });
  if (is_project) history.folder = "migrations/";
  for (const std::string& path : folder.paths) {
    if (!path.starts_with(history.folder)) continue;
    const std::string_view name = std::string_view(path).substr(history.folder.size());
    if (const auto time = leading_number(name, time_digits)) {
      history.next_time = std::max(history.next_time, *time + between);
    }
  }
  return history;
}

/// Adds the migrations to migrations/index.ts as Relata writes it; nothing where it is another.
std::optional<std::string> index_with(const std::string& text,
                                      const std::vector<typeorm::MigrationModule>& added) {
  constexpr std::string_view begin = "export const migrations = [";
  std::vector<typeorm::MigrationModule> all;
  const std::size_t list = text.find(begin);
  const std::size_t end = text.find("];", list);
  if (list == std::string::npos || end == std::string::npos) return std::nullopt;
  std::map<std::string, std::string> modules;
  for (const std::string_view statement : split(std::string_view(text).substr(0, list), ';')) {
    const std::size_t open = statement.find('{');
    const std::size_t close = statement.find('}');
    const std::size_t quote = statement.find('\'');
    if (close == std::string_view::npos || quote == std::string_view::npos) continue;
    std::string_view name = trim(statement.substr(open + 1, close - open - 1));
    while (name.ends_with(',')) name = trim(name.substr(0, name.size() - 1));
    const std::size_t last = statement.rfind('\'');
    modules.emplace(name, statement.substr(quote + 1, last - quote - 1));
  }
  const std::string_view items =
      std::string_view(text).substr(list + begin.size(), end - list - begin.size());
  for (const std::string_view item : split(items, ',')) {
    const std::string name(trim(item));
    if (name.empty()) continue;
    const auto found = modules.find(name);
    if (found == modules.end()) return std::nullopt;
    all.push_back({name, found->second});
  }
  all.insert(all.end(), added.begin(), added.end());
  return typeorm::migration_index_file(all);
}

void add_to_index(const ToolInput& input, const History& history,
                  const std::vector<typeorm::MigrationModule>& added,
                  std::vector<emit::OutputFile>& files, DiagnosticSink& sink) {
  const std::string path = history.folder + "index.ts";
  if (holds(input.folder, path)) {
    const auto text = input.folder.text(path);
    if (auto index = text ? index_with(*text, added) : std::nullopt) {
      files.push_back({path, std::move(*index)});
      return;
    }
  }
  std::vector<std::string> names;
  for (const typeorm::MigrationModule& one : added) names.push_back(one.name);
  sink.note("data-source", "the data source must know the new migrations: " + join(names, ", "), {},
            {}, "add them to its migrations, unless these are named by a pattern such as *.js");
}

std::string file_of(const Unit& unit, const std::string& name, const std::string& up,
                    const std::string& down) {
  std::string text = "import type { MigrationInterface, QueryRunner } from 'typeorm';\n\n";
  text += typeorm::doc_comment({std::string(description_of(unit.phase))}, 0);
  text += "export class " + name + " implements MigrationInterface {\n  name = '" + name + "';\n\n";
  // A parameter that is not used would be an error in strict projects.
  const auto parameter = [](const std::string& body) {
    return body.empty() ? "" : "queryRunner: QueryRunner";
  };
  text += std::string("  async up(") + parameter(up) + "): Promise<void> {\n" + up + "  }\n\n";
  return text + "  async down(" + parameter(down) + "): Promise<void> {\n" + down + "  }\n}\n";
}

/// Adds what TypeORM must be told as commands of a section.
void add_notes(const std::vector<std::string>& notes, Section& section) {
  bool first = true;
  for (const std::string& sql : notes) {
    Command command{CommandKind::work, sql, {}, false};
    if (first)
      command.remarks = {"What TypeORM compares views, generated columns and defaults to."};
    first = false;
    section.commands.push_back(std::move(command));
  }
}

}  // namespace

std::vector<emit::OutputFile> write_typeorm(const ToolInput& input, DiagnosticSink& sink) {
  std::vector<Unit> units = units_of(input.plan, input.to->dialect, {});
  if (units.empty()) return {};
  const Notes notes = notes_between(input);
  // Forward they are the last thing that is done. Back, too: nothing reads them in between.
  add_notes(notes.up, units.back().forward);
  if (!notes.down.empty()) {
    if (units.front().back.empty()) units.front().back.emplace_back();
    add_notes(notes.down, units.front().back.back());
  }
  const typeorm::Plan plan = typeorm::make_plan(*input.to);
  History history = history_of(input.folder);
  std::vector<emit::OutputFile> files;
  std::vector<typeorm::MigrationModule> added;
  for (const Unit& unit : units) {
    const std::string time = std::to_string(history.next_time);
    const std::string words = pascal_case(unit.name);
    const std::string file = time + "-" + words;
    added.push_back({words + time, "./" + file + ".js"});
    files.push_back(
        {history.folder + file + ".ts",
         file_of(unit, words + time, Body(input, plan).write(std::vector<Section>{unit.forward}),
                 Body(input, plan).write(unit.back))});
    history.next_time += between;
  }
  add_to_index(input, history, added, files, sink);
  return files;
}

}  // namespace relata::migrate
