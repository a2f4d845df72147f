//===- NormalCurve.cpp - Many standard normal numbers ---------------------===//
//
// Pieces go through the quantile at the Chebyshev nodes. All paths multiply
// and add in the same order, and never fuse.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/NormalCurve.h"

#include "runtime/lib/Core/WideVectors.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Interpolation.h"
#include "runtime/lib/Math/Math.h"

#include <initializer_list>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace snn::runtime;

namespace {

constexpr uint64_t Mantissa = (uint64_t{1} << 52) - 1;
/// What is left of the mantissa once half an octave is chosen.
constexpr uint64_t Rest = Mantissa >> 1;
constexpr double Middle = 1.25;
/// The bits of 2^52 + k are these and those of k; less the shift, k + 1/2.
constexpr uint64_t Whole = toBits(0x1p52);
constexpr double Shift = 0x1p52 - 0.5;

/// 52 bits of two words; the upper half of them counts from its end.
struct Uniform {
  uint64_t sign; // of the number: the topmost bit
  double d;

  explicit Uniform(const uint32_t *words) {
    uint64_t bits = uint64_t{words[0]} << 32 | words[1];
    uint64_t upper = static_cast<uint64_t>(static_cast<int64_t>(bits) >> 63);
    sign = upper << 63;
    d = fromBits(((bits ^ upper) >> 12) | Whole) - Shift;
  }
};

constexpr uint64_t Chunk = 64;

inline __attribute__((always_inline)) void fillChunk(const NormalCurve &curve,
                                                     const uint32_t *words,
                                                     uint64_t count,
                                                     double *out) {
  for (uint64_t i = 0; i < count; ++i) {
    Uniform u(words + 2 * i);
    uint64_t bits = toBits(u.d);
    uint64_t slot = bits >> 51 & (NormalCurve::Pieces - 1);
    double x = fromBits((bits & Rest) | toBits(1)) - Middle;
    double y = curve.terms[NormalCurve::Terms - 1][slot];
    for (unsigned k = NormalCurve::Terms - 1; k-- > 0;)
      y = y * x + curve.terms[k][slot];
    out[i] = fromBits(toBits(y) ^ u.sign);
  }
}

/// The number of a word that no piece has: those are the tails.
double inTail(const Uniform &u) {
  return fromBits(toBits(normalQuantile(u.d * 0x1p-52)) ^ u.sign);
}

inline __attribute__((always_inline)) void fillAll(const NormalCurve &curve,
                                                   const uint32_t *words,
                                                   uint64_t count,
                                                   double *out) {
  for (uint64_t first = 0; first < count; first += Chunk) {
    uint64_t size = count - first < Chunk ? count - first : Chunk;
    fillChunk(curve, words + 2 * first, size, out + first);
    for (uint64_t i = first; i < first + size; ++i)
      if (Uniform u(words + 2 * i); u.d < NormalCurve::Least) [[unlikely]]
        out[i] = inTail(u);
  }
}

void fillPlain(const NormalCurve &curve, const uint32_t *words, uint64_t count,
               double *out) {
  fillAll(curve, words, count, out);
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) void fillAvx2(const NormalCurve &curve,
                                              const uint32_t *words,
                                              uint64_t count, double *out) {
  fillAll(curve, words, count, out);
}

inline __attribute__((always_inline)) SNN_WIDE __m512i wide(uint64_t x) {
  return _mm512_set1_epi64(static_cast<int64_t>(x));
}

SNN_WIDE void fillAvx512(const NormalCurve &curve, const uint32_t *words,
                         uint64_t count, double *out) {
  constexpr uint64_t lanes = 8;
  uint64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    __m512i bits = _mm512_rol_epi64(_mm512_loadu_si512(words + 2 * i), 32);
    __m512i upper = _mm512_srai_epi64(bits, 63);
    __m512d d = _mm512_sub_pd(
        _mm512_castsi512_pd(_mm512_or_si512(
            _mm512_srli_epi64(_mm512_xor_si512(bits, upper), 12), wide(Whole))),
        _mm512_set1_pd(Shift));
    __m512i ofD = _mm512_castpd_si512(d);
    __m512i slot = _mm512_srli_epi64(ofD, 51);
    __m512d x =
        _mm512_sub_pd(_mm512_castsi512_pd(_mm512_or_si512(
                          _mm512_and_si512(ofD, wide(Rest)), wide(toBits(1)))),
                      _mm512_set1_pd(Middle));
    // A permutation looks at the lowest four bits of the slot alone.
    auto term = [&](unsigned k) SNN_WIDE {
      return _mm512_permutex2var_pd(_mm512_load_pd(curve.terms[k]), slot,
                                    _mm512_load_pd(curve.terms[k] + lanes));
    };
    __m512d y = term(NormalCurve::Terms - 1);
    for (unsigned k = NormalCurve::Terms - 1; k-- > 0;)
      y = _mm512_add_pd(_mm512_mul_pd(y, x), term(k));
    __m512i sign = _mm512_slli_epi64(upper, 63);
    _mm512_storeu_pd(out + i, _mm512_castsi512_pd(_mm512_xor_si512(
                                  _mm512_castpd_si512(y), sign)));
    unsigned tails =
        _mm512_cmp_pd_mask(d, _mm512_set1_pd(NormalCurve::Least), _CMP_LT_OQ);
    for (; tails; tails &= tails - 1) [[unlikely]] {
      uint64_t at = i + static_cast<uint64_t>(__builtin_ctz(tails));
      out[at] = inTail(Uniform(words + 2 * at));
    }
  }
  fillAll(curve, words + 2 * i, count - i, out + i);
}

#endif

} // namespace

void NormalCurve::fit(unsigned slot, double low, double high) {
  constexpr double nodes[] = {0, 0.3420201433256687, 0.6427876096865393,
                              0.8660254037844386, 0.984807753012208};
  constexpr double reach = 0.25;
  double x[Terms], y[Terms];
  for (unsigned i = 0; i < Terms; ++i) {
    double node = i < Terms / 2 ? -nodes[Terms / 2 - i] : nodes[i - Terms / 2];
    x[i] = reach * node;
    y[i] = normalQuantile((low + high) / 2 + (high - low) / 2 * node);
  }
  double power[Terms];
  interpolate(x, y, power);
  for (unsigned k = 0; k < Terms; ++k)
    terms[k][slot] = power[k];
}

void NormalCurve::create() {
  for (double octave = Least; octave < 0x1p51; octave *= 2)
    for (double from : {1.0, 1.5}) {
      double low = octave * from;
      fit(toBits(low) >> 51 & (Pieces - 1), low * 0x1p-52,
          (low + octave / 2) * 0x1p-52);
    }
}

NormalCurve::Path NormalCurve::bestPath() {
#if defined(__x86_64__)
  if (hasWideVectors())
    return Path::Avx512;
  if (__builtin_cpu_supports("avx2"))
    return Path::Avx2;
#endif
  return Path::Plain;
}

void NormalCurve::fill(Path path, const uint32_t *words, uint64_t count,
                       double *out) const {
  switch (path) {
#if defined(__x86_64__)
  case Path::Avx512:
    return fillAvx512(*this, words, count, out);
  case Path::Avx2:
    return fillAvx2(*this, words, count, out);
#endif
  default:
    return fillPlain(*this, words, count, out);
  }
}

void NormalCurve::operator()(const uint32_t *words, uint64_t count,
                             double *out) const {
  fill(bestPath(), words, count, out);
}
