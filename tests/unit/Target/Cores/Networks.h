//===- Networks.h - Networks to be mapped -----------------------*- C++ -*-===//
//
// Random networks, and what a test needs to know of them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_NETWORKS_H
#define SNN_TESTS_UNIT_TARGET_CORES_NETWORKS_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"
#include "compiler/Target/Cores/Partition/Random.h"

namespace snn::target::cores {

struct RandomNetwork {
  Vertex numVertices = 100;
  uint32_t numResources = 1;
  uint32_t mostTargets = 8;
  uint32_t mostNeed = 1; // of each resource; at least 1
  uint32_t window = 0;   // targets at most so far away; 0: anywhere
  bool withInputs = false;
};

/// Rates vary over two orders; some vertices have no targets or reach
/// themselves, some targets are named twice.
inline Hypergraph makeNetwork(const RandomNetwork &form, uint64_t seed) {
  Random random(seed);
  Hypergraph network(form.numVertices, form.numResources);
  std::vector<Vertex> targets;
  for (Vertex v = 0; v < form.numVertices; ++v)
    for (uint32_t r = 0; r < form.numResources; ++r)
      network.setNeed(v, r, 1 + random.below(form.mostNeed));
  Vertex numInputs = form.withInputs ? form.numVertices / 4 : 0;
  for (Vertex v = 0; v < form.numVertices + numInputs; ++v) {
    targets.clear();
    for (uint32_t i = random.below(form.mostTargets + 1); i > 0; --i) {
      Vertex target = random.below(form.numVertices);
      if (form.window)
        target = (v + random.below(2 * form.window + 1)) % form.numVertices;
      targets.push_back(target);
    }
    network.addNet(v < form.numVertices ? v : OffChip, 0.1 + 10 * random.unit(),
                   targets);
  }
  network.finish();
  return network;
}

} // namespace snn::target::cores

#endif // SNN_TESTS_UNIT_TARGET_CORES_NETWORKS_H
