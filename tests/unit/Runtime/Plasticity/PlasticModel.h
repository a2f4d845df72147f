//===- PlasticModel.h - Plastic networks put together in a test -*- C++ -*-===//
//
// A projection that changes between populations whose spikes a test gives or
// records, and what its weights must come to: from the spikes alone, pair by
// pair, by the closed form of the rule.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_PLASTICITY_PLASTICMODEL_H
#define SNN_TESTS_UNIT_RUNTIME_PLASTICITY_PLASTICMODEL_H

#include "snn/network.h"
#include "tests/unit/Runtime/Engine/RandomNetwork.h"
#include "tests/unit/Runtime/Plasticity/Rules.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>
#include <tuple>

namespace snn::runtime::test {

constexpr double TauPlus = 20, TauMinus = 30; // ms

struct PlasticModel : TestModel {
  RuleConstants constants = {0.01, 0.012, 1, 1, 0};
  std::deque<snn_plasticity> rules; // stay where they are
  std::deque<snn_parameter> taus;
  std::deque<std::vector<uint64_t>> trainSteps;
  std::deque<std::vector<uint32_t>> trainIds;
  std::deque<std::string> paths;

  uint32_t addTrains(const char *path, uint64_t size,
                     std::vector<uint64_t> steps, std::vector<uint32_t> ids) {
    trainSteps.push_back(std::move(steps));
    trainIds.push_back(std::move(ids));
    snn_population source = {};
    source.path = path;
    source.size = size;
    source.kind = SNN_TRAIN_SOURCE;
    source.num_train_spikes = trainSteps.back().size();
    source.train_steps = trainSteps.back().data();
    source.train_ids = trainIds.back().data();
    return add(source);
  }
  uint32_t addPoisson(const char *path, uint64_t size, snn_time_fn rate) {
    snn_population source = {};
    source.path = path;
    source.size = size;
    source.kind = SNN_POISSON_SOURCE;
    source.rate = rate;
    return add(source);
  }
  uint32_t addNeurons(const char *path, uint64_t size) {
    return add(narrowLifPopulation(path, size));
  }
  uint32_t addTrace(uint32_t element, uint32_t followed, double tau) {
    taus.push_back({"tau", "ms", constant(tau), SNN_NONE, 0});
    paths.push_back("trace" + std::to_string(populations.size()));
    return add(tracePopulation(paths.back().c_str(), element, followed,
                               populations[followed].size, &taus.back()));
  }
  uint32_t add(const snn_population &population) {
    populations.push_back(population);
    return static_cast<uint32_t>(populations.size() - 1);
  }

  /// Spikes of `from` that make `to` fire in the next step.
  void kick(uint32_t from, uint32_t to) {
    paths.push_back("kick" + std::to_string(projections.size()));
    snn_projection made =
        project(*this, paths.back().c_str(), from, to, SNN_ONE_TO_ONE);
    made.deliver = narrowLifDeliver;
    made.weight = constant(40);
    made.axonal_delay = constant(step);
    projections.push_back(made);
  }

  uint32_t connect(const char *path, uint32_t from, uint32_t to, uint32_t rule,
                   const snn_plasticity &plasticity) {
    rules.push_back(plasticity);
    snn_projection made = project(*this, path, from, to, rule);
    made.weight_element = plasticity.element;
    made.deliver = nullptr;
    made.weight = constant(0.5);
    made.axonal_delay = constant(step);
    made.plasticity = &rules.back();
    projections.push_back(made);
    return static_cast<uint32_t>(projections.size() - 1);
  }
  /// Pair STDP with its traces.
  uint32_t connectPair(const char *path, uint32_t from, uint32_t to,
                       uint32_t rule, uint32_t element, uint32_t backprop = 0) {
    snn_plasticity plasticity = pairRule(element, &constants);
    plasticity.pre = addTrace(element, from, TauPlus);
    plasticity.post = addTrace(element, to, TauMinus);
    plasticity.backprop = backprop;
    populations[plasticity.post].follow_delay = backprop;
    return connect(path, from, to, rule, plasticity);
  }
};

struct Edge {
  uint32_t source, target, delay; // steps
  double weight;
};

/// In the order of records.
inline std::vector<Edge> edgesOf(const snn_model &model, uint32_t projection) {
  std::vector<Edge> edges;
  EXPECT_EQ(snn_enumerate_edges(
                &model.projections[projection], model.step, model.seeds.network,
                [](void *context, uint32_t source, uint32_t target,
                   double weight, uint32_t delay) {
                  static_cast<std::vector<Edge> *>(context)->push_back(
                      {source, target, delay, weight});
                  return 0;
                },
                &edges, nullptr),
            0);
  std::vector<size_t> order(edges.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tuple(edges[a].source, edges[a].target, a) <
           std::tuple(edges[b].source, edges[b].target, b);
  });
  std::vector<Edge> sorted(edges.size());
  std::transform(order.begin(), order.end(), sorted.begin(),
                 [&](size_t i) { return edges[i]; });
  return sorted;
}

using Trains = std::vector<std::vector<uint64_t>>; // steps, by neuron

inline Trains trainsOf(const Instance &instance, uint32_t population) {
  const snn_model *model = snn_instance_model(instance.get());
  Trains trains(model->populations[population].size);
  for (const Spike &spike : spikesOf(instance, population))
    trains[spike.id].push_back(
        static_cast<uint64_t>(std::llround(spike.time / model->step)));
  return trains;
}

inline std::vector<double> weightsOf(const Instance &instance,
                                     uint32_t projection, uint32_t state = 0) {
  std::vector<double> values(snn_num_synapses(instance.get(), projection));
  EXPECT_EQ(snn_read_synapses(instance.get(), projection, state, values.data(),
                              nullptr, nullptr),
            SNN_OK);
  return values;
}

/// Spikes of a pair at the synapse, by time; those of the source first.
struct PairEvents {
  std::vector<uint64_t> pre, post;

  PairEvents(const std::vector<uint64_t> &source, uint64_t axonal,
             const std::vector<uint64_t> &target, uint64_t backprop,
             uint64_t end) {
    for (uint64_t at : source)
      if (at + axonal <= end)
        pre.push_back(at + axonal);
    for (uint64_t at : target)
      if (at + backprop <= end)
        post.push_back(at + backprop);
  }

  double trace(const std::vector<uint64_t> &spikes, uint64_t now, bool included,
               double tau, double step) const {
    double sum = 0;
    for (uint64_t at : spikes)
      if (at < now || (included && at == now))
        sum += std::exp(-static_cast<double>(now - at) * step / tau);
    return sum;
  }

  template <typename OnPre, typename OnPost>
  void forEach(OnPre onPre, OnPost onPost) const {
    size_t i = 0, j = 0;
    while (i < pre.size() || j < post.size())
      if (j == post.size() || (i < pre.size() && pre[i] <= post[j]))
        onPre(pre[i++]);
      else
        onPost(post[j++]);
  }
};

/// What pair STDP makes of a weight.
inline double pairWeight(const PairEvents &events, double weight,
                         const RuleConstants &c, double step) {
  events.forEach(
      [&](uint64_t now) {
        weight -= c.depression * c.most *
                  events.trace(events.post, now, false, TauMinus, step);
        weight = std::clamp(weight, 0.0, c.most);
      },
      [&](uint64_t now) {
        weight += c.potentiation * c.most *
                  events.trace(events.pre, now, true, TauPlus, step);
        weight = std::clamp(weight, 0.0, c.most);
      });
  return weight;
}

} // namespace snn::runtime::test

#endif // SNN_TESTS_UNIT_RUNTIME_PLASTICITY_PLASTICMODEL_H
