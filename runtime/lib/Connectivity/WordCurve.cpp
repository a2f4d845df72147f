//===- WordCurve.cpp - A rounded quantile without a table -----------------===//
//
// Pieces go through the quantile at the Chebyshev nodes. They are kept
// where they are monotonic to a quarter of the guard and meet every step, and
// their ends, to a half of it: between two steps the curve then stays between
// these. The last quarter is for the rounding of f32.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/WordCurve.h"

#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Interpolation.h"

#include <bit>
#include <cmath>
#include <initializer_list>

using namespace snn::runtime;

namespace {

constexpr float NoNumber = __builtin_nanf("");

/// Below, f32 has ten bits after the point that are right.
constexpr double LargestValue = 4096;

struct Place {
  unsigned half, piece;
  float x;
};

/// False for words that have no piece.
bool find(uint32_t word, Place &place) {
  uint32_t d = word < 1u << 31 ? word : ~word;
  auto bits = std::bit_cast<uint32_t>(static_cast<float>(d));
  uint32_t piece = (bits >> WordCurve::PieceShift) - WordCurve::FirstPiece;
  uint32_t rest = bits & ((1u << WordCurve::PieceShift) - 1);
  place = {word >> 31, piece,
           std::bit_cast<float>(rest | 0x3f800000) - WordCurve::Middle};
  return piece < WordCurve::Pieces;
}

/// The word of a half where the piece's variable is x.
uint32_t wordAt(unsigned half, unsigned piece, double x) {
  double octave = static_cast<double>(uint64_t{1} << (23 + piece / 4));
  double d = octave * (1 + 0.25 * (piece % 4) + (x + 0.125));
  double most = octave * (1.25 + 0.25 * (piece % 4)) - 1;
  auto word = static_cast<uint32_t>(d < most ? d : most);
  return half == 0 ? word : ~word;
}

} // namespace

void WordCurve::fit(unsigned half, unsigned piece, int64_t base,
                    Function function, const void *context) {
  constexpr double Nodes[Terms] = {-0.9510565162951535, -0.5877852522924731, 0,
                                   0.5877852522924731, 0.9510565162951535};
  double x[Terms], y[Terms];
  Place place;
  for (unsigned i = 0; i < Terms; ++i) {
    uint32_t word = wordAt(half, piece, 0.125 * Nodes[i]);
    find(word, place);
    x[i] = static_cast<double>(place.x);
    y[i] = function(context, word) - static_cast<double>(base);
  }
  double power[Terms];
  interpolate(x, y, power);
  for (unsigned k = 0; k < Terms; ++k)
    terms[half][k][piece] = static_cast<float>(power[k]);
  // Values rise with the word: with x in the lower half, against it else.
  double sign = half == 0 ? 1 : -1;
  constexpr double reach = 0.125, samples = 32;
  double bend =
      2 * magnitude(power[2]) +
      reach * (6 * magnitude(power[3]) + reach * 12 * magnitude(power[4]));
  double fall = -bend * reach / samples; // between two samples
  double flattest = HUGE_VAL;
  for (double i = -samples; i <= samples; ++i) {
    double at = reach * i / samples;
    double slope = power[1] + at * (2 * power[2] +
                                    at * (3 * power[3] + at * 4 * power[4]));
    flattest = sign * slope < flattest ? sign * slope : flattest;
  }
  if (!((flattest + fall) * 2 * reach >= -0.25 * static_cast<double>(Guard)) ||
      !(magnitude(power[0]) < LargestValue))
    terms[half][0][piece] = NoNumber;
}

/// Whether the curve is at `value` there, to half of the guard.
bool WordCurve::isNear(uint32_t word, double value) const {
  Place place;
  if (!find(word, place))
    return true;
  float y = terms[place.half][Terms - 1][place.piece];
  for (unsigned k = Terms - 1; k-- > 0;)
    y = y * place.x + terms[place.half][k][place.piece];
  return magnitude(static_cast<double>(y) - value) <= 0.5 * Guard;
}

void WordCurve::drop(uint32_t word) {
  Place place;
  if (find(word, place))
    terms[place.half][0][place.piece] = NoNumber;
}

void WordCurve::create(const Stair &stair, Function function,
                       const void *context) {
  int64_t base = stair.base();
  for (unsigned half = 0; half < 2; ++half)
    for (unsigned piece = 0; piece < Pieces; ++piece) {
      fit(half, piece, base, function, context);
      // Where a piece has no step, its ends tell.
      for (double x : {-0.125, 0.0, 0.125}) {
        uint32_t word = wordAt(half, piece, x);
        double value = function(context, word) - static_cast<double>(base);
        if (!isNear(word, value))
          drop(word);
      }
    }
  stair.forEachStep(
      [](void *opaque, uint32_t word, int32_t value, bool known) {
        auto &self = *static_cast<WordCurve *>(opaque);
        // From this word on, the value: a half less is where it rounds up.
        if (!known || !self.isNear(word, value - 0.5))
          self.drop(word);
      },
      this);
}
