#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "design/design.h"
#include "read/english/evidence.h"
#include "read/english/links.h"

namespace relata::english {

/// Weighs the evidence: which candidates are entities, what each item of their lists is (column,
/// reference, child, junction), and how entities relate.
class Resolver {
 public:
  Resolver(const Evidence& evidence, std::string source)
      : evidence_(evidence), source_(std::move(source)) {}

  /// Fills entities and relationships of the design.
  void run(design::Design& design);

  /// The name of the entity of the person who acts; empty: none. After run().
  [[nodiscard]] std::string actor() const {
    return actor_ == nullptr ? std::string() : actor_->name;
  }

 private:
  /// A candidate that was accepted, with the candidates merged into it.
  struct Accepted {
    const Concept* lead = nullptr;
    std::vector<const Concept*> parts;
    std::string name;

    [[nodiscard]] Trace trace() const;
  };

  /// An entity made while columns are read, to stand behind another one.
  struct Pending {
    std::string after;
    design::Entity entity;
  };

  void merge_variants();
  void accept();
  void accept_neighbours(std::vector<std::pair<std::string, Accepted>>& waiting);
  void fill_fields(const Accepted& accepted, design::Entity& entity, design::Design& design);
  void add_field(const Accepted& accepted, const FieldEvidence& evidence, design::Entity& entity,
                 design::Design& design);
  bool add_reference(const Accepted& accepted, const FieldEvidence& evidence,
                     design::Entity& entity, design::Design& design);
  void add_column(const FieldEvidence& evidence, std::vector<std::string> words,
                  const Accepted& accepted, design::Entity& entity);
  void add_membership(design::Design& design, const std::string& group, const std::string& person,
                      const std::string& via, const Trace& trace);
  void add_participants(const Accepted& accepted, design::Entity& entity, design::Design& design);
  void add_agents(design::Design& design);
  void add_relations(design::Design& design);
  void choose_actor();
  bool add_plural(const Accepted& accepted, const FieldEvidence& evidence,
                  const design::Entity& entity, design::Design& design);
  bool add_role(const Accepted& accepted, const FieldEvidence& evidence,
                const design::Entity& entity, design::Design& design);
  void link(design::Design& design, const std::string& left, const std::string& right,
            const std::string& via, const std::string& role, const Trace& trace,
            const std::string& after);
  void place_pending(design::Design& design);
  void apply_facts(design::Design& design);
  void apply_fact(design::Design& design, const FieldFact& fact);
  void apply_wishes(design::Design& design) const;
  void apply_subtypes(design::Design& design) const;
  void add_junction(design::Design& design, const Accepted& left, const Accepted& right,
                    const std::string& label, const Trace& trace);
  void add_identifiers(const Accepted& accepted, design::Entity& entity);
  void many_to_one(design::Design& design, const std::string& many, const std::string& one,
                   const std::string& role, bool required, const std::string& label,
                   const Trace& trace);
  void add_relationship(design::Design& design, design::Relationship relationship);

  /// The accepted entity that a key or its head stands for; null when there is none.
  [[nodiscard]] const Accepted* entity_for(const std::string& key) const;
  [[nodiscard]] const Accepted* entity_by_head(const std::vector<std::string>& words) const;
  [[nodiscard]] const Concept* role_target(const std::string& role) const;
  void relate_roles(design::Design& design);
  [[nodiscard]] Origin origin(const Trace& trace) const;

  /// The column or reference of an entity that words name; empty when there is none.
  [[nodiscard]] std::string column_for(const design::Design& design, const design::Entity& entity,
                                       const std::vector<std::string>& words) const;

  const Evidence& evidence_;
  std::size_t listed_ = 0;  ///< Candidates that a list describes.
  bool story_ = false;      ///< The text tells more than it lists.
  std::string source_;
  const Accepted* actor_ = nullptr;  ///< The person who acts: user, member; null: none.
  std::vector<Pending> pending_;
  Links links_;
  std::unordered_set<std::string> names_;  ///< Of the entities of the design.
  std::unordered_map<std::string, std::vector<std::size_t>> by_head_;  ///< Places in `accepted_`.
  std::unordered_map<std::string, std::string> alias_;  ///< Merged key to the key that stays.
  std::vector<Accepted> accepted_;
  std::unordered_map<std::string, std::size_t> index_;  ///< Key to place in `accepted_`.
};

}  // namespace relata::english
