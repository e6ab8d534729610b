// Views whose SELECT every engine reads alike.

#include <algorithm>
#include <set>

#include "base/text.h"
#include "dialect/convert_steps.h"
#include "dialect/translate.h"

namespace relata {
namespace {

class ViewConversion {
 public:
  explicit ViewConversion(Conversion& conversion)
      : conversion_(conversion), names_(conversion.schema, relations()) {}

  void run() {
    std::vector<View> open = std::move(conversion_.schema.views);
    std::vector<View> kept;
    // A view can be read once those that it reads are there; each round reads at least one.
    for (bool progress = true; progress && !open.empty();) {
      progress = false;
      std::vector<View> waiting;
      for (View& view : open) {
        Translation translation =
            translated(view.sql, conversion_.source, conversion_.target, names_);
        if (!translation.sql) {
          obstacles_[view.name] = translation.obstacle;
          waiting.push_back(std::move(view));
          continue;
        }
        kept.push_back(taken(std::move(view), std::move(*translation.sql)));
        progress = true;
      }
      open = std::move(waiting);
    }
    for (const View& view : open) {
      conversion_.losses.warning(
          "view-not-available",
          "these views cannot be said in the terms of " + conversion_.title() + " and are left out",
          view.name + " (" + obstacles_[view.name] + ")", view.origin);
    }
    conversion_.schema.views = std::move(kept);
  }

 private:
  /// The tables alone, at the beginning.
  [[nodiscard]] std::map<QualifiedName, std::string> relations() const {
    std::set<std::string> views;
    for (const View& view : conversion_.schema.views) views.insert(view.name);
    std::map<QualifiedName, std::string> tables;
    for (const auto& [read, name] : conversion_.relations) {
      if (views.count(name) == 0) tables.emplace(read, name);
    }
    return tables;
  }

  View taken(View view, std::string sql) {
    if (view.materialized) {
      conversion_.losses.warning(
          "materialized-view-not-available",
          "these views are computed whenever they are read for " + conversion_.title(), view.name,
          view.origin);
    }
    for (const auto& [read, name] : conversion_.relations) {
      if (name == view.name) names_.add_relation(read, name);
    }
    for (const std::string& column : view.columns) names_.add_name(column);
    View plain;
    plain.name = std::move(view.name);
    plain.sql = std::move(sql);
    plain.comment = std::move(view.comment);
    plain.origin = std::move(view.origin);
    plain.columns = std::move(view.columns);
    plain.names_columns = view.names_columns && !plain.columns.empty();
    return plain;
  }

  Conversion& conversion_;
  KnownNames names_;
  std::map<std::string, std::string> obstacles_;
};

}  // namespace

void convert_views(Conversion& conversion) { ViewConversion(conversion).run(); }

}  // namespace relata
