#include "emit/pydantic/conditions.h"

#include <gtest/gtest.h>

#include "emit/values/row_for_test.h"

namespace relata::emit::pydantic {
namespace {

using expression::call;
using expression::column;
using expression::number;
using expression::string;

TEST(PydanticConditions, InPython) {
  struct Case {
    Expression expression;
    const char* expected;
  };
  Expression like = call(Operation::matches_like, {column("s")});
  like.text = "a%z";
  const std::vector<Case> cases{
      {call(Operation::less, {column("a"), number("007")}), "self.a < 7"},
      {call(Operation::less_or_equal, {column("d"), column("e")}),
       "_order(self.d) <= _order(self.e)"},
      {call(Operation::greater, {column("d"), number("0.5")}), "_order(self.d) > Decimal(\"0.5\")"},
      {call(Operation::less, {column("from"), string("2024-02-29")}),
       "self.from < date(2024, 2, 29)"},
      {call(Operation::equal, {column("o"), string("other")}), "self.o == str(\"other\")"},
      {call(Operation::in, {column("a"), number("1")}), "self.a in (1,)"},
      {like, "search(r\"(?s)^a.*z\\Z\", self.s) is not None"},
      {call(Operation::equal,
            {call(Operation::count_set, {column("a"), column("b")}), number("1")}),
       "sum(value is not None for value in (self.a, self.b)) == 1"},
      {call(Operation::negate, {call(Operation::is_null, {column("a")})}), "not (self.a is None)"},
  };
  const RowForTest test(columns_for_test());
  PythonImports imports({});
  Helpers helpers("postgres", imports);
  const ConditionWriter writer(test.row, helpers, imports);
  for (const Case& each : cases) EXPECT_EQ(writer.condition(each.expression), each.expected);
}

TEST(PydanticFields, KeepClearOfBaseModel) {
  EXPECT_EQ(field_name("model_fields"), "model_fields_");
  EXPECT_EQ(field_name("copy"), "copy_");
  EXPECT_EQ(field_name("model_name"), "model_name");
}

TEST(PythonImports, GiveWayToTheClassesOfTheModule) {
  PythonImports imports({"Decimal"});
  EXPECT_EQ(imports.use("decimal", "Decimal"), "_Decimal");
  EXPECT_EQ(imports.use("pydantic", "Field"), "Field");
  Printer printer;
  imports.print(printer);
  EXPECT_EQ(printer.take(),
            "from decimal import Decimal as _Decimal\n\nfrom pydantic import Field\n\n");
}

}  // namespace
}  // namespace relata::emit::pydantic
