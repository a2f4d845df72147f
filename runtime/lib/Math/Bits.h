//===- Bits.h - Doubles as bits, rounding by addition -----------*- C++ -*-===//
//
// What math libraries offer as calls, done with operations that every compiler
// turns into the same few instructions.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_MATH_BITS_H
#define SNN_RUNTIME_MATH_BITS_H

#include <bit>
#include <cstdint>
#include <limits>

namespace snn::runtime {

constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double NotANumber = std::numeric_limits<double>::quiet_NaN();

constexpr uint64_t toBits(double x) { return std::bit_cast<uint64_t>(x); }
constexpr double fromBits(uint64_t bits) { return std::bit_cast<double>(bits); }

constexpr double magnitude(double x) {
  return fromBits(toBits(x) & ~0ull >> 1);
}
constexpr bool isNegative(double x) { return toBits(x) >> 63 != 0; }
constexpr bool isFinite(double x) { return magnitude(x) < Infinity; }
constexpr double withSign(double x, bool negative) { return negative ? -x : x; }

/// Half-even, for |x| < 2^51: adding 1.5 * 2^52 leaves no bits for a fraction.
constexpr double roundSmall(double x) {
  constexpr double shift = 0x1.8p52;
  return (x + shift) - shift;
}

/// Half-even, any x.
constexpr double roundHalfEven(double x) {
  return magnitude(x) < 0x1p51 ? roundSmall(x)
         : magnitude(x) < 0x1p52
             // one bit of fraction: the sum with 2^52 has none
             ? (isNegative(x) ? (x - 0x1p52) + 0x1p52 : (x + 0x1p52) - 0x1p52)
             : x;
}

/// 2^exponent for -1022 <= exponent <= 1023.
constexpr double powerOfTwo(int exponent) {
  return fromBits(static_cast<uint64_t>(exponent + 1023) << 52);
}

/// x, or a zero of its sign if x is subnormal. Runs flush subnormal numbers;
/// functions that do so by themselves give the same bits in any mode.
constexpr double flush(double x) {
  return toBits(x) << 1 >> 53 ? x : fromBits(toBits(x) >> 63 << 63);
}

/// x * 2^exponent for |exponent| <= 2000; flushed if subnormal, else exact.
constexpr double scaleByPowerOfTwo(double x, int exponent) {
  int biased = static_cast<int>(toBits(x) << 1 >> 53);
  if (biased + exponent < 1)
    return fromBits(toBits(x) >> 63 << 63);
  int half = exponent / 2;
  return x * powerOfTwo(half) * powerOfTwo(exponent - half);
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_MATH_BITS_H
