#include "read/prisma/prisma.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace relata::prisma {
namespace {

std::string action(ReferentialAction value) {
  static const std::vector<std::string> words{"", " restrict", " cascade", " set null",
                                              " set default"};
  return words[static_cast<std::size_t>(value)];
}

/// The schema as lines: "Post.id integer not null default nextval(..)", "Post pk Post_pkey id".
std::string outline(const Schema& schema) {
  std::vector<std::string> lines;
  for (const Enumeration& type : schema.enumerations) {
    lines.push_back("enum " + type.name + " " + join(type.values, ","));
  }
  for (const Sequence& sequence : schema.sequences) {
    lines.push_back("sequence " + sequence.name + " " + sequence.type);
  }
  for (const Table& table : schema.tables) {
    for (const Column& column : table.columns) {
      std::string line = table.name + "." + column.name + " " + column.type.spelling;
      if (!column.nullable) line += " not null";
      if (column.identity) line += " identity";
      if (column.default_value) line += " default " + column.default_value->text;
      lines.push_back(line);
    }
    if (table.primary_key) {
      lines.push_back(table.name + " pk " + table.primary_key->name + " " +
                      join(table.primary_key->columns, ","));
    }
    for (const ForeignKey& key : table.foreign_keys) {
      lines.push_back(table.name + " fk " + key.name + " " + join(key.columns, ",") + " > " +
                      key.table + " " + join(key.referenced, ",") + action(key.on_delete) + "," +
                      action(key.on_update));
    }
    for (const Index& index : table.indexes) {
      std::vector<std::string> parts;
      for (const IndexPart& part : index.parts) {
        parts.push_back(part.expression.text + (part.descending ? " desc" : "") +
                        (part.operator_class.empty() ? "" : " " + part.operator_class));
      }
      lines.push_back(table.name + (index.unique ? " unique " : " index ") + index.name + " " +
                      join(parts, ",") + (index.method.empty() ? "" : " using " + index.method));
    }
  }
  return join(lines, "\n");
}

struct Case {
  std::string what;
  std::vector<std::string> texts;
  std::string expected;
};

const std::string postgres = "datasource db { provider = \"postgresql\" }\n";

TEST(Prisma, ReadsWhatItsMigrationsWouldMake) {
  const std::vector<Case> cases{
      {"scalars, defaults and keys",
       {postgres + "/// A person\n"
                   "model Person {\n"
                   "  id        Int      @id @default(autoincrement())\n"
                   "  uid       String   @unique @default(uuid()) @db.Uuid\n"
                   "  name      String   @default(\"say \\\"hi\\\"\") @db.VarChar(40) // the name\n"
                   "  height    Float?\n"
                   "  price     Decimal\n"
                   "  born      DateTime @default(now()) @map(\"born_at\")\n"
                   "  seen      DateTime? @db.Timestamptz(6)\n"
                   "  tags      String[] @default([\"a\", \"b\"])\n"
                   "  bytes     Bytes    @default(\"AP8=\")\n"
                   "  exact     Decimal? @db.Decimal\n"
                   "  raw       Unsupported(\"tsvector\")?\n"
                   "  code      String   @default(dbgenerated(\"gen_code()\"))\n"
                   "  @@index([born, name(sort: Desc)])\n"
                   "  @@index([name(ops: raw(\"gin_trgm_ops\"))], type: Gin, map: \"by_name\")\n"
                   "  @@map(\"people\")\n"
                   "}"},
       "sequence people_id_seq integer\n"
       "people.id integer not null default nextval('people_id_seq'::regclass)\n"
       "people.uid uuid not null\n"
       "people.name character varying(40) not null default 'say \"hi\"'\n"
       "people.height double precision\n"
       "people.price numeric(65,30) not null\n"
       "people.born_at timestamp(3) without time zone not null default CURRENT_TIMESTAMP\n"
       "people.seen timestamp(6) with time zone\n"
       "people.tags text[] default ARRAY['a', 'b']::text[]\n"
       "people.bytes bytea not null default '\\x00ff'\n"
       "people.exact numeric\n"
       "people.raw tsvector\n"
       "people.code text not null default gen_code()\n"
       "people pk people_pkey id\n"
       "people unique people_uid_key uid\n"
       "people index people_born_at_name_idx born_at,name desc\n"
       "people index by_name name gin_trgm_ops using gin"},
      {"enums and relations, over two files",
       {postgres + "enum Role { USER\n ADMIN @map(\"admin\") }\n",
        "model User {\n  id Int @id\n  role Role @default(ADMIN)\n  posts Post[]\n  edits Post[] "
        "@relation(\"edits\")\n}\n"
        "model Post {\n  id Int @id\n  authorId Int\n  author User @relation(fields: [authorId], "
        "references: [id])\n  editorId Int?\n  editor User? @relation(\"edits\", fields: "
        "[editorId], references: [id], onUpdate: NoAction, map: \"edited_by\")\n}\n"},
       "enum Role USER,admin\n"
       "User.id integer not null\n"
       "User.role \"Role\" not null default 'admin'\n"
       "User pk User_pkey id\n"
       "Post.id integer not null\n"
       "Post.authorId integer not null\n"
       "Post.editorId integer\n"
       "Post pk Post_pkey id\n"
       "Post fk Post_authorId_fkey authorId > User id restrict, cascade\n"
       "Post fk edited_by editorId > User id set null,"},
      {"an implicit many-to-many relation",
       {postgres + "model Tag {\n  name String @id\n  posts Post[]\n}\n"
                   "model Post {\n  id BigInt @id\n  tags Tag[]\n}\n"},
       "Tag.name text not null\n"
       "Tag pk Tag_pkey name\n"
       "Post.id bigint not null\n"
       "Post pk Post_pkey id\n"
       "_PostToTag.A bigint not null\n"
       "_PostToTag.B text not null\n"
       "_PostToTag pk _PostToTag_AB_pkey A,B\n"
       "_PostToTag fk _PostToTag_A_fkey A > Post id cascade, cascade\n"
       "_PostToTag fk _PostToTag_B_fkey B > Tag name cascade, cascade\n"
       "_PostToTag index _PostToTag_B_index B"},
      {"composite keys, without foreign keys in the database",
       {"datasource db {\n  provider = \"postgresql\"\n  relationMode = \"prisma\"\n}\n"
        "model A {\n  x Int\n  y Int\n  bs B[]\n  @@id([x, y], name: \"pair\")\n}\n"
        "model B {\n  x Int\n  y Int @unique\n  a A @relation(fields: [x, y], references: [x, "
        "y])\n "
        " @@unique(fields: [y, x], map: \"yx\")\n}\n"},
       "A.x integer not null\n"
       "A.y integer not null\n"
       "A pk A_pkey x,y\n"
       "B.x integer not null\n"
       "B.y integer not null\n"
       "B unique B_y_key y\n"
       "B unique yx y,x"},
      {"MySQL",
       {"datasource db { provider = \"mysql\" }\n"
        "enum E { a\n b }\n"
        "model T {\n  id Int @id @default(autoincrement())\n  e E @default(b)\n  s String\n  f "
        "Boolean @default(true)\n  t DateTime @default(now())\n  u Int @db.UnsignedInt\n}\n"},
       "T.id int not null identity\n"
       "T.e enum('a','b') not null default 'b'\n"
       "T.s varchar(191) not null\n"
       "T.f tinyint(1) not null default true\n"
       "T.t datetime(3) not null default CURRENT_TIMESTAMP(3)\n"
       "T.u int unsigned not null\n"
       "T pk  id"},
  };
  for (const Case& c : cases) {
    std::vector<SourceFile> files;
    for (const std::string& text : c.texts) {
      files.push_back({"part" + std::to_string(files.size()) + ".prisma", text});
    }
    DiagnosticSink sink;
    const auto schema = read_prisma(files, sink);
    ASSERT_TRUE(schema.has_value()) << c.what;
    EXPECT_FALSE(sink.has_errors()) << c.what << ": " << sink.all().front().message;
    EXPECT_EQ(outline(*schema), c.expected) << c.what;
  }
}

TEST(Prisma, CutsNamesInTheMiddle) {
  const std::string column = "a_column_with_a_name_that_goes_on_for_quite_a_while";
  DiagnosticSink sink;
  const auto schema = read_prisma({{"x.prisma", postgres + "model AnotherLongName { id Int @id\n " +
                                                    column + " Int @unique\n}"}},
                                  sink);
  ASSERT_TRUE(schema.has_value());
  const std::string& name = schema->tables[0].indexes[0].name;
  EXPECT_EQ(name.size(), 63U);
  EXPECT_TRUE(name.starts_with("AnotherLongName_a_column") && name.ends_with("_key")) << name;
}

struct Bad {
  std::string text;
  std::string says;
};

TEST(Prisma, SaysWhatIsWrong) {
  const std::vector<Bad> all{
      {"", "no model"},
      {"model A {", "not closed"},
      {"model A {\n id Int @id\n x Nothing\n}", "'Nothing' of A.x is not known"},
      {"model A {\n id\n}", "has no type"},
      {"moddel A { }", "a block begins"},
      {"model A {\n id Int @default(\"x\n}", "not closed"},
      {"model A {\n id Int @x([[[" + std::string(500, '[') + "\n}", "nested deeper"},
      {"datasource d { provider = \"mongodb\" }\nmodel A { id Int }", "no relational form"},
      {"model A {\n id Int @id\n}\nmodel A {\n id Int @id\n}", "two models"},
      {"model A {\n id Int @id\n b B @relation(fields: [nr], references: [id])\n}\n"
       "model B {\n id Int @id\n}",
       "relation A.b"},
  };
  for (const Bad& c : all) {
    DiagnosticSink sink;
    static_cast<void>(read_prisma({{"x.prisma", c.text}}, sink));
    ASSERT_TRUE(sink.has_errors()) << c.text;
    std::string messages;
    for (const Diagnostic& diagnostic : sink.all()) messages += diagnostic.message + "\n";
    EXPECT_NE(messages.find(c.says), std::string::npos) << c.text << "\n" << messages;
  }
}

}  // namespace
}  // namespace relata::prisma
