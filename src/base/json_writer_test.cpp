#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace relata {
namespace {

TEST(JsonWriter, WritesStringsAsOthersDo) {
  std::string every;
  for (char c = 0; c < 127; ++c) every += c;
  for (const std::string& text : {std::string(), every, std::string("é€\U0001F600\x7f"),
                                  std::string("\"\"quoted\\ at both ends\n")}) {
    EXPECT_EQ(json_string(text), nlohmann::json(text).dump()) << text;
  }
}

TEST(JsonWriter, LaysOutAsOthersDo) {
  JsonWriter json;
  json.begin_object();
  json.member("name", "a");
  json.list("none", {});
  json.list("some", {"b", "c"});
  json.key("inner");
  json.begin_array();
  json.begin_object();
  json.flag("yes", true);
  json.end_object();
  json.raw("7");
  json.end_array();
  json.empty_object("empty");
  json.end_object();
  const nlohmann::ordered_json same{{"name", "a"},
                                    {"none", nlohmann::ordered_json::array()},
                                    {"some", {"b", "c"}},
                                    {"inner", {{{"yes", true}}, 7}},
                                    {"empty", nlohmann::ordered_json::object()}};
  EXPECT_EQ(json.take(), same.dump(2));
}

}  // namespace
}  // namespace relata
