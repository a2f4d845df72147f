//===- Checked.h - Sizes that cannot wrap around ----------------*- C++ -*-===//
//
// Numbers of neurons and synapses come from models, so every product and sum
// of them is checked.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_CHECKED_H
#define SNN_RUNTIME_CORE_CHECKED_H

#include <cstdint>

namespace snn::runtime {

/// A 64-bit size that remembers whether it ever overflowed.
class Checked {
public:
  constexpr Checked(uint64_t value) : value(value) {}

  constexpr Checked operator+(Checked other) const {
    Checked sum = 0;
    sum.wrapped = __builtin_add_overflow(value, other.value, &sum.value) ||
                  wrapped || other.wrapped;
    return sum;
  }
  constexpr Checked operator*(Checked other) const {
    Checked product = 0;
    product.wrapped =
        __builtin_mul_overflow(value, other.value, &product.value) || wrapped ||
        other.wrapped;
    return product;
  }
  constexpr Checked operator-(Checked other) const {
    Checked difference = 0;
    difference.wrapped =
        __builtin_sub_overflow(value, other.value, &difference.value) ||
        wrapped || other.wrapped;
    return difference;
  }

  /// False if any step overflowed or the result is above `limit`.
  [[nodiscard]] constexpr bool get(uint64_t &result,
                                   uint64_t limit = UINT64_MAX) const {
    if (wrapped || value > limit)
      return false;
    result = value;
    return true;
  }

private:
  uint64_t value;
  bool wrapped = false;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_CHECKED_H
