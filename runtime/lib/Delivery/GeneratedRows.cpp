//===- GeneratedRows.cpp - Rows that are made when they are needed --------===//
//
// Counting writes recipes, making a row reads them.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/GeneratedRows.h"

#include "runtime/lib/Connectivity/Rules.h"
#include "runtime/lib/Connectivity/SortBySource.h"
#include "runtime/lib/Core/WideVectors.h"
#include "runtime/lib/Delivery/RowRecipe.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace snn::runtime;

// Rows of fewer delays are one.
static constexpr uint32_t LeastDivided = 8;

void GeneratedRows::create(uint32_t wordsOfSynapse, uint64_t numSources) {
  wordsEach = wordsOfSynapse;
  sources = numSources;
  shares.create(wordsOfSynapse);
}

bool GeneratedRows::add(const Connectivity &connectivity, Range wanted,
                        uint64_t origin) {
  Range tiles = connectivity.tiles().covering(wanted);
  SynapseWords fast;
  bool isFast = wordsEach == 1 && fast.create(connectivity);
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile) {
    Range range = connectivity.tiles()[tile];
    bool isWhole = range.begin >= wanted.begin && range.end <= wanted.end;
    // What is not wanted is told by its sum, of which 16 bits are kept.
    bool isToldApart = connectivity.projection().target.stride == 1;
    if (!patches.push({&connectivity, static_cast<uint32_t>(tile), wanted,
                       origin, isFast && (isWhole || isToldApart), isWhole,
                       fast}))
      return false;
  }
  return true;
}

//===- Counting -----------------------------------------------------------===//

static constexpr auto Escape = static_cast<uint8_t>(RowRecipe::Escape);

bool GeneratedRows::append(uint32_t number) {
  if (number < Escape)
    return held.push(static_cast<uint8_t>(number));
  uint8_t bytes[5] = {Escape};
  memcpy(bytes + 1, &number, sizeof(number));
  return held.append(bytes, sizeof(bytes));
}

namespace {

using Form = RowRecipe::Form;

Form formOf(const DelaySegment *begin, const DelaySegment *end, uint32_t span) {
  auto number = static_cast<uint32_t>(end - begin);
  if (RowRecipe::isSparse(span, number))
    return Form::Sparse;
  uint32_t taken = 0;
  for (; begin != end; taken = begin++->end)
    if (begin->end - taken > RowRecipe::MostOfHalf)
      return Form::Bytes;
  return Form::Halves;
}

} // namespace

/// Two numbers in a byte, the first in its lower half.
bool GeneratedRows::appendHalves(const DelaySegment *begin,
                                 const DelaySegment *end) {
  uint64_t first = held.size();
  uint32_t least = begin->steps, span = end[-1].steps - least + 1, taken = 0;
  if (!held.resize(first + (span + 1) / 2))
    return false;
  for (; begin != end; taken = begin++->end) {
    uint32_t place = begin->steps - least;
    held[first + place / 2] |=
        static_cast<uint8_t>((begin->end - taken) << (place % 2 ? 4 : 0));
  }
  return true;
}

/// A number that says how many delays and in which form (0: no edges), the
/// first delay unless all edges share one, the edges of each, and last where
/// the row's slots begin.
bool GeneratedRows::encode(const Row &row) {
  const Connectivity &connectivity = *counted->connectivity;
  const DelaySegment *begin = row.segments, *end = begin + row.numSegments;
  uint32_t first = begin->steps, last = end[-1].steps;
  uint32_t span = last - first + 1;
  Form form = formOf(begin, end, span);
  bool isSparse = form == Form::Sparse;
  bool fits = append(RowRecipe::Forms * (isSparse ? row.numSegments : span) +
                     static_cast<uint32_t>(form));
  if (!connectivity.hasConstantDelay())
    fits = fits && append(first);
  if (form == Form::Halves)
    fits = fits && appendHalves(begin, end);
  uint32_t taken = 0, at = first;
  for (const DelaySegment *segment = begin;
       form != Form::Halves && segment != end; ++segment) {
    if (isSparse)
      fits = fits && append(segment->steps - at);
    else
      for (; at != segment->steps; ++at)
        fits = fits && append(0);
    at = isSparse ? segment->steps : at + 1;
    fits = fits && append(segment->end - taken);
    taken = segment->end;
  }
  longest = last > longest ? last : longest;
  if (connectivity.projection().rule == SNN_INDEGREE)
    fits = fits && append(static_cast<uint32_t>(row.before)) &&
           append(static_cast<uint32_t>(row.before >> 32));
  return fits;
}

/// Counts the synapses onto wanted targets and adds their sizes to the bounds.
bool GeneratedRows::addSynapses(const Row &row) {
  const Patch &patch = counted[row.tile - counted->tile];
  const snn_slice &slice = patch.connectivity->projection().target;
  uint64_t least = slice.first + patch.wanted.begin * slice.stride;
  uint64_t end = slice.first + patch.wanted.end * slice.stride;
  auto *weights = static_cast<const int32_t *>(row.weights);
  int64_t common = weights ? 0 : patch.connectivity->constantWeight();
  for (uint32_t i = 0; i < row.count; ++i) {
    if (row.targets[i] < least || row.targets[i] >= end)
      continue;
    ++synapses;
    int64_t weight = weights ? weights[i] : common;
    if (weight != static_cast<int32_t>(weight))
      return fail(error, SNN_MODEL, "E0723",
                  "a weight of %lld grid units is too large for its port",
                  static_cast<long long>(weight));
    if (bounds)
      bounds[row.targets[i] + patch.origin] +=
          static_cast<uint64_t>(weight < 0 ? -weight : weight) * spikesEach;
  }
  return true;
}

/// The same for synapses that stand in `whole` as they are delivered.
void GeneratedRows::addWords(const Patch &patch, uint64_t count) {
  const Patch::Wanted wanted = patch.wantedSynapses();
  uint64_t kept = 0;
  for (const uint32_t *word = whole.data(), *end = word + count; word != end;
       ++word) {
    if (!patch.isWhole && !wanted.has(*word))
      continue;
    ++kept;
    int32_t weight = static_cast<int32_t>(*word) >> 16;
    if (bounds)
      bounds[*word & 0xffff] +=
          static_cast<uint64_t>(weight < 0 ? -weight : weight) * spikesEach;
  }
  synapses += kept;
}

/// Keeps a row's recipe until those of all its sources are there.
bool GeneratedRows::hold(const Row &row) {
  uint64_t begin = held.size();
  return (encode(row) &&
          heldRecipes.push({row.source,
                            static_cast<uint32_t>(counted - patches.data()) +
                                row.tile - counted->tile,
                            begin, held.size()})) ||
         outOfMemory(error, "the synapses");
}

bool GeneratedRows::countRow(void *opaque, const Row &row) {
  auto &self = *static_cast<GeneratedRows *>(opaque);
  return self.addSynapses(row) && self.hold(row);
}

/// A row of which targets and weights are made as they are when it is.
bool GeneratedRows::countFast(void *opaque, const RowCount &row) {
  auto &self = *static_cast<GeneratedRows *>(opaque);
  const Patch &patch = self.counted[row.tile - self.counted->tile];
  self.maker.serve(*patch.connectivity, patch.wanted);
  if (!self.maker.drawDelays(row))
    return false;
  if (!self.whole.reserve(row.count + SynapseWords::Slack))
    return outOfMemory(self.error, "the synapses");
  if (!patch.fast.fill(row, patch.origin, self.whole.data()))
    return false;
  self.addWords(patch, row.count);
  const Buffer<DelaySegment> &delays = self.maker.delays();
  return self.hold({row.source, row.tile, static_cast<uint32_t>(row.count),
                    static_cast<uint32_t>(delays.size()), nullptr, nullptr,
                    delays.data(), row.before});
}

bool GeneratedRows::count(uint64_t *sumBounds, uint64_t spikes,
                          Error &failure) {
  bounds = sumBounds;
  spikesEach = spikes;
  error = {};
  for (Range block = blockFrom(0, sources); !block.empty();
       block = blockFrom(block.end, sources))
    if (!countBlock(block)) {
      failure = error;
      return false;
    }
  return begins.push(recipes.size()) || outOfMemory(failure, "the synapses");
}

bool GeneratedRows::countBlock(Range block) {
  for (const Patch *patch = patches.begin(); patch != patches.end();) {
    const Tiles &tiles = patch->connectivity->tiles();
    counted = patch;
    bool isFast = true;
    for (;
         patch != patches.end() && patch->connectivity == counted->connectivity;
         ++patch)
      isFast &= patch->isFast;
    const Connectivity &connectivity = *counted->connectivity;
    Range wanted = {counted->tile, patch[-1].tile + uint64_t{1}};
    bool made =
        isFast
            ? connectivity.drawnRule()->countRows(connectivity, block, wanted,
                                                  countFast, this)
            : connectivity.forEachRow(
                  block, {tiles.begin(wanted.begin), tiles.begin(wanted.end)},
                  countRow, this, error);
    if (!made)
      return false;
  }
  // Rows come in an order that depends on the rule.
  if (!places.resize(block.size() * patches.size()))
    return outOfMemory(error, "the synapses");
  for (uint64_t i = 0; i < heldRecipes.size(); ++i) {
    const HeldRecipe &recipe = heldRecipes[i];
    places[(recipe.source - block.begin) * patches.size() + recipe.patch] =
        static_cast<uint32_t>(i + 1);
  }
  bool fits = true;
  for (uint64_t i = 0; i < places.size(); ++i) {
    if (i % patches.size() == 0)
      fits = fits && begins.push(recipes.size());
    if (!places[i]) {
      fits = fits && recipes.push(0);
      continue;
    }
    const HeldRecipe &recipe = heldRecipes[places[i] - 1];
    fits = fits && recipes.append(held.data() + recipe.begin,
                                  recipe.end - recipe.begin);
  }
  held.clear();
  heldRecipes.clear();
  places.clear();
  return fits || outOfMemory(error, "the synapses");
}

//===- Making -------------------------------------------------------------===//

static uint32_t decode(const uint8_t *&at) {
  uint32_t number = *at++;
  if (number == Escape) {
    memcpy(&number, at, sizeof(number));
    at += sizeof(number);
  }
  return number;
}

/// `number` numbers; returns their sum.
static uint32_t decodeAll(const uint8_t *&at, uint32_t number, uint32_t *out) {
  // In loops without branches as long as each takes a byte.
  uint32_t sum = 0, escapes = 0;
  for (uint32_t i = 0; i < number; ++i)
    escapes += at[i] == Escape;
  if (!escapes) {
    for (uint32_t i = 0; i < number; ++i)
      sum += out[i] = at[i];
    at += number;
    return sum;
  }
  for (uint32_t i = 0; i < number; ++i)
    sum += out[i] = decode(at);
  return sum;
}

/// The same for numbers that take half a byte; `out` has room for one more.
static uint32_t decodeHalves(const uint8_t *&at, uint32_t number,
                             uint32_t *out) {
  uint32_t sum = 0, bytes = (number + 1) / 2;
  for (uint32_t i = 0; i < bytes; ++i) {
    out[2 * i] = at[i] & RowRecipe::MostOfHalf;
    out[2 * i + 1] = at[i] >> 4;
    sum += (at[i] & RowRecipe::MostOfHalf) + (at[i] >> 4);
  }
  at += bytes;
  return sum;
}

/// Numbers of edges by delay, at the end of the shares' counts, and their sum.
bool GeneratedRows::decodeCounts(const uint8_t *&at, uint32_t header,
                                 uint32_t &numDelays, uint32_t &sum) {
  Buffer<uint32_t> &counts = shares.counts;
  uint64_t begin = counts.size();
  numDelays = header / RowRecipe::Forms;
  auto form = static_cast<Form>(header % RowRecipe::Forms);
  if (form != Form::Sparse) {
    if (!counts.reserveMore(numDelays + 1))
      return false;
    sum = form == Form::Halves ? decodeHalves(at, numDelays, counts.end())
                               : decodeAll(at, numDelays, counts.end());
    counts.setSize(begin + numDelays);
    return true;
  }
  sum = 0;
  for (uint32_t i = 0, number = numDelays; i < number; ++i) {
    uint64_t place = (i == 0 ? begin : counts.size() - 1) + decode(at);
    uint32_t here = decode(at);
    if (!counts.resize(place + 1))
      return false;
    counts.back() = here;
    sum += here;
  }
  numDelays = static_cast<uint32_t>(counts.size() - begin);
  return true;
}

/// A row by `fast`, whose counts stand at the end of the shares'.
bool GeneratedRows::makeFast(const Patch &patch, const RowCount &row,
                             uint32_t firstDelay, uint32_t numDelays) {
  uint64_t firstCount = shares.counts.size() - numDelays;
  uint32_t *out = shares.add(firstDelay, numDelays, firstCount, row.count);
  if (!out)
    return false;
  if (patch.isWhole)
    return patch.fast.fill(row, patch.origin, out);

  if (!whole.reserve(row.count + SynapseWords::Slack) ||
      !patch.fast.fill(row, patch.origin, whole.data()))
    return false;
  cut(patch, out, firstCount);
  return true;
}

#if defined(__x86_64__)

/// Of the synapses in `whole`, those that are wanted go to `out`; the counts
/// from `firstCount` on become theirs.
SNN_WIDE void GeneratedRows::cut(const Patch &patch, uint32_t *out,
                                 uint64_t firstCount) {
  constexpr uint32_t Lanes = 16;
  const Patch::Wanted wanted = patch.wantedSynapses();
  const __m512i least = _mm512_set1_epi32(static_cast<int>(wanted.least));
  const __m512i size = _mm512_set1_epi32(static_cast<int>(wanted.size));
  const __m512i half = _mm512_set1_epi32(0xffff);
  const uint32_t *synapse = whole.data();
  for (uint64_t i = firstCount; i < shares.counts.size(); ++i) {
    uint32_t left = shares.counts[i], kept = 0;
    for (; left; synapse += left < Lanes ? left : Lanes,
                 left -= left < Lanes ? left : Lanes) {
      __m512i words = _mm512_loadu_si512(synapse);
      __m512i place = _mm512_and_si512(_mm512_sub_epi32(words, least), half);
      __mmask16 keep =
          _mm512_cmplt_epu32_mask(place, size) &
          static_cast<__mmask16>((1u << (left < Lanes ? left : Lanes)) - 1);
      _mm512_storeu_si512(out + kept, _mm512_maskz_compress_epi32(keep, words));
      kept += static_cast<uint32_t>(__builtin_popcount(keep));
    }
    shares.counts[i] = kept;
    out += kept;
  }
  shares.shorten(out);
}

#else

void GeneratedRows::cut(const Patch &, uint32_t *, uint64_t) {
  // No row is fast here.
}

#endif

/// A patch's edges from a source; `recipe` is moved behind them.
bool GeneratedRows::makeShare(const Patch &patch, uint32_t source,
                              const uint8_t *&recipe) {
  const Connectivity &connectivity = *patch.connectivity;
  uint32_t header = decode(recipe);
  if (header == 0)
    return true;
  uint32_t first = connectivity.hasConstantDelay()
                       ? connectivity.constantDelay()
                       : decode(recipe);
  uint64_t firstCount = shares.counts.size();
  uint32_t numDelays, count;
  if (!decodeCounts(recipe, header, numDelays, count))
    return false;
  uint64_t before = 0;
  if (connectivity.projection().rule == SNN_INDEGREE) {
    before = decode(recipe);
    before |= uint64_t{decode(recipe)} << 32;
  }
  RowCount row = {source, patch.tile, count, before};
  if (patch.isFast)
    return makeFast(patch, row, first, numDelays);
  delays.clear();
  for (uint32_t i = 0, end = 0; i < numDelays; ++i) {
    uint32_t here = shares.counts[firstCount + i];
    if (here && !delays.push({static_cast<uint32_t>(first + i), end += here}))
      return false;
  }
  shares.counts.setSize(firstCount); // takeRow() has what is left of them
  maker.serve(connectivity, patch.wanted);
  served = &patch;
  uint32_t *places = maker.targetsOfRow(uint64_t{count} + 3);
  if (!places)
    return false;
  connectivity.drawnRule()->fillTargets(connectivity, row, places);
  return maker.finishCounted(row, delays.data(), delays.size());
}

bool GeneratedRows::takeRow(void *opaque, const Row &row) {
  auto &self = *static_cast<GeneratedRows *>(opaque);
  const Patch &patch = *self.served;
  uint64_t words = uint64_t{row.count} * self.wordsEach;
  uint32_t first = row.segments->steps, end = 0;
  uint32_t last = row.segments[row.numSegments - 1].steps;
  Buffer<uint32_t> &counts = self.shares.counts;
  uint64_t firstCount = counts.size();
  uint32_t numDelays = last - first + 1;
  if (!counts.resize(firstCount + numDelays))
    return false;
  for (uint32_t i = 0; i < row.numSegments; ++i) {
    const DelaySegment &segment = row.segments[i];
    counts[firstCount + segment.steps - first] = segment.end - end;
    end = segment.end;
  }
  uint32_t *out = self.shares.add(first, numDelays, firstCount, words);
  if (!out)
    return false;
  auto *weights = static_cast<const uint32_t *>(row.weights);
  auto common =
      static_cast<uint32_t>(weights ? 0 : patch.connectivity->constantWeight());
  auto origin = static_cast<uint32_t>(patch.origin);
  for (uint32_t i = 0; i < row.count; ++i) {
    uint32_t sum = row.targets[i] + origin;
    uint32_t weight = weights ? weights[i] : common;
    if (self.wordsEach == 1) {
      out[i] = sum | weight << 16;
    } else {
      out[2 * i] = sum;
      out[2 * i + 1] = weight;
    }
  }
  return true;
}

/// Writes the segments of the delays [from, to), a row of their own.
bool GeneratedRows::startPart(RowCursors &cursors, RowRing &ring,
                              uint64_t emitted, uint32_t from, uint32_t to) {
  uint32_t *row = ring.take(shares.mostWords(from, to), emitted, to - 1);
  if (!row)
    return false;
  shares.merge(row, from, to);
  // Of a tile that is cut, nothing may be left.
  return !*row || cursors.start(row, emitted + delayOfHead(*row));
}

bool GeneratedRows::start(RowCursors &cursors, uint64_t source,
                          uint64_t emitted) {
  shares.clear();
  early.fetchNext();
  late.fetchNext();
  const uint8_t *recipe = recipes.data() + begins[source];
  for (const Patch &patch : patches)
    if (!makeShare(patch, static_cast<uint32_t>(source), recipe))
      return false;
  if (shares.empty())
    return true;
  shares.finish();
  uint32_t least = shares.leastDelay(), end = shares.endDelay();
  uint32_t middle = least + (end - least + 1) / 2;
  if (end - least < LeastDivided)
    return startPart(cursors, early, emitted, least, end);
  return startPart(cursors, early, emitted, least, middle) &&
         startPart(cursors, late, emitted, middle, end);
}

uint64_t GeneratedRows::bytes() const {
  return begins.size() * sizeof(uint64_t) + recipes.size() + early.bytes() +
         late.bytes();
}
