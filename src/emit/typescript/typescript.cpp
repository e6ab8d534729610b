// TypeScript: interfaces of the rows that come from the database and go to it, as Drizzle and the
// drivers give them. Tried with tsc --strict and exactOptionalPropertyTypes.

#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "base/text.h"
#include "emit/output.h"
#include "emit/values/rows.h"
#include "emit/values/typescript_text.h"

namespace relata::emit {
namespace {

class Module {
 public:
  explicit Module(const TargetInput& input)
      : input_(input), rows_(row_types(input, typescript(), "typescript")) {}

  std::string write() {
    out_.line("// Rows of the tables in " + std::string(input_.dialect.title()) +
              ", as they are read, inserted and updated.");
    if (!wished_imports(rows_).empty()) out_.line();
    print_wished_imports(out_, rows_);
    for (const ClosedSet& set : rows_.closed_sets) write_closed_set(set);
    for (const RowType& row : rows_.rows) write_row(row);
    for (const ViewRowType& view : rows_.views) write_view(view);
    if (rows_.rows.empty() && rows_.views.empty()) out_.print("\nexport {};\n");
    return out_.take();
  }

 private:
  void write_closed_set(const ClosedSet& set) {
    std::vector<std::string> values;
    for (const std::string& value : set.values) values.push_back(typescript_string(value));
    out_.line();
    print_typescript_comment(out_, set.comment);
    print_typescript_list(out_, 0, "export const " + set.constant + " = [", values, "] as const;");
    const std::string of_constant = "(typeof " + set.constant + ")[number];";
    const std::string line = "export type " + set.type + " = " + of_constant;
    if (line.size() <= typescript_width) {
      out_.line(line);
    } else {
      out_.line("export type " + set.type + " =");
      out_.line("  " + of_constant);
    }
  }

  void write_member(const RowColumn& column, bool optional) {
    print_typescript_comment(out_, column.column->comment);
    const std::string type = typescript_type(column, rows_);
    const bool nullable = column.nullable && type != "unknown";
    out_.line(column.member + (optional ? "?: " : ": ") + type + (nullable ? " | null" : "") + ";");
  }

  /// An interface, or the type of an object without members.
  template <class Members>
  void write_interface(const std::string& name, bool empty, Members members) {
    if (empty) {
      out_.line("export type " + name + " = Record<string, never>;");
      return;
    }
    out_.line("export interface " + name + " {");
    out_.indent();
    members();
    out_.outdent();
    out_.line("}");
  }

  void write_row(const RowType& row) {
    out_.line();
    const std::string& comment = row.table->comment;
    print_typescript_comment(out_, comment.empty() ? "A row of " + row.table->name + "." : comment);
    write_interface(row.row, row.columns.empty(), [&] {
      for (const RowColumn& column : row.columns) write_member(column, false);
    });
    bool writable = false;
    for (const RowColumn& column : row.columns) writable = writable || !column.read_only;
    out_.line();
    print_typescript_comment(out_, "What an insert gives; the database fills in what is left out.");
    write_interface(row.inserted, !writable, [&] {
      for (const RowColumn& column : row.columns) {
        if (!column.read_only) write_member(column, column.may_be_left_out);
      }
    });
    out_.line();
    print_typescript_comment(out_, "What an update changes.");
    const std::string head = "export type " + row.changed + " =";
    const std::string type = "Partial<" + row.inserted + ">;";
    if (head.size() + 1 + type.size() <= typescript_width) {
      out_.line(head + " " + type);
    } else {
      out_.line(head);
      out_.line("  " + type);
    }
  }

  void write_view(const ViewRowType& view) {
    out_.line();
    const std::string& comment = view.view->comment;
    print_typescript_comment(
        out_, comment.empty() ? "A row of the view " + view.view->name + ", which is read only."
                              : comment);
    write_interface(view.row, view.members.empty(), [&] {
      for (std::size_t i = 0; i < view.members.size(); ++i) {
        if (view.columns[i].column != nullptr) {
          write_member(view.columns[i], false);
        } else {
          out_.line(view.members[i] + ": unknown;");
        }
      }
    });
  }

  const TargetInput& input_;
  RowTypes rows_;
  Printer out_{2};
};

}  // namespace

std::vector<OutputFile> write_typescript(const TargetInput& input, DiagnosticSink&) {
  return {{"types/types.ts", Module(input).write(), false}};
}

}  // namespace relata::emit
