#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "emit/code/names.h"
#include "model/schema.h"

namespace relata::emit::prisma7 {

/// The type of a field.
struct FieldType {
  std::string name;    ///< "String", an enum's name, or Unsupported("...").
  std::string native;  ///< "@db.VarChar(20)"; empty: the one that Prisma would take anyway.
  bool supported = true;
  bool exact = true;  ///< false: Prisma would make a type near to it.
  bool list = false;
  bool is_enum = false;
  std::size_t enumeration = 0;  ///< Place in Schema::enumerations, or among those of columns.
};

/// The enumerations of a schema as Prisma's enums: those that are types, and on MySQL those that
/// are written with a column.
struct EnumBlock {
  std::string name;
  QualifiedName database;           ///< Empty on MySQL: it has no name there.
  std::vector<std::string> values;  ///< In the database.
  std::vector<std::string> names;   ///< One a value.
  std::string comment;
};

/// What the types of a schema are to Prisma.
/// https://www.prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types
class Types {
 public:
  Types(const Schema& schema, const CodeNames& names);

  [[nodiscard]] FieldType field_type(const Table& table, std::size_t table_place,
                                     const Column& column);
  [[nodiscard]] const std::vector<EnumBlock>& enums() const { return enums_; }
  /// Whether the column's type is a domain, which Prisma sees through.
  [[nodiscard]] bool is_domain(const Column& column) const;
  /// Whether the column's domain refuses NULL.
  [[nodiscard]] bool refuses_null(const Column& column) const;
  /// The type below its domains.
  [[nodiscard]] const Type& base_type(const Type& type) const;

 private:
  [[nodiscard]] FieldType postgres_type(const Type& type) const;
  [[nodiscard]] FieldType mysql_type(const Type& type) const;
  [[nodiscard]] FieldType sqlite_type(const Type& type) const;
  [[nodiscard]] std::string free_enum_name(const std::string& wish);

  const Schema& schema_;
  const CodeNames& names_;
  std::vector<EnumBlock> enums_;
  std::unordered_map<std::string, std::size_t> enums_by_spelling_;
  std::unordered_map<std::string, const Domain*> domains_by_spelling_;
  std::unordered_map<std::string, bool> taken_;
};

/// The name of an enum's value as Prisma takes it: "2 days" is "n2_days".
[[nodiscard]] std::string enum_value_name(std::string_view value);

}  // namespace relata::emit::prisma7
