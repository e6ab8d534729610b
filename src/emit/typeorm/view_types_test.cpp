#include "emit/typeorm/view_types.h"

#include <gtest/gtest.h>

#include "dialect/dialect.h"
#include "emit/typeorm/files.h"

namespace relata::emit::typeorm {
namespace {

const std::vector<std::string> no_statements;

Column column(const char* name, const char* spelling, TypeKind kind, bool nullable = false) {
  Column made;
  made.name = name;
  made.type = simple_type(kind);
  made.type.spelling = spelling;
  made.nullable = nullable;
  return made;
}

Schema two_tables() {
  Schema schema;
  schema.dialect = "postgres";
  Table people;
  people.name = "people";
  people.columns = {column("id", "integer", TypeKind::integer),
                    column("name", "text", TypeKind::text, true),
                    column("born", "date", TypeKind::date)};
  people.primary_key = PrimaryKey{"people_pkey", {"id"}};
  Table pets;
  pets.name = "pets";
  pets.columns = {column("id", "bigint", TypeKind::big_integer),
                  column("owner_id", "integer", TypeKind::integer)};
  pets.primary_key = PrimaryKey{"pets_pkey", {"id"}};
  ForeignKey key;
  key.name = "pets_owner";
  key.columns = {"owner_id"};
  key.table = "people";
  key.referenced = {"id"};
  pets.foreign_keys.push_back(key);
  schema.tables = {people, pets};
  return schema;
}

struct Case {
  const char* sql;
  std::vector<std::string> columns;
  std::vector<std::string> expected;
};

TEST(ViewTypes, OfColumnsThatAreTakenAsTheyAre) {
  const std::vector<Case> cases{
      {"SELECT id, name FROM people", {"id", "name"}, {"number", "string | null"}},
      {"SELECT p.id AS who, t.id FROM (public.people p JOIN pets t ON (p.id = t.owner_id))",
       {"who", "id"},
       {"number", "string"}},
      {"SELECT p.id, t.id pet FROM people p LEFT JOIN pets AS t ON p.id = t.owner_id",
       {"id", "pet"},
       {"number | null", "string | null"}},
      {"SELECT count(*) AS many, upper(name) FROM people",
       {"many", "upper"},
       {"unknown", "unknown"}},
      {"SELECT born FROM people", {"born"}, {"unknown"}},  // A Date, which entities have as text.
      {"SELECT * FROM people", {"id", "name", "born"}, {"unknown", "unknown", "unknown"}},
      {"SELECT id FROM people UNION SELECT id FROM pets", {"id"}, {"unknown"}},
      {"SELECT id FROM (SELECT id FROM pets) x", {"id"}, {"unknown"}},
      {"WITH x AS (SELECT 1) SELECT id FROM people", {"id"}, {"unknown"}},
      {"SELECT", {"id"}, {"unknown"}},
      {"", {}, {}},
  };
  for (const Case& each : cases) {
    Schema schema = two_tables();
    View view;
    view.name = "v";
    view.sql = each.sql;
    view.columns = each.columns;
    schema.views.push_back(view);
    const TargetInput input{schema, schema, *find_dialect("postgres"), no_statements,
                            no_statements};
    const Plan plan = make_plan(input);
    EXPECT_EQ(view_types(plan, schema.views.front()), each.expected) << each.sql;
  }
}

TEST(Entity, TellsRelationsBothWays) {
  const Schema schema = two_tables();
  const TargetInput input{schema, schema, *find_dialect("postgres"), no_statements, no_statements};
  const Plan plan = make_plan(input);
  EXPECT_EQ(entity_file(plan, 1), R"(import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
} from 'typeorm';

import { Person } from './Person.js';

@Entity({ name: 'pets' })
export class Pet {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'pets_pkey' })
  id!: string;

  @Column({ name: 'owner_id', type: 'integer' })
  ownerId!: number;

  @ManyToOne(() => Person, (person) => person.pets)
  @JoinColumn({
    name: 'owner_id',
    referencedColumnName: 'id',
    foreignKeyConstraintName: 'pets_owner',
  })
  owner!: Relation<Person>;
}
)");
}

}  // namespace
}  // namespace relata::emit::typeorm
