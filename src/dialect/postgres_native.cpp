#include "dialect/postgres_native.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "dialect/postgres_words.h"

namespace relata {
namespace {

/// Relations that one transaction can make before it runs out of locks, at the default of
/// max_locks_per_transaction = 64 and max_connections = 100.
constexpr std::size_t relations_of_one_transaction = 2500;

/// About how many relations the statements make: each holds a lock until the transaction ends.
std::size_t count_relations(const Schema& schema) {
  constexpr std::size_t with_toast = 3;
  std::size_t count = schema.sequences.size() + schema.views.size();
  for (const Table& table : schema.tables) {
    count += with_toast + table.indexes.size() + table.uniques.size();
  }
  return count;
}

bool fits_one_transaction(const Schema& schema) {
  return count_relations(schema) < relations_of_one_transaction &&
         std::none_of(schema.others.begin(), schema.others.end(),
                      [](const OtherObject& each) { return each.kind == "subscription"; });
}

/// What options say beside storage parameters.
constexpr std::array<std::string_view, 7> not_storage{"tablespace",   "access method", "clustered",
                                                      "storage",      "compression",   "statistics",
                                                      "index comment"};

bool is_plain_value(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return is_ascii_letter(c) || is_ascii_digit(c) || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace

std::string storage_parameters(const std::vector<Option>& options, const PostgresDialect& dialect) {
  std::vector<std::string> parameters;
  for (const Option& option : options) {
    if (std::find(not_storage.begin(), not_storage.end(), option.name) != not_storage.end() ||
        option.name.starts_with("statistics ") || option.name == "not null") {
      continue;
    }
    const bool plain = is_plain_value(option.value);
    parameters.push_back(option.value.empty()
                             ? option.name
                             : option.name + " = " +
                                   (plain ? option.value : dialect.string_literal(option.value)));
  }
  return join(parameters, ", ");
}

NativeWriter::NativeWriter(const PostgresDialect& dialect, const Schema& schema,
                           DiagnosticSink& sink, const std::set<QualifiedName>& apart)
    : dialect_(dialect),
      schema_(schema),
      sink_(sink),
      plan_(plan_native(schema, apart)),
      path_(search_path(schema)),
      follows_path_(has_option(schema.options, "search_path")),
      apart_(apart) {
  names_public_ = path_.size() > 1;
  std::set<const Sequence*> serial;
  for (const auto& [column, sequence] : plan_.serial) serial.insert(sequence);
  for (const Sequence& sequence : schema.sequences) {
    if (sequence.owned_by_table.name.empty() || serial.count(&sequence) > 0) continue;
    const Table* owner = plan_.find_table(sequence.owned_by_table);
    if (owner != nullptr) owned_[owner].push_back(&sequence);
  }
}

std::string NativeWriter::run() {
  const bool transaction = fits_one_transaction(schema_);
  print_header(printer_, "PostgreSQL", "psql -v ON_ERROR_STOP=1 -f FILE");
  if (transaction) printer_.line("BEGIN;");
  print_start();
  print_items();
  print_later_parts();
  print_partition_indexes();
  print_comments();
  print_grants();
  print_last();
  if (transaction) {
    printer_.line();
    printer_.line("COMMIT;");
  }
  return printer_.take();
}

void NativeWriter::print_start() {
  // Bodies may name what is made after them.
  if (!schema_.routines.empty()) statement("SET check_function_bodies = false");
  print_namespaces();
  looked_in_ = "\n";  // No name: the first look_in() sets the path.
  look_in(path_.front());
  print_extensions();
}

void NativeWriter::print_items() {
  for (const std::size_t item : plan_.order) {
    item_ = item;
    std::visit(
        [this](const auto& each) {
          if constexpr (std::is_pointer_v<std::decay_t<decltype(each)>>) {
            print(*each);
          } else {
            print(each);
          }
        },
        plan_.items[item]);
  }
}

void NativeWriter::print_last() {
  for (const OtherObject& object : schema_.others) {
    if (comes_last(object)) print(object);
  }
  for (const OtherObject& object : schema_.others) {
    if (comes_last(object) && !object.comment.empty()) {
      comment(other_name(object), object.comment);
    }
  }
}

void NativeWriter::statement(std::string_view text) {
  std::string whole = closed_text(without_semicolon(text));
  if (captured_ != nullptr) {
    captured_->push_back(std::move(whole));
    return;
  }
  printer_.line(whole + ";");
}

void NativeWriter::section(const std::string& title) {
  if (captured_ != nullptr) return;
  if (title != section_) print_section(printer_, title);
  section_ = title;
}

void NativeWriter::look_in(const std::string& space) {
  if (!follows_path_ || space == looked_in_) return;
  looked_in_ = space;
  std::vector<std::string> names{identifier(space.empty() ? "public" : space)};
  for (const std::string& each : path_) {
    if (each != space) names.push_back(identifier(each.empty() ? "public" : each));
  }
  statement("SET search_path = " + join(names, ", "));
}

std::string NativeWriter::name(std::string_view space, std::string_view name) const {
  if (!space.empty()) return identifier(space) + "." + identifier(name);
  return names_public_ ? "public." + identifier(name) : identifier(name);
}

std::string NativeWriter::type(const Type& type) const {
  return type.spelling.empty() ? dialect_.type_name(type) : type.spelling;
}

std::string NativeWriter::text(const Expression& expression) const {
  return closed_text(dialect_.expression(expression));
}

std::string NativeWriter::collation(std::string_view name) const {
  // "namespace.name" where it is not found by its name alone; names have dots, too (en_US.utf8).
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos) {
    const std::string_view space = name.substr(0, dot);
    const bool known = space == "pg_catalog" || space == "public" ||
                       std::any_of(schema_.namespaces.begin(), schema_.namespaces.end(),
                                   [&](const Namespace& each) { return each.name == space; });
    if (known) return identifier(space) + "." + identifier(name.substr(dot + 1));
  }
  return identifier(name);
}

std::string PostgresDialect::native_ddl(const Schema& schema, DiagnosticSink& sink) const {
  return NativeWriter(*this, schema, sink).run();
}

}  // namespace relata
