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
  // Two channels to 8 of 50 x 50.
  static const snn_convolution maps = {{2, 50, 50}, {8, 50, 50}, {3, 5}, {1, 1},
                                       {1, 2},      {1, 1},      2};
  snn_projection convolution =
      drawn(projectionOf(SNN_CONVOLUTION, 5000, 20000, 0, 0));
  convolution.convolution = &maps;
  return {
      {"one_to_one", drawn(projectionOf(SNN_ONE_TO_ONE, 20000, 20000, 0, 0)),
       8083298075995962329u},
      {"all_to_all", all, 17394112496455473752u},
      {"probability", probability, 10828926486543630692u},
      {"indegree", of(SNN_INDEGREE, 10, both), 12340210443674700312u},
      {"indegree, no autapses", of(SNN_INDEGREE, 10, SNN_MULTAPSES),
       3167308077965054136u},
      {"indegree, distinct", of(SNN_INDEGREE, 10, 0), 2282130353658518895u},
      {"outdegree", of(SNN_OUTDEGREE, 900, both), 14226243585011861795u},
      {"outdegree, distinct", of(SNN_OUTDEGREE, 900, 0), 7653438899649134636u},
      {"total", of(SNN_TOTAL, 100000, both), 14190058157155725272u},
      {"total, distinct", of(SNN_TOTAL, 100000, 0), 8974467298592990192u},
      {"list", list, 9379741263528318834u},
      {"place", drawn(placed(wedge, 0, true)), 13255390455716800544u},
      {"convolution", convolution, 7766525627726790840u},
      {"gamma weights, two delays", gammas, 16203932811609775920u},
  };
}

} // namespace snn::test

#endif // SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_CASES_H
