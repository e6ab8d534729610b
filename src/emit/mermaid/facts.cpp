#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& mermaid_facts() {
  static const TargetFacts facts{
      "Mermaid diagrams",
      "mermaid 11.17",
      "PostgreSQL, MySQL, SQLite",
      "An `erDiagram` with every table, its columns with their types, keys and comments, and a "
      "labelled line for each foreign key that tells how many rows stand on either side. GitHub, "
      "GitLab and many editors show it in a Markdown file.",
      {{"erd.mmd", "the diagram"}},
      {{"Tables and columns", Coverage::code, ""},
       {"Primary, foreign and unique keys", Coverage::code, "PK, FK and UK"},
       {"Comments of columns", Coverage::code, "up to 60 characters"},
       {"Views, indexes, checks, triggers and policies", Coverage::nowhere, ""}},
      {},
      {"A name with characters that the notation does not take is shown with underscores in their "
       "places."}};
  return facts;
}

}  // namespace relata::emit
