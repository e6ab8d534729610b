#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "design/design.h"
#include "read/english/concept_name.h"
#include "read/english/document.h"
#include "read/english/evidence.h"
#include "read/english/need.h"
#include "read/english/syntax.h"

namespace relata::english {

/// A line with its sentences read as clauses; a sentence that only states a need is not among them.
struct ParsedLine {
  const Line* line = nullptr;
  std::vector<std::vector<Clause>> sentences;
  std::vector<Sentence> tokens;              ///< For each sentence.
  std::vector<design::Relationship> arrows;  ///< When the line is in the arrow notation.
  std::vector<Need> needs;                   ///< What its sentences ask for, in the order found.
};

[[nodiscard]] std::vector<ParsedLine> parse_lines(const Document& document);

/// What a noun phrase refers to.
struct Reference {
  enum class Kind { none, system, narrator, thing };
  Kind kind = Kind::none;
  ConceptName name;
  bool plural = false;
  bool each = false;
  bool other = false;
  Quantity quantity;
  Span span;

  [[nodiscard]] bool thing() const { return kind == Kind::thing; }
  [[nodiscard]] std::string key() const { return name.key(); }
};

/// Applies the rules to clauses and lines, and collects what they say. `earlier` is the evidence of
/// a first reading: rules ask it which noun phrases are likely entities.
class Interpreter {
 public:
  Interpreter(Evidence& evidence, const Evidence* earlier)
      : evidence_(evidence), earlier_(earlier) {}

  void read(const std::vector<ParsedLine>& lines);

 private:
  struct Event {
    std::string verb;
    std::vector<Reference> participants;
    Span span;
  };

  // Lines (interpret_lines.cpp).
  void heading(const ParsedLine& line);
  void table_row(const Line& line);
  void arrows(const ParsedLine& line);
  void body(const ParsedLine& line, bool opens_section);

  // Clauses (interpret_clauses.cpp).
  void clause(const Clause& current);
  void fragment(const Clause& current);
  void having(const Clause& current, const std::vector<Reference>& subjects);
  bool describes_link(const Item& item, const Reference& owner, const Reference& object,
                      const std::string& verb);
  void recording(const Clause& current, const std::vector<Reference>& subjects);
  void passive_recording(const Clause& current, const std::vector<Reference>& subjects);
  // Facts (interpret_facts.cpp).
  void being(const Clause& current, const std::vector<Reference>& subjects);
  void existing(const Clause& current);
  bool field_fact(const Clause& current);
  bool membership(const Clause& current, const std::vector<Reference>& subjects);
  void subtype(const Clause& current, const std::vector<Reference>& subjects);
  void defaulting(const Clause& current);
  void requiring(const Clause& current, FieldFact::Kind kind);
  bool fill_column(const Item& item, FieldFact& fact);
  [[nodiscard]] std::string tail_of(const Clause& current) const;

  void identifying(const Clause& current, const std::vector<Reference>& subjects);
  void relating(const Clause& current, const std::vector<Reference>& subjects);
  void acting(const Clause& current, const std::vector<Reference>& subjects);
  bool created_with_list(const Item& item, const Clause& current,
                         const std::vector<Reference>& subjects);
  bool agent(const Clause& current, const std::vector<Reference>& subjects);
  void belonging_phrase(const NounPhrase& phrase);
  void further_wish(const Clause& current);
  void wish(const Clause& current, const std::vector<Reference>& subjects);
  [[nodiscard]] bool described_act(const Clause& current, const std::vector<Reference>& subjects);
  [[nodiscard]] bool supplies(const Clause& current, const std::vector<Reference>& subjects);
  void note_event(const Clause& current, const std::vector<Reference>& subjects);

  // Lists (interpret_lists.cpp).
  void describe(const std::vector<Item>& items, const Clause& current);
  void nested_lists(const std::vector<Item>& items);
  bool described_by_list(const Item& item, const Clause& current);
  void describe_each(const std::vector<Item>& items, const Clause& current);
  [[nodiscard]] bool names_thing(const Item& item);
  void add_fields(const std::vector<std::string>& owner, const std::vector<Item>& items,
                  ListContext context, std::string_view rule);
  void add_field(Concept& owner, const Item& item, ListContext context, std::size_t list_size,
                 std::string_view rule);
  void event_fields(const std::vector<Item>& items);

  // References (interpret_references.cpp).
  [[nodiscard]] Reference resolve(const NounPhrase& phrase);
  [[nodiscard]] std::vector<Reference> resolve_all(const std::vector<Item>& items);
  [[nodiscard]] std::optional<Reference> owner_of(const std::vector<Item>& items,
                                                  const Clause& current);
  [[nodiscard]] std::optional<Reference> owner_in(const NounPhrase& phrase);
  [[nodiscard]] bool likely_entity(const std::string& key) const;
  [[nodiscard]] bool counted_throughout(const std::string& key) const;
  [[nodiscard]] Item counted(const Item& item) const;
  [[nodiscard]] bool value_list(const std::vector<Item>& items) const;
  void mention(const Reference& reference, std::string_view rule);
  void relate(const Reference& left, const Reference& right, RelationKind kind,
              const std::string& verb, std::string_view rule, Span span,
              Modality modality = Modality::none);

  const Sentence* tokens_ = nullptr;    ///< Of the sentence being read.
  std::optional<Reference> last_wish_;  ///< What the last "listed by" was about.
  FieldFact last_column_;               ///< The column that the last fact was about.
  Evidence& evidence_;
  const Evidence* earlier_;
  std::optional<Reference> topic_;           ///< Set by a heading or "For X management".
  std::optional<Reference> line_topic_;      ///< Set by the beginning of a line, "Books: ...".
  std::optional<Reference> last_subject_;    ///< What it and they mean.
  std::optional<Reference> last_object_;     ///< What each and one mean.
  std::optional<Reference> last_described_;  ///< Owner of the last list.
  std::optional<Event> event_;               ///< "When a borrower returns a book, ...".
  std::vector<std::string> table_header_;
};

/// Whether a verb takes attributes of its subject as its object.
[[nodiscard]] bool is_having(const std::string& verb);

}  // namespace relata::english
