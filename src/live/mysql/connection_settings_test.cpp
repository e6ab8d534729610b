#include "live/mysql/connection_settings.h"

#include <gtest/gtest.h>

#include <vector>

#include "live/mysql/connection.h"

namespace relata::live::mysql {
namespace {

/// "user:password@host:port/database socket", with "-" for what is not given.
std::string shown(const ConnectionSettings& settings) {
  const std::string port = settings.port ? std::to_string(*settings.port) : "-";
  return settings.user.value_or("-") + ":" + settings.password.value_or("-") + "@" +
         settings.host.value_or("-") + ":" + port + "/" + settings.database + " " +
         settings.socket.value_or("-");
}

TEST(ConnectionSettings, AreReadFromUrls) {
  struct Case {
    std::string url;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"mysql://ada:pw@db.example.org:3307/shop", "ada:pw@db.example.org:3307/shop -"},
      {"mariadb://db/shop", "-:-@db:-/shop -"},
      {"mysql:///shop", "-:-@-:-/shop -"},
      {"mysql://ada@/shop", "ada:-@-:-/shop -"},
      {"mysql://ada:@db/shop", "ada:@db:-/shop -"},
      {"mysql://ada:p%40ss%2Fw%3Ard@db/my%20shop", "ada:p@ss/w:rd@db:-/my shop -"},
      {"mysql://ada:p@ss@db/shop", "ada:p@ss@db:-/shop -"},
      {"mysql://[2001:db8::1]:3306/shop", "-:-@2001:db8::1:3306/shop -"},
      {"mysql://[::1]/shop", "-:-@::1:-/shop -"},
      {"mysql://ada@localhost/shop?socket=/run/my%2Fsql.sock",
       "ada:-@localhost:-/shop /run/my/sql.sock"},
      {"mysql://db/shop?ssl-mode=REQUIRED#there", "-:-@db:-/shop -"},
  };
  for (const Case& c : cases) {
    const Result<ConnectionSettings> settings = parse_url(c.url);
    ASSERT_TRUE(settings) << c.url << ": " << settings.error().message;
    EXPECT_EQ(shown(*settings), c.expected) << c.url;
  }
}

TEST(ConnectionSettings, SayWhatIsWrongWithAnUrl) {
  struct Case {
    std::string url;
    std::string message;
  };
  const std::vector<Case> cases{
      {"mysql://db", "the database URL names no database"},
      {"mysql://db/", "the database URL names no database"},
      {"mysql://db:many/shop", "':many' is no port"},
      {"mysql://db:70000/shop", "':70000' is no port"},
      {"mysql://db:/shop", "':' is no port"},
      {"mysql://[::1/shop", "the IPv6 address has no ']' behind it"},
      {"mysql://ada:secret%4@db/shop",
       "user or password in the database URL have a '%' without two hexadecimal digits"},
      {"mysql://db/shop%zz", "the database has a '%' without two hexadecimal digits"},
      {"mysql://db/shop?ssl-mode=perhaps", "'perhaps' is no value of ssl-mode"},
      {"mysql://db/shop?connect-timeout=soon",
       "'soon' is no number of seconds for connect-timeout"},
  };
  for (const Case& c : cases) {
    const Result<ConnectionSettings> settings = parse_url(c.url);
    ASSERT_FALSE(settings) << c.url;
    EXPECT_EQ(settings.error().message, c.message);
    EXPECT_EQ(settings.error().message.find("secret"), std::string::npos);
  }
}

TEST(ConnectionSettings, TakeParametersAndKeepCountOfOthers) {
  const Result<ConnectionSettings> settings =
      parse_url("mysql://db/shop?ssl-mode=verify-identity&ssl_ca=/ca.pem&connect-timeout=3&pool=9");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->encryption, EncryptionMode::verified);
  EXPECT_EQ(settings->certificate_authority, "/ca.pem");
  EXPECT_EQ(settings->connect_seconds, 3U);
  EXPECT_EQ(settings->ignored, std::vector<std::string>{"pool"});
}

TEST(ConnectionSettings, AreShownWithoutPassword) {
  EXPECT_EQ(parse_url("mysql://ada:pw@db:3307/shop")->place(), "database 'shop' on db:3307");
  EXPECT_EQ(parse_url("mysql://ada:pw@[::1]:1/shop")->place(), "database 'shop' on [::1]:1");
  EXPECT_EQ(parse_url("mysql:///shop?socket=/s")->place(), "database 'shop' on /s");
  EXPECT_EQ(parse_url("mysql:///shop")->place(), "database 'shop' on localhost");
}

TEST(ConnectionFailure, SaysWhereAndWhatToDo) {
  const ConnectionSettings settings = *parse_url("mysql://ada:secret@db:3307/shop");
  struct Case {
    unsigned error;
    std::string message;
  };
  const std::vector<Case> cases{
      {1045, "database 'shop' on db:3307 does not let user 'ada' in"},
      {1044, "user 'ada' has no rights in database 'shop' on db:3307"},
      {1049, "there is no database 'shop' on db:3307"},
      {2002, "cannot connect to database 'shop' on db:3307 (what it said)"},
      {2005, "cannot connect to database 'shop' on db:3307: there is no such host"},
      {9999, "cannot connect to database 'shop' on db:3307: what it said"},
  };
  for (const Case& c : cases) {
    const Failure failure = connection_failure(c.error, "what it said", settings);
    EXPECT_EQ(failure.message, c.message);
    EXPECT_EQ((failure.message + failure.help).find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace relata::live::mysql
