//===- PlasticTurn.cpp - What plastic projections do in a step ------------===//
//
// Rows lie anywhere in a large table, so those of the next spikes are fetched
// while one is delivered; where `on_post` does not wait,
// the synapses of a target lie anywhere in it one by one, so those of a chunk
// are fetched while the chunk before is changed.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/PlasticTurn.h"
#include "runtime/lib/Core/Slice.h"

using namespace snn::runtime;

// Spikes ahead of the one delivered, whose synapses are fetched, and of those,
// whose places in the table are.
static constexpr uint64_t AheadSynapses = 2;
static constexpr uint64_t AheadRows = 8;

// Synapses of a target ahead of the one that is looked at.
static constexpr uint64_t AheadListed = 16;

/// Sends to the sum that is due after a dendritic delay.
void Plasticity::Turn::aimAt(uint32_t dendritic) {
  part.fields[projection.sum_field] =
      dendritic
          ? all.laterSums[rule.later].due(worker.thread, stamp + dendritic)
          : target.fields(worker.thread)[projection.sum_field];
}

//===- Spikes of the source -----------------------------------------------===//

void Plasticity::Turn::callRow(uint64_t row, const void *pre) {
  uint64_t begin = rows.rows[row], end = rows.rows[row + 1];
  if (rule.split.dendritic != DelaySplit::Differs) {
    if (begin != end)
      call(pre, begin, end);
    return;
  }
  for (uint64_t s = rows.segmentRows[row]; s < rows.segmentRows[row + 1]; ++s) {
    const Segment &segment = rows.segments[s];
    aimAt(rule.split.dendriticOf(segment.delay));
    call(pre, begin, begin + segment.count);
    begin += segment.count;
  }
}

void Plasticity::Turn::fetch(uint64_t synapse) const {
  __builtin_prefetch(rows.targets.data() + synapse);
  for (uint32_t s = 0; s < plastic.num_states; ++s)
    __builtin_prefetch(
        static_cast<const char *>(view.states[s]) + synapse * bytes, 1);
}

void Plasticity::Turn::fetch(Range synapses) const {
  constexpr uint64_t Line = 64;
  auto fetchAll = [&](const void *array, uint64_t element) {
    auto *from = static_cast<const char *>(array) + synapses.begin * element;
    uint64_t size = synapses.size() * element;
    for (uint64_t at = 0; at < size; at += Line)
      __builtin_prefetch(from + at, 0, 2);
  };
  fetchAll(rows.targets.data(), sizeof(uint32_t));
  for (uint32_t s = 0; s < plastic.num_states; ++s)
    fetchAll(view.states[s], bytes);
  if (view.last)
    fetchAll(view.last, sizeof(uint32_t));
}

/// The rows of spikes of which all synapses are reached now.
void Plasticity::Turn::spikesOf(uint64_t emitted, uint32_t thread) {
  const Buffer<uint32_t> &spikes =
      around.histories[projection.source.population].list(emitted, thread);
  uint64_t count = spikes.size();
  auto source = [&](uint64_t i) {
    return sliceIndex(projection.source, spikes[i]);
  };
  for (uint64_t i = 0; i < count; ++i) {
    if (i + AheadRows < count) {
      uint64_t ahead = source(i + AheadRows);
      if (ahead != UINT64_MAX)
        __builtin_prefetch(rows.rows.data() + ahead);
    }
    if (i + AheadSynapses < count) {
      uint64_t ahead = source(i + AheadSynapses);
      if (ahead != UINT64_MAX)
        fetch(rows.rows[ahead]);
    }
    uint64_t row = source(i);
    if (row != UINT64_MAX)
      callRow(row, before(emitted, thread, i));
  }
}

void Plasticity::Turn::startCursors(uint64_t emitted, uint32_t thread) {
  const Buffer<uint32_t> &spikes =
      around.histories[projection.source.population].list(emitted, thread);
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    uint64_t row = sliceIndex(projection.source, spikes[i]);
    if (row == UINT64_MAX)
      continue;
    uint64_t first = rows.segmentRows[row], end = rows.segmentRows[row + 1];
    if (first == end)
      continue;
    uint64_t due = emitted + rule.split.axonalOf(rows.segments[first].delay);
    if (!part.calendar.due(due).push(
            {rows.rows[row], first, end, before(emitted, thread, i)}))
      worker.outOfMemory = true;
  }
}

/// Those of one neuron and step stay in the order in which they set out. Others
/// meet at no synapse, so their order cannot be seen.
void Plasticity::Turn::advanceCursors() {
  Buffer<Cursor> &due = part.calendar.due(stamp);
  for (uint64_t i = 0; i < due.size(); ++i) {
    if (i + AheadSynapses < due.size())
      fetch(due[i + AheadSynapses].synapse);
    Cursor cursor = due[i];
    const Segment *segment = rows.segments.data() + cursor.segment;
    call(cursor.pre, cursor.synapse, cursor.synapse + segment->count);
    if (cursor.segment + 1 == cursor.end)
      continue;
    // Never the list that is walked: delays in a row ascend, and differ by
    // less than the calendar is long.
    uint64_t next = stamp - segment->delay + segment[1].delay;
    if (!part.calendar.due(next).push({cursor.synapse + segment->count,
                                       cursor.segment + 1, cursor.end,
                                       cursor.pre}))
      worker.outOfMemory = true;
  }
  due.clear();
}

void Plasticity::Turn::arrive() {
  if (rule.split.dendritic != DelaySplit::Differs)
    aimAt(rule.split.dendritic);
  if (rule.split.axonal != DelaySplit::Differs) {
    uint32_t axonal = rule.split.axonal;
    // Nobody logs while frozen; and what a source was before the beginning is
    // told apart no longer once its first spikes arrive.
    if (rule.waits && stamp > 0 && (rule.frozen || stamp == axonal))
      settle(stamp - 1);
    for (uint32_t thread = 0; stamp >= axonal && thread < all.threads; ++thread)
      if (rule.waits)
        waitingSpikesOf(stamp - axonal, thread);
      else
        spikesOf(stamp - axonal, thread);
    return;
  }
  for (uint32_t thread = 0; thread < all.threads; ++thread)
    startCursors(stamp - 1, thread);
  advanceCursors();
}

//===- Spikes of the target -----------------------------------------------===//

/// What each synapse of a chunk sees of its source. Fetches what will change
/// when the chunk has its turn, and, some synapses ahead, what tells a source
/// and a delay: among other work, as only so much can be fetched at once.
template <typename T>
void Plasticity::Turn::gather(Chunk &chunk) const {
  const uint32_t *listed = chunk.listed;
  const uint64_t count = chunk.count;
  const uint16_t *delays = part.synapses.delays();
  auto *weights = static_cast<const T *>(view.states[0]);
  auto fetchAhead = [&](uint64_t i) {
    __builtin_prefetch(weights + listed[i], 1);
    part.synapses.fetchRowOf(listed[i]);
    if (delays)
      __builtin_prefetch(delays + listed[i]);
  };
  for (uint32_t s = 1; s < plastic.num_states; ++s)
    for (uint64_t i = 0; i < count; ++i)
      __builtin_prefetch(static_cast<const T *>(view.states[s]) + listed[i], 1);
  uint64_t ahead = count < AheadListed ? count : AheadListed;
  for (uint64_t i = 0; i < ahead; ++i)
    fetchAhead(i);
  if (plastic.pre == SNN_NONE) {
    for (uint64_t i = ahead; i < count; ++i)
      fetchAhead(i);
    return;
  }
  const Followers::Past past = all.allFollowers.past(plastic.pre, stamp);
  const snn_slice source = projection.source;
  auto *places = reinterpret_cast<const T **>(chunk.places);
  auto locate = [&](uint64_t i) {
    uint32_t delay = delays ? delays[listed[i]] : rule.split.axonal;
    places[i] = reinterpret_cast<const T *>(past.state(delay, 0)) +
                sliceNeuron(source, part.synapses.rowOf(listed[i]));
    // What was long ago lies far apart.
    __builtin_prefetch(places[i]);
  };
  uint64_t i = 0;
  for (; i + ahead < count; ++i) {
    fetchAhead(i + ahead);
    locate(i);
  }
  for (; i < count; ++i)
    locate(i);
  uint64_t stride = past.stride / sizeof(T);
  for (uint64_t s = 0; s < past.states; ++s) {
    T *to = reinterpret_cast<T *>(chunk.values.data() + s * ChunkSize);
    for (i = 0; i < count; ++i)
      to[i] = places[i][s * stride];
  }
}

void Plasticity::Turn::change(const Chunk &chunk) {
  check(plastic.on_post(&view, chunk.target, chunk.listed,
                        chunk.pointers.data(), chunk.count));
}

void Plasticity::Turn::goBack() {
  if (rule.waits && part.log.isOld(stamp))
    settle(stamp);
  if (!plastic.on_post || rule.frozen || stamp < plastic.backprop)
    return;
  const Buffer<uint32_t> &spikes =
      around.histories[projection.target.population].list(
          stamp - plastic.backprop, worker.thread);
  if (rule.waits)
    logSpikes(spikes);
  else
    goBackAtOnce(spikes);
}

void Plasticity::Turn::goBackAtOnce(const Buffer<uint32_t> &spikes) {
  aimAt(0);
  Chunk *ready = nullptr;
  unsigned number = 0;
  for (uint32_t neuron : spikes) {
    PlasticRows::List list = part.synapses.listOf(neuron);
    for (const uint32_t *at = list.begin; at != list.end;) {
      Chunk &chunk = part.chunks[number++ % 2];
      auto left = static_cast<uint64_t>(list.end - at);
      chunk.listed = at;
      chunk.target = neuron;
      chunk.count = left < ChunkSize ? left : ChunkSize;
      at += chunk.count;
      if (bytes == 4)
        gather<float>(chunk);
      else
        gather<double>(chunk);
      if (ready)
        change(*ready);
      ready = &chunk;
    }
  }
  if (ready)
    change(*ready);
}

//===- Whole periods ------------------------------------------------------===//

/// The states of a source's follower as a synapse sees them, one behind the
/// other.
const void *Plasticity::Turn::statesOf(uint64_t source, uint32_t axonal) {
  if (plastic.pre == SNN_NONE)
    return nullptr;
  auto *to = reinterpret_cast<char *>(part.pre.data());
  Followers::Past past = all.allFollowers.past(plastic.pre, stamp);
  for (uint64_t s = 0; s < past.states; ++s)
    memcpy(to + s * bytes, past.state(axonal, s) + source * bytes, bytes);
  return to;
}

void Plasticity::Turn::tick() {
  if (rule.frozen || stamp == 0)
    return;
  for (uint32_t i = 0; i < plastic.num_periodic; ++i)
    if (stamp % plastic.periodic[i].period == 0)
      tick(i);
}

void Plasticity::Turn::tick(uint32_t change) {
  bool hasRoom = true;
  if (rule.periodsWait) {
    hasRoom = part.periods.add(stamp, change, rule.modulators.data());
  } else {
    changeAll(plastic.periodic[change]);
    if (plastic.rewire)
      hasRoom = part.synapses.rewire(*all.model, rule.projection, stamp);
  }
  worker.outOfMemory |= !hasRoom;
}

/// A target's synapses lie in one thread, by source: so for any number of
/// threads they are added in the same order.
template <typename T>
void Plasticity::Turn::sum(const snn_incoming &incoming) {
  auto *to = static_cast<T *>(view.post[incoming.field]);
  auto *states = static_cast<const T *>(view.states[incoming.state]);
  const Buffer<uint32_t> &targets = rows.targets;
  for (uint64_t i = 0; i < targets.size(); ++i)
    to[targets[i]] = 0;
  for (uint64_t i = 0; i < targets.size(); ++i)
    to[targets[i]] += states[i];
}

void Plasticity::Turn::changeAll(const snn_periodic &periodic) {
  if (rule.waits)
    settle(stamp);
  aimAt(0);
  if (rule.immediate && plastic.post != SNN_NONE)
    view.post = around.populations[plastic.post].fields(worker.thread);
  for (uint32_t i = 0; i < plastic.num_incoming; ++i)
    if (bytes == 4)
      sum<float>(plastic.incoming[i]);
    else
      sum<double>(plastic.incoming[i]);
  snn_row_fn change = periodic.change;
  if (periodic.flags & SNN_ANY_SOURCE) {
    check(change(&view, nullptr, 0, rows.targets.size()));
    return;
  }
  bool differ = rule.split.axonal == DelaySplit::Differs;
  for (uint64_t row = 0; row + 1 < rows.rows.size(); ++row) {
    uint64_t begin = rows.rows[row], end = rows.rows[row + 1];
    uint64_t source = sliceNeuron(projection.source, row);
    if (!differ) {
      if (begin != end)
        check(change(&view, statesOf(source, rule.split.axonal), begin, end));
      continue;
    }
    for (uint64_t s = rows.segmentRows[row]; s < rows.segmentRows[row + 1];
         ++s) {
      const Segment &segment = rows.segments[s];
      check(change(&view, statesOf(source, rule.split.axonalOf(segment.delay)),
                   begin, begin + segment.count));
      begin += segment.count;
    }
  }
}

void Plasticity::settle(Worker &worker, uint32_t asked, uint64_t stamp,
                        const Surroundings &around) {
  for (uint32_t r = 0; r < rules.size(); ++r)
    if (rules[r].waits && part(r, worker.thread).synapses.size() &&
        (asked == SNN_NONE || asked == rules[r].projection))
      Turn(*this, r, worker, stamp, around).settle(stamp);
}

//===- The turns of a thread ----------------------------------------------===//

template <typename Fn>
void Plasticity::forEachTurn(Worker &worker, uint64_t stamp,
                             const Surroundings &around, bool immediate,
                             Fn &&serve) {
  for (uint32_t r = 0; r < rules.size(); ++r) {
    if (rules[r].immediate != immediate ||
        !part(r, worker.thread).synapses.size())
      continue;
    uint64_t events = worker.synapticEvents, segments = worker.segments;
    Turn turn(*this, r, worker, stamp, around);
    serve(turn, rules[r]);
    worker.watch.count(around.firstItem + r, worker.synapticEvents - events,
                       worker.segments - segments);
    worker.watch.split(Phase::Delivery, around.firstItem + r);
  }
}

void Plasticity::arrive(Worker &worker, uint64_t stamp,
                        const Surroundings &around) {
  for (Rule &rule : rules)
    if (rule.later != SNN_NONE)
      laterSums[rule.later].add(
          worker.thread, stamp,
          around.populations[projection(rule).target.population]);
  forEachTurn(worker, stamp, around, /*immediate=*/false,
              [](Turn &turn, const Rule &) { turn.arrive(); });
}

void Plasticity::returnLater(Worker &worker, uint64_t stamp,
                             const Surroundings &around) {
  forEachTurn(worker, stamp, around, /*immediate=*/false,
              [&](Turn &turn, const Rule &rule) {
                if (projection(rule).plasticity->backprop)
                  turn.goBack();
              });
}

void Plasticity::returnAtOnce(Worker &worker, uint64_t stamp,
                              const Surroundings &around) {
  forEachTurn(worker, stamp, around, /*immediate=*/false,
              [&](Turn &turn, const Rule &rule) {
                if (!projection(rule).plasticity->backprop)
                  turn.goBack();
              });
}

void Plasticity::tick(Worker &worker, uint64_t stamp,
                      const Surroundings &around) {
  forEachTurn(worker, stamp, around, /*immediate=*/false,
              [&](Turn &turn, const Rule &rule) {
                if (!projection(rule).plasticity->num_outgoing)
                  turn.tick();
              });
  tickTogether(worker, stamp, around, /*immediate=*/false);
}

void Plasticity::serveImmediate(Worker &worker, uint64_t stamp,
                                const Surroundings &around) {
  auto serve = [&](auto act) {
    forEachTurn(worker, stamp, around, /*immediate=*/true, act);
  };
  serve([](Turn &turn, const Rule &) { turn.arrive(); });
  serve([](Turn &turn, const Rule &) { turn.goBack(); });
  serve([&](Turn &turn, const Rule &rule) {
    if (!projection(rule).plasticity->num_outgoing)
      turn.tick();
  });
  tickTogether(worker, stamp, around, /*immediate=*/true);
}
