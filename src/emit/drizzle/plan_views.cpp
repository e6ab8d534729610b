#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "emit/drizzle/plan.h"
#include "emit/drizzle/types.h"

namespace relata::emit::drizzle {
namespace {

/// The names that an SQL text uses, in lower case, with those that follow AS apart.
struct UsedNames {
  std::unordered_set<std::string> all;
  std::unordered_set<std::string> aliases;
};

bool is_name_character(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Words of a SELECT, which tables can be called only in quotes.
bool is_clause_word(std::string_view word) {
  constexpr std::array words = {"select", "from",  "where", "group", "order", "by",    "as",
                                "join",   "on",    "and",   "or",    "not",   "table", "union",
                                "having", "limit", "user",  "all",   "in",    "case",  "end"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

UsedNames used_names(std::string_view query) {
  UsedNames used;
  bool after_as = false;
  for (std::size_t i = 0; i < query.size();) {
    const char c = query[i];
    std::string name;
    bool quoted = false;
    if (c == '\'' || c == '"' || c == '`') {
      const std::size_t end = std::min(query.find(c, i + 1), query.size());
      if (c != '\'') name = to_lower(query.substr(i + 1, end - i - 1));
      quoted = true;
      i = end + 1;
    } else if (is_name_character(c)) {
      const std::size_t begin = i;
      while (i < query.size() && is_name_character(query[i])) ++i;
      name = to_lower(query.substr(begin, i - begin));
    } else {
      ++i;
      continue;
    }
    if (after_as) used.aliases.insert(name);
    after_as = name == "as" && !quoted;
    if (quoted || !is_clause_word(name)) used.all.insert(std::move(name));
  }
  return used;
}

/// Finds the column that a view shows under its own name.
class ViewColumns {
 public:
  explicit ViewColumns(const Schema& schema) {
    for (const Table& table : schema.tables) {
      for (const Column& column : table.columns)
        by_name_[to_lower(column.name)].push_back({{&table, &column}, table.name});
    }
  }

  struct Found {
    const Table* table = nullptr;
    const Column* column = nullptr;  ///< Nothing: of a type that is not known.
  };
  /// A view's column, which later views may show again.
  void add(const View& view, const std::string& column, const Found& found) {
    by_name_[to_lower(column)].push_back({found, view.name});
  }
  /// The column of a table that the view names, where all that are called so have one type.
  [[nodiscard]] Found find(const std::string& name, const UsedNames& used) const {
    Found found;
    if (used.aliases.contains(to_lower(name))) return found;
    const auto candidates = by_name_.find(to_lower(name));
    if (candidates == by_name_.end()) return found;
    for (const Candidate& candidate : candidates->second) {
      if (!used.all.contains(to_lower(candidate.owner))) continue;
      const Column* column = candidate.found.column;
      if (column == nullptr) return {};
      if (found.column != nullptr && found.column->type != column->type) return {};
      if (found.column == nullptr) found = candidate.found;
    }
    return found;
  }

 private:
  struct Candidate {
    Found found;
    std::string_view owner;  ///< The table or view that has it.
  };
  std::unordered_map<std::string, std::vector<Candidate>> by_name_;
};

PlannedColumn view_column(Plan& plan, const std::string& name, const std::string& member,
                          const ViewColumns::Found& found) {
  PlannedColumn planned;
  planned.member = member;
  planned.name = name;
  planned.type = found.column == nullptr
                     ? custom(plan, "text", CustomData::unknown, "unknownType")
                     : plan.flavor->column_type(plan, found.table, *found.column);
  return planned;
}

struct KnownOption {
  std::string_view name;
  std::string_view drizzle;
};
constexpr std::array known_options = {
    KnownOption{"security_barrier", "securityBarrier"},
    KnownOption{"security_invoker", "securityInvoker"},
};

/// What the view was made with; false where Drizzle cannot say all of it.
bool plan_options(const Plan& plan, PlannedView& planned) {
  const View& view = *planned.view;
  if (plan.flavor->dialect == "mysql") {
    // Whose rights it has, and how it is worked out, stay with the database.
    return view.check_option.empty();
  }
  for (const Option& option : view.options) {
    const auto* known =
        std::find_if(known_options.begin(), known_options.end(),
                     [&](const KnownOption& one) { return one.name == option.name; });
    if (known == known_options.end()) return false;
    const bool off = option.value == "false" || option.value == "off" || option.value == "0";
    planned.options.emplace_back(known->drizzle, off ? "false" : "true");
  }
  if (!view.check_option.empty())
    planned.options.emplace_back("checkOption", string_literal(view.check_option).text);
  return true;
}

/// Whether drizzle-kit can make the view from its text alone: when it does, there are tables and
/// views, and nothing else.
bool can_be_made(const Schema& schema, const View& view, const UsedNames& used) {
  // drizzle-kit puts a parenthesis behind the query, which a comment would swallow.
  const std::string_view query = view.sql;
  const std::size_t last_line = query.rfind('\n');
  if (query.find("--", last_line == std::string_view::npos ? 0 : last_line) != query.npos)
    return false;
  if (view.recursive || view.names_columns || !view.indexes.empty() || view.columns.empty())
    return false;
  return std::none_of(schema.routines.begin(), schema.routines.end(), [&](const Routine& routine) {
    return used.all.contains(to_lower(routine.name));
  });
}

}  // namespace

void plan_views(Plan& plan) {
  const Schema& schema = plan.schema();
  ViewColumns columns(schema);
  for (std::size_t i = 0; i < schema.views.size(); ++i) {
    const View& view = schema.views[i];
    const TableNames& names = plan.code_names.views[i];
    const UsedNames used = used_names(view.sql);
    PlannedView planned;
    planned.view = &view;
    planned.constant = names.collection;
    planned.entity = names.entity;
    planned.space = plan.space_of(view.schema);
    for (std::size_t c = 0; c < view.columns.size(); ++c) {
      const ViewColumns::Found found = columns.find(view.columns[c], used);
      columns.add(view, view.columns[c], found);
      planned.columns.push_back(view_column(plan, view.columns[c], names.members[c], found));
      if (c < view.column_comments.size()) planned.columns.back().comment = view.column_comments[c];
    }
    if (plan_options(plan, planned) && can_be_made(schema, view, used)) {
      planned.definition = view.sql;
    } else {
      planned.options.clear();
    }
    plan.views.push_back(std::move(planned));
  }
}

}  // namespace relata::emit::drizzle
