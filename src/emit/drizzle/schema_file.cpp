#include <algorithm>

#include "base/text.h"
#include "emit/drizzle/files.h"

namespace relata::emit::drizzle {
namespace {

Code column_code(const PlannedColumn& column) {
  std::vector<Code> arguments = {string_literal(column.name)};
  for (const Code& argument : column.type.arguments) arguments.push_back(argument);
  std::vector<Code> calls = column.type.calls;
  calls.insert(calls.end(), column.calls.begin(), column.calls.end());
  return chain(call(column.type.function, std::move(arguments)), std::move(calls));
}

Code columns_code(const std::vector<PlannedColumn>& columns, std::size_t indent) {
  Code code = object({});
  code.expanded = !columns.empty();
  for (const PlannedColumn& column : columns) {
    code.keys.push_back(column.member);
    code.items.push_back(column_code(column));
    code.comments.push_back(doc_comment(column.comment, indent));
  }
  return code;
}

/// Writes schema.ts, the part below the imports first: it finds out what is imported.
class SchemaFile {
 public:
  explicit SchemaFile(Plan& plan) : plan_(plan), self_(plan.names.table_parameter()) {}

  std::string write() {
    std::string objects = write_objects();
    std::string tables;
    for (const PlannedTable& table : plan_.tables) tables += "\n" + write_table(table);
    for (const PlannedView& view : plan_.views) tables += "\n" + write_view(view);
    std::string types;
    for (const CustomTypes::CustomType& type : plan_.custom_types.all())
      types += "\n" + custom_type_text(type, core("customType"));
    std::string imports;
    if (const auto names = plan_.names.orm_imports(); !names.empty())
      imports += import_line(names, "drizzle-orm");
    if (const auto names = plan_.names.core_imports(); !names.empty())
      imports += import_line(names, plan_.flavor->module);
    for (const auto& [module, names] : plan_.type_imports) {
      imports += replace_all(import_line({names.begin(), names.end()}, module), "import {",
                             "import type {");
    }
    return imports + header() + types + objects + tables;
  }

 private:
  std::string core(std::string_view function) { return plan_.names.core(function); }

  /// What of the whole database is not in this file.
  std::string header() {
    const Schema& schema = plan_.schema();
    std::vector<std::string> parts;
    const auto add = [&](bool any, std::string_view what) {
      if (any) parts.emplace_back(what);
    };
    add(!schema.extensions.empty(), "extensions");
    add(!schema.domains.empty(), "domains");
    add(!schema.composite_types.empty(), "composite types");
    add(!schema.routines.empty(), "functions");
    add(!schema.grants.empty(), "privileges");
    for (const OtherObject& other : schema.others) {
      if (parts.empty() || parts.back() != other.kind) parts.push_back(other.kind);
    }
    add(plan_.flavor->dialect == "mysql", "storage engines, character sets, comments");
    add(plan_.flavor->dialect == "postgres", "comments");
    if (parts.empty()) return {};
    return "\n" + line_comment("In the database only: " + join(parts, ", "), 0);
  }

  /// core function, or a method of a namespace's constant.
  std::string in_space(const std::string& space, std::string_view function, std::string_view method,
                       bool whole = true) {
    if (space.empty()) return core(function);
    return (whole ? space + "." : "") + std::string(method);
  }

  std::string write_objects() {
    std::string out;
    for (const PlannedName& space : plan_.spaces) {
      out += "\n" + statement("export const " + space.constant + " = ",
                              call(core("pgSchema"), {string_literal(space.name)}), ";");
    }
    for (const PlannedName& role : plan_.roles) {
      out += "\n" + statement("export const " + role.constant + " = ",
                              chain(call(core("pgRole"), {string_literal(role.name)}),
                                    {call("existing", {})}),
                              ";");
    }
    for (std::size_t i = 0; i < plan_.enumerations.size(); ++i) out += write_enumeration(i);
    for (const PlannedSequence& sequence : plan_.sequences) out += write_sequence(sequence);
    return out;
  }

  std::string write_enumeration(std::size_t place) {
    const PlannedEnumeration& planned = plan_.enumerations[place];
    if (planned.constant.empty()) return {};
    const Enumeration& enumeration = *planned.enumeration;
    return "\n" + doc_comment(enumeration.comment, 0) +
           statement("export const " + planned.constant + " = ",
                     call(in_space(planned.space, "pgEnum", "enum"),
                          {string_literal(enumeration.name), strings(enumeration.values)}),
                     ";") +
           type_alias(plan_.code_names.enumerations[place],
                      "(typeof " + planned.constant + ".enumValues)[number]");
  }

  std::string write_sequence(const PlannedSequence& planned) {
    const Sequence& sequence = *planned.sequence;
    std::vector<Code> arguments = {string_literal(sequence.name)};
    auto members = number_options(sequence.options);
    if (!members.empty()) arguments.push_back(object(std::move(members)));
    std::vector<std::string> only;
    if (!sequence.type.empty() && sequence.type != "bigint") only.push_back("AS " + sequence.type);
    if (!sequence.owned_by_table.name.empty())
      only.push_back("OWNED BY " + sequence.owned_by_table.name + "." + sequence.owned_by_column);
    return "\n" + only_in_database(only) + doc_comment(sequence.comment, 0) +
           statement("export const " + planned.constant + " = ",
                     call(in_space(planned.space, "pgSequence", "sequence"), std::move(arguments)),
                     ";");
  }

  static std::string type_alias(const std::string& name, const std::string& type) {
    const std::string line = "export type " + name + " = " + type + ";";
    if (code_points(line) <= width) return line + "\n";
    return "export type " + name + " =\n  " + type + ";\n";
  }

  static std::string only_in_database(const std::vector<std::string>& what) {
    return what.empty() ? std::string()
                        : line_comment("In the database only: " + join(what, "; "), 0);
  }

  [[nodiscard]] std::string member(const PlannedTable& table, const std::string& column) const {
    const std::size_t place = static_cast<std::size_t>(&table - plan_.tables.data());
    return std::string(plan_.code_names.tables[place].member(table.table->columns, column));
  }

  /// table.projectId, one a column.
  [[nodiscard]] std::vector<Code> columns_of(std::string_view owner, const PlannedTable& table,
                                             const std::vector<std::string>& columns) const {
    std::vector<Code> items;
    for (const std::string& column : columns)
      items.push_back(text(std::string(owner) + "." + member(table, column)));
    return items;
  }

  Code primary_key(const PlannedTable& table, const PlannedKey& key) {
    std::vector<std::pair<std::string, Code>> members;
    members.emplace_back("name", string_literal(key.name));
    members.emplace_back("columns", array(columns_of(self_, table, key.columns)));
    return call(core("primaryKey"), {object(std::move(members))});
  }

  Code unique(const PlannedTable& table, const PlannedKey& key) {
    std::vector<Code> calls = {call("on", columns_of(self_, table, key.columns))};
    if (key.nulls_not_distinct) calls.push_back(call("nullsNotDistinct", {}));
    return chain(call(core("unique"), {string_literal(key.name)}), std::move(calls));
  }

  Code foreign_key(const PlannedTable& table, const PlannedForeignKey& key) {
    const PlannedTable& target = plan_.tables[key.table];
    const std::string& owner = &target == &table ? self_ : target.constant;
    std::vector<std::pair<std::string, Code>> members;
    if (!key.name.empty()) members.emplace_back("name", string_literal(key.name));
    members.emplace_back("columns", array(columns_of(self_, table, key.columns)));
    members.emplace_back("foreignColumns", array(columns_of(owner, target, key.referenced)));
    std::vector<Code> calls;
    if (key.on_delete != "no action")
      calls.push_back(call("onDelete", {string_literal(key.on_delete)}));
    if (key.on_update != "no action")
      calls.push_back(call("onUpdate", {string_literal(key.on_update)}));
    return chain(call(core("foreignKey"), {object(std::move(members))}), std::move(calls));
  }

  Code index_part(const PlannedTable& table, const PlannedIndexPart& part) {
    if (part.is_expression) return plan_.sql(part.text);
    std::string code = self_ + "." + member(table, part.text);
    if (!part.operator_class.empty())
      code += ".op(" + string_literal(part.operator_class).text + ")";
    if (plan_.flavor->dialect != "postgres") return text(code);
    if (!part.ascending) code += part.nulls_first ? ".desc().nullsFirst()" : ".desc().nullsLast()";
    if (part.ascending && part.nulls_first) code += ".asc().nullsFirst()";
    return text(code);
  }

  Code index(const PlannedTable& table, const PlannedIndex& planned) {
    std::vector<Code> parts;
    const bool plain = planned.method == "btree" || plan_.flavor->dialect != "postgres";
    if (!plain) parts.push_back(string_literal(planned.method));
    for (const PlannedIndexPart& part : planned.parts) parts.push_back(index_part(table, part));
    std::vector<Code> calls = {call(plain ? "on" : "using", std::move(parts))};
    if (planned.where) calls.push_back(call("where", {plan_.sql(*planned.where)}));
    if (!planned.with.empty()) {
      std::vector<std::pair<std::string, Code>> members;
      for (const auto& [name, value] : planned.with)
        members.emplace_back(name, string_literal(value));
      calls.push_back(call("with", {object(std::move(members))}));
    }
    return chain(
        call(core(planned.unique ? "uniqueIndex" : "index"), {string_literal(planned.name)}),
        std::move(calls));
  }

  Code role(const std::string& name) {
    for (const PlannedName& planned : plan_.roles) {
      if (planned.name == name) return text(planned.constant);
    }
    return string_literal(name);
  }

  Code policy(const PlannedPolicy& planned) {
    std::vector<std::pair<std::string, Code>> members;
    if (!planned.permissive) members.emplace_back("as", string_literal("restrictive"));
    if (planned.command != "all") members.emplace_back("for", string_literal(planned.command));
    if (planned.roles.size() == 1) {
      members.emplace_back("to", role(planned.roles.front()));
    } else if (!planned.roles.empty()) {
      std::vector<Code> roles;
      for (const std::string& name : planned.roles) roles.push_back(role(name));
      members.emplace_back("to", array(std::move(roles)));
    }
    if (planned.using_rows) members.emplace_back("using", plan_.sql(*planned.using_rows));
    if (planned.with_check) members.emplace_back("withCheck", plan_.sql(*planned.with_check));
    std::vector<Code> arguments = {string_literal(planned.name)};
    if (!members.empty()) arguments.push_back(object(std::move(members)));
    return call(core("pgPolicy"), std::move(arguments));
  }

  std::vector<Code> extras(const PlannedTable& table) {
    std::vector<Code> items;
    if (table.primary_key) items.push_back(primary_key(table, *table.primary_key));
    for (const PlannedKey& key : table.uniques) items.push_back(unique(table, key));
    for (const PlannedForeignKey& key : table.foreign_keys)
      items.push_back(foreign_key(table, key));
    for (const PlannedIndex& planned : table.indexes) items.push_back(index(table, planned));
    for (const PlannedCheck& check : table.checks) {
      items.push_back(
          call(core("check"), {string_literal(check.name), plan_.sql(check.expression)}));
    }
    for (const PlannedPolicy& planned : table.policies) items.push_back(policy(planned));
    return items;
  }

  /// Whether the items mention the table's own columns.
  [[nodiscard]] static bool names_columns(const PlannedTable& table) {
    const bool indexed_columns =
        std::any_of(table.indexes.begin(), table.indexes.end(), [](const PlannedIndex& one) {
          return std::any_of(one.parts.begin(), one.parts.end(),
                             [](const PlannedIndexPart& part) { return !part.is_expression; });
        });
    return table.primary_key || !table.uniques.empty() || !table.foreign_keys.empty() ||
           indexed_columns;
  }

  std::string definition(const PlannedTable& table) {
    const std::string function = in_space(table.space, plan_.flavor->table_function, "table");
    const Code name = string_literal(table.table->name);
    const bool secured = table.row_level_security && table.policies.empty();
    const std::string end = secured ? ".enableRLS();" : ";";
    const std::string start = "export const " + table.constant + " = ";
    std::vector<Code> items = extras(table);
    if (items.empty()) {
      return statement(start, call(function, {name, columns_code(table.columns, 2)}), end);
    }
    std::string arrow = names_columns(table) || table.in_cycle ? "(" + self_ + ")" : "()";
    if (table.in_cycle) arrow += ": " + plan_.names.core_type(plan_.flavor->extra_type) + "[]";
    std::string out = start + function + "(\n  " + name.text + ",\n  " +
                      render(columns_code(table.columns, 4), 2, 2, 1) + ",\n  " + arrow + " => ";
    const std::size_t before = 2 + code_points(arrow) + std::string_view(" => ").size();
    return out + render(array(std::move(items)), 2, before, 1) + ",\n)" + end + "\n";
  }

  std::string row_types(const PlannedTable& table) {
    return row_type(table.entity, plan_.names.orm_type("InferSelectModel"), table.constant) +
           row_type(table.new_entity, plan_.names.orm_type("InferInsertModel"), table.constant);
  }

  static std::string row_type(const std::string& name, const std::string& model,
                              const std::string& constant) {
    const std::string start = "export type " + name + " = " + model + "<";
    const std::string line = start + "typeof " + constant + ">;";
    if (code_points(line) <= width) return line + "\n";
    if (code_points(start) <= width) return start + "\n  typeof " + constant + "\n>;\n";
    return "export type " + name + " =\n  " + model + "<typeof " + constant + ">;\n";
  }

  std::string write_table(const PlannedTable& table) {
    return only_in_database(table.database_only) + doc_comment(table.table->comment, 0) +
           definition(table) + row_types(table);
  }

  std::string write_view(const PlannedView& planned) {
    const View& view = *planned.view;
    // Prettier keeps a namespace and its call together where the query has lines of its own.
    const bool apart =
        !planned.space.empty() && planned.definition.value_or("").find('\n') == std::string::npos;
    const std::string function =
        view.materialized
            ? in_space(planned.space, "pgMaterializedView", "materializedView", !apart)
            : in_space(planned.space, plan_.flavor->view_function, "view", !apart);
    std::vector<Code> calls;
    if (!planned.options.empty()) {
      std::vector<std::pair<std::string, Code>> members;
      for (const auto& [name, value] : planned.options) members.emplace_back(name, text(value));
      calls.push_back(call("with", {object(std::move(members))}));
    }
    calls.push_back(planned.definition ? call("as", {plan_.sql(*planned.definition)})
                                       : call("existing", {}));
    Code head =
        call(function, {string_literal(view.name), columns_code(planned.columns, apart ? 4 : 2)});
    if (apart) {
      calls.insert(calls.begin(), std::move(head));
      head = text(planned.space);
    }
    return only_in_database(planned.database_only) + doc_comment(view.comment, 0) +
           statement("export const " + planned.constant + " = ", chain(head, std::move(calls)),
                     ";") +
           type_alias(planned.entity, "typeof " + planned.constant + ".$inferSelect");
  }

  Plan& plan_;
  std::string self_;
};

}  // namespace

std::string schema_file(Plan& plan) { return SchemaFile(plan).write(); }

}  // namespace relata::emit::drizzle
