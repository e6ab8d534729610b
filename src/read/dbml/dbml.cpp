#include "read/dbml/dbml.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "dialect/dialect.h"
#include "read/dbml/document.h"
#include "read/dbml/types.h"
#include "syntax/canonical.h"

namespace relata::dbml {
namespace {

class Builder {
 public:
  Builder(const SourceFile& file, const Document& document, const Database& database,
          DiagnosticSink& sink)
      : file_(file),
        document_(document),
        database_(database),
        dialect_(*find_dialect(database.dialect)),
        sink_(sink) {}

  Schema run() {
    schema_.dialect = database_.dialect;
    for (const EnumBlock& block : document_.enums) add_enum(block);
    for (const TableBlock& block : document_.tables) {
      if (block.partial) partials_.emplace(block.name.name, &block);
    }
    for (const TableBlock& block : document_.tables) {
      if (!block.partial) add_table(block);
    }
    for (const Reference& reference : inline_references_) add_reference(reference);
    for (const Reference& reference : document_.references) add_reference(reference);
    return std::move(schema_);
  }

 private:
  [[nodiscard]] Origin origin(Span span) const { return {file_.name, span, "dbml", 1.0, {}}; }

  /// The name that PostgreSQL would give; empty where the engine's own names are left to it.
  [[nodiscard]] std::string constraint_name(const Table& table,
                                            const std::vector<std::string>& columns,
                                            std::string_view suffix) const {
    return database_.names_constraints ? made_name(table, columns, suffix) : std::string();
  }
  [[nodiscard]] std::string made_name(const Table& table, const std::vector<std::string>& columns,
                                      std::string_view suffix) const {
    std::string name = table.name;
    for (const std::string& column : columns) name += "_" + column;
    return dialect_.fit(name + "_" + std::string(suffix));
  }

  [[nodiscard]] Expression sql(std::string text) const {
    Expression expression;
    expression.operation = Operation::sql;
    expression.dialect = database_.dialect;
    expression.text = std::move(text);
    return expression;
  }

  void add_enum(const EnumBlock& block) {
    enums_.emplace(block.name, block.values);
    if (!database_.enum_types) return;
    add_namespace(block.name.schema);
    schema_.enumerations.push_back(
        {block.name.schema, block.name.name, block.values, {}, origin(block.span)});
  }

  void add_namespace(const std::string& name) {
    const auto known = std::any_of(schema_.namespaces.begin(), schema_.namespaces.end(),
                                   [&](const Namespace& n) { return n.name == name; });
    if (!name.empty() && !known) schema_.namespaces.push_back({name, {}, {}});
  }

  void add_table(const TableBlock& block) {
    Table table;
    table.schema = block.name.schema;
    table.name = block.name.name;
    table.comment = block.note;
    table.origin = origin(block.span);
    add_namespace(table.schema);
    for (const std::string& name : block.partials) {
      const auto partial = partials_.find(name);
      if (partial == partials_.end()) {
        sink_.error("dbml-unknown-partial", "there is no TablePartial '" + name + "'", file_.name,
                    block.span);
        continue;
      }
      add_lines(*partial->second, table);
    }
    add_lines(block, table);
    const QualifiedName name{table.schema, table.name};
    if (!tables_.emplace(name, schema_.tables.size()).second) {
      sink_.error("dbml-duplicate", "there are two tables named '" + table.name + "'", file_.name,
                  block.span);
      return;
    }
    if (!block.alias.empty()) aliases_.emplace(block.alias, name);
    schema_.tables.push_back(std::move(table));
  }

  void add_lines(const TableBlock& block, Table& table) {
    for (const ColumnLine& line : block.columns) add_column(line, block, table);
    for (const IndexLine& line : block.indexes) add_index(line, table);
    for (const CheckLine& line : block.checks) {
      const Setting* name = find(line.settings, "name");
      add_check(line.expression, name == nullptr ? "" : name->text(), {}, line.span, table);
    }
  }

  void add_column(const ColumnLine& line, const TableBlock& block, Table& table) {
    // The table's own line wins over that of a partial.
    std::erase_if(table.columns, [&](const Column& c) { return c.name == line.name; });
    Column column;
    column.name = line.name;
    column.type = database_.type_of(line.type, enums_);
    column.origin = origin(line.span);
    const bool key = find(line.settings, "pk") || find(line.settings, "primary key");
    column.nullable = !key && find(line.settings, "not null") == nullptr;
    if (find(line.settings, "increment") || to_lower(line.type).ends_with("serial")) {
      column.identity = Identity{};
      column.nullable = false;
    }
    if (const Setting* note = find(line.settings, "note")) column.comment = note->text();
    if (const Setting* value = find(line.settings, "default")) set_default(*value, column);
    table.columns.push_back(std::move(column));
    if (key) add_to_primary_key(line, table);
    if (find(line.settings, "unique")) {
      Unique unique;
      unique.name = constraint_name(table, {line.name}, "key");
      unique.columns = {line.name};
      unique.origin = origin(line.span);
      table.uniques.push_back(std::move(unique));
    }
    for (const Setting& setting : line.settings) {
      if (setting.name == "check") {
        add_check(setting.text(), "", line.name, setting.span, table);
      } else if (setting.name == "ref") {
        add_inline_reference(setting, line, block);
      }
    }
  }

  void add_to_primary_key(const ColumnLine& line, Table& table) {
    if (!table.primary_key) {
      table.primary_key.emplace();
      table.primary_key->name = constraint_name(table, {}, "pkey");
      table.primary_key->origin = origin(line.span);
    }
    table.primary_key->columns.push_back(line.name);
  }

  void set_default(const Setting& setting, Column& column) {
    if (setting.value.empty()) return;
    std::string text;
    for (const Token& token : setting.value) text += token.text;
    switch (setting.value.front().kind) {
      case TokenKind::string:
      case TokenKind::quoted_name:
        column.default_value = sql(dialect_.string_literal(setting.value.front().text));
        break;
      default:
        if (to_lower(text) != "null") column.default_value = sql(std::move(text));
    }
  }

  void add_check(const std::string& expression, const std::string& name, const std::string& column,
                 Span span, Table& table) {
    Check check;
    check.expression = sql(expression);
    check.name = name;
    if (check.name.empty()) {
      check.name = constraint_name(
          table, column.empty() ? std::vector<std::string>{} : std::vector{column}, "check");
      const auto taken = [&] {
        return std::any_of(table.checks.begin(), table.checks.end(),
                           [&](const Check& c) { return c.name == check.name; });
      };
      const std::string base = check.name;
      for (int i = 1; !base.empty() && taken(); ++i) check.name = base + std::to_string(i);
    }
    check.origin = origin(span);
    table.checks.push_back(std::move(check));
  }

  void add_index(const IndexLine& line, Table& table) {
    std::vector<std::string> columns;
    Index index;
    for (const IndexPartLine& part : line.parts) {
      index.parts.emplace_back();
      index.parts.back().expression =
          part.expression ? sql(part.text) : expression::column(part.text);
      columns.push_back(part.expression ? "expr" : part.text);
    }
    if (find(line.settings, "pk")) {
      PrimaryKey key;
      const Setting* name = find(line.settings, "name");
      key.name = name != nullptr ? name->text() : constraint_name(table, {}, "pkey");
      key.columns = columns;
      key.origin = origin(line.span);
      table.primary_key = std::move(key);
      for (Column& column : table.columns) {
        if (std::find(columns.begin(), columns.end(), column.name) != columns.end()) {
          column.nullable = false;
        }
      }
      return;
    }
    index.unique = find(line.settings, "unique") != nullptr;
    if (const Setting* type = find(line.settings, "type")) {
      const std::string method = to_lower(type->text());
      if (method != "btree") index.method = method;
    }
    if (const Setting* note = find(line.settings, "note")) index.comment = note->text();
    const Setting* name = find(line.settings, "name");
    index.name = name != nullptr ? name->text() : made_name(table, columns, "idx");
    index.origin = origin(line.span);
    table.indexes.push_back(std::move(index));
  }

  void add_inline_reference(const Setting& setting, const ColumnLine& line,
                            const TableBlock& block) {
    Reference reference;
    reference.span = setting.span;
    if (block.partial) {
      sink_.warning("dbml-partial-reference",
                    "references of a TablePartial are left out: write them at the tables",
                    file_.name, setting.span);
      return;
    }
    reference.left = {block.name, {line.name}};
    std::vector<std::string> names;
    for (const Token& token : setting.value) {
      if (token.is_name()) names.push_back(token.text);
      if (token.is('>') || token.is('<') || token.is('-')) reference.relation += token.text;
    }
    if (names.size() < 2 || reference.relation.empty()) {
      sink_.error("dbml-syntax", "a reference is written as ref: > table.column", file_.name,
                  setting.span);
      return;
    }
    reference.right.columns = {names.back()};
    reference.right.table.name = names[names.size() - 2];
    if (names.size() > 2 && names[names.size() - 3] != "public") {
      reference.right.table.schema = names[names.size() - 3];
    }
    inline_references_.push_back(std::move(reference));
  }

  Table* find_table(const End& end, Span span) {
    auto found = tables_.find(end.table);
    if (found == tables_.end()) {
      const auto alias = aliases_.find(end.table.name);
      if (alias != aliases_.end()) found = tables_.find(alias->second);
    }
    if (found == tables_.end()) {
      sink_.error("dbml-unknown-table", "there is no table '" + end.table.name + "'", file_.name,
                  span);
      return nullptr;
    }
    Table& table = schema_.tables[found->second];
    for (const std::string& column : end.columns) {
      if (table.find_column(column) != nullptr) continue;
      sink_.error("dbml-unknown-column",
                  "the table '" + table.name + "' has no column '" + column + "'", file_.name,
                  span);
      return nullptr;
    }
    return &table;
  }

  void add_reference(const Reference& reference) {
    Table* left = find_table(reference.left, reference.span);
    Table* right = find_table(reference.right, reference.span);
    if (left == nullptr || right == nullptr) return;
    if (reference.relation == "<>") {
      add_junction(reference, left->name, right->name);
    } else if (reference.relation == "<") {
      add_key(reference, *right, reference.right.columns, *left, reference.left.columns);
    } else {
      add_key(reference, *left, reference.left.columns, *right, reference.right.columns);
    }
  }

  void add_key(const Reference& reference, Table& child, const std::vector<std::string>& columns,
               const Table& parent, const std::vector<std::string>& referenced) {
    ForeignKey key;
    key.columns = columns;
    key.table_schema = parent.schema;
    key.table = parent.name;
    key.referenced = referenced;
    key.name = reference.name.empty() ? constraint_name(child, columns, "fkey") : reference.name;
    if (const Setting* action = find(reference.settings, "delete")) key.on_delete = read(*action);
    if (const Setting* action = find(reference.settings, "update")) key.on_update = read(*action);
    key.origin = origin(reference.span);
    child.foreign_keys.push_back(std::move(key));
  }

  static ReferentialAction read(const Setting& setting) {
    std::string words;
    for (const Token& token : setting.value) {
      words += (words.empty() ? "" : " ") + to_lower(token.text);
    }
    if (words == "cascade") return ReferentialAction::cascade;
    if (words == "restrict") return ReferentialAction::restrict;
    if (words == "set null") return ReferentialAction::set_null;
    if (words == "set default") return ReferentialAction::set_default;
    return ReferentialAction::no_action;
  }

  /// Many to many: a table of pairs, named after both, whose columns are named after what they
  /// refer to.
  void add_junction(const Reference& reference, const std::string& left, const std::string& right) {
    Table table;
    table.name = dialect_.fit(left + "_" + right);
    table.intent.junction = true;
    table.origin = origin(reference.span);
    PrimaryKey primary;
    primary.name = constraint_name(table, {}, "pkey");
    for (const auto& [name, end] : {std::pair{left, &reference.left}, {right, &reference.right}}) {
      const Table& side = *find_table(*end, reference.span);
      ForeignKey key;
      for (const std::string& column : end->columns) {
        Column copy;
        copy.name = side.name + "_" + column;
        if (table.find_column(copy.name) != nullptr) copy.name += "_2";
        copy.type = side.find_column(column)->type;
        copy.nullable = false;
        copy.origin = table.origin;
        key.columns.push_back(copy.name);
        primary.columns.push_back(copy.name);
        table.columns.push_back(std::move(copy));
      }
      key.name = constraint_name(table, key.columns, "fkey");
      key.table_schema = side.schema;
      key.table = side.name;
      key.referenced = end->columns;
      key.origin = table.origin;
      table.foreign_keys.push_back(std::move(key));
    }
    table.primary_key = std::move(primary);
    schema_.tables.push_back(std::move(table));
  }

  const SourceFile& file_;
  const Document& document_;
  const Database& database_;
  const Dialect& dialect_;
  DiagnosticSink& sink_;
  Schema schema_;
  Enums enums_;
  std::map<std::string, const TableBlock*> partials_;
  std::map<QualifiedName, std::size_t> tables_;
  std::map<std::string, QualifiedName> aliases_;
  std::vector<Reference> inline_references_;
};

}  // namespace

std::optional<Schema> read_dbml(const SourceFile& file, DiagnosticSink& sink) {
  const Document document = parse(file, sink);
  if (document.tables.empty()) {
    sink.error("dbml-no-tables", "there is no table in this file", file.name);
    return std::nullopt;
  }
  const Database* database = find_database(document.database_type);
  if (database == nullptr) {
    sink.warning("dbml-database",
                 "'" + document.database_type + "' is not among Relata's databases", file.name, {},
                 "It is read as if it were for PostgreSQL.");
    database = find_database("");
  }
  Schema schema = Builder(file, document, *database, sink).run();
  syntax::canonicalize(schema);
  return schema;
}

}  // namespace relata::dbml
