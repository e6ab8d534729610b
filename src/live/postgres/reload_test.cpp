#include "live/postgres/reload.h"

#include <gtest/gtest.h>

#include <vector>

namespace relata::live::postgres {
namespace {

TEST(Reload, ChangesOnlyWhatTheServerWouldReadOtherwise) {
  struct Case {
    std::string written;
    std::string expected;
  };
  const std::vector<Case> cases{
      {"(a > 0)", "(a > 0)"},
      {"((a)::text = ANY ((ARRAY['x'::character varying, 'y,]'::character varying])::text[]))",
       "((a)::text = ANY (ARRAY['x'::character varying, 'y,]'::character varying]))"},
      {"((a)::text = ANY (ARRAY[('x'::character varying)::text]))",
       "((a)::text = ANY (ARRAY[('x'::character varying)::text]))"},
      {"f((ARRAY['x'::character varying])::text[])", "f((ARRAY['x'::character varying])::text[])"},
      {" SELECT 'a'::text AS kind, t.id FROM t UNION SELECT 'b'::text, u.id FROM u",
       " SELECT 'a'::text AS kind, t.id FROM t UNION SELECT 'b'::text AS \"?column?\", u.id FROM "
       "u"},
      {"(EXISTS ( SELECT 1 FROM t WHERE (t.id = u.id)))",
       "(EXISTS ( SELECT 1 FROM t WHERE (t.id = u.id)))"},
      {"SELECT count(*) AS count, max(a, b) AS max, (a + b), t.*, a FROM t",
       "SELECT count(*) AS count, max(a, b) AS max, (a + b), t.*, a FROM t"},
      {"(a IN ( SELECT NULL::integer))", "(a IN ( SELECT NULL::integer AS \"?column?\"))"},
  };
  for (const Case& c : cases) EXPECT_EQ(reloadable(c.written), c.expected);
}

}  // namespace
}  // namespace relata::live::postgres
