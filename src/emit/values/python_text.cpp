#include "emit/values/python_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit {
namespace {

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  return {digits[byte >> 4U], digits[byte & 0xFU]};
}

bool is_standard(std::string_view module) {
  constexpr std::array modules{"collections", "dataclasses", "datetime", "decimal",
                               "enum",        "ipaddress",   "json",     "math",
                               "re",          "struct",      "typing",   "uuid"};
  return std::find(modules.begin(), modules.end(), module) != modules.end();
}

std::string_view root(std::string_view module) { return module.substr(0, module.find('.')); }

}  // namespace

std::string python_string(std::string_view text) {
  // Like black, single quotes where they save escapes.
  const bool single =
      text.find('"') != std::string_view::npos && text.find('\'') == std::string_view::npos;
  const char quote = single ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
      out += "\\x" + hexadecimal(static_cast<unsigned char>(c));
    } else {
      if (c == quote || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + quote;
}

void print_docstring(Printer& printer, std::string_view text) {
  std::string safe;
  for (const char c : trim(text)) {
    if (c == '\\' || c == '"') safe += '\\';
    if (c != '\r') safe += c;
  }
  // Quotation marks need no escape but at the end, or three of them.
  safe = replace_all(safe, "\\\"", "\"");
  safe = replace_all(safe, "\"\"\"", "\\\"\\\"\\\"");
  if (safe.ends_with('"')) safe.insert(safe.size() - 1, "\\");
  if (safe.empty()) return;
  if (safe.find('\n') == std::string::npos) {
    printer.line("\"\"\"" + safe + "\"\"\"");
    return;
  }
  bool first = true;
  for (const std::string_view line : split(safe, '\n')) {
    printer.line((first ? "\"\"\"" : "") + std::string(trim(line)));
    first = false;
  }
  printer.line("\"\"\"");
}

void print_python_list(Printer& printer, std::size_t indentation, std::string_view head,
                       const std::vector<std::string>& items, std::string_view tail) {
  const std::string line = std::string(head) + join(items, ", ") + std::string(tail);
  if (indentation + code_points(line) <= python_width) {
    printer.line(line);
    return;
  }
  printer.line(head);
  printer.indent();
  for (const std::string& item : items) printer.line(item + ",");
  printer.outdent();
  printer.line(tail);
}

std::string PythonImports::use(std::string_view module, std::string_view name) {
  std::string known(name);
  const bool taken = taken_.contains(known);
  names_[std::string(module)].insert(taken ? known + " as _" + known : known);
  return taken ? "_" + known : known;
}

std::string PythonImports::use_module(std::string_view module) {
  modules_.emplace(module);
  return std::string(module);
}

void PythonImports::print(Printer& printer) const {
  for (const bool standard : {true, false}) {
    bool any = false;
    for (const std::string& module : modules_) {
      if (is_standard(root(module)) != standard) continue;
      printer.line("import " + module);
      any = true;
    }
    for (const auto& [module, names] : names_) {
      if (is_standard(root(module)) != standard) continue;
      std::vector<std::string> items(names.begin(), names.end());
      // As isort has them: constants, classes, functions.
      const auto rank = [](const std::string& name) {
        if (name == to_upper(name)) return 0;
        return name.front() >= 'a' && name.front() <= 'z' ? 2 : 1;
      };
      std::stable_sort(items.begin(), items.end(), [&](const std::string& a, const std::string& b) {
        return rank(a) < rank(b);
      });
      const std::string head = "from " + module + " import ";
      const std::string line = head + join(items, ", ");
      if (line.size() <= python_width) {
        printer.line(line);
      } else {
        print_python_list(printer, 0, head + "(", items, ")");
      }
      any = true;
    }
    if (any) printer.line();
  }
}

std::set<std::string, std::less<>> python_class_names(const RowTypes& rows) {
  std::set<std::string, std::less<>> names;
  for (const ClosedSet& set : rows.closed_sets) {
    names.insert(set.type);
    names.insert(set.constant);
  }
  for (const RowType& row : rows.rows) {
    names.insert(row.row);
    names.insert(row.inserted);
    names.insert(row.changed);
  }
  for (const ViewRowType& view : rows.views) names.insert(view.row);
  return names;
}

void print_python_closed_set(Printer& printer, const ClosedSet& set, PythonImports& imports) {
  std::vector<std::string> values;
  for (const std::string& value : set.values) values.push_back(python_string(value));
  const std::string alias = set.type + ": " + imports.use("typing", "TypeAlias") + " = ";
  if (values.empty()) {
    printer.line(alias + imports.use("typing", "Never"));
  } else {
    print_python_list(printer, 0, alias + imports.use("typing", "Literal") + "[", values, "]");
  }
  print_docstring(printer, set.comment);
  const std::string head =
      set.constant + ": " + imports.use("typing", "Final") + "[tuple[" + set.type + ", ...]] = (";
  print_python_list(printer, 0, head, values, values.size() == 1 ? ",)" : ")");
}

std::string wished_python_type(const RowColumn& column, PythonImports& imports) {
  if (column.wished_from.empty()) return column.wished_type;
  const std::string name = imported_name(column.wished_type);
  return imports.use(column.wished_from, name) + column.wished_type.substr(name.size());
}

std::string python_moment(std::string_view text, Comparable kind, bool zone,
                          PythonImports& imports) {
  std::vector<std::string> numbers;
  std::string number;
  const auto end_number = [&] {
    while (number.size() > 1 && number.front() == '0') number.erase(0, 1);
    numbers.push_back(number);
    number.clear();
  };
  for (const char c : without_zero_fraction(text)) {
    if (is_ascii_digit(c)) {
      number += c;
    } else {
      end_number();
    }
  }
  end_number();
  if (zone && kind == Comparable::moment) {
    numbers.push_back("tzinfo=" + imports.use("datetime", "timezone") + ".utc");
  }
  const std::string_view name = kind == Comparable::date   ? "date"
                                : kind == Comparable::time ? "time"
                                                           : "datetime";
  return imports.use("datetime", name) + "(" + join(numbers, ", ") + ")";
}

std::string python_default(const RowColumn& column, PythonImports& imports) {
  if (absent_value(column) != Absent::constant || column.value.dimensions > 0) return {};
  const Expression& value = *meaning(*column.column->default_value);
  const bool number = value.operation == Operation::number;
  switch (column.value.shape) {
    case Shape::text: {
      const std::vector<std::string>& choices = column.value.choices;
      const bool known =
          choices.empty() || std::find(choices.begin(), choices.end(), value.text) != choices.end();
      return value.operation == Operation::string && known ? python_string(value.text) : "";
    }
    case Shape::integer: {
      const std::size_t first = value.text.find_first_not_of("-0");
      const bool padded = first != std::string::npos && first > (value.text[0] == '-' ? 1U : 0U);
      return number && !padded && value.text.find('.') == std::string::npos ? value.text : "";
    }
    case Shape::decimal:
      return number ? imports.use("decimal", "Decimal") + "(" + python_string(value.text) + ")"
                    : "";
    case Shape::boolean:
      if (value.operation != Operation::boolean) return {};
      return value.text == "true" ? "True" : "False";
    case Shape::date:
    case Shape::time:
    case Shape::moment: {
      const Comparable kind = comparable(column.value);
      if (value.operation != Operation::string || !is_plain_moment(value.text, kind)) return {};
      return python_moment(value.text, kind, column.value.zone, imports);
    }
    default:
      return {};
  }
}

}  // namespace relata::emit
