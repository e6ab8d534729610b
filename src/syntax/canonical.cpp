#include "syntax/canonical.h"

#include <array>
#include <string_view>

namespace relata::syntax {

#define RELATA_SYNTAX(id, canonicalize, complete) \
  void canonicalize(Schema& schema);              \
  void complete(Schema& schema);
#include "syntax/syntaxes.def"
#undef RELATA_SYNTAX

void adopt_mysql_defaults(Schema& schema, const Schema& server);
void adopt_postgres_defaults(Schema& schema, const Schema& server);

namespace {

struct Syntax {
  std::string_view dialect;
  void (*canonicalize)(Schema& schema);
  void (*complete)(Schema& schema);
};

constexpr std::array syntaxes{
#define RELATA_SYNTAX(id, canonicalize, complete) Syntax{id, canonicalize, complete},
#include "syntax/syntaxes.def"
#undef RELATA_SYNTAX
};

struct Adoption {
  std::string_view dialect;
  void (*adopt)(Schema& schema, const Schema& server);
};

constexpr std::array adoptions{Adoption{"mysql", adopt_mysql_defaults},
                               Adoption{"postgres", adopt_postgres_defaults}};

}  // namespace

void canonicalize(Schema& schema, std::string_view written_in) {
  const bool writes_own = !schema.dialect.empty() && schema.dialect == written_in;
  for (const Syntax& syntax : syntaxes) {
    if (syntax.dialect != schema.dialect) continue;
    (writes_own ? syntax.complete : syntax.canonicalize)(schema);
  }
}

void adopt_server_defaults(Schema& schema, const Schema& server) {
  if (schema.dialect != server.dialect) return;
  for (const Adoption& adoption : adoptions) {
    if (adoption.dialect == schema.dialect) adoption.adopt(schema, server);
  }
}

}  // namespace relata::syntax
