//===- QuantileShelf.h - Quantiles that projections share -------*- C++ -*-===//
//
// A curve or a table is a function of the distribution, the unit and its bounds
// alone, and many projections of a network draw from the same few: each is made
// once.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_QUANTILESHELF_H
#define SNN_RUNTIME_CONNECTIVITY_QUANTILESHELF_H

#include "runtime/lib/Connectivity/Stair.h"
#include "runtime/lib/Connectivity/WordCurve.h"
#include "snn/abi.h"

#include <pthread.h>

namespace snn::runtime {

class QuantileShelf {
public:
  /// What a quantile depends on.
  struct Label {
    snn_value value;
    double unit, least, most;
  };

  struct Quantile {
    Label label;
    bool hasCurve;
    WordCurve curve;
    bool hasStair;
    Stair stair;
  };

  QuantileShelf() = default;
  QuantileShelf(const QuantileShelf &) = delete;
  QuantileShelf &operator=(const QuantileShelf &) = delete;
  ~QuantileShelf();

  /// The quantile of a label, with a curve if it can have one, made of the
  /// function if it is new; null without memory. By any thread. Quantiles stay
  /// where they are.
  Quantile *get(const Label &label, WordCurve::Function function,
                const void *context);

  /// The table of one of these, made when it is first asked for; null without
  /// memory. By any thread.
  const Stair *stair(Quantile &quantile, unsigned bits,
                     Stair::Function function, const void *context);

private:
  static void drop(Quantile *quantile);
  Quantile *find(const Label &label) const;

  Buffer<Quantile *> quantiles;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_QUANTILESHELF_H
