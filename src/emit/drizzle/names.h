#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace relata::emit::drizzle {

/// The names at the top of schema.ts: what it exports, and what it imports under other names where
/// they would be the same.
class Names {
 public:
  /// A table or view: has its name whatever Drizzle calls its functions.
  void export_as(std::string_view name);
  /// A name that nothing has yet, not even a function of Drizzle.
  [[nodiscard]] std::string claim(std::string_view wanted);
  [[nodiscard]] bool is_taken(std::string_view name) const;
  /// Whether it is what Drizzle calls one of its functions, or a global name that the file uses.
  [[nodiscard]] static bool is_function(std::string_view name);

  /// What to call a function of the dialect's module; it is imported.
  [[nodiscard]] std::string core(std::string_view function);
  /// The same for a type of that module.
  [[nodiscard]] std::string core_type(std::string_view type);
  /// The same for what drizzle-orm itself exports.
  [[nodiscard]] std::string orm(std::string_view name);
  [[nodiscard]] std::string orm_type(std::string_view name);
  /// The parameter that stands for a table's own columns.
  [[nodiscard]] std::string table_parameter() const;

  [[nodiscard]] std::vector<std::string> core_imports() const;
  [[nodiscard]] std::vector<std::string> orm_imports() const;

 private:
  struct Import {
    std::string local;
    bool is_type = false;
  };
  using Imports = std::map<std::string, Import, std::less<>>;
  std::string import_name(Imports& imports, std::string_view name, bool is_type);

  std::set<std::string, std::less<>> taken_;
  Imports core_;
  Imports orm_;
};

/// What a custom type's values are in TypeScript, and how the driver has them.
enum class CustomData {
  text,
  number,
  boolean,
  big_integer,     ///< bigint; the driver has a text.
  sqlite_integer,  ///< bigint; the driver has a number.
  buffer,
  hex_buffer,   ///< Buffer; written as \x... so that it can stand in an array.
  json,         ///< unknown; the driver has the value, or a text.
  decimal,      ///< string; the driver has a number.
  zero_or_one,  ///< boolean; the driver has a number.
  moment,       ///< Date; the driver has a text with an offset.
  utc_moment,   ///< Date; the driver has a text in UTC without an offset.
  iso_moment,   ///< Date; the driver has the text of toISOString().
  circle,       ///< A text; the driver has an object.
  unknown,
};

/// customType() for what Drizzle has no function for, each type once.
class CustomTypes {
 public:
  struct CustomType {
    std::string constant;
    std::string sql_type;
    CustomData data = CustomData::text;
  };
  /// The constant of the type, under a name like `wanted`.
  [[nodiscard]] std::string use(Names& names, std::string_view sql_type, CustomData data,
                                std::string_view wanted);
  [[nodiscard]] const std::vector<CustomType>& all() const { return all_; }

 private:
  std::vector<CustomType> all_;
  std::map<std::pair<std::string, CustomData>, std::string> by_type_;
};

/// "const bytea = customType<{ data: Buffer }>({...});" with a line end.
[[nodiscard]] std::string custom_type_text(const CustomTypes::CustomType& type,
                                           std::string_view function);

}  // namespace relata::emit::drizzle
