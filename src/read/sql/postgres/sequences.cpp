#include "read/sql/postgres/sequences.h"

#include <charconv>
#include <cstdint>

#include "base/text.h"
#include "read/sql/postgres/statements.h"
#include "syntax/postgres/sequence_settings.h"

namespace relata::sql::postgres {
namespace {

using syntax::SequenceSettings;
using syntax::told_options;
using syntax::usual_maximum;
using syntax::usual_minimum;
using syntax::usual_start;

std::int64_t number_of(const std::string& text, std::int64_t otherwise) {
  std::int64_t number = otherwise;
  const char* begin = text.data();
  if (text.starts_with('+')) ++begin;
  std::from_chars(begin, text.data() + text.size(), number);
  return number;
}

SequenceSettings expanded(const SequenceOptions& options, const std::string& type) {
  SequenceSettings settings;
  const auto value = [](const std::optional<std::string>& text, std::int64_t usual) {
    return text ? number_of(*text, usual) : usual;
  };
  settings.increment = value(options.increment, 1);
  settings.minimum = value(options.minimum, usual_minimum(settings, type));
  settings.maximum = value(options.maximum, usual_maximum(settings, type));
  settings.start = value(options.start, usual_start(settings));
  settings.cache = value(options.cache, 1);
  settings.cycle = options.cycle;
  return settings;
}

const PgQuery__DefElem* find_option(std::span<PgQuery__Node* const> options,
                                    std::string_view name) {
  const PgQuery__DefElem* found = nullptr;
  for (const PgQuery__Node* node : options)
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM && view(node->def_elem->defname) == name)
      found = node->def_elem;
  return found;
}

std::string type_word(const Reader& reader, const PgQuery__DefElem& option) {
  if (option.arg == nullptr || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) return {};
  const std::string type = reader.format_type(*option.arg->type_name);
  return type == "bigint" ? std::string() : type;
}

/// OWNED BY table.column or NONE.
void set_owner(Reader& reader, Sequence& sequence, const PgQuery__DefElem& option) {
  std::vector<std::string> names = strings_of(option.arg);
  if (names.size() < 2) {
    sequence.owned_by_table = {};
    sequence.owned_by_column.clear();
    return;
  }
  const std::string column = names.back();
  names.pop_back();
  const NameParts parts = name_parts(names);
  const std::optional<QualifiedName> owner = reader.catalog.find_relation(parts.schema, parts.name);
  if (!owner) {
    reader.missing("table", parts.name);
    return;
  }
  sequence.owned_by_table = *owner;
  sequence.owned_by_column = column;
}

}  // namespace

void change_sequence(SequenceOptions& options, std::string& type,
                     std::span<PgQuery__Node* const> changes, bool create) {
  SequenceSettings settings = expanded(options, type);
  const auto given = [&](std::string_view name) { return find_option(changes, name); };
  const auto number = [&](const PgQuery__DefElem* option, std::int64_t otherwise) {
    return option == nullptr || option->arg == nullptr
               ? otherwise
               : number_of(argument_text(*option), otherwise);
  };
  settings.increment = number(given("increment"), settings.increment);
  if (const PgQuery__DefElem* cycle = given("cycle"))
    settings.cycle = argument_text(*cycle) == "true";
  settings.cache = number(given("cache"), settings.cache);
  const PgQuery__DefElem* maximum = given("maxvalue");
  if (create || maximum != nullptr)
    settings.maximum = number(maximum, usual_maximum(settings, type));
  const PgQuery__DefElem* minimum = given("minvalue");
  if (create || minimum != nullptr)
    settings.minimum = number(minimum, usual_minimum(settings, type));
  if (create) settings.start = usual_start(settings);
  settings.start = number(given("start"), settings.start);
  options = told_options(settings, type);
}

std::string next_value(const QualifiedName& sequence) {
  const std::string name = syntax::postgres_qualified_name(sequence.schema, sequence.name);
  return "nextval('" + replace_all(name, "'", "''") + "'::regclass)";
}

void rename_sequence(Reader& reader, const QualifiedName& from, const QualifiedName& to) {
  Catalog& catalog = reader.catalog;
  auto node = catalog.sequences.extract(from);
  if (node) {
    node.key() = to;
    node.mapped().schema = to.schema;
    node.mapped().name = to.name;
    catalog.sequences.insert(std::move(node));
  }
  auto relation = catalog.relations.extract(from);
  if (relation) {
    relation.key() = to;
    catalog.relations.insert(std::move(relation));
  }
  const std::string before = next_value(from);
  const std::string after = next_value(to);
  for (auto& [name, table] : catalog.tables)
    for (Column& column : table.columns)
      if (column.default_value && column.default_value->text == before)
        column.default_value->text = after;
}

void create_sequence(Reader& reader, const PgQuery__CreateSeqStmt& statement) {
  const QualifiedName name = reader.created(*statement.sequence);
  if (!reader.is_free(name, statement.if_not_exists)) return;
  Sequence sequence;
  sequence.schema = name.schema;
  sequence.name = name.name;
  sequence.origin = reader.origin();
  sequence.unlogged = view(statement.sequence->relpersistence) == "u";
  const auto options = nodes(statement.n_options, statement.options);
  if (const PgQuery__DefElem* type = find_option(options, "as"))
    sequence.type = type_word(reader, *type);
  change_sequence(sequence.options, sequence.type, options, true);
  if (const PgQuery__DefElem* owner = find_option(options, "owned_by"))
    set_owner(reader, sequence, *owner);
  reader.catalog.relations[name] = {RelationKind::sequence, {}};
  reader.catalog.sequences[name] = std::move(sequence);
}

void alter_sequence(Reader& reader, const PgQuery__AlterSeqStmt& statement) {
  const auto name = reader.existing(*statement.sequence);
  const auto found = name ? reader.catalog.sequences.find(*name) : reader.catalog.sequences.end();
  if (found == reader.catalog.sequences.end()) {
    if (!statement.missing_ok) reader.missing("sequence", view(statement.sequence->relname));
    return;
  }
  Sequence& sequence = found->second;
  const auto options = nodes(statement.n_options, statement.options);
  if (const PgQuery__DefElem* as = find_option(options, "as")) {
    // Bounds that were the old type's follow to the new one: the options hold none for them.
    sequence.type = type_word(reader, *as);
  }
  change_sequence(sequence.options, sequence.type, options, false);
  if (const PgQuery__DefElem* owner = find_option(options, "owned_by"))
    set_owner(reader, sequence, *owner);
}

}  // namespace relata::sql::postgres
