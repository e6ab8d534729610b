// The class of a table: https://typeorm.io/docs/entity/entities

#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/typeorm/decorators.h"
#include "emit/typeorm/files.h"

namespace relata::emit::typeorm {
namespace {

constexpr std::size_t member_indent = 2;

/// What is written in one file.
class EntityFile {
 public:
  EntityFile(const Plan& plan, std::size_t place)
      : plan_(plan),
        table_(plan.schema.tables[place]),
        entity_(plan.entities[place]),
        names_(plan.names.tables[place]),
        place_(place),
        decorators_(table_decorators(plan, place)) {}

  std::string write() {
    std::string body;
    for (std::size_t i = 0; i < table_.columns.size(); ++i) body += "\n" + column(i);
    for (const std::size_t relation : names_.forward) body += forward(relation);
    for (const std::size_t relation : names_.backward) body += backward(relation);
    std::string out = "export class " + names_.entity + " {" + body + "}\n";
    out = head() + out;
    return imports() + "\n" + out;
  }

 private:
  std::string head() {
    std::vector<std::string> paragraphs{table_.comment};
    if (!decorators_.notes.empty()) {
      paragraphs.push_back("In the database only: " + grouped(decorators_.notes) + ".");
    }
    if (!entity_.synchronized) {
      paragraphs.push_back(
          "Left to the migrations (synchronize: false), for TypeORM would take as changed: " +
          join(entity_.reasons, ", ") + ".");
    }
    if (!entity_.has_primary_key) {
      paragraphs.emplace_back(
          "The table has no primary key; the columns that are marked as one stand in for it.");
    }
    std::string out = doc_comment(paragraphs, 0);
    decorators_.imports.insert("Entity");
    out += "@" + Code::call("Entity", {entity_options()}).broken(0, 1) + "\n";
    for (const Code& call : decorators_.calls) out += "@" + call.broken(0, 1) + "\n";
    return out;
  }

  /// "triggers a, b; policy c" of "trigger a", "trigger b", "policy c".
  static std::string grouped(const std::vector<std::string>& notes) {
    static constexpr std::array kinds{"trigger", "policy", "rule", "index", "check"};
    static constexpr std::array plurals{"triggers", "policies", "rules", "indexes", "checks"};
    std::vector<std::string> parts;
    std::array<std::vector<std::string>, kinds.size()> named;
    for (const std::string& note : notes) {
      const std::size_t blank = note.find(' ');
      const auto kind = std::find(kinds.begin(), kinds.end(), note.substr(0, blank));
      if (kind == kinds.end() || blank == std::string::npos) {
        parts.push_back(note);
      } else {
        named[static_cast<std::size_t>(kind - kinds.begin())].push_back(note.substr(blank + 1));
      }
    }
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (named[i].empty()) continue;
      parts.push_back(std::string(named[i].size() > 1 ? plurals[i] : kinds[i]) + " " +
                      join(named[i], ", "));
    }
    return join(parts, "; ");
  }

  Code entity_options() const {
    std::vector<Code::Member> options{{"name", Code::string(table_.name)}};
    if (!table_.schema.empty() && plan_.postgres) {
      options.emplace_back("schema", Code::string(table_.schema));
    }
    if (!table_.comment.empty() && !plan_.sqlite) {
      options.emplace_back("comment", Code::string(table_.comment));
    }
    const bool without_rowid =
        std::any_of(table_.options.begin(), table_.options.end(),
                    [](const Option& option) { return option.name == "WITHOUT ROWID"; });
    if (plan_.sqlite && without_rowid) options.emplace_back("withoutRowid", Code::text("true"));
    if (!entity_.synchronized) options.emplace_back("synchronize", Code::text("false"));
    return Code::object(std::move(options));
  }

  // --- columns ---------------------------------------------------------------------------------

  std::string column(std::size_t i) {
    const Column& column = table_.columns[i];
    const ColumnCode& code = entity_.columns[i];
    std::vector<Code::Member> options;
    if (names_.members[i] != column.name) options.emplace_back("name", Code::string(column.name));
    options.emplace_back("type", Code::string(code.type));
    options.insert(options.end(), code.options.begin(), code.options.end());
    const bool key = entity_.key.contains(column.name);
    if (key && plan_.postgres && table_.primary_key && !table_.primary_key->name.empty()) {
      options.emplace_back("primaryKeyConstraintName", Code::string(table_.primary_key->name));
    }
    if (column.generated) {
      options.emplace_back("insert", Code::text("false"));
      options.emplace_back("update", Code::text("false"));
    }
    if (!code.transformer.empty()) {
      options.emplace_back("transformer", Code::text(code.transformer));
      transformers_.insert(code.transformer);
    }
    std::string out = doc_comment({column.comment}, member_indent);
    for (const Code& call : column_decorators(column, code, key, std::move(options))) {
      out += "  @" + call.broken(member_indent, 1) + "\n";
    }
    const bool nullable = column.nullable && !entity_.values[i].domain_not_null &&
                          !(key && table_.primary_key) && code.value != "unknown";
    return out + property(names_.members[i], type_of(code.value), nullable);
  }

  /// `name!: type;`, a union of texts on lines when it is long.
  static std::string property(const std::string& name, const std::string& type, bool nullable) {
    const std::string line = "  " + name + "!: " + type + (nullable ? " | null" : "") + ";\n";
    if (code_points(line) <= 81 || type.find("' | '") == std::string::npos) return line;
    const bool array = type.front() == '(';
    const std::size_t end = array ? type.size() - std::string_view(")[]").size() : type.size();
    const std::string inner = type.substr(array ? 1 : 0, end - (array ? 1 : 0));
    const std::string margin = !array ? "    " : nullable ? "        " : "    ";
    std::string lines;
    for (std::size_t begin = 0; begin < inner.size();) {
      const std::size_t bar = std::min(inner.find(" | '", begin), inner.size());
      lines += "\n" + margin + "| " + inner.substr(begin, bar - begin);
      begin = bar + 3;
    }
    std::string out = "  " + name + "!:";
    if (array && nullable) return out + "\n    | (" + lines + "\n      )[]\n    | null;\n";
    if (array) return out + " (" + lines + "\n  )[];\n";
    return out + lines + (nullable ? "\n    | null" : "") + ";\n";
  }

  /// A type that a person wants may say where it comes from: "Settings from ./settings".
  std::string type_of(const std::string& value) {
    constexpr std::string_view from = " from ";
    const std::size_t place = value.find(from);
    if (place == std::string::npos || value.find('\'') != std::string::npos) return value;
    std::string path = value.substr(place + from.size());
    // Entities lie one folder deeper, and Node's own resolution wants the file's whole name.
    const bool relative = !path.empty() && path.front() == '.';
    if (path.compare(0, 2, "./") == 0) path.insert(0, ".");
    if (relative && path.find('.', path.rfind('/')) == std::string::npos) path += ".js";
    foreign_types_.insert("import type { " + value.substr(0, place) + " } from '" + path + "';\n");
    return value.substr(0, place);
  }

  std::vector<Code> column_decorators(const Column& column, const ColumnCode& code, bool key,
                                      std::vector<Code::Member> options) {
    if (key && can_be_primary_generated(code)) {
      if (code.generated == "uuid") {  // Its type goes without saying.
        options.erase(std::find_if(options.begin(), options.end(),
                                   [](const Code::Member& one) { return one.first == "type"; }));
      }
      return {call("PrimaryGeneratedColumn",
                   {Code::string(code.generated), Code::object(std::move(options))})};
    }
    std::vector<Code> calls;
    std::string decorator = special_column(column, code, key);
    // On MySQL they have a precision of 6 unless told otherwise.
    const bool precise = std::any_of(options.begin(), options.end(), [](const Code::Member& one) {
      return one.first == "precision";
    });
    if (plan_.mysql && !decorator.empty() && decorator != "VersionColumn" && !precise) {
      options.emplace_back("precision", Code::text("0"));
    }
    if (decorator.empty() && key && column.nullable) {
      options.emplace_back("primary", Code::text("true"));
    } else if (decorator.empty() && key) {
      decorator = "PrimaryColumn";
    }
    calls.push_back(
        call(decorator.empty() ? "Column" : decorator, {Code::object(std::move(options))}));
    if (!code.generated.empty()) {
      const bool identity = code.generated == "identity";
      calls.push_back(call("Generated", {Code::string(identity ? "increment" : code.generated)}));
      if (identity) decorators_.notes.push_back("IDENTITY of " + column.name);
    }
    return calls;
  }

  /// @PrimaryGeneratedColumn takes few options.
  static bool can_be_primary_generated(const ColumnCode& code) {
    static constexpr std::array known{"generatedIdentity", "comment", "unsigned"};
    return !code.generated.empty() && code.type != "numeric" &&
           std::all_of(code.options.begin(), code.options.end(), [](const Code::Member& option) {
             return std::find(known.begin(), known.end(), option.first) != known.end();
           });
  }

  /// Columns that TypeORM itself fills, where the database does the same.
  std::string special_column(const Column& column, const ColumnCode& code, bool key) const {
    const TableIntent& intent = table_.intent;
    const bool moment = code.type == "timestamptz" || code.type == "timestamp" ||
                        (plan_.mysql && code.type == "datetime");
    if (key || plan_.sqlite || !entity_.synchronized) return {};
    if (column.name == intent.version_column) {
      return code.type == "integer" || code.type == "int" ? "VersionColumn" : "";
    }
    if (column.name == intent.soft_delete_column) {
      const bool own_clock = plan_.postgres || code.type == "timestamp";
      return moment && own_clock && column.nullable && !code.has_default ? "DeleteDateColumn" : "";
    }
    if (!moment || !code.default_is_now) return {};
    const bool touched =
        plan_.mysql ? column.on_update.has_value() : column.name == intent.updated_at_column;
    if (touched) return "UpdateDateColumn";
    const std::string name = snake_case(column.name);
    return name == "created_at" || name == "created_on" ? "CreateDateColumn" : "";
  }

  // --- relations -------------------------------------------------------------------------------

  std::string forward(std::size_t number) {
    const RelationNames& relation = plan_.names.relations[number];
    const ForeignKey& key = table_.foreign_keys[relation.foreign_key];
    if (!entity_.related[relation.foreign_key]) return {};
    const bool alone = stands_alone(entity_, relation, key);
    std::vector<Code::Member> options;
    if (alone) {
      options.emplace_back("createForeignKeyConstraints", Code::text("false"));
    } else {
      options = action_options(key);
    }
    std::vector<Code> joins;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      std::vector<Code::Member> join{
          {"name", Code::string(key.columns[i])},
          {"referencedColumnName", Code::string(plan_.member(relation.target, key.referenced[i]))}};
      if (!alone && !key.name.empty()) {
        join.emplace_back("foreignKeyConstraintName", Code::string(key.name));
      }
      joins.push_back(Code::object(std::move(join)));
    }
    const TableNames& target = plan_.names.tables[relation.target];
    std::string out = "\n" + relation_call(relation.one_to_one ? "OneToOne" : "ManyToOne",
                                           relation.target, relation.backward, std::move(options));
    const Code join = joins.size() == 1 ? joins.front() : Code::array(std::move(joins));
    out += "  @" + call("JoinColumn", {join}).broken(member_indent, 1) + "\n";
    const bool nullable = std::any_of(
        key.columns.begin(), key.columns.end(),
        [&](const std::string& name) { return table_.columns[entity_.places.at(name)].nullable; });
    return out + "  " + relation.forward + "!: Relation<" + target.entity + ">" +
           (nullable ? " | null" : "") + ";\n";
  }

  std::string backward(std::size_t number) {
    const RelationNames& relation = plan_.names.relations[number];
    if (!plan_.entities[relation.table].exists ||
        !plan_.entities[relation.table].related[relation.foreign_key]) {
      return {};
    }
    const TableNames& source = plan_.names.tables[relation.table];
    const bool one = relation.one_to_one;
    return "\n" +
           relation_call(one ? "OneToOne" : "OneToMany", relation.table, relation.forward, {}) +
           "  " + relation.backward + "!: Relation<" + source.entity + ">" +
           (one ? " | null" : "[]") + ";\n";
  }

  std::string relation_call(const std::string& decorator, std::size_t target,
                            const std::string& inverse, std::vector<Code::Member> options) {
    const std::string& other = plan_.names.tables[target].entity;
    decorators_.entities.insert(target);
    decorators_.imports.insert("Relation");
    const std::string parameter = camel_case(other) == other ? "one" : parameter_of(other);
    std::vector<Code> arguments{Code::function(Code::text(other)),
                                Code::text("(" + parameter + ") => " + parameter + "." + inverse)};
    if (!options.empty()) arguments.push_back(Code::object(std::move(options)));
    return "  @" + call(decorator, std::move(arguments)).broken(member_indent, 1) + "\n";
  }

  static std::string parameter_of(const std::string& entity) {
    std::string name = entity;
    if (static_cast<unsigned char>(name.front()) >= 0x80) return "one";
    name.front() = to_lower(name.substr(0, 1)).front();
    return typescript().is_reserved(name) ? "one" : name;
  }

  Code call(const std::string& decorator, std::vector<Code> arguments) {
    decorators_.imports.insert(decorator);
    return Code::call(decorator, std::move(arguments));
  }

  std::string imports() const {
    std::vector<std::string> names;
    for (const std::string& name : decorators_.imports) {
      names.push_back(name == "Relation" ? "type Relation" : name);
    }
    std::string out = import_line(names, "typeorm") + "\n";
    std::vector<std::string> lines;
    for (const std::size_t other : decorators_.entities) {
      if (other == place_) continue;
      const std::string& entity = plan_.names.tables[other].entity;
      lines.push_back(import_line({entity}, "./" + entity + ".js"));
    }
    std::sort(lines.begin(), lines.end());
    if (!transformers_.empty()) {
      lines.push_back(
          import_line({transformers_.begin(), transformers_.end()}, "./transformers.js"));
    }
    lines.insert(lines.end(), foreign_types_.begin(), foreign_types_.end());
    out += join(lines, "");
    return lines.empty() ? out.substr(0, out.size() - 1) : out;
  }

  const Plan& plan_;
  const Table& table_;
  const EntityPlan& entity_;
  const TableNames& names_;
  std::size_t place_;
  Decorators decorators_;
  std::set<std::string> transformers_;
  std::set<std::string> foreign_types_;
};

}  // namespace

std::string import_line(const std::vector<std::string>& names, const std::string& from) {
  const std::string line = "import { " + join(names, ", ") + " } from '" + from + "';\n";
  if (code_points(line) <= 81 || names.size() == 1) return line;
  return "import {\n  " + join(names, ",\n  ") + ",\n} from '" + from + "';\n";
}

std::string entity_file(const Plan& plan, std::size_t table) {
  return EntityFile(plan, table).write();
}

}  // namespace relata::emit::typeorm
