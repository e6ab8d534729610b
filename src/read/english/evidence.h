#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/span.h"
#include "read/english/syntax.h"

namespace relata::english {

/// Where a decision comes from: the rule and the words.
struct Trace {
  std::string_view rule;  ///< Id in rules.def, without the room.
  Span span;
};

/// What kind of list an attribute was read from.
enum class ListContext {
  attributes,  ///< "X information: a, b", "each X has a, b, c": most items are values.
  possession,  ///< "X has a and b", "X contains b": items may be things.
  with,        ///< "tasks with assignees, labels and due dates".
  event,       ///< "each time A verbs B, a and b are recorded".
};

/// Words that say that a concept has something of a name.
struct FieldEvidence {
  Item item;
  std::vector<std::string> words;  ///< Name without empty words, head as written.
  ListContext context = ListContext::attributes;
  std::size_t list_size = 1;
  bool unique = false;
  bool required = false;
  bool optional = false;
  Trace trace;
};

/// How often, and in what places, a text speaks of something.
struct Salience {
  int mentions = 0;
  int subjects = 0;
  int objects = 0;
  int owners = 0;  ///< "the X's name", "the name of the X".
  int plurals = 0;
  int distributives = 0;  ///< each, every, any.
  int indefinites = 0;    ///< a, an.
  int quantified = 0;     ///< many, several, two.
  int capitals = 0;

  Salience& operator+=(const Salience& other);
};

/// A noun phrase that may be an entity.
struct Concept {
  std::string key;                 ///< Words joined by '_'.
  std::vector<std::string> words;  ///< Lower case, head singular.
  double weight = 0;               ///< Sum of the weights of the rules that speak for an entity.
  int mentions = 0;
  int subjects = 0;        ///< Times it was the subject of a verb.
  bool counted = false;    ///< Seen with each, many, or in the plural: there are several.
  bool singleton = false;  ///< Seen as "the X" owning things.
  bool recorded = false;   ///< Seen as "X record", "X table".
  bool event = false;
  Salience salience;
  std::vector<FieldEvidence> fields;
  std::vector<std::string> participants;  ///< Keys that an event or junction links.
  bool membership = false;                ///< "A is a member of B".
  std::vector<std::string> role_of;       ///< Words that mean this membership: member, membership.
  std::vector<std::vector<std::string>> identifiers;  ///< Field names that identify it.
  Trace trace;                                        ///< The first rule that made it a candidate.
  Span first;                                         ///< First mention.
};

/// Something that a sentence of its own says about one column: "the status of a task is either a,
/// b or c", "label names are unique within a workspace", "the default is a".
struct FieldFact {
  enum class Kind { values, default_value, unique, required, optional, derived, encrypted };
  Kind kind = Kind::values;
  std::string owner;                ///< Key of the entity; empty: the only one with such a column.
  std::vector<std::string> words;   ///< The column's words.
  std::vector<std::string> values;  ///< values: them; default_value: the one.
  std::string within;               ///< unique: key of the entity within which; empty: everywhere.
  std::string text;                 ///< derived: how.
  Trace trace;
};

/// "An owner, who is a user": the entity that a role noun stands for.
struct RoleFact {
  std::string role;    ///< Key of the role noun.
  std::string entity;  ///< Key of the entity.
};

/// "Tasks are listed by status within a project."
struct WishFact {
  std::string entity;                           ///< Key.
  std::vector<std::vector<std::string>> words;  ///< Of each column, in order.
  Trace trace;
};

/// "A manager is an employee", "kinds of accounts: a and b".
struct SubtypeFact {
  std::string sub;
  std::string super;
  Trace trace;
};

enum class RelationKind {
  contains,   ///< left has right (1:N unless said otherwise).
  inside,     ///< left belongs to right (N:1).
  action,     ///< left verbs right.
  reference,  ///< left mentions right in its list: foreign key in left.
};

struct RelationEvidence {
  std::string left;
  std::string right;
  RelationKind kind = RelationKind::action;
  std::string verb;
  std::string role;         ///< Name of the right end, when it is not the entity's.
  Quantity right_per_left;  ///< As stated.
  Quantity left_per_right;  ///< As stated.
  bool right_plural = false;
  bool left_each = false;
  Modality modality = Modality::none;
  bool other = false;  ///< "other users", "another category".
  Trace trace;
};

/// Everything that rules found in a text, in the order found.
class Evidence {
 public:
  Concept& concept_of(const std::vector<std::string>& words, Span span);
  [[nodiscard]] const Concept* find(const std::string& key) const;
  [[nodiscard]] Concept* find(const std::string& key);

  /// Adds a rule's weight to a concept.
  void support(Concept& target, std::string_view rule, Span span);

  std::vector<Concept> concepts;
  std::vector<RelationEvidence> relations;
  std::vector<FieldFact> facts;
  std::vector<RoleFact> roles;
  std::vector<SubtypeFact> subtypes;
  std::vector<WishFact> wishes;
  std::size_t sentences = 0;  ///< Read so far.

 private:
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace relata::english
