//===- Trigonometric.cpp - sin and cos ------------------------------------===//
//
// The argument modulo pi/2 is found with integers (Payne and Hanek 1983): the
// bits of 2/pi that matter for the exponent at hand, times the 53-bit mantissa.
// That is exact enough for every double, and one path serves all of them. The
// rest is Taylor's series on [-pi/4, pi/4].
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

namespace {

/// A zero word, then the first 1280 bits of 2/pi.
constexpr uint64_t TwoOverPi[] = {
    0,
    0xa2f9836e4e441529u,
    0xfc2757d1f534ddc0u,
    0xdb6295993c439041u,
    0xfe5163abdebbc561u,
    0xb7246e3a424dd2e0u,
    0x06492eea09d1921cu,
    0xfe1deb1cb129a73eu,
    0xe88235f52ebb4484u,
    0xe99c7026b45f7e41u,
    0x3991d639835339f4u,
    0x9c845f8bbdf9283bu,
    0x1ff897ffde05980fu,
    0xef2f118b5a0a6d1fu,
    0x6d367ecf27cb09b7u,
    0x4f463f669e5fea2du,
    0x7527bac7ebe5f17bu,
    0x3d0739f78a5292eau,
    0x6bfb5fb11f8d5d08u,
    0x56033046fc7b6babu,
    0xf0cfbc209af4361du,
};

struct Reduced {
  unsigned quadrant;
  DoubleDouble rest; // in [-pi/4, pi/4]
};

/// x = (4 n + quadrant) pi/2 + rest, for finite x >= 0.
Reduced reduce(double x) {
  if (x <= 0x1.921fb54442d18p-1) // pi/4
    return {0, {x, 0}};
  uint64_t bits = toBits(x);
  int exponent = static_cast<int>(bits >> 52) - 1075; // x = mantissa 2^exponent
  uint64_t mantissa = (bits & (~0ull >> 12)) | 1ull << 52;

  // Bits of 2/pi above 2^(2 - exponent) contribute multiples of 4. The next
  // 192 leave an error below 2^-137.
  unsigned position = static_cast<unsigned>(exponent - 2 + 64);
  unsigned word = position / 64, shift = position % 64;
  uint64_t window[3];
  for (unsigned i = 0; i < 3; ++i)
    window[i] = shift == 0 ? TwoOverPi[word + i]
                           : TwoOverPi[word + i] << shift |
                                 TwoOverPi[word + i + 1] >> (64 - shift);

  // mantissa * window modulo 2^192: three words, most significant last.
  using Wide = unsigned __int128;
  uint64_t product[3];
  Wide carry = 0;
  for (int i = 0; i < 3; ++i) {
    carry += Wide{mantissa} * window[2 - i];
    product[i] = static_cast<uint64_t>(carry);
    carry >>= 64;
  }

  // In units of 2^-190: the top two bits are the quadrant.
  unsigned quadrant = static_cast<unsigned>(product[2] >> 62);
  Wide fraction = Wide{product[2] << 2 | product[1] >> 62} << 64 |
                  (product[1] << 2 | product[0] >> 62);
  bool negative = fraction >> 127 != 0;
  if (negative) {
    fraction = -fraction;
    quadrant = (quadrant + 1) & 3;
  }
  // Never zero: no double is that near to a multiple of pi/2.
  int zeros = fraction >> 64
                  ? __builtin_clzll(fraction >> 64)
                  : 64 + __builtin_clzll(static_cast<uint64_t>(fraction));
  fraction <<= zeros;
  double high = static_cast<double>(static_cast<uint64_t>(fraction >> 75));
  double low = static_cast<double>(static_cast<uint64_t>(fraction >> 22) &
                                   (~0ull >> 11));
  double unit = withSign(powerOfTwo(-53 - zeros), negative);
  DoubleDouble turns = {high * unit, low * unit * 0x1p-53};
  return {quadrant,
          turns * DoubleDouble{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54}};
}

double sinKernel(DoubleDouble r) {
  double x = r.high, z = x * x;
  double tail = 0x1.6124613a86d09p-33 +
                z * (-0x1.ae7f3e733b81fp-41 + z * 0x1.952c77030ad4ap-49);
  tail = 0x1.71de3a556c734p-19 + z * (-0x1.ae64567f544e4p-26 + z * tail);
  tail = 0x1.1111111111111p-7 + z * (-0x1.a01a01a01a01ap-13 + z * tail);
  tail = -0x1.5555555555555p-3 + z * tail;
  return x + (r.low * (1 - 0.5 * z) + x * (z * tail));
}

double cosKernel(DoubleDouble r) {
  DoubleDouble square = twoProduct(r.high, r.high);
  double z = square.high;
  double tail = 0x1.1eed8eff8d898p-29 +
                z * (-0x1.93974a8c07c9dp-37 + z * 0x1.ae7f3e733b81fp-45);
  tail = 0x1.a01a01a01a01ap-16 + z * (-0x1.27e4fb7789f5cp-22 + z * tail);
  tail = 0x1.5555555555555p-5 + z * (-0x1.6c16c16c16c17p-10 + z * tail);
  DoubleDouble head = quickTwoSum(1, -0.5 * z);
  return head.high +
         (head.low - 0.5 * square.low + (z * z * tail - r.high * r.low));
}

} // namespace

double snn_sin(double x) {
  if (!isFinite(x))
    return NotANumber;
  if (magnitude(x) < 0x1p-27)
    return flush(x); // x - x^3/6 rounds to x
  Reduced reduced = reduce(magnitude(x));
  double result =
      reduced.quadrant & 1 ? cosKernel(reduced.rest) : sinKernel(reduced.rest);
  return withSign(result, isNegative(x) != (reduced.quadrant >= 2));
}

double snn_cos(double x) {
  if (!isFinite(x))
    return NotANumber;
  Reduced reduced = reduce(magnitude(x));
  double result =
      reduced.quadrant & 1 ? sinKernel(reduced.rest) : cosKernel(reduced.rest);
  return withSign(result, reduced.quadrant == 1 || reduced.quadrant == 2);
}
