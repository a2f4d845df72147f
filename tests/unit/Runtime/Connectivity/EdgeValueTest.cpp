//===- EdgeValueTest.cpp - Weights and delays of edges --------------------===//
//
// Curves and tables give what the distribution's own function gives, at every
// step's edge; what edges get follows the law, independently of their targets.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/EdgeValue.h"
#include "runtime/lib/Core/WideVectors.h"
#include "tests/unit/Runtime/Connectivity/Edges.h"
#include "tests/unit/Runtime/Random/Statistics.h"

using namespace snn::runtime;
using namespace snn::test;

namespace {

std::vector<snn_value> quantiles() {
  snn_value positive = valueOf(SNN_NORMAL, 87.8, 8.78);
  positive.redraw_low = 0;
  snn_value narrow = valueOf(SNN_NORMAL, 0, 1);
  narrow.redraw_low = -0.1;
  narrow.redraw_high = 1.3;
  snn_value clipped = valueOf(SNN_LOGNORMAL, 0, 1);
  clipped.clip_high = 5;
  static const double categories[] = {-1, 3, 7, 0.2, 0.9, 1};
  snn_value categorical = valueOf(SNN_CATEGORICAL, 0);
  categorical.data = categories;
  categorical.count = 3;
  return {positive,
          narrow,
          clipped,
          categorical,
          valueOf(SNN_NORMAL, -351.2, 35.12),
          valueOf(SNN_NORMAL, 1e6, 1e-3),
          valueOf(SNN_UNIFORM, -3, 8),
          valueOf(SNN_LOGNORMAL, 1, 2),
          valueOf(SNN_EXPONENTIAL, 4)};
}

struct Quantile {
  EdgeValue exact;
  double unit;

  double operator()(uint32_t word) const {
    double x = 0;
    EXPECT_EQ(exact.drawReal(word, {0, 0}, x), EdgeFault::None);
    return x / unit;
  }
};

TEST(EdgeValue, DrawsAreTheQuantileRounded) {
  Key key = makeKey(1, Stream::Weight);
  for (const snn_value &value : quantiles())
    for (double unit : {0x1p-10, 0.1, 0x1p-20}) {
      EdgeValue many, few;
      Quantile quantile;
      quantile.unit = unit;
      ASSERT_EQ(
          many.create(value, key, unit, -(1ll << 40), 1ll << 40, 1e9, shelf),
          EdgeFault::None);
      ASSERT_EQ(few.create(value, key, unit, -(1ll << 40), 1ll << 40, 1, shelf),
                EdgeFault::None);
      ASSERT_EQ(quantile.exact.create(value, key, 0, 0, 0, 1, shelf),
                EdgeFault::None);
      double tolerance = many.wholeCurve() ? 0.5 + WordCurve::Tolerance : 0.5;
      auto check = [&](uint32_t word) {
        int64_t a = 0, b = 0;
        EXPECT_EQ(many.drawWhole(word, {0, 7}, a), EdgeFault::None);
        EXPECT_EQ(few.drawWhole(word, {0, 7}, b), EdgeFault::None);
        EXPECT_EQ(a, b) << "the number of edges changes " << word;
        double x = quantile(word);
        EXPECT_NEAR(static_cast<double>(a), x,
                    tolerance + std::fabs(x) * 0x1p-52)
            << value.kind << " " << word;
        return a;
      };
      for (uint64_t j = 0; j < 20000; ++j)
        check(static_cast<uint32_t>(mix64(9, j)));
      // Walk along the words; where the value changes, go to the very step.
      int64_t last = INT64_MIN;
      for (uint64_t word = 0; word < 1ull << 32; word += 999983) {
        int64_t now = check(static_cast<uint32_t>(word));
        if (now != last && last != INT64_MIN)
          for (uint64_t low = word - 999983, high = word; high - low > 1;) {
            uint64_t middle = (low + high) / 2;
            (check(static_cast<uint32_t>(middle)) == last ? low : high) =
                middle;
          }
        last = now;
      }
      // The ends, where octaves are short.
      for (unsigned bit = 0; bit < 32; ++bit)
        for (uint32_t word : {1u << bit, (1u << bit) - 1, (1u << bit) + 1}) {
          check(word);
          check(~word);
        }
    }
}

TEST(EdgeValue, SmoothQuantilesHaveCurves) {
  Key key = makeKey(1, Stream::Weight);
  auto hasCurve = [&](const snn_value &value, double unit) {
    EdgeValue drawn;
    EXPECT_EQ(
        drawn.create(value, key, unit, -(1ll << 40), 1ll << 40, 1e9, shelf),
        EdgeFault::None);
    return drawn.wholeCurve() != nullptr;
  };
  snn_value delay = valueOf(SNN_NORMAL, 1.5, 0.75);
  delay.redraw_low = 0.05;
  EXPECT_TRUE(hasCurve(delay, 0.1));
  EXPECT_TRUE(hasCurve(valueOf(SNN_NORMAL, 87.8, 8.78), 0x1p-6));
  EXPECT_TRUE(hasCurve(valueOf(SNN_UNIFORM, 1, 4), 0.1));
  EXPECT_TRUE(hasCurve(valueOf(SNN_EXPONENTIAL, 2), 0.1));
  EXPECT_TRUE(hasCurve(valueOf(SNN_LOGNORMAL, 0, 0.5), 0.1));
  // An edge inside, and steps finer than f32.
  snn_value clipped = valueOf(SNN_NORMAL, 1.5, 0.75);
  clipped.clip_low = 1;
  EXPECT_FALSE(hasCurve(clipped, 0.1));
  EXPECT_FALSE(hasCurve(valueOf(SNN_NORMAL, 0, 1), 0x1p-20));
}

TEST(EdgeValue, CurvesGiveTheSameInVectors) {
  if (!hasWideVectors())
    GTEST_SKIP() << "AVX-512 is not there";
  Key key = makeKey(1, Stream::Weight);
  std::vector<uint32_t> words;
  for (uint64_t j = 0; j < 100003; ++j)
    words.push_back(static_cast<uint32_t>(mix64(5, j)) >> (j % 3 * 8));
  for (const snn_value &value : quantiles()) {
    EdgeValue drawn;
    ASSERT_EQ(
        drawn.create(value, key, 0.1, -(1ll << 40), 1ll << 40, 1e9, shelf),
        EdgeFault::None);
    const WordCurve *curve = drawn.wholeCurve();
    if (!curve)
      continue;
    auto compare = [&](auto zero) {
      std::vector<decltype(zero)> plain(words.size()), wide(words.size());
      std::vector<uint32_t> left(words.size()), wideLeft(words.size());
      left.resize(curve->findPlain(words.data(), words.size(), plain.data(),
                                   left.data()));
      wideLeft.resize(curve->findWide(words.data(), words.size(), wide.data(),
                                      wideLeft.data()));
      EXPECT_FALSE(left.empty());
      EXPECT_EQ(left, wideLeft);
      for (uint32_t j : left)
        plain[j] = wide[j] = 0;
      EXPECT_EQ(plain, wide);
    };
    compare(uint32_t{0});
    compare(int32_t{0});
    compare(int64_t{0});
  }
}

TEST(EdgeValue, FaultsAreTold) {
  Key key = makeKey(1, Stream::Weight);
  int64_t whole;
  EdgeValue wide;
  EXPECT_EQ(wide.create(valueOf(SNN_NORMAL, 0, 1), key, 1, -2, 2, 1e6, shelf),
            EdgeFault::None);
  EXPECT_EQ(wide.drawWhole(~0u, {0, 0}, whole), EdgeFault::OutOfRange);
  EdgeValue constant;
  EXPECT_EQ(constant.create(valueOf(SNN_CONSTANT, 3), key, 1, -2, 2, 1, shelf),
            EdgeFault::OutOfRange);
  EdgeValue missed;
  snn_value value = valueOf(SNN_UNIFORM, 0, 1);
  value.redraw_low = 2;
  EXPECT_EQ(missed.create(value, key, 1, -2, 2, 1e6, shelf), EdgeFault::NoDraw);
  value = valueOf(SNN_GAMMA, 1, 1);
  value.redraw_low = 1e3;
  EdgeValue rejected;
  EXPECT_EQ(rejected.create(value, key, 1, -2, 2, 1e6, shelf), EdgeFault::None);
  EXPECT_EQ(rejected.drawWhole(5, {0, 0}, whole), EdgeFault::NoDraw);
}

snn_projection microcircuitLike(uint32_t rule) {
  snn_projection p = drawn(projectionOf(rule, 2000, 3000, 300000, 3));
  p.number = 0.05;
  if (rule == SNN_INDEGREE)
    p.count = 100;
  if (rule == SNN_OUTDEGREE)
    p.count = 150;
  return p;
}

TEST(EdgeValue, DelaysOfEdgesFollowTheLaw) {
  for (uint32_t rule : {SNN_PROBABILITY, SNN_INDEGREE, SNN_TOTAL}) {
    std::vector<double> delays;
    for (const Edge &edge : edgesOf(microcircuitLike(rule)))
      delays.push_back(edge.delay);
    double below = normalCdf((0.05 - 1.5) / 0.75);
    auto cdf = [&](double steps) { // P(rounded delay <= steps)
      double x = std::max((steps + 0.5) * Step, 0.05);
      return (normalCdf((x - 1.5) / 0.75) - below) / (1 - below);
    };
    EXPECT_LT(
        chiSquare(delays, 0, 70, [&](double k) { return cdf(k) - cdf(k - 1); }),
        4.75)
        << rule;
  }
}

TEST(EdgeValue, WeightsOfEdgesFollowTheLaw) {
  for (uint32_t rule : {SNN_PROBABILITY, SNN_INDEGREE, SNN_OUTDEGREE}) {
    std::vector<double> weights;
    for (const Edge &edge : edgesOf(microcircuitLike(rule)))
      weights.push_back(edge.weight);
    // The grid is 1e-4 of the deviation: invisible to the test.
    EXPECT_LT(kolmogorov(weights,
                         [](double x) { return normalCdf((x - 87.8) / 8.78); }),
              2.7)
        << rule;
  }
}

TEST(EdgeValue, SourceTargetDelayAndWeightAreUncorrelated) {
  for (uint32_t rule : {SNN_PROBABILITY, SNN_INDEGREE, SNN_OUTDEGREE, SNN_TOTAL,
                        SNN_ALL_TO_ALL}) {
    snn_projection p = microcircuitLike(rule);
    if (rule == SNN_ALL_TO_ALL)
      p.source.count = 100;
    std::vector<Edge> edges = edgesOf(p);
    std::vector<double> columns[4];
    for (const Edge &edge : edges) {
      columns[0].push_back(edge.source);
      columns[1].push_back(edge.target);
      columns[2].push_back(edge.delay);
      columns[3].push_back(edge.weight);
    }
    auto n = static_cast<double>(edges.size());
    for (int a = 0; a < 4; ++a)
      for (int b = 0; b < a; ++b) {
        Moments x = moments(columns[a]), y = moments(columns[b]);
        double sum = 0;
        for (size_t i = 0; i < edges.size(); ++i)
          sum += (columns[a][i] - x.mean) * (columns[b][i] - y.mean);
        double r = sum / n / std::sqrt(x.variance * y.variance);
        EXPECT_LT(std::fabs(r) * std::sqrt(n), 5) << rule << a << b;
      }
  }
}

TEST(EdgeValue, EveryElementTypeHoldsTheSameWeights) {
  snn_projection p = drawn(projectionOf(SNN_TOTAL, 100, 100, 5000, 3));
  std::vector<Edge> narrow = edgesOf(p);
  p.weight_element = SNN_I64;
  EXPECT_EQ(edgesOf(p), narrow);
  p.weight_element = SNN_F64;
  std::vector<Edge> real = edgesOf(p);
  p.weight_element = SNN_F32;
  std::vector<Edge> single = edgesOf(p);
  for (size_t i = 0; i < narrow.size(); ++i) {
    EXPECT_NEAR(real[i].weight, narrow[i].weight,
                0x1p-10 * (0.5 + WordCurve::Tolerance));
    EXPECT_EQ(static_cast<float>(real[i].weight), single[i].weight);
  }
}

TEST(EdgeValue, AxonalAndDendriticDelaysAdd) {
  snn_projection p = projectionOf(SNN_ONE_TO_ONE, 2000, 2000, 0, 0);
  p.axonal_delay = valueOf(SNN_UNIFORM, 0.5, 1.5);
  std::vector<Edge> axonal = edgesOf(p);
  p.dendritic_delay = valueOf(SNN_CONSTANT, 0.7);
  std::vector<Edge> both = edgesOf(p);
  for (size_t i = 0; i < axonal.size(); ++i)
    EXPECT_EQ(both[i].delay, axonal[i].delay + 7);
}

} // namespace
