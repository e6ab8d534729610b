#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "emit/code/names.h"

namespace relata::emit {
namespace {

/// Columns by table and by entity.
using KnownColumns = std::unordered_map<std::string, std::unordered_set<std::string>>;

KnownColumns columns_of(const Schema& schema) {
  KnownColumns known;
  for (const Table& table : schema.tables) {
    for (const std::string& name : {table.name, table.intent.entity}) {
      if (name.empty()) continue;
      for (const Column& column : table.columns) known[name].insert(column.name);
    }
  }
  return known;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest(word, candidates);
  return near.empty() ? std::string() : "did you mean '" + std::string(near) + "'?";
}

template <class Names>
std::vector<std::string_view> sorted_names(const Names& names) {
  std::vector<std::string_view> sorted;
  for (const auto& name : names) {
    if constexpr (requires { name.first; }) {
      sorted.push_back(name.first);
    } else {
      sorted.push_back(name);
    }
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void check(const CodeOverride& other, const KnownColumns& known, DiagnosticSink& sink) {
  const auto table = known.find(other.table);
  if (table == known.end()) {
    sink.warning("code-unknown-table", "there is no table '" + other.table + "'",
                 other.origin.source, other.origin.span,
                 did_you_mean(other.table, sorted_names(known)));
    return;
  }
  if (other.column.empty() || table->second.contains(other.column)) return;
  sink.warning("code-unknown-column",
               "the table '" + other.table + "' has no column '" + other.column + "'",
               other.origin.source, other.origin.span,
               did_you_mean(other.column, sorted_names(table->second)));
}

}  // namespace

void check_overrides(const Schema& schema, const std::vector<std::string_view>& scopes,
                     DiagnosticSink& sink) {
  if (schema.code.empty()) return;
  const KnownColumns known = columns_of(schema);
  for (const CodeSettings& settings : schema.code) {
    if (std::find(scopes.begin(), scopes.end(), settings.scope) == scopes.end()) {
      sink.warning(
          "code-unknown-scope", "'" + settings.scope + "' is neither a language nor a target",
          settings.origin.source, settings.origin.span, did_you_mean(settings.scope, scopes));
    }
    for (const CodeOverride& other : settings.names) check(other, known, sink);
    for (const CodeOverride& other : settings.types) check(other, known, sink);
  }
}

}  // namespace relata::emit
