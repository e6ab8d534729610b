// What the database has names for beside tables: enumerations, domains, sequences.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "emit/sqlalchemy/models.h"

namespace relata::emit::sqlalchemy {
namespace {

std::string key_of(std::string_view space, std::string_view name) {
  return std::string(space) + "." + std::string(name);
}

/// "OrderStatus" as "order_status".
std::string lower_words(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z' && !out.empty() && out.back() != '_') out += '_';
    out += c;
  }
  return to_lower(out);
}

/// The domains, each behind the one that it is made from: Python reads from the top.
std::vector<const Domain*> in_order(const Schema& schema) {
  std::map<QualifiedName, const Domain*> waiting;
  for (const Domain& each : schema.domains)
    waiting.emplace(QualifiedName{each.schema, each.name}, &each);
  std::vector<const Domain*> ordered;
  for (const Domain& each : schema.domains) {
    // From this one to the first that is not there yet, and back again.
    std::vector<const Domain*> chain;
    QualifiedName name{each.schema, each.name};
    for (auto found = waiting.find(name); found != waiting.end(); found = waiting.find(name)) {
      chain.push_back(found->second);
      waiting.erase(found);
      name = value_type(schema, chain.back()->type).domain;
    }
    ordered.insert(ordered.end(), chain.rbegin(), chain.rend());
  }
  return ordered;
}

}  // namespace

void ModelFile::plan_named_types() {
  for (std::size_t at = 0; at < schema_.enumerations.size(); ++at) {
    const Enumeration& each = schema_.enumerations[at];
    const std::string key = key_of(each.schema, each.name);
    const std::string alias = new_name(names_.enumerations[at]);
    if (!each.values.empty()) named_.aliases[key] = alias;
    named_.constants[key] = new_name(lower_words(alias) + "_enum");
  }
  for (const Domain& each : schema_.domains) {
    std::string word;
    for (const char c : to_lower(each.name)) {
      word += is_ascii_letter(c) || is_ascii_digit(c) ? c : '_';
    }
    if (word.empty() || is_ascii_digit(word.front())) word.insert(0, "n");
    const std::string key = key_of(each.schema, each.name);
    named_.constants[key] = new_name(word + "_domain");
    const ValueType value = value_type(schema_, each.type);
    if (!value.enumeration.name.empty()) {
      const auto alias =
          named_.aliases.find(key_of(value.enumeration.schema, value.enumeration.name));
      if (alias != named_.aliases.end()) named_.aliases[key] = alias->second;
    }
  }
}

void ModelFile::write_sequences() {
  std::string lines;
  std::set<std::pair<std::string, std::string>> owned;
  for (const Table& table : schema_.tables) {
    for (const Column& column : table.columns) {
      if (serial_.count({&table, column.name}) == 0) continue;
      const bool in_key =
          table.primary_key &&
          std::find(table.primary_key->columns.begin(), table.primary_key->columns.end(),
                    column.name) != table.primary_key->columns.end();
      if (in_key && is_class(table)) owned.insert({table.schema + "." + table.name, column.name});
    }
  }
  for (const Sequence& sequence : schema_.sequences) {
    const std::string owner = sequence.owned_by_table.schema + "." + sequence.owned_by_table.name;
    if (owned.count({owner, sequence.owned_by_column}) > 0) continue;
    if (!sequence.owned_by_table.name.empty()) owned_[owner].push_back(sequence.name);
    std::vector<Code> items{string_literal(sequence.name)};
    const auto add = [&](std::string_view name, const std::optional<std::string>& value) {
      if (value) items.emplace_back(std::string(name) + "=" + *value);
    };
    add("start", sequence.options.start);
    add("increment", sequence.options.increment);
    add("minvalue", sequence.options.minimum);
    add("maxvalue", sequence.options.maximum);
    add("cache", sequence.options.cache);
    if (sequence.options.cycle) items.emplace_back("cycle=True");
    if (sequence.type == "integer") items.emplace_back("data_type=sa.Integer");
    if (sequence.type == "smallint") items.emplace_back("data_type=sa.SmallInteger");
    if (!sequence.schema.empty()) {
      items.push_back(prefixed("schema=", string_literal(sequence.schema)));
    }
    items.emplace_back("metadata=Base.metadata");
    lines += lay_out(call("sa.Sequence", std::move(items))) + "\n";
  }
  if (!lines.empty()) out_ += "\n\n# Sequences.\n" + lines;
}

void ModelFile::write_named_types() {
  std::string lines = network_aliases();
  for (const Enumeration& each : schema_.enumerations) {
    const std::string key = key_of(each.schema, each.name);
    std::vector<Code> items;
    if (const auto alias = named_.aliases.find(key); alias != named_.aliases.end()) {
      imports_.add("typing", "Literal");
      imports_.add("typing", "get_args");
      std::vector<Code> values;
      for (const std::string& value : each.values) values.emplace_back(string_literal(value));
      if (!each.comment.empty()) lines += comment_lines(each.comment, 0);
      lines +=
          lay_out(prefixed(alias->second + " = ", subscript("Literal", std::move(values)))) + "\n";
      items.emplace_back("*get_args(" + alias->second + ")");
    }
    items.push_back(prefixed("name=", string_literal(each.name)));
    if (!each.schema.empty()) items.push_back(prefixed("schema=", string_literal(each.schema)));
    items.emplace_back("metadata=Base.metadata");
    lines +=
        lay_out(prefixed(named_.constants[key] + " = ", call("sa.Enum", std::move(items)))) + "\n";
  }
  for (const Domain* domain : in_order(schema_)) {
    const Domain& each = *domain;
    const ColumnCode type = postgres_type(each.type, value_type(schema_, each.type), named_);
    imports_.add_types(one_line(type.type));
    imports_.add("sqlalchemy.dialects", "postgresql");
    std::vector<Code> items{string_literal(each.name), type.type};
    if (!each.collation.empty()) {
      items.push_back(prefixed("collation=", string_literal(each.collation)));
    }
    if (!each.nullable) items.emplace_back("not_null=True");
    if (each.default_value) {
      items.push_back(prefixed(
          "default=", call("sa.text", {string_literal(escaped_sql(sql(*each.default_value)))})));
    }
    if (each.checks.size() == 1) {
      const Check& check = each.checks.front();
      items.push_back(prefixed("check=", string_literal(escaped_sql(sql(check.expression)))));
      if (!check.name.empty()) {
        items.push_back(prefixed("constraint_name=", string_literal(check.name)));
      }
    }
    // A domain with several checks is more than SQLAlchemy can make.
    if (each.checks.size() > 1) items.emplace_back("create_type=False");
    if (!each.schema.empty()) items.push_back(prefixed("schema=", string_literal(each.schema)));
    items.emplace_back("metadata=Base.metadata");
    if (!each.comment.empty()) lines += comment_lines(each.comment, 0);
    lines += lay_out(prefixed(named_.constants[key_of(each.schema, each.name)] + " = ",
                              call("postgresql.DOMAIN", std::move(items)))) +
             "\n";
  }
  if (!lines.empty()) out_ += "\n\n" + lines;
}

/// What psycopg gives for addresses, under names of their own.
std::string ModelFile::network_aliases() {
  std::string lines;
  for (const auto& [name, types] :
       {std::pair{"IpAddress", "IPv4Address | IPv6Address | IPv4Interface | IPv6Interface"},
        std::pair{"IpNetwork", "IPv4Network | IPv6Network"}}) {
    if (!uses_[name]) continue;
    imports_.add_types(types);
    lines += std::string(name) + " = " + types + "\n";
  }
  return lines;
}

}  // namespace relata::emit::sqlalchemy
