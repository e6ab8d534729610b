#include "migrate/parking/parked.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "migrate/parking/set_aside.h"
#include "read/sql/sql.h"

namespace relata::migrate {
namespace {

Schema read(const std::string& text, const std::string& dialect) {
  DiagnosticSink sink;
  return sql::read_sql({SourceFile{"", text}}, dialect, sink);
}

/// "table a -> relata_parked.a", a line each.
std::string moves_between(const std::string& dialect, const std::string& from,
                          const std::string& to, const std::set<std::string>& taken = {}) {
  const SetAside aside =
      set_aside(read(from, dialect), read(to, dialect), taken, *find_parking_engine(dialect));
  std::string text;
  for (const Move& move : aside.moves) {
    const std::string place = move.to.schema.empty() ? "" : move.to.schema + ".";
    text += std::string(parked_kind_name(move.kind)) + " " + move.from.name +
            (move.column_from.empty() ? " -> " + place + move.to.name
                                      : "." + move.column_from + " -> " + move.column_to) +
            "\n";
  }
  return text;
}

TEST(Parked, names) {
  for (const auto& [name, expected] :
       std::vector<std::pair<std::string, bool>>{{"relata_parked", true},
                                                 {"relata_parked_orders", true},
                                                 {"relata_parkedorders", false},
                                                 {"relata", false},
                                                 {"orders", false}}) {
    EXPECT_EQ(is_parked_name(name), expected) << name;
  }
}

TEST(Parked, what_moves_where) {
  struct Case {
    std::string dialect;
    std::string from;
    std::string to;
    std::set<std::string> taken;
    std::string expected;
  };
  const std::string keeps = "CREATE TABLE k (id integer PRIMARY KEY);";
  for (const Case& one : std::vector<Case>{
           {"postgres", keeps, keeps, {}, ""},
           {"postgres",
            keeps + "CREATE TABLE a (b integer);",
            keeps,
            {},
            "table a -> relata_parked.a\n"},
           {"mysql",
            keeps + "CREATE TABLE a (b integer);",
            keeps,
            {},
            "table a -> relata_parked_a\n"},
           {"sqlite",
            keeps + "CREATE TABLE a (b integer);",
            keeps,
            {"relata_parked_a"},
            "table a -> relata_parked_a_2\n"},
           {"postgres",
            keeps + "CREATE TABLE a (b integer);",
            keeps,
            {"relata_parked"},
            "table a -> relata_parked_2.a\n"},
           // What is computed is computed again; what a column needs goes along.
           {"postgres",
            "CREATE TYPE mood AS ENUM ('x'); CREATE TABLE k (id integer PRIMARY KEY, m mood, n "
            "integer GENERATED ALWAYS AS (id + 1) STORED);",
            keeps,
            {},
            "column k.m -> relata_parked_m\ntype mood -> relata_parked.mood\n"},
           // The same to the engine.
           {"mysql", "CREATE TABLE k (Id integer PRIMARY KEY);", keeps, {}, ""},
           // Something else is called so afterwards.
           {"sqlite",
            keeps + "CREATE TABLE a (b integer);",
            keeps + "CREATE VIEW a AS SELECT id FROM k;",
            {},
            ""},
           {"postgres",
            "CREATE TABLE p (id integer) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p "
            "FOR "
            "VALUES IN (1);",
            "CREATE TABLE p (id integer) PARTITION BY LIST (id);",
            {},
            ""}}) {
    EXPECT_EQ(moves_between(one.dialect, one.from, one.to, one.taken), one.expected) << one.from;
  }
}

}  // namespace
}  // namespace relata::migrate
