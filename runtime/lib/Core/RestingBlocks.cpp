//===- RestingBlocks.cpp - Neurons whose state stands still ---------------===//
//
// Trials, and the sums that end a rest.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/RestingBlocks.h"

#include "runtime/lib/Core/Population.h"

#include <cstring>

using namespace snn::runtime;

/// What a step changes, sums apart.
static bool isState(const snn_field &field) {
  return field.role == SNN_STATE || field.role == SNN_COUNTDOWN;
}

template <typename Visit>
void RestingBlocks::visitStates(Range range, void *const *fields,
                                Visit visit) const {
  for (uint32_t f = 0; f < population->num_fields; ++f) {
    uint64_t each = elementBytes(population->fields[f].element);
    if (isState(population->fields[f]))
      visit(static_cast<const char *>(fields[f]) + range.begin * each,
            range.size() * each);
  }
}

bool RestingBlocks::create(const snn_population &definition, Range owned) {
  population = &definition;
  neurons = owned;
  uint64_t bytes = 0;
  for (uint32_t f = 0; f < definition.num_fields; ++f)
    if (isState(definition.fields[f]))
      bytes += Size * elementBytes(definition.fields[f].element);
  if (!blocks.resize((owned.size() + Size - 1) / Size) || !kept.resize(bytes))
    return false;
  clear();
  return true;
}

void RestingBlocks::clear() {
  passed = 0;
  wakeAll();
}

void RestingBlocks::wakeAll() {
  numResting = 0;
  for (Block &block : blocks)
    block = {false, 1, 1};
}

Range RestingBlocks::rangeOf(uint64_t block) const {
  uint64_t begin = neurons.begin + block * Size, end = begin + Size;
  return {begin, end < neurons.end ? end : neurons.end};
}

bool RestingBlocks::hasArrivals(Range range, void *const *fields) const {
  for (uint32_t f = 0; f < population->num_fields; ++f) {
    if (population->fields[f].role != SNN_SUM)
      continue;
    uint64_t each = elementBytes(population->fields[f].element);
    const char *first =
        static_cast<const char *>(fields[f]) + range.begin * each;
    uint64_t any = 0;
    for (uint64_t at = 0; at < range.size() * each; at += sizeof(uint64_t)) {
      uint64_t two;
      memcpy(&two, first + at, sizeof two);
      any |= two;
    }
    if (any)
      return true;
  }
  return false;
}

void RestingBlocks::wake(Block &block) {
  block = {false, 1, 1};
  --numResting;
}

void RestingBlocks::postpone(Block &block) {
  if (block.interval < LongestInterval)
    block.interval *= 2;
  block.left = block.interval;
}

Range RestingBlocks::next(Range &left, uint64_t most, void *const *fields,
                          Range reached) {
  Range run = {left.begin, left.begin};
  while (!left.empty()) {
    uint64_t number = (left.begin - neurons.begin) / Size;
    Range range = rangeOf(number);
    Block &block = blocks[number];
    auto isQuiet = [&] {
      bool apart = range.end <= reached.begin || reached.end <= range.begin;
      return apart || !hasArrivals(range, fields);
    };
    bool stays = block.rests && isQuiet();
    bool due = !block.rests && isDue(block);
    if (!run.empty() && (stays || due || run.size() + range.size() > most))
      break;
    left.begin = range.end;
    if (stays) {
      passed += range.size();
      run = {range.end, range.end};
      continue;
    }
    run.end = range.end;
    if (block.rests) {
      wake(block);
    } else if (!due) {
      --block.left;
    } else if (!isQuiet()) {
      postpone(block);
    } else {
      tried = number;
      char *to = kept.data();
      visitStates(range, fields, [&](const char *states, uint64_t bytes) {
        memcpy(to, states, bytes);
        to += bytes;
      });
      break;
    }
  }
  return run;
}

void RestingBlocks::finish(void *const *fields, const uint16_t *spikes) {
  if (tried == UINT64_MAX)
    return;
  Range range = rangeOf(tried);
  Block &block = blocks[tried];
  tried = UINT64_MAX;
  uint32_t fired = 0;
  for (uint64_t i = 0; i < range.size() / SNN_LANES; ++i)
    fired |= spikes[i];
  bool same = !fired;
  const char *before = kept.data();
  visitStates(range, fields, [&](const char *states, uint64_t bytes) {
    same = same && !memcmp(before, states, bytes);
    before += bytes;
  });
  if (!same)
    return postpone(block);
  block.rests = true;
  ++numResting;
}
