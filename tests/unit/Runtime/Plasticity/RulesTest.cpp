//===- RulesTest.cpp - What handlers see, and when they run ---------------===//
//
// Short-term plasticity needs the source's states just before each spike, also
// of several in a step; a modulated eligibility needs lazy decay, whole periods
// and the modulator as the step began.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

using namespace snn::runtime::test;

namespace {

snn_value given(const std::vector<double> &data) {
  snn_value made = constant(0);
  made.kind = SNN_DATA;
  made.data = data.data();
  made.count = data.size();
  return made;
}

/// u R for each spike of a train, from its times alone.
std::vector<double> resourcesOf(const std::vector<uint64_t> &train) {
  std::vector<double> sent;
  double u = 0, resources = 1, before = 0;
  for (uint64_t step : train) {
    double time = static_cast<double>(step) * 0.1;
    u *= std::exp(-(time - before) / STP_TAU_F);
    resources = 1 - (1 - resources) * std::exp(-(time - before) / STP_TAU_D);
    before = time;
    u += STP_U * (1 - u);
    sent.push_back(u * resources);
    resources -= u * resources;
  }
  return sent;
}

/// An eligibility that a modulator turns into weight.
struct RewardModel : PlasticModel {
  uint32_t source, target, dopamine, plastic, record;

  explicit RewardModel(uint32_t element) {
    constants = {0.02, 0.015, 1, 180, 1e-4};
    duration = 1203;
    source = addPoisson("P", 30, [](double) { return 0.1; });
    uint32_t kicks = addPoisson("K", 40, [](double) { return 0.04; });
    uint32_t rewards = addTrains("R", 1, {100, 431, 432, 900}, {0, 0, 0, 0});
    target = addNeurons("E", 40);
    dopamine = addNeurons("D", 1);
    kick(kicks, target);
    kick(rewards, dopamine);
    projections.back().weight = constant(4); // below threshold
    snn_plasticity rule = rewardRule(element, &constants);
    rule.pre = addTrace(element, source, TauPlus);
    rule.post = addTrace(element, target, TauMinus);
    rule.num_modulators = 1;
    modulator = {dopamine, LIF_V};
    rule.modulators = &modulator;
    periodic = rewardEvery(element, 50);
    rule.num_periodic = 1;
    rule.periodic = &periodic;
    initial = value(SNN_NORMAL, 0.1, 0.05);
    rule.initials = &initial;
    plastic = connect("P->E.syn#0", source, target, SNN_PROBABILITY, rule);
    projections[plastic].number = 0.2;
    projections[plastic].axonal_delay = constant(0.4);
    recordSpikes(source);
    recordSpikes(target);
    record = static_cast<uint32_t>(records.size());
    records.push_back({whole(dopamine), LIF_V, 0, 1, 0});
  }

  snn_modulator modulator;
  snn_periodic periodic;
  snn_value initial;
};

} // namespace

TEST(Rules, ShortTermPlasticityIsExactForSeveralSpikesInAStep) {
  std::vector<uint64_t> steps = {0, 3, 3, 3, 3, 40, 41, 41, 700, 700, 702};
  std::vector<uint32_t> ids = {1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1};
  std::vector<uint32_t> from = {0, 1, 1, 0, 1}, to = {0, 0, 17, 17, 30};
  std::vector<double> weights = {0.5, 1, 0.25, 2, 0.75};
  std::vector<double> delays = {0.1, 0.4, 0.4, 3.0, 0.1};
  for (uint32_t element : {SNN_F32, SNN_F64})
    for (bool differ : {false, true})
      for (uint32_t threads : {1, 2}) {
        PlasticModel model;
        model.constants.most = 2;
        model.duration = 900;
        uint32_t source = model.addTrains("T", 2, steps, ids);
        uint32_t target = model.addNeurons("E", 33);
        snn_plasticity rule = stpRule(element, &model.constants);
        rule.pre = model.add(stpPopulation("x", element, source, 2));
        uint32_t p =
            model.connect("T->E.syn#0", source, target, SNN_LIST, rule);
        snn_projection &list = model.projections[p];
        list.count = from.size();
        list.list_sources = from.data();
        list.list_targets = to.data();
        list.weight = given(weights);
        list.axonal_delay = differ ? given(delays) : constant(0.2);
        model.records.push_back({model.whole(target), LIF_V, 0, 900, 900});
        snn_model compiled = model.get();
        Instance instance = create(compiled, options(threads));
        ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
        Trains trains(2);
        for (size_t i = 0; i < steps.size(); ++i)
          trains[ids[i]].push_back(steps[i]);
        std::vector<double> sent = weightsOf(instance, p, 1), V(33),
                            expectedV(33);
        snn_read_trace(instance.get(), 0, V.data(), nullptr);
        std::vector<Edge> edges = edgesOf(compiled, p);
        for (size_t i = 0; i < edges.size(); ++i) {
          double sum = 0;
          std::vector<double> parts = resourcesOf(trains[edges[i].source]);
          for (size_t s = 0; s < parts.size(); ++s) {
            sum += edges[i].weight * parts[s];
            double since = static_cast<double>(
                900 - trains[edges[i].source][s] - edges[i].delay);
            expectedV[edges[i].target] +=
                edges[i].weight * parts[s] * std::exp(-since * 0.01);
          }
          EXPECT_NEAR(sent[i], sum, element == SNN_F32 ? 1e-5 : 1e-12);
        }
        for (size_t i = 0; i < V.size(); ++i)
          EXPECT_NEAR(V[i], expectedV[i], 5 * LIF_GRID);
      }
}

TEST(Rules, LazyEligibilityAndModulatorAreAsTheirEventsSay) {
  RewardModel model(SNN_F64);
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  std::vector<double> V(model.duration + 1);
  ASSERT_EQ(snn_trace_size(instance.get(), model.record).samples,
            model.duration);
  snn_read_trace(instance.get(), model.record, V.data() + 1, nullptr);
  EXPECT_GT(*std::max_element(V.begin(), V.end()), 3);
  Trains sources = trainsOf(instance, model.source);
  Trains targets = trainsOf(instance, model.target);
  std::vector<Edge> edges = edgesOf(compiled, model.plastic);
  std::vector<double> weights = weightsOf(instance, model.plastic);
  const RuleConstants &c = model.constants;
  // What the eligibilities began with, to check that they were drawn.
  Instance before = create(compiled, options(3));
  std::vector<double> initial = weightsOf(before, model.plastic, 1);
  double mean = 0;
  for (double e : initial)
    mean += e / static_cast<double>(initial.size());
  EXPECT_NEAR(mean, 0.1, 0.02);
  EXPECT_NE(initial[0], initial[1]);
  double moved = 0;
  for (size_t i = 0; i < edges.size(); ++i) {
    PairEvents events(sources[edges[i].source], 4, targets[edges[i].target], 0,
                      model.duration);
    double weight = edges[i].weight, e = initial[i];
    size_t pre = 0, post = 0;
    for (uint64_t now = 1; now <= model.duration; ++now) {
      e *= std::exp(-1 / c.tau);
      for (; pre < events.pre.size() && events.pre[pre] == now; ++pre)
        e -= c.depression *
             events.trace(events.post, now, false, TauMinus, model.step);
      for (; post < events.post.size() && events.post[post] == now; ++post)
        e += c.potentiation *
             events.trace(events.pre, now, true, TauPlus, model.step);
      if (now % 50 == 0)
        weight += c.rate * V[now - 1] * e;
    }
    EXPECT_NEAR(weights[i] / 1000, weight, 1e-10);
    moved += std::abs(weight - edges[i].weight);
  }
  EXPECT_GT(moved, 1e-4);
}

TEST(Rules, ModulatedSynapsesHaveTheSameBitsForAnyNumberOfThreads) {
  for (uint32_t element : {SNN_F32, SNN_F64}) {
    RewardModel model(element);
    model.duration = 400;
    snn_model compiled = model.get();
    Instance one = create(compiled, options(1));
    ASSERT_EQ(snn_run(one.get(), UINT64_MAX), SNN_OK);
    for (uint32_t threads : {2, 3, 8}) {
      Instance other = create(compiled, options(threads));
      ASSERT_EQ(snn_run(other.get(), UINT64_MAX), SNN_OK);
      for (uint32_t state : {0, 1})
        EXPECT_EQ(weightsOf(one, model.plastic, state),
                  weightsOf(other, model.plastic, state));
      EXPECT_EQ(snn_spike_hash(one.get()), snn_spike_hash(other.get()));
    }
  }
}

TEST(Rules, FrozenSynapsesAreStaticOnes) {
  struct Case {
    snn_value axonal, dendritic;
  };
  for (const Case &delays :
       {Case{constant(0.5), constant(0)}, Case{constant(0), constant(0.9)},
        Case{value(SNN_UNIFORM, 0.1, 2), constant(0.3)},
        Case{constant(0.2), value(SNN_UNIFORM, 0, 2)}}) {
    uint64_t hashes[3] = {};
    for (int form : {0, 1, 2}) { // static, frozen, plastic
      PlasticModel model;
      model.duration = 800;
      uint32_t source = model.addPoisson("P", 50, [](double) { return 0.4; });
      uint32_t target = model.addNeurons("E", 60);
      uint32_t p = model.connectPair("P->E.syn#0", source, target, SNN_INDEGREE,
                                     SNN_F64);
      snn_projection &projection = model.projections[p];
      projection.count = 20;
      projection.weight = value(SNN_NORMAL, 0.5, 0.1);
      projection.axonal_delay = delays.axonal;
      projection.dendritic_delay = delays.dendritic;
      if (form == 0) {
        projection.plasticity = nullptr;
        projection.weight_element = SNN_I32;
        projection.deliver = narrowLifDeliver;
      } else if (form == 1) {
        model.changes.push_back({0, SNN_FREEZE, 0, SNN_NONE, 0, 0});
      }
      snn_model compiled = model.get();
      Instance instance = create(compiled, options(2));
      ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
      EXPECT_GT(snn_mean_rate(instance.get(), target), 10);
      hashes[form] = snn_spike_hash(instance.get());
    }
    EXPECT_EQ(hashes[0], hashes[1]);
    EXPECT_NE(hashes[1], hashes[2]) << "the rule changes nothing";
  }
}

TEST(Rules, FreezingKeepsStatesAndStopsTheirTime) {
  RewardModel model(SNN_F64);
  model.changes.push_back({300, SNN_FREEZE, 0, model.plastic, 0, 0});
  model.changes.push_back({500, SNN_RESUME, 0, SNN_NONE, 0, 0});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  auto states = [&](uint64_t steps) {
    EXPECT_EQ(snn_run(instance.get(), steps), SNN_OK);
    std::vector<double> both = weightsOf(instance, model.plastic, 0);
    std::vector<double> e = weightsOf(instance, model.plastic, 1);
    both.insert(both.end(), e.begin(), e.end());
    return both;
  };
  std::vector<double> first = states(290), atFreeze = states(10);
  EXPECT_NE(first, atFreeze);
  EXPECT_EQ(states(200), atFreeze);
  EXPECT_NE(states(60), atFreeze);

  // One pair, seen by a whole period after the pause: no time has passed in it.
  PlasticModel pair;
  pair.constants = {0.5, 0, 1, 1000, 0};
  uint32_t source = pair.addTrains("T", 1, {100}, {0});
  uint32_t kicks = pair.addTrains("K", 1, {100}, {0});
  uint32_t target = pair.addNeurons("E", 1);
  pair.kick(kicks, target);
  snn_plasticity rule = rewardRule(SNN_F64, &pair.constants);
  rule.pre = pair.addTrace(SNN_F64, source, TauPlus);
  rule.post = pair.addTrace(SNN_F64, target, TauMinus);
  rule.num_modulators = 1;
  snn_modulator modulator = {target, LIF_V};
  rule.modulators = &modulator;
  snn_periodic periodic = rewardEvery(SNN_F64, 700);
  rule.num_periodic = 1;
  rule.periodic = &periodic;
  uint32_t p = pair.connect("T->E.syn#0", source, target, SNN_ONE_TO_ONE, rule);
  pair.changes.push_back({200, SNN_FREEZE, 0, p, 0, 0});
  pair.changes.push_back({500, SNN_RESUME, 0, p, 0, 0});
  compiled = pair.get();
  instance = create(compiled, options(1));
  ASSERT_EQ(snn_run(instance.get(), 700), SNN_OK);
  EXPECT_NEAR(weightsOf(instance, p, 1)[0], 0.5 * std::exp(-0.299), 1e-12);
}

TEST(Rules, FollowersAreRecordedButAreNoNeurons) {
  PlasticModel model;
  model.duration = 300;
  uint32_t source = model.addTrains("T", 3, {0, 50, 50, 120}, {1, 0, 1, 1});
  uint32_t target = model.addNeurons("E", 3);
  uint32_t p =
      model.connectPair("T->E.syn#0", source, target, SNN_ALL_TO_ALL, SNN_F64);
  uint32_t trace = model.rules[0].pre;
  model.records.push_back({model.whole(trace), 0, 0, 60, 60});
  // Resets are for followers as for those they follow.
  model.changes.push_back({240, SNN_RESET_STATE, trace, 0, 0, 0});
  snn_model compiled = model.get();
  Instance instance = create(compiled, options(2));
  ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  EXPECT_EQ(snn_num_synapses(instance.get(), p), 9u);
  snn_stats stats;
  snn_get_stats(instance.get(), &stats);
  EXPECT_EQ(stats.neurons, 3u);
  EXPECT_EQ(stats.neuron_updates, 900u);
  EXPECT_EQ(stats.spikes, 4u);
  EXPECT_EQ(stats.synapses, 9u);
  EXPECT_EQ(stats.synaptic_events, 12u);
  std::vector<double> x(5 * 3), times(5);
  snn_read_trace(instance.get(), 0, x.data(), times.data());
  auto expected = [](uint64_t now, std::vector<double> spikes) {
    double sum = 0;
    for (double at : spikes)
      sum += at <= static_cast<double>(now)
                 ? std::exp((at - static_cast<double>(now)) * 0.1 / TauPlus)
                 : 0;
    return sum;
  };
  for (uint64_t sample = 0; sample < 5; ++sample) {
    uint64_t now = 60 + 60 * sample;
    bool isReset = now > 240;
    EXPECT_NEAR(x[sample * 3], isReset ? 0 : expected(now, {50}), 1e-12);
    EXPECT_NEAR(x[sample * 3 + 1], isReset ? 0 : expected(now, {0, 50, 120}),
                1e-12);
    EXPECT_EQ(x[sample * 3 + 2], 0);
  }
}
