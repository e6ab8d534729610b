// Prisma 7: YYYYMMDDHHMMSS_name/migration.sql
// (https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories).
// On PostgreSQL a file is sent as one query, which is one transaction: what cannot be in one is the
// only statement of its file. Prisma has no way back: down.sql beside it is for `prisma db
// execute`, and goes with 2.down.sql and so on, in this order, where that takes several.

#include <string>

#include "emit/prisma/lock_file.h"
#include "migrate/tool.h"
#include "migrate/tools/folder.h"
#include "migrate/tools/unit.h"

namespace relata::migrate {
namespace {

constexpr std::string_view lock_name = "migration_lock.toml";

std::string head(Phase phase) { return "-- " + std::string(description_of(phase)) + "\n"; }

std::string statement(const Dialect& dialect, const Command& command) {
  return sql_remarks(dialect, command) + command.sql + ";\n";
}

/// A section that is one query.
std::string script(const Dialect& dialect, const Section& section) {
  std::string out;
  if (section.keys_off) out += "PRAGMA foreign_keys=OFF;\n";
  if (dialect.id() == "sqlite") out += "BEGIN;\n";
  for (const Command& command : section.commands) {
    if (!out.empty()) out += "\n";
    out += statement(dialect, command);
  }
  if (dialect.id() == "sqlite") out += "\nCOMMIT;\n";
  if (section.keys_off) out += "PRAGMA foreign_keys=ON;\n";
  return out;
}

/// The statements of a section that stand alone. There are no settings of the session: they would
/// be a file of their own.
std::vector<Command> alone(const Section& section) {
  std::vector<Command> commands;
  std::vector<std::string> remarks;  // of what is left out, which are the step's
  for (const Command& command : section.commands) {
    remarks.insert(remarks.end(), command.remarks.begin(), command.remarks.end());
    if (command.kind != CommandKind::work) continue;
    commands.push_back(command);
    commands.back().remarks = std::move(remarks);
    remarks.clear();
  }
  return commands;
}

/// What to do when the only statement of a file fails, as comments: it may leave something behind.
std::string advice(const Section& section) {
  std::string out;
  for (const Command& command : section.commands) {
    if (command.kind != CommandKind::cleanup) continue;
    if (out.empty()) {
      out =
          "-- Where it fails: take what is left of it away, then tell Prisma (migrate resolve "
          "--rolled-back).\n";
    }
    out += sql_remarks({command.sql + ";"});
  }
  return out;
}

class Writer {
 public:
  explicit Writer(const ToolInput& input)
      : input_(input),
        dialect_(input.to->dialect),
        parent_(folder_of_marker(input.folder, lock_name)),
        moment_(next_folder_moment(input.folder, parent_)) {}

  std::vector<emit::OutputFile> write() {
    const std::vector<Unit> units = units_of(input_.plan, dialect_, {.shared_apart = false});
    if (units.empty()) return {};
    const std::string lock = parent_ + std::string(lock_name);
    if (!holds(input_.folder, lock)) {
      files_.push_back({lock, emit::prisma7::lock_file(input_.to->native)});
    }
    for (const Unit& unit : units) write_unit(unit);
    return std::move(files_);
  }

 private:
  void write_unit(const Unit& unit) {
    if (!unit.forward.apart) {
      const std::string name = begin(unit.name, head(unit.phase) + script(dialect_, unit.forward));
      write_back(unit, name);
      return;
    }
    std::size_t number = 0;
    for (const Command& command : alone(unit.forward)) {
      ++number;
      const std::string name =
          begin(number == 1 ? unit.name : unit.name + "_" + std::to_string(number),
                head(unit.phase) + advice(unit.forward) + statement(dialect_, command));
      // What leads back from all of them stands beside the first, which is left last.
      if (number == 1) {
        write_back(unit, name);
      } else {
        files_.push_back({name + "/down.sql", forget(name)});
      }
    }
  }

  /// Begins the next migration: its name.
  std::string begin(const std::string& words, std::string text) {
    const std::string name = parent_ + moment_ + "_" + words;
    moment_ = next_moment(moment_);
    files_.push_back({name + "/migration.sql", std::move(text)});
    return name;
  }

  /// `prisma migrate deploy` runs it again.
  [[nodiscard]] std::string forget(const std::string& name) const {
    return "DELETE FROM " + dialect_.identifier("_prisma_migrations") + " WHERE " +
           dialect_.identifier("migration_name") + " = " +
           dialect_.string_literal(name.substr(parent_.size())) + ";\n";
  }

  void write_back(const Unit& unit, const std::string& name) {
    std::vector<std::string> scripts;
    bool open = false;  // whether more can follow in the last one
    for (const Section& section : unit.back) {
      if (section.apart) {
        for (const Command& command : alone(section))
          scripts.push_back(statement(dialect_, command));
        open = false;
      } else if (open && !section.fresh) {
        scripts.back() += "\n" + script(dialect_, section);
      } else {
        scripts.push_back(script(dialect_, section));
        open = true;
      }
    }
    if (open) {
      scripts.back() += "\n" + forget(name);
    } else {
      scripts.push_back(forget(name));
    }
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      const std::string number = i == 0 ? "" : std::to_string(i + 1) + ".";
      files_.push_back({name + "/" + number + "down.sql", std::move(scripts[i])});
    }
  }

  const ToolInput& input_;
  const Dialect& dialect_;
  std::string parent_;  ///< The folder of the migrations, with its slash.
  std::string moment_;  ///< Of the next migration.
  std::vector<emit::OutputFile> files_;
};

}  // namespace

std::vector<emit::OutputFile> write_prisma(const ToolInput& input, DiagnosticSink&) {
  return Writer(input).write();
}

}  // namespace relata::migrate
