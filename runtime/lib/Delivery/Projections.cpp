//===- Projections.cpp - Spikes to synapses to sums -----------------------===//
//
// Rows lie anywhere in a large table, so those of the next spikes are fetched
// while one is delivered.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Projections.h"

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Connectivity/SynapseEstimate.h"
#include "runtime/lib/Core/Grouping.h"
#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/BundleBuilder.h"

using namespace snn::runtime;

// Spikes ahead of the one delivered, whose synapses are fetched, and of those,
// whose places in the table are.
static constexpr uint64_t AheadSynapses = 4;
static constexpr uint64_t AheadRows = 12;

// Synapses in a line of the cache, and those of a row that are fetched a step
// ahead; the processor sees for itself where a longer one goes on.
static constexpr uint64_t LineSynapses = 16;
static constexpr uint64_t FetchedSynapses = 128;

// Of the synapses of a generated row, three of four wait for half of its delays
// and the others for all.
static constexpr double ShareOfDelays = 0.75 * 0.5 + 0.25;

// Spikes under way when they are most, for one in the mean; of the cortical
// microcircuit.
static constexpr double Burst = 3.5;

bool Projections::create(const snn_model &definition, uint32_t threadCount,
                         bool spare, Error &error) {
  model = &definition;
  threads = threadCount;
  sparing = spare;
  if (!classify(error) || !createBundles(error))
    return false;
  if (!matrices.create(dense.size()) || !kernels.create(toeplitz.size()) ||
      !parts.create(singles.size() * threads))
    return outOfMemory(error, "the synapses");
  for (uint64_t i = 0; i < dense.size(); ++i)
    if (!matrices[i].create(*model, dense[i], threads, shelf, error))
      return false;
  for (uint64_t i = 0; i < toeplitz.size(); ++i)
    if (!kernels[i].create(*model, toeplitz[i], threads, shelf, error))
      return false;
  return true;
}

bool Projections::isGenerated(uint32_t p) const {
  uint32_t storage = model->projections[p].storage;
  return storage == SNN_PROCEDURAL || (storage == SNN_EITHER && sparing);
}

Bundle::Kind Projections::kindOf(uint32_t p) const {
  return isKernel(p) || denseKindOf(p) != DenseProjection::Kind::None
             ? Bundle::Kind::None
             : Bundle::kindOf(model->projections[p], isGenerated(p));
}

DenseProjection::Kind Projections::denseKindOf(uint32_t p) const {
  const snn_projection &projection = model->projections[p];
  bool made = isGenerated(p) &&
              Bundle::kindOf(projection, true) == Bundle::Kind::Generated;
  return made ? DenseProjection::Kind::None
              : DenseProjection::kindOf(*model, projection);
}

bool Projections::isKernel(uint32_t p) const {
  return ToeplitzProjection::keeps(*model, model->projections[p]);
}

/// Which projections go how.
bool Projections::classify(Error &error) {
  bundled.clear();
  dense.clear();
  toeplitz.clear();
  bundleBegins.clear();
  singles.clear();
  Buffer<bool> done;
  Grouping bySource;
  auto sourceOf = [&](uint32_t p) {
    return model->projections[p].source.population;
  };
  if (!done.resize(model->num_projections) ||
      !bySource.create(model->num_populations, model->num_projections,
                       sourceOf))
    return outOfMemory(error, "the synapses");
  auto add = [&](uint32_t p) {
    done[p] = true;
    return bundled.push(p);
  };
  for (uint32_t p = 0; p < model->num_projections; ++p) {
    const snn_projection &first = model->projections[p];
    if (done[p] || first.plasticity || first.coupling)
      continue;
    Bundle::Kind kind = kindOf(p);
    bool isDense = denseKindOf(p) != DenseProjection::Kind::None;
    bool fits = isDense       ? dense.push(p)
                : isKernel(p) ? toeplitz.push(p)
                : kind == Bundle::Kind::None
                    ? singles.push(p)
                    : bundleBegins.push(bundled.size());
    if (kind != Bundle::Kind::None)
      for (uint32_t other : bySource[first.source.population])
        if (!done[other] && kindOf(other) == kind &&
            Bundle::together(*model, kind, first, model->projections[other]))
          fits = fits && add(other);
    if (!fits)
      return outOfMemory(error, "the synapses");
  }
  return bundleBegins.push(bundled.size()) ||
         outOfMemory(error, "the synapses");
}

bool Projections::createBundles(Error &error) {
  if (!bundles.create(bundleBegins.size() - 1))
    return outOfMemory(error, "the synapses");
  for (uint64_t b = 0; b < bundles.size(); ++b)
    if (!bundles[b].create(*model, bundled.data() + bundleBegins[b],
                           bundleBegins[b + 1] - bundleBegins[b],
                           kindOf(bundled[bundleBegins[b]]), threads, shelf,
                           error))
      return false;
  return true;
}

bool Projections::estimate(snn_memory &memory, LargestProjections &largest,
                           uint64_t &temporary, Error &error) const {
  auto add = [&](uint64_t bytes) {
    if (__builtin_add_overflow(memory.synapses, bytes, &memory.synapses))
      memory.synapses = UINT64_MAX;
  };
  SynapseEstimate one;
  SharedDelays delays;
  auto ask = [&](uint32_t p, SharedDelays *shared) {
    if (!estimateSynapses(*model, p, threads, shelf, one, error, shared))
      return false;
    // At most 2^48 in each of at most 2^32.
    if (__builtin_add_overflow(memory.expected_synapses, one.synapses,
                               &memory.expected_synapses))
      memory.expected_synapses = UINT64_MAX;
    temporary = one.temporary > temporary ? one.temporary : temporary;
    return true;
  };
  for (uint32_t p : singles) {
    if (!ask(p, nullptr))
      return false;
    add(one.bytes);
    largest.add(model->projections[p].path, one.synapses, one.bytes);
  }
  for (uint32_t p : dense) {
    if (!ask(p, nullptr))
      return false;
    const snn_projection &projection = model->projections[p];
    auto synapses = static_cast<double>(one.synapses);
    uint64_t bytes = DenseProjection::expectedBytes(projection, denseKindOf(p),
                                                    threads, synapses);
    uint64_t building =
        one.temporary +
        DenseProjection::temporaryBytes(projection, denseKindOf(p), synapses);
    temporary = building > temporary ? building : temporary;
    add(bytes);
    largest.add(projection.path, one.synapses, bytes);
  }
  for (const ToeplitzProjection &kernel : kernels) {
    if (!ask(kernel.number(), nullptr))
      return false;
    uint64_t building = kernel.temporaryBytes();
    temporary = building > temporary ? building : temporary;
    add(kernel.expectedBytes());
    largest.add(model->projections[kernel.number()].path, one.synapses,
                kernel.expectedBytes());
  }
  for (uint64_t b = 0; b < bundles.size(); ++b) {
    Bundle::Kind kind = kindOf(bundled[bundleBegins[b]]);
    bool generated = kind == Bundle::Kind::Generated;
    uint64_t rows = 0, synapses = 0;
    bool isShort = true;
    double lastDelay = 0; // of a generated row
    if (!delays.create())
      return outOfMemory(error, "an estimate of memory");
    for (uint64_t i = bundleBegins[b]; i < bundleBegins[b + 1]; ++i) {
      uint32_t p = bundled[i];
      if (!ask(p, &delays))
        return false;
      rows = (model->projections[p].source.count + 1) * threads;
      synapses += one.synapses;
      isShort &= one.shortWeights;
      uint64_t bytes =
          kind == Bundle::Kind::Targets
              ? TargetRows::SynapseBytes * one.synapses
              : Bundle::synapseBytes(one.shortWeights) * one.synapses;
      if (generated) {
        RecipeEstimate recipe;
        if (!estimateRecipes(p, recipe, error))
          return false;
        lastDelay = recipe.lastDelay > lastDelay ? recipe.lastDelay : lastDelay;
        bytes = static_cast<uint64_t>(recipe.bytes);
        add(bytes);
      }
      largest.add(model->projections[p].path, one.synapses, bytes);
    }
    if (kind == Bundle::Kind::Targets) {
      add(TargetRows::SynapseBytes * synapses + rows * sizeof(uint64_t));
      continue;
    }
    add(threads * RowCursors::QueueBytes);
    if (generated) {
      add(rows * sizeof(uint64_t));
      // Rows of the spikes under way, of which there are in bursts more than in
      // the mean.
      double all =
          static_cast<double>(Bundle::synapseBytes(isShort)) *
              static_cast<double>(synapses) +
          sizeof(uint32_t) * delays.expected() * static_cast<double>(rows);
      add(static_cast<uint64_t>(Burst * ShareOfDelays * SupposedRate *
                                lastDelay * model->step * all) +
          2 * threads * RowRing::ChunkBytes);
      continue;
    }
    add(Bundle::synapseBytes(isShort) * synapses);
    add(static_cast<uint64_t>(static_cast<double>(rows) *
                              StoredRows::rowBytes(delays.expected())));
    uint64_t held = BundleBuilder::heldBytes(
        Bundle::synapseBytes(isShort) * synapses, rows / threads);
    temporary = held > temporary ? held : temporary;
  }
  return true;
}

/// Of all rows of a projection: what their recipes take, and how long a row is
/// under way.
bool Projections::estimateRecipes(uint32_t p, RecipeEstimate &out,
                                  Error &error) const {
  Connectivity connectivity;
  Buffer<double> shares;
  if (!connectivity.create(model->projections[p], model->step,
                           model->seeds.network, shelf, error))
    return false;
  if (!delayShares(connectivity, shares))
    return outOfMemory(error, "an estimate of memory");
  // A tile that threads share is counted by each of them.
  uint64_t tiles = connectivity.tiles().count();
  auto rows = static_cast<double>(connectivity.numSources() *
                                  (tiles == 1 ? threads : tiles));
  auto drawn = static_cast<double>(connectivity.numSources() * tiles);
  double edges = drawn == 0 ? 0 : connectivity.expectedEdges() / drawn;
  out = estimateRecipe(shares, edges);
  out.bytes *= rows;
  return true;
}

bool Projections::build(const ObjectArray<Population> &populations,
                        const Arena &arena, uint32_t thread, SumBounds &bounds,
                        Error &error) {
  for (uint64_t i = 0; i < singles.size(); ++i) {
    uint32_t p = singles[i];
    Part &own = part(i, thread);
    const Population &target =
        populations[model->projections[p].target.population];
    if (!buildSynapses(*model, p, target.range(thread), shelf, own.synapses,
                       error))
      return false;
    uint32_t longest = 0;
    for (const Segment &segment : own.synapses.segments)
      longest = segment.delay > longest ? segment.delay : longest;
    if (!own.synapses.constantDelay && !own.calendar.create(longest))
      return outOfMemory(error, "the spikes under way");
    addBounds(p, own.synapses, target, thread, bounds);
  }
  for (DenseProjection &matrix : matrices) {
    uint32_t target = model->projections[matrix.number()].target.population;
    if (!matrix.build(populations[target], thread, bounds, error))
      return false;
  }
  for (ToeplitzProjection &kernel : kernels) {
    uint32_t target = model->projections[kernel.number()].target.population;
    if (!kernel.build(populations[target], thread, bounds, error))
      return false;
  }
  for (Bundle &bundle : bundles)
    if (!bundle.build(populations, arena, thread, bounds, error))
      return false;
  return true;
}

/// The size of every weight, at its sum.
void Projections::addBounds(uint32_t p, const Synapses &synapses,
                            const Population &target, uint32_t thread,
                            SumBounds &bounds) const {
  const snn_projection &projection = model->projections[p];
  if (projection.sum_field == SNN_NONE)
    return;
  uint64_t *bound =
      bounds.from(target.sumOffset(thread, projection.sum_field),
                  target.model().fields[projection.sum_field].element);
  if (!bound)
    return;
  uint64_t first = target.range(thread).begin;
  uint64_t spikes =
      SumBounds::spikesInStep(model->populations[projection.source.population]);
  auto *weights = reinterpret_cast<const int32_t *>(synapses.weights.data());
  for (uint64_t i = 0; i < synapses.size(); ++i) {
    int64_t weight = synapses.constantWeight ? synapses.weight : weights[i];
    bound[synapses.targets[i] - first] +=
        static_cast<uint64_t>(weight < 0 ? -weight : weight) * spikes;
  }
}

uint32_t Projections::longestLookBack(uint32_t population) const {
  uint32_t longest = 1;
  for (uint64_t i = 0; i < parts.size(); ++i) {
    const snn_projection &projection = model->projections[singles[i / threads]];
    const Synapses &synapses = parts[i].synapses;
    if (projection.source.population == population && synapses.constantDelay &&
        synapses.delay > longest)
      longest = synapses.delay;
  }
  for (const DenseProjection &matrix : matrices)
    if (matrix.sourcePopulation() == population && matrix.lookBack() > longest)
      longest = matrix.lookBack();
  for (const ToeplitzProjection &kernel : kernels)
    if (kernel.sourcePopulation() == population && kernel.lookBack() > longest)
      longest = kernel.lookBack();
  for (const Bundle &bundle : bundles)
    if (bundle.sourcePopulation() == population && bundle.lookBack() > longest)
      longest = bundle.lookBack();
  return longest;
}

struct Projections::Delivery {
  const snn_projection &projection;
  Part &part;
  Worker &worker;
  void *const *fields;
  const void *constants;
  uint64_t weightBytes;

  Delivery(const snn_projection &projection, Part &part, Worker &worker,
           const Population &target)
      : projection(projection), part(part), worker(worker),
        fields(target.fields(worker.thread)), constants(target.constants()),
        weightBytes(part.synapses.constantWeight
                        ? 0
                        : elementBytes(projection.weight_element)) {}

  void synapses(uint64_t first, uint64_t count) {
    const Synapses &table = part.synapses;
    worker.synapticEvents += count;
    ++worker.segments;
    projection.deliver(fields, constants, table.targets.data() + first,
                       weightBytes ? table.weights.data() + first * weightBytes
                                   : nullptr,
                       table.weight, /*payload=*/1, count);
  }

  void fetch(uint64_t first) {
    const Synapses &table = part.synapses;
    __builtin_prefetch(table.targets.data() + first);
    if (weightBytes)
      __builtin_prefetch(table.weights.data() + first * weightBytes);
  }

  void spikesOf(const Buffer<uint32_t> &spikes);
  void startCursors(const Buffer<uint32_t> &spikes, uint64_t emitted);
  void advanceCursors(uint64_t arrival);
};

/// The rows of spikes whose synapses all arrive now.
void Projections::Delivery::spikesOf(const Buffer<uint32_t> &spikes) {
  const uint64_t *rows = part.synapses.rows.data();
  uint64_t count = spikes.size();
  auto source = [&](uint64_t i) {
    return sliceIndex(projection.source, spikes[i]);
  };
  for (uint64_t i = 0; i < count; ++i) {
    if (i + AheadRows < count) {
      uint64_t ahead = source(i + AheadRows);
      if (ahead != UINT64_MAX)
        __builtin_prefetch(rows + ahead);
    }
    if (i + AheadSynapses < count) {
      uint64_t ahead = source(i + AheadSynapses);
      if (ahead != UINT64_MAX)
        fetch(rows[ahead]);
    }
    uint64_t row = source(i);
    if (row != UINT64_MAX && rows[row] != rows[row + 1])
      synapses(rows[row], rows[row + 1] - rows[row]);
  }
}

void Projections::Delivery::startCursors(const Buffer<uint32_t> &spikes,
                                         uint64_t emitted) {
  const Synapses &table = part.synapses;
  for (uint32_t spike : spikes) {
    uint64_t row = sliceIndex(projection.source, spike);
    if (row == UINT64_MAX)
      continue;
    uint64_t first = table.segmentRows[row], end = table.segmentRows[row + 1];
    if (first == end)
      continue;
    uint64_t due = emitted + table.segments[first].delay;
    if (!part.calendar.due(due).push({table.rows[row], first, end}))
      worker.outOfMemory = true;
    fetch(table.rows[row]);
  }
}

/// By source, then step of emission: of the cursors in one row, the one in the
/// later segment has the longer delay, so its spike is the older.
int Projections::compareCursors(const void *left, const void *right) {
  auto &a = *static_cast<const Cursor *>(left);
  auto &b = *static_cast<const Cursor *>(right);
  if (a.end != b.end)
    return a.end < b.end ? -1 : 1;
  return a.segment > b.segment ? -1 : a.segment < b.segment;
}

void Projections::Delivery::advanceCursors(uint64_t arrival) {
  const Synapses &table = part.synapses;
  Buffer<Cursor> &due = part.calendar.due(arrival);
  if (projection.sum_field == SNN_NONE && due.size() > 1)
    qsort(due.data(), due.size(), sizeof(Cursor), compareCursors);
  for (uint64_t i = 0; i < due.size(); ++i) {
    if (i + AheadSynapses < due.size())
      fetch(due[i + AheadSynapses].synapse);
    Cursor cursor = due[i];
    const Segment *segment = table.segments.data() + cursor.segment;
    synapses(cursor.synapse, segment->count);
    if (cursor.segment + 1 == cursor.end)
      continue;
    // Never the list that is walked: delays in a row ascend, and differ by
    // less than the calendar is long.
    uint64_t next = arrival - segment->delay + segment[1].delay;
    if (!part.calendar.due(next).push(
            {cursor.synapse + segment->count, cursor.segment + 1, cursor.end}))
      worker.outOfMemory = true;
  }
  due.clear();
}

void Projections::deliver(Worker &worker, uint64_t step,
                          ObjectArray<SpikeHistory> &histories,
                          const ObjectArray<Population> &populations) {
  uint32_t item = 0;
  uint64_t events = worker.synapticEvents, segments = worker.segments;
  for (Range &neurons : worker.reached)
    neurons = {};
  auto finish = [&] {
    if (worker.synapticEvents != events)
      reachTargets(item, worker);
    worker.watch.count(item, worker.synapticEvents - events,
                       worker.segments - segments);
    worker.watch.split(Phase::Delivery, item++);
    events = worker.synapticEvents;
    segments = worker.segments;
  };
  // Few neurons of a population spike in a step: what their rows are made of is
  // fetched for all populations at once.
  for (const Bundle &bundle : bundles)
    bundle.fetchBegins(worker, step, histories[bundle.sourcePopulation()]);
  for (const Bundle &bundle : bundles)
    bundle.fetchRecipes(worker, step, histories[bundle.sourcePopulation()]);
  for (Bundle &bundle : bundles) {
    bundle.deliver(worker, step, histories[bundle.sourcePopulation()]);
    finish();
  }
  for (DenseProjection &matrix : matrices) {
    const snn_slice &target = model->projections[matrix.number()].target;
    matrix.deliver(worker, step, histories[matrix.sourcePopulation()],
                   populations[target.population]);
    finish();
  }
  for (ToeplitzProjection &kernel : kernels) {
    const snn_slice &target = model->projections[kernel.number()].target;
    kernel.deliver(worker, step, histories[kernel.sourcePopulation()],
                   populations[target.population]);
    finish();
  }
  for (uint64_t i = 0; i < singles.size(); ++i) {
    deliverSingle(i, worker, step, histories, populations);
    finish();
  }
}

/// Of projections that are delivered together.
void Projections::reachTargets(uint32_t item, Worker &worker) const {
  auto [first, count] = members(item);
  for (const uint32_t *p = first; p != first + count; ++p) {
    const snn_slice &target = model->projections[*p].target;
    uint64_t end = sliceNeuron(target, target.count - 1) + 1;
    Range &hull = worker.reached[target.population];
    if (hull.empty())
      hull = {target.first, end};
    hull.begin = hull.begin < target.first ? hull.begin : target.first;
    hull.end = hull.end > end ? hull.end : end;
  }
}

void Projections::deliverSingle(uint64_t i, Worker &worker, uint64_t step,
                                ObjectArray<SpikeHistory> &histories,
                                const ObjectArray<Population> &populations) {
  uint64_t arrival = step + 1;
  const snn_projection &projection = model->projections[singles[i]];
  Part &own = part(i, worker.thread);
  if (!own.synapses.size())
    return;
  Delivery delivery(projection, own, worker,
                    populations[projection.target.population]);
  SpikeHistory &history = histories[projection.source.population];
  if (own.synapses.constantDelay) {
    if (arrival >= own.synapses.delay)
      for (uint32_t thread = 0; thread < threads; ++thread)
        delivery.spikesOf(history.list(arrival - own.synapses.delay, thread));
    return;
  }
  for (uint32_t thread = 0; thread < threads; ++thread)
    delivery.startCursors(history.list(step, thread), step);
  delivery.advanceCursors(arrival);
}

void Projections::fetchNext(const Worker &worker, uint64_t step,
                            ObjectArray<SpikeHistory> &histories) {
  uint64_t arrival = step + 2;
  for (Bundle &bundle : bundles)
    bundle.fetchNext(worker, step, histories[bundle.sourcePopulation()]);
  for (uint64_t i = 0; i < singles.size(); ++i) {
    const Synapses &table = part(i, worker.thread).synapses;
    if (!table.constantDelay || !table.size() || arrival < table.delay)
      continue;
    const snn_slice &source = model->projections[singles[i]].source;
    uint64_t bytes =
        table.constantWeight
            ? 0
            : elementBytes(model->projections[singles[i]].weight_element);
    for (uint32_t thread = 0; thread < threads; ++thread) {
      // What other threads emit in this step is not to be looked at yet.
      if (table.delay == 1 && thread != worker.thread)
        continue;
      const Buffer<uint32_t> &spikes =
          histories[source.population].list(arrival - table.delay, thread);
      for (uint64_t s = 0; s < spikes.size() && s < AheadSynapses; ++s) {
        uint64_t row = sliceIndex(source, spikes[s]);
        if (row == UINT64_MAX)
          continue;
        uint64_t end = table.rows[row + 1];
        if (end - table.rows[row] > FetchedSynapses)
          end = table.rows[row] + FetchedSynapses;
        for (uint64_t synapse = table.rows[row]; synapse < end;
             synapse += LineSynapses) {
          __builtin_prefetch(table.targets.data() + synapse);
          if (bytes)
            __builtin_prefetch(table.weights.data() + synapse * bytes);
        }
      }
    }
  }
}

void Projections::clear() {
  for (Bundle &bundle : bundles)
    bundle.clear();
  for (Part &each : parts)
    if (!each.synapses.constantDelay)
      each.calendar.clear();
}

uint64_t Projections::numSynapses() const {
  uint64_t sum = 0;
  for (const Part &each : parts)
    sum += each.synapses.size();
  for (const DenseProjection &matrix : matrices)
    sum += matrix.numSynapses();
  for (const ToeplitzProjection &kernel : kernels)
    sum += kernel.numSynapses();
  for (const Bundle &bundle : bundles)
    sum += bundle.numSynapses();
  return sum;
}

uint64_t Projections::bytes() const {
  uint64_t sum = 0;
  for (const Part &each : parts)
    sum += each.synapses.bytes();
  for (const DenseProjection &matrix : matrices)
    sum += matrix.bytes();
  for (const ToeplitzProjection &kernel : kernels)
    sum += kernel.bytes();
  for (const Bundle &bundle : bundles)
    sum += bundle.bytes();
  return sum;
}

Projections::Members Projections::members(uint32_t item) const {
  if (item < bundles.size())
    return {bundled.data() + bundleBegins[item],
            bundleBegins[item + 1] - bundleBegins[item]};
  uint64_t single = item - bundles.size();
  if (single < matrices.size())
    return {dense.data() + single, 1};
  single -= matrices.size();
  if (single < kernels.size())
    return {toeplitz.data() + single, 1};
  return {singles.data() + single - kernels.size(), 1};
}

Projections::Item Projections::item(uint32_t number) const {
  auto [first, count] = members(number);
  if (number < bundles.size()) {
    const Bundle &bundle = bundles[number];
    return {first, count, bundle.storage(), bundle.numSynapses(),
            bundle.bytes()};
  }
  uint64_t single = number - bundles.size();
  if (single < matrices.size()) {
    const DenseProjection &matrix = matrices[single];
    return {first, count, matrix.storage(), matrix.numSynapses(),
            matrix.bytes()};
  }
  single -= matrices.size();
  if (single < kernels.size()) {
    const ToeplitzProjection &kernel = kernels[single];
    return {first, count, "kernel", kernel.numSynapses(), kernel.bytes()};
  }
  single -= kernels.size();
  const snn_projection &projection = model->projections[singles[single]];
  bool weights = false, delays = false;
  uint64_t synapses = 0, bytes = 0;
  for (uint32_t thread = 0; thread < threads; ++thread) {
    const Synapses &table = parts[single * threads + thread].synapses;
    weights |= !table.constantWeight;
    delays |= !table.constantDelay;
    synapses += table.size();
    bytes += table.bytes();
  }
  const char *storage = projection.sum_field == SNN_NONE ? "handler's rows"
                        : weights                        ? "targets, weights"
                                                         : "targets";
  if (delays)
    storage = projection.sum_field == SNN_NONE ? "handler's rows by delay"
              : weights                        ? "targets, weights by delay"
                                               : "targets by delay";
  return {first, count, storage, synapses, bytes};
}
