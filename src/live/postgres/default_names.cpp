#include "live/postgres/default_names.h"

#include <cstddef>

namespace relata::live::postgres {

namespace {

constexpr std::size_t identifier_limit = 63;

/// The first `length` bytes, less what would be a part of a character.
std::string_view cut(std::string_view text, std::size_t length) {
  if (text.size() <= length) return text;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return text.substr(0, length);
}

}  // namespace

std::string default_name(std::string_view table, std::string_view column, std::string_view label) {
  const std::size_t available = identifier_limit - label.size() - 2;
  std::size_t of_table = table.size();
  std::size_t of_column = column.size();
  while (of_table + of_column > available) {
    if (of_table > of_column) {
      --of_table;
    } else {
      --of_column;
    }
  }
  return std::string(cut(table, of_table)) + "_" + std::string(cut(column, of_column)) + "_" +
         std::string(label);
}

}  // namespace relata::live::postgres
