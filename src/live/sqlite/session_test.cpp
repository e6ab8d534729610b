#include "live/session.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace relata::live {

Result<std::unique_ptr<Session>> connect_sqlite(const std::string& url);

namespace {

/// A database file of its own, empty at first.
class SqliteSessionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() /
            (std::string("relata_session_") + test->name() + ".db");
    TearDown();
    std::ofstream(path_).close();
  }
  void TearDown() override {
    for (const std::string_view suffix : {"", "-journal", "-wal", "-shm"}) {
      std::filesystem::remove(path_.string() + std::string(suffix));
    }
  }
  [[nodiscard]] std::unique_ptr<Session> open() const {
    auto session = connect_sqlite("sqlite:" + path_.string());
    EXPECT_TRUE(session.has_value());
    return std::move(*session);
  }

  std::filesystem::path path_;
};

TEST_F(SqliteSessionTest, gives_rows_and_how_many_were_changed) {
  const auto session = open();
  EXPECT_EQ(session->dialect(), "sqlite");
  EXPECT_EQ(session->place(), "'" + path_.string() + "'");
  ASSERT_TRUE(session->run("CREATE TABLE t (a, b)"));
  EXPECT_EQ(session->affected_rows(), 0U);
  ASSERT_TRUE(session->run("INSERT INTO t VALUES (1, NULL), ('x', 2.5)"));
  EXPECT_EQ(session->affected_rows(), 2U);
  const auto rows = session->run("SELECT a, b FROM t ORDER BY rowid");
  ASSERT_TRUE(rows);
  const std::vector<Record> expected{{"1", std::nullopt}, {"x", "2.5"}};
  EXPECT_EQ(*rows, expected);
  EXPECT_EQ(session->affected_rows(), 0U);
}

TEST_F(SqliteSessionTest, says_what_was_refused) {
  const auto session = open();
  const auto refused = session->run("SELECT * FROM missing");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "no such table: missing");
  EXPECT_EQ(session->trouble(), Trouble::refused);
  ASSERT_TRUE(session->run("SELECT 1"));
  EXPECT_EQ(session->trouble(), Trouble::none);
}

TEST_F(SqliteSessionTest, tells_a_lock_from_a_refusal) {
  const auto first = open();
  const auto second = open();
  ASSERT_TRUE(second->run("PRAGMA busy_timeout = 1"));
  ASSERT_TRUE(first->run("BEGIN IMMEDIATE"));
  EXPECT_FALSE(second->run("BEGIN IMMEDIATE"));
  EXPECT_EQ(second->trouble(), Trouble::lock_not_had);
  ASSERT_TRUE(first->run("COMMIT"));
  EXPECT_TRUE(second->run("BEGIN IMMEDIATE"));
}

TEST_F(SqliteSessionTest, keeps_others_out_until_it_ends) {
  auto first = open();
  const auto second = open();
  EXPECT_EQ(first->keep_others_out().value(), std::nullopt);
  EXPECT_TRUE(second->keep_others_out().value().has_value());
  first->let_others_in();
  EXPECT_EQ(second->keep_others_out().value(), std::nullopt);
  second->let_others_in();
  EXPECT_EQ(first->keep_others_out().value(), std::nullopt);
  first.reset();
  EXPECT_EQ(second->keep_others_out().value(), std::nullopt);
  // Who may migrate and who may write are different questions.
  EXPECT_TRUE(open()->run("CREATE TABLE t (a)"));
}

TEST_F(SqliteSessionTest, does_not_make_a_database) {
  std::filesystem::remove(path_);
  EXPECT_FALSE(connect_sqlite("sqlite:" + path_.string()));
  EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace relata::live
