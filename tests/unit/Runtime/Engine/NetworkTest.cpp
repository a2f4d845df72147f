//===- NetworkTest.cpp - Spikes that reach other neurons ------------------===//
//
// When spikes arrive, in which order handlers see them, and that a network
// does the same for any number of threads.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/SumBounds.h"
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

snn_population trains(const char *path, uint64_t size,
                      const std::vector<uint64_t> &steps,
                      const std::vector<uint32_t> &ids) {
  snn_population source = {};
  source.path = path;
  source.size = size;
  source.kind = SNN_TRAIN_SOURCE;
  source.num_train_spikes = steps.size();
  source.train_steps = steps.data();
  source.train_ids = ids.data();
  return source;
}

snn_value given(const std::vector<double> &data) {
  snn_value made = constant(0);
  made.kind = SNN_DATA;
  made.data = data.data();
  made.count = data.size();
  return made;
}

} // namespace

TEST(Network, SpikeArrivesAfterItsDelay) {
  std::vector<uint64_t> steps = {0, 7, 40};
  std::vector<uint32_t> ids = {2, 5, 2};
  for (double delay : {0.1, 0.2, 1.5, 30.0})
    for (bool drawn : {false, true}) {
      TestModel model;
      model.populations.push_back(trains("T", 8, steps, ids));
      model.populations.push_back(lifPopulation("E", 40, lifParameters, 0, 0));
      snn_projection one = project(model, "T->E.syn#0", 0, 1, SNN_ONE_TO_ONE);
      one.target = {1, 0, 3, 8, 5};
      one.weight = constant(20); // one is enough to fire
      one.axonal_delay = drawn ? value(SNN_UNIFORM, delay - 1e-9, delay + 1e-9)
                               : constant(delay);
      model.projections.push_back(one);
      model.recordSpikes(1);
      snn_model compiled = model.get();
      auto wait = static_cast<uint64_t>(std::llround(delay / 0.1));
      std::vector<Spike> expected;
      for (uint64_t i = 0; i < 3; ++i)
        expected.push_back(
            {static_cast<double>(steps[i] + wait) * 0.1, 3 + 5 * ids[i]});
      for (uint32_t threads : {1, 2, 4}) {
        Instance instance = create(compiled, options(threads));
        ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
        EXPECT_EQ(spikesOf(instance, 1), expected)
            << delay << " ms, " << threads << " threads";
      }
    }
}

TEST(Network, EachEdgeOfARowHasItsOwnDelayAndWeight) {
  std::vector<uint64_t> steps = {0, 3, 4};
  std::vector<uint32_t> ids = {0, 0, 1};
  std::vector<uint32_t> from = {0, 1, 0, 0, 1, 0};
  std::vector<uint32_t> to = {0, 0, 1, 0, 35, 35};
  std::vector<double> delays = {0.4, 0.1, 0.3, 0.1, 0.2, 0.4};
  std::vector<double> weights = {0.5, 1, 2, 4, 0.25, 0.125};
  TestModel model;
  model.populations.push_back(trains("T", 2, steps, ids));
  model.populations.push_back(lifPopulation("E", 36, lifParameters, 0, 0));
  snn_projection list = project(model, "T->E.syn#0", 0, 1, SNN_LIST);
  list.count = from.size();
  list.list_sources = from.data();
  list.list_targets = to.data();
  list.weight = given(weights);
  list.axonal_delay = given(delays);
  model.projections.push_back(list);
  model.records.push_back({model.whole(1), LIF_V, 0, 1, 1});
  model.duration = 9;
  snn_model compiled = model.get();

  // V decays by the same factor each step and gains what arrives.
  std::vector<std::vector<double>> arrivals(10, std::vector<double>(36));
  for (uint64_t s = 0; s < steps.size(); ++s)
    for (uint64_t e = 0; e < from.size(); ++e)
      if (from[e] == ids[s])
        arrivals[steps[s] +
                 static_cast<uint64_t>(std::llround(delays[e] / 0.1))][to[e]] +=
            weights[e];
  for (uint32_t threads : {1, 3}) {
    Instance instance = create(compiled, options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    std::vector<double> V(9 * 36), expected(36);
    snn_read_trace(instance.get(), 0, V.data(), nullptr);
    for (uint64_t step = 1; step <= 9; ++step)
      for (uint64_t i = 0; i < 36; ++i) {
        expected[i] = expected[i] * std::exp(-0.01) + arrivals[step][i];
        EXPECT_NEAR(V[(step - 1) * 36 + i], expected[i], 1e-12)
            << "step " << step << ", neuron " << i;
      }
    snn_stats stats;
    snn_get_stats(instance.get(), &stats);
    EXPECT_EQ(stats.synapses, 6u);
    EXPECT_EQ(stats.synaptic_events, 10u);
  }
}

TEST(Network, HandlersSeeSpikesInTheOrderOfProjectionSourceAndEmission) {
  // Five spikes meet at step 6: V += w (10 - V) does not commute in rounding,
  // and 1 - V / 10 is the product of (1 - w) only in one order to the bit.
  std::vector<uint64_t> steps = {2, 3, 4, 5, 5};
  std::vector<uint32_t> ids = {1, 0, 1, 0, 2};
  std::vector<uint32_t> from = {2, 1, 1, 0, 0};
  std::vector<uint32_t> to = {0, 0, 0, 0, 0};
  std::vector<double> delays = {0.1, 0.2, 0.4, 0.1, 0.3};
  std::vector<double> weights = {0.11, 0.23, 0.37, 0.41, 0.53};
  TestModel model;
  model.populations.push_back(trains("T", 3, steps, ids));
  model.populations.push_back(splitLifPopulation("S", 20));
  snn_projection list = project(model, "T->S.syn#0", 0, 1, SNN_LIST);
  list.count = 5;
  list.list_sources = from.data();
  list.list_targets = to.data();
  list.weight = given(weights);
  list.axonal_delay = given(delays);
  list.sum_field = SNN_NONE;
  list.weight_element = SNN_F64;
  list.deliver = splitLifDeliver;
  model.projections.push_back(list);
  // A second projection from the same spikes acts after the first.
  std::vector<double> later = {0.07};
  snn_projection second = list;
  second.path = "T->S.syn#1";
  second.count = 1;
  second.weight = given(later);
  second.axonal_delay = constant(0.1);
  model.projections.push_back(second);
  model.duration = 6;
  snn_model compiled = model.get();

  // At step 6: source 0, emitted at 3 (0.53) and 5 (0.41); source 1, emitted
  // at 2 (0.37) and 4 (0.23); source 2, at 5 (0.11); then the second
  // projection's.
  for (uint32_t threads : {1, 2}) {
    Instance instance = create(compiled, options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    double found;
    ASSERT_EQ(snn_read_field(instance.get(), 1, LIF_V, 0, 1, &found), SNN_OK);
    // Other edges arrived earlier; what they left is where step 6 begins.
    Instance before = create(compiled, options(threads));
    ASSERT_EQ(snn_run(before.get(), 5), SNN_OK);
    double start;
    snn_read_field(before.get(), 1, LIF_V, 0, 1, &start);
    double expected = start * std::exp(-0.01);
    EXPECT_GT(start, 0);
    for (double w : {0.53, 0.41, 0.37, 0.23, 0.11, 0.07})
      expected += w * (10 - expected);
    EXPECT_NEAR(found, expected, 1e-14);
  }
}

TEST(Network, SameSpikesForAnyNumberOfThreads) {
  TestModel model = randomNetwork();
  snn_model compiled = model.get();
  Instance reference = create(compiled, options(1));
  ASSERT_EQ(snn_run(reference.get(), UINT64_MAX), SNN_OK);
  for (uint32_t p = 0; p < 4; ++p)
    EXPECT_GT(snn_mean_rate(reference.get(), p), 5) << p;
  snn_trace size = snn_trace_size(reference.get(), 4);
  std::vector<double> V(size.samples * size.neurons), other(V.size());
  snn_read_trace(reference.get(), 4, V.data(), nullptr);
  for (uint32_t threads : {2, 3, 4, 8}) {
    Instance instance = create(compiled, options(threads));
    // In pieces as well, so that both are seen to change nothing.
    ASSERT_EQ(snn_run(instance.get(), 333), SNN_OK);
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    EXPECT_EQ(snn_spike_hash(instance.get()), snn_spike_hash(reference.get()))
        << threads;
    for (uint32_t p = 0; p < 4; ++p)
      EXPECT_EQ(spikesOf(instance, p), spikesOf(reference, p)) << threads;
    snn_read_trace(instance.get(), 4, other.data(), nullptr);
    EXPECT_EQ(V, other) << threads;
    snn_stats one, many;
    snn_get_stats(reference.get(), &one);
    snn_get_stats(instance.get(), &many);
    EXPECT_EQ(one.synaptic_events, many.synaptic_events);
    EXPECT_EQ(one.synapses, many.synapses);
  }
}

/// Whether weights of 32 bits, whose projections share rows, do the same as
/// those of 64 bits, which are delivered one projection after the other.
static void expectSameOneByOne(TestModel model) {
  snn_model together = model.get();
  TestModel other = model;
  for (snn_projection &projection : other.projections)
    if (projection.sum_field != SNN_NONE) {
      projection.weight_element = SNN_I64;
      projection.deliver = lifDeliver64;
    }
  snn_model apart = other.get();
  Instance reference = create(apart, options(1));
  ASSERT_EQ(snn_run(reference.get(), UINT64_MAX), SNN_OK);
  ASSERT_NE(snn_spike_hash(reference.get()), 0u);
  snn_stats one, many;
  snn_get_stats(reference.get(), &one);
  for (uint32_t threads : {1, 2, 3}) {
    Instance instance = create(together, options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    EXPECT_EQ(snn_spike_hash(instance.get()), snn_spike_hash(reference.get()))
        << threads;
    snn_get_stats(instance.get(), &many);
    EXPECT_EQ(one.synapses, many.synapses);
    EXPECT_EQ(one.synaptic_events, many.synaptic_events);
  }
}

TEST(Network, SharedRowsDeliverTheSame) { expectSameOneByOne(randomNetwork()); }

TEST(Network, SharedRowsHoldWeightsOfAnySize) {
  TestModel model = randomNetwork();
  snn_projection strong = model.projections[2];
  strong.path = "I->E.syn#1";
  strong.number = 0.01;
  strong.weight = value(SNN_UNIFORM, -50, 40); // 40,960 on the grid
  model.projections.push_back(strong);
  expectSameOneByOne(model);
}

TEST(Network, SharedRowsHoldSegmentsOfAnyLength) {
  constexpr uint64_t Edges = 150000;
  std::vector<uint64_t> steps = {3, 50};
  std::vector<uint32_t> ids = {0, 1};
  std::vector<uint32_t> from(Edges), to(Edges);
  std::vector<double> delays(Edges), weights(Edges);
  for (uint32_t i = 0; i < Edges; ++i) {
    from[i] = i % 50 == 0;
    to[i] = i % 37;
    delays[i] = i % 7 == 0 ? 0.3 : 2;
    weights[i] = static_cast<double>(i % 11) * 0x1p-10;
  }
  TestModel model;
  model.populations.push_back(trains("T", 2, steps, ids));
  model.populations.push_back(lifPopulation("E", 37, lifParameters, 0, 0));
  snn_projection list = project(model, "T->E.syn#0", 0, 1, SNN_LIST);
  list.count = Edges;
  list.list_sources = from.data();
  list.list_targets = to.data();
  list.weight = given(weights);
  list.axonal_delay = given(delays);
  model.projections.push_back(list);
  model.duration = 100;
  expectSameOneByOne(model);
}

TEST(Network, SharedRowsReachManyNeurons) {
  // More sums than half a word can number.
  TestModel model;
  model.populations.push_back(lifPopulation("E", 90000, lifParameters, 0, 0));
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = 20;
  poisson.kind = SNN_POISSON_SOURCE;
  poisson.rate = [](double) { return 0.5; };
  model.populations.push_back(poisson);
  snn_projection wide = project(model, "P->E.syn#0", 1, 0, SNN_PROBABILITY);
  wide.number = 0.2;
  wide.weight = value(SNN_NORMAL, 4, 2);
  wide.axonal_delay = value(SNN_UNIFORM, 0.1, 1);
  model.projections.push_back(wide);
  model.duration = 60;
  expectSameOneByOne(model);
}

TEST(Network, ResetForgetsSpikesUnderWay) {
  TestModel model = randomNetwork();
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  uint64_t hash = snn_spike_hash(instance.get());
  ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(instance.get()), hash);
}

TEST(Network, SeedsChangeTheRun) {
  TestModel model = randomNetwork();
  snn_model compiled = model.get();
  Instance first = create(compiled, options());
  ASSERT_EQ(snn_run(first.get(), UINT64_MAX), SNN_OK);
  snn_options other = options();
  other.flags = SNN_OWN_SEEDS;
  other.seeds = model.seeds;
  Instance same = create(compiled, other);
  ASSERT_EQ(snn_run(same.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(first.get()), snn_spike_hash(same.get()));
  for (uint64_t *seed : {&other.seeds.network, &other.seeds.stimulus}) {
    other.seeds = model.seeds;
    ++*seed;
    Instance changed = create(compiled, other);
    ASSERT_EQ(snn_run(changed.get(), UINT64_MAX), SNN_OK);
    EXPECT_NE(snn_spike_hash(first.get()), snn_spike_hash(changed.get()));
  }
}

TEST(Network, DriveHasTheMeanOfItsRate) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", 2000, lifParameters, 0, 0));
  model.drives.push_back({"d",
                          {0, 0, 500, 1000, 1},
                          [](double) { return 30.0; },
                          1,
                          LIF_SUM,
                          constant(2),
                          LIF_GRID});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), 1), SNN_OK);
  std::vector<double> V(2000);
  snn_read_field(instance.get(), 0, LIF_V, 0, 2000, V.data());
  double sum = 0;
  for (uint64_t i = 0; i < 2000; ++i) {
    if (i < 500 || i >= 1500) {
      EXPECT_EQ(V[i], 0) << i;
    }
    sum += V[i];
  }
  EXPECT_NEAR(sum / 1000, 6, 0.5); // 3 events of 2 mV; standard error 0.11
}

TEST(Network, RateThatCannotBeEndsTheRun) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", 20, lifParameters, 0, 0));
  model.drives.push_back({"poisson->E.syn#0", model.whole(0),
                          [](double t) { return 1 - t; }, 0, LIF_SUM,
                          constant(1), LIF_GRID});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_NUMERICAL);
  EXPECT_STREQ(snn_last_error(instance.get())->message,
               "the rate of `poisson->E.syn#0` is negative or not a number at "
               "t = 1.1 ms");
}

TEST(Network, RatesBeyondWhatASumHoldsEndTheRun) {
  TestModel model;
  model.duration = 20;
  model.populations.push_back(narrowLifPopulation("E", 20));
  model.drives.push_back({"poisson->E.syn#0", model.whole(0),
                          [](double t) { return t < 1 ? 5.0 : 8000.0; }, 0,
                          LIF_SUM, constant(1), LIF_GRID});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_NUMERICAL);
  EXPECT_STREQ(snn_last_error(instance.get())->message,
               "the rate of `poisson->E.syn#0` gives more than 700 events in a "
               "step at t = 1 ms");
}

/// A neuron whose synapses could overflow the sum is found before the run.
TEST(Network, WeightsThatASumCannotHoldAreRefused) {
  for (double weight : {0x1p20 / 10 - 1, 0x1p20}) {
    TestModel model;
    model.populations.push_back(narrowLifPopulation("E", 20));
    snn_projection ring = project(model, "E->E.syn#0", 0, 0, SNN_ALL_TO_ALL);
    ring.flags = SNN_AUTAPSES;
    ring.weight = constant(weight);
    ring.deliver = narrowLifDeliver;
    model.projections.push_back(ring);
    snn_model compiled = model.get();
    snn_error error = {};
    snn_options two = options(2);
    snn_instance *instance = snn_create(&compiled, &two, &error);
    EXPECT_EQ(instance != nullptr, weight < 0x1p19) << error.message;
    if (!instance) {
      EXPECT_STREQ(error.code, "E0725");
      EXPECT_STREQ(error.message,
                   "the weights onto E[0] come to 21474836480 units of `syn`, "
                   "whose sum holds 2147483647");
    }
    snn_destroy(instance);
  }
}

/// Weights of a drive that are drawn count as those of synapses do.
TEST(Network, DrawnDrivesThatASumCannotHoldAreRefused) {
  for (double weight : {1e3, 1e4}) {
    TestModel model;
    model.populations.push_back(narrowLifPopulation("E", 20));
    model.drives.push_back(
        {"poisson->E.syn#0", model.whole(0), [](double) { return 1.0; }, 1,
         LIF_SUM, value(SNN_UNIFORM, weight, 1.1 * weight), LIF_GRID});
    snn_model compiled = model.get();
    snn_error error = {};
    snn_options two = options(2);
    snn_instance *instance = snn_create(&compiled, &two, &error);
    EXPECT_EQ(instance != nullptr, weight < 2e3) << error.message;
    if (!instance) {
      EXPECT_STREQ(error.code, "E0725");
    }
    snn_destroy(instance);
  }
}

/// As often as an id stands in one step, in whatever order.
TEST(Network, SpikesOfATrainInAStepAreCounted) {
  const uint64_t steps[] = {1, 1, 1, 1, 2, 2, 5};
  const uint32_t ids[] = {4, 2, 4, 2, 4, 4, 4};
  snn_population train = {};
  train.kind = SNN_TRAIN_SOURCE;
  train.train_steps = steps;
  train.train_ids = ids;
  EXPECT_EQ(snn::runtime::SumBounds::spikesInStep(train), 1u);
  train.num_train_spikes = 2;
  EXPECT_EQ(snn::runtime::SumBounds::spikesInStep(train), 1u);
  train.num_train_spikes = 7;
  EXPECT_EQ(snn::runtime::SumBounds::spikesInStep(train), 2u);
}

/// A million spikes at once are counted at once.
TEST(Network, ManySpikesOfAStepAreCountedWithoutDelay) {
  std::vector<uint64_t> steps(1000000, 3);
  std::vector<uint32_t> ids(steps.size());
  for (uint32_t i = 0; i < ids.size(); ++i)
    ids[i] = (i * 7) % 1000;
  snn_population train = {};
  train.kind = SNN_TRAIN_SOURCE;
  train.num_train_spikes = steps.size();
  train.train_steps = steps.data();
  train.train_ids = ids.data();
  EXPECT_EQ(snn::runtime::SumBounds::spikesInStep(train), 1000u);
}

/// The width of a sum is not visible.
TEST(Network, NarrowSumsGiveTheSameSpikes) {
  uint64_t hashes[2];
  for (bool narrow : {false, true}) {
    TestModel model = randomNetwork();
    if (narrow) {
      for (uint32_t p : {0, 1}) {
        snn_population made = narrowLifPopulation(model.populations[p].path,
                                                  model.populations[p].size);
        model.populations[p] = made;
      }
      for (snn_projection &projection : model.projections)
        if (projection.sum_field != SNN_NONE)
          projection.deliver = narrowLifDeliver;
    }
    snn_model compiled = model.get();
    Instance instance = create(compiled, options(2));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    hashes[narrow] = snn_spike_hash(instance.get());
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

TEST(Network, PoissonSourceFiresAtItsRate) {
  TestModel model;
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = 1000;
  poisson.kind = SNN_POISSON_SOURCE;
  poisson.rate = [](double t) { return t < 50.05 ? 0.0 : 0.2; };
  model.populations.push_back(poisson);
  model.recordSpikes(0);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  std::vector<Spike> spikes = spikesOf(instance, 0);
  ASSERT_FALSE(spikes.empty());
  EXPECT_GT(spikes[0].time, 50);
  EXPECT_NEAR(static_cast<double>(spikes.size()), 10000, 500);
}
