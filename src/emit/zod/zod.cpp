// Zod 4: schemas of the rows that come from the database and go to it, which refuse what the
// database would refuse. Tried with zod 4.6 and live databases (tests/live/orm_values_test.py).

#include <algorithm>
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

  /// "member: z.int32().min(1)," or its calls below each other.
  void print_chain(const std::string& head, const Chain& chain, std::string_view tail) {
    std::string line = head;
    for (const std::string& call : chain) line += call;
    line += tail;
    if (code_points(line) + 2 <= typescript_width || chain.size() < 2) {
      out_.line(line);
      return;
    }
    Chain calls = chain;
    // prettier sets "z" apart from its first call.
    const bool of_zod = calls.front().starts_with("z.");
    out_.line(head + (of_zod ? std::string("z") : calls.front()));
    if (of_zod) {
      calls.front().erase(0, 1);
    } else {
      calls.erase(calls.begin());
    }
    out_.indent();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      out_.line(calls[i] + (i + 1 == calls.size() ? std::string(tail) : ""));
    }
    out_.outdent();
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
      chain.push_back(".refine(" + head + writer.condition(condition) + ", " +
                      violation(check.name) + ")");
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

  void write_columns(const RowType& row, const RowChecks& checks) {
    out_.indent();
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
      const RowColumn& column = row.columns[i];
      Chain chain = element_chain(column, rows_, helpers_);
      add_checks(row, i, checks, chain);
      for (int dimension = 0; dimension < column.value.dimensions; ++dimension) {
        chain.push_back(".array()");
      }
      if (column.nullable) chain.push_back(".nullable()");
      print_typescript_comment(out_, column.column->comment);
      print_chain(column.member + ": ", chain, ",");
    }
    out_.outdent();
  }

  [[nodiscard]] std::string absent_object(const RowType& row,
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
    return members.empty() ? "" : "{ " + join(members, ", ") + " }";
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
    const bool joined =
        condition.operation == Operation::any_of || condition.operation == Operation::all_of;
    if (!joined) {
      out_.line(writer.condition(condition) + ",");
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

  /// "head({ id: true, ... })" of those members.
  static std::string mask(const std::string& call, const std::vector<std::string>& members) {
    std::vector<std::string> items;
    items.reserve(members.size());
    for (const std::string& member : members) items.push_back(member + ": true");
    const std::string line = call + "({ " + join(items, ", ") + " })";
    if (line.size() + 4 <= typescript_width) return line;
    return call + "({\n    " + join(items, ",\n    ") + ",\n  })";
  }

  void write_derived(const std::string& name, const std::string& from, const Chain& calls) {
    std::string line = "export const " + name + " = " + from;
    for (const std::string& call : calls) line += call;
    if (line.size() + 1 <= typescript_width && line.find('\n') == std::string::npos) {
      out_.line(line + ";");
      return;
    }
    out_.line("export const " + name + " = " + from);
    out_.indent();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      std::size_t begin = 0;
      const std::string text = calls[i] + (i + 1 == calls.size() ? ";" : "");
      // A call of several lines has its own indentation.
      for (std::size_t end = text.find('\n'); end != std::string::npos;
           begin = end + 1, end = text.find('\n', begin)) {
        out_.line(indented(text.substr(begin, end - begin)));
      }
      out_.line(indented(text.substr(begin)));
    }
    out_.outdent();
  }

  /// A line of a call of several lines without the two blanks that the printer adds.
  static std::string indented(std::string line) {
    return line.starts_with("  ") ? line.substr(2) : line;
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
    const std::string check_call = of_rows.empty() ? "" : stem + "Checks";
    const auto checked = [&](const std::string& absent) -> Chain {
      if (of_rows.empty()) return {};
      return {".check(..." + check_call + "(" + absent + "))"};
    };
    if (!of_rows.empty()) {
      out_.line("export type " + row.row + " = z.infer<typeof " + columns + ">;");
      write_checks(row, stem, of_rows);
      out_.line();
      write_derived(schema, columns, checked(""));
    } else {
      out_.line("export type " + row.row + " = z.infer<typeof " + schema + ">;");
    }
    write_written(row, columns, checked(absent_object(row, of_rows)), checked(""));
  }

  /// The schemas of what is inserted and of what an update changes.
  void write_written(const RowType& row, const std::string& columns, Chain insert_checks,
                     Chain update_checks) {
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
    Chain base;
    if (!read_only.empty()) base.push_back(mask(".omit", read_only));
    Chain inserted = base;
    if (!optional.empty()) {
      inserted.push_back(optional.size() == writable ? ".exactPartial()"
                                                     : mask(".exactPartial", optional));
    }
    std::move(insert_checks.begin(), insert_checks.end(), std::back_inserter(inserted));
    Chain changed = base;
    changed.emplace_back(".exactPartial()");
    std::move(update_checks.begin(), update_checks.end(), std::back_inserter(changed));
    const std::string insert_schema = beginning_small(row.inserted) + "Schema";
    const std::string update_schema = beginning_small(row.changed) + "Schema";
    out_.line();
    print_typescript_comment(out_, "What an insert gives; the database fills in what is left out.");
    write_derived(insert_schema, columns, inserted);
    out_.line("export type " + row.inserted + " = z.infer<typeof " + insert_schema + ">;");
    out_.line();
    print_typescript_comment(out_, "What an update changes.");
    write_derived(update_schema, columns, changed);
    out_.line("export type " + row.changed + " = z.infer<typeof " + update_schema + ">;");
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
    for (const std::string& member : view.members) out_.line(member + ": z.unknown(),");
    out_.outdent();
    out_.line("});");
    out_.line("export type " + view.row + " = z.infer<typeof " + schema + ">;");
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
