#include <gtest/gtest.h>

#include "design/expansion_for_test.h"

namespace relata::design {
namespace {

TEST(ExpandPatterns, a_document_is_indexed_by_what_it_contains) {
  Design d = small({entity("Event", {"payload:json", "place"})});
  d.entities[0].indexes = {IndexWish{{"-payload"}, false, {}}, IndexWish{{"-place"}, false, {}}};
  const Schema schema = expanded(d);
  const std::vector<Index>& indexes = schema.find_table("events")->indexes;
  ASSERT_EQ(indexes.size(), 2U);
  EXPECT_EQ(indexes[0].method, "gin");
  EXPECT_FALSE(indexes[0].parts[0].descending);
  EXPECT_TRUE(indexes[1].method.empty());
  EXPECT_TRUE(indexes[1].parts[0].descending);
}

TEST(ExpandPatterns, relationships) {
  const Design d = small(
      {entity("User", {"name!"}), entity("Category", {"name"}), entity("Passport", {"number!u"})},
      {"User *--* User : follows", "Category 1--* Category", "User 1--0..1 Passport",
       "User *--0..1 Category as favourite", "Category *--1 User as owner (on delete restrict)",
       "User 1--* Category : owns"});
  expect_lines(d, "user_follows",
               {"pk(user_id related_user_id)", "fk (user_id) -> users(id) cascade",
                "fk (related_user_id) -> users(id) cascade",
                "index user_follows_related_user_idx(related_user_id)"});
  expect_lines(
      d, "categories",
      {"parent_id uuid", "fk (parent_id) -> categories(id) set null", "owner_id uuid!",
       "fk (owner_id) -> users(id) restrict", "user_id uuid!", "fk (user_id) -> users(id)"});
  // The side that is required to have the other holds the key.
  expect_lines(d, "passports", {"user_id uuid!", "unique passports_user_key(user_id)"});
  expect_lines(d, "users", {"favourite_id uuid", "!passport_id uuid"});
}

TEST(ExpandPatterns, a_relationship_stated_twice_is_one_reference) {
  const Design d = small({entity("Project", {"name"}), entity("Task", {"title", "project_id"})},
                         {"Project 1--* Task : contains", "Task *--0..1 Project : belongs to"});
  EXPECT_EQ(table(d, "tasks"), R"(tasks
  id uuid! =uuid7
  project_id uuid!
  title text
  pk(id)
  fk (project_id) -> projects(id) cascade
  index tasks_project_idx(project_id)
)");
}

TEST(ExpandPatterns, a_junction_with_data_or_references_has_an_id) {
  Design d = small({entity("Student", {"name"}), entity("Course", {"name"}),
                    entity("Enrolment", {"grade"}), entity("Attempt", {"on:date"})},
                   {"Student *--* Course (via Enrolment)"});
  d.entities[2].kind = EntityKind::junction;
  expect_lines(d, "enrolments",
               {"id uuid! =uuid7", "unique enrolments_student_course_key(student_id course_id)",
                "index enrolments_course_idx(course_id)"});
  d.entities[2].fields.clear();
  expect_lines(d, "enrolments", {"pk(student_id course_id)", "!id uuid! =uuid7"});
  relate(d, {"Attempt *--1 Enrolment"});
  expect_lines(d, "enrolments",
               {"pk(id)", "unique enrolments_student_course_key(student_id course_id)"});
}

TEST(ExpandPatterns, natural_and_weak_keys) {
  Design d = small(
      {entity("Room", {"number!", "beds:integer"}), entity("Building", {"code!", "name"}),
       entity("Booking", {"from:date"})},
      {"Building 1--* Room (identifying)", "Booking *--1 Room", "Booking *--0..1 Room as spare"});
  d.entities[0].kind = EntityKind::weak;
  d.entities[0].keys.push_back({{"number"}, true, {}});
  d.entities[1].keys.push_back({{"code"}, true, {}});
  expect_lines(d, "rooms",
               {"pk(id)", "unique rooms_building_number_key(building_id number)",
                "fk (building_id) -> buildings(id) cascade"});
  expect_lines(d, "buildings", {"pk(id)", "unique buildings_code_key(code)"});
  const ExpandOptions bare{true};
  expect_lines(d, "buildings", {"pk(code)", "!id bigint! identity"}, bare);
  expect_lines(d, "rooms",
               {"pk(building_code number)", "fk (building_code) -> buildings(code) cascade"}, bare);
  expect_lines(
      d, "bookings",
      {"id bigint! identity", "fk (building_code room_number) -> rooms(building_code number)",
       "fk (spare_building_code spare_number) -> rooms(building_code number) set null"},
      bare);
  expect_sound(expanded(d, bare));
}

TEST(ExpandPatterns, polymorphic_references) {
  Design d = small({entity("Comment", {"body!"}), entity("Task", {"title"}),
                    entity("Project", {"name"}), entity("Attachment", {"file"})});
  d.entities[0].polymorphic.push_back({"subject", {"Task", "Project"}, true, {}});
  d.entities[3].polymorphic.push_back({"subject", {"Task", "Project"}, false, {}});
  expect_lines(d, "comments",
               {"task_id uuid", "project_id uuid", "fk (task_id) -> tasks(id) cascade",
                "check comments_subject_check count(task_id,project_id)=1",
                "index comments_task_idx(task_id)"});
  expect_lines(d, "attachments",
               {"check attachments_subject_check count(task_id,project_id)<=1",
                "fk (project_id) -> projects(id) set null"});
  d.patterns.polymorphic = PolymorphicStyle::supertype;
  expect_lines(d, "subjects",
               {"kind text!", "check subjects_kind_check in(kind,'task','project')"});
  expect_lines(d, "tasks", {"subject_id uuid!", "unique tasks_subject_key(subject_id)"});
  expect_lines(d, "comments", {"subject_id uuid!", "fk (subject_id) -> subjects(id) cascade"});
  expect_lines(d, "attachments", {"subject_id uuid", "fk (subject_id) -> subjects(id) set null"});
  // What stands for a tenant's rows is the tenant's.
  d.entities.push_back(entity("Company", {"name"}));
  relate(d, {"Company 1--* Project", "Project 1--* Task"});
  d.patterns.tenancy = Tenancy{"Company", "", "", {}};
  expect_lines(d, "subjects",
               {"company_id uuid!", "unique subjects_company_id_key(company_id id)"});
  expect_lines(d, "comments", {"fk (company_id subject_id) -> subjects(company_id id) cascade"});
  expect_sound(expanded(d));
}

TEST(ExpandPatterns, subtypes) {
  Design d = small({entity("Employee", {"name!"}), entity("Manager", {"bonus:money"}),
                    entity("Engineer"), entity("Report")},
                   {"Report *--1 Manager"});
  d.entities[1].subtype_of = d.entities[2].subtype_of = "Employee";
  EXPECT_EQ(table_names(expanded(d)), "employees managers reports");
  expect_lines(d, "employees",
               {"employee_type text",
                "check employees_employee_type_check in(employee_type,'manager','engineer')"});
  expect_lines(d, "managers", {"id uuid!", "pk(id)", "fk (id) -> employees(id) cascade"});
  expect_lines(d, "reports", {"fk (manager_id) -> managers(id)"});
  d.entities[2].fields.push_back(field("language"));
  expect_lines(d, "employees", {"!employee_type text"});
  expect_lines(d, "engineers", {"language text"});
}

TEST(ExpandPatterns, encrypted_fields_and_history) {
  Design d = small({entity("Patient", {"name!", "ssn!u", "phone"}), entity("User", {"name"})});
  Entity& patient = d.entities[0];
  patient.fields[1].encrypted = patient.fields[2].encrypted = true;
  patient.patterns.history = patient.patterns.audit = true;
  expect_lines(d, "patients",
               {"ssn_ciphertext binary!", "ssn_blind_index varchar(64)!",
                "unique patients_ssn_blind_index_key(ssn_blind_index)",
                "index patients_phone_blind_index_idx(phone_blind_index)", "!ssn text!"});
  const std::string text = table(d, "patients");
  EXPECT_NE(text.find("write_audit patient key=id tenant= (id name)"), std::string::npos) << text;
  EXPECT_EQ(table(d, "patient_history"), R"(patient_history
  id uuid! =uuid7
  patient_id uuid!
  name text!
  ssn_ciphertext binary!
  ssn_blind_index varchar(64)!
  phone_ciphertext binary
  phone_blind_index varchar(64)
  valid_from timestamptz! =now
  valid_to timestamptz
  pk(id)
  fk (patient_id) -> patients(id) cascade
  check patient_history_period_check valid_to>valid_from
  no overlap (patient_id) valid_from..valid_to
  index patient_history_patient_valid_from_idx(patient_id valid_from)
)");
  patient.patterns.history_fields = {"name"};
  expect_lines(d, "patient_history", {"name text!", "!ssn_ciphertext binary!"});
  expect_lines(d, "patients", {"ssn text!", "!ssn_ciphertext binary!"}, {true});
}

TEST(ExpandPatterns, soft_delete_makes_uniques_partial) {
  Design d = small({entity("Article", {"slug!u", "title"})});
  d.entities[0].patterns.soft_delete = true;
  d.entities[0].fields[1].indexed = true;
  EXPECT_EQ(table(d, "articles"), R"(articles
  id uuid! =uuid7
  slug text!
  title text
  deleted_at timestamptz
  pk(id)
  index articles_title_idx(title) where deleted_at is null
  index unique articles_slug_key(slug) where deleted_at is null
  policy articles_all_rows all using true check true
  policy articles_hide_deleted all restrictive using any(deleted_at is null,include_deleted) check true
)");
}

TEST(ExpandPatterns, patterns_are_switched_for_the_whole_or_for_one) {
  Design d = small({entity("User", {"name"}), entity("Page", {"title"}), entity("Tag", {"name"})},
                   {"Page *--* Tag"});
  d.patterns.soft_delete = d.patterns.version = d.patterns.authors = d.patterns.timestamps = true;
  d.find("Tag")->patterns.soft_delete = d.find("Tag")->patterns.timestamps = false;
  expect_lines(d, "pages",
               {"version int! =1", "created_by_id uuid", "fk (created_by_id) -> users(id) set null",
                "created_at timestamptz! =now", "deleted_at timestamptz"});
  expect_lines(d, "tags",
               {"version int! =1", "!deleted_at timestamptz", "!created_at timestamptz! =now"});
  // A person is not their own author, and a link has no life of its own.
  expect_lines(d, "users", {"!created_by_id uuid", "deleted_at timestamptz"});
  expect_lines(d, "page_tags",
               {"pk(page_id tag_id)", "!version int! =1", "!deleted_at timestamptz"});
}

TEST(ExpandPatterns, scope_follows_the_paths_from_the_tenant) {
  Design d = small({entity("Clinic", {"name"}), entity("Doctor", {"name", "license!u"}),
                    entity("Visit", {"at:timestamp"}), entity("Drug", {"name"}),
                    entity("Tag", {"name!u"}), entity("Country", {"name"})},
                   {"Clinic 1--* Doctor", "Visit *--1 Doctor", "Visit *--0..1 Drug",
                    "Visit *--* Tag", "Clinic *--0..1 Country"});
  d.patterns.tenancy = Tenancy{"Clinic", "", "Doctor", {}};
  DiagnosticSink sink;
  const Schema schema = expand(d, {}, sink);
  std::string scoped;
  for (const Table& t : schema.tables) scoped += t.intent.tenant_column.empty() ? "" : t.name + " ";
  EXPECT_EQ(scoped, "doctors visits tags visit_tags ");
  std::string shared;
  for (const Diagnostic& x : sink.all()) shared += x.code + " ";
  EXPECT_EQ(shared, "design-shared-entity design-shared-entity ");
  expect_lines(d, "doctors", {"unique doctors_clinic_license_key(clinic_id license)"});
  expect_lines(
      d, "visits",
      {"fk (clinic_id doctor_id) -> doctors(clinic_id id)", "fk (drug_id) -> drugs(id) set null"});
  d.find("Drug")->patterns.tenant_scoped = true;
  expect_lines(d, "visits", {"fk (clinic_id drug_id) -> drugs(clinic_id id) set null(drug_id)"});
  expect_sound(expanded(d));
}

struct FieldCase {
  std::string_view words;
  std::string_view default_value;
  std::string_view column;
};

TEST(ExpandPatterns, fields_become_columns) {
  for (const auto& [words, value, column] : {
           FieldCase{"price!:money", "0", "price decimal(12,2)! =0"},
           FieldCase{"rate:percent", "", "rate decimal(5,2)"},
           FieldCase{"weight:decimal", "1.5", "weight decimal(12,2) =1.5"},
           FieldCase{"at:timestamp", "now", "at timestamptz =now"},
           FieldCase{"born:date", "today", "born date =today"},
           FieldCase{"active!:boolean", "yes", "active bool! =true"},
           FieldCase{"count:integer", "many", "count int"},
           FieldCase{"state=open|closed", "open", "state text ='open'"},
           FieldCase{"state=open|closed", "gone", "state text"},
           FieldCase{"name", "it's", "name text ='it's'"},
           FieldCase{"data:json", "", "data json"},
       }) {
    Design d = small({entity("Thing", {words})});
    d.entities[0].fields[0].default_value = value;
    DiagnosticSink sink;
    (void)expand(d, {}, sink);
    expect_lines(d, "things", {column});
    const bool fits = value.empty() || column.find('=') != std::string_view::npos;
    EXPECT_EQ(sink.all().size(), fits ? 0U : 1U) << words;
  }
  Design d = small({entity("Thing", {"share:percent", "mail:email", "state=a|b"})});
  d.entities[0].fields[0].minimum = 0;
  d.entities[0].fields[0].maximum = 99.5;
  expect_lines(
      d, "things",
      {"check things_share_check all(share>=0,share<=99.5)",
       "check things_mail_check mail like '%_@_%'", "check things_state_check in(state,'a','b')"});
  d.patterns.enums = EnumStyle::native;
  expect_lines(d, "things",
               {"state enum:thing_state", "!check things_state_check in(state,'a','b')"});
  d.patterns.enums = EnumStyle::lookup;
  expect_lines(d, "things",
               {"state text", "fk (state) -> thing_states(code)", "index things_state_idx(state)"});
  EXPECT_EQ(expanded(d).find_table("thing_states")->rows.size(), 2U);
}

TEST(ExpandPatterns, derived_fields_are_stored_only_on_purpose) {
  Design d = small({entity("Order", {"total:money", "number"})});
  d.entities[0].fields[0].derived = "sum of the lines";
  expect_lines(d, "orders", {"!total decimal(12,2)"});
  EXPECT_NE(expanded(d).find_table("orders")->comment.find("total (sum of the lines)"),
            std::string::npos);
  expect_lines(d, "orders", {"total decimal(12,2)"}, {true});
  d.denormalizations.push_back({"Order.total", "lists show it", {}});
  expect_lines(d, "orders", {"total decimal(12,2)"});
  EXPECT_NE(expanded(d).find_table("orders")->find_column("total")->comment.find("lists show it"),
            std::string::npos);
}

TEST(ExpandPatterns, no_index_that_another_makes_needless) {
  Design d =
      small({entity("Task", {"status", "rank:integer", "code!u"}), entity("Project", {"name"})},
            {"Task *--1 Project"});
  for (std::vector<std::string> fields : {std::vector<std::string>{"project", "status"},
                                          {"project"},
                                          {"status", "-rank"},
                                          {"status"},
                                          {"code"},
                                          {"project", "status"}})
    d.entities[0].indexes.push_back({fields, false, {}});
  EXPECT_EQ(table(d, "tasks"), R"(tasks
  id uuid! =uuid7
  project_id uuid!
  status text
  rank int
  code text!
  pk(id)
  unique tasks_code_key(code)
  fk (project_id) -> projects(id)
  index tasks_project_status_idx(project_id status)
  index tasks_status_rank_idx(status rank desc)
)");
}

}  // namespace
}  // namespace relata::design
