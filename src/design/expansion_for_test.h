#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

#include "design/design_for_test.h"
#include "design/expand.h"
#include "design/outline_for_test.h"

namespace relata::design {

inline Schema expanded(const Design& design, const ExpandOptions& options = {}) {
  DiagnosticSink sink;
  return expand(design, options, sink);
}

/// The outline of one table of a design.
inline std::string table(const Design& design, std::string_view name,
                         const ExpandOptions& options = {}) {
  const Schema schema = expanded(design, options);
  const Table* found = schema.find_table(name);
  return found == nullptr ? "no table " + std::string(name) : outline(*found);
}

/// Checks that the table's outline holds every line given; "!" before a line means that it must
/// not be there.
inline void expect_lines(const Design& design, std::string_view name,
                         std::initializer_list<std::string_view> lines,
                         const ExpandOptions& options = {}) {
  const std::string text = table(design, name, options);
  for (std::string_view line : lines) {
    const bool absent = line.starts_with('!');
    if (absent) line.remove_prefix(1);
    const bool found = text.find("  " + std::string(line) + "\n") != std::string::npos;
    EXPECT_NE(found, absent) << (absent ? "should not be: " : "missing: ") << line << "\n" << text;
  }
}

inline std::string table_names(const Schema& schema) {
  std::vector<std::string> names;
  for (const Table& t : schema.tables) names.push_back(t.name);
  return outline(names);
}

/// No foreign key without an index that begins with its columns, no index that another makes
/// needless, and no name twice.
inline void expect_sound(const Schema& schema) {
  std::set<std::string> relations;
  std::set<std::string> constraints;
  for (const Table& t : schema.tables) {
    EXPECT_TRUE(relations.insert(t.name).second) << t.name;
    ASSERT_TRUE(t.primary_key) << t.name;
    EXPECT_TRUE(relations.insert(t.primary_key->name).second) << t.primary_key->name;
    std::vector<std::vector<std::string>> full{t.primary_key->columns};
    for (const Unique& u : t.uniques) {
      full.push_back(u.columns);
      EXPECT_TRUE(relations.insert(u.name).second) << u.name;
    }
    for (const Index& i : t.indexes) {
      EXPECT_TRUE(relations.insert(i.name).second) << i.name;
      std::vector<std::string> columns;
      for (const IndexPart& part : i.parts) columns.push_back(part.expression.text);
      for (const std::string& column : columns) EXPECT_NE(t.find_column(column), nullptr) << column;
      if (!i.where) full.push_back(columns);
    }
    for (const ForeignKey& k : t.foreign_keys) {
      EXPECT_TRUE(constraints.insert(k.name).second) << k.name;
      const std::set<std::string> wanted(k.columns.begin(), k.columns.end());
      EXPECT_TRUE(std::any_of(
          full.begin(), full.end(),
          [&](const auto& index) {
            return index.size() >= k.columns.size() &&
                   std::set<std::string>(
                       index.begin(),
                       index.begin() + static_cast<std::ptrdiff_t>(k.columns.size())) == wanted;
          }))
          << t.name << ": " << outline(k);
      const Table* target = schema.find_table(k.table);
      ASSERT_NE(target, nullptr) << k.table;
      const bool unique = target->primary_key->columns == k.referenced ||
                          std::any_of(target->uniques.begin(), target->uniques.end(),
                                      [&](const Unique& u) { return u.columns == k.referenced; });
      EXPECT_TRUE(unique) << outline(k);
    }
    for (const Check& c : t.checks) EXPECT_TRUE(constraints.insert(c.name).second) << c.name;
    EXPECT_FALSE(t.comment.empty()) << t.name;
    std::set<std::string> columns;
    for (const Column& c : t.columns) {
      EXPECT_TRUE(columns.insert(c.name).second) << c.name;
      EXPECT_FALSE(c.origin.rule.empty() && c.name == "id") << t.name;
    }
  }
}

inline Design small(std::initializer_list<Entity> entities,
                    std::initializer_list<std::string_view> arrows = {}) {
  Design d;
  d.patterns.timestamps = false;
  d.entities = entities;
  relate(d, arrows);
  return d;
}

}  // namespace relata::design
