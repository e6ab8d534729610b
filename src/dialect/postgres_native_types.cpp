// Namespaces, extensions, types and sequences.
#include <set>

#include "base/text.h"
#include "dialect/postgres_native.h"
#include "dialect/postgres_sequence.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

constexpr std::size_t line_width = 98;

/// "head (a, b)tail" on one line where it fits, else one item a line.
std::string listed(const std::string& head, const std::vector<std::string>& items,
                   const std::string& tail) {
  std::string line = head + " (" + join(items, ", ") + ")" + tail;
  if (code_points(line) <= line_width) return line;
  return head + " (\n  " + join(items, ",\n  ") + "\n)" + tail;
}

}  // namespace

std::set<std::string> used_namespaces(const Schema& schema) {
  std::set<std::string> names;
  const auto gather = [&](const auto& objects) {
    for (const auto& object : objects) names.insert(object.schema);
  };
  gather(schema.extensions);
  gather(schema.enumerations);
  gather(schema.domains);
  gather(schema.composite_types);
  gather(schema.sequences);
  gather(schema.routines);
  gather(schema.tables);
  gather(schema.views);
  names.erase("");
  names.erase("public");
  names.erase("pg_catalog");
  return names;
}

void NativeWriter::print_namespaces() {
  std::set<std::string> missing = used_namespaces(schema_);
  for (const Namespace& space : schema_.namespaces) {
    missing.erase(space.name);
    if (space.name.empty() || space.name == "public") continue;
    section("namespaces");
    statement("CREATE SCHEMA " + identifier(space.name));
  }
  for (const std::string& space : missing) {
    section("namespaces");
    statement("CREATE SCHEMA IF NOT EXISTS " + identifier(space));
  }
}

void NativeWriter::print_extensions() {
  for (const Extension& extension : schema_.extensions) {
    section("extensions");
    std::string text = "CREATE EXTENSION IF NOT EXISTS " + identifier(extension.name);
    // Some can only be in a namespace of their own, which they make.
    const bool pinned = extension.schema.empty() || extension.schema == "pg_catalog";
    if (!pinned) text += " WITH SCHEMA " + identifier(extension.schema);
    if (names_public_ && extension.schema.empty()) text += " WITH SCHEMA public";
    statement(text + " CASCADE");
  }
}

void NativeWriter::print(const Enumeration& enumeration) {
  section("types");
  std::vector<std::string> labels;
  labels.reserve(enumeration.values.size());
  for (const std::string& value : enumeration.values) labels.push_back(literal(value));
  statement(
      listed("CREATE TYPE " + name(enumeration.schema, enumeration.name) + " AS ENUM", labels, ""));
}

void NativeWriter::print(const Domain& domain) {
  section("types");
  look_in(domain.schema);
  std::string text =
      "CREATE DOMAIN " + name(domain.schema, domain.name) + " AS " + type(domain.type);
  if (!domain.collation.empty()) text += " COLLATE " + collation(domain.collation);
  if (domain.default_value) text += " DEFAULT " + default_text(this->text(*domain.default_value));
  if (!domain.nullable) text += " NOT NULL";
  for (const Check& check : domain.checks) {
    if (check.validated) text += "\n  " + constraint(check);
  }
  statement(text);
  for (const Check& check : domain.checks) {
    if (check.validated) continue;
    statement("ALTER DOMAIN " + name(domain.schema, domain.name) + " ADD " + constraint(check));
  }
}

void NativeWriter::print(const CompositeType& composite) {
  section("types");
  std::vector<std::string> attributes;
  for (const Column& attribute : composite.attributes) {
    std::string text = identifier(attribute.name) + " " + type(attribute.type);
    if (!attribute.collation.empty()) text += " COLLATE " + collation(attribute.collation);
    attributes.push_back(std::move(text));
  }
  statement(
      listed("CREATE TYPE " + name(composite.schema, composite.name) + " AS", attributes, ""));
}

std::string NativeWriter::sequence_options(const SequenceOptions& options) {
  return join(postgres_sequence_clauses({}, options), " ");
}

void NativeWriter::print(const Sequence& sequence) {
  section("sequences");
  std::string text = sequence.unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ";
  text += name(sequence.schema, sequence.name);
  if (!sequence.type.empty()) text += " AS " + sequence.type;
  const std::string options = sequence_options(sequence.options);
  statement(options.empty() ? text : text + " " + options);
}

}  // namespace relata
