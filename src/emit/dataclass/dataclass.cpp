// Python dataclasses of rows, with the values that SQLAlchemy gives. Tried with mypy --strict.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/printer.h"
#include "base/text.h"
#include "emit/output.h"
#include "emit/values/python_text.h"
#include "emit/values/rows.h"

namespace relata::emit {
namespace {

constexpr std::string_view unset_text = R"(
class Unset(Enum):
    """What an insert leaves out, so that the database fills it in."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET

)";

constexpr std::string_view base_text = R"(
@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """From what a driver gives by column: psycopg's dict_row, SQLAlchemy's mappings()."""
        return cls(
            **{f.name: row[f.metadata.get("column", f.name)] for f in fields(cls)}
        )

    @classmethod
    def from_object(cls, row: object) -> Self:
        """From an object with the same members, such as an ORM's."""
        return cls(**{f.name: getattr(row, f.name) for f in fields(cls)})

    def to_row(self) -> dict[str, Any]:
        """The values by column, without those that are left out."""
        values = {
            f.metadata.get("column", f.name): getattr(self, f.name)
            for f in fields(self)
        }
        return {column: value for column, value in values.items() if value is not UNSET}

)";

constexpr std::string_view json_text = R"(
JsonValue: TypeAlias = Union[
    dict[str, "JsonValue"], list["JsonValue"], str, int, float, bool, None
]
)";

class Module {
 public:
  explicit Module(const TargetInput& input)
      : input_(input),
        rows_(row_types(input, python(), "dataclass")),
        imports_(with_own(python_class_names(rows_))) {}

  std::string write() {
    for (const ClosedSet& set : rows_.closed_sets) {
      print_python_closed_set(out_, set, imports_);
      out_.line();
    }
    for (const RowType& row : rows_.rows) write_row(row);
    for (const ViewRowType& view : rows_.views) write_view(view);
    // The base's own imports; its text names them as they are.
    imports_.use("collections.abc", "Mapping");
    imports_.use("dataclasses", "dataclass");
    imports_.use("dataclasses", "fields");
    imports_.use("enum", "Enum");
    for (const std::string_view name : {"Any", "Final", "Self"}) imports_.use("typing", name);
    if (uses_json_) {
      imports_.use("typing", "TypeAlias");
      imports_.use("typing", "Union");
    }
    Printer head(4);
    print_docstring(head, "Rows of the tables in " + std::string(input_.dialect.title()) +
                              ", as they are read and inserted.");
    head.line();
    imports_.print(head);
    std::string text = head.take();
    if (uses_json_) text.append(json_text.substr(1)) += '\n';
    text.append(unset_text).append(base_text);
    return text + (rows_.closed_sets.empty() ? "" : "\n") + trimmed(out_.take());
  }

 private:
  /// The names that the base uses stay what they are: a class of the same name comes later in the
  /// module and annotations are not looked up while it is read.
  static std::set<std::string, std::less<>> with_own(std::set<std::string, std::less<>> names) {
    for (const std::string_view own :
         {"Mapping", "Enum", "Any", "Final", "Self", "TypeAlias", "Literal", "Union"}) {
      names.erase(std::string(own));
    }
    return names;
  }

  static std::string trimmed(std::string text) {
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
  }

  /// The type of one value other than None.
  std::string element_type(const RowColumn& column) {
    if (column.closed_set != RowColumn::none) {
      const std::string& type = rows_.closed_sets[column.closed_set].type;
      return column.value.shape == Shape::several ? "set[str]" : type;
    }
    switch (column.value.shape) {
      case Shape::integer:
      case Shape::bit_field:
        return "int";
      case Shape::decimal:
        return imports_.use("decimal", "Decimal");
      case Shape::floating:
        return "float";
      case Shape::boolean:
        return "bool";
      case Shape::date:
        return imports_.use("datetime", "date");
      case Shape::time: {
        const std::string time = imports_.use("datetime", "time");
        // SQLAlchemy makes a time of it, the driver does not.
        return column.value.day_long ? time : time + " | " + imports_.use("datetime", "timedelta");
      }
      case Shape::moment:
        return imports_.use("datetime", "datetime");
      case Shape::interval:
        return imports_.use("datetime", "timedelta");
      case Shape::uuid:
        return imports_.use("uuid", "UUID");
      case Shape::json:
        uses_json_ = true;
        return "JsonValue";
      case Shape::bytes:
        return "bytes";
      case Shape::inet: {
        std::vector<std::string> kinds;
        for (const std::string_view kind :
             {"IPv4Address", "IPv6Address", "IPv4Interface", "IPv6Interface"}) {
          kinds.push_back(imports_.use("ipaddress", kind));
        }
        return join(kinds, " | ");
      }
      case Shape::cidr:
        return imports_.use("ipaddress", "IPv4Network") + " | " +
               imports_.use("ipaddress", "IPv6Network");
      case Shape::hstore:
        return "dict[str, str | None]";
      case Shape::range:
      case Shape::opaque:
        return imports_.use("typing", "Any");
      default:
        return "str";
    }
  }

  std::string type_of(const RowColumn& column) {
    if (!column.wished_type.empty()) {
      return wished_python_type(column, imports_) + (column.nullable ? " | None" : "");
    }
    std::string type = element_type(column);
    for (int i = 0; i < column.value.dimensions; ++i) type = "list[" + type + "]";
    const bool has_none = type == "JsonValue" || type == "Any";
    return type + (column.nullable && !has_none ? " | None" : "");
  }

  void begin_class(const std::string& name, std::string_view documentation) {
    out_.line();
    out_.line("@dataclass(frozen=True, slots=True, kw_only=True)");
    out_.line("class " + name + "(_Row):");
    out_.indent();
    print_docstring(out_, documentation);
  }

  void end_class() {
    out_.outdent();
    out_.line();
  }

  /// "member: type = value", and its column where that has another name.
  void write_member(const std::string& member, const std::string& column, const std::string& type,
                    const std::string& value, std::string_view documentation) {
    static constexpr std::string_view own[] = {"from_row", "from_object", "to_row"};
    const bool method = std::find(std::begin(own), std::end(own), member) != std::end(own);
    const std::string name = method ? member + "_" : member;
    const std::string head = name + ": " + type;
    if (name == column) {
      out_.line(value.empty() ? head : head + " = " + value);
    } else {
      std::vector<std::string> arguments;
      if (!value.empty()) arguments.push_back("default=" + value);
      arguments.push_back("metadata={\"column\": " + python_string(column) + "}");
      print_python_list(out_, 4, head + " = " + imports_.use("dataclasses", "field") + "(",
                        arguments, ")");
    }
    print_docstring(out_, documentation);
  }

  void write_row(const RowType& row) {
    const std::string& comment = row.table->comment;
    begin_class(row.row, comment.empty() ? "A row of " + row.table->name + "." : comment);
    for (const RowColumn& column : row.columns) {
      if (&column == &row.columns.front()) out_.line();
      write_member(column.member, column.column->name, type_of(column), "", column.column->comment);
    }
    end_class();
    begin_class(row.inserted, "What an insert gives; the database fills in what is left out.");
    bool first = true;
    for (const RowColumn& column : row.columns) {
      if (column.read_only) continue;
      if (first) out_.line();
      first = false;
      std::string type = type_of(column);
      std::string value;
      if (column.may_be_left_out) {
        if (absent_value(column) == Absent::null) {
          value = "None";
        } else if (value = python_default(column, imports_); value.empty()) {
          value = "UNSET";
          type += " | Unset";
        }
      }
      write_member(column.member, column.column->name, type, value, column.column->comment);
    }
    end_class();
  }

  void write_view(const ViewRowType& view) {
    const std::string& comment = view.view->comment;
    begin_class(view.row, comment.empty()
                              ? "A row of the view " + view.view->name + ", which is read only."
                              : comment);
    for (std::size_t i = 0; i < view.members.size(); ++i) {
      if (i == 0) out_.line();
      const RowColumn& column = view.columns[i];
      const bool known = column.column != nullptr;
      write_member(view.members[i], view.view->columns[i],
                   known ? type_of(column) : imports_.use("typing", "Any"), "",
                   known ? std::string_view(column.column->comment) : std::string_view());
    }
    end_class();
  }

  const TargetInput& input_;
  RowTypes rows_;
  PythonImports imports_;
  bool uses_json_ = false;
  Printer out_{4};
};

}  // namespace

std::vector<OutputFile> write_dataclass(const TargetInput& input, DiagnosticSink&) {
  return {{"python/records.py", Module(input).write(), false}};
}

}  // namespace relata::emit
