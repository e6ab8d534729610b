#include "live/sqlite/catalog_table.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>

#include "base/text.h"
#include "dialect/dialect.h"
#include "syntax/sqlite/table_text.h"
#include "syntax/sqlite/types.h"

namespace relata::live::sqlite {
namespace {

using syntax::sqlite::ColumnText;
using syntax::sqlite::ConstraintKind;
using syntax::sqlite::ConstraintText;
using syntax::sqlite::PartText;
using syntax::sqlite::read_table_text;
using syntax::sqlite::TableText;

struct ActionName {
  std::string_view name;
  ReferentialAction action;
};

constexpr std::array action_names{
    ActionName{"NO ACTION", ReferentialAction::no_action},
    ActionName{"RESTRICT", ReferentialAction::restrict},
    ActionName{"CASCADE", ReferentialAction::cascade},
    ActionName{"SET NULL", ReferentialAction::set_null},
    ActionName{"SET DEFAULT", ReferentialAction::set_default},
};

ReferentialAction action_of(std::string_view name) {
  const auto found = std::find_if(action_names.begin(), action_names.end(),
                                  [&](const ActionName& row) { return row.name == name; });
  return found == action_names.end() ? ReferentialAction::no_action : found->action;
}

/// The parts of a key as they must be written, where that is more than their names; else empty.
std::string spelled_parts(const std::vector<PartText>& parts) {
  const Dialect& dialect = *find_dialect("sqlite");
  bool plain = true;
  std::vector<std::string> spelled;
  for (const PartText& part : parts) {
    std::string text = dialect.identifier(part.name);
    if (!part.collation.empty()) text += " COLLATE " + dialect.identifier(part.collation);
    if (part.descending) text += " DESC";
    plain = plain && part.collation.empty() && !part.descending;
    spelled.push_back(std::move(text));
  }
  return plain ? std::string() : join(spelled, ", ");
}

class TableBuilder {
 public:
  TableBuilder(const ObjectRow& object, const TableRow& row, const CatalogRows& rows,
               DiagnosticSink& sink)
      : object_(object), row_(row), rows_(rows), sink_(sink) {}

  Table build() {
    table_.name = object_.name;
    table_.statement.text = object_.sql;
    if (row_.without_rowid) table_.options.push_back({"WITHOUT ROWID", {}});
    if (row_.strict) table_.options.push_back({"STRICT", {}});
    text_ = read_table_text(object_.sql);
    if (text_) {
      table_.comment = text_->comment;
      table_.origin.span = text_->name_span;
      for (const ColumnText& column : text_->columns) texts_[to_lower(column.name)] = &column;
    } else {
      sink_.warning("sqlite-text-not-understood",
                    "the text of the table " + object_.name +
                        " in sqlite_schema is not understood; its checks and the names of its "
                        "constraints are left out");
    }
    add_columns();
    add_constraints();
    add_foreign_keys();
    find_row_number();
    return std::move(table_);
  }

 private:
  void add_columns() {
    const auto found = rows_.columns.find(to_lower(object_.name));
    if (found == rows_.columns.end()) return;
    std::vector<std::pair<int, std::string>> key;
    for (const ColumnRow& row : found->second) {
      names_[to_lower(row.name)] = row.name;
      if (row.primary_key > 0) key.emplace_back(row.primary_key, row.name);
      table_.columns.push_back(column_of(row));
    }
    if (key.empty()) return;
    std::sort(key.begin(), key.end());
    table_.primary_key.emplace();
    for (auto& [place, name] : key) table_.primary_key->columns.push_back(std::move(name));
  }

  Column column_of(const ColumnRow& row) const {
    Column column;
    column.name = row.name;
    column.type = syntax::sqlite::type_of(row.type);
    column.nullable = !row.not_null;
    if (row.has_default) column.default_value = sql_of(row.default_value);
    const auto text = texts_.find(to_lower(row.name));
    if (text == texts_.end()) return column;
    column.comment = text->second->comment;
    column.origin.span = text->second->name_span;
    if (to_lower(text->second->collation) != "binary") column.collation = text->second->collation;
    for (const ConstraintText& constraint : text->second->constraints) {
      switch (constraint.kind) {
        case ConstraintKind::not_null:
          column.not_null_name = constraint.name;
          if (!constraint.conflict.empty()) {
            column.options.push_back({"NOT NULL ON CONFLICT", constraint.conflict});
          }
          break;
        case ConstraintKind::default_value:
          if (!constraint.name.empty()) {
            column.options.push_back({"DEFAULT CONSTRAINT", constraint.name});
          }
          break;
        case ConstraintKind::generated:
          column.generated = Generated{sql_of(constraint.expression), constraint.stored};
          break;
        default:
          break;
      }
    }
    return column;
  }

  /// The constraints in the order in which they are written, the columns' own first.
  void each_constraint(
      const std::function<void(const ConstraintText&, const ColumnText*)>& use) const {
    if (!text_) return;
    for (const ColumnText& column : text_->columns) {
      for (const ConstraintText& constraint : column.constraints) use(constraint, &column);
    }
    for (const ConstraintText& constraint : text_->constraints) use(constraint, nullptr);
  }

  [[nodiscard]] std::string real_name(const std::string& name) const {
    const auto found = names_.find(to_lower(name));
    return found == names_.end() ? name : found->second;
  }

  void add_constraints() {
    each_constraint([&](const ConstraintText& constraint, const ColumnText* column) {
      switch (constraint.kind) {
        case ConstraintKind::primary_key:
          describe_primary_key(constraint, column);
          break;
        case ConstraintKind::unique:
          add_unique(constraint, column);
          break;
        case ConstraintKind::check: {
          Check check{constraint.name, sql_of(constraint.expression), {}};
          if (column != nullptr) check.column = real_name(column->name);
          table_.checks.push_back(std::move(check));
          break;
        }
        default:
          break;
      }
    });
  }

  void describe_primary_key(const ConstraintText& constraint, const ColumnText* column) {
    if (!table_.primary_key) return;
    PrimaryKey& key = *table_.primary_key;
    key.name = constraint.name;
    autoincrement_ = constraint.autoincrement;
    std::vector<PartText> parts = named_parts(constraint, column);
    if (column != nullptr) descending_at_column_ = constraint.descending;
    if (std::string spelled = spelled_parts(parts); !spelled.empty()) {
      key.options.push_back({"columns", std::move(spelled)});
    }
    if (!constraint.conflict.empty()) key.options.push_back({"ON CONFLICT", constraint.conflict});
    // The indexes behind keys are numbered in the order in which the keys are written.
    if (!table_.uniques.empty()) {
      key.options.push_back({"place", std::to_string(table_.uniques.size() + 1)});
    }
  }

  void add_unique(const ConstraintText& constraint, const ColumnText* column) {
    Unique unique;
    unique.name = constraint.name;
    const std::vector<PartText> parts = named_parts(constraint, column);
    for (const PartText& part : parts) unique.columns.push_back(part.name);
    if (std::string spelled = spelled_parts(parts); !spelled.empty()) {
      unique.options.push_back({"columns", std::move(spelled)});
    }
    if (!constraint.conflict.empty()) {
      unique.options.push_back({"ON CONFLICT", constraint.conflict});
    }
    table_.uniques.push_back(std::move(unique));
  }

  [[nodiscard]] std::vector<PartText> named_parts(const ConstraintText& constraint,
                                                  const ColumnText* column) const {
    std::vector<PartText> parts = constraint.parts;
    if (column != nullptr) parts = {{column->name, column->name, {}, constraint.descending}};
    for (PartText& part : parts) part.name = real_name(part.name);
    return parts;
  }

  void add_foreign_keys() {
    const auto found = rows_.foreign_keys.find(to_lower(object_.name));
    if (found == rows_.foreign_keys.end()) return;
    std::vector<const ConstraintText*> texts;
    each_constraint([&](const ConstraintText& constraint, const ColumnText*) {
      if (constraint.kind == ConstraintKind::foreign_key) texts.push_back(&constraint);
    });
    const bool matched = texts.size() == found->second.size();
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const ForeignKeyRow& row = found->second[i];
      ForeignKey key;
      for (const std::string& column : row.columns) key.columns.push_back(real_name(column));
      key.table = row.table;
      key.referenced = row.referenced;
      key.on_delete = action_of(row.on_delete);
      key.on_update = action_of(row.on_update);
      if (matched) {
        key.name = texts[i]->name;
        key.deferrable = texts[i]->deferrable;
        key.initially_deferred = texts[i]->initially_deferred;
        key.match_full = texts[i]->match_full;
      }
      table_.foreign_keys.push_back(std::move(key));
    }
  }

  /// A key of one column that was declared INTEGER is the number of the row, save that "INTEGER
  /// PRIMARY KEY DESC" is not (https://sqlite.org/lang_createtable.html#rowid).
  void find_row_number() {
    if (!table_.primary_key || table_.primary_key->columns.size() != 1) return;
    if (row_.without_rowid || descending_at_column_) return;
    for (Column& column : table_.columns) {
      if (column.name != table_.primary_key->columns.front()) continue;
      if (to_lower(column.type.spelling) != "integer") return;
      column.identity.emplace();
      column.identity->automatic = autoincrement_;
      // There is no index behind it that would have an order or a number.
      std::erase_if(table_.primary_key->options, [](const Option& option) {
        return option.name == "columns" || option.name == "place";
      });
    }
  }

  const ObjectRow& object_;
  const TableRow& row_;
  const CatalogRows& rows_;
  DiagnosticSink& sink_;
  Table table_;
  std::optional<TableText> text_;
  std::unordered_map<std::string, const ColumnText*> texts_;
  std::unordered_map<std::string, std::string> names_;  ///< As declared, by lower case.
  bool autoincrement_ = false;
  bool descending_at_column_ = false;
};

}  // namespace

Expression sql_of(std::string text) {
  Expression result = expression::leaf(Operation::sql, std::move(text));
  result.dialect = "sqlite";
  return result;
}

Table table_of(const ObjectRow& object, const TableRow& row, const CatalogRows& rows,
               DiagnosticSink& sink) {
  return TableBuilder(object, row, rows, sink).build();
}

void take_referenced_types(Schema& schema) {
  std::unordered_map<std::string, const Table*> tables;
  for (const Table& table : schema.tables) tables[to_lower(table.name)] = &table;
  for (Table& table : schema.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      const auto found = tables.find(to_lower(key.table));
      if (found == tables.end()) continue;
      std::vector<std::string> referenced = key.referenced;
      if (referenced.empty() && found->second->primary_key) {
        referenced = found->second->primary_key->columns;
      }
      for (std::size_t i = 0; i < key.columns.size() && i < referenced.size(); ++i) {
        const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                         [&](const Column& c) { return c.name == key.columns[i]; });
        const Column* target = found->second->find_column(referenced[i]);
        if (column == table.columns.end() || target == nullptr) continue;
        if (!column->type.spelling.empty()) continue;
        column->type = target->type;
        column->type.spelling.clear();
      }
    }
  }
}

}  // namespace relata::live::sqlite
