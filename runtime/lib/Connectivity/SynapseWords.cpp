//===- SynapseWords.cpp - Rows in the form that is delivered --------------===//
//
// Four vectors at once hide the latency of a round of AES. Weights are values
// of a curve; the few that it does not know are drawn one by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/SynapseWords.h"

#include "runtime/lib/Connectivity/CurveVectors.h"
#include "runtime/lib/Random/ArsVectors.h"

using namespace snn::runtime;

bool SynapseWords::create(const Connectivity &theConnectivity) {
  connectivity = &theConnectivity;
  const snn_projection &projection = theConnectivity.projection();
  bool uniform =
      (projection.rule == SNN_OUTDEGREE || projection.rule == SNN_TOTAL) &&
      theConnectivity.allows(SNN_MULTAPSES);
  if (!uniform || bestArsPath() != ArsPath::Vaes512)
    return false;
  if (!theConnectivity.hasConstantWeight())
    return (curve = theConnectivity.weights.wholeCurve()) != nullptr;
  common = static_cast<uint32_t>(theConnectivity.constantWeight()) << 16;
  return true;
}

#if defined(__x86_64__)

namespace {

constexpr unsigned Vectors = 4;
constexpr uint32_t Lanes = 16;

using RowWords = ArsVectors<Vectors>;

/// word * size >> 32.
SNN_VAES_INLINE __m512i scale(__m512i words, __m512i size) {
  __m512i even = _mm512_srli_epi64(_mm512_mul_epu32(words, size), 32);
  __m512i odd = _mm512_mul_epu32(_mm512_srli_epi64(words, 32), size);
  return _mm512_mask_blend_epi32(0xaaaa, even, odd);
}

/// Targets of words, as their sums modulo 2^32.
class VectorTargets {
public:
  SNN_VAES_INLINE VectorTargets(const Connectivity &network,
                                const RowCount &row, uint64_t origin) {
    const snn_slice &slice = network.projection().target;
    Range range = network.tiles()[row.tile];
    uint64_t self = network.selfTarget(row.source);
    bool inside = self >= range.begin && self < range.end;
    size = _mm512_set1_epi64(
        static_cast<int64_t>(range.size() - (inside ? 1 : 0)));
    gap = _mm512_set1_epi32(
        static_cast<int>(inside ? self - range.begin : range.size()));
    first = _mm512_set1_epi32(
        static_cast<int>(slice.first + range.begin * slice.stride + origin));
    stride = _mm512_set1_epi32(static_cast<int>(slice.stride));
  }

  SNN_VAES_INLINE __m512i operator()(__m512i words) const {
    __m512i target = scale(words, size);
    // From the gap on, one further.
    target = _mm512_mask_sub_epi32(target, _mm512_cmpge_epu32_mask(target, gap),
                                   target, _mm512_set1_epi32(-1));
    return _mm512_add_epi32(first, _mm512_mullo_epi32(target, stride));
  }

private:
  __m512i size, gap, first, stride;
};

/// The weight in the upper half, the sum in the lower.
SNN_VAES_INLINE __m512i join(__m512i weight, __m512i sum) {
  // Of each bit the first where the third is set, else the second.
  constexpr int Choose = 0xe4;
  return _mm512_ternarylogic_epi32(
      weight, sum, _mm512_set1_epi32(static_cast<int>(0xffff0000u)), Choose);
}

} // namespace

SNN_VAES bool SynapseWords::fill(const RowCount &row, uint64_t origin,
                                 uint32_t *out) const {
  const Connectivity &network = *connectivity;
  const VectorTargets targetOf(network, row, origin);
  RowWords targetWords(network.targetKey, 0, row.name());
  if (network.hasConstantWeight()) {
    const __m512i weight = _mm512_set1_epi32(static_cast<int>(common));
    for (uint64_t j = 0; j < row.count; j += Lanes * Vectors) {
      __m512i words[Vectors];
      targetWords.next(words);
      for (unsigned v = 0; v < Vectors; ++v)
        _mm512_storeu_si512(out + j + v * Lanes,
                            join(weight, targetOf(words[v])));
    }
    return true;
  }

  RowWords weightWords(network.weights.key(), 0, row.name());
  const CurveVectors valueOf(*curve);
  const __m512i base = _mm512_set1_epi32(static_cast<int>(curve->base()));
  alignas(64) uint32_t kept[Lanes * Vectors];
  for (uint64_t j = 0; j < row.count; j += Lanes * Vectors) {
    __m512i words[Vectors], sums[Vectors];
    targetWords.next(words);
    for (unsigned v = 0; v < Vectors; ++v)
      sums[v] = targetOf(words[v]);
    weightWords.next(words);
    uint64_t others = 0;
    for (unsigned v = 0; v < Vectors; ++v) {
      __mmask16 known;
      __m512i weight = _mm512_slli_epi32(
          _mm512_add_epi32(base, valueOf(words[v], known)), 16);
      _mm512_storeu_si512(out + j + v * Lanes, join(weight, sums[v]));
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
