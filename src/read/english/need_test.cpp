#include "read/english/need.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace relata::english {
namespace {

std::string words_in(const Need& need, WordRange range) {
  std::vector<std::string> words;
  for (std::size_t i = range.begin; i < range.end && i < need.words.size(); ++i)
    words.push_back(need.words[i].lower);
  return join(words, " ");
}

std::string describe(const Need& need) {
  static constexpr std::string_view names[] = {"audit",   "tenancy",     "soft-delete", "locking",
                                               "authors", "history",     "encryption",  "index",
                                               "unique",  "pair",        "default",     "values",
                                               "derived", "polymorphic", "subtypes",    "range"};
  std::string text(names[static_cast<std::size_t>(need.kind)]);
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += " " + std::string(name) + "=[" + value + "]";
  };
  add("things", words_in(need, need.things));
  add("fields", words_in(need, need.fields));
  add("within", words_in(need, need.within));
  add("values", join(need.values, "|"));
  if (need.minimum) text += " >=" + std::to_string(static_cast<int>(*need.minimum));
  if (need.maximum) text += " <=" + std::to_string(static_cast<int>(*need.maximum));
  return text;
}

std::string read(std::string_view sentence) {
  NeedReader reader;
  std::vector<std::string> parts;
  for (const Need& need : reader.read(words_of_sentence(sentence, 0)))
    parts.push_back(describe(need));
  return join(parts, "; ");
}

struct NeedCase {
  std::string_view sentence;
  std::string_view expected;
};

TEST(Need, Sentences) {
  const NeedCase cases[] = {
      {"We need audit trails and multi-tenant isolation.", "audit; tenancy"},
      {"We need an audit trail of every change to projects and tasks, with the IP address.",
       "audit things=[projects and tasks ,]"},
      {"Every change to patients and visits must be recorded in an audit log.",
       "audit things=[patients and visits]"},
      {"It must be clear who changed what and when.", "audit"},
      {"Invoices must be auditable.", "audit things=[invoices]"},
      {"No company may see the data of another.", "tenancy within=[company]"},
      {"Several schools share one installation.", "tenancy within=[several schools]"},
      {"A clinic can only see its own records.", "tenancy within=[a clinic]"},
      {"The data of each shop must be strictly separated.", "tenancy within=[shop]"},
      {"We need isolation by company.", "tenancy within=[company]"},
      {"Deleted projects and tasks must be recoverable.",
       "soft-delete things=[deleted projects and tasks]"},
      {"Parcels that are deleted can be restored.",
       "soft-delete things=[parcels that are deleted]"},
      {"Orders are never physically deleted.", "soft-delete things=[orders]"},
      {"All records use soft deletes.", "soft-delete things=[all records]"},
      {"Two clerks may edit the same order at once.", "locking things=[order]"},
      {"Trips must not lose updates when two people edit them.", "locking things=[trips]"},
      {"Lost updates must be prevented.", "locking"},
      {"We use optimistic locking.", "locking things=[we]"},
      {"We record who created and who last updated each project and each task.",
       "authors things=[project and each task]"},
      {"We keep the history of product prices.", "history things=[product prices]"},
      {"We keep the history of each patient's phone number and email address.",
       "history things=[patient 's phone number and email address]"},
      {"Previous addresses of a customer must be kept.",
       "history things=[addresses of a customer]"},
      {"Previous versions of a document must be kept.", "history things=[document]"},
      {"The passport number must be encrypted.", "encryption things=[the passport number]"},
      {"The tax number is personal data and must be encrypted.",
       "encryption things=[the tax number is personal data and]"},
      {"Licence plates are unique within a company.",
       "unique fields=[licence plates] within=[company]"},
      {"The code and the number are unique.", "unique fields=[the code and the number]"},
      {"No two rooms in the same building may have the same number.",
       "unique things=[rooms] fields=[number] within=[building]"},
      {"The combination of course and term must be unique.", "unique fields=[course and term]"},
      {"A guest rates a hotel only once.", "pair things=[a guest rates a hotel]"},
      {"The default is todo.", "default values=[todo]"},
      {"The default status of an order is open.",
       "default things=[status of an order] values=[open]"},
      {"The priority of a task is one of low, medium, high or urgent.",
       "values things=[the priority of a task] values=[low|medium|high|urgent]"},
      {"The rating is between 1 and 5.", "range things=[the rating] >=1 <=5"},
      {"The stock must not be negative.", "range things=[the stock] >=0"},
      {"The discount must not exceed 50 percent.", "range things=[the discount] <=50"},
      {"Appointments are searched by doctor and start time.",
       "index things=[appointments] fields=[doctor and start time]"},
      {"We often list orders by status and order date.",
       "index things=[orders] fields=[status and order date]"},
      {"Users can look up parcels by tracking number.",
       "index things=[parcels] fields=[tracking number]"},
      {"The balance of an account is calculated from its bookings.",
       "derived things=[the balance of an account]"},
      {"A remark is about a film or an actor.",
       "polymorphic things=[a remark] within=[a film or an actor]"},
      {"There are two kinds of tickets: day tickets and season tickets.",
       "subtypes things=[tickets] values=[day tickets|season tickets]"},
      {"A project has a name and a description.", ""},
      {"Each book is written by one author.", ""},
      {"", ""},
  };
  for (const NeedCase& one : cases) EXPECT_EQ(read(one.sentence), one.expected) << one.sentence;
}

TEST(Need, RemembersTheSentenceBefore) {
  NeedReader reader;
  EXPECT_EQ(reader.read(words_of_sentence("The state is open or closed.", 0)).size(), 0U);
  const std::vector<Need> needs = reader.read(words_of_sentence("The default is open.", 40));
  ASSERT_EQ(needs.size(), 1U);
  ASSERT_FALSE(needs[0].context.empty());
  EXPECT_EQ(needs[0].context[1].lower, "state");
  EXPECT_EQ(needs[0].span(), (Span{40, 59}));
}

TEST(Need, WhatNamedThingsNeedIsNotAskedOfEverything) {
  NeedReader reader;
  EXPECT_EQ(reader.read(words_of_sentence("Two clerks edit the same bill at once", 0)).size(), 1U);
  EXPECT_EQ(reader.read(words_of_sentence("Lost updates must be prevented.", 40)).size(), 0U);
  EXPECT_EQ(reader.read(words_of_sentence("Lost updates must be prevented.", 80)).size(), 1U);
}

TEST(Need, LongSentenceEnds) {
  std::string sentence;
  for (int i = 0; i < 20'000; ++i) sentence += "we keep the history of the audit trail same ";
  NeedReader reader;
  EXPECT_FALSE(reader.read(words_of_sentence(sentence, 0)).empty());
}

}  // namespace
}  // namespace relata::english
