#include "emit/design_yaml.h"

#include <gtest/gtest.h>

#include <cstdint>

#include "base/source_lines.h"
#include "read/yaml/yaml.h"
#include "rooms/random_design.h"

namespace relata {
namespace {

std::string all_messages(const DiagnosticSink& sink, const SourceFile& source) {
  std::string out;
  const SourceLines lines(source);
  for (const Diagnostic& diagnostic : sink.all()) out += render(diagnostic, &lines, false);
  return out;
}

TEST(DesignYaml, ReadsBackAsTheSameDesign) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const design::Design design = test::random_design(seed);
    const SourceFile source{"design.yaml", emit::design_yaml(design)};
    DiagnosticSink sink;
    const std::optional<design::Design> back = yaml::read_design(source, sink);
    ASSERT_TRUE(back) << all_messages(sink, source) << source.text;
    ASSERT_EQ(all_messages(sink, source), "") << "seed " << seed << "\n" << source.text;
    ASSERT_TRUE(*back == design) << "seed " << seed << "\n"
                                 << source.text << "\n"
                                 << emit::design_yaml(*back);
  }
}

TEST(DesignYaml, WritesTheSameBytesAgain) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const SourceFile source{"design.yaml", emit::design_yaml(test::random_design(seed))};
    DiagnosticSink sink;
    const std::optional<design::Design> back = yaml::read_design(source, sink);
    ASSERT_TRUE(back);
    ASSERT_EQ(emit::design_yaml(*back), source.text) << "seed " << seed;
    ASSERT_EQ(emit::design_yaml(*back, &source), source.text) << "seed " << seed;
  }
}

TEST(DesignYaml, MergesWithItselfWithoutAChange) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    const design::Design design = test::random_design(seed);
    const SourceFile source{"design.yaml",
                            emit::design_yaml(design, nullptr, design::Base(design))};
    DiagnosticSink sink;
    const std::optional<design::Design> back = yaml::read_design(source, sink);
    ASSERT_TRUE(back);
    const design::Merged merged = design::merge(design::Base::in(source.text), *back, design);
    ASSERT_TRUE(merged.design == design) << "seed " << seed;
    ASSERT_TRUE(merged.changes.empty()) << "seed " << seed;
    // A text that says nothing any more takes back all that nobody edited.
    ASSERT_TRUE(design::merge(design::Base::in(source.text), *back, {}).design.entities.empty());
  }
}

}  // namespace
}  // namespace relata
