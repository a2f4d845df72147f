//===- SingleNeuronTest.cpp - Neurons on their own ------------------------===//
//
// Constant input: spike times in closed form, states, recording and the hash.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Hash.h"
#include "tests/unit/Runtime/Engine/TestModel.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace snn::runtime;
using namespace snn::runtime::test;

namespace {

TestModel constantInput(uint64_t size = 1) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", size, lifParameters, 0, 0));
  model.inject(0, twentyMillivolt);
  model.recordSpikes(0);
  return model;
}

} // namespace

TEST(SingleNeuron, IntervalEqualsClosedForm) {
  TestModel model = constantInput();
  snn_model compiled = model.get();
  Instance instance = create(compiled, options());
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);

  // From 0, V reaches 15 of 20 mV after tau log(20 / 5); the grid rounds up,
  // and 20 steps of refractoriness come before each but the first.
  auto rise = static_cast<uint64_t>(std::ceil(10 * std::log(20.0 / 5.0) / 0.1));
  std::vector<Spike> spikes = spikesOf(instance, 0);
  ASSERT_GT(spikes.size(), 3u);
  for (uint64_t i = 0; i < spikes.size(); ++i)
    EXPECT_EQ(spikes[i].time,
              static_cast<double>(rise + i * (rise + 20)) * 0.1);
  EXPECT_EQ(spikes.size(), 1 + (1000 - rise) / (rise + 20));
}

TEST(SingleNeuron, HashIsTheSumOverItsSpikes) {
  TestModel model = constantInput(3);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options());
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  uint64_t sum = 0;
  for (Spike spike : spikesOf(instance, 0))
    sum += mix64(fnv1a64("E"), spike.id,
                 static_cast<uint64_t>(std::llround(spike.time / 0.1)));
  EXPECT_NE(sum, 0u);
  EXPECT_EQ(snn_spike_hash(instance.get()), sum);
}

TEST(SingleNeuron, RecordingDoesNotFeedBack) {
  TestModel model = constantInput(40);
  model.records.push_back({model.whole(0), LIF_TWICE, 0, 7, 0});
  snn_model compiled = model.get();
  Instance with = create(compiled, options());
  Instance without = create(compiled, options(1, SNN_RECORD_NOTHING));
  ASSERT_EQ(snn_run(with.get(), UINT64_MAX), SNN_OK);
  ASSERT_EQ(snn_run(without.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(with.get()), snn_spike_hash(without.get()));
  EXPECT_EQ(snn_read_spikes(without.get(), 0, nullptr, nullptr), 0u);
  EXPECT_EQ(snn_trace_size(without.get(), 1).samples, 0u);
}

TEST(SingleNeuron, TracesHaveTheUnitAndTimesOfTheRecord) {
  TestModel model = constantInput(40);
  model.records.push_back({{0, 0, 3, 10, 2}, LIF_V, 0, 10, 10});
  model.records.push_back({{0, 0, 3, 10, 2}, LIF_TWICE, 0, 10, 10});
  model.duration = 100;
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(3));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  snn_trace size = snn_trace_size(instance.get(), 1);
  ASSERT_EQ(size.samples, 10u);
  ASSERT_EQ(size.neurons, 10u);
  std::vector<double> V(100), twice(100), times(10);
  snn_read_trace(instance.get(), 1, V.data(), times.data());
  snn_read_trace(instance.get(), 2, twice.data(), nullptr);
  for (uint64_t sample = 0; sample < 10; ++sample) {
    double time = static_cast<double>(10 * (sample + 1)) * 0.1;
    EXPECT_EQ(times[sample], time);
    for (uint64_t neuron = 0; neuron < 10; ++neuron) {
      double v = V[sample * 10 + neuron];
      EXPECT_NEAR(v, 20 * -std::expm1(-time / 10), 1e-12);
      EXPECT_EQ(twice[sample * 10 + neuron], 2000 * v);
    }
  }
}

TEST(SingleNeuron, WarmUpIsSimulatedButNotRecorded) {
  TestModel whole = constantInput(), late = constantInput();
  late.warmup = 400;
  late.duration = 600;
  late.records.push_back({late.whole(0), LIF_V, 0, 100, 0});
  snn_model all = whole.get(), part = late.get();
  Instance first = create(all, options()), second = create(part, options());
  ASSERT_EQ(snn_run(first.get(), UINT64_MAX), SNN_OK);
  ASSERT_EQ(snn_run(second.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(first.get()), snn_spike_hash(second.get()));
  std::vector<Spike> expected;
  for (Spike spike : spikesOf(first, 0))
    if (spike.time > 400 * 0.1)
      expected.push_back(spike);
  EXPECT_EQ(spikesOf(second, 0), expected);
  std::vector<double> times(snn_trace_size(second.get(), 1).samples);
  ASSERT_EQ(times.size(), 7u);
  snn_read_trace(second.get(), 1, nullptr, times.data());
  EXPECT_EQ(times[0], 400 * 0.1);
  EXPECT_NEAR(snn_mean_rate(second.get(), 0),
              static_cast<double>(expected.size()) / 0.06, 1e-9);
}

TEST(SingleNeuron, RunsInPiecesAreOneRun) {
  TestModel model = constantInput();
  snn_model compiled = model.get();
  Instance whole = create(compiled, options()),
           pieces = create(compiled, options(2));
  ASSERT_EQ(snn_run(whole.get(), UINT64_MAX), SNN_OK);
  for (uint64_t steps : {1, 0, 137, 500, 361, 1})
    ASSERT_EQ(snn_run(pieces.get(), steps), SNN_OK);
  EXPECT_EQ(snn_steps_done(pieces.get()), 1000u);
  EXPECT_EQ(spikesOf(whole, 0), spikesOf(pieces, 0));
  EXPECT_EQ(snn_run(pieces.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_steps_done(pieces.get()), 1000u);
}

TEST(SingleNeuron, ResetRepeatsTheRun) {
  TestModel model = constantInput(5);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options());
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  uint64_t hash = snn_spike_hash(instance.get());
  std::vector<Spike> spikes = spikesOf(instance, 0);
  ASSERT_EQ(snn_reset(instance.get()), SNN_OK);
  EXPECT_EQ(snn_spike_hash(instance.get()), 0u);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_spike_hash(instance.get()), hash);
  EXPECT_EQ(spikesOf(instance, 0), spikes);
}

TEST(SingleNeuron, SetParameterComputesConstantsAnew) {
  TestModel model = constantInput();
  snn_model compiled = model.get();
  Instance instance = create(compiled, options());
  ASSERT_EQ(snn_set_parameter(instance.get(), 0, LIF_TAU, 20), SNN_OK);
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  double rise = std::ceil(20 * std::log(4.0) / 0.1);
  EXPECT_EQ(spikesOf(instance, 0)[0].time, rise * 0.1);
  EXPECT_EQ(snn_set_parameter(instance.get(), 0, LIF_THRESHOLD, 1), SNN_USAGE);
  EXPECT_NE(std::string(snn_last_error(instance.get())->message)
                .find("`V_th` of E differs"),
            std::string::npos);
}

TEST(SingleNeuron, ChangesHappenAtTheirStep) {
  TestModel model = constantInput();
  // V is 0 again at step 100; tau is 20 ms from step 100 on.
  model.changes.push_back({100, SNN_RESET_STATE, 0, 0, 0, 0});
  model.changes.push_back({100, SNN_SET_PARAMETER, 0, LIF_TAU, 0, 20});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  double rise = std::ceil(20 * std::log(4.0) / 0.1);
  EXPECT_EQ(spikesOf(instance, 0)[0].time, (100 + rise) * 0.1);
}

TEST(SingleNeuron, NonFiniteStateNamesNeuronTimeAndLine) {
  TestModel model = constantInput(50);
  std::vector<double> initial(50, 0.0);
  initial[37] = std::numeric_limits<double>::quiet_NaN();
  snn_value given = constant(0);
  given.kind = SNN_DATA;
  given.data = initial.data();
  given.count = 50;
  snn_initial V = {LIF_V, 0, given};
  model.populations[0] = lifPopulation("E", 50, lifParameters, &V, 1);
  snn_model compiled = model.get();
  for (uint32_t threads : {1, 3}) {
    Instance instance = create(compiled, options(threads));
    EXPECT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_NUMERICAL);
    const snn_error *error = snn_last_error(instance.get());
    EXPECT_STREQ(error->message,
                 "`V` of E[37] became not a number at t = 0.1 ms");
    EXPECT_STREQ(error->file, "lif.snn");
    EXPECT_EQ(error->line, 7u);
  }
}

TEST(SingleNeuron, InputsByNeuronAddUpInTheirSlices) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", 600, lifParameters, 0, 0));
  auto eight = [](double) { return 8.0; };
  model.stimuli.push_back(
      {"a", {0, 0, 0, 600, 1}, SNN_NONE, LIF_I, eight, 1, 0});
  model.stimuli.push_back(
      {"b", {0, 0, 5, 100, 3}, SNN_NONE, LIF_I, eight, 1, 0});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), 1), SNN_OK);
  std::vector<double> V(600);
  ASSERT_EQ(snn_read_field(instance.get(), 0, LIF_V, 0, 600, V.data()), SNN_OK);
  for (uint64_t i = 0; i < 600; ++i) {
    bool both = i >= 5 && i <= 302 && (i - 5) % 3 == 0;
    EXPECT_NEAR(V[i], (both ? 16 : 8) * -std::expm1(-0.01), 1e-14) << i;
  }
}

TEST(SingleNeuron, NoiseHasItsMomentsAndNoThreads) {
  TestModel model;
  model.populations.push_back(lifPopulation("E", 5000, lifParameters, 0, 0));
  auto three = [](double) { return 3.0; };
  model.stimuli.push_back(
      {"n", {0, 0, 0, 5000, 1}, SNN_NONE, LIF_I, three, 1, 1});
  snn_model compiled = model.get();
  std::vector<double> I(5000), other(5000);
  Instance one = create(compiled, options(1));
  ASSERT_EQ(snn_run(one.get(), 2), SNN_OK);
  snn_read_field(one.get(), 0, LIF_I, 0, 5000, I.data());
  double mean = 0, square = 0;
  for (double x : I) {
    mean += x / 5000;
    square += x * x / 5000;
  }
  EXPECT_NEAR(mean, 0, 0.2);
  EXPECT_NEAR(square, 9, 0.7);
  Instance many = create(compiled, options(7));
  ASSERT_EQ(snn_run(many.get(), 2), SNN_OK);
  snn_read_field(many.get(), 0, LIF_I, 0, 5000, other.data());
  EXPECT_EQ(I, other);
}

TEST(SingleNeuron, DurationOffTheGridIsRefused) {
  TestModel model = constantInput();
  snn_model compiled = model.get();
  snn_options given = options();
  given.duration = 0.25;
  snn_error error;
  EXPECT_EQ(snn_create(&compiled, &given, &error), nullptr);
  EXPECT_EQ(error.status, SNN_USAGE);
  EXPECT_STREQ(error.message,
               "a duration of 0.25 ms is not a multiple of the step of 0.1 ms");
  given.duration = 0.3;
  Instance instance = create(compiled, given);
  EXPECT_EQ(snn_steps_planned(instance.get()), 3u);
}

TEST(SingleNeuron, TrainsFireAtTheirSteps) {
  static const uint64_t steps[] = {0, 3, 3, 3, 10};
  static const uint32_t ids[] = {1, 39, 2, 2, 0};
  TestModel model;
  snn_population source = {};
  source.path = "S";
  source.size = 40;
  source.kind = SNN_TRAIN_SOURCE;
  source.num_train_spikes = 5;
  source.train_steps = steps;
  source.train_ids = ids;
  model.populations.push_back(source);
  model.recordSpikes(0);
  model.duration = 10;
  snn_model compiled = model.get();
  std::vector<Spike> expected = {
      {0, 1}, {3 * 0.1, 2}, {3 * 0.1, 2}, {3 * 0.1, 39}, {1, 0}};
  for (uint32_t threads : {1, 2}) {
    Instance instance = create(compiled, options(threads));
    ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
    EXPECT_EQ(spikesOf(instance, 0), expected);
  }
}
