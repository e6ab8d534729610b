#include "syntax/postgres/json_tree.h"

#include <gtest/gtest.h>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "syntax/postgres/large_stack.h"

namespace relata::syntax {
namespace {

/// The texts between semicolons at the ends of lines; what such a cut breaks, both ways refuse.
std::vector<std::string> statements_in(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream whole;
  whole << file.rdbuf();
  std::vector<std::string> statements(1);
  for (std::string line; std::getline(whole, line);) {
    statements.back() += line + "\n";
    if (line.ends_with(';')) statements.emplace_back();
  }
  return statements;
}

enum class Outcome { refused, same, different, not_taken };

/// The tree made from the JSON, packed again, beside the bytes that libpg_query gives.
Outcome compare(const std::string& sql) {
  const PgQueryProtobufParseResult protobuf = pg_query_parse_protobuf(sql.c_str());
  const PgQueryParseResult json = pg_query_parse(sql.c_str());
  Outcome outcome = Outcome::refused;
  if (protobuf.error == nullptr && json.error == nullptr) {
    TreeMemory memory;
    const PgQuery__ParseResult* tree = tree_from_json(sql, json.parse_tree, memory);
    outcome = Outcome::not_taken;
    if (tree != nullptr) {
      std::string packed(pg_query__parse_result__get_packed_size(tree), '\0');
      pg_query__parse_result__pack(tree, reinterpret_cast<std::uint8_t*>(packed.data()));
      const std::string_view wanted(protobuf.parse_tree.data, protobuf.parse_tree.len);
      outcome = packed == wanted ? Outcome::same : Outcome::different;
    }
  }
  pg_query_free_protobuf_parse_result(protobuf);
  pg_query_free_parse_result(json);
  return outcome;
}

/// How many statements of a folder's files there are whose trees are the same both ways: none is
/// different, and few are left to the other way.
std::size_t compare_folder(const std::filesystem::path& folder) {
  std::size_t same = 0;
  std::size_t left = 0;
  with_large_stack([&] {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".sql") continue;
      for (const std::string& sql : statements_in(entry.path())) {
        const Outcome outcome = compare(sql);
        if (outcome == Outcome::same) ++same;
        if (outcome == Outcome::not_taken) ++left;
        EXPECT_NE(outcome, Outcome::different) << entry.path() << ": " << sql;
      }
    }
  });
  EXPECT_LE(left, same / 50);
  return same;
}

TEST(JsonTree, SaysWhatProtobufSays) {
  const std::filesystem::path tests = std::filesystem::path(RELATA_SOURCE_DIR) / "tests";
  EXPECT_GT(compare_folder(tests / "fixtures" / "sql" / "postgres"), 250U);
  EXPECT_GT(compare_folder(tests / "live"), 50U);
}

TEST(JsonTree, SaysWhatProtobufSaysOfTheCorpus) {
  const char* corpus = std::getenv("RELATA_CORPUS");
  if (corpus == nullptr) GTEST_SKIP() << "RELATA_CORPUS is not set";
  for (const char* folder : {"postgres", "migrations", "versions"}) {
    if (!std::filesystem::exists(std::filesystem::path(corpus) / folder)) continue;
    EXPECT_GT(compare_folder(std::filesystem::path(corpus) / folder), 1000U);
  }
}

TEST(JsonTree, TakesNumbersWordsAndLists) {
  for (const char* sql :
       {"SELECT 0, -1, - 2, - -3, a-1, -b, 2147483648, 1.50, 'a\"b\\c\n\t', E'\\u00e9\\u0001', "
        "B'01', X'ff', NULL, "
        "true",
        "SELECT DISTINCT a, count(*) FILTER (WHERE b) OVER w FROM t WINDOW w AS (PARTITION BY c)",
        "SELECT current_timestamp(3), localtime, current_user, $1, ARRAY[1, 2], ROW(1, 'x')",
        "SELECT * FROM ONLY a NATURAL JOIN b LEFT JOIN LATERAL f(1) g(x int) ON true FOR UPDATE",
        "WITH RECURSIVE x AS MATERIALIZED (SELECT 1 UNION ALL SELECT 2) TABLE x ORDER BY 1 NULLS "
        "FIRST",
        "SELECT GROUPING(a) FROM t GROUP BY CUBE (a, b), GROUPING SETS ((), a)",
        "CREATE TABLE t (a int[] DEFAULT '{}', b interval HOUR TO SECOND(3), c "
        "\"Weird\".\"Type\")"}) {
    EXPECT_EQ(compare(sql), Outcome::same) << sql;
  }
}

TEST(JsonTree, LeavesSignsThatItCannotSee) {
  EXPECT_EQ(compare("SELECT -(5)"), Outcome::not_taken);
  EXPECT_EQ(compare("CREATE SEQUENCE s INCREMENT -1 START -1"), Outcome::not_taken);
  EXPECT_EQ(compare("CREATE SEQUENCE s INCREMENT - /* down */ 1"), Outcome::not_taken);
  EXPECT_EQ(compare("CREATE SEQUENCE s MINVALUE 0"), Outcome::same);
}

TEST(JsonTree, LeavesWhatIsTooDeepToTheOtherWay) {
  std::string sql = "SELECT 1";
  for (int i = 0; i < 2000; ++i) sql += " + 1";
  with_large_stack([&] { EXPECT_EQ(compare(sql), Outcome::not_taken); });
}

TEST(JsonTree, KnowsFieldsByOneNameEach) {
  // Fields are found whatever the case and without underscores: no two may be alike then.
  const auto loose = [](std::string name) {
    std::erase(name, '_');
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name;
  };
  std::set<const ProtobufCMessageDescriptor*> seen{&pg_query__parse_result__descriptor};
  std::vector<const ProtobufCMessageDescriptor*> waiting(seen.begin(), seen.end());
  while (!waiting.empty()) {
    const ProtobufCMessageDescriptor& descriptor = *waiting.back();
    waiting.pop_back();
    std::set<std::string> names;
    for (unsigned i = 0; i < descriptor.n_fields; ++i) {
      const ProtobufCFieldDescriptor& field = descriptor.fields[i];
      EXPECT_TRUE(names.insert(loose(field.name)).second) << descriptor.name << "." << field.name;
      if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
      const auto* inner = static_cast<const ProtobufCMessageDescriptor*>(field.descriptor);
      if (seen.insert(inner).second) waiting.push_back(inner);
    }
  }
  EXPECT_GT(seen.size(), 200U);
}

}  // namespace
}  // namespace relata::syntax
