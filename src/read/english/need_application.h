#pragma once

#include <map>
#include <string>
#include <vector>

#include "design/design.h"
#include "read/english/apply_needs.h"
#include "read/english/mention.h"

namespace relata::english {

/// Writes needs into a design, one after the other: patterns (apply_needs.cpp), keys and indexes
/// (apply_keys.cpp), values and kinds (apply_values.cpp).
class NeedApplication {
 public:
  NeedApplication(design::Design& design, const NeedsOfText& text) : design_(design), text_(text) {}

  /// A need may add columns and entities: the names are read again when it did.
  void apply(const Need& need);

 private:
  [[nodiscard]] Origin origin() const;
  [[nodiscard]] std::vector<Target> targets(WordRange range, const std::string& owner = {}) const;
  void apply_pattern();
  void add_audit_log();
  void apply_history();

  /// "The history of each vehicle's driver": the vehicle has a driver, though nothing said so yet.
  void link_named_entities(std::vector<Target>& found);
  void apply_encryption();

  /// Adds an index once.
  void add_index(design::Entity& entity, const std::vector<std::string>& fields);
  void apply_index();

  /// "List overdue tasks" searches by the date on which they are due.
  void index_due_date(design::Entity& entity);

  /// "status within a project, and by due date" gives {project, status} and {due_date}; "title or
  /// author" are two.
  [[nodiscard]] std::vector<std::vector<std::string>> wished_fields(
      const std::string& entity) const;
  void apply_unique();

  /// "A number, which is unique within its building, and a capacity": the comma ends the aside.
  [[nodiscard]] WordRange scope_of_unique() const;

  /// Of the names before "is unique within", the coordination nearest to it.
  [[nodiscard]] std::vector<Target> nearest_fields(std::vector<Target> found) const;

  /// How an entity refers to another one; a missing reference is added.
  std::string reference_to(const std::string& from, const std::string& to);
  void add_key(design::Entity& entity, const std::vector<std::string>& fields);
  void unique_fields();

  /// For every entity, the names of its references to these entities, one for each at most.
  [[nodiscard]] std::map<std::string, std::vector<std::string>> references_to_each(
      const std::vector<std::string>& named) const;

  /// "A customer reviews a product only once": the entity that refers to both is unique for them.
  void apply_unique_pair();

  /// The field that a need speaks of, or that the sentence before spoke of.
  design::Field* subject_field();
  void apply_default();
  void apply_values();

  /// "The priority of a task is one of ...": the task has a priority, though no list named it.
  design::Field* new_value_field();

  /// "The total amount of an order is calculated from its lines."
  void apply_derived();

  /// "A note is about a task or a project": a reference to one of them.
  void apply_polymorphic();

  /// "There are two kinds of staff members: doctors and nurses."
  void apply_subtypes();

  /// The entity that the need is about; made, with the list behind the colon, when nothing else in
  /// the text speaks of it.
  design::Entity* thing_or_new();
  void apply_range();

  design::Design& design_;
  const NeedsOfText& text_;
  const Need* need_ = nullptr;
  Names names_;
};

}  // namespace relata::english
