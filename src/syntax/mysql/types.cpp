#include "syntax/mysql/types.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "syntax/mysql/tokens.h"

namespace relata::syntax::mysql {

namespace {

/// Every name that a type goes by, and the one that the server keeps.
struct Synonym {
  std::string_view written;
  std::string_view kept;
};

constexpr std::array synonyms{
    Synonym{"integer", "int"},
    Synonym{"int1", "tinyint"},
    Synonym{"int2", "smallint"},
    Synonym{"int3", "mediumint"},
    Synonym{"middleint", "mediumint"},
    Synonym{"int4", "int"},
    Synonym{"int8", "bigint"},
    Synonym{"dec", "decimal"},
    Synonym{"numeric", "decimal"},
    Synonym{"fixed", "decimal"},
    Synonym{"float4", "float"},
    Synonym{"float8", "double"},
    Synonym{"real", "double"},
    Synonym{"double precision", "double"},
    Synonym{"character", "char"},
    Synonym{"nchar", "char"},
    Synonym{"national char", "char"},
    Synonym{"national character", "char"},
    Synonym{"character varying", "varchar"},
    Synonym{"char varying", "varchar"},
    Synonym{"varcharacter", "varchar"},
    Synonym{"nvarchar", "varchar"},
    Synonym{"national varchar", "varchar"},
    Synonym{"national varcharacter", "varchar"},
    Synonym{"national char varying", "varchar"},
    Synonym{"national character varying", "varchar"},
    Synonym{"nchar varchar", "varchar"},
    Synonym{"nchar varcharacter", "varchar"},
    Synonym{"nchar varying", "varchar"},
    Synonym{"char byte", "binary"},
    Synonym{"character byte", "binary"},
    Synonym{"long", "mediumtext"},
    Synonym{"long varchar", "mediumtext"},
    Synonym{"long varcharacter", "mediumtext"},
    Synonym{"long char varying", "mediumtext"},
    Synonym{"long character varying", "mediumtext"},
    Synonym{"long varbinary", "mediumblob"},
    Synonym{"geomcollection", "geometrycollection"},
};

/// What type names have in common: the neutral kind, and which parts the server writes out.
struct TypeRow {
  std::string_view name;
  TypeKind kind;
  std::string_view unsigned_width = {};  ///< Display widths that MariaDB gives by itself.
  std::string_view signed_width = {};
  TypeKind unsigned_kind = TypeKind::native;
};

constexpr std::array type_rows{
    TypeRow{"tinyint", TypeKind::small_integer, "3", "4", TypeKind::small_integer},
    TypeRow{"smallint", TypeKind::small_integer, "5", "6", TypeKind::integer},
    TypeRow{"mediumint", TypeKind::integer, "8", "9", TypeKind::integer},
    TypeRow{"int", TypeKind::integer, "10", "11", TypeKind::big_integer},
    TypeRow{"bigint", TypeKind::big_integer, "20", "20", TypeKind::big_integer},
    TypeRow{"year", TypeKind::small_integer, "4", "4"},
    TypeRow{"decimal", TypeKind::decimal},
    TypeRow{"float", TypeKind::real},
    TypeRow{"double", TypeKind::double_precision},
    TypeRow{"bit", TypeKind::big_integer},
    TypeRow{"date", TypeKind::date},
    TypeRow{"time", TypeKind::time},
    TypeRow{"datetime", TypeKind::timestamp},
    TypeRow{"timestamp", TypeKind::timestamp_tz},
    TypeRow{"char", TypeKind::character},
    TypeRow{"varchar", TypeKind::varchar},
    TypeRow{"tinytext", TypeKind::text},
    TypeRow{"text", TypeKind::text},
    TypeRow{"mediumtext", TypeKind::text},
    TypeRow{"longtext", TypeKind::text},
    TypeRow{"binary", TypeKind::binary},
    TypeRow{"varbinary", TypeKind::binary},
    TypeRow{"tinyblob", TypeKind::binary},
    TypeRow{"blob", TypeKind::binary},
    TypeRow{"mediumblob", TypeKind::binary},
    TypeRow{"longblob", TypeKind::binary},
    TypeRow{"enum", TypeKind::enumeration},
    TypeRow{"set", TypeKind::text},
    TypeRow{"json", TypeKind::json},
    TypeRow{"uuid", TypeKind::uuid},
    TypeRow{"inet4", TypeKind::inet},
    TypeRow{"inet6", TypeKind::inet},
};

const TypeRow* find_type(std::string_view name) {
  const auto* row = std::ranges::find(type_rows, name, &TypeRow::name);
  return row == type_rows.end() ? nullptr : row;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string with_numbers(std::string_view name, const std::vector<std::string>& numbers) {
  std::string text(name);
  if (!numbers.empty()) text += "(" + join(numbers, ",") + ")";
  return text;
}

/// Labels of enum and set: blanks at their end are dropped by the server.
std::vector<std::string> trimmed_labels(const std::vector<std::string>& labels) {
  std::vector<std::string> result;
  for (const std::string& label : labels) {
    result.push_back(label.substr(0, label.find_last_not_of(' ') + 1));
  }
  return result;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

/// The numbers that the server keeps for the type, of those that were written.
void settle_numbers(TypeWords& words, const TypeRow& row) {
  std::vector<std::string>& numbers = words.numbers;
  const std::string_view name = words.name;
  if (name == "decimal") {
    if (numbers.empty() || numbers[0] == "0") numbers = {"10"};
    if (numbers.size() == 1) numbers.emplace_back("0");
  } else if (is_one_of(name, {"float", "double"})) {
    if (numbers.size() == 1) {
      // The number chooses between the two types: float(0-24), float(25-53).
      if (name == "float" && number(numbers[0]) > 24) words.name = "double";
      numbers.clear();
    }
  } else if (is_one_of(name, {"bit", "char", "binary"})) {
    if (numbers.empty()) numbers = {"1"};
  } else if (is_one_of(name, {"time", "datetime", "timestamp"})) {
    if (!numbers.empty() && numbers[0] == "0") numbers.clear();
  } else if (!row.signed_width.empty()) {
    const std::string_view usual =
        words.is_unsigned && name != "year" ? row.unsigned_width : row.signed_width;
    if (!numbers.empty() && numbers[0] == "0") numbers.clear();
    if (words.zerofill) {
      if (numbers.empty()) numbers = {std::string(usual)};
    } else if (!numbers.empty() && numbers[0] == usual) {
      numbers.clear();
    }
  } else if (is_one_of(name, {"text", "blob"}) && !numbers.empty()) {
    words.name = text_type_for(static_cast<std::size_t>(number(numbers[0])), name == "blob");
    numbers.clear();
  }
}

void fill_neutral(Type& type, const TypeWords& words, const TypeRow& row) {
  type.kind = row.kind;
  const std::string_view name = words.name;
  const int first = words.numbers.empty() ? 0 : number(words.numbers[0]);
  if (words.is_unsigned && row.unsigned_kind != TypeKind::native) type.kind = row.unsigned_kind;
  if (name == "tinyint" && first == 1) type.kind = TypeKind::boolean;
  if (name == "bit") {
    if (first == 1) {
      type.kind = TypeKind::boolean;
    } else if (first < 32) {
      type.kind = first < 16 ? TypeKind::small_integer : TypeKind::integer;
    }
  }
  if (name == "decimal") {
    type.precision = first;
    type.scale = number(words.numbers[1]);
  }
  if (is_one_of(name, {"char", "varchar", "binary", "varbinary"})) type.length = first;
  if (name == "enum") type.values = words.labels;
}

/// Reads the words of a type from its tokens.
class WordReader {
 public:
  explicit WordReader(std::string_view text) : tokens_(tokenize(text)) {}

  /// False when there is something that belongs to no type.
  bool read(TypeWords& words) {
    for (const Token* token = &tokens_[0]; token->kind != TokenKind::end; token = &tokens_[next_]) {
      ++next_;
      if (is_symbol(*token, "(")) {
        if (!read_parentheses(words)) return false;
      } else if (token->kind != TokenKind::word) {
        return false;
      } else if (is_word(*token, "unsigned")) {
        words.is_unsigned = true;
      } else if (is_word(*token, "zerofill")) {
        words.zerofill = true;
      } else if (!is_word(*token, "signed")) {
        if (!words.name.empty()) words.name += ' ';
        words.name += to_lower(token->text);
      }
    }
    return !words.name.empty();
  }

 private:
  bool read_parentheses(TypeWords& words) {
    for (;;) {
      const Token& token = tokens_[next_];
      if (token.kind == TokenKind::end) return false;
      ++next_;
      if (is_symbol(token, ")")) return true;
      if (token.kind == TokenKind::string) {
        words.labels.push_back(string_value(token.text));
      } else if (token.kind == TokenKind::number) {
        words.numbers.emplace_back(token.text);
      } else if (!is_symbol(token, ",")) {
        return false;
      }
    }
  }

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

}  // namespace

std::string_view text_type_for(std::size_t bytes, bool binary) {
  if (bytes < 256) return binary ? "tinyblob" : "tinytext";
  if (bytes < 65536) return binary ? "blob" : "text";
  if (bytes < 16777216) return binary ? "mediumblob" : "mediumtext";
  return binary ? "longblob" : "longtext";
}

Type type_of(const TypeWords& written) {
  TypeWords words = written;
  if (words.name == "bool" || words.name == "boolean") {
    words.name = "tinyint";
    words.numbers = {"1"};
  } else if (words.name == "serial") {
    words.name = "bigint";
    words.is_unsigned = true;
  }
  const auto* synonym =
      std::ranges::find(synonyms, std::string_view(words.name), &Synonym::written);
  if (synonym != synonyms.end()) words.name = synonym->kept;
  if (words.zerofill) words.is_unsigned = true;
  words.labels = trimmed_labels(words.labels);

  Type type;
  const TypeRow* row = find_type(words.name);
  if (row != nullptr) {
    settle_numbers(words, *row);
    row = find_type(words.name);
    fill_neutral(type, words, *row);
  } else {
    type.kind = TypeKind::native;
  }
  type.spelling = with_numbers(words.name, words.numbers);
  if (!words.labels.empty()) {
    std::vector<std::string> quoted;
    for (const std::string& label : words.labels) quoted.push_back(quoted_string(label));
    type.spelling += "(" + join(quoted, ",") + ")";
  }
  if (words.is_unsigned) type.spelling += " unsigned";
  if (words.zerofill) type.spelling += " zerofill";
  if (type.kind == TypeKind::native) type.name = type.spelling;
  return type;
}

Type column_type(std::string_view text) {
  TypeWords words;
  if (WordReader(text).read(words)) return type_of(words);
  Type type = simple_type(TypeKind::native);
  type.spelling = text;
  type.name = text;
  return type;
}

std::string_view base_type(const Type& type) {
  const std::string_view spelling = type.spelling;
  return spelling.substr(0, spelling.find_first_of(" ("));
}

bool has_character_set(const Type& type) {
  return is_one_of(base_type(type), {"char", "varchar", "tinytext", "text", "mediumtext",
                                     "longtext", "enum", "set"});
}

bool is_numeric(const Type& type) {
  return is_one_of(base_type(type), {"tinyint", "smallint", "mediumint", "int", "bigint", "decimal",
                                     "float", "double", "bit", "year"});
}

}  // namespace relata::syntax::mysql
