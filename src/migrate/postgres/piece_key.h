#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "dialect/piece.h"

namespace relata::migrate::postgres {

/// What a piece is found by in another schema. The texts are the piece's.
struct PieceKey {
  std::string_view kind;
  std::string_view schema;
  std::string_view owner;
  std::string_view name;

  static PieceKey of(const Piece& piece) {
    return {piece.kind, piece.owner.schema, piece.owner.name, piece.name};
  }
  bool operator==(const PieceKey&) const = default;

  struct Hash {
    std::size_t operator()(const PieceKey& key) const {
      std::size_t hash = 0;
      for (const std::string_view text : {key.kind, key.schema, key.owner, key.name}) {
        hash = hash * 31 + std::hash<std::string_view>()(text);
      }
      return hash;
    }
  };
};

}  // namespace relata::migrate::postgres
