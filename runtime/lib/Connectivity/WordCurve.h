//===- WordCurve.h - A rounded quantile without a table ---------*- C++ -*-===//
//
// A quantile as piecewise polynomials of the word, whose coefficients fit into
// vector registers: where a table of a hundred kilobytes would have to be
// looked into for each synapse. The value is right wherever the curve is not
// within `Guard` of where the rounded quantile steps; words nearer than that,
// and those of the outermost 0.4 %, are for the table. That this holds is
// checked at every step when the curve is made.
//
// A word's distance d to the nearer end of its range chooses the piece: a
// quarter of an octave of d, of the lower or upper half. Inside, their
// variable is the rest of d's mantissa.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H
#define SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H

#include "runtime/lib/Connectivity/Stair.h"

namespace snn::runtime {

class WordCurve {
public:
  /// Units of the value.
  static constexpr float Guard = 1.0f / 256;
  static constexpr unsigned Pieces = 32; // of each half
  static constexpr unsigned Terms = 5;
  /// Bits of d as f32 that say no piece, and that of the first piece.
  static constexpr unsigned PieceShift = 21;
  static constexpr uint32_t FirstPiece = (127 + 23) << 2;
  static constexpr float Middle = 1.125f;

  /// The quantile in units, before rounding.
  using Function = double (*)(const void *context, uint32_t word);

  void create(const Stair &stair, Function function, const void *context);

  /// Of the value less the stair's base: [half][term][piece]. A piece that is
  /// not good enough has NaN.
  float terms[2][Terms][Pieces];

private:
  void fit(unsigned half, unsigned piece, int64_t base, Function function,
           const void *context);
  bool isNear(uint32_t word, double value) const;
  void drop(uint32_t word);
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_WORDCURVE_H
