//===- RowRing.cpp - Room for rows that are soon delivered ----------------===//
//
// A list of chunks in the order of their use, and a stack of those that are
// done.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/RowRing.h"

#include <cstdlib>

using namespace snn::runtime;

RowRing::~RowRing() {
  clear();
  while (spare) {
    Chunk *next = spare->next;
    free(spare);
    spare = next;
  }
}

uint32_t *RowRing::take(uint64_t words, uint64_t step, uint32_t lastDelay) {
  if (!newest || newest->size - newest->used < words)
    if (!startChunk(words, step))
      return nullptr;
  uint32_t *row = newest->words() + newest->used;
  newest->used += words;
  lastWords = words;
  uint64_t arrival = step + lastDelay;
  newest->lastArrival =
      arrival > newest->lastArrival ? arrival : newest->lastArrival;
  return row;
}

/// A chunk becomes spare once everything in it has arrived: a step finds
/// delivered what arrives at its beginning.
void RowRing::retire(uint64_t step) {
  while (oldest && oldest->lastArrival <= step) {
    Chunk *done = oldest;
    oldest = done->next;
    newest = oldest ? newest : nullptr;
    done->next = spare;
    spare = done;
  }
}

bool RowRing::startChunk(uint64_t words, uint64_t step) {
  retire(step);
  while (spare && spare->size < words) {
    Chunk *next = spare->next;
    held -= bytesOf(spare->size);
    free(spare);
    spare = next;
  }
  Chunk *chunk = spare;
  uint64_t size;
  if (chunk) {
    spare = chunk->next;
    size = chunk->size;
  } else {
    size = words > ChunkBytes / 4 ? words : ChunkBytes / 4;
    chunk = static_cast<Chunk *>(malloc(bytesOf(size)));
    if (!chunk)
      return false;
    held += bytesOf(size);
  }
  *chunk = {nullptr, size, 0, 0};
  (newest ? newest->next : oldest) = chunk;
  newest = chunk;
  return true;
}

void RowRing::clear() { retire(UINT64_MAX); }
