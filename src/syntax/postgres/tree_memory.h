#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace relata::syntax {

/// Memory that is given back all at once: a tree has some hundred thousand small parts.
class TreeMemory {
 public:
  /// Room for so many bytes, aligned for everything.
  [[nodiscard]] void* allocate(std::size_t size) {
    constexpr std::size_t alignment = alignof(std::max_align_t);
    size = (size + alignment - 1) / alignment * alignment;
    if (size > block_bytes / 4) {
      // Beside the block at hand, which stays the last one.
      blocks_.insert(blocks_.begin(), std::make_unique_for_overwrite<std::byte[]>(size));
      return blocks_.front().get();
    }
    if (used_ + size > block_bytes) {
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(block_bytes));
      used_ = 0;
    }
    void* const place = blocks_.back().get() + used_;
    used_ += size;
    return place;
  }

 private:
  static constexpr std::size_t block_bytes = std::size_t{64} << 10;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t used_ = block_bytes;
};

}  // namespace relata::syntax
