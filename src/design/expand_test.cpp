#include "design/expand.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "design/design_for_test.h"
#include "design/outline_for_test.h"

namespace relata::design {
namespace {

Schema expanded(const Design& design, const ExpandOptions& options = {}) {
  DiagnosticSink sink;
  return expand(design, options, sink);
}

/// The outline of one table of a design.
std::string table(const Design& design, std::string_view name, const ExpandOptions& options = {}) {
  const Schema schema = expanded(design, options);
  const Table* found = schema.find_table(name);
  return found == nullptr ? "no table " + std::string(name) : outline(*found);
}

/// Checks that the table's outline holds every line given; "!" before a line means that it must
/// not be there.
void expect_lines(const Design& design, std::string_view name,
                  std::initializer_list<std::string_view> lines,
                  const ExpandOptions& options = {}) {
  const std::string text = table(design, name, options);
  for (std::string_view line : lines) {
    const bool absent = line.starts_with('!');
    if (absent) line.remove_prefix(1);
    const bool found = text.find("  " + std::string(line) + "\n") != std::string::npos;
    EXPECT_NE(found, absent) << (absent ? "should not be: " : "missing: ") << line << "\n" << text;
  }
}

std::string table_names(const Schema& schema) {
  std::vector<std::string> names;
  for (const Table& t : schema.tables) names.push_back(t.name);
  return outline(names);
}

TEST(Expand, the_task_board_has_its_tables_in_order) {
  DiagnosticSink sink;
  const Schema schema = expand(task_board(), {}, sink);
  EXPECT_EQ(table_names(schema),
            "users workspaces workspace_members projects tasks task_assignments labels "
            "task_labels audit_log");
  EXPECT_TRUE(sink.all().empty());
  EXPECT_EQ(schema, expanded(task_board()));
  EXPECT_EQ(schema.session.tenant, "app.current_workspace_id");
  EXPECT_EQ(schema.session.actor, "app.current_user_id");
  EXPECT_EQ(schema.session.role, "app_user");
}

TEST(Expand, a_membership_has_a_role_and_is_unique) {
  EXPECT_EQ(table(task_board(), "workspace_members"),
            R"(workspace_members
  id uuid! =uuid7
  workspace_id uuid!
  user_id uuid!
  role text! ='member'
  joined_at timestamptz! =now
  created_at timestamptz! =now
  updated_at timestamptz! =now
  pk(id)
  unique workspace_members_workspace_user_key(workspace_id user_id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (user_id) -> users(id) cascade
  check workspace_members_role_check in(role,'owner','admin','member','viewer')
  index workspace_members_user_idx(user_id)
  trigger workspace_members_touch_updated_at
  trigger workspace_members_write_audit workspace_member key=id tenant=workspace_id (id workspace_id user_id role joined_at created_at updated_at)
  policy workspace_members_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
  policy workspace_members_own select using user_id=actor
)");
}

TEST(Expand, a_task_has_every_pattern) {
  EXPECT_EQ(table(task_board(), "tasks"),
            R"(tasks
  id uuid! =uuid7
  workspace_id uuid!
  project_id uuid!
  title text!
  description text
  status text! ='todo'
  priority text! ='medium'
  position int! =0
  due_date timestamptz
  version int! =1
  created_by_id uuid
  updated_by_id uuid
  created_at timestamptz! =now
  updated_at timestamptz! =now
  deleted_at timestamptz
  pk(id)
  unique tasks_workspace_id_key(workspace_id id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (workspace_id project_id) -> projects(workspace_id id) cascade
  fk (created_by_id) -> users(id) set null
  fk (updated_by_id) -> users(id) set null
  check tasks_status_check in(status,'todo','in_progress','in_review','done')
  check tasks_priority_check in(priority,'low','medium','high','urgent')
  index tasks_project_status_idx(project_id status) where deleted_at is null
  index tasks_due_date_idx(due_date) where deleted_at is null
  index tasks_project_idx(project_id workspace_id)
  index tasks_created_by_idx(created_by_id)
  index tasks_updated_by_idx(updated_by_id)
  trigger tasks_bump_version
  trigger tasks_touch_updated_at
  trigger tasks_write_audit task key=id tenant=workspace_id (id workspace_id project_id title description status priority position due_date version created_by_id updated_by_id created_at updated_at deleted_at)
  policy tasks_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
  policy tasks_hide_deleted all restrictive using any(deleted_at is null,include_deleted) check true
)");
}

TEST(Expand, a_plain_junction_is_its_pair) {
  EXPECT_EQ(table(task_board(), "task_labels"),
            R"(task_labels
  workspace_id uuid!
  task_id uuid!
  label_id uuid!
  created_at timestamptz! =now
  pk(task_id label_id)
  fk (workspace_id) -> workspaces(id) cascade
  fk (workspace_id task_id) -> tasks(workspace_id id) cascade
  fk (workspace_id label_id) -> labels(workspace_id id) cascade
  index task_labels_task_idx(workspace_id task_id)
  index task_labels_label_idx(label_id workspace_id)
  trigger task_labels_write_audit task_label key=task_id tenant=workspace_id (workspace_id task_id label_id created_at)
  policy task_labels_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
)");
}

TEST(Expand, an_audit_log_outlives_what_it_names) {
  EXPECT_EQ(table(task_board(), "audit_log"),
            R"(audit_log
  id uuid! =uuid7
  workspace_id uuid
  user_id uuid
  action text!
  entity_type text!
  entity_id text!
  before json
  after json
  ip_address inet
  created_at timestamptz! =now
  pk(id)
  fk (user_id) -> users(id)
  check audit_log_action_check in(action,'create','update','delete')
  index audit_log_workspace_idx(workspace_id)
  index audit_log_entity_idx(entity_type entity_id)
  index audit_log_created_idx(created_at)
  index audit_log_user_idx(user_id)
  trigger audit_log_append_only
  policy audit_log_workspace_isolation all using workspace_id=tenant check workspace_id=tenant
)");
  // When only rows of tenants are audited, every entry has its tenant.
  Design some = task_board();
  some.patterns.audit = false;
  some.find("Task")->patterns.audit = true;
  expect_lines(some, "audit_log", {"workspace_id uuid!"});
  expect_lines(some, "projects", {"!trigger projects_write_audit"});
  EXPECT_EQ(table(some, "projects").find("write_audit"), std::string::npos);
}

TEST(Expand, secrets_stay_out_of_the_audit_log) {
  const std::string users = table(task_board(), "users");
  EXPECT_NE(users.find("write_audit user key=id tenant= (id email name avatar_url created_at"),
            std::string::npos)
      << users;
}

TEST(Expand, a_person_sees_the_tenants_to_choose_from) {
  expect_lines(task_board(), "workspaces",
               {"unique workspaces_slug_key(slug)",
                "policy workspaces_workspace_isolation all using id=tenant check id=tenant",
                "policy workspaces_member select using "
                "select(workspace_members:id,workspace_id,user_id=actor)"});
}

TEST(Expand, bare_is_the_plain_schema_of_the_text) {
  const ExpandOptions bare{true};
  expect_lines(task_board(), "tasks",
               {"id bigint! identity", "fk (project_id) -> projects(id) cascade",
                "index tasks_project_status_idx(project_id status)", "!workspace_id bigint!",
                "!created_at timestamptz! =now", "!version int! =1"},
               bare);
  expect_lines(task_board(), "workspace_members", {"pk(user_id workspace_id)", "!role text!"},
               bare);
  const Schema schema = expanded(task_board(), bare);
  for (const Table& t : schema.tables) {
    EXPECT_TRUE(t.policies.empty() && t.triggers.empty() && !t.row_level_security) << t.name;
  }
  EXPECT_EQ(schema.session, SessionSettings{});
}

/// No foreign key without an index that begins with its columns, no index that another makes
/// needless, and no name twice.
void expect_sound(const Schema& schema) {
  std::set<std::string> relations;
  std::set<std::string> constraints;
  for (const Table& t : schema.tables) {
    EXPECT_TRUE(relations.insert(t.name).second) << t.name;
    ASSERT_TRUE(t.primary_key) << t.name;
    EXPECT_TRUE(relations.insert(t.primary_key->name).second) << t.primary_key->name;
    std::vector<std::vector<std::string>> full{t.primary_key->columns};
    for (const Unique& u : t.uniques) {
      full.push_back(u.columns);
      EXPECT_TRUE(relations.insert(u.name).second) << u.name;
    }
    for (const Index& i : t.indexes) {
      EXPECT_TRUE(relations.insert(i.name).second) << i.name;
      std::vector<std::string> columns;
      for (const IndexPart& part : i.parts) columns.push_back(part.expression.text);
      for (const std::string& column : columns) EXPECT_NE(t.find_column(column), nullptr) << column;
      if (!i.where) full.push_back(columns);
    }
    for (const ForeignKey& k : t.foreign_keys) {
      EXPECT_TRUE(constraints.insert(k.name).second) << k.name;
      const std::set<std::string> wanted(k.columns.begin(), k.columns.end());
      EXPECT_TRUE(std::any_of(
          full.begin(), full.end(),
          [&](const auto& index) {
            return index.size() >= k.columns.size() &&
                   std::set<std::string>(
                       index.begin(),
                       index.begin() + static_cast<std::ptrdiff_t>(k.columns.size())) == wanted;
          }))
          << t.name << ": " << outline(k);
      const Table* target = schema.find_table(k.table);
      ASSERT_NE(target, nullptr) << k.table;
      const bool unique = target->primary_key->columns == k.referenced ||
                          std::any_of(target->uniques.begin(), target->uniques.end(),
                                      [&](const Unique& u) { return u.columns == k.referenced; });
      EXPECT_TRUE(unique) << outline(k);
    }
    for (const Check& c : t.checks) EXPECT_TRUE(constraints.insert(c.name).second) << c.name;
    EXPECT_FALSE(t.comment.empty()) << t.name;
    std::set<std::string> columns;
    for (const Column& c : t.columns) {
      EXPECT_TRUE(columns.insert(c.name).second) << c.name;
      EXPECT_FALSE(c.origin.rule.empty() && c.name == "id") << t.name;
    }
  }
}

TEST(Expand, what_comes_out_is_sound) {
  expect_sound(expanded(task_board()));
  expect_sound(expanded(task_board(), {true}));
  for (IdKind id : {IdKind::uuid7, IdKind::cuid2, IdKind::identity}) {
    for (EnumStyle enums : {EnumStyle::check, EnumStyle::native, EnumStyle::lookup}) {
      Design d = task_board();
      d.patterns.id = id;
      d.patterns.enums = enums;
      d.patterns.soft_delete = d.patterns.version = d.patterns.authors = true;
      expect_sound(expanded(d));
    }
  }
}

struct IdCase {
  IdKind kind;
  std::string_view id;
  std::string_view reference;
};

TEST(Expand, ids_of_each_kind) {
  for (const auto& [kind, id, reference] :
       {IdCase{IdKind::uuid7, "id uuid! =uuid7", "owner_id uuid!"},
        IdCase{IdKind::cuid2, "id varchar(32)! =cuid2", "owner_id varchar(32)!"},
        IdCase{IdKind::identity, "id bigint! identity", "owner_id bigint!"}}) {
    Design d = task_board();
    d.patterns.id = kind;
    expect_lines(d, "projects", {id, reference});
  }
}

Design small(std::initializer_list<Entity> entities,
             std::initializer_list<std::string_view> arrows = {}) {
  Design d;
  d.patterns.timestamps = false;
  d.entities = entities;
  relate(d, arrows);
  return d;
}

TEST(Expand, relationships) {
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

TEST(Expand, a_relationship_stated_twice_is_one_reference) {
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

TEST(Expand, a_junction_with_data_or_references_has_an_id) {
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

TEST(Expand, natural_and_weak_keys) {
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

TEST(Expand, polymorphic_references) {
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

TEST(Expand, subtypes) {
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

TEST(Expand, encrypted_fields_and_history) {
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

TEST(Expand, soft_delete_makes_uniques_partial) {
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

TEST(Expand, patterns_are_switched_for_the_whole_or_for_one) {
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

TEST(Expand, scope_follows_the_paths_from_the_tenant) {
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

TEST(Expand, fields_become_columns) {
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

TEST(Expand, derived_fields_are_stored_only_on_purpose) {
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

TEST(Expand, no_index_that_another_makes_needless) {
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

struct FaultCase {
  std::string_view what;
  void (*spoil)(Design&);
  std::string_view code;
  std::string_view help;
};

TEST(Expand, what_is_wrong_is_reported_and_the_rest_stands) {
  const FaultCase cases[] = {
      {"unknown entity", [](Design& d) { relate(d, {"Task *--1 Projct"}); },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"unknown field in a key",
       [](Design& d) {
         d.entities[0].keys.push_back({{"titel"}, false, {}});
       },
       "design-unknown-field", "did you mean 'title'?"},
      {"unknown field in an index",
       [](Design& d) {
         d.entities[0].indexes.push_back({{"-xyzzy"}, false, {}});
       },
       "design-unknown-field", ""},
      {"entity twice", [](Design& d) { d.entities.push_back(entity("Task", {"x"})); },
       "design-duplicate-entity", ""},
      {"table twice",
       [](Design& d) {
         d.entities.push_back(entity("Other", {"x"}));
         d.entities.back().table = "tasks";
       },
       "design-duplicate-table", ""},
      {"field twice", [](Design& d) { d.entities[0].fields.push_back(field("title")); },
       "design-duplicate-field", ""},
      {"nameless entity", [](Design& d) { d.entities.emplace_back(); }, "design-unnamed-entity",
       ""},
      {"unknown supertype", [](Design& d) { d.entities[0].subtype_of = "Projects"; },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"subtype of itself",
       [](Design& d) {
         d.entities[0].subtype_of = "Project";
         d.entities[1].subtype_of = "Task";
       },
       "design-subtype-cycle", ""},
      {"unknown target",
       [](Design& d) {
         d.entities[0].polymorphic.push_back({"on", {"Nothing"}, true, {}});
       },
       "design-unknown-entity", ""},
      {"unknown tenant",
       [](Design& d) {
         d.patterns.tenancy = Tenancy{"Projekt", "", "", {}};
       },
       "design-unknown-entity", "did you mean 'Project'?"},
      {"member without actor",
       [](Design& d) {
         d.patterns.tenancy = Tenancy{"Project", "Membership", "", {}};
       },
       "design-membership-without-actor", ""},
      {"junction of one to many", [](Design& d) { relate(d, {"Task *--1 Project (via Link)"}); },
       "design-needless-junction", ""},
      {"set null of required",
       [](Design& d) { relate(d, {"Task *--1 Project as goal (on delete set null)"}); },
       "design-set-null-of-required", ""},
      {"unknown denormalisation",
       [](Design& d) {
         d.denormalizations.push_back({"Task.totle", "", {}});
       },
       "design-unknown-denormalization", ""},
      {"empty entity", [](Design& d) { d.entities.push_back(entity("Ghost")); },
       "design-empty-entity", ""},
      {"authors without actor", [](Design& d) { d.patterns.authors = true; },
       "design-authors-without-actor", ""},
  };
  for (const FaultCase& c : cases) {
    Design d = small({entity("Task", {"title"}), entity("Project", {"name"})});
    relate(d, {"Task *--1 Project"});
    c.spoil(d);
    DiagnosticSink sink;
    const Schema schema = expand(d, {}, sink);
    ASSERT_FALSE(sink.all().empty()) << c.what;
    EXPECT_EQ(sink.all().front().code, c.code) << c.what;
    if (!c.help.empty()) {
      EXPECT_EQ(sink.all().front().help, c.help) << c.what;
    }
    const Table* tasks = schema.find_table("tasks");
    ASSERT_NE(tasks, nullptr) << c.what;
    EXPECT_NE(tasks->find_column("project_id"), nullptr) << c.what;
    expect_sound(schema);
  }
}

TEST(Expand, nothing_gives_nothing) { EXPECT_TRUE(expanded(Design{}).tables.empty()); }

TEST(Expand, origins_are_carried_to_tables_and_columns) {
  Design d = small({entity("Task", {"title"})});
  d.entities[0].origin = {"a.md", {3, 7}, "english/subject", 0.5, {}};
  d.entities[0].fields[0].origin = {"a.md", {9, 14}, "english/has-list", 0.9, {}};
  const Schema schema = expanded(d);
  EXPECT_EQ(schema.tables[0].origin.rule, "english/subject");
  EXPECT_EQ(schema.tables[0].find_column("title")->origin.span, (Span{9, 14}));
  EXPECT_EQ(schema.tables[0].find_column("id")->origin.rule, "pattern/id");
}

}  // namespace
}  // namespace relata::design
