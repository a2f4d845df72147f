//===- Cases.h - One projection for every rule ------------------*- C++ -*-===//
//
// Large enough for two tiles, with everything drawn; and the hashes of their
// edges, which are pinned.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_CASES_H
#define SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_CASES_H

#include "runtime/lib/Random/Hash.h"
#include "tests/unit/Runtime/Connectivity/Edges.h"

namespace snn::test {

struct Case {
  const char *name;
  snn_projection projection;
  uint64_t pinned;
};

inline std::vector<Case> cases() {
  static std::vector<uint32_t> listSources, listTargets;
  if (listSources.empty())
    for (uint64_t i = 0; i < 30000; ++i) {
      listSources.push_back(static_cast<uint32_t>(runtime::mix64(1, i) % 97));
      listTargets.push_back(
          static_cast<uint32_t>(runtime::mix64(2, i) % 20000));
    }
  constexpr uint32_t both = SNN_AUTAPSES | SNN_MULTAPSES;
  // Two tiles of 10,000 targets.
  auto of = [](uint32_t rule, uint64_t count, uint32_t flags) {
    return drawn(projectionOf(rule, 97, 20000, count, flags, true));
  };
  snn_projection probability = of(SNN_PROBABILITY, 0, 0);
  probability.number = 0.05;
  snn_projection all = of(SNN_ALL_TO_ALL, 0, 0);
  all.source.count = 11;
  snn_projection list = of(SNN_LIST, 30000, 0);
  list.list_sources = listSources.data();
  list.list_targets = listTargets.data();
  snn_projection gammas = of(SNN_OUTDEGREE, 900, both);
  gammas.weight = valueOf(SNN_GAMMA, 2, 3);
  gammas.dendritic_delay = valueOf(SNN_EXPONENTIAL, 0.7);
  gammas.weight_element = SNN_F64;
  static snn_geometry wedge = {};
  wedge.source = sheetOf(97, 1, 20);
  wedge.target = sheetOf(20000, 1, 0.1);
  wedge.probability = [](const void *, double distance, double, double,
                         double) { return 0.05 * (1 - distance / 4000); };
  return {
      {"one_to_one", drawn(projectionOf(SNN_ONE_TO_ONE, 20000, 20000, 0, 0)),
       4271892843510146057u},
      {"all_to_all", all, 17042576177394810455u},
      {"probability", probability, 4908404183395929760u},
      {"indegree", of(SNN_INDEGREE, 10, both), 4391843072899773544u},
      {"indegree, no autapses", of(SNN_INDEGREE, 10, SNN_MULTAPSES),
       7949682098048921581u},
      {"indegree, distinct", of(SNN_INDEGREE, 10, 0), 14419651157187763678u},
      {"outdegree", of(SNN_OUTDEGREE, 900, both), 5834640693961855521u},
      {"outdegree, distinct", of(SNN_OUTDEGREE, 900, 0), 17802990054970945275u},
      {"total", of(SNN_TOTAL, 100000, both), 3248927917216925667u},
      {"total, distinct", of(SNN_TOTAL, 100000, 0), 2852458697879219149u},
      {"list", list, 1477218468502262437u},
      {"place", drawn(placed(wedge, 0, true)), 3639041090146362458u},
      {"gamma weights, two delays", gammas, 16203932811609775920u},
  };
}

} // namespace snn::test

#endif // SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_CASES_H
