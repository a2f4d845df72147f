//===- EnergyTest.cpp - What an answer costs under named models -*- C++ -*-===//
//
// Against sums by hand, for a network whose cost is published.
//
//===----------------------------------------------------------------------===//
#include "compiler/Energy/Energy.h"

#include <gtest/gtest.h>

using namespace snn::energy;

namespace {

const Model &model(const std::string &name) {
  for (const Model &each : models())
    if (each.name == name)
      return each;
  throw std::out_of_range(name);
}

Energy dense(const Model &model, std::vector<double> sizes) {
  Energy sum;
  for (size_t i = 0; i + 1 < sizes.size(); ++i)
    sum += model.of(DenseLayer{false, sizes[i] * sizes[i + 1], sizes[i],
                               sizes[i + 1], sizes[i] * sizes[i + 1], 0});
  return sum;
}

TEST(Energy, ProductsOfThePublishedNetworkCost1236NanojouleAsReals) {
  // 268,800 products and 522 biases.
  EXPECT_NEAR(dense(model("45nm-fp32"), {784, 256, 256, 10}).total(),
              1236.5 + 0.5, 0.5);
}

TEST(Energy, WithMemoryThePublishedNetworkCosts20Microjoule) {
  Energy energy = dense(model("lemaire-int32"), {784, 256, 256, 10});
  EXPECT_NEAR(energy.total(), 20.0e3, 100);
  EXPECT_NEAR(energy.memory, 19.1e3, 100);
}

TEST(Energy, ASpikingLayerAddsAndKeepsPotentials) {
  SpikingLayer layer{10, 3, 50, 5, 20, 4 * 5};
  EXPECT_NEAR(model("45nm-int8").of(layer).total(), (50 + 4 * 5 + 3) * 0.03e-3,
              1e-12);
  Energy energy = model("lemaire-int32").of(layer);
  double potential = 13.2 + 1.09e-5 * 5 * 32, weight = 13.2 + 1.09e-5 * 20 * 32;
  EXPECT_NEAR(energy.memory,
              1e-3 * ((10 + 5 + 2 * 70 + 3) * potential + 50 * weight), 1e-9);
  EXPECT_NEAR(energy.addresses, 50 * 0.1e-3, 1e-12);
}

TEST(Energy, ALeakMultipliesAtEachUpdate) {
  SpikingLayer layer{10, 3, 50, 5, 20, 4 * 5}, leaky = layer;
  leaky.leaks = true;
  const Model &reals = model("45nm-fp32");
  EXPECT_NEAR(reals.of(leaky).total() - reals.of(layer).total(),
              4 * 5 * (4.6 - 0.9) * 1e-3, 1e-12);
}

TEST(Energy, AConvolutionReadsAnInputForEachProduct) {
  DenseLayer conv{true, 1000, 10, 20, 30, 5}, product = conv;
  product.isConvolution = false;
  const Model &lemaire = model("lemaire-int32");
  EXPECT_NEAR(lemaire.of(conv).memory - lemaire.of(product).memory,
              1e-3 * 990 * accessEnergy(10, 32), 1e-9);
  EXPECT_NEAR(lemaire.of(conv).addresses, 1e-3 * 35 * 0.1, 1e-12);
}

} // namespace
