//===- Nets.cpp - Networks that partitioners are compared on ----*- C++ -*-===//
//
// Rows are made one by one and never kept, as large networks demand.
//
//===----------------------------------------------------------------------===//
#include "bench/partition/Nets.h"

#include "compiler/Target/Cores/Partition/Random.h"

#include <cmath>
#include <numeric>

using namespace snn::target::cores;

static Hypergraph makeEmpty(Vertex numNeurons) {
  Hypergraph network(numNeurons, 1);
  for (Vertex v = 0; v < numNeurons; ++v)
    network.setNeed(v, 0, 1);
  return network;
}

Hypergraph snn::bench::makeDense() {
  constexpr Vertex Sizes[] = {784, 256, 256, 10};
  Hypergraph network = makeEmpty(1306);
  Vertex begin = 0;
  for (int layer = 0; layer < 4; ++layer) {
    std::vector<Vertex> targets;
    if (layer < 3) {
      targets.resize(Sizes[layer + 1]);
      std::iota(targets.begin(), targets.end(), begin + Sizes[layer]);
    }
    for (Vertex v = 0; v < Sizes[layer]; ++v)
      network.addNet(begin + v, 1, targets);
    begin += Sizes[layer];
  }
  network.finish();
  return network;
}

Hypergraph snn::bench::makeConvolutional() {
  constexpr Vertex Second = 4096, Third = 8192, Fourth = 8704, Fifth = 8960;
  Hypergraph network = makeEmpty(8970);
  std::vector<Vertex> targets;
  // The 3 x 3 neighbourhood of a point in each of `channels` maps.
  auto listAround = [&](Vertex begin, Vertex channels, Vertex side, Vertex x,
                        Vertex y) {
    targets.clear();
    for (Vertex channel = 0; channel < channels; ++channel)
      for (Vertex yy = y ? y - 1 : 0; yy < std::min(y + 2, side); ++yy)
        for (Vertex xx = x ? x - 1 : 0; xx < std::min(x + 2, side); ++xx)
          targets.push_back(begin + (channel * side + yy) * side + xx);
  };
  auto listRange = [&](Vertex begin, Vertex end) {
    targets.resize(end - begin);
    std::iota(targets.begin(), targets.end(), begin);
  };
  for (Vertex v = 0; v < Third; ++v) {
    Vertex x = v % 16, y = v / 16 % 16;
    if (v < Second)
      listAround(Second, 16, 16, x, y);
    else
      listAround(Third, 8, 8, x / 2, y / 2);
    network.addNet(v, 1, targets);
  }
  listRange(Fourth, Fifth);
  for (Vertex v = Third; v < Fourth; ++v)
    network.addNet(v, 1, targets);
  listRange(Fifth, 8970);
  for (Vertex v = Fourth; v < Fifth; ++v)
    network.addNet(v, 1, targets);
  for (Vertex v = Fifth; v < 8970; ++v)
    network.addNet(v, 1, {});
  network.finish();
  return network;
}

Hypergraph snn::bench::makeLocal() {
  constexpr int Side = 100, Reach = 20;
  constexpr double Spread = 5, Most = 0.36;
  Hypergraph network = makeEmpty(Side * Side);
  Random random(7);
  std::vector<Vertex> name(Side * Side), targets;
  std::iota(name.begin(), name.end(), 0);
  random.shuffle(name);
  for (int y = 0; y < Side; ++y)
    for (int x = 0; x < Side; ++x) {
      targets.clear();
      for (int dy = -Reach; dy <= Reach; ++dy)
        for (int dx = -Reach; dx <= Reach; ++dx) {
          int xx = x + dx, yy = y + dy;
          if (xx < 0 || yy < 0 || xx >= Side || yy >= Side || !(dx || dy))
            continue;
          double p =
              Most * std::exp(-(dx * dx + dy * dy) / (2 * Spread * Spread));
          if (random.unit() < p)
            targets.push_back(name[yy * Side + xx]);
        }
      network.addNet(name[y * Side + x], 1, targets);
    }
  network.finish();
  return network;
}

Hypergraph snn::bench::makeMicrocircuit(double scale) {
  constexpr int Populations = 8;
  constexpr double Sizes[] = {20683, 5834, 21915, 5479,
                              4850,  1065, 14395, 2948};
  constexpr double Rates[] = {0.903, 2.965, 4.414, 5.876,
                              7.569, 8.633, 1.105, 7.829};
  // Of a pair; rows are targets.
  constexpr double Probability[][Populations] = {
      {0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0, 0.0076, 0.0},
      {0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0, 0.0042, 0.0},
      {0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0},
      {0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0, 0.1057, 0.0},
      {0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0},
      {0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0},
      {0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252},
      {0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443}};
  Vertex begin[Populations + 1] = {0};
  for (int i = 0; i < Populations; ++i)
    begin[i + 1] = begin[i] + static_cast<Vertex>(std::round(Sizes[i] * scale));

  Hypergraph network = makeEmpty(begin[Populations]);
  double numPins = 0;
  for (int to = 0; to < Populations; ++to)
    for (int from = 0; from < Populations; ++from)
      numPins +=
          Sizes[to] * Sizes[from] * scale * scale * Probability[to][from];
  network.reserve(begin[Populations], static_cast<uint64_t>(numPins * 1.001));
  Random random(7);
  std::vector<Vertex> targets;
  for (int from = 0; from < Populations; ++from)
    for (Vertex v = begin[from]; v < begin[from + 1]; ++v) {
      targets.clear();
      for (int to = 0; to < Populations; ++to) {
        double p = Probability[to][from];
        if (p == 0)
          continue;
        // Gaps between targets are geometric.
        double logMiss = std::log1p(-p);
        for (double at = begin[to];; at += 1) {
          at += std::floor(std::log1p(-random.unit()) / logMiss);
          if (at >= begin[to + 1])
            break;
          targets.push_back(static_cast<Vertex>(at));
        }
      }
      network.addNet(v, Rates[from], targets);
    }
  network.finish();
  return network;
}

Hypergraph snn::bench::makeRing(uint32_t numNeurons, uint32_t fanOut) {
  Hypergraph network = makeEmpty(numNeurons);
  Random random(7);
  std::vector<Vertex> name(numNeurons), targets;
  std::iota(name.begin(), name.end(), 0);
  random.shuffle(name);
  for (Vertex v = 0; v < numNeurons; ++v) {
    targets.clear();
    for (uint32_t i = 0; i < fanOut; ++i)
      targets.push_back(name[(v + 1 + random.below(5 * fanOut)) % numNeurons]);
    network.addNet(name[v], 0.5 + random.unit(), targets);
  }
  network.finish();
  return network;
}
