#include "migrate/tools/unit.h"

#include <gtest/gtest.h>

namespace relata::migrate {
namespace {

Step step(Phase phase, const std::string& title, const std::string& forward,
          const std::string& back) {
  Step made;
  made.phase = phase;
  made.title = title;
  if (!forward.empty()) made.forward.statements = {forward};
  if (!back.empty()) made.back.statements = {back};
  return made;
}

Step apart(Step made) {
  made.forward.transactional = false;
  made.forward.cleanup = {"cleanup of " + made.title};
  return made;
}

Step scanning(Step made) {
  made.forward.scans = true;
  return made;
}

/// "name: statements | back; back" of each unit; what is apart is in brackets.
std::vector<std::string> shown(const std::vector<Unit>& units) {
  const auto words = [](const Section& section) {
    std::string out = section.apart ? "[" : "";
    for (const Command& command : section.commands) {
      out += (&command == &section.commands.front() ? "" : " ") + command.sql;
    }
    return out + (section.apart ? "]" : "");
  };
  std::vector<std::string> out;
  for (const Unit& unit : units) {
    std::string text = unit.name + ": " + words(unit.forward) + " |";
    for (const Section& section : unit.back) text += " " + words(section);
    out.push_back(text);
  }
  return out;
}

const Dialect& postgres() { return *find_dialect("postgres"); }

TEST(Units, AreCutByPhaseTransactionAndScan) {
  const Plan plan{
      "postgres",
      {step(Phase::expand, "add a", "a", "-a"), step(Phase::expand, "add b", "b", "-b"),
       scanning(step(Phase::expand, "validate b", "v", "")),
       scanning(step(Phase::expand, "validate c", "w", "")),
       apart(step(Phase::expand, "index c", "c", "-c")),
       apart(step(Phase::expand, "index d", "d", "-d")), step(Phase::contract, "drop e", "e", "+e"),
       step(Phase::expand, "what goes along", "", "+f")}};
  EXPECT_EQ(shown(units_of(plan, postgres(), {})),
            (std::vector<std::string>{
                "expand_add_a_and_1_more: a b | -b -a", "expand_validate_b_and_1_more: v w |",
                "expand_index_c_and_1_more: [cleanup of index c c cleanup of index d d] | -d -c",
                "contract_drop_e: e | +f +e"}));
  EXPECT_EQ(units_of(plan, postgres(), {.shared_apart = false}).size(), 5U);
  // Nothing is part of a transaction there, so that nothing has to stand apart.
  EXPECT_EQ(shown(units_of(plan, *find_dialect("mysql"), {})),
            (std::vector<std::string>{"expand_add_a_and_5_more: a b v w c d | -d -c -b -a",
                                      "contract_drop_e: e | +f +e"}));
}

TEST(Units, OfSqliteTurnForeignKeysOffOutside) {
  Step first = scanning(step(Phase::expand, "copy", "a", "-a"));
  first.forward.settings = {"PRAGMA foreign_keys = OFF"};
  const Step second = scanning(step(Phase::expand, "check", "b", ""));
  const auto units = units_of({"sqlite", {first, second}}, *find_dialect("sqlite"), {});
  EXPECT_EQ(shown(units), (std::vector<std::string>{"expand_copy_and_1_more: a b | -a"}));
  EXPECT_TRUE(units[0].forward.keys_off);
  EXPECT_FALSE(units[0].forward.fresh);
  EXPECT_FALSE(units[0].back[0].keys_off);
}

TEST(Units, CommitValuesOfEnumerationsBeforeTheyAreUsed) {
  const Plan plan{"postgres",
                  {step(Phase::expand, "value", "ALTER TYPE t ADD VALUE 'a'", ""),
                   step(Phase::expand, "default", "x", "-x")}};
  EXPECT_EQ(shown(units_of(plan, postgres(), {})),
            (std::vector<std::string>{"expand_value: [ALTER TYPE t ADD VALUE 'a'] |",
                                      "expand_default: x | -x"}));
}

TEST(Units, OfWhatOnlyLeadsBackAreNone) {
  EXPECT_TRUE(
      units_of({"postgres", {step(Phase::expand, "gone", "", "+a")}}, postgres(), {}).empty());
}

TEST(Units, SetAndRestoreSettingsOnce) {
  Step first = step(Phase::expand, "add a", "a", "-a");
  first.forward.settings = {"SET lock_timeout = '2s'"};
  Step second = step(Phase::expand, "add b", "b", "-b");
  second.forward.settings = first.forward.settings;
  const auto units = units_of({"postgres", {first, second}}, postgres(), {});
  EXPECT_EQ(shown(units),
            (std::vector<std::string>{"expand_add_a_and_1_more: SET lock_timeout = '2s' a b RESET "
                                      "lock_timeout | -b -a"}));
  EXPECT_EQ(units[0].forward.commands[0].remarks, std::vector<std::string>{"add a"});
  EXPECT_TRUE(units[0].forward.commands[1].remarks.empty());
}

TEST(SqlRemarks, TellLintersWhatIsMeant) {
  struct Row {
    std::string sql;
    std::string expected;
    bool scans = false;
  };
  const std::vector<Row> rows{
      {"ALTER TABLE a ALTER COLUMN b SET NOT NULL",
       "-- why\n-- squawk-ignore adding-not-nullable-field\n"},
      {"ALTER TABLE a ALTER COLUMN b SET NOT NULL", "-- why\n", true},
      {"ALTER TABLE a DROP COLUMN b", "-- why\n-- squawk-ignore ban-drop-column\n"},
      {"ALTER TABLE a ALTER COLUMN b DROP NOT NULL",
       "-- why\n-- squawk-ignore ban-drop-not-null\n"},
      {"DROP TABLE a", "-- why\n-- squawk-ignore ban-drop-table\n"},
      {"ALTER TABLE a DROP CONSTRAINT b", "-- why\n"},
      {"SELECT ' drop column '", "-- why\n"}};
  for (const Row& row : rows) {
    EXPECT_EQ(sql_remarks(postgres(), {CommandKind::work, row.sql, {"why"}, row.scans}),
              row.expected);
  }
}

TEST(Units, AreCalledByPlainWords) {
  const auto units = units_of(
      {"postgres", {step(Phase::backfill, "Fill \"größe\" of o'x/..; \xF0\x9F\x99\x82", "a", "")}},
      postgres(), {});
  EXPECT_EQ(units[0].name, "backfill_fill_gr_e_of_o_x");
}

}  // namespace
}  // namespace relata::migrate
