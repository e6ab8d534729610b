#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include "base/source_lines.h"

namespace relata {
namespace {

TEST(Diagnostic, PositionsCountCodePoints) {
  const std::string text = "aé\n€b\n";
  struct Case {
    std::size_t offset, line, column;
  };
  for (const Case& c : {Case{0, 1, 1}, Case{1, 1, 2}, Case{3, 1, 3}, Case{4, 2, 1}, Case{7, 2, 2},
                        Case{9, 3, 1}, Case{99, 3, 1}}) {
    const Position at = position_of(text, c.offset);
    EXPECT_EQ(at.line, c.line) << c.offset;
    EXPECT_EQ(at.column, c.column) << c.offset;
    const SourceFile file{"f", text};
    const Position indexed = SourceLines(file).position_of(c.offset);
    EXPECT_EQ(indexed.line, c.line) << c.offset;
    EXPECT_EQ(indexed.column, c.column) << c.offset;
  }
}

struct RenderCase {
  std::string_view what;
  std::string_view text;
  Span span;
  std::string_view expected;
};

TEST(Diagnostic, RendersTheLineWithACaret) {
  for (const RenderCase& c : {
           RenderCase{"a word",
                      "a: x\nb: yes\n",
                      {8, 11},
                      "f:2:4: error: wrong [code]\n  b: yes\n     ^~~\n  help: do this\n"},
           RenderCase{"a place",
                      "ab\n",
                      {1, 1},
                      "f:1:2: error: wrong [code]\n  ab\n   ^\n  help: do this\n"},
           RenderCase{"after a tab and an accent",
                      "\té x",
                      {4, 5},
                      "f:1:4: error: wrong [code]\n  \té x\n  \t  ^\n  help: do this\n"},
           RenderCase{"past the end",
                      "ab",
                      {9, 12},
                      "f:1:3: error: wrong [code]\n  ab\n    ^\n  help: do this\n"},
           RenderCase{"over two lines",
                      "ab\ncd\n",
                      {1, 5},
                      "f:1:2: error: wrong [code]\n  ab\n   ^\n  help: do this\n"},
           RenderCase{"an empty text",
                      "",
                      {0, 0},
                      "f:1:1: error: wrong [code]\n  \n  ^\n  help: do this\n"},
           RenderCase{"control bytes",
                      "a\x1b[31mb",
                      {0, 1},
                      "f:1:1: error: wrong [code]\n  a?[31mb\n  ^\n  help: do this\n"},
       }) {
    DiagnosticSink sink;
    sink.error("code", "wrong", "f", c.span, "do this");
    const SourceFile source{"f", std::string(c.text)};
    const SourceLines lines(source);
    EXPECT_EQ(render(sink.all().front(), &lines, false), c.expected) << c.what;
  }
}

TEST(Diagnostic, RendersWithoutASource) {
  DiagnosticSink sink;
  sink.warning("code", "careful", "f", Span{1, 2});
  sink.note("", "by the way");
  const SourceLines* none = nullptr;
  EXPECT_EQ(render(sink.all()[0], none, false), "f: warning: careful [code]\n");
  EXPECT_EQ(render(sink.all()[1], none, false), "note: by the way\n");
  EXPECT_NE(render(sink.all()[0], none, true).find("\x1b[33mwarning\x1b[0m"), std::string::npos);
}

TEST(Diagnostic, ALongLineIsCutAroundThePlace) {
  const SourceFile source{"f", std::string(5000, 'a') + "X" + std::string(5000, 'b')};
  DiagnosticSink sink;
  sink.error("code", "wrong", "f", Span{5000, 5001});
  const SourceLines lines(source);
  const std::string text = render(sink.all().front(), &lines, false);
  EXPECT_LT(text.size(), 400U);
  EXPECT_NE(text.find("aXb"), std::string::npos);
}

TEST(Diagnostic, ShowsTheRelatedPlace) {
  Diagnostic diagnostic;
  diagnostic.code = "twice";
  diagnostic.message = "defined twice";
  diagnostic.source = "f";
  diagnostic.span = Span{4, 5};
  diagnostic.related.push_back({Span{0, 1}, "first here"});
  const SourceFile source{"f", "x\ny\nx\n"};
  const SourceLines lines(source);
  EXPECT_EQ(render(diagnostic, &lines, false),
            "f:3:1: error: defined twice [twice]\n  x\n  ^\n  first here (line 1)\n  x\n  ^\n");
}

TEST(Diagnostic, OnlyErrorsAreErrors) {
  DiagnosticSink sink;
  sink.note("a", "a");
  sink.warning("b", "b");
  EXPECT_FALSE(sink.has_errors());
  sink.error("c", "c");
  EXPECT_TRUE(sink.has_errors());
  EXPECT_EQ(sink.all().size(), 3U);
}

}  // namespace
}  // namespace relata
