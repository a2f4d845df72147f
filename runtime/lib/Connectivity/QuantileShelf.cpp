//===- QuantileShelf.cpp - Quantiles that projections share ---------------===//
//
// A handful, so they are compared one by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/QuantileShelf.h"

#include "runtime/lib/Random/Distribution.h"

using namespace snn::runtime;

void QuantileShelf::drop(Quantile *quantile) {
  quantile->~Quantile();
  free(quantile);
}

QuantileShelf::~QuantileShelf() {
  for (Quantile *quantile : quantiles)
    drop(quantile);
}

QuantileShelf::Quantile *QuantileShelf::find(const Label &label) const {
  for (Quantile *quantile : quantiles) {
    const Label &other = quantile->label;
    if (areEqual(other.value, label.value) && other.unit == label.unit &&
        other.least == label.least && other.most == label.most)
      return quantile;
  }
  return nullptr;
}

QuantileShelf::Quantile *QuantileShelf::get(const Label &label,
                                            WordCurve::Function function,
                                            const void *context) {
  pthread_mutex_lock(&mutex);
  Quantile *found = find(label);
  if (!found) {
    if (void *memory = malloc(sizeof(Quantile))) {
      found = new (memory) Quantile{label, false, {}, false, {}};
      found->hasCurve =
          found->curve.create(function, context, label.least, label.most);
      if (!quantiles.push(found)) {
        drop(found);
        found = nullptr;
      }
    }
  }
  pthread_mutex_unlock(&mutex);
  return found;
}

const Stair *QuantileShelf::stair(Quantile &quantile, unsigned bits,
                                  Stair::Function function,
                                  const void *context) {
  pthread_mutex_lock(&mutex);
  if (!quantile.hasStair)
    quantile.hasStair = quantile.stair.create(bits, function, context);
  pthread_mutex_unlock(&mutex);
  return quantile.hasStair ? &quantile.stair : nullptr;
}
