#include "read/english/attribute.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"

namespace relata::english {
namespace {

using design::FieldKind;

AttributeReading read(std::string_view text, std::string remark = {}, std::string owner = {}) {
  AttributePhrase phrase;
  for (const std::string_view word : split(text, ' ')) phrase.words.emplace_back(word);
  phrase.remark = std::move(remark);
  phrase.owner = std::move(owner);
  return read_attribute(phrase);
}

struct TypeCase {
  std::string_view words;
  std::string_view owner;
  std::string_view name;
  FieldKind kind;
};

TEST(Attribute, NameAndType) {
  const TypeCase cases[] = {
      {"name", "", "name", FieldKind::text},
      {"date of birth", "", "date_of_birth", FieldKind::date},
      {"birthday", "", "birthday", FieldKind::date},
      {"due dates", "Task", "due_date", FieldKind::timestamp},
      {"due date", "Invoice", "due_date", FieldKind::date},
      {"hire date", "Teacher", "hire_date", FieldKind::date},
      {"deadline", "Grant", "deadline", FieldKind::timestamp},
      {"start time", "Lesson", "start_time", FieldKind::time},
      {"start time", "Appointment", "start_time", FieldKind::timestamp},
      {"joined at", "Membership", "joined_at", FieldKind::timestamp},
      {"time of payment", "Payment", "payment_time", FieldKind::timestamp},
      {"unit price", "", "unit_price", FieldKind::money},
      {"monthly salary", "", "monthly_salary", FieldKind::money},
      {"budget", "", "budget", FieldKind::money},
      {"quantity in stock", "", "quantity_in_stock", FieldKind::integer},
      {"number of seats", "", "number_of_seats", FieldKind::integer},
      {"the maximum number of students", "", "maximum_number_of_students", FieldKind::integer},
      {"floor", "Department", "floor", FieldKind::integer},
      {"year of construction", "Bridge", "year_of_construction", FieldKind::year},
      {"interest rate", "", "interest_rate", FieldKind::percent},
      {"weight", "Parcel", "weight", FieldKind::decimal},
      {"latitude", "", "latitude", FieldKind::decimal},
      {"capacity in kilograms", "Van", "capacity_kg", FieldKind::decimal},
      {"duration in days", "Cure", "duration_days", FieldKind::integer},
      {"size in bytes", "Attachment", "size_bytes", FieldKind::big_integer},
      {"price in euros", "Ticket", "price", FieldKind::money},
      {"duration", "Film", "duration", FieldKind::duration},
      {"whether it is active", "Product", "is_active", FieldKind::boolean},
      {"whether the product is on sale", "Product", "is_on_sale", FieldKind::boolean},
      {"whether smoking is allowed in the room", "Room", "smoking_allowed", FieldKind::boolean},
      {"whether they have insurance", "Driver", "has_insurance", FieldKind::boolean},
      {"is refrigerated", "Vehicle", "is_refrigerated", FieldKind::boolean},
      {"email addresses", "", "email_address", FieldKind::email},
      {"e-mail", "", "e_mail", FieldKind::email},
      {"avatar URL", "", "avatar_url", FieldKind::url},
      {"mobile number", "", "mobile_number", FieldKind::phone},
      {"IP address", "", "ip_address", FieldKind::ip_address},
      {"street address", "", "street_address", FieldKind::text},
      {"medical record number", "", "medical_record_number", FieldKind::text},
      {"room number", "Room", "room_number", FieldKind::text},
      {"track number", "", "track_number", FieldKind::integer},
      {"ISBN", "", "isbn", FieldKind::text},
      {"SKU", "", "sku", FieldKind::text},
      {"notes", "", "notes", FieldKind::text},
      {"settings", "", "settings", FieldKind::json},
      {"customer's name", "Customer", "name", FieldKind::text},
      {"label names", "Label", "name", FieldKind::text},
      {"name of the reviewer", "Review", "reviewer_name", FieldKind::text},
      {"price of the ticket", "Ticket", "price", FieldKind::money},
      {"an optional phone number", "", "phone_number", FieldKind::phone},
      {"a unique slug", "", "slug", FieldKind::text},
      {"licence expiry date", "", "licence_expiry_date", FieldKind::date},
      {"credits", "Course", "credits", FieldKind::integer},
      {"password hash", "User", "password_hash", FieldKind::text},
      {"frobnication", "", "frobnication", FieldKind::text},
  };
  for (const TypeCase& one : cases) {
    const AttributeReading reading = read(one.words, {}, std::string(one.owner));
    EXPECT_EQ(reading.field.name, one.name) << one.words;
    EXPECT_EQ(static_cast<int>(reading.field.type.kind), static_cast<int>(one.kind)) << one.words;
  }
}

TEST(Attribute, NothingOfNothing) {
  EXPECT_EQ(read("").field.name, "");
  EXPECT_EQ(read("the").field.name, "the");
  EXPECT_EQ(read("whether").field.name, "");
  EXPECT_FALSE(read("frobnication").type_known);
}

struct PresenceCase {
  std::string_view words;
  std::string remark;
  bool required;
  bool stated;
};

TEST(Attribute, Presence) {
  const PresenceCase cases[] = {
      {"name", "", true, false},
      {"description", "", false, false},
      {"optional name", "", false, true},
      {"required description", "", true, true},
      {"email", "required, unique", true, true},
      {"order number", "if any", false, true},
      {"status", "open, closed", true, false},
      {"total amount", "", false, false},
      {"avatar URL", "", false, false},
      {"is active", "", true, false},
  };
  for (const PresenceCase& one : cases) {
    const AttributeReading reading = read(one.words, one.remark);
    EXPECT_EQ(reading.field.required, one.required) << one.words;
    EXPECT_EQ(reading.required_stated, one.stated) << one.words;
  }
}

TEST(Attribute, Remarks) {
  const AttributeReading role = read("role", "owner, admin, member or viewer; default member");
  EXPECT_EQ(role.field.type.values,
            (std::vector<std::string>{"owner", "admin", "member", "viewer"}));
  EXPECT_EQ(role.field.default_value, "member");

  const AttributeReading status = read("status", "draft, In transit, delivered");
  EXPECT_EQ(status.field.type.values,
            (std::vector<std::string>{"draft", "in_transit", "delivered"}));

  const AttributeReading position = read("position", "a required whole number, default 0");
  EXPECT_EQ(position.field.type.kind, FieldKind::integer);
  EXPECT_EQ(position.field.default_value, "0");
  EXPECT_EQ(position.field.description, "");
  EXPECT_TRUE(position.field.required && position.required_stated);

  const AttributeReading rating = read("rating", "between 1 and 5");
  EXPECT_EQ(rating.field.minimum, 1);
  EXPECT_EQ(rating.field.maximum, 5);
  EXPECT_EQ(read("score", "0-100").field.maximum, 100);
  EXPECT_EQ(read("score", "1 to 10").field.minimum, 1);
  EXPECT_EQ(read("quantity", "at least 1").field.minimum, 1);
  EXPECT_EQ(read("stock", "cannot be negative").field.minimum, 0);
  EXPECT_EQ(read("price", "at most 1,000").field.maximum, 1000);

  const AttributeReading title = read("title", "required, up to 100 characters");
  EXPECT_EQ(title.field.type.length, 100);
  EXPECT_EQ(title.field.type.kind, FieldKind::text);
  EXPECT_FALSE(title.field.maximum);

  EXPECT_EQ(read("plan", "required, default free").field.default_value, "free");
  EXPECT_TRUE(read("plan", "required, default free").field.type.values.empty());
  EXPECT_TRUE(read("email", "required, unique").field.unique);
  EXPECT_FALSE(read("room number", "unique within the building").field.unique);
  EXPECT_EQ(read("score", "integer").field.type.kind, FieldKind::integer);
  EXPECT_EQ(read("email", "string").field.type.kind, FieldKind::email);
  EXPECT_EQ(read("nickname", "varchar(40)").field.type.length, 40);
  EXPECT_EQ(read("verified", "yes/no").field.type.kind, FieldKind::boolean);
  EXPECT_EQ(read("number", "primary key").key, true);
  EXPECT_EQ(read("subject", "maths, science").field.type.kind, FieldKind::text);
  EXPECT_EQ(read("subject", "maths, science").field.description, "maths, science");
  EXPECT_EQ(read("amount", "calculated from the lines").field.derived, "calculated from the lines");
}

TEST(Attribute, ListedValues) {
  AttributePhrase phrase;
  phrase.words = {"rank"};
  phrase.values = {"First", "a second one", "A+", "first"};
  const AttributeReading reading = read_attribute(phrase);
  EXPECT_EQ(reading.field.type.values, (std::vector<std::string>{"first", "second_one", "a+"}));
}

TEST(Attribute, Sensitive) {
  for (const std::string_view name : {"national_insurance_number", "password_hash", "ssn",
                                      "bank_account_number", "customer_passport_number"})
    EXPECT_TRUE(is_sensitive_name(name)) << name;
  for (const std::string_view name : {"name", "city", "lesson", "phone", "passenger"})
    EXPECT_FALSE(is_sensitive_name(name)) << name;
}

TEST(Attribute, TableHasNoNameTwice) {
  std::set<std::string_view> seen;
#define ATTRIBUTE_TYPE(kind, presence, names) names,
  for (const std::string_view names : {
#include "read/english/attribute_types.def"
       }) {
    for (const std::string_view name : split(names, ','))
      EXPECT_TRUE(seen.insert(trim(name)).second) << "twice: " << name;
  }
#undef ATTRIBUTE_TYPE
}

}  // namespace
}  // namespace relata::english
