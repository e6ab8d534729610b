#include "emit/facts.h"

namespace relata::emit {

const TargetFacts& dictionary_facts() {
  static const TargetFacts facts{
      "Data dictionary",
      "",
      "PostgreSQL, MySQL, SQLite",
      "One Markdown page with the diagram and a section for every table: its columns with types, "
      "defaults and comments, its keys, checks, indexes, triggers and policies; then the views "
      "with their SQL, and the functions.",
      {{"dictionary.md", "the page"}},
      {},
      {},
      {}};
  return facts;
}

}  // namespace relata::emit
