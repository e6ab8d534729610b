// Prints what takes down a database: the statements as a JSON array, by the dialect it was read in.
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/source.h"
#include "dialect/dialect.h"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: relata_drop_statements DATABASE\n", stderr);
    return 2;
  }
  relata::cli::Console console;
  auto source = relata::cli::load_source(arguments[1], {}, console);
  const relata::Dialect* dialect = source ? relata::find_dialect(source->schema.dialect) : nullptr;
  if (dialect == nullptr) return 2;
  std::cout << nlohmann::json(dialect->drop_statements(source->schema)).dump() << '\n';
  return 0;
}
