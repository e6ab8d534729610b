#include "live/url/url.h"

#include <gtest/gtest.h>

namespace relata::live {
namespace {

struct ShownUrl {
  const char* url;
  const char* shown;
};

class WithoutSecrets : public testing::TestWithParam<ShownUrl> {};

TEST_P(WithoutSecrets, ShowsNoPassword) {
  EXPECT_EQ(without_secrets(GetParam().url), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, WithoutSecrets,
    testing::Values(ShownUrl{"postgres://me:secret@host:5432/shop", "postgres://me@host:5432/shop"},
                    ShownUrl{"postgres://me@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://host:5432/shop", "postgres://host:5432/shop"},
                    ShownUrl{"postgres://host/shop?password=secret", "postgres://host/shop"},
                    ShownUrl{"postgres://host:5432/shop?user=a@b", "postgres://host:5432/shop"},
                    ShownUrl{"postgres://me:sec@ret@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://me:sec/ret@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://me:sec?ret@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://me:sec#ret@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://me:se/c?ret@host/shop", "postgres://me@host/shop"},
                    ShownUrl{"postgres://", "postgres://"},
                    ShownUrl{"sqlite:a.db", "sqlite:a.db"}));

struct StrayUrl {
  const char* url;
  bool stray;
};

class HasStrayAtSign : public testing::TestWithParam<StrayUrl> {};

TEST_P(HasStrayAtSign, TellsUrlsThatWouldBeReadWrongly) {
  EXPECT_EQ(has_stray_at_sign(GetParam().url), GetParam().stray) << GetParam().url;
}

INSTANTIATE_TEST_SUITE_P(Urls, HasStrayAtSign,
                         testing::Values(StrayUrl{"postgres://me:secret@host:5432/shop", false},
                                         StrayUrl{"postgres://me:sec%40ret@host/shop", false},
                                         StrayUrl{"postgres://me:sec#ret@host/shop", false},
                                         StrayUrl{"postgres://me@host/shop@home", false},
                                         StrayUrl{"postgres://host:5432/shop?user=a@b", false},
                                         StrayUrl{"postgres://[::1]/shop?user=a@b", false},
                                         StrayUrl{"postgres://", false},
                                         StrayUrl{"sqlite:a@b.db", false},
                                         StrayUrl{"postgres://me:sec@ret@host/shop", true},
                                         StrayUrl{"postgres://me:sec/ret@host/shop", true},
                                         StrayUrl{"postgres://me:sec?ret@host/shop", true},
                                         StrayUrl{"postgres://me:se/c?ret@host/shop", true}));

struct OtherDatabase {
  const char* url;
  const char* other;
};

class WithDatabase : public testing::TestWithParam<OtherDatabase> {};

TEST_P(WithDatabase, ChangesTheDatabaseAlone) {
  EXPECT_EQ(with_database(GetParam().url, "new"), GetParam().other);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, WithDatabase,
    testing::Values(OtherDatabase{"postgres://me:se%2Fcret@host:5432/shop?sslmode=require",
                                  "postgres://me:se%2Fcret@host:5432/new?sslmode=require"},
                    OtherDatabase{"postgres://host", "postgres://host/new"},
                    OtherDatabase{"postgres://?host=/tmp", "postgres:///new?host=/tmp"},
                    OtherDatabase{"postgres:///shop", "postgres:///new"}));

}  // namespace
}  // namespace relata::live
