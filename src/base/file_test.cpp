#include "base/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace relata {
namespace {

namespace fs = std::filesystem;

/// A folder of its own for each test, removed at the end.
class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::temp_directory_path() / ("relata-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }
  std::string get(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

TEST_F(FileTest, ReadsText) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ""}, {"a\r\nb", "a\r\nb"}, {"\xEF\xBB\xBF# é", "# é"}, {"\xEF\xBB\xBF", ""}};
  for (const auto& [bytes, text] : cases) {
    put("f", bytes);
    const auto source = read_source(path("f"));
    ASSERT_TRUE(source);
    EXPECT_EQ(source->text, text);
    EXPECT_EQ(source->name, path("f"));
  }
}

TEST_F(FileTest, RefusesWhatIsNoText) {
  const std::pair<std::string, std::string> cases[] = {
      {std::string("a\0b", 3), "is a binary file"},
      {"ok\nb\xff", "is not UTF-8 (line 2, byte 4)"},
      {std::string(maximum_source_bytes + 1, 'a'), "is larger than 16 MiB"}};
  for (const auto& [bytes, message] : cases) {
    put("f", bytes);
    const auto source = read_source(path("f"));
    ASSERT_FALSE(source) << message;
    EXPECT_NE(source.error().message.find(message), std::string::npos) << source.error().message;
    EXPECT_FALSE(source.error().help.empty());
  }
  EXPECT_NE(read_source(path("")).error().message.find("is a folder"), std::string::npos);
  EXPECT_NE(read_source(path("none")).error().message.find("No such file"), std::string::npos);
}

TEST_F(FileTest, TheLargestFileIsRead) {
  put("f", std::string(maximum_source_bytes, 'a'));
  EXPECT_TRUE(read_source(path("f")));
}

TEST_F(FileTest, WritesAFileAndReplacesIt) {
  ASSERT_TRUE(write_files(path(""), {{"f", "one"}}));
  ASSERT_TRUE(write_files(path(""), {{"f", "two"}}));
  EXPECT_EQ(get("f"), "two");
  EXPECT_EQ(count(), 1U);
}

TEST_F(FileTest, WritesASetIntoNewFolders) {
  ASSERT_TRUE(write_files(path("out/deep"), {{"a.sql", "a"}, {"sub/b.md", "b"}}));
  EXPECT_EQ(get("out/deep/a.sql"), "a");
  EXPECT_EQ(get("out/deep/sub/b.md"), "b");
}

TEST_F(FileTest, ChangesNothingWhenOneFileCannotBeWritten) {
  put("a", "before");
  fs::create_directories(path("b"));
  const auto written = write_files(path(""), {{"a", "after"}, {"b", "after"}});
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find("it is a folder"), std::string::npos);
  EXPECT_EQ(get("a"), "before");
  EXPECT_EQ(count(), 2U) << "a temporary file was left behind";
}

TEST_F(FileTest, AFileIsNoFolder) {
  put("a", "x");
  const auto written = write_files(path("a"), {{"b", "x"}});
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find("cannot make the folder"), std::string::npos);
  EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace relata
