#include "emit/sqlalchemy/imports.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/text.h"
#include "emit/sqlalchemy/python_code.h"

namespace relata::emit::sqlalchemy {
namespace {

struct ImportRow {
  std::string_view name;
  std::string_view module;
};

/// Names of the standard library in the types of columns.
constexpr std::array import_rows{
    ImportRow{"Any", "typing"},
    ImportRow{"Literal", "typing"},
    ImportRow{"get_args", "typing"},
    ImportRow{"Decimal", "decimal"},
    ImportRow{"UUID", "uuid"},
    ImportRow{"date", "datetime"},
    ImportRow{"datetime", "datetime"},
    ImportRow{"time", "datetime"},
    ImportRow{"timedelta", "datetime"},
    ImportRow{"IPv4Address", "ipaddress"},
    ImportRow{"IPv6Address", "ipaddress"},
    ImportRow{"IPv4Interface", "ipaddress"},
    ImportRow{"IPv6Interface", "ipaddress"},
    ImportRow{"IPv4Network", "ipaddress"},
    ImportRow{"IPv6Network", "ipaddress"},
};

}  // namespace

bool is_imported_name(std::string_view name) {
  return std::any_of(import_rows.begin(), import_rows.end(),
                     [&](const ImportRow& row) { return row.name == name; });
}

void Imports::add(std::string_view module, std::string_view name) {
  names_[std::string(module)].insert(std::string(name));
}

void Imports::add_types(std::string_view python) {
  std::string word;
  bool is_attribute = false;
  const auto finish = [&] {
    const auto* found = std::find_if(import_rows.begin(), import_rows.end(),
                                     [&](const ImportRow& row) { return row.name == word; });
    if (found != import_rows.end() && !is_attribute) add(found->module, found->name);
    if (word == "postgresql" || word == "mysql") add("sqlalchemy.dialects", word);
    word.clear();
    is_attribute = false;
  };
  for (const char c : python) {
    if (is_ascii_letter(c) || is_ascii_digit(c) || c == '_') {
      word += c;
    } else {
      finish();
      is_attribute = c == '.';
    }
  }
  finish();
}

bool Imports::has(std::string_view module, std::string_view name) const {
  const auto found = names_.find(std::string(module));
  return found != names_.end() && found->second.count(std::string(name)) > 0;
}

std::string Imports::text() const {
  // As isort has them: constants, classes, then the rest, each in order.
  const auto rank = [](const std::string& name) {
    if (name == to_upper(name)) return 0;
    return name[0] >= 'A' && name[0] <= 'Z' ? 1 : 2;
  };
  // Python's own modules, SQLAlchemy's, and those of the program that the models are part of.
  const auto block_of = [](const std::string& module) {
    if (module.starts_with("sqlalchemy")) return 1;
    const bool standard = module == "sqlite3" ||
                          std::any_of(import_rows.begin(), import_rows.end(),
                                      [&](const ImportRow& row) { return row.module == module; });
    return standard ? 0 : 2;
  };
  const auto lines = [&](int block) {
    std::string out;
    const std::map<std::string, std::set<std::string>> modules(names_.begin(), names_.end());
    for (const auto& [module, set] : modules) {
      if (block_of(module) != block) continue;
      std::vector<std::string> names(set.begin(), set.end());
      std::stable_sort(names.begin(), names.end(),
                       [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
      // In parentheses where it is too long.
      const std::string head = "from " + module + " import ";
      Code all = tuple({names.begin(), names.end()});
      const std::string line = head + join(names, ", ");
      out += (line.size() <= 88 ? line : lay_out(prefixed(head, std::move(all)))) + "\n";
    }
    return out;
  };
  const std::string own = lines(0);
  const std::string of_program = lines(2);
  return "from __future__ import annotations\n\n" + own + (own.empty() ? "" : "\n") +
         "import sqlalchemy as sa\n" + lines(1) + (of_program.empty() ? "" : "\n") + of_program;
}

}  // namespace relata::emit::sqlalchemy
