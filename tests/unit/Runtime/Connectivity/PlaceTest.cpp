//===- PlaceTest.cpp - Connections that depend on places ------------------===//
//
// Numbers of connections at each distance follow the law that was asked for,
// on open sheets and on those whose edges meet; weights and delays are the
// functions themselves.
//
//===----------------------------------------------------------------------===//
#include "tests/unit/Runtime/Connectivity/Edges.h"
#include "tests/unit/Runtime/Random/Statistics.h"

#include "snn/math.h"

using namespace snn::test;

namespace {

using Vector = std::array<double, 3>;

/// Written anew: neuron i of a lattice, and the shortest way between two.
Vector placeOf(const snn_lattice &lattice, uint64_t i) {
  uint64_t k = i % lattice.extent[2], rest = i / lattice.extent[2];
  uint64_t indices[3] = {rest / lattice.extent[1], rest % lattice.extent[1], k};
  Vector place;
  for (int axis = 0; axis < 3; ++axis)
    place[axis] = lattice.origin[axis] +
                  static_cast<double>(indices[axis]) * lattice.spacing[axis];
  return place;
}

Vector wayOf(const snn_geometry &geometry, uint64_t source, uint64_t target) {
  Vector from = placeOf(geometry.source, source),
         to = placeOf(geometry.target, target), way;
  for (int axis = 0; axis < 3; ++axis) {
    way[axis] = to[axis] - from[axis];
    double period = geometry.period[axis];
    for (double shift : {-period, period})
      if (std::fabs(way[axis] + shift) < std::fabs(way[axis]) - 1e-9)
        way[axis] += shift;
  }
  return way;
}

double lengthOf(const Vector &way) {
  return std::sqrt(way[0] * way[0] + way[1] * way[1] + way[2] * way[2]);
}

/// Chi-square of the distances of all edges against the sum over all pairs.
double goodnessOfDistances(const snn_geometry &geometry, double bin,
                           bool self = true) {
  snn_projection p =
      placed(geometry, self ? SNN_AUTAPSES : 0, /*recurrent=*/!self);
  std::vector<double> observed(400), expected(400);
  for (const Edge &edge : edgesOf(p)) {
    double distance = lengthOf(wayOf(geometry, edge.source, edge.target));
    observed[static_cast<size_t>(distance / bin + 1e-6)] += 1;
  }
  for (uint64_t s = 0; s < p.source.count; ++s)
    for (uint64_t t = 0; t < p.target.count; ++t) {
      if (!self && s == t)
        continue;
      Vector way = wayOf(geometry, s, t);
      expected[static_cast<size_t>(lengthOf(way) / bin + 1e-6)] +=
          geometry.probability(nullptr, lengthOf(way), way[0], way[1], way[2]);
    }
  return chiSquare(observed, expected);
}

double gaussian(const void *, double d, double, double, double) {
  return 0.4 * snn_exp(-d * d / (2 * 80.0 * 80.0));
}

double exponential(const void *, double d, double, double, double) {
  return 0.3 * snn_exp(-d / 60);
}

double doughnut(const void *, double d, double, double, double) {
  return d > 100 && d < 150 ? 0.1 : 0;
}

double stripe(const void *, double d, double x, double, double) {
  return std::fabs(x) <= 25 ? 0.2 * snn_exp(-d / 200) : 0;
}

snn_geometry recurrent(snn_place_fn probability, bool periodic) {
  snn_geometry geometry = {};
  geometry.source = geometry.target = sheetOf(40, 50, 10);
  geometry.probability = probability;
  if (periodic) {
    geometry.period[0] = 400;
    geometry.period[1] = 500;
  }
  return geometry;
}

TEST(Place, DistancesFollowTheLaw) {
  for (snn_place_fn law : {gaussian, exponential, doughnut, stripe})
    for (bool periodic : {false, true}) {
      EXPECT_LT(goodnessOfDistances(recurrent(law, periodic), 5), 4.75);
      EXPECT_LT(goodnessOfDistances(recurrent(law, periodic), 5, false), 4.75);
    }
}

TEST(Place, SheetsOfOtherSpacingsFollowTheLaw) {
  // A multiple, which has a table of displacements, and none, which has not.
  for (double spacing : {20.0, 14.3}) {
    snn_geometry geometry = recurrent(gaussian, false);
    geometry.target = sheetOf(25, 25, spacing);
    EXPECT_LT(goodnessOfDistances(geometry, 5), 4.75) << spacing;
  }
  snn_geometry volume = {};
  volume.source = {{0, 0, 0}, {30, 30, 30}, {8, 9, 10}};
  volume.target = {{15, 0, 100}, {30, 60, 30}, {7, 4, 8}};
  volume.probability = gaussian;
  EXPECT_LT(goodnessOfDistances(volume, 10), 4.75);
}

TEST(Place, NeuronsOfATorusAreAlike) {
  snn_projection p;
  snn_geometry torus = recurrent(gaussian, true);
  std::vector<double> corner, middle;
  for (uint64_t seed = 0; seed < 40; ++seed) {
    p = placed(torus, SNN_AUTAPSES);
    std::vector<double> degree =
        degrees(edgesOf(p, seed), &Edge::source, p.source.count);
    corner.push_back(degree[0]);
    middle.push_back(degree[20 * 50 + 25]);
  }
  double sum = 0, square = 0;
  for (size_t i = 0; i < corner.size(); ++i) {
    double difference = corner[i] - middle[i];
    sum += difference;
    square += difference * difference;
  }
  EXPECT_LT(std::fabs(sum) / std::sqrt(square), 4.9);
  // An open sheet has four times fewer neighbours in its corner.
  snn_geometry open = recurrent(gaussian, false);
  std::vector<double> degree = degrees(edgesOf(placed(open, SNN_AUTAPSES)),
                                       &Edge::source, p.source.count);
  EXPECT_LT(2 * degree[0], degree[20 * 50 + 25]);
}

TEST(Place, WeightsAndDelaysAreFunctionsOfTheDistance) {
  snn_geometry geometry = recurrent(exponential, true);
  geometry.weight = [](const void *, double d, double, double, double) {
    return 2 - d / 400;
  };
  geometry.axonal_delay = [](const void *, double d, double, double, double) {
    return 0.5 + d / 100;
  };
  snn_projection p = placed(geometry, SNN_AUTAPSES);
  p.weight = valueOf(SNN_OF_PLACE, 0, 2);
  p.axonal_delay = valueOf(SNN_OF_PLACE, 0.5, 5);
  std::vector<Edge> edges = edgesOf(p);
  EXPECT_GT(edges.size(), 10000u);
  for (const Edge &edge : edges) {
    double d = lengthOf(wayOf(geometry, edge.source, edge.target));
    EXPECT_NEAR(edge.weight, 2 - d / 400, 0x1p-11 + 1e-12);
    EXPECT_NEAR(edge.delay * Step, 0.5 + d / 100, Step / 2 + 1e-9);
  }
  // Of rules that number their edges, too.
  snn_projection all = p;
  all.rule = SNN_ALL_TO_ALL;
  all.source.first = 7;
  all.source.count = 3;
  all.source.stride = 50;
  geometry.probability = nullptr;
  std::vector<Edge> pairs = edgesOf(all);
  EXPECT_EQ(pairs.size(), 3 * p.target.count);
  for (const Edge &edge : pairs) {
    double d = lengthOf(wayOf(geometry, edge.source, edge.target));
    EXPECT_NEAR(edge.weight, 2 - d / 400, 0x1p-11 + 1e-12);
  }
}

TEST(Place, CertainPairsAreAllJoinedAndImpossibleOnesNever) {
  snn_geometry geometry = recurrent([](const void *, double d, double, double,
                                       double) { return d < 35 ? 1.0 : 0.0; },
                                    false);
  std::vector<Edge> edges = edgesOf(placed(geometry, 0, true));
  uint64_t expected = 0;
  for (uint64_t s = 0; s < 2000; ++s)
    for (uint64_t t = 0; t < 2000; ++t)
      expected += s != t && lengthOf(wayOf(geometry, s, t)) < 35;
  EXPECT_EQ(edges.size(), expected);
  EXPECT_FALSE(hasSelfEdge(edges));
  EXPECT_FALSE(hasMultipleEdge(edges));
}

TEST(Place, PartsOfASheetHaveTheConnectionsOfThatPart) {
  // Whether a pair is joined depends on the numbers in the slices; where
  // neurons lie does not.
  snn_geometry geometry = recurrent(doughnut, false);
  snn_projection p = placed(geometry, SNN_AUTAPSES);
  p.source = {0, 0, 1005, 30, 1};
  p.target = {1, 0, 3, 600, 3};
  for (const Edge &edge : edgesOf(p)) {
    double d = lengthOf(wayOf(geometry, edge.source, edge.target));
    EXPECT_GT(d, 100);
    EXPECT_LT(d, 150);
    EXPECT_EQ(edge.target % 3, 0u);
  }
}

TEST(Place, AProbabilityThatIsNoneIsRefusedWithTheDistance) {
  snn_geometry geometry = recurrent([](const void *, double d, double, double,
                                       double) { return 1 + d / 1000; },
                                    false);
  snn_projection p = placed(geometry, SNN_AUTAPSES);
  snn_error error = {};
  EXPECT_NE(snn_enumerate_edges(
                &p, Step, 1,
                [](void *, uint32_t, uint32_t, double, uint32_t) { return 0; },
                nullptr, &error),
            0);
  EXPECT_STREQ(error.code, "E0411");
  EXPECT_NE(std::string(error.message).find("10 um apart"), std::string::npos)
      << error.message;
}

} // namespace
