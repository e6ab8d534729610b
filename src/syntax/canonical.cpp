#include "syntax/canonical.h"

#include <array>
#include <string_view>

namespace relata::syntax {

#define RELATA_SYNTAX(id, function) void function(Schema& schema);
#include "syntax/syntaxes.def"
#undef RELATA_SYNTAX

void adopt_mysql_defaults(Schema& schema, const Schema& server);

namespace {

struct Syntax {
  std::string_view dialect;
  void (*canonicalize)(Schema& schema);
};

constexpr std::array syntaxes{
#define RELATA_SYNTAX(id, function) Syntax{id, function},
#include "syntax/syntaxes.def"
#undef RELATA_SYNTAX
};

}  // namespace

void canonicalize(Schema& schema) {
  for (const Syntax& syntax : syntaxes) {
    if (syntax.dialect == schema.dialect) syntax.canonicalize(schema);
  }
}

void adopt_server_defaults(Schema& schema, const Schema& server) {
  if (schema.dialect == "mysql" && server.dialect == "mysql") {
    adopt_mysql_defaults(schema, server);
  }
}

}  // namespace relata::syntax
