//===- OutgoingSums.cpp - Sums over the synapses of sources ---------------===//
//
// The synapses of a source lie with the threads of their targets. So all
// threads meet once their synapses are what they are when the period begins,
// each sums those of its share of the sources, wherever they lie, and all meet
// again before anybody changes one. Sums have no order: UnorderedSum.h.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/PlasticTurn.h"
#include "runtime/lib/Plasticity/UnorderedSum.h"

using namespace snn::runtime;

template <typename T>
double Plasticity::sumOfRow(uint64_t r, uint64_t row, uint32_t state) const {
  UnorderedSum sum;
  auto forEach = [&](auto visit) {
    for (uint32_t thread = 0; thread < threads; ++thread) {
      const PlasticRows &own = part(r, thread).synapses;
      if (!own.size())
        continue;
      const Buffer<uint64_t> &begins = own.rows().rows;
      auto *values = static_cast<const T *>(own.states()[state]);
      for (uint64_t i = begins[row]; i < begins[row + 1]; ++i)
        visit(static_cast<double>(values[i]));
    }
  };
  forEach([&](double value) { sum.see(value); });
  forEach([&](double value) { sum.add(value); });
  return sum.result();
}

void Plasticity::sumOutgoing(uint64_t r, Worker &worker, uint64_t stamp,
                             const Surroundings &around) {
  Rule &rule = rules[r];
  const snn_plasticity &plastic = *projection(rule).plasticity;
  if (rule.waits && part(r, worker.thread).synapses.size())
    Turn(*this, r, worker, stamp, around).settle(stamp);
  auto meet = [&] {
    worker.watch.split(Phase::Delivery, around.firstItem + r);
    around.team.barrier();
    worker.watch.split(Phase::Wait);
  };
  meet();
  uint64_t sources = projection(rule).source.count;
  uint64_t begin = sources * worker.thread / threads;
  uint64_t end = sources * (worker.thread + 1) / threads;
  for (uint32_t i = 0; i < plastic.num_outgoing; ++i)
    for (uint64_t row = begin; row < end; ++row) {
      uint32_t state = plastic.outgoing[i].state;
      rule.outgoing[i * sources + row] = plastic.element == SNN_F32
                                             ? sumOfRow<float>(r, row, state)
                                             : sumOfRow<double>(r, row, state);
    }
  meet();
}

/// Calls `serve(rule, periodic)` for what rules with such sums do now.
template <typename Fn>
void Plasticity::forEachTogether(uint64_t stamp, bool immediate, Fn &&serve) {
  for (uint64_t r = 0; r < rules.size(); ++r) {
    const snn_plasticity &plastic = *projection(rules[r]).plasticity;
    if (!plastic.num_outgoing || rules[r].immediate != immediate ||
        rules[r].frozen || stamp == 0)
      continue;
    for (uint32_t i = 0; i < plastic.num_periodic; ++i)
      if (stamp % plastic.periodic[i].period == 0)
        serve(r, i);
  }
}

void Plasticity::tickTogether(Worker &worker, uint64_t stamp,
                              const Surroundings &around, bool immediate) {
  forEachTogether(stamp, immediate, [&](uint64_t r, uint32_t i) {
    bool sums =
        projection(rules[r]).plasticity->periodic[i].flags & SNN_SUMS_OUTGOING;
    if (sums)
      sumOutgoing(r, worker, stamp, around);
    if (!part(r, worker.thread).synapses.size())
      return;
    Turn turn(*this, r, worker, stamp, around);
    if (sums)
      turn.spreadOutgoing();
    turn.tick(i);
  });
}

void Plasticity::meetInVain(Worker &worker, uint64_t stamp,
                            const Surroundings &around, bool immediate) {
  forEachTogether(stamp, immediate, [&](uint64_t r, uint32_t i) {
    if (projection(rules[r]).plasticity->periodic[i].flags & SNN_SUMS_OUTGOING)
      sumOutgoing(r, worker, stamp, around);
  });
}

void Plasticity::Turn::spreadOutgoing() {
  if (bytes == 4)
    spreadOutgoing<float>();
  else
    spreadOutgoing<double>();
}

/// To each synapse the sum of its source.
template <typename T>
void Plasticity::Turn::spreadOutgoing() {
  uint64_t sources = projection.source.count;
  for (uint32_t i = 0; i < plastic.num_outgoing; ++i) {
    auto *to = static_cast<T *>(view.states[plastic.outgoing[i].into]);
    for (uint64_t row = 0; row < sources; ++row)
      for (uint64_t at = rows.rows[row]; at < rows.rows[row + 1]; ++at)
        to[at] = static_cast<T>(rule.outgoing[i * sources + row]);
  }
}
