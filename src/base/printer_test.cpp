#include "base/printer.h"

#include <gtest/gtest.h>

namespace relata {
namespace {

TEST(Printer, IndentsLinesAndLeavesEmptyOnesEmpty) {
  Printer printer;
  printer.line("a {");
  printer.indent();
  printer.print("b\n\n$name$ = $$1;\n", {{"name", "c"}});
  printer.outdent();
  printer.line("}");
  printer.line();
  EXPECT_EQ(printer.text(), "a {\n  b\n\n  c = $1;\n}\n\n");
}

TEST(Printer, GivesTheFirstLineOfAPieceItsIndentationOnce) {
  Printer printer(4);
  printer.indent();
  printer.print("x");
  printer.print(", $y$\n", {{"y", "two\nlines"}});
  EXPECT_EQ(printer.take(), "    x, two\n    lines\n");
}

#ifndef NDEBUG
TEST(PrinterDeathTest, AMissingVariableIsABug) {
  Printer printer;
  EXPECT_DEATH(printer.print("$unknown$"), "not given");
  EXPECT_DEATH(printer.print("costs $5"), "unpaired");
}
#endif

}  // namespace
}  // namespace relata
