// Developer tool: prints plain SQLite DDL for a requirements text.
#include <iostream>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "read/english/english.h"
using namespace relata;
int main(int argc, char** argv) {
  if (argc < 2) return 2;
  auto s = read_source(argv[1]);
  if (!s) {
    std::cerr << s.error().message << "\n";
    return 2;
  }
  DiagnosticSink sink;
  auto d = english::read_requirements(*s, sink);
  for (auto& x : sink.all()) std::cerr << x.message << "\n";
  bool trace = argc > 2;
  for (auto& e : d.entities) {
    std::set<std::string> cols{"id"};
    std::string body = "  \"id\" text primary key";
    std::string fks;
    auto col = [&](const std::string& n, const std::string& extra, const Origin& o) {
      if (!cols.insert(n).second) return;
      body += ",\n  \"" + n + "\" text" + extra;
      if (trace)
        body += " -- " + o.rule + " [" + s->text.substr(o.span.begin, o.span.size()) + "]\n";
    };
    for (auto& f : e.fields) col(f.name, f.unique ? " unique" : "", f.origin);
    for (auto& r : d.relationships) {
      auto fk = [&](const std::string& entity, const std::string& role, const Origin& o) {
        std::string c = (role.empty() ? snake_case(entity) : role) + "_id";
        if (trace) fks += "-- " + o.rule + "\n";
        col(c, "", o);
        fks += ",\n  foreign key(\"" + c + "\") references \"" + entity + "\"(id)";
      };
      if (r.via.empty()) {
        if (r.left.entity == e.name && !r.right.multiplicity.many())
          fk(r.right.entity, r.right.role, r.origin);
        else if (r.right.entity == e.name && r.right.multiplicity.many())
          fk(r.left.entity, r.left.role, r.origin);
      } else if (r.via == e.name) {
        fk(r.left.entity, r.left.role, r.origin);
        fk(r.right.entity, r.right.role, r.origin);
      }
    }
    if (trace)
      std::cout << "-- " << e.origin.rule << " ["
                << s->text.substr(e.origin.span.begin, e.origin.span.size()) << "]\n";
    std::cout << "create table \"" << e.name << "\" (\n" << body << fks << ");\n";
  }
  return d.entities.empty() ? 2 : 0;
}
