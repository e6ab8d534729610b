#include "migrate/plan_ends.h"

#include "base/diagnostic.h"
#include "dialect/dialect.h"

namespace relata::migrate {
namespace {

std::string ddl_of(const Schema& schema) {
  const Dialect* dialect = find_dialect(schema.dialect);
  DiagnosticSink unheard;  // said when the schemas themselves are emitted
  return dialect == nullptr ? std::string() : dialect->ddl(schema, {}, unheard);
}

}  // namespace

PlanEnds::PlanEnds(const Schema& start, const Schema& target)
    : start_(std::async(std::launch::async, [&start] { return ddl_of(start); })),
      target_(std::async(std::launch::async, [&target, before = start_] {
        before.wait();  // the plan needs the other processor
        return ddl_of(target);
      })) {}

}  // namespace relata::migrate
