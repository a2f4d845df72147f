//===- WordCurve.cpp - Whole numbers from words, by curve -----------------===//
//
// Pieces go through the quantile at the Chebyshev nodes of their octave. They
// are compared with it between the nodes, where the error of an interpolation
// of a smooth function is largest, and at both ends, where its values are.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/WordCurve.h"

#include "runtime/lib/Connectivity/CurveVectors.h"
#include "runtime/lib/Math/Interpolation.h"

using namespace snn::runtime;

namespace {

/// Up to here, f32 is four times as fine as the tolerance.
constexpr double LargestValue = 0x1p16;

/// Smaller coefficients are zero, so that no product is subnormal.
constexpr double LeastTerm = 0x1p-60;

/// Comparisons of a piece.
constexpr unsigned Samples = 28;

/// The word of a piece at a share of its octave, from 0 to 1.
uint32_t wordAt(unsigned piece, double share) {
  double octave = static_cast<double>(1u << (15 + piece % WordCurve::Octaves));
  double d = octave * (1 + share);
  // The last that f32 does not round up to the next octave.
  double most = octave * (2 - 0x1p-24) - 1;
  auto word = static_cast<uint32_t>(d < most ? d : most);
  return piece < WordCurve::Octaves ? word : ~word;
}

} // namespace

void WordCurve::fit(unsigned piece, Function function, const void *context) {
  // cos((2 i + 1) pi / 14)
  constexpr double Nodes[Terms] = {
      -0.9749279121818236, -0.7818314824680298, -0.4338837391175581, 0,
      0.4338837391175581,  0.7818314824680298,  0.9749279121818236};
  double x[Terms], y[Terms], power[Terms];
  for (unsigned i = 0; i < Terms; ++i) {
    uint32_t word = wordAt(piece, 0.5 + 0.5 * Nodes[i]);
    float rounded;
    pieceOf(word, rounded);
    x[i] = static_cast<double>(rounded);
    y[i] = function(context, word) - static_cast<double>(origin);
  }
  interpolate(x, y, power);
  for (unsigned k = 0; k < Terms; ++k)
    terms[k][piece] =
        magnitude(power[k]) < LeastTerm ? 0 : static_cast<float>(power[k]);
}

bool WordCurve::create(Function function, const void *context, double least,
                       double most) {
  isWide = hasWideVectors();
  double middle = function(context, 1u << 31);
  if (!(magnitude(middle) < 0x1p52))
    return false;
  origin = static_cast<int64_t>(roundHalfEven(middle));
  for (unsigned piece = 0; piece < 2 * Octaves; ++piece) {
    fit(piece, function, context);
    for (unsigned i = 0; i <= Samples; ++i) {
      uint32_t word = wordAt(piece, static_cast<double>(i) / Samples);
      float x;
      if (pieceOf(word, x) != piece)
        return false;
      double is = static_cast<double>(at(piece, x));
      double should = function(context, word) - static_cast<double>(origin);
      double value = roundHalfEven(is) + static_cast<double>(origin);
      if (!(magnitude(is) < LargestValue) ||
          !(magnitude(is - should) <= Tolerance) || !(value >= least) ||
          !(value <= most))
        return false;
    }
  }
  return true;
}

template <typename T>
uint64_t WordCurve::findPlain(const uint32_t *words, uint64_t count, T *out,
                              uint32_t *left) const {
  uint64_t numLeft = 0;
  for (uint64_t j = 0; j < count; ++j) {
    int64_t value = 0;
    left[numLeft] = static_cast<uint32_t>(j);
    numLeft += !find(words[j], value);
    out[j] = static_cast<T>(value);
  }
  return numLeft;
}

#if defined(__x86_64__)

static SNN_WIDE void store(int32_t *out, __m512i values, int64_t base) {
  __m512i whole =
      _mm512_add_epi32(values, _mm512_set1_epi32(static_cast<int>(base)));
  _mm512_storeu_si512(out, whole);
}

static SNN_WIDE void store(uint32_t *out, __m512i values, int64_t base) {
  store(reinterpret_cast<int32_t *>(out), values, base);
}

static SNN_WIDE void store(int64_t *out, __m512i values, int64_t base) {
  const __m512i all = _mm512_set1_epi64(base);
  __m512i low = _mm512_cvtepi32_epi64(_mm512_castsi512_si256(values));
  __m512i high = _mm512_cvtepi32_epi64(_mm512_extracti64x4_epi64(values, 1));
  _mm512_storeu_si512(out, _mm512_add_epi64(low, all));
  _mm512_storeu_si512(out + 8, _mm512_add_epi64(high, all));
}

template <typename T>
SNN_WIDE uint64_t WordCurve::findWide(const uint32_t *words, uint64_t count,
                                      T *out, uint32_t *left) const {
  constexpr uint64_t Lanes = 16;
  const CurveVectors curve(*this);
  uint64_t numLeft = 0, j = 0;
  for (; j + Lanes <= count; j += Lanes) {
    __mmask16 known;
    store(out + j, curve(_mm512_loadu_si512(words + j), known), origin);
    for (auto others = static_cast<uint16_t>(~known); others;
         others &= static_cast<uint16_t>(others - 1))
      left[numLeft++] = static_cast<uint32_t>(j) +
                        static_cast<uint32_t>(std::countr_zero(others));
  }
  uint64_t behind = numLeft;
  numLeft += findPlain(words + j, count - j, out + j, left + numLeft);
  for (; behind < numLeft; ++behind)
    left[behind] += static_cast<uint32_t>(j);
  return numLeft;
}

#else

template <typename T>
uint64_t WordCurve::findWide(const uint32_t *words, uint64_t count, T *out,
                             uint32_t *left) const {
  return findPlain(words, count, out, left);
}

#endif

template uint64_t WordCurve::findPlain(const uint32_t *, uint64_t, uint32_t *,
                                       uint32_t *) const;
template uint64_t WordCurve::findPlain(const uint32_t *, uint64_t, int32_t *,
                                       uint32_t *) const;
template uint64_t WordCurve::findPlain(const uint32_t *, uint64_t, int64_t *,
                                       uint32_t *) const;
template uint64_t WordCurve::findWide(const uint32_t *, uint64_t, uint32_t *,
                                      uint32_t *) const;
template uint64_t WordCurve::findWide(const uint32_t *, uint64_t, int32_t *,
                                      uint32_t *) const;
template uint64_t WordCurve::findWide(const uint32_t *, uint64_t, int64_t *,
                                      uint32_t *) const;
