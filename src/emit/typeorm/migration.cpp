// The first migration: https://typeorm.io/docs/migrations/why
// It runs the DDL as it is.

#include <algorithm>

#include "base/text.h"
#include "emit/typeorm/files.h"
#include "emit/typeorm/remembered.h"

namespace relata::emit::typeorm {
namespace {

class Migration {
 public:
  explicit Migration(const Plan& plan) : plan_(plan) {}

  std::string write() {
    for (const std::string& sql : plan_.input.create) query(up_, respelled(plan_, sql));
    remember_all();
    take_down();
    std::string text = R"(import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1700000000000 implements MigrationInterface {
  name = 'Initial1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
)";
    text += up_ + "  }\n\n  async down(queryRunner: QueryRunner): Promise<void> {\n";
    // No blank line where a block begins.
    if (!down_.empty() && down_.front() == '\n') down_.erase(0, 1);
    return text + down_ + "  }\n}\n";
  }

 private:
  void take_down() {
    const std::vector<std::string>& drop = plan_.input.drop;
    const auto deferring = std::find(drop.begin(), drop.end(), "PRAGMA defer_foreign_keys = ON");
    if (deferring != drop.end()) {
      down_ += R"(
    // The tables refer to each other in a circle, and SQLite heeds this pragma
    // between transactions only.
    const inTransaction = queryRunner.isTransactionActive;
    if (inTransaction) await queryRunner.commitTransaction();
    await queryRunner.query('PRAGMA foreign_keys = OFF');
    await queryRunner.startTransaction();
)";
    }
    for (auto sql = drop.begin(); sql != drop.end(); ++sql) {
      if (sql != deferring) query(down_, *sql);
    }
    if (deferring != drop.end()) {
      down_ += R"(    await queryRunner.commitTransaction();
    await queryRunner.query('PRAGMA foreign_keys = ON');
    if (inTransaction) await queryRunner.startTransaction();
)";
    }
  }

  static void query(std::string& out, std::string_view sql) { out += query_line(sql); }

  void comment(const std::string& line) { up_ += "\n    // " + line + "\n"; }

  void remember_all() {
    bool first = true;
    for (const RespelledDefault& one : respelled_defaults(plan_)) {
      if (first) comment("The same moment, in the words by which TypeORM knows it.");
      first = false;
      query(up_, respell(plan_, one));
    }
    first = true;
    for (const RememberedText& text : remembered_texts(plan_)) {
      if (first) comment("What TypeORM compares views and generated columns to.");
      first = false;
      query(up_, remember(plan_, text));
      query(down_, forget(plan_, text));
    }
  }

  const Plan& plan_;
  std::string up_;
  std::string down_;
};

}  // namespace

std::string migration_file(const Plan& plan) { return Migration(plan).write(); }

std::string migration_index_file(const std::vector<MigrationModule>& migrations) {
  std::string text;
  std::vector<Code> names;
  for (const MigrationModule& migration : migrations) {
    text += import_line({migration.name}, migration.module);
    names.push_back(Code::text(migration.name));
  }
  text += "\n/** Every migration, oldest first; relata migrate plan adds to it. */\n";
  return text + "export const migrations = " + Code::array(std::move(names)).broken(0, 26, 1) +
         ";\n";
}

}  // namespace relata::emit::typeorm
