#pragma once

#include <string_view>
#include <vector>

#include "read/english/chunk.h"
#include "read/english/syntax.h"

namespace relata::english {

/// Reads the chunks of one sentence from left to right: clauses (parse.cpp) and the lists of noun
/// phrases in them (parse_items.cpp).
class Parser {
 public:
  Parser(const Sentence& sentence, const std::vector<Chunk>& chunks)
      : tokens_(sentence), chunks_(chunks) {}
  std::vector<Clause> run();

 private:
  [[nodiscard]] bool is(std::size_t i, ChunkKind kind) const;
  [[nodiscard]] bool word_is(std::size_t i, ChunkKind kind, std::string_view word) const;
  [[nodiscard]] bool finite_verb(std::size_t i) const;

  /// The first chunk behind a separator of a list ("," "and" ", and" "or" "/"), or `i` itself when
  /// there is none.
  [[nodiscard]] std::size_t behind_separator(std::size_t i) const;

  /// Whether a noun phrase at `i` is the subject of a clause of its own.
  [[nodiscard]] bool opens_clause(std::size_t i) const;

  /// Where a phrase in front of the sentence ends: at the comma before the subject ("For each car,
  /// the model, make and year are recorded"). A list that ends in "and X," is all in front ("For
  /// cars, vans and trucks, the model is recorded").
  [[nodiscard]] std::size_t lead_ends_at(std::size_t begin) const;

  /// A list of noun phrases. It does not go over the chunk at `stop`.
  std::vector<Item> items(bool subject_position, int depth = 0,
                          std::size_t stop = static_cast<std::size_t>(-1));

  /// Behind "is refrigerated" at `i`, an item of "Vehicle: plate, is refrigerated, model"; `i` when
  /// no such item stands there.
  [[nodiscard]] std::size_t quality_ends_at(std::size_t i) const;
  Item quality_item(std::size_t i);

  /// "whether the employee is late or leaves early": one yes-or-no item, up to the next comma.
  Item whether_item();
  Item noun_item(int depth, bool subject_position = false);
  [[nodiscard]] bool bare_number(std::size_t i) const;

  /// "a rating between 1 and 5", "a discount from 0 to 100": a remark on the item.
  bool take_range(Item& item);

  /// "the time when the user joined", "the date it was created": joined at, created date.
  void name_moment(Item& item);

  /// Whether a noun phrase is followed by an -ing verb: "with each analysis recording the date".
  [[nodiscard]] bool gerund_clause_behind(std::size_t i) const;
  void skip_etc();
  void parenthesis(Item& item, int depth);
  void clause();

  /// "A room has a number, which is unique within its building, and a capacity": the list of the
  /// clause before the relative clause goes on. Takes the items over when it does.
  bool goes_on_behind_relative(Clause& current);
  [[nodiscard]] bool is_time(std::size_t i) const;
  void after_subject(Clause& current, std::size_t start);
  void verb_and_rest(Clause& current, std::size_t start);

  /// Objects and prepositional phrases behind a verb; what cannot be one is left for the next
  /// clause.
  void complement(Clause& current);

  /// Verbs whose object may be a whole clause: "ensure that", "know what", never a list owner.
  [[nodiscard]] static bool is_object_clause(const Clause& current);
  void attach_list(Clause& current, std::vector<Item> list, ListKind kind);

  /// The noun phrase that a relative pronoun here points back to: the last one of the clause
  /// before.
  [[nodiscard]] std::vector<Item> antecedent() const;
  void relative_clause(std::vector<Item> antecedent);
  void push(Clause clause, std::size_t start);

  const Sentence& tokens_;
  const std::vector<Chunk>& chunks_;
  std::size_t at_ = 0;
  bool stops_at_comma_ = false;
  bool in_definition_ = false;  ///< "Vehicle: plate, is refrigerated".
  std::vector<Clause> clauses_;
};

}  // namespace relata::english
