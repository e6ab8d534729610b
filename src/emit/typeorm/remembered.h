#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/typeorm/plan.h"

namespace relata::emit::typeorm {

/// A text that TypeORM keeps in its table typeorm_metadata, to compare a view or a generated column
/// with later.
struct RememberedText {
  std::string type;  ///< "GENERATED_COLUMN", "VIEW" or "MATERIALIZED_VIEW".
  std::string schema;
  std::string table;  ///< Of a generated column.
  std::string name;
  std::string value;
  bool operator==(const RememberedText&) const = default;
};

/// A default in the words by which TypeORM knows it: the same value in others.
struct RespelledDefault {
  QualifiedName table;
  std::string column;
  std::string value;
  bool operator==(const RespelledDefault&) const = default;
};

[[nodiscard]] std::vector<RememberedText> remembered_texts(const Plan& plan);
[[nodiscard]] std::vector<RespelledDefault> respelled_defaults(const Plan& plan);

/// The statements that note the text, take the note back, and write the default in other words.
[[nodiscard]] std::string remember(const Plan& plan, const RememberedText& text);
[[nodiscard]] std::string forget(const Plan& plan, const RememberedText& text);
[[nodiscard]] std::string respell(const Plan& plan, const RespelledDefault& one);

/// [sqlite] A CREATE TABLE in the form that TypeORM can read back; every other statement as it is.
[[nodiscard]] std::string respelled(const Plan& plan, const std::string& sql);

/// A line of up() or down() that runs the statement.
[[nodiscard]] std::string query_line(std::string_view sql);

}  // namespace relata::emit::typeorm
