#include "read/yaml/names_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text.h"

namespace relata::yaml {
namespace {

class NamesCheck {
 public:
  NamesCheck(Reader& reader, const design::Design& design) : reader_(reader) {
    for (const design::Entity& entity : design.entities) {
      known_.insert(entity.name);
      names_.push_back(entity.name);
    }
  }

  /// `origin` is the item that names the entity; the name's place is looked for on its line.
  void check(const std::string& name, const Origin& origin) {
    if (name.empty() || known_.contains(name) || reader_.full()) return;
    Diagnostic diagnostic;
    diagnostic.code = "yaml-unknown-entity";
    diagnostic.message = "there is no entity '" + name.substr(0, 100) + "'";
    diagnostic.span = place_of(name, origin.span);
    const bool may_be_slip = name.size() > 2 && name.size() < 60;
    const std::string_view meant = may_be_slip ? nearest_name(name) : std::string_view();
    diagnostic.help =
        meant.empty() ? "add it under 'entities:'" : fmt::format("did you mean '{}'?", meant);
    if (!meant.empty() && diagnostic.span->size() == name.size())
      diagnostic.fix = Fix{*diagnostic.span, std::string(meant)};
    reader_.error(std::move(diagnostic));
  }

  /// An entity that may be named without being described, unless it looks like a slip.
  void check_unless_new(const std::string& name, const Origin& origin) {
    if (nearest_name(name).empty()) return;
    check(name, origin);
  }

 private:
  /// Looking for a slip costs time in proportion to the names: only the first few are worth it.
  [[nodiscard]] std::string_view nearest_name(const std::string& name) {
    constexpr int most_suggestions = 20;
    return ++suggestions_ > most_suggestions ? std::string_view() : nearest(name, names_);
  }

  [[nodiscard]] Span place_of(const std::string& name, Span item) const {
    const std::string_view text = reader_.source().text;
    const std::size_t line_end = std::min(text.find('\n', item.begin), text.size());
    const std::string_view line = text.substr(item.begin, line_end - item.begin);
    std::size_t at = line.find(name);
    const auto is_part = [&](std::size_t i) {
      return i < line.size() &&
             (is_ascii_letter(line[i]) || is_ascii_digit(line[i]) || line[i] == '_');
    };
    while (at != std::string_view::npos &&
           ((at > 0 && is_part(at - 1)) || is_part(at + name.size())))
      at = line.find(name, at + 1);
    if (at == std::string_view::npos) return item;
    const auto begin = static_cast<std::uint32_t>(item.begin + at);
    return {begin, begin + static_cast<std::uint32_t>(name.size())};
  }

  Reader& reader_;
  std::unordered_set<std::string_view> known_;
  std::vector<std::string_view> names_;
  int suggestions_ = 0;
};

}  // namespace

void check_names(Reader& reader, const design::Design& design) {
  NamesCheck names(reader, design);
  if (design.patterns.tenancy) {
    const design::Tenancy& tenancy = *design.patterns.tenancy;
    names.check_unless_new(tenancy.root, tenancy.origin);
    names.check(tenancy.member, tenancy.origin);
    names.check(tenancy.actor, tenancy.origin);
  }
  for (const design::Entity& entity : design.entities) {
    names.check(entity.subtype_of, entity.origin);
    for (const design::PolymorphicReference& reference : entity.polymorphic) {
      for (const std::string& target : reference.targets) names.check(target, reference.origin);
    }
  }
  for (const design::Relationship& relationship : design.relationships) {
    names.check(relationship.left.entity, relationship.origin);
    names.check(relationship.right.entity, relationship.origin);
  }
}

}  // namespace relata::yaml
