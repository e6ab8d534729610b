#include "dialect/names.h"

#include <cassert>
#include <cstdint>

#include "base/text.h"

namespace relata {
namespace {

constexpr std::size_t hash_digits = 8;

std::size_t length(std::string_view text, LengthUnit unit) {
  return unit == LengthUnit::bytes ? text.size() : code_points(text);
}

bool continues_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The longest beginning of at most `limit` units that ends between code points.
std::string_view prefix(std::string_view text, std::size_t limit, LengthUnit unit) {
  std::size_t end = text.size();
  while (length(text.substr(0, end), unit) > limit ||
         (end < text.size() && continues_code_point(text[end]))) {
    --end;
  }
  return text.substr(0, end);
}

std::string hash_of(std::string_view name) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t hash = stable_hash(name);
  std::string text(hash_digits, '0');
  for (char& digit : text) {
    digit = digits[hash & 0xFU];
    hash >>= 4U;
  }
  return text;
}

}  // namespace

std::string fit_identifier(std::string_view name, std::size_t limit, LengthUnit unit) {
  if (limit == 0 || length(name, unit) <= limit) return std::string(name);
  assert(limit > hash_digits + 1);
  return std::string(prefix(name, limit - hash_digits - 1, unit)) + "_" + hash_of(name);
}

std::string NameScope::claim(std::string_view name) {
  std::string candidate = fit_identifier(name, limit_, unit_);
  for (int number = 2; !taken_.insert(to_lower(candidate)).second; ++number) {
    candidate = fit_identifier(std::string(name) + "_" + std::to_string(number), limit_, unit_);
  }
  return candidate;
}

}  // namespace relata
