//===- SynapseWords.cpp - Rows in the form that is delivered --------------===//
//
// Four vectors at once hide the latency of a round of AES. Weights are values
// of a curve; the one or two of a hundred that it does not know are drawn one
// by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/SynapseWords.h"

#include "runtime/lib/Random/ArsVectors.h"

using namespace snn::runtime;

bool SynapseWords::create(const Connectivity &theConnectivity,
                          StairShelf &shelf) {
  connectivity = &theConnectivity;
  const snn_projection &projection = theConnectivity.projection();
  bool uniform =
      (projection.rule == SNN_OUTDEGREE || projection.rule == SNN_TOTAL) &&
      theConnectivity.allows(SNN_MULTAPSES);
  if (!uniform || bestArsPath() != ArsPath::Vaes512)
    return false;
  if (!theConnectivity.hasConstantWeight())
    return (curve = theConnectivity.weights.curve(shelf)) != nullptr;
  common = static_cast<uint32_t>(theConnectivity.constantWeight()) << 16;
  return true;
}

#if defined(__x86_64__)

namespace {

constexpr unsigned Vectors = 4;
constexpr uint32_t Lanes = 16;

using RowWords = ArsVectors<Vectors>;

/// word * size >> 32.
SNN_VAES inline __m512i scale(__m512i words, __m512i size) {
  __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(words, size), 32);
  __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(words, 32), size);
  return _mm512_mask_blend_epi32(0xaaaa, even, odd);
}

/// A WordCurve in registers.
struct VectorCurve {
  const WordCurve &curve;
  __m512i base;

  SNN_VAES VectorCurve(const WordCurve &curve, int64_t base)
      : curve(curve), base(_mm512_set1_epi32(static_cast<int>(base))) {}

  SNN_VAES inline __m512 term(unsigned k, __m512i piece,
                              __mmask16 upper) const {
    const float *low = curve.terms[0][k], *high = curve.terms[1][k];
    __m512 ofLower = _mm512_permutex2var_ps(_mm512_loadu_ps(low), piece,
                                            _mm512_loadu_ps(low + 16));
    __m512 ofUpper = _mm512_permutex2var_ps(_mm512_loadu_ps(high), piece,
                                            _mm512_loadu_ps(high + 16));
    return _mm512_mask_blend_ps(upper, ofLower, ofUpper);
  }

  /// Values of words, right where `known` says so.
  SNN_VAES inline __m512i operator()(__m512i words, __mmask16 &known) const {
    __mmask16 upper = _mm512_movepi32_mask(words);
    __m512i d = _mm512_xor_si512(words, _mm512_srai_epi32(words, 31));
    __m512i bits = _mm512_castps_si512(_mm512_cvtepi32_ps(d));
    __m512i piece = _mm512_sub_epi32(
        _mm512_srli_epi32(bits, WordCurve::PieceShift),
        _mm512_set1_epi32(static_cast<int>(WordCurve::FirstPiece)));
    known = _mm512_cmplt_epu32_mask(
        piece, _mm512_set1_epi32(static_cast<int>(WordCurve::Pieces)));
    __m512i rest = _mm512_and_si512(
        bits, _mm512_set1_epi32((1 << WordCurve::PieceShift) - 1));
    __m512 x = _mm512_sub_ps(_mm512_castsi512_ps(_mm512_or_si512(
                                 rest, _mm512_set1_epi32(0x3f800000))),
                             _mm512_set1_ps(WordCurve::Middle));
    __m512 y = term(WordCurve::Terms - 1, piece, upper);
    for (unsigned k = WordCurve::Terms - 1; k-- > 0;)
      y = _mm512_fmadd_ps(y, x, term(k, piece, upper));
    __m512 whole =
        _mm512_roundscale_ps(y, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 off = _mm512_abs_ps(_mm512_sub_ps(y, whole));
    known = _mm512_mask_cmp_ps_mask(
        known, off, _mm512_set1_ps(0.5f - WordCurve::Guard), _CMP_LT_OQ);
    return _mm512_add_epi32(base, _mm512_cvtps_epi32(whole));
  }
};

} // namespace

SNN_VAES bool SynapseWords::fill(const RowCount &row, uint64_t origin,
                                 uint32_t *out) const {
  const Connectivity &network = *connectivity;
  const snn_slice &slice = network.projection().target;
  Range range = network.tiles()[row.tile];
  uint64_t self = network.selfTarget(row.source);
  bool inside = self >= range.begin && self < range.end;
  const __m512i size =
      _mm512_set1_epi64(static_cast<int64_t>(range.size() - (inside ? 1 : 0)));
  // Targets from here on move up by one.
  const __m512i gap = _mm512_set1_epi32(
      static_cast<int>(inside ? self - range.begin : range.size()));
  const __m512i first = _mm512_set1_epi32(
      static_cast<int>(slice.first + range.begin * slice.stride + origin));
  const __m512i stride = _mm512_set1_epi32(static_cast<int>(slice.stride));
  const __m512i one = _mm512_set1_epi32(1);
  const __m512i half = _mm512_set1_epi32(0xffff);

  RowWords targetWords(network.targetKey, 0, row.name());
  for (uint64_t j = 0; j < row.count; j += Lanes * Vectors) {
    __m512i words[Vectors];
    targetWords.next(words);
    for (unsigned v = 0; v < Vectors; ++v) {
      __m512i target = scale(words[v], size);
      target = _mm512_mask_add_epi32(
          target, _mm512_cmpge_epu32_mask(target, gap), target, one);
      __m512i sum = _mm512_add_epi32(first, _mm512_mullo_epi32(target, stride));
      _mm512_storeu_si512(out + j + v * Lanes, _mm512_and_si512(sum, half));
    }
  }
  if (network.hasConstantWeight()) {
    const __m512i weight = _mm512_set1_epi32(static_cast<int>(common));
    for (uint64_t j = 0; j < row.count; j += Lanes)
      _mm512_storeu_si512(out + j,
                          _mm512_or_si512(weight, _mm512_loadu_si512(out + j)));
    return true;
  }

  RowWords weightWords(network.weights.key(), 0, row.name());
  VectorCurve valueOf(*curve, network.weights.curveBase());
  alignas(64) uint32_t kept[Lanes * Vectors];
  for (uint64_t j = 0; j < row.count; j += Lanes * Vectors) {
    __m512i words[Vectors];
    weightWords.next(words);
    uint64_t others = 0;
    for (unsigned v = 0; v < Vectors; ++v) {
      __mmask16 known;
      __m512i weight = _mm512_slli_epi32(valueOf(words[v], known), 16);
      uint32_t *to = out + j + v * Lanes;
      _mm512_storeu_si512(to, _mm512_or_si512(weight, _mm512_loadu_si512(to)));
      _mm512_store_si512(kept + v * Lanes, words[v]);
      others |= uint64_t{static_cast<uint16_t>(~known)} << (v * Lanes);
    }
    if (others && !fillOthers(row, j, kept, others, out + j))
      return false;
  }
  return true;
}

#else

bool SynapseWords::fill(const RowCount &, uint64_t, uint32_t *) const {
  return false; // create() has said so
}

#endif

/// Weights of the positions `first` + i for the bits i of `others`, from their
/// words.
bool SynapseWords::fillOthers(const RowCount &row, uint64_t first,
                              const uint32_t *words, uint64_t others,
                              uint32_t *out) const {
  const EdgeValue &value = connectivity->weights;
  for (; others; others &= others - 1) {
    auto i = static_cast<uint32_t>(__builtin_ctzll(others));
    auto position = static_cast<uint32_t>(first) + i;
    if (position >= row.count)
      break;
    int64_t weight;
    if (value.drawWhole(words[i], {position, row.name()}, weight) !=
        EdgeFault::None)
      return false;
    out[i] = (out[i] & 0xffff) | static_cast<uint32_t>(weight) << 16;
  }
  return true;
}
