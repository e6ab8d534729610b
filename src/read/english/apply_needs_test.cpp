#include "read/english/apply_needs.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "design/notation.h"
#include "design/short_forms.h"
#include "read/english/attribute.h"
#include "read/english/mention.h"

namespace relata::english {
namespace {

using design::Design;
using design::Entity;

/// "Order: number, status" adds an entity with those fields.
void add_entity(Design& design, std::string_view text) {
  const std::size_t colon = text.find(':');
  Entity entity;
  entity.name = std::string(text.substr(0, colon));
  if (colon != std::string_view::npos) {
    for (const std::string_view name : split(text.substr(colon + 1), ',')) {
      AttributePhrase phrase;
      phrase.owner = entity.name;
      for (const std::string_view word : split(trim(name), ' ')) phrase.words.emplace_back(word);
      entity.fields.push_back(read_attribute(phrase).field);
    }
  }
  design.entities.push_back(std::move(entity));
}

void relate(Design& design, std::string_view arrows) {
  const auto relationships = design::parse_arrows(arrows);
  ASSERT_TRUE(relationships) << arrows;
  design.relationships.insert(design.relationships.end(), relationships->begin(),
                              relationships->end());
}

Design publishing_house() {
  Design design;
  add_entity(design, "House: name");
  add_entity(design, "User: name, email");
  add_entity(design, "Book: title, state, price, publication date, page count");
  add_entity(design, "Chapter: number, title, deadline");
  add_entity(design, "Review: rating, comment");
  relate(design, "Book *--1 House");
  relate(design, "Chapter *--1 Book : contain");
  relate(design, "Review *--1 Book");
  relate(design, "Review *--1 User");
  return design;
}

/// What differs from `before`, a line each.
std::string changes(const Design& before, const Design& after) {
  std::vector<std::string> lines;
  const auto flag = [&](const std::string& name, bool was, bool is) {
    if (!was && is) lines.push_back(name);
  };
  flag("audit", before.patterns.audit, after.patterns.audit);
  flag("soft_delete", before.patterns.soft_delete, after.patterns.soft_delete);
  flag("version", before.patterns.version, after.patterns.version);
  flag("authors", before.patterns.authors, after.patterns.authors);
  for (const Entity& entity : after.entities) {
    const Entity* old = before.find(entity.name);
    if (old == nullptr) lines.push_back("+" + entity.name);
    flag(entity.name + " audit", false, entity.patterns.audit.value_or(false));
    flag(entity.name + " soft_delete", false, entity.patterns.soft_delete.value_or(false));
    flag(entity.name + " version", false, entity.patterns.version.value_or(false));
    flag(entity.name + " authors", false, entity.patterns.authors.value_or(false));
    if (entity.patterns.history)
      lines.push_back(entity.name + " history(" + join(entity.patterns.history_fields, ", ") + ")");
    for (const design::Field& field : entity.fields) {
      const design::Field* same = old == nullptr ? nullptr : design::find_field(*old, field.name);
      if (same == nullptr || *same != field)
        lines.push_back(entity.name + "." + field.name + ": " + design::field_form(field));
    }
    if (!entity.subtype_of.empty()) lines.push_back(entity.name + " is " + entity.subtype_of);
    for (const design::PolymorphicReference& reference : entity.polymorphic)
      lines.push_back(entity.name + " about(" + design::polymorphic_form(reference) + ")");
    for (const design::UniqueKey& key : entity.keys)
      lines.push_back(entity.name + " " + design::key_form(key));
    for (const design::IndexWish& index : entity.indexes)
      lines.push_back(entity.name + " index(" + design::index_form(index) + ")");
  }
  for (std::size_t i = before.relationships.size(); i < after.relationships.size(); ++i)
    lines.push_back(replace_all(design::arrow(after.relationships[i]), "\xE2\x94\x80", "-"));
  return join(lines, "; ");
}

std::vector<Need> needs_of(std::string_view text) {
  NeedReader reader;
  std::vector<Need> needs;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find(". ", begin);
    end = end == std::string_view::npos ? text.size() : end + 1;
    for (Need& need : reader.read(words_of_sentence(text.substr(begin, end - begin), begin)))
      needs.push_back(std::move(need));
    begin = end;
  }
  return needs;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST(ApplyNeeds, ChangesTheDesign) {
  const Case cases[] = {
      {"We need an audit trail.", "audit; +AuditLog"},
      {"Every change to books and chapters must be logged.",
       "Book audit; Chapter audit; +AuditLog"},
      {"All changes to all records are recorded in the audit log.", "audit; +AuditLog"},
      {"Deleted books must be recoverable.", "Book soft_delete"},
      {"We use soft deletes.", "soft_delete"},
      {"Two editors may change the same chapter at once.", "Chapter version"},
      {"Lost updates must be prevented.", "version"},
      {"We record who created and last changed each book.", "Book authors"},
      {"We keep the history of book prices.", "Book history(price)"},
      {"We keep the history of each book's price and state.", "Book history(price, state)"},
      {"We keep the history of each chapter's user.",
       "Chapter history(user); Chapter *--0..1 User : has"},
      {"We keep the history of the weather.", ""},
      {"The email of a user must be encrypted.", "User.email: email required encrypted"},
      {"Books are often listed by state within a house, and by publication date.",
       "Book index(house, state); Book index(publication_date)"},
      {"Users can search books by title or price.", "Book index(title); Book index(price)"},
      {"Books are sorted by state and publication date.", "Book index(state, publication_date)"},
      {"Deleted books can be restored. Books are listed by house and title, and by price.",
       "Book soft_delete; Book index(house, title); Book index(price where active)"},
      {"Overdue chapters are listed daily.", "Chapter index(deadline)"},
      {"Chapter numbers are unique within a book.", "Chapter unique(book, number)"},
      {"No two books of the same house may have the same title.", "Book unique(house, title)"},
      {"A user's email must be unique within a house.",
       "User unique(house, email); User *--1 House"},
      {"The combination of title and publication date must be unique.",
       "Book.publication_date: date required; Book unique(title, publication_date)"},
      {"A user reviews a book only once.", "Review unique(user, book)"},
      {"The state of a book is either draft, in print or sold out. The default is draft.",
       "Book.state: enum(draft, in_print, sold_out) required = draft"},
      {"The genre of a book is one of novel, poetry or drama.",
       "Book.genre: enum(novel, poetry, drama) required"},
      {"The rating is between 1 and 5.", "Review.rating: integer >= 1 <= 5"},
      {"The price of a book must not be negative.", "Book.price: money required >= 0"},
      {"The page count of a book is calculated from its chapters.", "Book.page_count: integer"},
      {"A review is about a book or a chapter.", "Review about(Book | Chapter required)"},
      {"Notes can be added to a book or to a chapter: a subject and a text.",
       "+Note; Note.subject: text required; Note.text: text; Note about(Book | Chapter required)"},
      {"There are two kinds of books: novels and atlases.",
       "+Novel; Novel is Book; +Atlas; Atlas is Book"},
      {"Books are listed by title, and by title and state.", "Book index(title, state)"},
      {"A book has a title.", ""},
  };
  for (const Case& one : cases) {
    const Design before = publishing_house();
    Design after = before;
    apply_needs(after, {needs_of(one.text), "test.md", "User"});
    EXPECT_EQ(changes(before, after), one.expected) << one.text;
  }
}

TEST(ApplyNeeds, EmptyDesignStaysEmpty) {
  for (const std::string_view text :
       {"Books are listed by title.", "Titles are unique within a house.", "The default is 3.",
        "A user reviews a book only once.", "We keep the history of prices."}) {
    Design design;
    apply_needs(design, {needs_of(text), "test.md", ""});
    EXPECT_EQ(design, Design{}) << text;
  }
}

std::string tenancy_of(Design& design, std::string_view text) {
  derive_tenancy(design, {needs_of(text), "test.md", ""});
  if (!design.patterns.tenancy) return "none";
  const design::Tenancy& tenancy = *design.patterns.tenancy;
  return tenancy.root + " " + tenancy.actor + " " + tenancy.member;
}

TEST(Tenancy, RootIsTheTopThatTheActorReaches) {
  Design design = publishing_house();
  relate(design, "House *--0..1 User : create");
  EXPECT_EQ(tenancy_of(design, "We need multi-tenant isolation."), "House User HouseMember");
  // Who created the tenant is its member; no second reference says so.
  for (const design::Relationship& r : design.relationships)
    EXPECT_FALSE(r.left.entity == "House" && r.right.entity == "User" && r.via.empty());
  EXPECT_EQ(design.find("HouseMember")->kind, design::EntityKind::junction);
}

TEST(Tenancy, NamedRootWins) {
  Design design = publishing_house();
  EXPECT_EQ(tenancy_of(design, "The data of each book must be kept separate."),
            "Book User BookMember");
}

TEST(Tenancy, PersonOfOneTenantNeedsNoMembership) {
  Design design = publishing_house();
  relate(design, "User *--1 House : have");
  EXPECT_EQ(tenancy_of(design, "No house may see the data of another."), "House User ");
}

TEST(Tenancy, MembershipOfTheTextBecomesTheJunction) {
  Design design = publishing_house();
  add_entity(design, "UserHouse");
  add_entity(design, "Membership: role");
  relate(design, "User *--* House (via UserHouse)");
  EXPECT_EQ(tenancy_of(design, "We need multi-tenant isolation by house."),
            "House User HouseMember");
  ASSERT_NE(design.find("HouseMember"), nullptr);
  EXPECT_NE(design::find_field(*design.find("HouseMember"), "role"), nullptr);
  EXPECT_EQ(design.find("Membership"), nullptr);
  EXPECT_EQ(design.find("UserHouse"), nullptr);
}

TEST(Tenancy, NothingAskedNothingDone) {
  Design design = publishing_house();
  EXPECT_EQ(tenancy_of(design, "Books have chapters."), "none");
  Design empty;
  EXPECT_EQ(tenancy_of(empty, "We need multi-tenant isolation."), "none");
}

TEST(Names, TargetsOfWords) {
  const Design design = publishing_house();
  const Names names(design);
  const auto describe = [&](std::string_view text) {
    const std::vector<Word> words = words_of_sentence(text, 0);
    std::vector<std::string> found;
    for (const Target& target : names.targets(words, {0, words.size()}))
      found.push_back(target.entity + (target.whole() ? "" : "." + target.field));
    return join(found, " ");
  };
  EXPECT_EQ(describe("books and chapters"), "Book Chapter");
  EXPECT_EQ(describe("the price of a book"), "Book.price");
  EXPECT_EQ(describe("each book's price and state"), "Book.price Book.state");
  EXPECT_EQ(describe("book prices"), "Book.price");
  EXPECT_EQ(describe("page counts"), "Book.page_count");
  EXPECT_EQ(describe("nothing at all"), "");
  EXPECT_EQ(names.field_of("Book", {"date"}), "publication_date");
  EXPECT_EQ(names.field_of("Book", {"the", "book", "title"}), "title");
  EXPECT_EQ(names.field_of("Book", {"house"}), "house");
  EXPECT_EQ(names.field_of("Book", {"creation", "date"}), "created_at");
  EXPECT_EQ(names.field_of("Book", {"colour"}), "");
}

}  // namespace
}  // namespace relata::english
