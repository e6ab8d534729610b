// Constraints and indexes, in CREATE TABLE and apart.
#include <algorithm>

#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

std::string deferral(bool deferrable, bool deferred) {
  if (!deferrable) return {};
  return deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
}

/// What stands behind the columns of a key: " INCLUDE (...) WITH (...) USING INDEX TABLESPACE x".
std::string index_settings(const std::vector<std::string>& include,
                           const std::vector<Option>& options, const PostgresDialect& dialect) {
  std::string text;
  if (!include.empty()) text += " INCLUDE (" + dialect.identifiers(include) + ")";
  const std::string parameters = storage_parameters(options, dialect);
  if (!parameters.empty()) text += " WITH (" + parameters + ")";
  const std::string_view space = option_value(options, "tablespace");
  if (!space.empty()) text += " USING INDEX TABLESPACE " + dialect.identifier(space);
  return text;
}

std::string named(const std::string& name, const PostgresDialect& dialect) {
  return name.empty() ? "" : "CONSTRAINT " + dialect.identifier(name) + " ";
}

/// Both on one line where they fit, else one below the other.
std::string two_lines(const std::string& first, const std::string& second) {
  constexpr std::size_t width = 96;
  const bool fits = code_points(first) + code_points(second) < width;
  return first + (fits ? " " : "\n    ") + second;
}

/// Whether the columns are those of a key that stands in the CREATE TABLE.
bool has_key(const Table& table, std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  const auto same = [&](std::vector<std::string> key) {
    std::sort(key.begin(), key.end());
    return key == columns;
  };
  return columns.empty() || (table.primary_key && same(table.primary_key->columns)) ||
         std::any_of(table.uniques.begin(), table.uniques.end(),
                     [&](const Unique& unique) { return same(unique.columns); });
}

}  // namespace

std::string NativeWriter::constraint(const PrimaryKey& key) const {
  return named(key.name, dialect_) + "PRIMARY KEY (" + dialect_.identifiers(key.columns) +
         (key.without_overlaps ? " WITHOUT OVERLAPS)" : ")") +
         index_settings(key.include, key.options, dialect_) +
         deferral(key.deferrable, key.initially_deferred);
}

std::string NativeWriter::constraint(const Unique& unique) const {
  return named(unique.name, dialect_) + "UNIQUE " +
         (unique.nulls_not_distinct ? "NULLS NOT DISTINCT " : "") + "(" +
         dialect_.identifiers(unique.columns) +
         (unique.without_overlaps ? " WITHOUT OVERLAPS)" : ")") +
         index_settings(unique.include, unique.options, dialect_) +
         deferral(unique.deferrable, unique.initially_deferred);
}

std::string NativeWriter::constraint(const Check& check) const {
  return named(check.name, dialect_) + "CHECK " + in_parentheses(text(check.expression)) +
         (check.no_inherit ? " NO INHERIT" : "") + (check.enforced ? "" : " NOT ENFORCED") +
         (check.validated ? "" : " NOT VALID");
}

std::string NativeWriter::constraint(const Exclusion& exclusion) const {
  std::string parts;
  for (std::size_t at = 0; at < exclusion.parts.size(); ++at) {
    parts += (at == 0 ? "" : ", ") + index_part(exclusion.parts[at]);
    if (at < exclusion.operators.size()) parts += " WITH " + exclusion.operators[at];
  }
  return named(exclusion.name, dialect_) + "EXCLUDE USING " +
         (exclusion.method.empty() ? "btree" : exclusion.method) + " (" + parts + ")" +
         index_settings(exclusion.include, exclusion.options, dialect_) +
         (exclusion.where ? " WHERE " + in_parentheses(text(*exclusion.where)) : "") +
         deferral(exclusion.deferrable, exclusion.initially_deferred);
}

std::string NativeWriter::constraint(const ForeignKey& key) const {
  const auto columns = [&](const std::vector<std::string>& names) {
    if (!key.period || names.empty()) return dialect_.identifiers(names);
    const std::vector<std::string> others(names.begin(), names.end() - 1);
    return dialect_.identifiers(others) + (others.empty() ? "" : ", ") + "PERIOD " +
           identifier(names.back());
  };
  const std::string first =
      named(key.name, dialect_) + "FOREIGN KEY (" + columns(key.columns) + ")";
  std::string line = "REFERENCES " + name(key.table_schema, key.table);
  if (!key.referenced.empty()) line += " (" + columns(key.referenced) + ")";
  if (key.match_full) line += " MATCH FULL";
  if (key.on_delete != ReferentialAction::no_action) {
    line += " ON DELETE " + std::string(action_words(key.on_delete));
    if (!key.set_null_columns.empty()) {
      line += " (" + dialect_.identifiers(key.set_null_columns) + ")";
    }
  }
  if (key.on_update != ReferentialAction::no_action) {
    line += " ON UPDATE " + std::string(action_words(key.on_update));
  }
  line += deferral(key.deferrable, key.initially_deferred);
  if (!key.enforced) line += " NOT ENFORCED";
  if (!key.validated) line += " NOT VALID";
  return two_lines(first, line);
}

std::string NativeWriter::part_constraint(const Table& table, const TablePart& part) const {
  switch (part.kind) {
    case TablePart::Kind::check:
      return constraint(table.checks[part.place]);
    case TablePart::Kind::exclusion:
      return constraint(table.exclusions[part.place]);
    case TablePart::Kind::foreign_key:
      return constraint(table.foreign_keys[part.place]);
    case TablePart::Kind::default_value:
    case TablePart::Kind::index:
      break;
  }
  return {};
}

/// Whether the table has it from its parent, and it is not to be made again.
bool NativeWriter::is_inherited(const Table& table, const TablePart& part) const {
  const bool attached = ancestry(table) == Ancestry::attached;
  if (part.kind == TablePart::Kind::foreign_key) return table.foreign_keys[part.place].inherited;
  // What is attached must have the checks of its parent already.
  if (part.kind == TablePart::Kind::check) return table.checks[part.place].inherited && !attached;
  if (part.kind == TablePart::Kind::default_value) {
    return !is_listed(table, table.columns[part.place]) ||
           plan_.serial.count({&table, table.columns[part.place].name}) > 0;
  }
  return false;
}

/// Whether a part of a table can stand in its CREATE TABLE (an index: right behind it).
bool NativeWriter::stands_in_create(const TableItem& item, const TablePart& part) const {
  const Table& table = *item.table;
  if (!plan_.fits_inside(part, item_)) return false;
  if (part.kind == TablePart::Kind::check) return table.checks[part.place].validated;
  if (part.kind == TablePart::Kind::foreign_key) {
    const ForeignKey& key = table.foreign_keys[part.place];
    // A key that leads to the table itself and to an index, which is made afterwards.
    const bool to_itself = key.table == table.name && key.table_schema == table.schema;
    return key.validated && (!to_itself || has_key(table, key.referenced));
  }
  return true;
}

std::string NativeWriter::index_part(const IndexPart& part) const {
  std::string line = part.expression.operation == Operation::column
                         ? identifier(part.expression.text)
                         : in_parentheses(text(part.expression));
  if (!part.collation.empty()) line += " COLLATE " + collation(part.collation);
  if (!part.operator_class.empty()) line += " " + part.operator_class;
  if (part.descending) line += " DESC";
  if (part.nulls_first) line += *part.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return line;
}

void NativeWriter::print_index(const std::string& relation, const Index& index, bool only) {
  std::vector<std::string> parts;
  for (const IndexPart& part : index.parts) parts.push_back(index_part(part));
  std::string line = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  line += identifier(index.name) + (only ? " ON ONLY " : " ON ") + relation;
  if (!index.method.empty() && index.method != "btree") line += " USING " + index.method;
  line += " (" + join(parts, ", ") + ")";
  if (!index.include.empty()) line += " INCLUDE (" + dialect_.identifiers(index.include) + ")";
  if (index.nulls_not_distinct) line += " NULLS NOT DISTINCT";
  const std::string parameters = storage_parameters(index.options, dialect_);
  if (!parameters.empty()) line += " WITH (" + parameters + ")";
  const std::string_view space = option_value(index.options, "tablespace");
  if (!space.empty()) line += " TABLESPACE " + identifier(space);
  statement(index.where ? two_lines(line, "WHERE " + text(*index.where)) : line);
}

void NativeWriter::print_indexes(const TableItem& item) {
  const Table& table = *item.table;
  for (const TablePart& part : item.parts) {
    if (part.kind != TablePart::Kind::index) continue;
    const Index& index = table.indexes[part.place];
    if (!index.valid) {
      sink_.note("invalid-index",
                 "the index " + index.name + " is not valid in the database, and left out", {}, {},
                 "CREATE INDEX CONCURRENTLY leaves such an index behind when it fails");
    } else if (!index.only && !is_made_by_parent(table, index)) {
      if (plan_.fits_inside(part, item_)) {
        print_index(name(table), index, false);
        print_index_statistics(table.schema, index);
      } else {
        later_.emplace_back(&item, &part);
      }
    }
  }
}

void NativeWriter::print_index_statistics(const std::string& space, const Index& index) {
  constexpr std::string_view prefix = "statistics ";
  for (const Option& option : index.options) {
    if (!option.name.starts_with(prefix)) continue;
    statement("ALTER INDEX " + name(space, index.name) + " ALTER COLUMN " +
              option.name.substr(prefix.size()) + " SET STATISTICS " + option.value);
  }
}

void NativeWriter::add_part(const TableItem& item, const TablePart& part) {
  const Table& table = *item.table;
  if (part.kind == TablePart::Kind::index) {
    print_index(name(table), table.indexes[part.place], false);
    print_index_statistics(table.schema, table.indexes[part.place]);
  } else if (part.kind == TablePart::Kind::default_value) {
    const Column& column = table.columns[part.place];
    statement("ALTER TABLE ONLY " + name(table) + " ALTER COLUMN " + identifier(column.name) +
              " SET DEFAULT " + default_text(text(*column.default_value)));
  } else {
    statement(two_lines("ALTER TABLE " + name(table), "ADD " + part_constraint(table, part)));
  }
}

void NativeWriter::print_later_parts() {
  // Keys last: they may lead to what is still to come here.
  std::stable_sort(later_.begin(), later_.end(), [](const auto& a, const auto& b) {
    return a.second->kind == TablePart::Kind::index && b.second->kind != TablePart::Kind::index;
  });
  for (const auto& [item, part] : later_) {
    section("what refers to later tables");
    look_in(item->table->schema);
    add_part(*item, *part);
  }
}

}  // namespace relata
