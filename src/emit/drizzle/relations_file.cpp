#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "emit/drizzle/files.h"

namespace relata::emit::drizzle {
namespace {

/// Writes relations.ts. Drizzle finds the other side of a relation by the two tables, so that it
/// must be told which is meant where more than one key joins them, in either direction.
class RelationsFile {
 public:
  explicit RelationsFile(Plan& plan)
      : plan_(plan),
        function_(unlike_tables("relations", "drizzleRelations")),
        one_(unlike_tables("one", "toOne")),
        many_(unlike_tables("many", "toMany")) {
    for (const RelationNames& relation : relations()) ++count_[pair_of(relation)];
  }

  std::string write() {
    std::string body;
    for (std::size_t i = 0; i < plan_.tables.size(); ++i) body += write_table(i);
    if (body.empty()) return "// No table refers to another.\nexport {};\n";
    const std::string import = function_ == "relations" ? function_ : "relations as " + function_;
    return import_line({import}, "drizzle-orm") + "\n" +
           import_line({used_.begin(), used_.end()}, "./schema") + body;
  }

 private:
  using Pair = std::pair<std::size_t, std::size_t>;

  /// The word, unless a table is called so.
  std::string unlike_tables(std::string_view word, std::string_view otherwise) {
    return plan_.names.is_taken(word) ? plan_.names.claim(otherwise) : std::string(word);
  }

  [[nodiscard]] const std::vector<RelationNames>& relations() const {
    return plan_.code_names.relations;
  }

  static Pair pair_of(const RelationNames& relation) {
    return std::minmax(relation.table, relation.target);
  }

  [[nodiscard]] bool needs_name(const RelationNames& relation) const {
    return relation.table == relation.target || count_.at(pair_of(relation)) > 1;
  }

  std::string table(std::size_t place) {
    const std::string& constant = plan_.tables[place].constant;
    used_.insert(constant);
    return constant;
  }

  [[nodiscard]] Code columns(std::size_t place, const std::string& constant,
                             const std::vector<std::string>& names) const {
    std::vector<Code> items;
    const Table& of = *plan_.tables[place].table;
    for (const std::string& name : names) {
      items.push_back(text(constant + "." +
                           std::string(plan_.code_names.tables[place].member(of.columns, name))));
    }
    return array(std::move(items));
  }

  [[nodiscard]] const ForeignKey& key_of(const RelationNames& relation) const {
    return plan_.schema().tables[relation.table].foreign_keys[relation.foreign_key];
  }

  [[nodiscard]] std::vector<std::string> referenced_by(const RelationNames& relation) const {
    const std::vector<std::string>& named = key_of(relation).referenced;
    const std::optional<PrimaryKey>& target = plan_.schema().tables[relation.target].primary_key;
    return named.empty() && target ? target->columns : named;
  }

  /// Whether schema.ts has all columns of the key.
  [[nodiscard]] bool can_be_said(const RelationNames& relation) const {
    const std::vector<std::string>& columns = key_of(relation).columns;
    const std::vector<std::string> referenced = referenced_by(relation);
    return columns.size() == referenced.size() &&
           std::all_of(columns.begin(), columns.end(), can_be_named) &&
           std::all_of(referenced.begin(), referenced.end(), can_be_named);
  }

  Code forward(const RelationNames& relation) {
    const std::string other = table(relation.target);
    std::vector<std::pair<std::string, Code>> members;
    members.emplace_back("fields",
                         columns(relation.table, table(relation.table), key_of(relation).columns));
    members.emplace_back("references", columns(relation.target, other, referenced_by(relation)));
    if (needs_name(relation)) members.emplace_back("relationName", string_literal(relation.name));
    return call(one_, {text(other), object(std::move(members))});
  }

  /// The other side of a key. one() takes a name only together with the columns.
  Code backward(const RelationNames& relation) {
    const std::string other = table(relation.table);
    std::vector<Code> arguments = {text(other)};
    std::vector<std::pair<std::string, Code>> members;
    if (needs_name(relation)) {
      if (relation.one_to_one) {
        members.emplace_back(
            "fields", columns(relation.target, table(relation.target), referenced_by(relation)));
        members.emplace_back("references",
                             columns(relation.table, other, key_of(relation).columns));
      }
      members.emplace_back("relationName", string_literal(relation.name));
      arguments.push_back(object(std::move(members)));
    }
    return call(relation.one_to_one ? one_ : many_, std::move(arguments));
  }

  std::string write_table(std::size_t place) {
    const TableNames& names = plan_.code_names.tables[place];
    if (names.forward.empty() && names.backward.empty()) return {};
    const std::string constant = table(place);
    bool has_one = false;
    bool has_many = false;
    Code members = object({});
    members.expanded = true;
    for (std::size_t i : names.forward) {
      if (!can_be_said(relations()[i])) continue;
      has_one = true;
      members.keys.push_back(relations()[i].forward);
      members.items.push_back(forward(relations()[i]));
    }
    for (std::size_t i : names.backward) {
      const RelationNames& relation = relations()[i];
      if (!can_be_said(relation)) continue;
      (relation.one_to_one ? has_one : has_many) = true;
      members.keys.push_back(relation.backward);
      members.items.push_back(backward(relation));
    }
    if (members.keys.empty()) return {};
    std::vector<std::string> tools;
    if (has_one) tools.push_back(one_ == "one" ? one_ : "one: " + one_);
    if (has_many) tools.push_back(many_ == "many" ? many_ : "many: " + many_);
    const std::string start = "\nexport const " +
                              plan_.names.claim(plan_.tables[place].constant + "Relations") +
                              " = " + function_ + "(";
    const std::string arrow = "({ " + join(tools, ", ") + " }) => (";
    const std::string line = start + constant + ", " + arrow + "{";
    if (code_points(line) - 1 <= width) {
      return start + constant + ", " + arrow + render(members, 0, 0, 0) + "));\n";
    }
    return start + "\n  " + constant + ",\n  " + arrow + render(members, 2, 0, 0) + "),\n);\n";
  }

  Plan& plan_;
  std::string function_;  ///< What relations() is called here.
  std::string one_;
  std::string many_;
  std::map<Pair, int> count_;
  std::set<std::string> used_;
};

}  // namespace

std::string relations_file(Plan& plan) { return RelationsFile(plan).write(); }

}  // namespace relata::emit::drizzle
