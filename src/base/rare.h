#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace relata {

/// A value that few of many objects have. Used as std::optional, whose room it takes only where it
/// is there; a copy is a value of its own.
template <class Value>
class Rare {
 public:
  Rare() = default;
  Rare(std::nullopt_t) {}
  Rare(Value value) : value_(std::make_unique<Value>(std::move(value))) {}
  Rare(const Rare& other) : value_(other ? std::make_unique<Value>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(const Rare& other) {
    if (this != &other) value_ = other ? std::make_unique<Value>(*other) : nullptr;
    return *this;
  }
  Rare& operator=(Rare&&) noexcept = default;
  ~Rare() = default;

  template <class... Arguments>
  Value& emplace(Arguments&&... arguments) {
    value_ = std::make_unique<Value>(std::forward<Arguments>(arguments)...);
    return *value_;
  }
  void reset() { value_.reset(); }

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  Value& operator*() { return *value_; }
  const Value& operator*() const { return *value_; }
  Value* operator->() { return value_.get(); }
  const Value* operator->() const { return value_.get(); }

  bool operator==(const Rare& other) const {
    return has_value() && other ? *value_ == *other : has_value() == other.has_value();
  }

 private:
  std::unique_ptr<Value> value_;
};

}  // namespace relata
