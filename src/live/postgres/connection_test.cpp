#include "live/postgres/connection.h"

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include "live/postgres/failure.h"

namespace relata::live::postgres {
namespace {

/// A result of one row with one value, as a server would send it.
Rows one_value(std::string text) {
  PGresult* result = PQmakeEmptyPGresult(nullptr, PGRES_TUPLES_OK);
  char name[] = "value";
  PGresAttDesc column{name, 0, 0, 0, 0, 0, 0};
  PQsetResultAttrs(result, 1, &column);
  PQsetvalue(result, 0, 0, text.data(), static_cast<int>(text.size()));
  return Rows(result);
}

struct Texts {
  const char* array;
  std::vector<std::string> expected;
};

class TextArrays : public testing::TestWithParam<Texts> {};

TEST_P(TextArrays, AreReadElementByElement) {
  EXPECT_EQ(one_value(GetParam().array)[0].texts(0), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Arrays, TextArrays,
                         testing::Values(Texts{"{}", {}}, Texts{"", {}}, Texts{"{a,b}", {"a", "b"}},
                                         Texts{R"({"a,b","c\"d","e\\f"})", {"a,b", "c\"d", "e\\f"}},
                                         Texts{R"({NULL,"NULL",""})", {"", "NULL", ""}},
                                         Texts{R"({"{x}",fillfactor=70})",
                                               {"{x}", "fillfactor=70"}},
                                         // What no server sends must end all the same.
                                         Texts{R"({"a)", {"a"}}, Texts{"{a", {"a"}}));

struct Numbers {
  const char* array;
  std::vector<std::int64_t> expected;
};

class NumberArrays : public testing::TestWithParam<Numbers> {};

TEST_P(NumberArrays, AreReadInBothForms) {
  EXPECT_EQ(one_value(GetParam().array)[0].numbers(0), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Arrays, NumberArrays,
                         testing::Values(Numbers{"{1,2,-3}", {1, 2, -3}},
                                         Numbers{"1 2 3", {1, 2, 3}}, Numbers{"", {}},
                                         Numbers{"{}", {}}, Numbers{"4294967295", {4294967295}}));

TEST(Row, SingleValues) {
  EXPECT_TRUE(one_value("t")[0].flag(0));
  EXPECT_FALSE(one_value("f")[0].flag(0));
  EXPECT_EQ(one_value("4294967295")[0].oid(0), 4294967295U);
  EXPECT_EQ(one_value("-7")[0].integer(0), -7);
  EXPECT_EQ(one_value("p")[0].letter(0), 'p');
  EXPECT_EQ(one_value("")[0].letter(0), '\0');
}

TEST(Connection, AUrlThatCannotBeReadShowsNoneOfItsPassword) {
  for (const char* url :
       {"postgres://me:kirsch%kern@host/shop", "postgres://me:kirsch@kern@host/shop",
        "postgres://me:kirsch/kern@host/shop"}) {
    const Result<Connection> connection = Connection::open(url);
    ASSERT_FALSE(connection) << url;
    EXPECT_EQ(connection.error().message.find("kirsch"), std::string::npos);
    EXPECT_EQ(connection.error().message.find("kern"), std::string::npos);
    EXPECT_NE(connection.error().message.find("postgres://me@host/shop"), std::string::npos)
        << connection.error().message;
    EXPECT_NE(connection.error().help.find("%40"), std::string::npos);
  }
}

}  // namespace
}  // namespace relata::live::postgres
