// Tables of more than one kind become plain tables under one namespace.

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "dialect/convert_steps.h"
#include "model/questions.h"

namespace relata {
namespace {

/// The table at the top of a tree of partitions, for each partition.
std::map<QualifiedName, QualifiedName> roots_of(const Schema& schema) {
  std::map<QualifiedName, QualifiedName> parents;
  for (const Table& table : schema.tables) {
    if (table.partition_of) parents[{table.schema, table.name}] = table.partition_of->parent;
  }
  std::map<QualifiedName, QualifiedName> roots;
  for (const auto& [child, parent] : parents) {
    QualifiedName root = parent;
    // A tree is not deeper than it has partitions.
    for (std::size_t steps = 0; steps < parents.size(); ++steps) {
      const auto next = parents.find(root);
      if (next == parents.end()) break;
      root = next->second;
    }
    roots[child] = root;
  }
  return roots;
}

/// What one partition has for itself cannot hold for the whole table.
void report_partition_keys(Conversion& conversion, const Table& table) {
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.inherited) continue;
    conversion.losses.warning("partition-key-not-available",
                              "these foreign keys are those of single partitions and are left out "
                              "for " +
                                  conversion.title(),
                              key.name + " of " + table.name, key.origin);
  }
}

void report_partitions(Conversion& conversion) {
  for (const Table& table : conversion.schema.tables) {
    if (table.partition_of) {
      report_partition_keys(conversion, table);
      conversion.losses.note(
          "partition-not-available",
          "rows of these partitions are in the partitioned table itself for " + conversion.title(),
          table.name, table.origin);
    } else if (table.partitioning) {
      conversion.losses.note("partitioning-not-available",
                             "these tables are not partitioned for " + conversion.title(),
                             table.name, table.origin);
    }
  }
}

/// Rows of a child table are rows of its parent too, in PostgreSQL alone.
void report_inheritance(Conversion& conversion) {
  for (const Table& table : conversion.schema.tables) {
    for (const QualifiedName& parent : table.inherits) {
      conversion.losses.warning("inheritance-not-available",
                                "these tables have their parents' columns for " +
                                    conversion.title() + ", but the parents do not show their rows",
                                table.name + " (of " + plain_name(parent) + ")", table.origin);
    }
  }
}

void drop_foreign_tables(Conversion& conversion) {
  std::vector<Table>& tables = conversion.schema.tables;
  for (const Table& table : tables) {
    if (table.server.empty()) continue;
    conversion.losses.warning(
        "foreign-table-not-available",
        "these tables are held by another server and are left out for " + conversion.title(),
        table.name, table.origin);
  }
  tables.erase(std::remove_if(tables.begin(), tables.end(),
                              [](const Table& table) { return !table.server.empty(); }),
               tables.end());
}

}  // namespace

void convert_table_kinds(Conversion& conversion) {
  report_partitions(conversion);
  report_inheritance(conversion);
  drop_foreign_tables(conversion);
  std::vector<Table>& tables = conversion.schema.tables;
  const auto roots = roots_of(conversion.schema);
  tables.erase(std::remove_if(tables.begin(), tables.end(),
                              [](const Table& table) { return table.partition_of.has_value(); }),
               tables.end());
  for (Table& table : tables) {
    for (ForeignKey& key : table.foreign_keys) {
      const auto root = roots.find({key.table_schema, key.table});
      if (root == roots.end()) continue;
      key.table_schema = root->second.schema;
      key.table = root->second.name;
    }
  }
}

void flatten_namespaces(Conversion& conversion) {
  Schema& schema = conversion.schema;
  std::set<std::string> used;
  for (const Table& table : schema.tables) used.insert(table.schema);
  for (const View& view : schema.views) used.insert(view.schema);
  const bool several = used.size() > 1;

  NameScope names = conversion.target.name_scope();
  const auto rename = [&](std::string& space, std::string& name) {
    const QualifiedName old{space, name};
    if (several && !space.empty()) name = space + "_" + name;
    // Names that differ only in the case of their letters are told apart here, because the
    // references are still spelled exactly.
    name = names.claim(name);
    conversion.relations[old] = name;
    space.clear();
  };
  // What is in the default namespace keeps its name.
  for (const bool in_default : {true, false}) {
    for (Table& table : schema.tables) {
      if (table.schema.empty() == in_default &&
          conversion.relations.count({table.schema, table.name}) == 0) {
        rename(table.schema, table.name);
      }
    }
    for (View& view : schema.views) {
      if (view.schema.empty() == in_default &&
          conversion.relations.count({view.schema, view.name}) == 0) {
        rename(view.schema, view.name);
      }
    }
  }
  for (Table& table : schema.tables) {
    for (ForeignKey& key : table.foreign_keys) {
      const auto renamed = conversion.relations.find({key.table_schema, key.table});
      if (renamed != conversion.relations.end()) key.table = renamed->second;
      key.table_schema.clear();
    }
  }
  for (const std::string& space : used) {
    if (!several || space.empty()) continue;
    conversion.losses.note("namespace-not-available",
                           "one database holds everything for " + conversion.title() +
                               "; names from other namespaces begin with the namespace",
                           space, {});
  }
}

namespace {

/// Two rows that are equal in every part are refused: a unique index says the same.
void take_equal_exclusions(Table& table) {
  std::vector<Exclusion> kept;
  for (Exclusion& exclusion : table.exclusions) {
    const bool equal = (exclusion.method.empty() || exclusion.method == "btree" ||
                        exclusion.method == "hash" || exclusion.method == "gist") &&
                       !exclusion.operators.empty() &&
                       std::all_of(exclusion.operators.begin(), exclusion.operators.end(),
                                   [](const std::string& sign) { return sign == "="; });
    if (!equal) {
      kept.push_back(std::move(exclusion));
      continue;
    }
    Index index;
    index.name = std::move(exclusion.name);
    index.parts = std::move(exclusion.parts);
    index.where = std::move(exclusion.where);
    index.unique = true;
    index.origin = exclusion.origin;
    table.indexes.push_back(std::move(index));
  }
  table.exclusions = std::move(kept);
}

void resolve(std::vector<std::string>& names, Table& table) {
  for (std::string& name : names) {
    if (const Column* column = find_column(table, name)) name = column->name;
  }
}

}  // namespace

void resolve_references(Conversion& conversion) {
  const TableLookup tables(conversion.schema);
  for (Table& table : conversion.schema.tables) {
    take_equal_exclusions(table);
    if (table.primary_key) resolve(table.primary_key->columns, table);
    for (Unique& unique : table.uniques) resolve(unique.columns, table);
    for (Index& index : table.indexes) {
      for (IndexPart& part : index.parts) {
        if (part.expression.operation != Operation::column) continue;
        if (const Column* column = find_column(table, part.expression.text)) {
          part.expression.text = column->name;
        }
      }
      resolve(index.include, table);
    }
    for (ForeignKey& key : table.foreign_keys) {
      resolve(key.columns, table);
      resolve(key.set_null_columns, table);
      Table* referenced = tables.find(key.table);
      if (referenced == nullptr) continue;
      key.table = referenced->name;
      if (key.referenced.empty() && referenced->primary_key) {
        key.referenced = referenced->primary_key->columns;
      }
      resolve(key.referenced, *referenced);
    }
  }
}

}  // namespace relata
