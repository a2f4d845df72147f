//===- CurveVectors.h - Values of a WordCurve in vectors --------*- C++ -*-===//
//
// Sixteen words at once. A coefficient of the 32 pieces takes two registers,
// from which one instruction gives each lane its own.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_CURVEVECTORS_H
#define SNN_RUNTIME_CONNECTIVITY_CURVEVECTORS_H

#include "runtime/lib/Connectivity/WordCurve.h"
#include "runtime/lib/Core/WideVectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

// A part of what its callers have, so that it can be a part of them.
#define SNN_CURVE_INLINE                                                       \
  __attribute__((always_inline, target("avx512f,avx512dq"))) inline

namespace snn::runtime {

class CurveVectors {
public:
  SNN_CURVE_INLINE explicit CurveVectors(const WordCurve &curve)
      : curve(curve) {}

  /// Values less the base; right where `known` says so.
  SNN_CURVE_INLINE __m512i operator()(__m512i words, __mmask16 &known) const {
    constexpr auto MantissaBits = static_cast<int>(WordCurve::MantissaBits);
    __m512i d = _mm512_xor_si512(words, _mm512_srai_epi32(words, 31));
    __m512i bits = _mm512_castps_si512(_mm512_cvtepi32_ps(d));
    __m512i octave = _mm512_sub_epi32(
        _mm512_srli_epi32(bits, MantissaBits),
        _mm512_set1_epi32(static_cast<int>(WordCurve::FirstExponent)));
    known = _mm512_cmplt_epu32_mask(
        octave, _mm512_set1_epi32(static_cast<int>(WordCurve::Octaves)));
    // The upper half's are 16 behind; other bits are not looked at.
    __m512i piece = _mm512_or_si512(
        _mm512_slli_epi32(_mm512_srli_epi32(words, 31), 4), octave);
    __m512i mantissa =
        _mm512_and_si512(bits, _mm512_set1_epi32((1 << MantissaBits) - 1));
    __m512 x = _mm512_sub_ps(_mm512_castsi512_ps(_mm512_or_si512(
                                 mantissa, _mm512_set1_epi32(0x3f800000))),
                             _mm512_set1_ps(WordCurve::Middle));
    __m512 y = term(WordCurve::Terms - 1, piece);
    for (unsigned k = WordCurve::Terms - 1; k-- > 0;)
      y = _mm512_add_ps(_mm512_mul_ps(y, x), term(k, piece));
    return _mm512_cvt_roundps_epi32(y, _MM_FROUND_TO_NEAREST_INT |
                                           _MM_FROUND_NO_EXC);
  }

private:
  SNN_CURVE_INLINE __m512 term(unsigned k, __m512i piece) const {
    const float *lower = curve.terms[k];
    return _mm512_permutex2var_ps(_mm512_loadu_ps(lower), piece,
                                  _mm512_loadu_ps(lower + WordCurve::Octaves));
  }

  const WordCurve &curve;
};

} // namespace snn::runtime

#endif

#endif // SNN_RUNTIME_CONNECTIVITY_CURVEVECTORS_H
