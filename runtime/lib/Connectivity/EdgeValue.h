//===- EdgeValue.h - Weights and delays of edges ----------------*- C++ -*-===//
//
// A weight or delay as edges have it: drawn from an edge's own counter, then
// rounded half-even to whole units (steps, or the grid of a port) unless it
// stays a real number. A quantile takes one 32-bit word, four edges a block; a
// condition (`redraw to`) takes the quantile of the probabilities it leaves.
// Everything else takes 52-bit numbers of the edge alone.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_EDGEVALUE_H
#define SNN_RUNTIME_CONNECTIVITY_EDGEVALUE_H

#include "runtime/lib/Connectivity/QuantileShelf.h"
#include "runtime/lib/Random/Distribution.h"

namespace snn::runtime {

enum class EdgeFault { None, NoDraw, OutOfRange, NoMemory };

/// The place of an edge: block `item / 4` of `high` holds its word.
struct EdgePlace {
  uint32_t item;
  uint64_t high;
};

class EdgeValue {
public:
  EdgeValue() = default;
  EdgeValue(const EdgeValue &) = delete;
  EdgeValue &operator=(const EdgeValue &) = delete;

  /// Values are whole multiples of `unit` from `least` to `most`, or real
  /// numbers if unit is 0. `edges` is how many will be drawn, to decide whether
  /// a table pays; curve and table lie on the shelf, which must outlive this
  /// object.
  EdgeFault create(const snn_value &value, Key key, double unit, int64_t least,
                   int64_t most, double edges, QuantileShelf &shelf);

  bool isConstant() const { return value.kind == SNN_CONSTANT; }
  bool isData() const { return value.kind == SNN_DATA; }
  bool isOfPlace() const { return value.kind == SNN_OF_PLACE; }
  bool needsWord() const { return hasWord; }
  const ArsKey &key() const { return arsKey; }

  /// Of every edge, where constant.
  int64_t constantWhole() const { return whole; }
  double constantReal() const { return real; }

  /// Of its values as whole numbers; null if it has none.
  const WordCurve *wholeCurve() const { return curve; }

  /// Whether every draw is known to be in [low, high], as whole numbers.
  bool isWithin(int64_t low, int64_t high) const;

  /// `word` is used only where needsWord().
  EdgeFault drawWhole(uint32_t word, EdgePlace place, int64_t &result) const {
    if ((curve && curve->find(word, result)) ||
        (stair && stair->find(word, result)))
      return EdgeFault::None;
    return computeWhole(word, place, result);
  }
  /// The same for a word that neither curve nor table has.
  EdgeFault computeWhole(uint32_t word, EdgePlace place, int64_t &result) const;
  EdgeFault drawReal(uint32_t word, EdgePlace place, double &result) const;

  /// drawWhole of many words, as far as curve or table has them: the others are
  /// left
  /// in `unknown`, which has room for `count`.
  template <typename T>
  uint64_t findAll(const uint32_t *words, uint64_t count, T *out,
                   uint32_t *unknown) const {
    if (curve)
      return curve->findAll(words, count, out, unknown);
    if (stair)
      return stair->findAll(words, count, out, unknown);
    for (uint64_t j = 0; j < count; ++j)
      unknown[j] = static_cast<uint32_t>(j);
    return count;
  }

  /// Of the edge of this number in the list of all edges; for SNN_DATA.
  EdgeFault dataWhole(uint64_t edge, int64_t &result) const {
    return round(value.data[edge], result);
  }
  double dataReal(uint64_t edge) const { return value.data[edge]; }

  /// Of an edge whose geometry says so; for SNN_OF_PLACE.
  EdgeFault givenWhole(double x, int64_t &result) const {
    return round(x, result);
  }

private:
  bool boundProbability();
  double realOfWord(uint32_t word) const;
  static double unitsOfWord(const void *self, uint32_t word);
  static bool wholeOfWord(const void *self, uint32_t word, int64_t &result);
  EdgeFault round(double x, int64_t &result) const;

  snn_value value = {};
  ArsKey arsKey;
  double unit = 0;
  double least = 0, most = 0;
  bool hasWord = false;         // a quantile of one word, redraw included
  double firstP = 0, spanP = 1; // the probabilities that `redraw to` leaves
  int64_t whole = 0;
  double real = 0;
  const WordCurve *curve = nullptr; // if it has one
  const Stair *stair = nullptr;     // else, if it pays
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_EDGEVALUE_H
