//===- RandomNetwork.h - Networks that a chip can express -------*- C++ -*-===//
//
// Drawn so that neurons fire now and then, some often, some never.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_RANDOMNETWORK_H
#define SNN_TESTS_UNIT_TARGET_CORES_RANDOMNETWORK_H

#include "compiler/Target/Cores/Map/Network.h"

#include <random>

struct Taste {
  bool leaks = false, currents = false, twoCurrents = false, biased = false,
       subtracts = false, refractory = false, recurrent = true;
  uint32_t populations = 2, neurons = 40, lines = 30, fanIn = 8, latest = 0;
  double weight = 3; // whole numbers up to it, of both signs
  double threshold = 12;
};

inline snn::target::cores::Network drawNetwork(const Taste &taste,
                                               uint32_t seed) {
  using namespace snn::target::cores;
  std::mt19937 random(seed);
  auto below = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  Network network;
  network.step = 1;
  network.sources = {{"In", 0, taste.lines}};
  network.numLines = taste.lines;
  for (uint32_t i = 0; i < taste.populations; ++i) {
    Population p;
    p.name = "P" + std::to_string(i);
    p.potential = "V";
    p.first = network.numNeurons;
    p.size = taste.neurons;
    p.keepPotential = taste.leaks ? 0.9 - 0.1 * i : 1;
    if (taste.currents)
      p.keepCurrents = {0.7};
    if (taste.currents && taste.twoCurrents)
      p.keepCurrents.push_back(0.85);
    p.bias = taste.biased ? 1 : 0;
    p.threshold = taste.threshold + i;
    p.subtracts = taste.subtracts;
    p.refractory = taste.refractory ? 2 + i : 0;
    p.ports = {{"syn", taste.currents, 0, 1}};
    if (p.keepCurrents.size() > 1)
      p.ports.push_back({"slow", true, 1, 1});
    network.numNeurons += p.size;
    network.populations.push_back(p);
  }
  uint32_t sources = network.numNeurons + network.numLines;
  std::vector<std::pair<uint32_t, Edge>> edges;
  for (uint32_t target = 0; target < network.numNeurons; ++target)
    for (uint32_t i = 0; i < taste.fanIn; ++i) {
      uint32_t source = taste.recurrent && below(2)
                            ? below(network.numNeurons)
                            : network.numNeurons + below(network.numLines);
      auto weight = static_cast<double>(
                        below(static_cast<uint32_t>(taste.weight) * 2 + 1)) -
                    taste.weight / 2;
      if (source < sources && weight != 0)
        edges.emplace_back(
            source,
            Edge{std::nearbyint(weight), target,
                 static_cast<uint16_t>(below(taste.latest + 1)),
                 static_cast<uint8_t>(
                     taste.currents && taste.twoCurrents ? below(2) : 0)});
    }
  network.edges = inRows(sources, edges);
  for (uint32_t n = 0; n < network.numNeurons; ++n)
    network.potentials.push_back(
        static_cast<double>(below(static_cast<uint32_t>(taste.threshold))));
  return network;
}

#endif // SNN_TESTS_UNIT_TARGET_CORES_RANDOMNETWORK_H
