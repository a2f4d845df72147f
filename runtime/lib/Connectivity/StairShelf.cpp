//===- StairShelf.cpp - Tables that projections share ---------------------===//
//
// A handful of entries, so they are compared one by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/StairShelf.h"

#include "runtime/lib/Random/Distribution.h"

using namespace snn::runtime;

void StairShelf::drop(Entry *entry) {
  entry->~Entry();
  free(entry);
}

StairShelf::~StairShelf() {
  for (Entry *entry : entries)
    drop(entry);
}

const Stair *StairShelf::find(const Label &label) const {
  for (const Entry *entry : entries)
    if (areEqual(entry->label.value, label.value) &&
        entry->label.unit == label.unit && entry->label.least == label.least &&
        entry->label.most == label.most)
      return &entry->stair;
  return nullptr;
}

const WordCurve *StairShelf::curve(const Stair *stair,
                                   WordCurve::Function function,
                                   const void *context) {
  const WordCurve *found = nullptr;
  pthread_mutex_lock(&mutex);
  for (Entry *entry : entries) {
    if (&entry->stair != stair)
      continue;
    if (!entry->hasCurve)
      entry->curve.create(*stair, function, context);
    entry->hasCurve = true;
    found = &entry->curve;
  }
  pthread_mutex_unlock(&mutex);
  return found;
}

const Stair *StairShelf::get(const Label &label, unsigned bits,
                             Stair::Function function, const void *context) {
  pthread_mutex_lock(&mutex);
  const Stair *found = find(label);
  if (!found) {
    if (void *memory = malloc(sizeof(Entry))) {
      auto *made = new (memory) Entry{label, {}, {}, false};
      if (made->stair.create(bits, function, context) && entries.push(made))
        found = &made->stair;
      else
        drop(made);
    }
  }
  pthread_mutex_unlock(&mutex);
  return found;
}
