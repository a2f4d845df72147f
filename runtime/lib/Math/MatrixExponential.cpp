//===- MatrixExponential.cpp - The propagator of a linear system ----------===//
//
// e^(A h) by scaling and squaring: Taylor's series of A h / 2^s, squared s
// times. No eigenvectors are needed, so equal time constants are no special
// case. In double-double arithmetic the squarings, which double the relative
// error each, leave the result correct to the last bits of a double.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

#include <cstdlib>

using namespace snn::runtime;

namespace {

constexpr uint32_t LargestOrder = 64;

/// Smaller numbers have errors that are subnormal: they would make results
/// depend on the mode of the floating-point unit.
DoubleDouble dropTiny(DoubleDouble x) {
  return magnitude(x.high) < 0x1p-900 ? DoubleDouble{0, 0} : x;
}

/// a * b, each element summed in the order of the index.
void multiply(uint32_t n, const DoubleDouble *a, const DoubleDouble *b,
              DoubleDouble *out) {
  for (uint32_t i = 0; i < n; ++i)
    for (uint32_t j = 0; j < n; ++j) {
      DoubleDouble sum = {0, 0};
      for (uint32_t k = 0; k < n; ++k)
        if (a[i * n + k].high != 0 && b[k * n + j].high != 0)
          sum = sum + dropTiny(a[i * n + k] * b[k * n + j]);
      out[i * n + j] = dropTiny(sum);
    }
}

/// The largest absolute row sum of a * h.
double norm(uint32_t n, const double *a, double h) {
  double largest = 0;
  for (uint32_t i = 0; i < n; ++i) {
    double sum = 0;
    for (uint32_t j = 0; j < n; ++j)
      sum += magnitude(a[i * n + j] * h);
    if (sum > largest || sum != sum)
      largest = sum; // not-a-number stays
  }
  return largest;
}

/// x becomes e^x, |x| <= 1/8; `term` and `next` are work space.
void taylor(uint32_t n, DoubleDouble *x, DoubleDouble *term,
            DoubleDouble *next) {
  // e^x = 1 + x/1 (1 + x/2 (1 + ... x/20)): 8^-21/21! < 2^-128.
  for (uint32_t i = 0; i < n * n; ++i)
    term[i] = {i % (n + 1) == 0 ? 1.0 : 0.0, 0};
  for (int degree = 20; degree >= 1; --degree) {
    multiply(n, x, term, next);
    for (uint32_t i = 0; i < n * n; ++i) {
      term[i] = dropTiny(next[i] / DoubleDouble{double(degree), 0});
      if (i % (n + 1) == 0)
        term[i] = term[i] + DoubleDouble{1, 0};
    }
  }
  for (uint32_t i = 0; i < n * n; ++i)
    x[i] = term[i];
}

} // namespace

int32_t snn_expm(uint32_t n, const double *a, double h, double *out) {
  double size = n <= LargestOrder ? norm(n, a, h) : Infinity;
  if (!(size < 0x1p64))
    return 1;
  if (n == 0)
    return 0;
  int squarings = 0;
  while (size > 0.125) {
    size *= 0.5;
    ++squarings;
  }
  auto *memory =
      static_cast<DoubleDouble *>(malloc(3 * n * n * sizeof(DoubleDouble)));
  if (!memory)
    return 1;
  DoubleDouble *x = memory, *y = memory + n * n, *z = memory + 2 * n * n;
  double factor = scaleByPowerOfTwo(1, -squarings);
  for (uint32_t i = 0; i < n * n; ++i) {
    DoubleDouble product = twoProduct(a[i], h);
    x[i] = dropTiny({product.high * factor, product.low * factor});
  }
  taylor(n, x, y, z);
  bool finite = true;
  for (int s = 0; s < squarings && finite; ++s) {
    multiply(n, x, x, y);
    for (uint32_t i = 0; i < n * n; ++i) {
      x[i] = y[i];
      finite = finite && magnitude(x[i].high) < 0x1p400;
    }
  }
  for (uint32_t i = 0; i < n * n && finite; ++i)
    out[i] = x[i].value();
  free(memory);
  return finite ? 0 : 1;
}
