//===- OutgoingTest.cpp - Sums over the synapses of sources ---------------===//
//
// The sum of numbers is one, whatever their order, and exact where they are not
// too different; a network that scales by such sums has one result for any
// number of threads, and ends where one thread can not go on.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/UnorderedSum.h"
#include "tests/unit/Runtime/Plasticity/PlasticModel.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

using namespace snn::runtime;
using namespace snn::runtime::test;

namespace {

double sumOf(const std::vector<double> &numbers) {
  UnorderedSum sum;
  for (double number : numbers)
    sum.see(number);
  for (double number : numbers)
    sum.add(number);
  return sum.result();
}

TEST(UnorderedSumTest, TheOrderIsNotSeen) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> numbers;
  for (unsigned i = 0; i < 5000; ++i)
    numbers.push_back(std::ldexp(normal(random), static_cast<int>(i % 60)));
  double first = sumOf(numbers);
  double plain = std::accumulate(numbers.begin(), numbers.end(), 0.0);
  bool differs = false;
  for (unsigned i = 0; i < 20; ++i) {
    std::shuffle(numbers.begin(), numbers.end(), random);
    EXPECT_EQ(sumOf(numbers), first);
    differs |= std::accumulate(numbers.begin(), numbers.end(), 0.0) != plain;
  }
  EXPECT_TRUE(differs) << "numbers whose plain sum has no order show nothing";
  EXPECT_NEAR(first, plain, std::fabs(plain) * 1e-12);
}

TEST(UnorderedSumTest, SinglesOfOneMagnitudeAreAddedExactly) {
  std::mt19937_64 random(2);
  std::uniform_int_distribution<int64_t> significand(1, (1 << 24) - 1);
  std::vector<double> numbers;
  int64_t units = 0;
  for (unsigned i = 0; i < 1000; ++i) {
    int64_t one = significand(random), shifted = one << (i % 12);
    units += i % 3 ? shifted : -shifted;
    numbers.push_back(
        std::ldexp(static_cast<double>(i % 3 ? one : -one), -60 + int(i % 12)));
  }
  EXPECT_EQ(sumOf(numbers), std::ldexp(static_cast<double>(units), -60));
}

TEST(UnorderedSumTest, WhatHasNoSum) {
  double infinite = std::numeric_limits<double>::infinity();
  double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(sumOf({}), 0);
  EXPECT_EQ(sumOf({0, -0.0, 0}), 0);
  EXPECT_TRUE(std::isnan(sumOf({1, infinite})));
  EXPECT_TRUE(std::isnan(sumOf({none, 1})));
  EXPECT_EQ(sumOf({0x1p-1000, 0x1p-999}), 0) << "below what is looked at";
  EXPECT_EQ(sumOf({0x1p-900, 0x1p-899}), 0x3p-900);
  double most = std::numeric_limits<double>::max();
  EXPECT_EQ(sumOf({most, -most}), 0);
  EXPECT_EQ(sumOf({most}), most);
}

/// Scales the synapses of each source to the sum 5.
uint32_t divide(const snn_synapses *synapses, const void *, uint64_t begin,
                uint64_t end) {
  auto *weights = static_cast<float *>(synapses->states[0]);
  auto *sums = static_cast<float *>(synapses->states[1]);
  for (uint64_t i = begin; i < end; ++i)
    weights[i] *= 5 / sums[i];
  return 0;
}

struct Dividing : PlasticModel {
  snn_periodic periodic = {50, divide, SNN_ANY_SOURCE | SNN_SUMS_OUTGOING};
  snn_outgoing outgoing = {0, 1};
  uint32_t source, target, plastic;

  explicit Dividing(double delay) {
    duration = 500;
    source = addPoisson("P", 30, [](double) { return 0.2; });
    uint32_t kicks = addPoisson("K", 90, [](double) { return 0.05; });
    target = addNeurons("E", 90);
    kick(kicks, target);
    plastic =
        connectPair("P->E.syn#0", source, target, SNN_ALL_TO_ALL, SNN_F32);
    projections[plastic].weight = value(SNN_UNIFORM, 0, 1);
    projections[plastic].axonal_delay = constant(delay);
    projections[plastic].dendritic_delay = constant(step);
    rules.back().num_states = 2;
    rules.back().num_periodic = 1;
    rules.back().periodic = &periodic;
    rules.back().num_outgoing = 1;
    rules.back().outgoing = &outgoing;
  }

  std::vector<double> weightsOf(const Instance &instance) const {
    std::vector<double> weights(snn_num_synapses(instance.get(), plastic));
    EXPECT_EQ(snn_read_synapses(instance.get(), plastic, 0, weights.data(),
                                nullptr, nullptr),
              SNN_OK);
    return weights;
  }
};

TEST(OutgoingTest, EachSourceGivesTheSumForAnyNumberOfThreads) {
  for (double delay : {0.0, 0.1, 0.4}) {
    Dividing model(delay);
    snn_model compiled = model.get();
    std::vector<double> first;
    for (uint32_t threads : {1, 2, 3})
      for (uint32_t flag : {SNN_AT_ONCE, SNN_WAIT}) {
        snn_options chosen = options(threads);
        chosen.flags |= flag;
        Instance instance = create(compiled, chosen);
        ASSERT_EQ(snn_run(instance.get(), UINT64_MAX), SNN_OK);
        std::vector<double> weights = model.weightsOf(instance);
        if (first.empty())
          first = weights;
        EXPECT_EQ(weights, first) << threads;
      }
    // The last period is the last step, and rows have their targets in order.
    double sum = 5 * model.rules.back().states[0].scale;
    for (size_t row = 0; row < 30; ++row)
      EXPECT_NEAR(std::accumulate(first.begin() + 90 * row,
                                  first.begin() + 90 * (row + 1), 0.0),
                  sum, 1e-6 * sum);
  }
}

TEST(OutgoingTest, ThreadsWaitForNoneThatHasFailed) {
  for (double delay : {0.0, 0.1}) {
    Dividing model(delay);
    snn_drive drive = {};
    drive.path = "drive";
    drive.target = {model.target, 0, 0, 90, 1};
    drive.rate = [](double t) { return t < 4.95 ? 1.0 : -1.0; };
    drive.sum_field = LIF_SUM;
    drive.weight = constant(0.1);
    drive.grid = model.projections.front().grid;
    model.drives.push_back(drive);
    snn_model compiled = model.get();
    Instance instance = create(compiled, options(3));
    EXPECT_NE(snn_run(instance.get(), UINT64_MAX), SNN_OK);
  }
}

} // namespace
