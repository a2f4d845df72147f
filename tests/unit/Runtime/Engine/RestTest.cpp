//===- RestTest.cpp - Neurons whose state stands still --------------------===//
//
// Updates that would change nothing are passed over, and no result shows it.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Engine/RandomNetwork.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

/// Volleys that make some hundreds of 4,000 neurons fire, with long pauses; of
/// all of them, or of every third one in the middle.
struct Volleys : TestModel {
  std::vector<uint64_t> steps;
  std::vector<uint32_t> ids;

  Volleys(double delay, bool inTheMiddle) {
    for (uint64_t step : {0, 3, 500, 501, 502, 1700})
      for (uint32_t id = 0; id < 4; ++id) {
        steps.push_back(step);
        ids.push_back((step + 7 * id) % 40);
      }
    snn_population source = {};
    source.path = "T";
    source.size = 40;
    source.kind = SNN_TRAIN_SOURCE;
    source.num_train_spikes = steps.size();
    source.train_steps = steps.data();
    source.train_ids = ids.data();
    populations.push_back(source);
    populations.push_back(lifPopulation("E", 4000, lifParameters, 0, 0));
    populations.push_back(lifPopulation("F", 900, lifParameters, 0, 0));
    duration = 2500;
    connect("T->E.syn#0", 0, 1, inTheMiddle ? 0.3 : 0.03, constant(delay));
    if (inTheMiddle)
      projections.back().target = {1, 0, 1030, 500, 3};
    connect("E->F.syn#0", 1, 2, 0.002, value(SNN_UNIFORM, 0.2, delay));
    recordSpikes(1);
    recordSpikes(2);
    records.push_back({whole(1), LIF_V, 0, 50, 0});
  }

  void connect(const char *path, uint32_t from, uint32_t to, double p,
               snn_value delay) {
    snn_projection made = project(*this, path, from, to, SNN_PROBABILITY);
    made.number = p;
    made.weight = constant(20); // one is enough to fire
    made.axonal_delay = delay;
    projections.push_back(made);
  }

  /// An input that nobody knows to be zero: no neuron may rest.
  void keepAwake() {
    for (uint32_t p : {1u, 2u})
      inject(p, [](double) { return 0.0; }, /*isConstant=*/false);
  }
};

snn_stats statsOf(const Instance &instance) {
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  return stats;
}

} // namespace

TEST(Rest, PassesOverUpdatesAndChangesNoResult) {
  for (auto [delay, inTheMiddle] :
       {std::pair(0.3, false), {4.0, false}, {0.3, true}})
    for (uint32_t threads : {1, 2, 3}) {
      Volleys resting(delay, inTheMiddle), awake(delay, inTheMiddle);
      awake.keepAwake();
      snn_model first = resting.get(), second = awake.get();
      Instance a = create(first, options(threads)),
               b = create(second, options(threads));
      ASSERT_EQ(snn_run(a.get(), UINT64_MAX), SNN_OK);
      ASSERT_EQ(snn_run(b.get(), UINT64_MAX), SNN_OK);
      EXPECT_GT(statsOf(a).spikes, 2000u);
      EXPECT_EQ(snn_spike_hash(a.get()), snn_spike_hash(b.get()));
      EXPECT_EQ(spikesOf(a, 2), spikesOf(b, 2));
      std::vector<double> V(4000), W(4000);
      ASSERT_EQ(snn_read_field(a.get(), 1, LIF_V, 0, 4000, V.data()), SNN_OK);
      ASSERT_EQ(snn_read_field(b.get(), 1, LIF_V, 0, 4000, W.data()), SNN_OK);
      EXPECT_EQ(V, W);
      EXPECT_EQ(statsOf(b).updates_at_rest, 0u);
      EXPECT_GT(statsOf(a).updates_at_rest, statsOf(a).neuron_updates / 2);
      EXPECT_LE(statsOf(a).updates_at_rest, uint64_t{2500} * (4000 + 912));
    }
}

TEST(Rest, EndsWhereStatesAreSetBack) {
  snn_initial above = {LIF_V, 0, constant(20)};
  TestModel model;
  model.populations.push_back(
      lifPopulation("E", 2000, lifParameters, &above, 1));
  for (uint64_t step : {300, 700})
    model.changes.push_back({step, SNN_RESET_STATE, 0, 0, 0, 0});
  model.recordSpikes(0);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_GT(statsOf(instance).updates_at_rest, 1'000'000u);
  // Once after each start.
  EXPECT_EQ(statsOf(instance).spikes, 3u * 2000);
}

TEST(Rest, IsNotForNeuronsThatFireInEveryStep) {
  snn_parameter parameters[LIF_PARAMETERS];
  std::copy(lifParameters, lifParameters + LIF_PARAMETERS, parameters);
  parameters[LIF_THRESHOLD].value = constant(-1);
  parameters[LIF_T_REF].value = constant(0);
  TestModel model;
  model.populations.push_back(lifPopulation("E", 600, parameters, 0, 0));
  snn_model compiled = model.get();
  Instance instance = create(compiled, options());
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(statsOf(instance).spikes, 600u * 1000);
  EXPECT_EQ(statsOf(instance).updates_at_rest, 0u);
}
