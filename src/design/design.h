#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/origin.h"
#include "model/code.h"

namespace relata::design {

/// What a field's values mean to a person; expand() chooses the column type.
enum class FieldKind {
  text,  ///< Any text; `length` > 0 bounds it.
  integer,
  big_integer,
  decimal,   ///< Exact; `precision` and `scale`.
  money,     ///< Exact amount of money.
  percent,   ///< Exact share or rate.
  floating,  ///< Inexact measurement (latitude, weight).
  boolean,
  date,
  time,       ///< Time of day without a date.
  timestamp,  ///< A moment (stored with time zone where the engine can).
  duration,   ///< Length of time, in minutes unless the name says otherwise.
  year,
  uuid,
  json,
  binary,
  email,
  url,
  phone,
  ip_address,
  enumeration,  ///< One of `values`.
  native,       ///< A type of one engine alone: `native` is its name there.
};

struct FieldType {
  FieldKind kind = FieldKind::text;
  int length = 0;                   ///< Code points, text only; 0 means unbounded.
  int precision = 0;                ///< Decimal digits in all, decimal only; 0 means the default.
  int scale = 0;                    ///< Decimal digits after the point, decimal only.
  std::vector<std::string> values;  ///< enumeration only, in order, snake_case.
  std::string native = {};          ///< native only: "tsvector".

  bool operator==(const FieldType&) const = default;
};

struct Field {
  std::string name;  ///< snake_case.
  FieldType type;
  bool required = false;
  bool unique = false;
  std::string default_value;  ///< Literal as a person writes it ("0", "todo", "now"); empty: none.
  bool indexed = false;       ///< The text asks to find or sort rows by it.
  bool encrypted = false;     ///< Personal data: ciphertext column with a blind index.
  std::string derived;        ///< How it follows from other data; empty when it is stored data.
  std::optional<double> minimum;  ///< Smallest value allowed, numbers only.
  std::optional<double> maximum;  ///< Largest value allowed, numbers only.
  std::string description;
  Origin origin;
  std::string formerly = {};  ///< What the column was called; empty: the same.

  bool operator==(const Field&) const = default;
};

/// A set of fields and references of one entity that is unique together. A reference is named by
/// its relationship's role or column ("workspace" or "workspace_id").
struct UniqueKey {
  std::vector<std::string> fields;
  bool primary = false;  ///< The natural identifier that the text names ("identified by").
  Origin origin;
  bool operator==(const UniqueKey&) const = default;
};

/// An index that the requirements call for ("list overdue tasks by due date").
struct IndexWish {
  std::vector<std::string> fields;  ///< A leading '-' sorts descending: "-created_at".
  bool only_active = false;         ///< Only rows that are not soft-deleted.
  Origin origin;
  bool operator==(const IndexWish&) const = default;
};

/// How rows are told apart: an id that the database makes, or the key that is named as primary
/// (an id, too, where none is).
enum class IdKind { uuid7, cuid2, identity, natural };

/// Patterns of one entity; an empty optional takes what the design says as a whole.
struct EntityPatterns {
  std::optional<IdKind> ids;
  std::optional<bool> timestamps;
  std::optional<bool> soft_delete;
  std::optional<bool> version;  ///< Optimistic locking.
  std::optional<bool> audit;
  std::optional<bool> authors;    ///< created_by_id and updated_by_id.
  std::optional<bool> public_id;  ///< A UUIDv7 beside the key.
  std::optional<bool> tenant_scoped;
  std::optional<bool> history;              ///< A _history table with validity periods.
  std::vector<std::string> history_fields;  ///< Empty: the whole row.
  bool operator==(const EntityPatterns&) const = default;
};

/// A reference to exactly one of several entities (a comment on a task or on a project).
struct PolymorphicReference {
  std::string name;  ///< snake_case, "subject".
  std::vector<std::string> targets;
  bool required = true;
  Origin origin;
  bool operator==(const PolymorphicReference&) const = default;
};

enum class EntityKind {
  regular,
  junction,  ///< Links the entities of a many-to-many relationship.
  event,     ///< Something that happened ("each time A verbs B, ... is recorded").
  weak,      ///< Identified only within its owner.
  audit_log,
};

struct Entity {
  std::string name;     ///< PascalCase, singular: "WorkspaceMember".
  std::string table;    ///< Table name a person chose; empty: derived (snake_case, plural).
  std::string id = {};  ///< Name of the id's column; empty: "id".
  EntityKind kind = EntityKind::regular;
  std::string subtype_of;  ///< Name of the supertype entity; empty: none.
  std::vector<Field> fields;
  std::vector<UniqueKey> keys;
  std::vector<IndexWish> indexes;
  std::vector<PolymorphicReference> polymorphic;
  EntityPatterns patterns;
  std::string description;
  Origin origin;
  std::string formerly = {};  ///< What the table was called; empty: the same.

  bool operator==(const Entity&) const = default;
};

/// How many instances of an end's entity one instance of the other end has.
struct Multiplicity {
  int minimum = 0;             ///< 0 or more.
  std::optional<int> maximum;  ///< Nothing: many.

  [[nodiscard]] bool many() const { return !maximum || *maximum > 1; }
  bool operator==(const Multiplicity&) const = default;
};

inline constexpr Multiplicity exactly_one{1, 1};
inline constexpr Multiplicity zero_or_one{0, 1};
inline const Multiplicity many_optional{0, std::nullopt};
inline const Multiplicity one_or_more{1, std::nullopt};

struct RelationshipEnd {
  std::string entity;
  Multiplicity multiplicity;
  std::string role;  ///< snake_case name of the reference to this end ("assignee"); empty: entity.
  bool operator==(const RelationshipEnd&) const = default;
};

enum class OnDelete { unspecified, restrict, cascade, set_null };

/// A binary relationship: `Task *──1 Project` is left Task (many per project), right Project
/// (exactly one per task). One to many puts the foreign key into the many side's table; one to one
/// into the left's, unless only the left is required; many to many into the table of `via`.
struct Relationship {
  RelationshipEnd left;
  RelationshipEnd right;
  std::string via;    ///< Junction entity of a many-to-many relationship; empty: none or derived.
  std::string label;  ///< The verb, for the diagram: "contains".
  OnDelete on_delete = OnDelete::unspecified;
  bool identifying = false;   ///< The one side is part of the many side's identity (weak entity).
  std::string column = {};    ///< Column that holds the reference; empty: named after role and key.
  std::string formerly = {};  ///< What that column was called; empty: the same.
  Origin origin;

  bool operator==(const Relationship&) const = default;
};

enum class EnumStyle { check, native, lookup };
enum class PolymorphicStyle { exclusive_arc, supertype };

struct Tenancy {
  std::string root;    ///< The tenant entity: "Workspace".
  std::string member;  ///< Its membership entity: "WorkspaceMember"; empty: none.
  std::string actor;   ///< The person who is a member: "User"; empty: none.
  Origin origin;
  bool operator==(const Tenancy&) const = default;
};

/// Patterns of the design as a whole.
struct Patterns {
  IdKind id = IdKind::uuid7;
  EnumStyle enums = EnumStyle::check;
  PolymorphicStyle polymorphic = PolymorphicStyle::exclusive_arc;
  bool timestamps = true;
  bool soft_delete = false;
  bool version = false;
  bool audit = false;
  bool authors = false;
  bool public_id = false;
  std::optional<Tenancy> tenancy;
  bool operator==(const Patterns&) const = default;
};

/// A deliberate departure from normal form.
struct Denormalization {
  std::string what;  ///< "Order.total".
  std::string reason;
  Origin origin;
  bool operator==(const Denormalization&) const = default;
};

/// A decision that the text did not make by itself.
struct Assumption {
  std::string decided;      ///< "Label is shared between tasks (TaskLabel)".
  std::string alternative;  ///< "each task has labels of its own".
  std::string change;       ///< The line to write in design.yaml to have the alternative.
  Origin origin;            ///< The words, and the rule that decided.
  bool operator==(const Assumption&) const = default;
};

/// Something that the text leaves open.
struct Question {
  std::string text;    ///< "Which values can Task.status take?".
  std::string effect;  ///< What stands until it is answered.
  Origin origin;
  bool operator==(const Question&) const = default;
};

/// What a person means: entities, fields, relationships and patterns.
struct Design {
  std::string name;   ///< snake_case, names output: "taskboard".
  std::string title;  ///< As in the text; may be empty.
  std::vector<Entity> entities;
  std::vector<Relationship> relationships;
  Patterns patterns;
  std::vector<Denormalization> denormalizations;
  std::vector<Assumption> assumptions;
  std::vector<Question> questions;
  std::vector<CodeSettings> code;  ///< Tables and columns may go by their entities' names.

  bool operator==(const Design&) const = default;

  [[nodiscard]] const Entity* find(std::string_view entity) const;
  [[nodiscard]] Entity* find(std::string_view entity);
};

[[nodiscard]] const Field* find_field(const Entity& entity, std::string_view name);

}  // namespace relata::design
