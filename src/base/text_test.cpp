#include "base/text.h"

#include <gtest/gtest.h>

namespace relata {
namespace {

TEST(Text, EditDistanceCountsSlips) {
  struct Case {
    std::string_view a, b;
    std::size_t slips;
  };
  for (const Case& c :
       {Case{"", "", 0}, Case{"build", "build", 0}, Case{"", "abc", 3}, Case{"biuld", "build", 1},
        Case{"buid", "build", 1}, Case{"buildd", "build", 1}, Case{"bulid", "build", 1},
        Case{"guild", "build", 1}, Case{"ca", "abc", 3}, Case{"kitten", "sitting", 3}}) {
    EXPECT_EQ(edit_distance(c.a, c.b), c.slips) << c.a << " " << c.b;
    EXPECT_EQ(edit_distance(c.b, c.a), c.slips) << c.b << " " << c.a;
  }
}

TEST(Text, NearestFindsSlipsOnly) {
  const std::vector<std::string_view> names{"design", "build", "emit"};
  EXPECT_EQ(nearest("desing", names), "design");
  EXPECT_EQ(nearest("biuld", names), "build");
  EXPECT_EQ(nearest("frobnicate", names), "");
  EXPECT_EQ(nearest("x", names), "");
}

TEST(Text, WordsOfAnyStyle) {
  struct Case {
    std::string_view text;
    std::vector<std::string> words;
  };
  for (const Case& c :
       {Case{"dueDate2", {"due", "date2"}}, Case{"DUE-DATE", {"due", "date"}},
        Case{"HTTPServer", {"http", "server"}}, Case{"café owner", {"café", "owner"}},
        Case{"Vehicle1──Trip", {"vehicle1", "trip"}}, Case{"user’s “name”", {"user", "s", "name"}},
        Case{"price\u00A0€", {"price"}}, Case{"顧客名", {"顧客名"}}, Case{"→", {}},
        Case{"\xE2\x94", {}}, Case{"", {}}}) {
    EXPECT_EQ(words_of(c.text), c.words) << c.text;
  }
}

TEST(Text, PluralsAndSingulars) {
  const std::pair<std::string_view, std::string_view> forms[] = {
      {"address", "addresses"},
      {"class", "classes"},
      {"box", "boxes"},
      {"fax", "faxes"},
      {"branch", "branches"},
      {"company", "companies"},
      {"survey", "surveys"},
      {"soliloquy", "soliloquies"},
      {"photo", "photos"},
      {"hero", "heroes"},
      {"shoe", "shoes"},
      {"person", "people"},
      {"salesperson", "salespeople"},
      {"child", "children"},
      {"man", "men"},
      {"policeman", "policemen"},
      {"woman", "women"},
      {"human", "humans"},
      {"status", "statuses"},
      {"campus", "campuses"},
      {"focus", "focuses"},
      {"house", "houses"},
      {"cause", "causes"},
      {"nurse", "nurses"},
      {"bus", "buses"},
      {"analysis", "analyses"},
      {"diagnosis", "diagnoses"},
      {"thesis", "theses"},
      {"crisis", "crises"},
      {"dose", "doses"},
      {"database", "databases"},
      {"purchase", "purchases"},
      {"case", "cases"},
      {"expense", "expenses"},
      {"lens", "lenses"},
      {"page", "pages"},
      {"size", "sizes"},
      {"matrix", "matrices"},
      {"index", "indexes"},
      {"series", "series"},
      {"staff", "staff"},
      {"equipment", "equipment"},
      {"goods", "goods"},
      {"bookshelf", "bookshelves"},
      {"chief", "chiefs"},
      {"headache", "headaches"},
      {"cache", "caches"},
      {"coach", "coaches"},
      {"stomach", "stomachs"},
      {"movie", "movies"},
      {"quiz", "quizzes"},
      {"menu", "menus"},
      {"bureau", "bureaus"},
      {"alumnus", "alumni"},
      {"mouse", "mice"},
      {"fee", "fees"},
      {"order_line", "order_lines"},
      {"OrderLine", "OrderLines"},
      {"TaskAnalysis", "TaskAnalyses"},
      {"Person", "People"},
      {"URL", "URLs"},
      {"tax_id", "tax_ids"},
  };
  for (const auto& [one, many] : forms) {
    EXPECT_EQ(plural_of(one), many);
    EXPECT_EQ(plural_of(many), many);
    EXPECT_EQ(singular_of(many), one);
    EXPECT_EQ(singular_of(one), one);
  }
  EXPECT_EQ(plural_of(""), "");
  EXPECT_EQ(plural_of("room_2"), "room_2");
}

TEST(Text, WordsOfAnyCaseStyle) {
  struct Case {
    std::string_view identifier;
    std::string_view snake;
    std::string_view pascal;
    std::string_view camel;
  };
  for (const Case& c :
       {Case{"dueDate2", "due_date2", "DueDate2", "dueDate2"},
        Case{"due_date", "due_date", "DueDate", "dueDate"},
        Case{"Due date", "due_date", "DueDate", "dueDate"},
        Case{"DUE-DATE", "due_date", "DueDate", "dueDate"},
        Case{"HTTPServer", "http_server", "HttpServer", "httpServer"}, Case{"", "", "", ""},
        Case{"--", "", "", ""}, Case{"Straße", "straße", "Straße", "straße"}}) {
    EXPECT_EQ(snake_case(c.identifier), c.snake) << c.identifier;
    EXPECT_EQ(pascal_case(c.identifier), c.pascal) << c.identifier;
    EXPECT_EQ(camel_case(c.identifier), c.camel) << c.identifier;
  }
}

TEST(Text, SmallTools) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(join({"a", "", "b"}, "+"), "a++b");
  EXPECT_EQ(replace_all("aXbX", "X", "--"), "a--b--");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
  EXPECT_EQ(to_upper("aé1"), "Aé1");
  EXPECT_EQ(code_points("aé€"), 3U);
  EXPECT_EQ(stable_hash(""), 14695981039346656037ULL);
  EXPECT_EQ(stable_hash("a"), 0xaf63dc4c8601ec8cULL);  // FNV-1a's published test vector
}

TEST(Text, FindsTheFirstByteThatIsNotUtf8) {
  const std::pair<std::string, std::size_t> cases[] = {
      {"", std::string::npos}, {"aé€😀", std::string::npos}, {"a\xff", 1}, {"\xc3", 0},  // cut off
      {"ab\xc0\x80", 2},        // overlong NUL
      {"\xe0\x80\x80", 0},      // overlong
      {"\xed\xa0\x80", 0},      // surrogate
      {"\xf4\x90\x80\x80", 0},  // above U+10FFFF
      {"x\xe2\x82", 1},         // cut off
      {"\xe2\x28\xa1", 0},      // no continuation
  };
  for (const auto& [text, at] : cases) EXPECT_EQ(first_invalid_utf8(text), at) << text;
}

TEST(Text, IsClippedBetweenCodePoints) {
  struct Row {
    std::size_t bytes;
    std::string_view expected;
  };
  for (const Row& row : {Row{9, "a\u00e4\u20ac"}, Row{6, "a\u00e4\u20ac"}, Row{5, "a\u00e4"},
                         Row{3, "a\u00e4"}, Row{2, "a"}, Row{0, ""}}) {
    EXPECT_EQ(clipped("a\u00e4\u20ac", row.bytes), row.expected) << row.bytes;
  }
}

}  // namespace
}  // namespace relata
