//===- Hypergraph.cpp - Who a spike must reach ------------------*- C++ -*-===//
//
// Pins and their transposed lists are compressed rows with 64-bit offsets.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Partition/Hypergraph.h"

#include "runtime/lib/Random/Hash.h"

#include <algorithm>
#include <cassert>
#include <compare>

using namespace snn::target::cores;

Hypergraph::Hypergraph(Vertex numVertices, uint32_t numResources)
    : numVertices_(numVertices), numResources_(numResources),
      needs(uint64_t{numVertices} * numResources) {}

void Hypergraph::reserve(Net numNets, uint64_t numPins) {
  sources.reserve(numNets);
  rates.reserve(numNets);
  selfTarget.reserve(numNets);
  pinsBegin.reserve(numNets + uint64_t{1});
  // Each net has its source for a pin, too.
  pins_.reserve(numPins + numNets);
}

void Hypergraph::addNet(Vertex source, double rate,
                        std::span<const Vertex> targets) {
  assert(rate >= 0 && rate < 1e300 && "a rate is finite and not negative");
  uint64_t begin = pins_.size();
  pins_.insert(pins_.end(), targets.begin(), targets.end());
  auto first = pins_.begin() + static_cast<int64_t>(begin);
  if (!std::is_sorted(first, pins_.end()))
    std::sort(first, pins_.end());
  pins_.erase(std::unique(first, pins_.end()), pins_.end());
  assert((pins_.size() == begin || pins_.back() < numVertices_) &&
         "a target is a vertex");

  bool isSelf = false;
  if (source != OffChip) {
    auto place = std::lower_bound(first, pins_.end(), source);
    isSelf = place != pins_.end() && *place == source;
    if (!isSelf)
      pins_.insert(place, source);
  }
  sources.push_back(source);
  rates.push_back(rate);
  selfTarget.push_back(isSelf);
  pinsBegin.push_back(pins_.size());
}

void Hypergraph::finish() {
  double total = 0;
  for (double rate : rates)
    total += rate;
  // A silent source weighs 1, so that structure decides where rates do not.
  double scale =
      total > 0 ? (static_cast<double>(LargestSum) - numNets()) / total : 0;
  weights.resize(numNets());
  for (Net net = 0; net < numNets(); ++net)
    weights[net] = 1 + static_cast<int32_t>(rates[net] * scale);
  transpose();
}

void Hypergraph::transpose() {
  netsBegin.assign(numVertices_ + uint64_t{2}, 0);
  for (Vertex pin : pins_)
    ++netsBegin[pin + uint64_t{2}];
  for (uint64_t i = 2; i < netsBegin.size(); ++i)
    netsBegin[i] += netsBegin[i - 1];
  nets_.resize(pins_.size());
  for (Net net = 0; net < numNets(); ++net)
    for (Vertex pin : pins(net))
      nets_[netsBegin[pin + uint64_t{1}]++] = net;
  netsBegin.pop_back();
}

Hypergraph Hypergraph::contract(std::span<const Vertex> cluster,
                                Vertex numClusters) const {
  Hypergraph coarse(numClusters, numResources_);
  for (Vertex v = 0; v < numVertices_; ++v)
    for (uint32_t r = 0; r < numResources_; ++r)
      coarse.needs[uint64_t{cluster[v]} * numResources_ + r] += need(v)[r];

  // Contracted nets, each with a hash of its pins; equal ones become one.
  struct Contracted {
    uint64_t hash;
    uint64_t begin;
    uint32_t size;
    int32_t weight;
  };
  std::vector<Contracted> kept;
  std::vector<Vertex> all;
  std::vector<Net> lastNet(numClusters, UINT32_MAX);
  for (Net net = 0; net < numNets(); ++net) {
    uint64_t begin = all.size();
    for (Vertex pin : pins(net))
      if (lastNet[cluster[pin]] != net) {
        lastNet[cluster[pin]] = net;
        all.push_back(cluster[pin]);
      }
    auto size = static_cast<uint32_t>(all.size() - begin);
    if (size < 2) { // can never be cut
      all.resize(begin);
      continue;
    }
    std::sort(all.begin() + static_cast<int64_t>(begin), all.end());
    uint64_t hash = size;
    for (uint64_t i = begin; i < all.size(); ++i)
      hash = runtime::mix64(hash, all[i]);
    kept.push_back({hash, begin, size, weights[net]});
  }
  auto comparePins = [&](const Contracted &a, const Contracted &b) {
    return std::lexicographical_compare_three_way(
        &all[a.begin], &all[a.begin] + a.size, &all[b.begin],
        &all[b.begin] + b.size);
  };
  std::sort(kept.begin(), kept.end(),
            [&](const Contracted &a, const Contracted &b) {
              if (a.hash != b.hash)
                return a.hash < b.hash;
              return comparePins(a, b) < 0;
            });
  for (uint64_t i = 0; i < kept.size(); ++i) {
    const Contracted &net = kept[i];
    if (i && kept[i - 1].hash == net.hash &&
        comparePins(kept[i - 1], net) == 0) {
      coarse.weights.back() += net.weight;
      continue;
    }
    coarse.pins_.insert(coarse.pins_.end(), &all[net.begin],
                        &all[net.begin] + net.size);
    coarse.pinsBegin.push_back(coarse.pins_.size());
    coarse.weights.push_back(net.weight);
  }
  coarse.sources.assign(coarse.weights.size(), OffChip);
  coarse.rates.assign(coarse.weights.begin(), coarse.weights.end());
  coarse.selfTarget.assign(coarse.weights.size(), false);
  coarse.transpose();
  return coarse;
}

Hypergraph Hypergraph::restrictTo(std::span<const Vertex> vertices) const {
  std::vector<Vertex> place(numVertices_, UINT32_MAX);
  Hypergraph part(static_cast<Vertex>(vertices.size()), numResources_);
  for (Vertex i = 0; i < vertices.size(); ++i) {
    place[vertices[i]] = i;
    std::copy_n(need(vertices[i]).begin(), numResources_,
                part.needs.begin() + uint64_t{i} * numResources_);
  }
  for (Net net = 0; net < numNets(); ++net) {
    uint64_t begin = part.pins_.size();
    for (Vertex pin : pins(net))
      if (place[pin] != UINT32_MAX)
        part.pins_.push_back(place[pin]);
    if (part.pins_.size() - begin < 2) {
      part.pins_.resize(begin);
      continue;
    }
    part.pinsBegin.push_back(part.pins_.size());
    part.weights.push_back(weights[net]);
  }
  part.sources.assign(part.weights.size(), OffChip);
  part.rates.assign(part.weights.begin(), part.weights.end());
  part.selfTarget.assign(part.weights.size(), false);
  part.transpose();
  return part;
}
