#include "emit/prisma/views.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"

namespace relata::emit::prisma7 {
namespace {

/// The words of a query in lower case, those in double quotes or backticks as they are; texts are
/// left out.
std::vector<std::string> words_in(std::string_view query) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < query.size();) {
    const char c = query[i];
    if (c == '\'' || c == '"' || c == '`') {
      const std::size_t end = std::min(query.find(c, i + 1), query.size());
      if (c != '\'') words.emplace_back(query.substr(i + 1, end - i - 1));
      i = end + 1;
      continue;
    }
    const auto is_part = [](char part) {
      return is_ascii_letter(part) || is_ascii_digit(part) || part == '_' ||
             static_cast<unsigned char>(part) >= 0x80;
    };
    if (!is_part(c)) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < query.size() && is_part(query[i])) ++i;
    words.push_back(to_lower(query.substr(begin, i - begin)));
  }
  return words;
}

/// What a query takes from the tables that it names.
class Sources {
 public:
  explicit Sources(const std::vector<Model>& models) {
    for (const Model& model : models) by_name_[model.table->name].push_back(&model);
  }

  /// The types of a view's columns that it takes over under their own names; null for others.
  [[nodiscard]] std::vector<const FieldType*> types(const View& view) const {
    std::unordered_set<std::string> aliases;
    std::unordered_set<const Model*> used;
    const std::vector<std::string> words = words_in(view.sql);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0 && words[i - 1] == "as") aliases.insert(words[i]);
      const auto found = by_name_.find(words[i]);
      if (found != by_name_.end()) used.insert(found->second.begin(), found->second.end());
    }
    std::vector<const FieldType*> types;
    for (const std::string& column : view.columns) {
      types.push_back(aliases.contains(column) ? nullptr : type_of(column, used));
    }
    return types;
  }

 private:
  /// The one type that all columns of that name have.
  static const FieldType* type_of(const std::string& column,
                                  const std::unordered_set<const Model*>& used) {
    const FieldType* type = nullptr;
    for (const Model* model : used) {
      const auto found = model->columns.find(column);
      if (found == model->columns.end()) continue;
      const FieldType& other = model->types[found->second];
      const bool same = type == nullptr || (type->name == other.name && type->list == other.list &&
                                            type->native == other.native);
      if (!same) return nullptr;
      type = &other;
    }
    return type;
  }

  std::unordered_map<std::string_view, std::vector<const Model*>> by_name_;
};

}  // namespace

std::vector<Block> view_blocks(const Schema& schema, const CodeNames& names,
                               const std::vector<Model>& models,
                               std::set<std::string>& namespaces) {
  std::vector<Block> blocks;
  const std::string default_namespace = "public";
  const Sources sources(models);
  for (std::size_t i = 0; i < schema.views.size(); ++i) {
    const View& view = schema.views[i];
    if (view.names_columns) continue;  // its columns are not called as in the query
    const std::vector<const FieldType*> types = sources.types(view);
    Block block{"view", names.views[i].entity, comment_lines("///", view.comment), {}, {}};
    std::vector<std::string> unknown;
    for (std::size_t c = 0; c < view.columns.size(); ++c) {
      if (types[c] == nullptr || !types[c]->supported) {
        unknown.push_back(view.columns[c]);
        continue;
      }
      Line line{names.views[i].members[c], types[c]->name + (types[c]->list ? "[]" : "?"), {}, {}};
      if (line.name != view.columns[c]) {
        line.attributes.push_back("@map(" + string_literal(view.columns[c]) + ")");
      }
      if (!types[c]->native.empty()) line.attributes.push_back(types[c]->native);
      block.lines.push_back(std::move(line));
    }
    if (block.lines.empty()) continue;
    if (!unknown.empty()) {
      const std::vector<std::string> more =
          wrapped_comment("//", "Also in the database: " + join(unknown, ", ") + ".");
      block.comments.insert(block.comments.begin(), more.begin(), more.end());
    }
    if (block.name != view.name)
      block.attributes.push_back("@@map(" + string_literal(view.name) + ")");
    const std::string& home = view.schema.empty() ? default_namespace : view.schema;
    namespaces.insert(home);
    block.attributes.push_back("@@schema(" + string_literal(home) + ")");
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace relata::emit::prisma7
