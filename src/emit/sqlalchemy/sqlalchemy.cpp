// SQLAlchemy 2.1 models, and an Alembic environment whose first migration holds the whole DDL.
#include "emit/output.h"
#include "emit/sqlalchemy/migration.h"
#include "emit/sqlalchemy/models.h"

namespace relata::emit {

std::vector<OutputFile> write_sqlalchemy(const TargetInput& input, DiagnosticSink&);
std::vector<OutputFile> write_sqlalchemy(const TargetInput& input, DiagnosticSink&) {
  std::vector<OutputFile> files{{"sqlalchemy/models.py", sqlalchemy::ModelFile(input).write()}};
  for (OutputFile& file : sqlalchemy::migration_files(input)) files.push_back(std::move(file));
  return files;
}

}  // namespace relata::emit
