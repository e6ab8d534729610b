// Developer tool: prints plain SQLite DDL for a requirements text.
#include <iostream>
#include <set>
#pragma GCC diagnostic ignored "-Wmisleading-indentation"

#include "base/file.h"
#include "base/text.h"
#include "read/english/english.h"
#include "read/english/interpret.h"
#include "read/english/tag.h"
#include "read/english/tokenize.h"
using namespace relata;
using namespace relata::english;
static void show(const std::vector<Item>& items);
static void show(const NounPhrase& n) {
  for (auto& p : n.possessor) {
    show(p);
    std::cout << "'s ";
  }
  if (n.own) std::cout << "own ";
  if (n.each) std::cout << "each ";
  if (n.quantity.stated)
    std::cout << "#" << n.quantity.minimum << ".."
              << (n.quantity.maximum ? std::to_string(*n.quantity.maximum) : "*") << " ";
  std::cout << join(n.words, "_");
  if (n.plural) std::cout << "+";
  for (auto& o : n.of) {
    std::cout << " <" << n.of_word << "> ";
    show(o);
  }
}
static void show(const std::vector<Item>& items) {
  std::cout << "[";
  bool first = true;
  for (auto& i : items) {
    if (!first) std::cout << " | ";
    first = false;
    if (i.whether) std::cout << "whether ";
    show(i.phrase);
    for (auto& v : i.participle) std::cout << " ~" << v.lemma;
    for (auto& a : i.attachments) {
      std::cout << " {" << a.preposition << " ";
      show(a.items);
      std::cout << "}";
    }
    if (!i.list.empty()) {
      std::cout << " L" << int(i.list_kind);
      show(i.list);
    }
  }
  std::cout << "]";
}
static void dump(const SourceFile& s) {
  Document d = read_document(s.text);
  for (auto& l : d.lines) {
    for (auto& sent : tokenize(l.content)) {
      tag(sent);
      for (auto& t : sent)
        std::cout << t.text << "/"
                  << "NVGPJRD#pTMCSrO$'."[int(t.tag)] << " ";
      std::cout << "\n";
    }
  }
  for (auto& l : parse_lines(d)) {
    std::cout << "--- line kind " << int(l.line->kind) << "\n";
    for (auto& s2 : l.sentences) {
      std::cout << " sentence\n";
      for (auto& c : s2) {
        std::cout << "   ";
        if (!c.opening.empty()) std::cout << "<" << c.opening << "> ";
        for (auto& a : c.leads) {
          std::cout << "(" << a.preposition << " ";
          show(a.items);
          std::cout << ") ";
        }
        if (c.relative) std::cout << "REL ";
        if (c.colon) std::cout << "COLON ";
        if (c.continued) std::cout << "CONT ";
        std::cout << "S=";
        show(c.subject);
        if (c.verb)
          std::cout << " V=" << c.verb->lemma << (c.verb->passive ? "/pass" : "")
                    << (c.verb->gerund ? "/ing" : "") << (c.verb->participle ? "/ed" : "")
                    << (c.verb->infinitive ? "/to" : "")
                    << (c.verb->modality == Modality::permission   ? "/can"
                        : c.verb->modality == Modality::obligation ? "/must"
                                                                   : "");
        std::cout << " O=";
        show(c.objects);
        for (auto& a : c.attachments) {
          std::cout << " (" << a.preposition << " ";
          show(a.items);
          std::cout << ")";
        }
        std::cout << "\n";
      }
    }
  }
}
int main(int argc, char** argv) {
  if (argc < 2) return 2;
  auto s = read_source(argv[1]);
  if (!s) {
    std::cerr << s.error().message << "\n";
    return 2;
  }
  if (argc > 2 && std::string(argv[2]) == "parse") {
    dump(*s);
    return 0;
  }
  if (argc > 2 && std::string(argv[2]) == "salience") {
    Document document = read_document(s->text);
    const auto lines = parse_lines(document);
    Evidence first, second;
    Interpreter(first, nullptr).read(lines);
    Interpreter(second, &first).read(lines);
    for (auto& c : second.concepts) {
      auto& a = c.salience;
      std::cout << c.key << "\t" << c.weight << "\t" << c.fields.size() << "\t" << a.mentions
                << "\t" << a.subjects << "\t" << a.objects << "\t" << a.owners << "\t" << a.plurals
                << "\t" << a.distributives << "\t" << a.indefinites << "\t" << a.quantified << "\t"
                << a.capitals << "\n";
    }
    return 0;
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
