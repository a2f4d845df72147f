//===- WaitTest.cpp - Spikes of targets that wait change the same ---------===//
//
// `on_post` that waits for the source gives the bits of one that does not:
// for each place of the delay, when synapses are recorded or frozen in between,
// when a log has no room left, and when a source is silent for long.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

/// Weights as sampled, weights at the end, and all spikes.
struct Outcome {
  std::vector<double> samples, last;
  uint64_t hash = 0;
  double bytesOfSynapse = 0;
  bool operator==(const Outcome &other) const {
    return samples == other.samples && last == other.last && hash == other.hash;
  }
};

Outcome run(const snn_model &compiled, uint32_t plastic, uint32_t threads,
            bool atOnce, const std::vector<uint64_t> &parts = {UINT64_MAX}) {
  snn_options chosen = options(threads);
  chosen.flags |= atOnce ? SNN_AT_ONCE : SNN_WAIT;
  Instance instance = create(compiled, chosen);
  for (uint64_t steps : parts)
    EXPECT_EQ(snn_run(instance.get(), steps), SNN_OK);
  Outcome outcome;
  if (compiled.num_synapse_records) {
    snn_synapse_trace size = snn_synapse_trace_size(instance.get(), 0);
    outcome.samples.resize(size.samples * size.synapses);
    std::vector<double> times(size.samples);
    EXPECT_EQ(snn_read_synapse_trace(instance.get(), 0, outcome.samples.data(),
                                     times.data()),
              SNN_OK);
  }
  outcome.last = weightsOf(instance, plastic);
  outcome.hash = snn_spike_hash(instance.get());
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  outcome.bytesOfSynapse = static_cast<double>(stats.synapse_bytes) /
                           static_cast<double>(stats.synapses);
  return outcome;
}

/// 4000 synapses, some of them between the same neurons; a step of dendritic
/// delay where there is no axonal one.
void connectAtRandom(snn_projection &projection, double axonal, double step) {
  projection.count = 4000;
  projection.flags = SNN_AUTAPSES | SNN_MULTAPSES;
  projection.weight = value(SNN_UNIFORM, 0, 0.02);
  projection.axonal_delay = constant(axonal);
  projection.dendritic_delay = constant(axonal > 0 ? 0 : step);
}

/// Recurrent pair STDP among neurons that are kicked at random.
struct Recurrent : PlasticModel {
  uint32_t neurons, plastic;

  Recurrent(uint32_t element, uint32_t axonal, uint32_t backprop,
            uint64_t steps, snn_time_fn rate) {
    duration = steps;
    uint32_t kicks = addPoisson("K", 90, rate);
    neurons = addNeurons("E", 90);
    kick(kicks, neurons);
    plastic = connectPair("E->E.syn#0", neurons, neurons, SNN_TOTAL, element,
                          backprop);
    connectAtRandom(projections[plastic], axonal * step, step);
  }
};

double seldom(double) { return 0.002; }
double often(double) { return 0.1; }

/// Eligibilities that a modulator turns into weight at two periods, which
/// sometimes end together.
struct Rewarded : PlasticModel {
  uint32_t plastic;

  Rewarded(uint32_t element, uint32_t axonal, uint64_t steps,
           snn_time_fn rate) {
    duration = steps;
    constants = {0.02, 0.015, 1, 180, 1e-4};
    uint32_t kicks = addPoisson("K", 90, rate);
    uint32_t rewards = addPoisson("R", 1, often);
    uint32_t neurons = addNeurons("E", 90);
    uint32_t dopamine = addNeurons("D", 1);
    kick(kicks, neurons);
    kick(rewards, dopamine);
    projections.back().weight = constant(4); // below threshold
    snn_plasticity rule = rewardRule(element, &constants);
    rule.pre = addTrace(element, neurons, TauPlus);
    rule.post = addTrace(element, neurons, TauMinus);
    modulator = {dopamine, LIF_V};
    rule.num_modulators = 1;
    rule.modulators = &modulator;
    periods[0] = rewardEvery(element, 10);
    periods[1] = rewardEvery(element, 35);
    rule.num_periodic = 2;
    rule.periodic = periods;
    rule.initials = &initial;
    plastic = connect("E->E.syn#0", neurons, neurons, SNN_TOTAL, rule);
    connectAtRandom(projections[plastic], axonal * step, step);
  }

  snn_modulator modulator;
  snn_periodic periods[2];
  snn_value initial = value(SNN_NORMAL, 0.1, 0.05);
};

/// Row by row, and nothing waits.
Outcome runInOrder(Rewarded &model) {
  for (snn_periodic &period : model.periods)
    period.flags = 0;
  Outcome outcome = run(model.get(), model.plastic, 1, true);
  for (snn_periodic &period : model.periods)
    period.flags = SNN_ANY_SOURCE | SNN_ANY_TARGET;
  return outcome;
}

} // namespace

TEST(Waiting, HasTheBitsOfHandlersThatDoNotWait) {
  for (uint32_t element : {SNN_F32, SNN_F64})
    for (uint32_t axonal : {0, 1, 15})
      for (uint32_t backprop : {0, 3})
        for (snn_time_fn rate : {seldom, often}) {
          if (axonal == 0 && backprop)
            continue;
          Recurrent model(element, axonal, backprop, 400, rate);
          model.synapseRecords.push_back({model.plastic, 0, 37, 0});
          snn_model compiled = model.get();
          Outcome expected = run(compiled, model.plastic, 1, true);
          EXPECT_FALSE(expected.samples.empty());
          EXPECT_NE(expected.last,
                    std::vector<double>(expected.samples.begin(),
                                        expected.samples.begin() + 4000));
          for (uint32_t threads : {1, element == SNN_F32 ? 3 : 1})
            EXPECT_EQ(run(compiled, model.plastic, threads, false), expected)
                << element << " " << axonal << " " << backprop << " "
                << threads;
        }
}

TEST(Waiting, PeriodsMayWaitToo) {
  for (uint32_t element : {SNN_F32, SNN_F64})
    for (uint32_t axonal : {0, 1, 15})
      for (snn_time_fn rate : {seldom, often}) {
        Rewarded model(element, axonal, 400, rate);
        model.synapseRecords.push_back({model.plastic, 0, 37, 0});
        Outcome expected = runInOrder(model);
        EXPECT_NE(expected.last,
                  std::vector<double>(expected.samples.begin(),
                                      expected.samples.begin() + 4000));
        snn_model compiled = model.get();
        EXPECT_EQ(run(compiled, model.plastic, 1, true), expected);
        for (uint32_t threads : {1, element == SNN_F32 ? 3 : 1})
          EXPECT_EQ(run(compiled, model.plastic, threads, false), expected)
              << element << " " << axonal << " " << threads;
      }
}

void freezeAndResume(PlasticModel &model) {
  for (auto [kind, at] :
       {std::pair(SNN_FREEZE, 3), std::pair(SNN_RESUME, 8),
        std::pair(SNN_FREEZE, 200), std::pair(SNN_RESUME, 333),
        std::pair(SNN_FREEZE, 600)}) {
    snn_change change = {};
    change.step = static_cast<uint64_t>(at);
    change.kind = static_cast<uint32_t>(kind);
    change.parameter = SNN_NONE;
    model.changes.push_back(change);
  }
}

/// Without waiting to the end, and read in between.
void expectInParts(const snn_model &compiled, uint32_t plastic,
                   const Outcome &expected) {
  for (uint32_t threads : {1, 2})
    for (const std::vector<uint64_t> &parts :
         {std::vector<uint64_t>{UINT64_MAX},
          std::vector<uint64_t>{1, 2, 5, 11, 181, 133, 200, 167}})
      EXPECT_EQ(run(compiled, plastic, threads, false, parts), expected);
}

TEST(Waiting, PeriodsThatWaitCanBeReadAndFrozenBetween) {
  Rewarded model(SNN_F32, 15, 700, often);
  freezeAndResume(model);
  Outcome expected = runInOrder(model);
  snn_model compiled = model.get();
  expectInParts(compiled, model.plastic, expected);
}

TEST(Waiting, PeriodsOutliveTheLogsOfSpikes) {
  Rewarded model(SNN_F32, 15, 40'000, seldom);
  Outcome expected = runInOrder(model);
  EXPECT_EQ(run(model.get(), model.plastic, 1, false), expected);
}

TEST(Waiting, CanBeReadAndFrozenBetween) {
  Recurrent model(SNN_F32, 15, 0, 700, often);
  freezeAndResume(model);
  snn_model compiled = model.get();
  Outcome expected = run(compiled, model.plastic, 1, true);
  expectInParts(compiled, model.plastic, expected);
}

TEST(Waiting, KeepsFewerBytesASynapse) {
  Recurrent model(SNN_F32, 15, 0, 10, seldom);
  model.projections[model.plastic].count = 200'000;
  snn_model compiled = model.get();
  double waiting = run(compiled, model.plastic, 1, false).bytesOfSynapse;
  EXPECT_LT(waiting, 9);
  EXPECT_GT(run(compiled, model.plastic, 1, true).bytesOfSynapse, 12);
}

TEST(Waiting, BeginsNewLogsWhenOldOnesAreFull) {
  // Some 400 spikes of a target, and more steps than a log counts.
  Recurrent model(SNN_F32, 15, 2, 40'000, often);
  snn_model compiled = model.get();
  EXPECT_EQ(run(compiled, model.plastic, 1, false),
            run(compiled, model.plastic, 1, true));
}

TEST(Waiting, SourcesMayBeSilentForLongAndFireSeveralTimesInAStep) {
  for (uint32_t axonal : {1, 15}) {
    PlasticModel model;
    model.duration = 120'000;
    uint32_t source = model.addTrains(
        "T", 3, {0, 4, 9, 9, 9, 10, 50'000, 50'001, 110'000, 110'000},
        {1, 0, 0, 1, 1, 1, 0, 0, 1, 1});
    uint32_t kicks = model.addTrains(
        "K", 2, {1, 8, 9, 11, 24, 25, 32'767, 32'768, 70'000, 110'014, 110'015},
        {0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0});
    uint32_t target = model.addNeurons("E", 2);
    model.kick(kicks, target);
    uint32_t plastic = model.connectPair("T->E.syn#0", source, target,
                                         SNN_ALL_TO_ALL, SNN_F64);
    model.projections[plastic].axonal_delay = constant(axonal * model.step);
    snn_model compiled = model.get();
    Outcome expected = run(compiled, plastic, 1, true);
    EXPECT_EQ(run(compiled, plastic, 1, false), expected);
  }
}
