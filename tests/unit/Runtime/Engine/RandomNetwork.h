//===- RandomNetwork.h - A network with one of everything -------*- C++ -*-===//
//
// For tests that ask whether the same comes out.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_ENGINE_RANDOMNETWORK_H
#define SNN_TESTS_UNIT_RUNTIME_ENGINE_RANDOMNETWORK_H

#include "tests/unit/Runtime/Engine/TestModel.h"

#include <cmath>

namespace snn::runtime::test {

inline snn_projection project(const TestModel &model, const char *path,
                              uint32_t from, uint32_t to, uint32_t rule) {
  snn_projection made = {};
  made.path = path;
  made.source = model.whole(from);
  made.target = model.whole(to);
  made.rule = rule;
  made.flags = SNN_AUTAPSES | SNN_MULTAPSES;
  made.weight = constant(1);
  made.grid = LIF_GRID;
  made.sum_field = LIF_SUM;
  made.axonal_delay = constant(1);
  made.dendritic_delay = constant(0);
  made.weight_element = SNN_I32;
  made.deliver = lifDeliver;
  return made;
}

/// Excitation, inhibition, drawn delays and weights, slices, a Poisson source,
/// drives of constant and drawn weight, and a handler where order matters.
inline TestModel randomNetwork() {
  TestModel model;
  model.step = 0.1;
  model.warmup = 50;
  model.duration = 950;
  model.populations.push_back(lifPopulation("E", 403, lifParameters, 0, 0));
  model.populations.push_back(lifPopulation("I", 101, lifParameters, 0, 0));
  model.populations.push_back(splitLifPopulation("S", 77));
  snn_population poisson = {};
  poisson.path = "P";
  poisson.size = 50;
  poisson.kind = SNN_POISSON_SOURCE;
  poisson.rate = [](double t) { return t < 50 ? 0.3 : 0.1; };
  model.populations.push_back(poisson);

  auto connect = [&](const char *path, uint32_t from, uint32_t to, double p,
                     snn_value weight, snn_value delay) {
    snn_projection made = project(model, path, from, to, SNN_PROBABILITY);
    made.number = p;
    made.weight = weight;
    made.axonal_delay = delay;
    model.projections.push_back(made);
  };
  connect("E->E.syn#0", 0, 0, 0.1, constant(0.4), constant(1.5));
  connect("E->I.syn#0", 0, 1, 0.1, constant(0.4), value(SNN_UNIFORM, 0.1, 3));
  connect("I->E.syn#0", 1, 0, 0.2, value(SNN_NORMAL, -1, 0.1),
          value(SNN_UNIFORM, 0.5, 1.2));
  connect("P->E.syn#0", 3, 0, 0.1, constant(1), constant(0.1));
  model.projections.back().source = {3, 0, 1, 20, 2};
  model.projections.back().target = {0, 0, 3, 100, 4};
  connect("E->S.syn#0", 0, 2, 0.1, value(SNN_UNIFORM, -0.3, 0.5),
          value(SNN_UNIFORM, 0.5, 2));
  connect("I->S.syn#0", 1, 2, 0.2, value(SNN_UNIFORM, -0.2, 0.1),
          constant(0.8));
  for (uint32_t i : {4, 5}) {
    model.projections[i].sum_field = SNN_NONE;
    model.projections[i].weight_element = SNN_F64;
    model.projections[i].deliver = splitLifDeliver;
  }

  auto rate = [](double t) { return 8 + 4 * std::sin(t * 0.1); };
  auto steady = [](double) { return 7.0; };
  auto drive = [&](const char *path, uint32_t to, snn_time_fn f,
                   uint32_t isConstant, snn_value weight) {
    model.drives.push_back(
        {path, model.whole(to), f, isConstant, LIF_SUM, weight, LIF_GRID});
  };
  drive("poisson->E.syn#0", 0, rate, 0, value(SNN_UNIFORM, 0.15, 0.25));
  drive("poisson->I.syn#0", 1, steady, 1, constant(0.2));
  drive("poisson->S.syn#0", 2, steady, 1, constant(0.2));
  for (uint32_t p = 0; p < 4; ++p)
    model.recordSpikes(p);
  model.records.push_back({{2, 0, 1, 25, 3}, LIF_V, 0, 5, 0});
  return model;
}

} // namespace snn::runtime::test

#endif // SNN_TESTS_UNIT_RUNTIME_ENGINE_RANDOMNETWORK_H
