//===- WordCurve.h - Whole numbers from words, by curve ---------*- C++ -*-===//
//
// A quantile, rounded to whole units, as polynomials of the word: no table that
// lies in a cache, no branch, and sixteen words at once where the machine can.
// Where a distribution has a curve, the curve is its definition: it is within
// 1/64 of a unit of the quantile, and the same on every machine.
//
// A word's distance d to the nearer end of its range chooses the piece: an
// octave of d, in the lower or the upper half. Inside, x is the mantissa of d,
// less 1.5:
//
//   value = base + round(c0 + x (c1 + x (c2 + ... + x c6)))      in f32
//
// with a rounding after each multiplication and each addition. Of the words,
// 1 in 65,536 lies nearer to an end than the last octave: these, and words
// that f32 rounds to the middle, are left to the quantile itself.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H
#define SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H

#include "runtime/lib/Math/Bits.h"

#include <bit>
#include <cstdint>

namespace snn::runtime {

class WordCurve {
public:
  static constexpr unsigned Octaves = 16; // of each half
  static constexpr unsigned Terms = 7;
  /// Of the mantissa and the exponent of d as f32.
  static constexpr unsigned MantissaBits = 23;
  static constexpr uint32_t FirstExponent = 127 + 15;
  static constexpr float Middle = 1.5f;
  /// Units.
  static constexpr double Tolerance = 1.0 / 64;

  /// The quantile in units, before rounding.
  using Function = double (*)(const void *context, uint32_t word);

  /// False if no such curve is near enough, or has values that are not in
  /// [least, most].
  [[nodiscard]] bool create(Function function, const void *context,
                            double least, double most);

  /// False for words that are left to the quantile.
  bool find(uint32_t word, int64_t &value) const {
    float x;
    uint32_t piece = pieceOf(word, x);
    if (piece >= 2 * Octaves)
      return false;
    value = origin + static_cast<int64_t>(
                         roundHalfEven(static_cast<double>(at(piece, x))));
    return true;
  }

  /// The values of many words; returns how many are left, and where they are in
  /// `left`, which has room for all.
  template <typename T>
  uint64_t findAll(const uint32_t *words, uint64_t count, T *out,
                   uint32_t *left) const {
    if (isWide)
      return findWide(words, count, out, left);
    return findPlain(words, count, out, left);
  }

  /// The ways to do so, which give the same; the latter where
  /// hasWideVectors().
  template <typename T>
  uint64_t findPlain(const uint32_t *words, uint64_t count, T *out,
                     uint32_t *left) const;
  template <typename T>
  uint64_t findWide(const uint32_t *words, uint64_t count, T *out,
                    uint32_t *left) const;

  int64_t base() const { return origin; }

  /// Of x^k, less the base: [k][octave], those of the upper half behind those
  /// of the lower.
  float terms[Terms][2 * Octaves];

private:
  /// At least 2 * Octaves for words that have none.
  static uint32_t pieceOf(uint32_t word, float &x) {
    uint32_t d = word < 1u << 31 ? word : ~word;
    auto bits = std::bit_cast<uint32_t>(static_cast<float>(d));
    x = std::bit_cast<float>((bits & ((1u << MantissaBits) - 1)) | 0x3f800000) -
        Middle;
    uint32_t octave = (bits >> MantissaBits) - FirstExponent;
    return octave < Octaves ? octave + (word >> 31) * Octaves : 2 * Octaves;
  }
  float at(uint32_t piece, float x) const {
    float y = terms[Terms - 1][piece];
    for (unsigned k = Terms - 1; k-- > 0;)
      y = y * x + terms[k][piece];
    return y;
  }
  void fit(unsigned piece, Function function, const void *context);

  int64_t origin = 0;
  bool isWide = false;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H
