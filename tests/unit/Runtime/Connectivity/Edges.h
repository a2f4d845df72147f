//===- Edges.h - Projections and their edges, for tests ---------*- C++ -*-===//
//
// Descriptions in a line, edges as a list.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_EDGES_H
#define SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_EDGES_H

#include "runtime/lib/Connectivity/QuantileShelf.h"
#include "snn/network.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <tuple>
#include <vector>

namespace snn::test {

inline snn_value valueOf(uint32_t kind, double a, double b = 0) {
  return {kind, 0, a, b, -HUGE_VAL, HUGE_VAL, -HUGE_VAL, HUGE_VAL, nullptr, 0};
}

constexpr double Step = 0.1;

/// Tables of all tests.
inline runtime::QuantileShelf shelf;

/// From population 0 to population 1, or to itself; weight 1.5 on a grid of
/// 1/1024, delay 15 steps.
inline snn_projection projectionOf(uint32_t rule, uint64_t sources,
                                   uint64_t targets, uint64_t count,
                                   uint32_t flags, bool recurrent = false) {
  snn_projection p = {};
  p.path = "E->I.syn#0";
  p.source = {0, 0, 0, sources, 1};
  p.target = {recurrent ? 0u : 1u, 0, 0, targets, 1};
  p.rule = rule;
  p.flags = flags;
  p.count = count;
  p.weight = valueOf(SNN_CONSTANT, 1.5);
  p.grid = 0x1p-10;
  p.axonal_delay = valueOf(SNN_CONSTANT, 1.5);
  p.dendritic_delay = valueOf(SNN_CONSTANT, 0);
  p.weight_element = SNN_I32;
  return p;
}

/// A sheet of n x m neurons around the origin, `spacing` um apart.
inline snn_lattice sheetOf(uint64_t n, uint64_t m, double spacing) {
  snn_lattice lattice = {};
  lattice.origin[0] = -0.5 * static_cast<double>(n - 1) * spacing;
  lattice.origin[1] = -0.5 * static_cast<double>(m - 1) * spacing;
  lattice.spacing[0] = lattice.spacing[1] = spacing;
  lattice.extent[0] = n;
  lattice.extent[1] = m;
  lattice.extent[2] = 1;
  return lattice;
}

/// With drawn weights and delays.
inline snn_projection drawn(snn_projection p) {
  p.weight = valueOf(SNN_NORMAL, 87.8, 8.78);
  p.weight.redraw_low = 0;
  p.axonal_delay = valueOf(SNN_NORMAL, 1.5, 0.75);
  p.axonal_delay.redraw_low = 0.05;
  return p;
}

/// From sheet to sheet, each pair with the probability of its displacement.
/// The geometry must outlive the projection.
inline snn_projection placed(const snn_geometry &geometry, uint32_t flags,
                             bool recurrent = false) {
  auto count = [](const snn_lattice &lattice) {
    return lattice.extent[0] * lattice.extent[1] * lattice.extent[2];
  };
  snn_projection p = projectionOf(SNN_PLACE, count(geometry.source),
                                  count(geometry.target), 0, flags, recurrent);
  p.geometry = &geometry;
  return p;
}

struct Edge {
  uint32_t source, target, delay;
  double weight;

  auto key() const { return std::tie(source, target, delay, weight); }
  bool operator<(const Edge &other) const { return key() < other.key(); }
  bool operator==(const Edge &other) const { return key() == other.key(); }
};

inline std::vector<Edge> edgesOf(const snn_projection &projection,
                                 uint64_t seed = 1) {
  std::vector<Edge> edges;
  snn_error error = {};
  int32_t status = snn_enumerate_edges(
      &projection, Step, seed,
      [](void *context, uint32_t source, uint32_t target, double weight,
         uint32_t delay) {
        static_cast<std::vector<Edge> *>(context)->push_back(
            {source, target, delay, weight});
        return 0;
      },
      &edges, &error);
  EXPECT_EQ(status, 0) << error.message;
  return edges;
}

inline std::vector<double> degrees(const std::vector<Edge> &edges,
                                   uint32_t Edge::*end, uint64_t size) {
  std::vector<double> degree(size);
  for (const Edge &edge : edges)
    degree[edge.*end] += 1;
  return degree;
}

inline bool hasSelfEdge(const std::vector<Edge> &edges) {
  return std::any_of(edges.begin(), edges.end(), [](const Edge &edge) {
    return edge.source == edge.target;
  });
}

inline bool hasMultipleEdge(const std::vector<Edge> &edges) {
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  for (const Edge &edge : edges)
    pairs.push_back({edge.source, edge.target});
  std::sort(pairs.begin(), pairs.end());
  return std::adjacent_find(pairs.begin(), pairs.end()) != pairs.end();
}

} // namespace snn::test

#endif // SNN_TESTS_UNIT_RUNTIME_CONNECTIVITY_EDGES_H
