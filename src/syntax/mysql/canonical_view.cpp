#include "syntax/mysql/canonical_view.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "syntax/mysql/canonical_forms.h"
#include "syntax/mysql/normalize_tree.h"
#include "syntax/mysql/parser.h"

namespace relata::syntax::mysql {

namespace {

/// Columns of tables and views by name, where they are known.
using Columns = std::map<std::string, std::vector<std::string>>;

/// A table that a query reads, under the name that it has there.
struct Source {
  std::string alias;
  std::vector<std::string> columns;
};
using Scope = std::vector<Source>;

bool is_clause(const Node& node, std::string_view text) {
  return node.kind == NodeKind::query && node.text == text;
}

bool has_column(const Source& source, const std::string& lower) {
  return std::ranges::any_of(source.columns,
                             [&](const std::string& column) { return to_lower(column) == lower; });
}

Node qualified(const std::string& alias, const std::string& column) {
  return make_node(NodeKind::name, column, {make_node(NodeKind::name, alias)});
}

/// Gives the columns of a query these names.
void name_items(Node& query, const std::vector<std::string>& names) {
  if (is_clause(query, "select")) {
    for (Node& clause : query.arguments) {
      if (!is_clause(clause, "items") || clause.arguments.size() != names.size()) continue;
      for (std::size_t i = 0; i < names.size(); ++i) {
        clause.arguments[i].arguments.back().text = names[i];
      }
    }
  } else if (is_clause(query, "common")) {
    name_items(query.arguments.back(), names);
  } else if (!query.arguments.empty()) {
    name_items(query.arguments[0], names);
  }
}

/// Qualifies the names of one query and of those inside it.
class QueryResolver {
 public:
  explicit QueryResolver(const Columns& columns) : columns_(columns) {}

  void resolve(Node& query, std::vector<const Scope*> outer) {
    if (is_clause(query, "common")) {
      resolve_common(query, outer);
    } else if (is_clause(query, "select")) {
      resolve_select(query, std::move(outer));
    } else {
      for (Node& part : query.arguments) {
        if (part.kind == NodeKind::query && part.text != "order by" && part.text != "limit") {
          resolve(part, outer);
        }
      }
    }
  }

  /// Names of the columns that a query gives.
  static std::vector<std::string> names_of(const Node& query) {
    if (is_clause(query, "select")) {
      for (const Node& clause : query.arguments) {
        if (!is_clause(clause, "items")) continue;
        std::vector<std::string> names;
        for (const Node& item : clause.arguments) names.push_back(item.arguments.back().text);
        return names;
      }
    }
    if (is_clause(query, "common")) return names_of(query.arguments.back());
    return query.arguments.empty() ? std::vector<std::string>() : names_of(query.arguments[0]);
  }

 private:
  void resolve_common(Node& query, const std::vector<const Scope*>& outer) {
    for (Node& table : query.arguments[0].arguments) {
      // "name column column"
      const auto words = split(table.arguments[1].text, ' ');
      std::vector<std::string> columns(words.begin() + 1, words.end());
      if (columns.empty()) columns = names_of(table.arguments[0]);
      common_[std::string(words[0])] = columns;
      resolve(table.arguments[0], outer);
      if (words.size() > 1) name_items(table.arguments[0], columns);
      if (words.size() == 1) common_[std::string(words[0])] = names_of(table.arguments[0]);
    }
    resolve(query.arguments.back(), outer);
  }

  void resolve_select(Node& query, std::vector<const Scope*> outer) {
    Scope scope;
    for (Node& clause : query.arguments) {
      if (is_clause(clause, "from")) collect(clause.arguments[0], scope, outer);
    }
    outer.insert(outer.begin(), &scope);
    std::map<std::string, Node> named;
    for (Node& clause : query.arguments) {
      if (is_clause(clause, "items")) {
        expand_stars(clause, scope);
        for (Node& item : clause.arguments) {
          resolve_names(item.arguments[0], outer);
          named.emplace(to_lower(item.arguments[1].text), item.arguments[0]);
        }
      }
    }
    for (Node& clause : query.arguments) {
      if (is_clause(clause, "items")) continue;
      const bool by_name = is_clause(clause, "group by") || is_clause(clause, "order by") ||
                           is_clause(clause, "having");
      if (by_name) replace_named(clause, named, scope, !is_clause(clause, "having"));
      resolve_names(clause, outer);
    }
  }

  /// The tables of a FROM, with NATURAL and USING written out.
  void collect(Node& tables, Scope& scope, const std::vector<const Scope*>& outer) {
    if (is_clause(tables, "table")) {
      Node& name = tables.arguments[0];
      name.arguments.clear();
      scope.push_back({tables.arguments[1].text, columns_of(name.text)});
      return;
    }
    if (is_clause(tables, "derived")) {
      resolve(tables.arguments[0], outer);
      scope.push_back({tables.arguments[1].text, names_of(tables.arguments[0])});
      return;
    }
    if (tables.arguments.size() < 2) return;
    Scope left;
    Scope right;
    collect(tables.arguments[0], left, outer);
    collect(tables.arguments[1], right, outer);
    if (tables.arguments.size() > 2 && !write_out(tables.arguments[2], left, right)) {
      tables.arguments.pop_back();
    }
    scope.insert(scope.end(), left.begin(), left.end());
    scope.insert(scope.end(), right.begin(), right.end());
  }

  [[nodiscard]] std::vector<std::string> columns_of(const std::string& table) const {
    if (const auto found = common_.find(table); found != common_.end()) return found->second;
    const auto found = columns_.find(table);
    return found == columns_.end() ? std::vector<std::string>() : found->second;
  }

  /// False: the tables have no column in common, and there is no condition.
  static bool write_out(Node& condition, const Scope& left, const Scope& right) {
    std::vector<std::string> names;
    if (is_clause(condition, "using")) {
      for (const Node& name : condition.arguments) names.push_back(name.text);
    } else if (condition.kind == NodeKind::word && condition.text == "natural") {
      for (const Source& source : left) {
        for (const std::string& column : source.columns) {
          const std::string lower = to_lower(column);
          if (std::ranges::any_of(right, [&](const Source& s) { return has_column(s, lower); })) {
            names.push_back(column);
          }
        }
      }
    } else {
      return true;
    }
    if (names.empty()) return false;
    std::vector<Node> equalities;
    for (const std::string& name : names) {
      const std::string lower = to_lower(name);
      const auto side = [&](const Scope& scope) {
        const auto found = std::ranges::find_if(
            scope, [&](const Source& source) { return has_column(source, lower); });
        return found == scope.end() ? make_node(NodeKind::name, name)
                                    : qualified(found->alias, name);
      };
      equalities.push_back(make_node(NodeKind::binary, "=", {side(left), side(right)}));
    }
    condition = equalities.size() == 1 ? equalities[0]
                                       : make_node(NodeKind::all, {}, std::move(equalities));
    return true;
  }

  static void expand_stars(Node& items, const Scope& scope) {
    std::vector<Node> expanded;
    for (Node& item : items.arguments) {
      const Node& star = item.arguments[0];
      if (star.kind != NodeKind::star) {
        expanded.push_back(std::move(item));
        continue;
      }
      for (const Source& source : scope) {
        if (!star.arguments.empty() && star.arguments.back().text != source.alias) continue;
        for (const std::string& column : source.columns) {
          expanded.push_back(
              make_node(NodeKind::query, "item",
                        {qualified(source.alias, column), make_node(NodeKind::word, column)}));
        }
      }
    }
    items.arguments = std::move(expanded);
  }

  /// The expression in place of the name that the query gave it.
  static void replace_named(Node& node, const std::map<std::string, Node>& named,
                            const Scope& scope, bool column_first) {
    if (node.kind == NodeKind::name && node.arguments.empty()) {
      const std::string lower = to_lower(node.text);
      const bool column = column_first && std::ranges::any_of(scope, [&](const Source& source) {
                            return has_column(source, lower);
                          });
      const auto found = named.find(lower);
      if (found != named.end() && !column) node = found->second;
      return;
    }
    if (node.kind == NodeKind::query && (node.text == "select" || node.text == "common")) return;
    for (Node& argument : node.arguments) replace_named(argument, named, scope, column_first);
  }

  void resolve_names(Node& node, const std::vector<const Scope*>& scopes) {
    if (node.kind == NodeKind::query &&
        (node.text == "select" || node.text == "common" || node.text.starts_with("union") ||
         node.text.starts_with("except") || node.text.starts_with("intersect"))) {
      resolve(node, scopes);
      // The names that a query inside an expression gives its columns are seen by nobody.
      drop_item_names(node);
      return;
    }
    // How many rows there are does not matter to EXISTS; the server asks for one.
    if (node.kind == NodeKind::call && node.text == "exists") {
      for (Node& query : node.arguments) {
        std::erase_if(query.arguments, [](const Node& clause) {
          return is_clause(clause, "limit") || is_clause(clause, "order by");
        });
      }
    }
    // A table's name is none of a column, and a derived table is resolved already.
    if (is_clause(node, "table") || is_clause(node, "derived")) return;
    if (node.kind == NodeKind::name) {
      resolve_name(node, scopes);
      return;
    }
    // Conversions that the server adds between character sets.
    while (node.kind == NodeKind::call && node.text == "convert using") {
      Node inner = std::move(node.arguments[0]);
      node = std::move(inner);
    }
    if (node.kind == NodeKind::name) {
      resolve_name(node, scopes);
      return;
    }
    for (Node& argument : node.arguments) resolve_names(argument, scopes);
  }

  static void drop_item_names(Node& query) {
    for (Node& part : query.arguments) {
      if (is_clause(part, "items")) {
        for (Node& item : part.arguments) item.arguments.back().text.clear();
      } else if (part.kind == NodeKind::query && part.text != "from") {
        drop_item_names(part);
      }
    }
  }

  static void resolve_name(Node& node, const std::vector<const Scope*>& scopes) {
    if (node.arguments.size() > 1) {
      node.arguments.erase(node.arguments.begin(), node.arguments.end() - 1);
    }
    if (!node.arguments.empty()) return;
    const std::string lower = to_lower(node.text);
    for (const Scope* scope : scopes) {
      for (const Source& source : *scope) {
        if (!has_column(source, lower)) continue;
        node.arguments.push_back(make_node(NodeKind::name, source.alias));
        return;
      }
    }
  }

  const Columns& columns_;
  Columns common_;
};

/// The tree of the view's SELECT; nothing when it is not understood.
std::optional<Node> tree_of(const View& view) {
  Parser parser(view.sql);
  Node query = parser.query();
  if (parser.failed() || !parser.at_end()) return std::nullopt;
  return query;
}

/// Tables that a query reads.
void collect_names(const Node& node, std::set<std::string>& names) {
  if (is_clause(node, "table")) names.insert(node.arguments[0].text);
  for (const Node& argument : node.arguments) collect_names(argument, names);
}

/// Conditions as conditions, everything else as values.
Node settled(Node node) {
  const bool condition = is_clause(node, "where") || is_clause(node, "having");
  const bool join = is_clause(node, "join") || is_clause(node, "left join");
  const bool inside = node.kind == NodeKind::query;
  if (!inside) return normalized(std::move(node), false);
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    Node& argument = node.arguments[i];
    argument = settled(std::move(argument));
    if (condition || (join && i == 2)) argument = normalized(std::move(argument), true);
  }
  return node;
}

bool is_aggregate(std::string_view function) {
  static constexpr std::string_view names[] = {
      "count",        "sum",      "avg",         "min",           "max",
      "group_concat", "bit_and",  "bit_or",      "bit_xor",       "stddev_pop",
      "var_pop",      "var_samp", "stddev_samp", "json_arrayagg", "json_objectagg",
      "over"};
  const std::string_view name = function.substr(0, function.find(' '));
  return std::ranges::find(names, name) != std::end(names);
}

bool has_aggregate(const Node& node) {
  if (node.kind == NodeKind::call && is_aggregate(node.text)) return true;
  if (is_clause(node, "select")) return false;
  return std::ranges::any_of(node.arguments, has_aggregate);
}

/// Whether the server can put the view into the query that reads it (MariaDB Knowledge Base, "View
/// Algorithms"); ALGORITHM = MERGE of another view is not kept.
bool can_merge(const Node& query) {
  if (!is_clause(query, "select")) return false;
  bool reads_tables = false;
  for (const Node& clause : query.arguments) {
    if (clause.kind == NodeKind::word || is_clause(clause, "group by") ||
        is_clause(clause, "having") || is_clause(clause, "limit")) {
      return false;
    }
    if (is_clause(clause, "from")) reads_tables = true;
    if (is_clause(clause, "items") && has_aggregate(clause)) return false;
  }
  return reads_tables;
}

class ViewSettler {
 public:
  explicit ViewSettler(Schema& schema) : schema_(schema) {
    for (const Table& table : schema.tables) {
      std::vector<std::string>& columns = columns_[table.name];
      for (const Column& column : table.columns) {
        if (!column.invisible) columns.push_back(column.name);
      }
    }
    for (std::size_t i = 0; i < schema.views.size(); ++i) places_[schema.views[i].name] = i;
    done_.resize(schema.views.size());
  }

  void run() {
    for (std::size_t i = 0; i < schema_.views.size(); ++i) settle(i, 0);
  }

 private:
  /// Views may read each other; those in a ring, or too deep, are read without knowing.
  void settle(std::size_t place, std::size_t depth) {
    constexpr std::size_t deepest_view = 60;
    if (done_[place] || depth > deepest_view) return;
    done_[place] = true;
    View& view = schema_.views[place];
    std::optional<Node> query = tree_of(view);
    if (!query) {
      view.canonical = canonical_tokens(view.sql);
      columns_[view.name] = view.columns;
      return;
    }
    std::set<std::string> names;
    collect_names(*query, names);
    for (const std::string& name : names) {
      if (const auto found = places_.find(name); found != places_.end()) {
        settle(found->second, depth + 1);
      }
    }
    if (!can_merge(*query)) {
      std::erase_if(view.options, [](const Option& option) {
        return option.name == "ALGORITHM" && option.value == "MERGE";
      });
    }
    QueryResolver(columns_).resolve(*query, {});
    if (view.names_columns) name_items(*query, view.columns);
    if (view.columns.empty()) view.columns = QueryResolver::names_of(*query);
    columns_[view.name] = view.columns;
    view.canonical = canonical_text(settled(std::move(*query)));
  }

  Schema& schema_;
  Columns columns_;
  std::map<std::string, std::size_t> places_;
  std::vector<bool> done_;
};

}  // namespace

void settle_views(Schema& schema) { ViewSettler(schema).run(); }

}  // namespace relata::syntax::mysql
