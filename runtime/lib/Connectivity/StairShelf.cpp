//===- StairShelf.cpp - Tables that projections share ---------------------===//
//
// A handful of entries, so they are compared one by one.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/StairShelf.h"

using namespace snn::runtime;

void StairShelf::drop(Entry *entry) {
  entry->~Entry();
  free(entry);
}

StairShelf::~StairShelf() {
  for (Entry *entry : entries)
    drop(entry);
}

static bool areEqual(const snn_value &a, const snn_value &b) {
  return a.kind == b.kind && a.a == b.a && a.b == b.b &&
         a.redraw_low == b.redraw_low && a.redraw_high == b.redraw_high &&
         a.clip_low == b.clip_low && a.clip_high == b.clip_high &&
         a.data == b.data && a.count == b.count;
}

const Stair *StairShelf::find(const Label &label) const {
  for (const Entry *entry : entries)
    if (areEqual(entry->label.value, label.value) &&
        entry->label.unit == label.unit && entry->label.least == label.least &&
        entry->label.most == label.most)
      return &entry->stair;
  return nullptr;
}

const Stair *StairShelf::get(const Label &label, unsigned bits,
                             Stair::Function function, const void *context) {
  pthread_mutex_lock(&mutex);
  const Stair *found = find(label);
  if (!found) {
    if (void *memory = malloc(sizeof(Entry))) {
      auto *made = new (memory) Entry{label, {}};
      if (made->stair.create(bits, function, context) && entries.push(made))
        found = &made->stair;
      else
        drop(made);
    }
  }
  pthread_mutex_unlock(&mutex);
  return found;
}
