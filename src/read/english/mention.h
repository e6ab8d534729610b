#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "design/design.h"
#include "read/english/need.h"

namespace relata::english {

/// What words of a sentence name in a design: an entity, or a field or reference of one.
struct Target {
  std::string entity;
  std::string field;      ///< A field, or a reference's role; empty: the entity itself.
  std::size_t begin = 0;  ///< Words [begin, end) of the sentence.
  std::size_t end = 0;

  [[nodiscard]] bool whole() const { return field.empty(); }
};

/// Finds the things that words name. Singular and plural are one; the longest name wins; a last
/// word alone stands for a compound name when only one ends with it.
class Names {
 public:
  Names() = default;
  explicit Names(const design::Design& design) { update(design); }

  /// Takes in what was added to the design since it was last read; a design in which something was
  /// taken away is read anew.
  void update(const design::Design& design);

  /// Takes out what the design is about to lose, so that update() need not read it anew.
  void forget(const design::Relationship& relationship);
  void forget(const std::string& entity, const design::Field& field);

  /// The targets in words [range), in order. "Status of a task", "the task's status", "task
  /// status" are one target; a bare field belongs to the only entity that has it, or to `owner`.
  [[nodiscard]] std::vector<Target> targets(const std::vector<Word>& words, WordRange range,
                                            const std::string& owner = {}) const;

  /// The field or reference of an entity that a phrase names ("order date", "doctor"); also by the
  /// last word of a field's name when only one ends with it, and the columns that bookkeeping adds
  /// ("creation date"). Empty: none.
  [[nodiscard]] std::string field_of(const std::string& entity,
                                     const std::vector<std::string>& phrase) const;

 private:
  using Owners = std::vector<std::pair<std::string, std::string>>;  ///< Entity, field.

  /// How much of an entity was read.
  struct Read {
    std::string name;
    std::size_t fields = 0;
    std::size_t polymorphic = 0;
  };

  [[nodiscard]] bool still_holds(const design::Design& design) const;
  void add_entity(const std::string& name);
  void add_field(const std::string& entity, const std::string& field);
  void drop_field(const std::string& entity, const std::string& field);
  [[nodiscard]] const std::string* entity_named(const std::string& name) const;
  [[nodiscard]] const std::string* own_field(const std::string& entity,
                                             const std::string& name) const;

  std::map<std::string, std::string, std::less<>> entities_;  ///< "order line": OrderLine.
  /// Who ends with a word: compound names, and an empty text for a name of that word alone.
  std::map<std::string, std::vector<std::string>, std::less<>> by_last_word_;
  std::map<std::string, Owners, std::less<>> fields_;
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> own_;
  std::vector<Read> entities_read_;
  std::size_t relationships_read_ = 0;
};

/// The words as one name with the last in the singular: {"order", "lines"} is "order line".
[[nodiscard]] std::string name_key(const std::vector<std::string>& words);

}  // namespace relata::english
