#include "app/cli/commands.h"

#include <algorithm>

#include "app/cli/artifact.h"
#include "dialect/dialect.h"
#include "migrate/tool.h"

namespace relata::cli {
namespace {

constexpr Flag bare{"--bare", '\0', "", Completes::nothing,
                    "leave out the standard conventions (id, timestamps, audit columns, tenancy)"};
constexpr Flag json{"--json", '\0', "", Completes::nothing, "print the result as JSON"};

constexpr Flag from{"--from", '\0', "DIALECT", Completes::dialect,
                    "the dialect that SQL files are written in, where it is not plain to see"};

constexpr Flag dialect{"--dialect", 'd', "DIALECT", Completes::dialect,
                       "the database to write for, with its major version if need be: postgres@18"};

constexpr Flag rename_flag{"--rename",
                           '\0',
                           "OLD=NEW",
                           Completes::nothing,
                           "a table (orders=purchases) or column (orders.total=amount) that has "
                           "another name in TO",
                           false,
                           true};

constexpr Argument source{
    "SOURCE", Completes::file, true,
    "a requirements text (.md, .txt), a design.yaml, SQL (.sql, or a folder of migrations), a "
    "Prisma or DBML schema, a database (postgres://, mysql://, sqlite:), or - for standard input"};

std::vector<Command> make_commands() {
  return {
      {"design",
       "read requirements in English and show the design they describe",
       "Prints what was understood, what was assumed and what is still open. With --output the "
       "design is written as a design.yaml to read and edit, and beside it a design.schema.json "
       "for editors; a design.yaml that stands there "
       "already keeps what a person edited, and what changed is shown.",
       {{"REQUIREMENTS", Completes::file, true,
         "a requirements text (.md, .txt), or - for standard input"}},
       {{"--output", 'o', "FILE", Completes::file, "write the design to this file"}, json},
       {"relata design requirements.md", "relata design requirements.md -o design.yaml"}},
      {"build",
       "write everything: the design, the DDL of every database, the diagram",
       "Writes the files of each target into a folder. Either all files are in place "
       "afterwards or, when something fails, none was changed. A design.yaml in the folder keeps "
       "what a person edited; another file that a person edited is not written over without "
       "--force, and first migrations and configurations are written once and then left alone."
       "\n\n"
       "With --check nothing is written: what is not on disk as the source gives it is printed as "
       "a diff, and the exit code is 1. In CI this keeps code and schema from drifting apart.",
       {source},
       {{"--output", 'o', "DIR", Completes::folder, "the folder to write to", true},
        {"--target", 't', "LIST", Completes::target, "only these targets, with commas between"},
        dialect,
        {"--check", '\0', "", Completes::nothing, "write nothing; exit 1 where a file differs"},
        {"--force", '\0', "", Completes::nothing, "write over files that were edited"},
        from,
        bare,
        json},
       {"relata build requirements.md -o out",
        "relata build design.yaml -o out -t postgres,mermaid",
        "relata build design.yaml -o out --check"}},
      {"emit",
       "print one artifact",
       "Prints the DDL of one database, a diagram, the design or another target to standard "
       "output.",
       {{"TARGET", Completes::target, true, "what to print"}, source},
       {dialect, from, bare},
       {"relata emit sqlite requirements.md | sqlite3 app.db",
        "relata emit postgres design.yaml --dialect postgres@18",
        "relata emit mysql postgres://localhost/shop", "relata emit mermaid design.yaml --bare"}},
      {"import",
       "read a schema that exists and show the design behind it",
       "Prints the design behind SQL, a database, or a Prisma or DBML schema: entities, "
       "relationships and the patterns that were recognised. With --output the design is written "
       "as "
       "a design.yaml to read, edit and keep.",
       {source},
       {{"--output", 'o', "FILE", Completes::file, "write the design to this file"}, from, json},
       {"relata import schema.sql -o design.yaml", "relata import postgres://localhost/shop"}},
      {"diff",
       "tell what differs between two schemas",
       "Compares what two sources hold: a file with the database that loaded it, a design with "
       "what is in production, one version with the next. Exits 1 when something differs."
       "\n\n"
       "What has another name is seen as such where --rename or a design's formerly says so; what "
       "only looks like it is told on standard error.",
       {{"FROM", Completes::file, true, source.summary}, {"TO", Completes::file, true, "the same"}},
       {dialect,
        {"--column-order", '\0', "", Completes::nothing,
         "also tell where columns stand in another order"},
        {"--exit-code", '\0', "", Completes::nothing,
         "exit 1 when something differs, which it does anyway"},
        rename_flag,
        from,
        bare,
        json},
       {"relata diff schema.sql postgres://localhost/shop",
        "relata diff design.yaml migrations/ --json"}},
      {"migrate",
       "change a live database from one schema to another, and come back",
       "plan writes the steps that lead from one source to another: a folder of SQL, with the way "
       "back beside each step. run carries a plan out on a database and remembers there how far it "
       "came, so that one that was broken off goes on where it was; status shows it; undo goes one "
       "step back, with --to N until N steps stand, with --all to the start. check tries a plan "
       "on a scratch database that it fills with rows, under load, and exits with 1 when "
       "a promise is broken. What would lose data is refused unless --allow-loss is given; with "
       "--park "
       "it is set aside instead, and drop-parked shows what has been parked since when, and with "
       "--allow-loss drops what is due."
       "\n\n"
       "The steps are in an order that runs, each with its way back; they take the locks that the "
       "statements take.",
       {{"ACTION", Completes::migration, true, "plan, run, status, undo, check or drop-parked"},
        {"FROM", Completes::file, false,
         "of plan: the source as it is; of drop-parked: nothing; else the plan's folder"},
        {"TO", Completes::file, false, "of plan: the source as it is to be"}},
       {{"--output", 'o', "DIR", Completes::folder, "of plan: the folder to write to"},
        {"--tool", '\0', "TOOL", Completes::tool,
         "of plan: who runs it, and how its files are laid out: sql (for relata migrate run), "
         "drizzle, prisma, typeorm or alembic; the files continue those in DIR"},
        {"--db", '\0', "URL", Completes::nothing, "the database to change"},
        {"--until", '\0', "PHASE|N", Completes::nothing,
         "of run: only through a phase, or the Nth step"},
        {"--all", '\0', "", Completes::nothing, "of undo: back to the start"},
        {"--to", '\0', "N", Completes::nothing, "of undo: back until N steps stand"},
        {"--allow-loss", '\0', "", Completes::nothing,
         "of plan: steps may lose data; of drop-parked: drop what is due"},
        {"--park", '\0', "", Completes::nothing,
         "of plan: tables and columns that go are set aside under other names, and can come back"},
        {"--older-than", '\0', "DAYS", Completes::nothing,
         "of drop-parked: what was parked longer ago than this (30)"},
        rename_flag,
        {"--rows", '\0', "TABLE=COUNT|N", Completes::nothing,
         "of plan: about how many rows a table has: orders=10M; a database in FROM tells by "
         "itself. "
         "Of check: rows of each table that the plan changes (100000)",
         false, true},
        {"--brief", '\0', "", Completes::nothing,
         "of plan: in few steps, for a database that nobody uses meanwhile"},
        dialect,
        from,
        bare,
        {"--json", '\0', "", Completes::nothing,
         "of plan, status and check: print the result as JSON"}},
       {"relata migrate plan now.sql next.sql -o migration",
        "relata migrate run migration --db postgres://localhost/shop",
        "relata migrate undo migration --db postgres://localhost/shop --all",
        "relata migrate check migration --db postgres://localhost/postgres --rows 100000",
        "relata migrate plan now.sql next.sql -o migration --park",
        "relata migrate drop-parked --db postgres://localhost/shop --older-than 30 --allow-loss"}},
      {"explain",
       "tell why something is there, or what a rule or target does",
       "With a rule's or pattern's name (english/has-list), explains it; with a target (drizzle), "
       "what it covers and which version of the tool it was tested with. With TABLE.COLUMN or "
       "TABLE and a SOURCE, quotes the words that led to it and names the rule or pattern, how "
       "sure it is, and the assumptions that touch it.",
       {{"SUBJECT", Completes::nothing, true, "RULE, TARGET, TABLE or TABLE.COLUMN"},
        {"SOURCE", Completes::file, false, source.summary}},
       {from, bare, json},
       {"relata explain english/has-list", "relata explain drizzle",
        "relata explain tasks.due_date requirements.md"}},
      {"help",
       "show help for a command, the man page or a shell's completions",
       "Everything here is made from the same table that the command line is parsed with.",
       {{"COMMAND", Completes::command, false, "the command to show help for"}},
       {{"--man", '\0', "", Completes::nothing, "print the man page (roff)"},
        {"--markdown", '\0', "", Completes::nothing, "print the reference page in Markdown"},
        {"--completion", '\0', "SHELL", Completes::shell,
         "print the completions for bash, zsh or fish"}},
       {"relata help build", "relata help --man | man -l -",
        "source <(relata help --completion bash)"}},
  };
}

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> all = make_commands();
  return all;
}

const Command* find_command(std::string_view name) {
  const auto& all = commands();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const std::vector<Flag>& common_flags() {
  static const std::vector<Flag> all{
      {"--help", 'h', "", Completes::nothing, "show help"},
      {"--version", 'V', "", Completes::nothing, "show the version"},
  };
  return all;
}

std::vector<std::string_view> values_of(Completes completes) {
  std::vector<std::string_view> values;
  switch (completes) {
    case Completes::target:
      for (const Artifact& artifact : artifacts()) values.push_back(artifact.id);
      break;
    case Completes::dialect:
      for (const Dialect* dialect : dialects()) values.push_back(dialect->id());
      break;
    case Completes::command:
      for (const Command& command : commands()) values.push_back(command.name);
      break;
    case Completes::migration:
      values = {"plan", "run", "status", "undo", "check", "drop-parked"};
      break;
    case Completes::tool:
      for (const migrate::Tool& tool : migrate::tools()) values.push_back(tool.id);
      break;
    case Completes::shell:
      values = {"bash", "zsh", "fish"};
      break;
    case Completes::nothing:
    case Completes::file:
    case Completes::folder:
      break;
  }
  return values;
}

}  // namespace relata::cli
