#include "emit/pydantic/helpers.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace relata::emit::pydantic {
namespace {

struct Helper {
  std::string_view name;
  std::string_view dialect;  ///< Empty: every one.
  std::string_view imports;  ///< "module:name", separated by blanks.
  std::string_view text;
};

// In the order in which they are written. What the databases take and refuse was tried with rows:
// tests/live/orm_values_test.py.
constexpr auto helpers = std::to_array<Helper>({
    {"_Omitted", "", "typing:Annotated typing:TypeVar pydantic:AfterValidator", R"(
_T = TypeVar("_T")


def _not_null(value: _T | None) -> _T | None:
    if value is None:
        raise ValueError("may be left out, but is never NULL")
    return value


# What may be left out though the column is NOT NULL.
_Omitted = Annotated[_T | None, AfterValidator(_not_null)]
)"},
    {"_Text", "postgres", "typing:Annotated pydantic:AfterValidator", R"(

def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("has a NUL character")
    value.encode()  # refuses half of a surrogate pair
    return value


_Text = Annotated[str, AfterValidator(_without_nul)]
)"},
    {"_Text", "", "typing:Annotated pydantic:AfterValidator", R"(

def _unicode(value: str) -> str:
    value.encode()  # refuses half of a surrogate pair
    return value


_Text = Annotated[str, AfterValidator(_unicode)]
)"},
    {"_bytes_of_text", "", "pydantic:AfterValidator", R"(

def _bytes_of_text(most: int) -> AfterValidator:
    def fits(value: str) -> str:
        if len(value.encode()) > most:
            raise ValueError(f"is longer than {most} bytes")
        return value

    return AfterValidator(fits)
)"},
    {"_encoded", "", "pydantic:AfterValidator", R"(

def _encoded(character_set: str) -> AfterValidator:
    def encodes(value: str) -> str:
        value.encode(character_set)
        return value

    return AfterValidator(encodes)
)"},
    {"_basic", "", "pydantic:AfterValidator", R"(

def _basic(value: str) -> str:
    if any(character > "\uffff" for character in value):
        raise ValueError("has a character that utf8mb3 does not have")
    return value
)"},
    {"_NotANumber", "", "typing:Annotated decimal:Decimal pydantic:AfterValidator pydantic:Field",
     R"(

def _is_nan(value: Decimal) -> Decimal:
    if not value.is_nan():
        raise ValueError("is a number")
    return value


# PostgreSQL keeps NaN in every numeric.
_NotANumber = Annotated[Decimal, Field(allow_inf_nan=True), AfterValidator(_is_nan)]
)"},
    {"_Single", "",
     "typing:Annotated math:isfinite struct:pack struct:unpack pydantic:AfterValidator",
     R"(

def _single(value: float) -> float:
    try:
        lost = isfinite(value) and value != 0 and unpack("<f", pack("<f", value))[0] == 0
    except OverflowError:
        lost = True
    if lost:
        raise ValueError("is no number of 32 bits")
    return value


# A number that 32 bits hold, be it not to the last digit.
_Single = Annotated[float, AfterValidator(_single)]
)"},
    {"_Number", "", "typing:Annotated math:isnan pydantic:AfterValidator", R"(

def _number(value: float) -> float:
    if isnan(value):
        raise ValueError("is not a number")
    return value


_Number = Annotated[float, AfterValidator(_number)]
)"},
    {"_Json", "postgres",
     "json:dumps re:compile typing:Annotated pydantic:AfterValidator pydantic:JsonValue", R"(
_NUL = compile(r"(?<!\\)(?:\\\\)*\\u0000")


def _jsonb(value: JsonValue) -> JsonValue:
    text = dumps(value, allow_nan=False, ensure_ascii=False)
    text.encode()  # refuses half of a surrogate pair
    if _NUL.search(text):
        raise ValueError("has a NUL character")
    return value


_Json = Annotated[JsonValue, AfterValidator(_jsonb)]
)"},
    {"_Json", "", "json:dumps typing:Annotated pydantic:AfterValidator pydantic:JsonValue", R"(

def _json(value: JsonValue) -> JsonValue:
    dumps(value, allow_nan=False, ensure_ascii=False).encode()
    return value


_Json = Annotated[JsonValue, AfterValidator(_json)]
)"},
    {"_JsonText", "", "json:dumps typing:Annotated pydantic:AfterValidator pydantic:JsonValue", R"(

def _json_text(value: JsonValue) -> JsonValue:
    dumps(value, allow_nan=False)
    return value


_JsonText = Annotated[JsonValue, AfterValidator(_json_text)]
)"},
    {"_several", "", "typing:Any", R"(

def _several(value: Any) -> Any:
    return set(filter(None, value.split(","))) if isinstance(value, str) else value
)"},
    {"_order", "", "decimal:Decimal", R"(

def _order(value: Decimal) -> Decimal:
    """The value as PostgreSQL orders it: NaN is greater than every number."""
    return Decimal("Infinity") if value.is_nan() else value
)"},
});

const Helper* find(std::string_view name, std::string_view dialect) {
  const auto found = std::find_if(helpers.begin(), helpers.end(), [&](const Helper& helper) {
    return helper.name == name && (helper.dialect.empty() || helper.dialect == dialect);
  });
  return found == helpers.end() ? nullptr : &*found;
}

}  // namespace

std::string Helpers::use(std::string_view name) {
  const Helper* helper = find(name, dialect_);
  if (helper != nullptr && used_.emplace(name).second) {
    for (const std::string_view import : split(helper->imports, ' ')) {
      const std::size_t colon = import.find(':');
      imports_.use(import.substr(0, colon), import.substr(colon + 1));
    }
  }
  return std::string(name);
}

void Helpers::print(Printer& printer) const {
  for (const Helper& helper : helpers) {
    if (!used_.contains(helper.name) || find(helper.name, dialect_) != &helper) continue;
    std::string text(helper.text);
    for (const std::string_view import : split(helper.imports, ' ')) {
      const std::size_t colon = import.find(':');
      const std::string_view name = import.substr(colon + 1);
      text = replace_all(text, name, imports_.use(import.substr(0, colon), name));
    }
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find('\n', begin);
      printer.line(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
}

}  // namespace relata::emit::pydantic
