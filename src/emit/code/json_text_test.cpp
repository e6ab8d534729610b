#include "emit/code/json_text.h"

#include <gtest/gtest.h>

namespace relata::emit {
namespace {

TEST(JsonText, IsWhatTheLibraryDumps) {
  using Json = nlohmann::ordered_json;
  std::string every;
  for (char c = 0; c < 127; ++c) every += c;
  const Json json{{"text", every},
                  {"letters", "größe €"},
                  {"not UTF-8", "a\xff"},
                  {"key \"ö\"", nullptr},
                  {"numbers", {0, -1, 2.5, 18446744073709551615U}},
                  {"truth", {true, false}},
                  {"none", Json::array()},
                  {"empty", Json::object()},
                  {"deep", {{{"a", {{"b", Json::array({Json::array()})}}}}}}};
  EXPECT_EQ(json_text(json), json.dump(2, ' ', false, Json::error_handler_t::replace));
  EXPECT_EQ(json_text("alone"), "\"alone\"");
}

}  // namespace
}  // namespace relata::emit
