#include "dialect/postgres_object_names.h"

#include <gtest/gtest.h>

namespace relata {
namespace {

std::string times(std::string_view text, int count) {
  std::string made;
  for (int i = 0; i < count; ++i) made += text;
  return made;
}

struct Case {
  std::string table;
  std::string column;
  std::string label;
  std::string expected;
};

class ObjectName : public testing::TestWithParam<Case> {};

/// The expected names are those that PostgreSQL 15 gives sequences of serial columns.
TEST_P(ObjectName, IsTheServers) {
  const Case& tried = GetParam();
  EXPECT_EQ(postgres_object_name(tried.table, tried.column, tried.label), tried.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Names, ObjectName,
    testing::Values(Case{"shelf", "id", "seq", "shelf_id_seq"},
                    Case{"shelf", "", "pkey", "shelf_pkey"},
                    Case{times("t", 60), "id", "seq", times("t", 56) + "_id_seq"},
                    Case{times("t", 40), times("c", 40), "seq",
                         times("t", 29) + "_" + times("c", 29) + "_seq"},
                    Case{times("\xc3\xa4", 31), "c", "seq", times("\xc3\xa4", 28) + "_c_seq"}));

}  // namespace
}  // namespace relata
