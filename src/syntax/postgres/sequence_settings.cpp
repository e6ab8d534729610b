#include "syntax/postgres/sequence_settings.h"

#include <limits>
#include <optional>
#include <string>

namespace relata::syntax {
namespace {

struct Bounds {
  std::int64_t least;
  std::int64_t greatest;
};

template <class Number>
constexpr Bounds bounds_of() {
  return {std::numeric_limits<Number>::min(), std::numeric_limits<Number>::max()};
}

Bounds bounds_of_type(std::string_view type) {
  if (type == "smallint") return bounds_of<std::int16_t>();
  if (type == "integer") return bounds_of<std::int32_t>();
  return bounds_of<std::int64_t>();
}

std::optional<std::string> unless(std::int64_t value, std::int64_t usual) {
  if (value == usual) return {};
  return std::to_string(value);
}

}  // namespace

std::int64_t usual_minimum(const SequenceSettings& settings, std::string_view type) {
  return settings.increment > 0 ? 1 : bounds_of_type(type).least;
}

std::int64_t usual_maximum(const SequenceSettings& settings, std::string_view type) {
  return settings.increment > 0 ? bounds_of_type(type).greatest : -1;
}

std::int64_t usual_start(const SequenceSettings& settings) {
  return settings.increment > 0 ? settings.minimum : settings.maximum;
}

SequenceOptions told_options(const SequenceSettings& settings, std::string_view type) {
  SequenceOptions options;
  options.increment = unless(settings.increment, 1);
  options.minimum = unless(settings.minimum, usual_minimum(settings, type));
  options.maximum = unless(settings.maximum, usual_maximum(settings, type));
  options.start = unless(settings.start, usual_start(settings));
  options.cache = unless(settings.cache, 1);
  options.cycle = settings.cycle;
  return options;
}

}  // namespace relata::syntax
