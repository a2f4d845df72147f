//===- StairShelf.h - Tables that projections share -------------*- C++ -*-===//
//
// A table is a function of the distribution, the unit and its bounds alone, and
// many projections of a network draw from the same few: each is made once.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_STAIRSHELF_H
#define SNN_RUNTIME_CONNECTIVITY_STAIRSHELF_H

#include "runtime/lib/Connectivity/WordCurve.h"
#include "snn/abi.h"

#include <pthread.h>

namespace snn::runtime {

class StairShelf {
public:
  /// What a table depends on.
  struct Label {
    snn_value value;
    double unit, least, most;
  };

  StairShelf() = default;
  StairShelf(const StairShelf &) = delete;
  StairShelf &operator=(const StairShelf &) = delete;
  ~StairShelf();

  /// The table of a label, made by the function if it is new; null without
  /// memory. By any thread. Tables stay where they are.
  const Stair *get(const Label &label, unsigned bits, Stair::Function function,
                   const void *context);

  /// The curve of one of these tables, made by the function when it is first
  /// asked for. By any thread.
  const WordCurve *curve(const Stair *stair, WordCurve::Function function,
                         const void *context);

private:
  struct Entry {
    Label label;
    Stair stair;
    WordCurve curve;
    bool hasCurve;
  };
  static void drop(Entry *entry);
  const Stair *find(const Label &label) const;

  Buffer<Entry *> entries;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_STAIRSHELF_H
