#include "migrate/engine/engine.h"

#include <gtest/gtest.h>

#include <map>

namespace relata::migrate {
namespace {

struct Comparison {
  const char* dialect;
  std::vector<std::string> columns;
  const char* comparison;
  std::vector<std::string> values;
  const char* condition;
};

class Compared : public testing::TestWithParam<Comparison> {};

TEST_P(Compared, WalksAlongTheWholeKey) {
  const Comparison& given = GetParam();
  EXPECT_EQ(find_engine(given.dialect)->compared(given.columns, given.comparison, given.values),
            given.condition);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, Compared,
    testing::Values(Comparison{"postgres", {"a", "b"}, ">", {"'1'", "'2'"}, "(a, b) > ('1', '2')"},
                    Comparison{"sqlite", {"a"}, "<=", {"1"}, "(a) <= (1)"},
                    Comparison{"mysql", {"a"}, ">", {"1"}, "((a > 1))"},
                    Comparison{
                        "mysql", {"a", "b"}, ">", {"1", "2"}, "((a > 1) OR (a = 1 AND b > 2))"},
                    Comparison{"mysql",
                               {"a", "b", "c"},
                               "<=",
                               {"1", "2", "3"},
                               "((a < 1) OR (a = 1 AND b < 2) OR (a = 1 AND b = 2 AND c <= 3))"}));

/// A server that knows what is told here, and nothing else.
class Told : public live::Session {
 public:
  explicit Told(std::map<std::string, std::string> answers) : answers_(std::move(answers)) {}
  Result<std::vector<live::Record>> run(const std::string& statement) override {
    const auto found = answers_.find(statement);
    if (found == answers_.end()) return tl::unexpected(Failure{"there is none", {}});
    return std::vector<live::Record>{{found->second}};
  }
  live::Trouble trouble() const override { return live::Trouble::none; }
  std::uint64_t affected_rows() const override { return 0; }
  std::string_view dialect() const override { return "mysql"; }
  std::string place() const override { return "here"; }
  Result<std::optional<std::string>> keep_others_out() override {
    return std::optional<std::string>();
  }
  void let_others_in() override {}

 private:
  std::map<std::string, std::string> answers_;
};

std::string fingerprint(const std::string& shown, const std::string& statement) {
  const std::string asked = "SHOW CREATE TABLE " + find_dialect("mysql")->identifier("orders");
  Told session(std::map<std::string, std::string>{{asked, shown}});
  return find_engine("mysql")->fingerprint(session, statement);
}

TEST(Fingerprint, TellsWhetherATableWasChanged) {
  const std::string statement = "ALTER TABLE `orders` ADD COLUMN total INT";
  const std::string before = fingerprint("CREATE TABLE orders (id INT)", statement);
  EXPECT_EQ(before, fingerprint("CREATE TABLE orders (id INT)", statement));
  EXPECT_NE(before, fingerprint("CREATE TABLE orders (id INT, total INT)", statement));
}

TEST(Fingerprint, SeesWhatStandsBehindOtherWordsAndUnquoted) {
  for (const char* statement :
       {"CREATE UNIQUE INDEX i ON orders (total)", "DROP INDEX `i` ON `orders`",
        "RENAME TABLE customers TO clients, orders TO invoices",
        "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW SET NEW.a = 1"}) {
    EXPECT_NE(fingerprint("before", statement), fingerprint("after", statement)) << statement;
  }
}

TEST(Fingerprint, LeavesTheNextNumberOut) {
  const std::string statement = "ALTER TABLE orders ADD COLUMN total INT";
  EXPECT_EQ(fingerprint(") ENGINE=InnoDB AUTO_INCREMENT=12 CHARSET=x", statement),
            fingerprint(") ENGINE=InnoDB AUTO_INCREMENT=345 CHARSET=x", statement));
}

TEST(WaitForLocks, GrowsButStaysBelowTheDeadlockTimeout) {
  const Engine& engine = *find_engine("postgres");
  EXPECT_EQ(engine.wait_for_locks(1), "SET lock_timeout = '150ms'");
  EXPECT_EQ(engine.wait_for_locks(6), "SET lock_timeout = '150ms'");
  EXPECT_EQ(engine.wait_for_locks(8), "SET lock_timeout = '600ms'");
  EXPECT_EQ(engine.wait_for_locks(15), "SET lock_timeout = '800ms'");
}

}  // namespace
}  // namespace relata::migrate
