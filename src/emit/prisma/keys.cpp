#include <algorithm>
#include <array>

#include "base/text.h"
#include "emit/prisma/condition.h"
#include "emit/prisma/plan.h"

namespace relata::emit::prisma7 {
namespace {

/// Index methods that Prisma has a word for, and the field types that it lets such an index hold
/// without naming an operator class (told by its own validation).
struct Method {
  std::string_view method;
  std::string_view word;
  std::string_view types;  ///< "*": all.
};
constexpr std::array methods{
    Method{"gin", "Gin", "Json[]Unsupported"},
    Method{"gist", "Gist", "[]Unsupported"},
    Method{"spgist", "SpGist", "[]Unsupported @db.Inet @db.VarChar String"},
    Method{"brin", "Brin", "[]UnsupportedIntBigIntFloatDecimalStringDateTimeBytes"},
    Method{"hash", "Hash", "*"},
};

const Method* find_method(std::string_view name) {
  const auto found = std::find_if(methods.begin(), methods.end(),
                                  [&](const Method& m) { return m.method == name; });
  return found == methods.end() ? nullptr : &*found;
}

bool takes_default_class(const Method& method, const FieldType& type) {
  if (method.types == "*") return true;
  const auto has = [&](std::string_view word) {
    return method.types.find(word) != std::string_view::npos;
  };
  if (type.list) return has("[]");
  if (!type.supported) return has("Unsupported");
  if (type.is_enum) return false;
  if (type.name == "Json" && !type.native.empty()) return false;
  if (method.method == "spgist") {
    return type.name == "String" &&
           (type.native.empty() || type.native == "@db.Inet" || type.native.starts_with("@db.Va"));
  }
  if (type.native == "@db.Citext" || type.native == "@db.Xml") return false;
  return has(type.name);
}

/// Prisma's own names of operator classes: jsonb_path_ops is JsonbPathOps, int4_minmax_multi_ops is
/// Int4MinMaxMultiOps; others are raw("...").
/// https://www.prisma.io/docs/orm/prisma-schema/data-model/indexes
std::string class_word(std::string_view name) {
  struct Word {
    std::string_view sql;
    std::string_view word;
  };
  static constexpr std::array plain{Word{"jsonb_path_ops", "JsonbPathOps"},
                                    Word{"inet_ops", "InetOps"}};
  static constexpr std::array types{
      Word{"bit", "Bit"},       Word{"varbit", "VarBit"}, Word{"bpchar", "Bpchar"},
      Word{"bytea", "Bytea"},   Word{"date", "Date"},     Word{"float4", "Float4"},
      Word{"float8", "Float8"}, Word{"inet", "Inet"},     Word{"int2", "Int2"},
      Word{"int4", "Int4"},     Word{"int8", "Int8"},     Word{"numeric", "Numeric"},
      Word{"oid", "Oid"},       Word{"text", "Text"},     Word{"timestamp", "Timestamp"},
      Word{"time", "Time"},     Word{"timetz", "TimeTz"}, Word{"timestamptz", "TimestampTz"},
      Word{"uuid", "Uuid"}};
  static constexpr std::array endings{Word{"_bloom_ops", "BloomOps"},
                                      Word{"_minmax_ops", "MinMaxOps"},
                                      Word{"_minmax_multi_ops", "MinMaxMultiOps"}};
  for (const Word& known : plain) {
    if (known.sql == name) return std::string(known.word);
  }
  for (const Word& ending : endings) {
    for (const Word& type : types) {
      const bool same = name.starts_with(type.sql) && name.substr(type.sql.size()) == ending.sql;
      if (same) return std::string(type.word) + std::string(ending.word);
    }
  }
  return "raw(" + string_literal(name) + ")";
}

/// The class that an index of the extensions btree_gin and btree_gist takes for a plain type, which
/// Prisma wants to be named; empty: unknown.
/// https://www.postgresql.org/docs/current/btree-gin.html and btree-gist.html
std::string default_class(const Method& method, const Column& column) {
  struct Class {
    TypeKind kind;
    std::string_view gin;
    std::string_view gist;
  };
  static constexpr std::array classes{
      Class{TypeKind::text, "text_ops", "gist_text_ops"},
      Class{TypeKind::varchar, "varchar_ops", "gist_text_ops"},
      Class{TypeKind::character, "bpchar_ops", "gist_bpchar_ops"},
      Class{TypeKind::small_integer, "int2_ops", "gist_int2_ops"},
      Class{TypeKind::integer, "int4_ops", "gist_int4_ops"},
      Class{TypeKind::big_integer, "int8_ops", "gist_int8_ops"},
      Class{TypeKind::decimal, "numeric_ops", "gist_numeric_ops"},
      Class{TypeKind::real, "float4_ops", "gist_float4_ops"},
      Class{TypeKind::double_precision, "float8_ops", "gist_float8_ops"},
      Class{TypeKind::boolean, "bool_ops", "gist_bool_ops"},
      Class{TypeKind::date, "date_ops", "gist_date_ops"},
      Class{TypeKind::time, "time_ops", "gist_time_ops"},
      Class{TypeKind::timestamp, "timestamp_ops", "gist_timestamp_ops"},
      Class{TypeKind::timestamp_tz, "timestamptz_ops", "gist_timestamptz_ops"},
      Class{TypeKind::uuid, "uuid_ops", "gist_uuid_ops"},
      Class{TypeKind::binary, "bytea_ops", "gist_bytea_ops"},
      Class{TypeKind::enumeration, "enum_ops", "gist_enum_ops"}};
  for (const Class& known : classes) {
    if (known.kind != column.type.kind) continue;
    if (method.method == "gin") return std::string(known.gin);
    if (method.method == "gist") return std::string(known.gist);
  }
  return {};
}

std::vector<std::string> column_names(const Model& model, const Key& key) {
  std::vector<std::string> names;
  for (const KeyPart& part : key.parts) names.push_back(model.table->columns[part.column].name);
  return names;
}

/// Builds the keys of one model.
class Keys {
 public:
  Keys(const Schema& schema, const Provider& provider, Model& model)
      : schema_(schema), provider_(provider), model_(model), table_(*model.table) {
    for (const ForeignKey& key : table_.foreign_keys) foreign_keys_.insert(key.name);
  }

  void run() {
    if (table_.primary_key) add_primary_key(*table_.primary_key);
    for (const Unique& unique : table_.uniques) add_unique(unique);
    for (const Index& index : table_.indexes) add_index(index);
    drop_repeated();
    place_keys();
    add_remark("operator class of index", classes_, model_);
    add_remark("NULLS FIRST or LAST of index", nulls_, model_);
    add_remark("INCLUDE of index", included_, model_);
    add_remark("settings of index", settings_, model_);
    add_remark("NULLS NOT DISTINCT of", nulls_not_distinct_, model_);
    add_remark("deferrable key", deferrable_, model_);
    add_remark("name of index", renamed_, model_);
    add_remark("index", unsaid_, model_);
  }

 private:
  /// Two constraints that say the same, where Prisma would give both the same name.
  void drop_repeated() {
    std::unordered_set<std::string> said;
    std::erase_if(model_.keys, [&](const Key& key) {
      if (!key.map.empty() || key.attribute == "id") return false;
      return !said.insert(key.attribute + list_key(column_names(model_, key))).second;
    });
  }

  void place_keys() {
    model_.in_id.assign(table_.columns.size(), false);
    model_.own_keys.assign(table_.columns.size(), Model::none);
    for (std::size_t i = 0; i < model_.keys.size(); ++i) {
      const Key& key = model_.keys[i];
      const bool id = key.attribute == "id";
      for (const KeyPart& part : key.parts) {
        if (id) model_.in_id[part.column] = true;
      }
      std::size_t& own = model_.own_keys[key.parts.front().column];
      if (key.parts.size() == 1 && (id || key.attribute == "unique") && own == Model::none) own = i;
    }
  }

  [[nodiscard]] bool add_part(const std::string& column, std::string details, Key& key) const {
    const auto found = model_.columns.find(column);
    if (found == model_.columns.end()) return false;
    key.parts.push_back({found->second, std::move(details)});
    return true;
  }

  [[nodiscard]] bool add_columns(const std::vector<std::string>& columns, Key& key) const {
    return std::all_of(columns.begin(), columns.end(),
                       [&](const std::string& column) { return add_part(column, {}, key); });
  }

  void name_key(const std::string& name, std::string_view suffix,
                const std::vector<std::string>& columns, Key& key) {
    // Prisma keeps the names of keys and foreign keys apart, PostgreSQL only those of constraints.
    const bool clashes = provider_.names_share_a_space && foreign_keys_.contains(name);
    if (clashes) renamed_.push_back(name);
    if (clashes || name.empty()) return;
    if (name != default_name(provider_, table_.name, columns, suffix)) key.map = name;
  }

  void note_unique(const Key& key) {
    const std::vector<std::string> names = column_names(model_, key);
    model_.unique_sets.insert(set_key(names));
    model_.unique_lists.insert(list_key(names));
    const bool telling = std::all_of(key.parts.begin(), key.parts.end(), [&](const KeyPart& part) {
      const bool is_id = key.attribute == "id";
      return model_.types[part.column].supported && !model_.types[part.column].list &&
             (is_id || !model_.nullable[part.column]);
    });
    model_.identified = model_.identified || telling;
  }

  void add_primary_key(const PrimaryKey& primary) {
    Key key;
    key.attribute = "id";
    for (std::size_t i = 0; i < primary.columns.size(); ++i) {
      const int length = i < primary.prefix_lengths.size() ? primary.prefix_lengths[i] : 0;
      const std::string details = length > 0 ? "length: " + std::to_string(length) : std::string();
      if (!add_part(primary.columns[i], details, key)) return;
    }
    if (key.parts.empty()) return;
    add_included(primary, key);
    if (primary.deferrable) deferrable_.push_back(primary.name);
    if (provider_.names_primary_keys) name_key(primary.name, "pkey", {}, key);
    note_unique(key);
    model_.keys.push_back(std::move(key));
  }

  /// Prisma's introspection takes included columns for columns of the key; those of a primary key
  /// cannot be NULL.
  void add_included(const PrimaryKey& primary, Key& key) {
    if (primary.include.empty()) return;
    included_.push_back(primary.name);
    Key whole = key;
    const bool there = add_columns(primary.include, whole);
    const bool set =
        there && std::all_of(whole.parts.begin(), whole.parts.end(),
                             [&](const KeyPart& part) { return !model_.nullable[part.column]; });
    if (set) key = std::move(whole);
  }

  void add_unique(const Unique& unique) {
    Key key;
    key.attribute = "unique";
    // Prisma's introspection takes included columns for columns of the key.
    std::vector<std::string> columns = unique.columns;
    columns.insert(columns.end(), unique.include.begin(), unique.include.end());
    if (!add_columns(columns, key) || key.parts.empty()) {
      unsaid_.push_back(unique.name);
      return;
    }
    if (!unique.include.empty()) included_.push_back(unique.name);
    if (unique.deferrable) deferrable_.push_back(unique.name);
    if (unique.nulls_not_distinct) nulls_not_distinct_.push_back(unique.name);
    if (provider_.keeps_constraint_names) name_key(unique.name, "key", columns, key);
    note_unique(key);
    model_.keys.push_back(std::move(key));
  }

  /// The attribute's details of a part; false: Prisma has no word for it.
  [[nodiscard]] bool set_details(const IndexPart& part, const Index& index, const Method* method,
                                 Key& key) {
    const auto found = model_.columns.find(part.expression.text);
    if (part.expression.operation != Operation::column || found == model_.columns.end()) {
      return false;
    }
    std::vector<std::string> details;
    if (part.prefix_length > 0) {
      details.push_back("length: " + std::to_string(part.prefix_length));
    }
    if (!part.operator_class.empty()) {
      if (method == nullptr || method->method == "hash") {
        classes_.push_back(index.name);
      } else {
        details.push_back("ops: " + class_word(part.operator_class));
      }
    } else if (method != nullptr && !takes_default_class(*method, model_.types[found->second])) {
      const std::string name = default_class(*method, table_.columns[found->second]);
      if (name.empty()) return false;
      details.push_back("ops: " + class_word(name));
    }
    if (part.descending) details.emplace_back("sort: Desc");
    if (part.nulls_first) nulls_.push_back(index.name);
    return add_part(part.expression.text, join(details, ", "), key);
  }

  void add_index(const Index& index) {
    Key key;
    key.attribute = index.method == "fulltext" ? "fulltext" : index.unique ? "unique" : "index";
    const Method* method = find_method(index.method);
    const bool has_word = index.method.empty() || index.method == "fulltext" || method != nullptr;
    const bool said =
        has_word && std::all_of(index.parts.begin(), index.parts.end(), [&](const IndexPart& part) {
          return set_details(part, index, method, key);
        });
    if (!said || index.parts.empty() || !add_columns(index.include, key)) {
      unsaid_.push_back(index.name);
      return;
    }
    if (method != nullptr) key.method = method->word;
    if (!index.options.empty()) settings_.push_back(index.name);
    if (!index.include.empty()) included_.push_back(index.name);
    if (index.nulls_not_distinct) nulls_not_distinct_.push_back(index.name);
    if (index.where) key.where = condition(schema_, model_, *index.where);
    name_key(index.name, index.unique ? "key" : "idx", column_names(model_, key), key);
    if (index.unique && !index.where) note_unique(key);
    model_.keys.push_back(std::move(key));
  }

  const Schema& schema_;
  const Provider& provider_;
  Model& model_;
  const Table& table_;
  std::vector<std::string> classes_, nulls_, included_, nulls_not_distinct_, deferrable_, unsaid_,
      renamed_, settings_;
  std::unordered_set<std::string> foreign_keys_;
};

constexpr std::array providers{
    std::pair{"postgres", Provider{"postgresql", 63, true, true, true, true, true}},
    std::pair{"mysql", Provider{"mysql", 64, false, true, true, false, false}},
    std::pair{"sqlite", Provider{"sqlite", 10000, false, false, false, true, false}},
};

}  // namespace

const Provider& provider_of(const Schema& schema) {
  for (const auto& [dialect, provider] : providers) {
    if (schema.dialect == dialect) return provider;
  }
  return providers.front().second;
}

std::string default_name(const Provider& provider, const std::string& table,
                         const std::vector<std::string>& columns, std::string_view suffix) {
  std::string name = table;
  for (const std::string& column : columns) name += "_" + column;
  const std::string end = "_" + std::string(suffix);
  return std::string(clipped(name, provider.name_limit - end.size())) + end;
}

std::string list_key(const std::vector<std::string>& columns) {
  std::string key;
  for (const std::string& column : columns) key += column + '\0';
  return key;
}

std::string set_key(std::vector<std::string> columns) {
  std::sort(columns.begin(), columns.end());
  return list_key(columns);
}

void plan_keys(const Schema& schema, const Provider& provider, Model& model) {
  Keys(schema, provider, model).run();
}

}  // namespace relata::emit::prisma7
