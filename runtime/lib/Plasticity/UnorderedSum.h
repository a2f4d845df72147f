//===- UnorderedSum.h - A sum that has no order -----------------*- C++ -*-===//
//
// The synapses of a source lie with many threads, so what is added up over them
// must not depend on the order. All numbers are looked at first, for the
// largest; then whole multiples of 2^-60 of the power of two above it are added
// as integers. That is exact where the largest is less than 2^36 times the
// least in f32, 2^7 times in f64; what is left is cut off.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_UNORDEREDSUM_H
#define SNN_RUNTIME_PLASTICITY_UNORDEREDSUM_H

#include <bit>
#include <cstdint>
#include <limits>

namespace snn::runtime {

class UnorderedSum {
public:
  /// First of all numbers.
  void see(double value) {
    uint64_t size = std::bit_cast<uint64_t>(value) & ~(uint64_t{1} << 63);
    largest = size > largest ? size : largest;
  }
  /// Then of all again. Nothing is added where one is infinite or no number.
  void add(double value) {
    if (isFinite())
      units += static_cast<int64_t>(value * powerOfTwo(Bits - exponent()));
  }
  double result() const {
    return isFinite()
               ? static_cast<double>(units) * powerOfTwo(exponent() - Bits)
               : std::numeric_limits<double>::quiet_NaN();
  }

private:
  static constexpr int Bits = 60, Least = -900; // both powers are normal

  bool isFinite() const { return largest >> 52 != 0x7ff; }
  /// All numbers are less than 2^exponent.
  int exponent() const {
    int found = static_cast<int>(largest >> 52) - 1022;
    return found > Least ? found : Least;
  }
  static double powerOfTwo(int power) {
    return std::bit_cast<double>(static_cast<uint64_t>(power + 1023) << 52);
  }

  uint64_t largest = 0; // the bits of its size
  __int128 units = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_UNORDEREDSUM_H
