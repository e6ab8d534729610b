#include "dialect/postgres.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/lower.h"
#include "dialect/postgres_plan.h"
#include "dialect/reserved_words.h"
#include "dialect/table_order.h"

namespace relata {

const Dialect& postgres_dialect() {
  static const PostgresDialect dialect;
  return dialect;
}

std::string PostgresDialect::type_name(const Type& type) const {
  const auto with_length = [&](const std::string& name) {
    return type.length > 0 ? name + "(" + std::to_string(type.length) + ")" : name;
  };
  const auto base = [&]() -> std::string {
    switch (type.kind) {
      case TypeKind::text:
        return "text";
      case TypeKind::varchar:
        return with_length("varchar");
      case TypeKind::character:
        return with_length("char");
      case TypeKind::small_integer:
        return "smallint";
      case TypeKind::integer:
        return "integer";
      case TypeKind::big_integer:
        return "bigint";
      case TypeKind::decimal:
        if (type.precision == 0) return "numeric";
        return "numeric(" + std::to_string(type.precision) + "," + std::to_string(type.scale) + ")";
      case TypeKind::real:
        return "real";
      case TypeKind::double_precision:
        return "double precision";
      case TypeKind::boolean:
        return "boolean";
      case TypeKind::date:
        return "date";
      case TypeKind::time:
        return "time";
      case TypeKind::timestamp:
        return "timestamp";
      case TypeKind::timestamp_tz:
        return "timestamptz";
      case TypeKind::interval:
        return "interval";
      case TypeKind::uuid:
        return "uuid";
      case TypeKind::json:
        return "jsonb";
      case TypeKind::binary:
        return "bytea";
      case TypeKind::inet:
        return "inet";
      case TypeKind::enumeration:
        return identifier(type.name);
      case TypeKind::native:
        return type.name;
    }
    return {};
  };
  std::string name = base();
  for (int i = 0; i < type.array_dimensions; ++i) name += "[]";
  return name;
}

Type PostgresDialect::nearest_type(const Type& type) const {
  Type nearest = type;
  // Labels take NAMEDATALEN - 1 bytes at most (documentation, "Enumerated Types").
  const bool labels_fit =
      std::all_of(type.values.begin(), type.values.end(), [&](const std::string& label) {
        return label.size() <= identifier_limit() &&
               std::count(type.values.begin(), type.values.end(), label) == 1;
      });
  if (type.kind == TypeKind::enumeration && (type.values.empty() || !labels_fit)) {
    nearest = simple_type(TypeKind::text);
  }
  if (type.kind == TypeKind::varchar && type.length == 0) nearest.kind = TypeKind::text;
  return nearest;
}

std::string PostgresDialect::binary_literal(std::string_view bytes) const {
  return "'\\x" + hexadecimal(bytes) + "'";
}

bool PostgresDialect::is_reserved(std::string_view lower_case_word) const {
  return is_postgres_reserved(lower_case_word);
}

std::string PostgresDialect::leaf(const Expression& expression) const {
  switch (expression.operation) {
    case Operation::boolean:
      return expression.text;
    case Operation::now:
      return "now()";
    case Operation::today:
      return "CURRENT_DATE";
    case Operation::current_time:
      return "LOCALTIME";
    case Operation::new_uuid4:
      return "gen_random_uuid()";
    case Operation::new_uuid7:
      return expression.text == "text" ? "new_uuid7()::text" : "new_uuid7()";
    case Operation::new_cuid2:
      return "new_cuid2()";
    case Operation::include_deleted:
      return "(SELECT current_setting('app.include_deleted', true) IS NOT DISTINCT FROM 'on')";
    case Operation::current_tenant:
      return "(SELECT NULLIF(current_setting('app.current_tenant_id', true), ''))";
    case Operation::current_actor:
      return "(SELECT NULLIF(current_setting('app.current_user_id', true), ''))";
    default:
      return {};
  }
}

std::string PostgresDialect::count_set(const std::vector<std::string>& arguments) const {
  return "num_nonnulls(" + join(arguments, ", ") + ")";
}

std::string PostgresDialect::quotient(const std::string& dividend,
                                      const std::string& divisor) const {
  return dividend + "::numeric / " + divisor;
}

std::string PostgresDialect::length_of(const std::string& argument) const {
  return "char_length(" + argument + ")";
}

std::string PostgresDialect::index_method(const Index& index) const {
  return index.method.empty() || index.method == "btree" ? "" : " USING " + index.method;
}

ColumnLine PostgresDialect::column_line(const Table& table, const Column& column) const {
  ColumnLine line{identifier(column.name), type_name(column.type), {}, {}, {}};
  if (!column.collation.empty()) line.type += " COLLATE " + quoted(column.collation);
  if (is_required(table, column)) line.nullability = "NOT NULL";
  if (column.generated) {
    line.rest = "GENERATED ALWAYS AS (" + expression(column.generated->expression) + ") STORED";
  } else if (column.identity) {
    line.rest = "GENERATED BY DEFAULT AS IDENTITY";
  } else if (column.default_value) {
    line.rest = "DEFAULT " + expression(*column.default_value);
  }
  return line;
}

void PostgresDialect::print_types(Printer& printer, const Schema& schema) const {
  std::set<std::string> printed;
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      const Type& type = column.type;
      if (type.kind != TypeKind::enumeration || !printed.insert(type.name).second) continue;
      if (printed.size() == 1) print_section(printer, "types");
      std::vector<std::string> labels;
      for (const std::string& value : type.values) labels.push_back(string_literal(value));
      printer.line("CREATE TYPE " + identifier(type.name) + " AS ENUM (" + join(labels, ", ") +
                   ");");
    }
  }
}

std::vector<std::string> PostgresDialect::more_constraints(const Table& table) const {
  std::vector<std::string> constraints;
  for (const NoOverlap& period : table.no_overlaps) {
    const Column* from = table.find_column(period.from);
    const TypeKind kind = from == nullptr ? TypeKind::timestamp_tz : from->type.kind;
    std::string range = "tstzrange";
    if (kind == TypeKind::timestamp) range = "tsrange";
    if (kind == TypeKind::date) range = "daterange";
    std::string text = "CONSTRAINT " + identifier(period.name) + " EXCLUDE USING gist (";
    for (const std::string& column : period.equal) text += identifier(column) + " WITH =, ";
    constraints.push_back(text + range + "(" + identifier(period.from) + ", " +
                          identifier(period.to) + ") WITH &&)");
  }
  return constraints;
}

void PostgresDialect::print_tables(Printer& printer, const Schema& schema) const {
  std::vector<std::pair<const Table*, const ForeignKey*>> later;
  for (const OrderedTable& entry : table_order(schema)) {
    print_section(printer, entry.table->name);
    print_table(printer, *entry.table, entry.immediate);
    for (const Index& index : entry.table->indexes) print_index(printer, *entry.table, index);
    for (const ForeignKey* key : entry.later) later.emplace_back(entry.table, key);
  }
  if (later.empty()) return;
  print_section(printer, "foreign keys that close a cycle");
  for (const auto& [table, key] : later) {
    printer.line("ALTER TABLE " + qualified(*table) + " ADD " + foreign_key(*key) + ";");
  }
}

void PostgresDialect::print_views(Printer& printer, const Schema& schema) const {
  if (schema.views.empty()) return;
  print_section(printer, "views");
  for (const View& view : schema.views) {
    const std::string name =
        (view.schema.empty() ? "" : identifier(view.schema) + ".") + identifier(view.name);
    printer.line();
    printer.line("CREATE VIEW " + name + view_columns(view) + " AS");
    printer.line(std::string(without_semicolon(view.sql)) + ";");
    if (schema.session.role.empty()) continue;
    // Before 15 a view reads as its owner, past the caller's policies: the role gets no right then.
    printer.print(
        R"(DO $$$$
BEGIN
  IF current_setting('server_version_num')::int >= 150000 THEN
    EXECUTE $alter$;
    EXECUTE $grant$;
  END IF;
END
$$$$;
)",
        {{"alter", string_literal("ALTER VIEW " + name + " SET (security_invoker = true)")},
         {"grant",
          string_literal("GRANT SELECT ON " + name + " TO " + identifier(schema.session.role))}});
  }
}

void PostgresDialect::print_comments(Printer& printer, const Schema& schema) const {
  bool headed = false;
  const auto comment = [&](const std::string& what, const std::string& text) {
    if (text.empty()) return;
    if (!headed) print_section(printer, "comments");
    headed = true;
    printer.line("COMMENT ON " + what + " IS " + string_literal(text) + ";");
  };
  for (const Table& table : schema.tables) {
    const std::string name = qualified(table);
    comment("TABLE " + name, table.comment);
    for (const Column& column : table.columns) {
      comment("COLUMN " + name + "." + identifier(column.name), column.comment);
    }
    for (const Index& index : table.indexes) {
      const std::string space = table.schema.empty() ? "" : identifier(table.schema) + ".";
      comment("INDEX " + space + identifier(index.name), index.comment);
    }
    for (const Policy& policy : table.policies) {
      comment("POLICY " + identifier(policy.name) + " ON " + name, policy.comment);
    }
  }
  for (const View& view : schema.views) comment("VIEW " + identifier(view.name), view.comment);
}

std::string PostgresDialect::lowered_ddl(const Schema& schema, const DdlOptions& options,
                                         DiagnosticSink& sink) const {
  const PostgresPlan plan = plan_for_postgres(schema, *this, options, sink);
  Printer printer;
  print_header(printer,
               options.server_version > 0 ? "PostgreSQL " + std::to_string(options.server_version)
                                          : std::string(title()),
               "psql -v ON_ERROR_STOP=1 -f FILE");
  printer.line("BEGIN;");
  print_postgres_prelude(printer, *this, plan);
  print_postgres_id_functions(printer, plan.schema, options.server_version);
  print_types(printer, plan.schema);
  print_tables(printer, plan.schema);
  print_postgres_triggers(printer, *this, plan);
  print_postgres_soft_delete(printer, *this, plan.schema);
  print_views(printer, plan.schema);
  print_postgres_security(printer, *this, plan);
  print_comments(printer, plan.schema);
  printer.line();
  printer.line("COMMIT;");
  return printer.take();
}

}  // namespace relata
