//===- RowShares.cpp - Shares of projections in a generated row -----------===//
//
// Segments of a share are short, of five synapses in the cortical microcircuit:
// the time goes into their number and not into their length. A fixed number of
// words is copied each time, and the next segment is written over the rest.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/RowShares.h"

#include "runtime/lib/Core/WideVectors.h"
#include "runtime/lib/Delivery/RowCursors.h"

using namespace snn::runtime;

// Words that are copied at once.
static constexpr uint64_t CopiedWords = 16;

// Counts that are laid down where there is one.
static constexpr uint64_t MostPadding = 4;

void RowShares::create(uint32_t wordsOfSynapse) {
  wordsEach = wordsOfSynapse;
  isWide = hasWideVectors();
}

void RowShares::clear() {
  made.clear();
  counts.clear();
  shares.clear();
}

uint32_t *RowShares::add(uint32_t firstDelay, uint32_t numDelays,
                         uint64_t firstCount, uint64_t words) {
  uint64_t first = made.size();
  if (!shares.push({firstDelay, numDelays, firstCount, first}) ||
      !made.reserveMore(words + Slack))
    return nullptr;
  made.setSize(first + words);
  return made.data() + first;
}

void RowShares::finish() {
  least = UINT32_MAX;
  end = 0;
  for (const Share &share : shares) {
    uint32_t last = share.firstDelay + share.numDelays;
    least = share.firstDelay < least ? share.firstDelay : least;
    end = last > end ? last : end;
  }
  isAligned = align();
}

/// Lays the counts of all shares side by side; false where most would be zeros,
/// or without memory.
bool RowShares::align() {
  uint64_t span = end - least;
  if (span * shares.size() > MostPadding * (counts.size() + CopiedWords))
    return false;
  aligned.clear();
  if (!aligned.resize(span * shares.size()))
    return false;
  uint32_t *to = aligned.data();
  for (const Share &share : shares) {
    memcpy(to + (share.firstDelay - least), counts.data() + share.firstCount,
           share.numDelays * sizeof(uint32_t));
    to += span;
  }
  return true;
}

uint64_t RowShares::mostWords(uint32_t from, uint32_t to) const {
  uint64_t words = 0, heads = 0;
  if (isAligned) {
    uint32_t span = end - least, synapses = 0;
    for (uint64_t begin = from - least; begin < aligned.size(); begin += span)
      for (uint32_t i = 0; i < to - from; ++i)
        synapses += aligned[begin + i];
    words = uint64_t{synapses} * wordsEach;
    heads = synapses < to - from ? synapses : to - from;
  } else {
    for (const Share &share : shares) {
      uint32_t last = share.firstDelay + share.numDelays;
      uint32_t first = share.firstDelay > from ? share.firstDelay : from;
      last = last < to ? last : to;
      const uint32_t *count = counts.data() + share.firstCount;
      for (uint32_t delay = first; delay < last; ++delay) {
        words += uint64_t{count[delay - share.firstDelay]} * wordsEach;
        heads += count[delay - share.firstDelay] != 0;
      }
    }
  }
  return words + heads + words / LargestSegment + 1;
}

/// A share's words of a delay.
[[gnu::always_inline]] static inline void
copyWords(uint32_t *out, const uint32_t *from, uint64_t words) {
  memcpy(out, from, CopiedWords * sizeof(uint32_t));
  for (uint64_t word = CopiedWords; word < words; word += CopiedWords)
    memcpy(out + word, from + word, CopiedWords * sizeof(uint32_t));
}

template <uint32_t WordsEach>
[[gnu::always_inline]] inline void
RowShares::mergeAligned(uint32_t *out, uint32_t from, uint32_t to) {
  uint32_t span = end - least;
  const uint32_t *synapses = made.data(), *numbers = aligned.data();
  Share *first = shares.begin(), *last = shares.end();
  for (uint32_t i = from - least; i < to - least; ++i) {
    uint32_t *head = out++;
    const uint32_t *number = numbers + i;
    for (Share *share = first; share != last; ++share, number += span) {
      uint64_t words = uint64_t{*number} * WordsEach;
      copyWords(out, synapses + share->synapse, words);
      share->synapse += words;
      out += words;
    }
    auto here = static_cast<uint64_t>(out - head - 1);
    out = here == 0 ? head : finishSegment(head, least + i, here / WordsEach);
  }
  *out = 0;
}

/// The same where many delays have nothing.
[[gnu::always_inline]] inline void
RowShares::mergeSparse(uint32_t *out, uint32_t from, uint32_t to) {
  const uint32_t *numbers = counts.data(), *synapses = made.data();
  for (uint32_t delay = from; delay < to; ++delay) {
    uint32_t *head = out++;
    uint32_t next = to; // where a share begins
    bool any = false;
    for (Share &share : shares) {
      uint32_t place = delay - share.firstDelay;
      if (place >= share.numDelays) {
        if (share.firstDelay > delay && share.firstDelay < next)
          next = share.firstDelay;
        continue;
      }
      any = true;
      uint64_t words = uint64_t{numbers[share.firstCount + place]} * wordsEach;
      copyWords(out, synapses + share.synapse, words);
      share.synapse += words;
      out += words;
    }
    auto here = static_cast<uint64_t>(out - head - 1);
    out = here == 0 ? head : finishSegment(head, delay, here / wordsEach);
    if (!any)
      delay = next - 1;
  }
  *out = 0;
}

[[gnu::always_inline]] inline void
RowShares::mergeAny(uint32_t *out, uint32_t from, uint32_t to) {
  if (!isAligned)
    mergeSparse(out, from, to);
  else if (wordsEach == 1)
    mergeAligned<1>(out, from, to);
  else
    mergeAligned<2>(out, from, to);
}

#if defined(__x86_64__)
SNN_WIDE void RowShares::mergeAvx512(uint32_t *out, uint32_t from,
                                     uint32_t to) {
  mergeAny(out, from, to);
}
#endif

void RowShares::merge(uint32_t *out, uint32_t from, uint32_t to) {
#if defined(__x86_64__)
  if (isWide)
    return mergeAvx512(out, from, to);
#endif
  mergeAny(out, from, to);
}

/// Writes the head of a segment of so many synapses behind it, or several if
/// one cannot count them. Returns the end.
uint32_t *RowShares::finishSegment(uint32_t *head, uint32_t delay,
                                   uint64_t count) const {
  while (count > LargestSegment) {
    uint64_t words = LargestSegment * wordsEach;
    count -= LargestSegment;
    *head = makeHead(delay, LargestSegment);
    head += 1 + words;
    memmove(head + 1, head, count * wordsEach * sizeof(uint32_t));
  }
  *head = makeHead(delay, count);
  return head + 1 + count * wordsEach;
}
