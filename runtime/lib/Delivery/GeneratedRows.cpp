//===- GeneratedRows.cpp - Rows that are made when they are needed --------===//
//
// Numbers of recipes are written in base 128, lower digits first, with a bit
// that says whether another digit follows: nearly all take one byte.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/GeneratedRows.h"

#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

// Sources whose rows are counted together.
static constexpr uint64_t BlockSources = 64;

// Words that are copied at once when shares are merged.
static constexpr uint64_t CopiedWords = 16;

bool GeneratedRows::add(const Connectivity &connectivity, Range wanted,
                        uint64_t origin) {
  Range tiles = connectivity.tiles().covering(wanted);
  for (uint64_t tile = tiles.begin; tile < tiles.end; ++tile)
    if (!patches.push(
            {&connectivity, static_cast<uint32_t>(tile), wanted, origin}))
      return false;
  return true;
}

//===- Counting -----------------------------------------------------------===//

bool GeneratedRows::append(uint32_t number) {
  for (; number >= 128; number >>= 7)
    if (!held.push(static_cast<uint8_t>(number | 128)))
      return false;
  return held.push(static_cast<uint8_t>(number));
}

/// How many delays there are between the least and the largest, the least, and
/// the edges of each of them; a delay that all edges share is not told. Last,
/// where the row's slots begin.
bool GeneratedRows::encode(const Row &row) {
  const Connectivity &connectivity = *counted->connectivity;
  const DelaySegment *last = row.segments + row.numSegments - 1;
  uint32_t first = row.segments->steps, end = 0;
  bool fits = append(last->steps - first + 1);
  if (!connectivity.hasConstantDelay())
    fits = fits && append(first);
  const DelaySegment *segment = row.segments;
  for (uint32_t delay = first; delay <= last->steps; ++delay) {
    bool any = segment->steps == delay;
    fits = fits && append(any ? segment->end - end : 0);
    end = any ? segment++->end : end;
  }
  longest = last->steps > longest ? last->steps : longest;
  if (connectivity.projection().rule == SNN_INDEGREE)
    fits = fits && append(static_cast<uint32_t>(row.before)) &&
           append(static_cast<uint32_t>(row.before >> 32));
  return fits;
}

bool GeneratedRows::addBounds(const Row &row) {
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

bool GeneratedRows::countRow(void *opaque, const Row &row) {
  auto &self = *static_cast<GeneratedRows *>(opaque);
  uint64_t begin = self.held.size();
  if (!self.addBounds(row))
    return false;
  if (!self.encode(row) ||
      !self.heldRecipes.push(
          {row.source,
           static_cast<uint32_t>(self.counted - self.patches.data()) +
               row.tile - self.counted->tile,
           begin, self.held.size()}))
    return outOfMemory(self.error, "the synapses");
  return true;
}

bool GeneratedRows::count(uint64_t *sumBounds, uint64_t spikes,
                          Error &failure) {
  bounds = sumBounds;
  spikesEach = spikes;
  error = {};
  for (uint64_t begin = 0; begin < sources; begin += BlockSources) {
    Range block = {begin, begin + BlockSources < sources ? begin + BlockSources
                                                         : sources};
    if (!countBlock(block)) {
      failure = error;
      return false;
    }
  }
  bool fits = begins.push(recipes.size());
  return fits || outOfMemory(failure, "the synapses");
}

bool GeneratedRows::countBlock(Range block) {
  for (const Patch *patch = patches.begin(); patch != patches.end();) {
    const Tiles &tiles = patch->connectivity->tiles();
    counted = patch;
    while (patch != patches.end() &&
           patch->connectivity == counted->connectivity)
      ++patch;
    Range whole = {tiles.begin(counted->tile), tiles.begin(patch[-1].tile + 1)};
    if (!counted->connectivity->forEachRow(block, whole, countRow, this, error))
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
  uint32_t number = *at & 127;
  for (unsigned shift = 7; *at++ & 128; shift += 7)
    number |= static_cast<uint32_t>(*at & 127) << shift;
  return number;
}

/// A patch's edges from a source; `recipe` is moved behind them.
bool GeneratedRows::makeShare(const Patch &patch, uint32_t source,
                              const uint8_t *&recipe) {
  const Connectivity &connectivity = *patch.connectivity;
  uint32_t numDelays = decode(recipe);
  if (numDelays == 0)
    return true;
  uint32_t delay = connectivity.hasConstantDelay()
                       ? connectivity.constantDelay()
                       : decode(recipe);
  delays.clear();
  if (!delays.reserve(numDelays))
    return false;
  uint32_t count = 0, kept = 0;
  for (uint32_t i = 0; i < numDelays; ++i, ++delay) {
    uint32_t here = decode(recipe);
    count += here;
    delays.data()[kept] = {delay, count};
    kept += here != 0;
  }
  delays.setSize(kept);
  uint64_t before = 0;
  if (connectivity.projection().rule == SNN_INDEGREE) {
    before = decode(recipe);
    before |= uint64_t{decode(recipe)} << 32;
  }
  RowCount row = {source, patch.tile, count, before};
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
  uint64_t segment = self.madeSegments.size();
  if (!self.shares.push(
          {self.made.size(), segment, segment + row.numSegments, 0}) ||
      !self.madeSegments.append(row.segments, row.numSegments) ||
      !self.made.reserveMore(words + CopiedWords))
    return false;
  uint32_t *out = self.made.end();
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
  self.made.setSize(self.made.size() + words);
  return true;
}

/// The shares as one row, in the ring. Null without memory.
uint32_t *GeneratedRows::merge(uint64_t emitted) {
  uint64_t count = made.size() / wordsEach;
  uint64_t heads = madeSegments.size() + count / LargestSegment + 1;
  uint32_t *row =
      ring.take(made.size() + heads + RowCursors::Slack, emitted, longest);
  if (!row)
    return nullptr;
  uint32_t least = UINT32_MAX, most = 0;
  for (const Share &share : shares) {
    uint32_t first = madeSegments[share.segment].steps;
    uint32_t last = madeSegments[share.endSegment - 1].steps;
    least = first < least ? first : least;
    most = last > most ? last : most;
  }
  uint32_t *out = row;
  for (uint32_t delay = least; delay <= most; ++delay) {
    uint32_t *head = out++;
    for (Share &share : shares) {
      const DelaySegment &segment = madeSegments.data()[share.segment];
      if (share.segment == share.endSegment || segment.steps != delay)
        continue;
      ++share.segment;
      uint64_t words = uint64_t{segment.end - share.taken} * wordsEach;
      share.taken = segment.end;
      const uint32_t *from = made.data() + share.synapse;
      share.synapse += words;
      for (uint64_t word = 0; word < words; word += CopiedWords)
        memcpy(out + word, from + word, CopiedWords * sizeof(uint32_t));
      out += words;
    }
    uint64_t here = static_cast<uint64_t>(out - head - 1) / wordsEach;
    if (here == 0)
      out = head;
    else
      out = finishSegment(head, delay, here);
  }
  *out = 0;
  return row;
}

/// Writes the head of a segment of so many synapses behind it, or several if
/// one cannot count them. Returns the end.
uint32_t *GeneratedRows::finishSegment(uint32_t *head, uint32_t delay,
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

bool GeneratedRows::start(RowCursors &cursors, uint64_t source,
                          uint64_t emitted) {
  made.clear();
  madeSegments.clear();
  shares.clear();
  const uint8_t *recipe = recipes.data() + begins[source];
  for (const Patch &patch : patches)
    if (!makeShare(patch, static_cast<uint32_t>(source), recipe))
      return false;
  if (shares.empty())
    return true;
  const uint32_t *row = merge(emitted);
  return row && cursors.start(row, emitted + delayOfHead(*row));
}

uint64_t GeneratedRows::bytes() const {
  return begins.size() * sizeof(uint64_t) + recipes.size() + ring.bytes();
}
