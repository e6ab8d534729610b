// Zod 4: schemas of the rows that come from the database and go to it, which refuse what the
// database would refuse. Tried with zod 4.6 and live databases (tests/live/orm_values_test.py).

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/printer.h"
#include "base/text.h"
#include "emit/output.h"
#include "emit/values/conditions.h"
#include "emit/values/rows.h"
#include "emit/values/typescript_text.h"
#include "emit/zod/conditions.h"
#include "emit/zod/types.h"

namespace relata::emit {
namespace zod {
namespace {

/// "task" for "Task".
std::string beginning_small(const std::string& type) {
  return to_lower(type.substr(0, 1)) + type.substr(1);
}

std::string violation(const std::string& check) { return typescript_string("violates " + check); }

class Module {
 public:
  explicit Module(const TargetInput& input)
      : input_(input), rows_(row_types(input, typescript(), "zod")), helpers_(input.dialect.id()) {}

  std::string write() {
    for (const ClosedSet& set : rows_.closed_sets) write_closed_set(set);
    for (const RowType& row : rows_.rows) write_row(row);
    for (const ViewRowType& view : rows_.views) write_view(view);
    Printer head(2);
    head.line("// Values of rows as " + std::string(input_.dialect.title()) +
              " takes them; what it would refuse is refused.");
    head.line();
    head.line("import { z } from 'zod';");
    if (!wished_imports(rows_).empty()) head.line();
    print_wished_imports(head, rows_);
    helpers_.print(head);
    return head.take() + out_.take();
  }

 private:
  void write_closed_set(const ClosedSet& set) {
    std::vector<std::string> values;
    for (const std::string& value : set.values) values.push_back(typescript_string(value));
    out_.line();
    print_typescript_comment(out_, set.comment);
    print_typescript_list(out_, 0, "export const " + set.constant + " = [", values, "] as const;");
  }

  /// The checks that look at this column alone, as calls behind its schema.
  void add_checks(const RowType& row, std::size_t place, const RowChecks& checks, Chain& chain) {
    for (const RowCheck& check : checks.checks) {
      if (!is_of_column(check, row) || check.columns.front() != place) continue;
      const Value& value = row.columns[place].value;
      const std::vector<Bound> bounds = bounds_of(check);
      const bool simple = !bounds.empty() && takes_bounds(value) &&
                          std::all_of(bounds.begin(), bounds.end(), [](const Bound& bound) {
                            return !bound.of_length && bound.number.find('.') == std::string::npos;
                          });
      if (simple) {
        for (const Bound& bound : bounds) chain.push_back(bound_call(bound, value, check.name));
        continue;
      }
      const std::vector<bool> guarded(row.columns.size(), false);
      const ConditionWriter writer(row, rows_, helpers_, true);
      const Expression condition = passing_condition(check, row, guarded);
      // Of an equality TypeScript would make a type of that one value.
      const std::string head = may_narrow(condition) ? "(value): boolean => " : "(value) => ";
      chain.push_back({".refine", {head + writer.condition(condition), violation(check.name)}});
    }
  }

  static bool may_narrow(const Expression& condition) {
    if (condition.operation == Operation::equal) return true;
    const bool joined =
        condition.operation == Operation::any_of || condition.operation == Operation::all_of;
    return joined &&
           std::any_of(condition.arguments.begin(), condition.arguments.end(), may_narrow);
  }

  static std::string bound_call(const Bound& bound, const Value& value, const std::string& name) {
    const std::string_view call = bound.operation == Operation::less            ? ".lt("
                                  : bound.operation == Operation::less_or_equal ? ".max("
                                  : bound.operation == Operation::greater       ? ".gt("
                                                                                : ".min(";
    return std::string(call) + bound.number + (value.wide ? "n" : "") + ", " + violation(name) +
           ")";
  }

  /// The schema of the column, the checks that stand with it behind that of its values.
  Chain whole_chain(const RowColumn& column, Chain checks) {
    const bool wished = !column.wished_type.empty();
    Chain chain = wished ? Chain{"z.custom<" + column.wished_type + ">()"}
                         : element_chain(column, rows_, helpers_);
    std::move(checks.begin(), checks.end(), std::back_inserter(chain));
    for (int dimension = 0; !wished && dimension < column.value.dimensions; ++dimension) {
      chain.push_back(".array()");
    }
    if (column.nullable) chain.push_back(".nullable()");
    return chain;
  }

  void print_comment_and_column(const RowColumn& column, const Chain& chain) {
    print_typescript_comment(out_, column.column->comment);
    print_chain(out_, 2, column.member + ": ", chain, ",");
  }

  void write_columns(const RowType& row, const RowChecks& checks) {
    out_.indent();
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      const RowColumn& column = row.columns[i];
      Chain checked;
      if (column.wished_type.empty()) add_checks(row, i, checks, checked);
      print_comment_and_column(column, whole_chain(column, std::move(checked)));
    }
    out_.outdent();
  }

  /// What the columns that checks look at are when an insert leaves them out.
  [[nodiscard]] std::vector<std::string> absent_members(const RowType& row,
                                                        const std::vector<RowCheck>& checks) const {
    std::vector<std::size_t> places;
    for (const RowCheck& check : checks) {
      places.insert(places.end(), check.columns.begin(), check.columns.end());
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<std::string> members;
    for (const std::size_t place : places) {
      const RowColumn& column = row.columns[place];
      if (column.read_only || !column.may_be_left_out) continue;
      const Absent absent = absent_value(column);
      if (absent == Absent::null) members.push_back(column.member + ": null");
      if (absent != Absent::constant) continue;
      const std::string literal = default_literal(column);
      if (!literal.empty()) members.push_back(column.member + ": " + literal);
    }
    return members;
  }

  /// The column's default as a literal of its type; empty: not as plain as that.
  static std::string default_literal(const RowColumn& column) {
    const Expression& value = *meaning(*column.column->default_value);
    if (column.value.dimensions > 0) return {};
    switch (column.value.shape) {
      case Shape::text: {
        const std::vector<std::string>& choices = column.value.choices;
        const bool known = choices.empty() ||
                           std::find(choices.begin(), choices.end(), value.text) != choices.end();
        return value.operation == Operation::string && known ? typescript_string(value.text) : "";
      }
      case Shape::integer:
        if (value.operation != Operation::number || value.text.find('.') != std::string::npos) {
          return {};
        }
        return value.text + (column.value.wide ? "n" : "");
      case Shape::floating:
        return value.operation == Operation::number ? value.text : "";
      case Shape::decimal:
        return value.operation == Operation::number ? typescript_string(value.text) : "";
      case Shape::boolean:
        return value.operation == Operation::boolean ? value.text : "";
      case Shape::date:
      case Shape::time:
      case Shape::moment:
        return moment_literal(column, value);
      default:
        return {};
    }
  }

  static std::string moment_literal(const RowColumn& column, const Expression& value) {
    const Comparable kind = comparable(column.value);
    if (value.operation != Operation::string || !is_plain_moment(value.text, kind)) return {};
    const std::string_view text = without_zero_fraction(value.text);
    if (kind != Comparable::moment) return typescript_string(text);
    const bool whole = text.find(' ') != std::string_view::npos;
    return "new Date('" + replace_all(text, " ", "T") + (whole ? "Z')" : "T00:00:00Z')");
  }

  void write_checks(const RowType& row, const std::string& stem,
                    const std::vector<RowCheck>& checks) {
    out_.line();
    out_.line("const " + stem + "Checks = (absent: Partial<" + row.row + "> = {}) => [");
    out_.indent();
    std::vector<bool> guarded;
    for (const RowColumn& column : row.columns) guarded.push_back(column.nullable);
    const ConditionWriter writer(row, rows_, helpers_, false);
    for (const RowCheck& check : checks) {
      std::vector<std::string> members;
      for (const std::size_t place : check.columns) {
        members.push_back(typescript_string(row.columns[place].member));
      }
      out_.line(helpers_.use("check") + "<" + row.row + ">(");
      out_.indent();
      out_.line(typescript_string(check.name) + ",");
      out_.line("[" + join(members, ", ") + "],");
      print_condition(writer, passing_condition(check, row, guarded));
      out_.line("absent,");
      out_.outdent();
      out_.line("),");
    }
    out_.outdent();
    out_.line("];");
  }

  void print_condition(const ConditionWriter& writer, const Expression& condition) {
    const std::string line = "(row) => " + writer.condition(condition) + ",";
    constexpr std::size_t indentation = 4;
    if (code_points(line) + indentation <= typescript_width) {
      out_.line(line);
      return;
    }
    out_.line("(row) =>");
    out_.indent();
    const std::string whole = writer.condition(condition) + ",";
    const bool fits = code_points(whole) + indentation + 2 <= typescript_width;
    const bool joined =
        condition.operation == Operation::any_of || condition.operation == Operation::all_of;
    if (!joined || fits) {
      out_.line(whole);
    } else {
      const std::string_view sign = condition.operation == Operation::any_of ? " ||" : " &&";
      for (std::size_t i = 0; i < condition.arguments.size(); ++i) {
        const Expression& part = condition.arguments[i];
        const bool inner =
            part.operation == Operation::any_of || part.operation == Operation::all_of;
        const std::string text =
            inner ? "(" + writer.condition(part) + ")" : writer.condition(part);
        out_.line(text +
                  (i + 1 == condition.arguments.size() ? std::string(",") : std::string(sign)));
      }
    }
    out_.outdent();
  }

  /// "name({ id: true, ... })" of those members.
  static Call mask(const std::string& name, const std::vector<std::string>& members) {
    std::vector<std::string> items;
    items.reserve(members.size());
    for (const std::string& member : members) items.push_back(member + ": true");
    return {name, std::move(items)};
  }

  /// An object as the only argument: "head({ a, b })tail", or a member a line.
  void print_object_call(std::size_t indentation, const std::string& head,
                         const std::vector<std::string>& members, const std::string& tail) {
    const std::string line = head + "({ " + join(members, ", ") + " })" + tail;
    if (members.empty()) {
      out_.line(head + "()" + tail);
    } else if (indentation + code_points(line) <= typescript_width) {
      out_.line(line);
    } else {
      out_.line(head + "({");
      out_.indent();
      for (const std::string& member : members) out_.line(member + ",");
      out_.outdent();
      out_.line("})" + tail);
    }
  }

  /// ".check(...taskChecks({ a: null }))".
  void print_check_call(const std::string& checks, const std::vector<std::string>& absent,
                        const std::string& tail) {
    const std::string object = absent.empty() ? "" : "{ " + join(absent, ", ") + " }";
    const std::string line = ".check(..." + checks + "(" + object + "))" + tail;
    if (2 + code_points(line) <= typescript_width) {
      out_.line(line);
      return;
    }
    out_.line(".check(");
    out_.indent();
    print_object_call(4, "..." + checks, absent, ",");
    out_.outdent();
    out_.line(")" + tail);
  }

  /// A schema made from another one by calls that take objects, and by the checks.
  struct Derived {
    std::string name;
    std::string from;
    std::vector<Call> calls;  ///< Their arguments are the members of an object.
    std::string checks;       ///< "taskChecks"; empty: none.
    std::vector<std::string> absent;
  };

  void write_single(const Derived& derived, const std::string& head) {
    if (!derived.checks.empty()) {
      out_.line(head + ".check(");
      out_.line("  ..." + derived.checks + "(),");
      out_.line(");");
      return;
    }
    const Call& call = derived.calls[0];
    const std::size_t width = head.size() + call.name.size() + (call.arguments.empty() ? 3 : 2);
    if (width <= typescript_width) {
      print_object_call(0, head + call.name, call.arguments, ";");
      return;
    }
    out_.line("export const " + derived.name + " =");
    out_.indent();
    print_object_call(2, derived.from + call.name, call.arguments, ";");
    out_.outdent();
  }

  void write_inferred(const std::string& type, const std::string& schema) {
    const std::string line = "export type " + type + " = z.infer<typeof " + schema + ">;";
    if (line.size() <= typescript_width) {
      out_.line(line);
      return;
    }
    out_.line("export type " + type + " = z.infer<");
    out_.line("  typeof " + schema);
    out_.line(">;");
  }

  void write_derived(const Derived& derived) {
    const std::string head = "export const " + derived.name + " = " + derived.from;
    std::string line = head;
    for (const Call& call : derived.calls) {
      line +=
          call.name + (call.arguments.empty() ? "()" : "({ " + join(call.arguments, ", ") + " })");
    }
    if (!derived.checks.empty()) {
      line += ".check(..." + derived.checks + "(" +
              (derived.absent.empty() ? "" : "{ " + join(derived.absent, ", ") + " }") + "))";
    }
    const std::size_t count = derived.calls.size() + (derived.checks.empty() ? 0 : 1);
    // Three calls, one of which takes more than plain values, ask for a line each.
    const bool asks = count > 2 && !derived.checks.empty();
    if (!asks && code_points(line) + 1 <= typescript_width) {
      out_.line(line + ";");
      return;
    }
    if (count == 0) {
      out_.line("export const " + derived.name + " =");
      out_.line("  " + derived.from + ";");
      return;
    }
    if (count == 1) {
      write_single(derived, head);
      return;
    }
    out_.line(head);
    out_.indent();
    for (std::size_t i = 0; i < derived.calls.size(); ++i) {
      const Call& call = derived.calls[i];
      print_object_call(2, call.name, call.arguments, i + 1 == count ? ";" : "");
    }
    if (!derived.checks.empty()) print_check_call(derived.checks, derived.absent, ";");
    out_.outdent();
  }

  void write_row(const RowType& row) {
    const RowChecks checks = row_checks(row);
    std::vector<RowCheck> of_rows;
    for (const RowCheck& check : checks.checks) {
      if (!is_of_column(check, row)) of_rows.push_back(check);
    }
    const std::string stem = beginning_small(row.row);
    const std::string schema = stem + "Schema";
    const std::string columns = of_rows.empty() ? schema : stem + "Columns";
    out_.line();
    const std::string& comment = row.table->comment;
    print_typescript_comment(
        out_, (comment.empty() ? "A row of " + row.table->name + "." : comment) +
                  (checks.database_only.empty()
                       ? ""
                       : "\nIn the database only: " + join(checks.database_only, ", ") + "."));
    out_.line((of_rows.empty() ? "export const " : "const ") + columns + " = z.strictObject({");
    write_columns(row, checks);
    out_.line("});");
    const std::string row_checks_name = of_rows.empty() ? "" : stem + "Checks";
    if (!of_rows.empty()) {
      write_inferred(row.row, columns);
      write_checks(row, stem, of_rows);
      out_.line();
      write_derived({schema, columns, {}, row_checks_name, {}});
    } else {
      write_inferred(row.row, schema);
    }
    write_written(row, columns, row_checks_name, absent_members(row, of_rows));
  }

  /// The schemas of what is inserted and of what an update changes.
  void write_written(const RowType& row, const std::string& columns, const std::string& checks,
                     std::vector<std::string> absent) {
    std::vector<std::string> read_only;
    std::vector<std::string> optional;
    std::size_t writable = 0;
    for (const RowColumn& column : row.columns) {
      if (column.read_only) {
        read_only.push_back(column.member);
      } else {
        ++writable;
        if (column.may_be_left_out) optional.push_back(column.member);
      }
    }
    std::vector<Call> base;
    if (!read_only.empty()) base.push_back(mask(".omit", read_only));
    std::vector<Call> inserted = base;
    if (!optional.empty()) {
      inserted.push_back(optional.size() == writable ? Call(".exactPartial")
                                                     : mask(".exactPartial", optional));
    }
    std::vector<Call> changed = std::move(base);
    changed.emplace_back(".exactPartial");
    const std::string insert_schema = beginning_small(row.inserted) + "Schema";
    const std::string update_schema = beginning_small(row.changed) + "Schema";
    out_.line();
    print_typescript_comment(out_, "What an insert gives; the database fills in what is left out.");
    write_derived({insert_schema, columns, std::move(inserted), checks, std::move(absent)});
    write_inferred(row.inserted, insert_schema);
    out_.line();
    print_typescript_comment(out_, "What an update changes.");
    write_derived({update_schema, columns, std::move(changed), checks, {}});
    write_inferred(row.changed, update_schema);
  }

  void write_view(const ViewRowType& view) {
    out_.line();
    const std::string& comment = view.view->comment;
    print_typescript_comment(
        out_, comment.empty() ? "A row of the view " + view.view->name + ", which is read only."
                              : comment);
    const std::string schema = beginning_small(view.row) + "Schema";
    out_.line("export const " + schema + " = z.strictObject({");
    out_.indent();
    for (std::size_t i = 0; i < view.members.size(); ++i) {
      const RowColumn& column = view.columns[i];
      if (column.column == nullptr) {
        out_.line(view.members[i] + ": z.unknown(),");
      } else {
        print_comment_and_column(column, whole_chain(column, {}));
      }
    }
    out_.outdent();
    out_.line("});");
    write_inferred(view.row, schema);
  }

  const TargetInput& input_;
  RowTypes rows_;
  Helpers helpers_;
  Printer out_{2};
};

}  // namespace
}  // namespace zod

std::vector<OutputFile> write_zod(const TargetInput& input, DiagnosticSink&) {
  return {{"types/zod.ts", zod::Module(input).write(), false}};
}

}  // namespace relata::emit
