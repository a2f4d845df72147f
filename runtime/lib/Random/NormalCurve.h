//===- NormalCurve.h - Many standard normal numbers -------------*- C++ -*-===//
//
// The normal quantile as piecewise polynomials, whose coefficients fit into
// vector registers: no branches, no division, no logarithm, so that sixteen
// numbers are drawn in the time of one. They are within `Error` of
// normalQuantile(), and are that function itself in the outermost 0.4 %.
//
// A number takes 52 bits. Its distance d to the nearer end of their range
// chooses the piece, half an octave of d: there are sixteen. Inside, their
// variable is the rest of d's mantissa.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_NORMALCURVE_H
#define SNN_RUNTIME_RANDOM_NORMALCURVE_H

#include <cstdint>

namespace snn::runtime {

class NormalCurve {
public:
  static constexpr unsigned Pieces = 16;
  static constexpr unsigned Terms = 9;
  static constexpr double Error = 0x1p-33;
  /// Below, d has no piece.
  static constexpr double Least = 0x1p43;

  void create();

  /// Two words a number, the first the more significant.
  void operator()(const uint32_t *words, uint64_t count, double *out) const;

  /// The ways to compute it, slowest first; all give the same bits.
  enum class Path { Plain, Avx2, Avx512 };
  /// What this machine can do at best.
  static Path bestPath();
  /// Each by name, to compare them. `path` must be possible here.
  void fill(Path path, const uint32_t *words, uint64_t count,
            double *out) const;

  /// Coefficients of x^k: [k][piece modulo 16, by the bits of d].
  alignas(64) double terms[Terms][Pieces];

private:
  void fit(unsigned slot, double low, double high);
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_NORMALCURVE_H
