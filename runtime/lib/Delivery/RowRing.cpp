//===- RowRing.cpp - Room for rows that are soon delivered ----------------===//
//
// A list of chunks in the order of their use.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/RowRing.h"

#include <cstdlib>

using namespace snn::runtime;

RowRing::~RowRing() {
  while (oldest) {
    Chunk *next = oldest->next;
    free(oldest);
    oldest = next;
  }
}

uint32_t *RowRing::take(uint64_t words, uint64_t step, uint32_t lastDelay) {
  if (!newest || newest->size - newest->used < words)
    if (!startChunk(words, step))
      return nullptr;
  uint32_t *row = newest->words() + newest->used;
  newest->used += words;
  uint64_t arrival = step + lastDelay;
  newest->lastArrival =
      arrival > newest->lastArrival ? arrival : newest->lastArrival;
  return row;
}

bool RowRing::startChunk(uint64_t words, uint64_t step) {
  // A chunk is free once everything in it has arrived: a step finds delivered
  // what arrives at its beginning.
  while (oldest && oldest->lastArrival <= step) {
    Chunk *next = oldest->next;
    if (oldest->size >= words) {
      if (next) {
        newest->next = oldest;
        newest = oldest;
        oldest = next;
        newest->next = nullptr;
      }
      newest->used = newest->lastArrival = 0;
      return true;
    }
    held -= bytesOf(oldest->size);
    free(oldest);
    oldest = next;
    newest = next ? newest : nullptr;
  }
  uint64_t size = words > ChunkBytes / 4 ? words : ChunkBytes / 4;
  auto *made = static_cast<Chunk *>(malloc(bytesOf(size)));
  if (!made)
    return false;
  *made = {nullptr, size, 0, 0};
  held += bytesOf(size);
  (newest ? newest->next : oldest) = made;
  newest = made;
  return true;
}

void RowRing::clear() {
  for (Chunk *chunk = oldest; chunk; chunk = chunk->next) {
    chunk->used = chunk->size;
    chunk->lastArrival = 0;
  }
}
