// The files around the entities: https://typeorm.io/docs/data-source/data-source

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "emit/typeorm/decorators.h"
#include "emit/typeorm/files.h"
#include "emit/typeorm/view_types.h"

namespace relata::emit::typeorm {
namespace {

/// The places of views that the SELECT of a view mentions.
std::vector<std::size_t> views_behind(
    const View& view, const std::unordered_map<std::string_view, std::size_t>& views) {
  std::vector<std::size_t> found;
  std::string word;
  for (std::size_t i = 0; i <= view.sql.size(); ++i) {
    const char c = i < view.sql.size() ? view.sql[i] : ' ';
    if (is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '$' ||
        static_cast<unsigned char>(c) >= 0x80) {
      word += c;
      continue;
    }
    const auto other = word.empty() || word == view.name ? views.end() : views.find(word);
    if (other != views.end() &&
        std::find(found.begin(), found.end(), other->second) == found.end()) {
      found.push_back(other->second);
    }
    word.clear();
  }
  return found;
}

std::unordered_map<std::string_view, std::size_t> views_by_name(const Schema& schema) {
  std::unordered_map<std::string_view, std::size_t> views;
  for (std::size_t v = 0; v < schema.views.size(); ++v) views.emplace(schema.views[v].name, v);
  return views;
}

/// Every view behind those that it reads.
class ViewOrder {
 public:
  explicit ViewOrder(const Schema& schema)
      : schema_(schema), names_(views_by_name(schema)), seen_(schema.views.size()) {
    for (std::size_t v = 0; v < schema.views.size(); ++v) visit(v);
  }
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }

 private:
  void visit(std::size_t view) {
    if (seen_[view]) return;
    seen_[view] = true;
    for (const std::size_t other : views_behind(schema_.views[view], names_)) visit(other);
    order_.push_back(view);
  }

  const Schema& schema_;
  std::unordered_map<std::string_view, std::size_t> names_;
  std::vector<bool> seen_;
  std::vector<std::size_t> order_;
};

std::string database_name(const Plan& plan) {
  const std::string name = snake_case(plan.schema.name);
  return name.empty() ? "app" : name;
}

bool has_text_arrays(const Plan& plan) {
  for (const EntityPlan& entity : plan.entities) {
    for (const ColumnCode& column : entity.columns) {
      if (entity.exists && column.text_array) return true;
    }
  }
  return false;
}

bool uses(const Plan& plan, std::string_view transformer) {
  for (const EntityPlan& entity : plan.entities) {
    for (const ColumnCode& column : entity.columns) {
      if (entity.exists && column.transformer == transformer) return true;
    }
  }
  return false;
}

std::string view_file(const Plan& plan, std::size_t place,
                      const std::unordered_map<std::string_view, std::size_t>& views) {
  const View& view = plan.schema.views[place];
  const TableNames& names = plan.names.views[place];
  Decorators out;
  std::vector<Code::Member> options{{"name", Code::string(view.name)}};
  if (!view.schema.empty() && plan.postgres) {
    options.emplace_back("schema", Code::string(view.schema));
  }
  if (view.materialized) options.emplace_back("materialized", Code::text("true"));
  options.emplace_back("expression", Code::sql(trim(view.sql)));
  std::vector<std::string> behind;
  for (const std::size_t other : views_behind(view, views)) {
    behind.push_back(plan.names.views[other].entity);
  }
  if (!behind.empty()) options.emplace_back("dependsOn", Code::strings(behind));
  if (!can_make(view)) options.emplace_back("synchronize", Code::text("false"));
  out.add("ViewEntity", {Code::object(std::move(options))});
  for (const Index& index : view.indexes) add_index(plan, index, names, view.columns, out);
  std::string body;
  const std::vector<std::string> types = view_types(plan, view);
  for (std::size_t i = 0; i < view.columns.size(); ++i) {
    std::vector<Code> arguments;
    if (names.members[i] != view.columns[i]) {
      arguments.push_back(Code::object({{"name", Code::string(view.columns[i])}}));
    }
    out.imports.insert("ViewColumn");
    const std::string comment = i < view.column_comments.size() ? view.column_comments[i] : "";
    body += "\n" + doc_comment({comment}, 2);
    body += "  @" + Code::call("ViewColumn", std::move(arguments)).broken(2, 1) + "\n  " +
            names.members[i] + "!: " + types[i] + ";\n";
  }
  for (const Trigger& trigger : view.triggers) out.notes.push_back("trigger " + trigger.name);
  std::vector<std::string> paragraphs{view.comment};
  if (!out.notes.empty()) {
    paragraphs.push_back("In the database only: " + join(out.notes, ", ") + ".");
  }
  std::string text = import_line({out.imports.begin(), out.imports.end()}, "typeorm") + "\n";
  text += doc_comment(paragraphs, 0);
  for (const Code& call : out.calls) text += "@" + call.broken(0, 1) + "\n";
  return text + "export class " + names.entity + " {" + body + "}\n";
}

}  // namespace

std::vector<std::string> view_files(const Plan& plan) {
  const std::unordered_map<std::string_view, std::size_t> views = views_by_name(plan.schema);
  std::vector<std::string> files;
  for (std::size_t v = 0; v < plan.schema.views.size(); ++v) {
    files.push_back(view_file(plan, v, views));
  }
  return files;
}

std::string index_file(const Plan& plan) {
  std::vector<std::string> names;
  for (std::size_t t = 0; t < plan.entities.size(); ++t) {
    if (plan.entities[t].exists) names.push_back(plan.names.tables[t].entity);
  }
  const ViewOrder views(plan.schema);
  for (const std::size_t v : views.order()) {
    if (!plan.schema.views[v].columns.empty()) names.push_back(plan.names.views[v].entity);
  }
  std::string imports;
  for (const std::string& name : names) imports += import_line({name}, "./" + name + ".js");
  std::string text = imports + (names.empty() ? "" : "\n");
  text += "/** Every entity, as DataSourceOptions.entities takes them. */\n";
  std::vector<Code> items;
  for (const std::string& name : names) items.push_back(Code::text(name));
  text += "export const entities = " + Code::array(std::move(items)).broken(0, 24, 1) + ";\n";
  if (names.empty()) return text;
  const std::string line = "export { " + join(names, ", ") + " };\n";
  if (code_points(line) <= 81) return text + "\n" + line;
  return text + "\nexport {\n  " + join(names, ",\n  ") + ",\n};\n";
}

std::string transformers_file(const Plan& plan) {
  std::string text;
  if (uses(plan, "int64")) {
    text += R"(
function wide(value: string | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

/** 64-bit integers, which drivers give as text so that no digit is lost. */
export const int64: ValueTransformer = {
  to: (value: unknown) =>
    Array.isArray(value)
      ? value.map((item) => (typeof item === 'bigint' ? String(item) : item))
      : typeof value === 'bigint'
        ? String(value)
        : value,
  from: (value: string | (string | null)[] | null) =>
    Array.isArray(value) ? value.map(wide) : wide(value),
};
)";
  }
  if (uses(plan, "interval")) {
    text += R"(
interface Interval {
  toISOString(): string;
}

function iso(value: Interval | string | null): string | null {
  if (value === null || typeof value === 'string') return value;
  // 'P0Y0M1DT0H0M0S' says what 'P1D' says.
  const [date = '', time = ''] = value.toISOString().split('T');
  const days = date.replace(/(?<!\d)-?0[YMD]/g, '');
  const hours = time.replace(/(?<![\d.])-?0[HMS]/g, '');
  if (days === 'P' && hours === '') return 'PT0S';
  return hours === '' ? days : `${days}T${hours}`;
}

/** Durations as ISO 8601 text, 'P1DT2H', where node-postgres makes objects. */
export const interval: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: Interval | (Interval | null)[] | null) =>
    Array.isArray(value) ? value.map(iso) : iso(value),
};
)";
  }
  return text.empty() ? text : "import type { ValueTransformer } from 'typeorm';\n" + text;
}

std::string data_source_file(const Plan& plan) {
  const std::string name = database_name(plan);
  const bool text_arrays = has_text_arrays(plan);
  std::string text = "import { DataSource } from 'typeorm';\n";
  if (text_arrays) {
    text += "import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';\n";
  }
  text += R"(
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';

export const AppDataSource = new DataSource({
)";
  if (plan.postgres) {
    text += "  type: 'postgres',\n  url: process.env.DATABASE_URL ?? 'postgres://localhost:5432/" +
            name + "',\n";
  } else if (plan.mysql) {
    text += "  type: 'mariadb', // 'mysql' for MySQL itself\n";
    text += "  url: process.env.DATABASE_URL ?? 'mariadb://root@localhost:3306/" + name + "',\n";
  } else {
    text += "  type: 'better-sqlite3',\n";
    text += "  database: (process.env.DATABASE_URL ?? '" + name +
            ".sqlite').replace(\n    /^(sqlite|file):/,\n    '',\n  ),\n";
  }
  text += R"(  entities,
  migrations,
  // The migrations make the schema, also what entities cannot say.
  synchronize: false,
)";
  if (plan.postgres) {
    text += R"(  installExtensions: false,
  uuidExtension: 'pgcrypto',
)";
  } else if (plan.mysql) {
    text += R"(  // DATETIME columns hold UTC; dates and long numbers stay text, whole.
  timezone: 'Z',
  dateStrings: ['DATE'],
  supportBigNumbers: true,
  bigNumberStrings: true,
  charset: 'utf8mb4',
  // Triggers keep the mode that they were made in: the server's, not mysql2's.
  flags: ['-IGNORE_SPACE'],
)";
  }
  text += "});\n";
  if (!text_arrays) return text;
  return text + R"(
// Arrays of numeric and date as text, where node-postgres would make
// floating point numbers and moments of them.
const { types } = (AppDataSource.driver as PostgresDriver).postgres;
types.setTypeParser(1231, types.getTypeParser(1009));
types.setTypeParser(1182, types.getTypeParser(1009));
)";
}

std::string tsconfig_file() {
  return R"({
  "compilerOptions": {
    "target": "es2022",
    "module": "nodenext",
    "rootDir": ".",
    "outDir": "dist",
    "types": ["node"],
    "strict": true,
    "exactOptionalPropertyTypes": true,
    "experimentalDecorators": true,
    "useDefineForClassFields": false,
    "skipLibCheck": true
  },
  "include": ["**/*.ts"],
  "exclude": ["dist"]
}
)";
}

}  // namespace relata::emit::typeorm
