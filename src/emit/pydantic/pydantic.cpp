// Pydantic 2: models of the rows that come from the database and go to it, which refuse what the
// database would refuse. Tried with Pydantic 2.14, mypy --strict and live databases
// (tests/live/orm_values_test.py).

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "base/text.h"
#include "emit/output.h"
#include "emit/pydantic/conditions.h"
#include "emit/pydantic/types.h"
#include "emit/values/conditions.h"
#include "emit/values/python_text.h"
#include "emit/values/rows.h"

namespace relata::emit {
namespace pydantic {
namespace {

constexpr std::string_view base_text = R"(

class _Model(BaseModel):
    model_config = ConfigDict(
        from_attributes=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        use_attribute_docstrings=True,
    )

)";

/// Which of a table's three models.
enum class Use { row, inserted, changed };

class Module {
 public:
  explicit Module(const TargetInput& input)
      : input_(input),
        rows_(row_types(input, python(), "pydantic")),
        imports_(python_class_names(rows_)),
        helpers_(input.dialect.id(), imports_) {}

  std::string write() {
    for (const ClosedSet& set : rows_.closed_sets) {
      print_python_closed_set(out_, set, imports_);
      out_.line();
    }
    for (const RowType& row : rows_.rows) write_row(row);
    for (const ViewRowType& view : rows_.views) write_view(view);
    std::string base(base_text);
    const auto import = [&](std::string_view module, std::string_view name) {
      base = replace_all(base, name, imports_.use(module, name));
    };
    import("pydantic", "BaseModel");
    import("pydantic", "ConfigDict");
    import("pydantic.alias_generators", "to_camel");
    Printer head(4);
    print_docstring(head, "Values of rows as " + std::string(input_.dialect.title()) +
                              " takes them; what it would refuse is refused.");
    head.line();
    imports_.print(head);
    std::string text = head.take();
    while (text.ends_with("\n\n")) text.pop_back();
    Printer helpers(4);
    helpers_.print(helpers);
    text += helpers.take() + base;
    std::string body = out_.take();
    while (body.ends_with("\n\n")) body.pop_back();
    return text + (rows_.closed_sets.empty() ? "" : "\n") + body;
  }

 private:
  void begin_class(const std::string& name, std::string_view documentation) {
    out_.line();
    out_.line("class " + name + "(_Model):");
    out_.indent();
    print_docstring(out_, documentation);
  }

  void end_class() {
    out_.outdent();
    out_.line();
  }

  /// The bounds that checks set for each column, and the checks that are left to be tried.
  struct SortedChecks {
    std::vector<std::vector<Bound>> bounds;
    std::vector<const RowCheck*> others;
  };

  static SortedChecks sorted(const RowType& row, const RowChecks& checks) {
    SortedChecks result;
    result.bounds.resize(row.columns.size());
    for (const RowCheck& check : checks.checks) {
      const std::vector<Bound> bounds = bounds_of(check);
      const bool simple = !bounds.empty() && is_of_column(check, row) &&
                          takes(row.columns[check.columns.front()].value, bounds,
                                result.bounds[check.columns.front()]);
      if (!simple) {
        result.others.push_back(&check);
        continue;
      }
      std::vector<Bound>& all = result.bounds[check.columns.front()];
      all.insert(all.end(), bounds.begin(), bounds.end());
    }
    return result;
  }

  /// Whether Field() can say the bounds beside those that are there.
  static bool takes(const Value& value, const std::vector<Bound>& bounds,
                    const std::vector<Bound>& present) {
    if (!present.empty()) return false;
    std::vector<std::pair<Operation, bool>> seen;
    for (const Bound& bound : bounds) {
      const bool whole = bound.number.find('.') == std::string::npos && bound.number.size() < 18;
      const bool fits = bound.of_length ? value.shape == Shape::text && value.choices.empty()
                        : value.shape == Shape::integer ? value.spelling != "year"
                                                        : value.shape == Shape::decimal;
      const std::pair kind(bound.operation, bound.of_length);
      if (!whole || !fits || std::find(seen.begin(), seen.end(), kind) != seen.end()) return false;
      seen.push_back(kind);
    }
    return true;
  }

  /// "member: type", and what it is when it is left out.
  void write_member(const RowColumn& column, const std::vector<Bound>& bounds, Use use) {
    TypeWriter types(rows_, helpers_, imports_);
    std::string type = column.wished_type.empty() ? types.type(column, bounds)
                                                  : wished_python_type(column, imports_);
    std::string value;
    const bool optional = use == Use::changed || (use == Use::inserted && column.may_be_left_out);
    const std::string plain = use == Use::inserted ? python_default(column, imports_) : "";
    if (optional && !plain.empty()) {
      value = plain;
      if (column.nullable) type += " | None";
    } else if (optional) {
      value = "None";
      type = column.nullable ? type + " | None" : helpers_.use("_Omitted") + "[" + type + "]";
    } else if (column.nullable) {
      type += " | None";
    }
    const std::string name = field_name(column.member);
    if (name != column.member) {
      std::vector<std::string> arguments;
      if (!value.empty()) arguments.push_back("default=" + value);
      arguments.push_back("alias=" + python_string(column.member));
      value = imports_.use("pydantic", "Field") + "(" + join(arguments, ", ") + ")";
    }
    out_.line(name + ": " + type + (value.empty() ? "" : " = " + value));
    print_docstring(out_, column.column->comment);
  }

  /// Whether the program may see None in the column.
  bool may_be_none(const RowColumn& column, Use use) {
    if (column.nullable || use == Use::changed) return true;
    return use == Use::inserted && column.may_be_left_out &&
           python_default(column, imports_).empty();
  }

  void write_checks(const RowType& row, const std::vector<const RowCheck*>& checks, Use use) {
    std::vector<const RowCheck*> tried;
    for (const RowCheck* check : checks) {
      const bool known = std::none_of(
          check->columns.begin(), check->columns.end(),
          [&](std::size_t place) { return use != Use::row && row.columns[place].read_only; });
      if (known) tried.push_back(check);
    }
    if (tried.empty()) return;
    std::vector<bool> guarded;
    for (const RowColumn& column : row.columns) guarded.push_back(may_be_none(column, use));
    const ConditionWriter writer(row, helpers_, imports_);
    out_.line();
    out_.line("@" + imports_.use("pydantic", "model_validator") + "(mode=\"after\")");
    out_.line("def _constraints(self) -> " + imports_.use("typing", "Self") + ":");
    out_.indent();
    for (const RowCheck* check : tried) {
      const Expression condition = passing_condition(*check, row, guarded);
      std::string known;
      if (use == Use::changed) {
        std::vector<std::string> names;
        for (const std::size_t place : check->columns) {
          names.push_back(python_string(field_name(row.columns[place].member)));
        }
        known = "{" + join(names, ", ") + "} <= self.model_fields_set";
      }
      print_condition(writer, condition, known);
      out_.indent();
      out_.line("raise ValueError(" + python_string("violates " + check->name) + ")");
      out_.outdent();
    }
    out_.line("return self");
    out_.outdent();
  }

  void print_condition(const ConditionWriter& writer, const Expression& condition,
                       const std::string& known) {
    const std::string text = writer.condition(condition);
    const std::string head = known.empty() ? "if not (" : "if " + known + " and not (";
    const std::string line = head + text + "):";
    constexpr std::size_t indentation = 8;
    if (code_points(line) + indentation <= python_width) {
      out_.line(line);
      return;
    }
    const bool joined =
        condition.operation == Operation::any_of || condition.operation == Operation::all_of;
    out_.line(head);
    out_.indent();
    if (!joined) {
      out_.line(text);
    } else {
      const std::string word = condition.operation == Operation::any_of ? "or " : "and ";
      for (std::size_t i = 0; i < condition.arguments.size(); ++i) {
        const Expression& part = condition.arguments[i];
        const bool inner =
            part.operation == Operation::any_of || part.operation == Operation::all_of;
        const std::string inside =
            inner ? "(" + writer.condition(part) + ")" : writer.condition(part);
        out_.line((i == 0 ? "" : word) + inside);
      }
    }
    out_.outdent();
    out_.line("):");
  }

  void write_model(const RowType& row, const SortedChecks& checks, Use use, const std::string& name,
                   std::string_view documentation) {
    begin_class(name, documentation);
    bool first = true;
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      const RowColumn& column = row.columns[i];
      if (use != Use::row && column.read_only) continue;
      if (first) out_.line();
      first = false;
      write_member(column, checks.bounds[i], use);
    }
    write_checks(row, checks.others, use);
    end_class();
  }

  void write_row(const RowType& row) {
    const RowChecks checks = row_checks(row);
    const SortedChecks known = sorted(row, checks);
    const std::string& comment = row.table->comment;
    const std::string documentation =
        (comment.empty() ? "A row of " + row.table->name + "." : comment) +
        (checks.database_only.empty()
             ? ""
             : "\n\nIn the database only: " + join(checks.database_only, ", ") + ".");
    write_model(row, known, Use::row, row.row, documentation);
    write_model(row, known, Use::inserted, row.inserted,
                "What an insert gives; the database fills in what is left out.");
    write_model(row, known, Use::changed, row.changed, "What an update changes.");
  }

  void write_view(const ViewRowType& view) {
    const std::string& comment = view.view->comment;
    begin_class(view.row, comment.empty()
                              ? "A row of the view " + view.view->name + ", which is read only."
                              : comment);
    for (std::size_t i = 0; i < view.members.size(); ++i) {
      if (i == 0) out_.line();
      const std::string name = field_name(view.members[i]);
      const std::string alias = name == view.members[i]
                                    ? ""
                                    : " = " + imports_.use("pydantic", "Field") +
                                          "(alias=" + python_string(view.members[i]) + ")";
      const RowColumn& column = view.columns[i];
      std::string type;
      if (column.column == nullptr) {
        type = imports_.use("typing", "Any");
      } else {
        type = TypeWriter(rows_, helpers_, imports_).type(column, {});
        if (!column.wished_type.empty()) type = wished_python_type(column, imports_);
        if (column.nullable) type += " | None";
      }
      out_.line(name + ": " + type + alias);
    }
    end_class();
  }

  const TargetInput& input_;
  RowTypes rows_;
  PythonImports imports_;
  Helpers helpers_;
  Printer out_{4};
};

}  // namespace
}  // namespace pydantic

std::vector<OutputFile> write_pydantic(const TargetInput& input, DiagnosticSink&) {
  return {{"python/models.py", pydantic::Module(input).write(), false}};
}

}  // namespace relata::emit
