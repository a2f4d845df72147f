//===- SpectrumTest.cpp - Rhythms of a population ---------------*- C++ -*-===//
//
// The power values are scipy.signal.welch(c, fs=1/2, window='hann', nperseg=32,
// noverlap=16, nfft=128, detrend='constant', scaling='density') of the counts
// c[i] = i*i mod 7 in 64 bins of 2 ms.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

using namespace snn::metrics;

static Trains squaresModulo7() {
  Trains trains{{0, 128}, {{}}};
  for (int i = 0; i < 64; ++i)
    for (int k = 0; k < i * i % 7; ++k)
      trains.times[0].push_back(2 * i + 1);
  return trains;
}

TEST(Spectrum, IsWelchsEstimate) {
  std::optional<Spectrum> spectrum =
      populationSpectrum(squaresModulo7(), {2, 64});
  ASSERT_TRUE(spectrum);
  ASSERT_EQ(spectrum->power.size(), 65u);
  EXPECT_DOUBLE_EQ(spectrum->resolution, 1 / 64.0);
  EXPECT_DOUBLE_EQ(spectrum->frequencies[1], 0.00390625);
  EXPECT_NEAR(spectrum->power[1], 0.48305518020903254, 1e-12);
  EXPECT_NEAR(spectrum->power[5], 0.041005922317082326, 1e-12);
  EXPECT_NEAR(spectrum->power[17], 26.090307358332094, 1e-12);
  EXPECT_NEAR(spectrum->power[40], 17.10135849841598, 1e-12);
  EXPECT_NEAR(spectrum->power[63], 0.004909309855658091, 1e-12);
  EXPECT_NEAR(spectrum->power[64], 0.005192498827514459, 1e-12);
}

TEST(Spectrum, PeakOfAPeriodicCountIsItsFrequency) {
  // Counts 50 + 40 sin(2 pi f t), f = 23.7 Hz, rounded, 2 s in bins of 1 ms.
  Trains trains{{0, 2000}, {{}}};
  for (int i = 0; i < 2000; ++i) {
    double count =
        std::round(50 + 40 * std::sin(2 * std::numbers::pi * 0.0237 * i));
    for (int k = 0; k < count; ++k)
      trains.times[0].push_back(i + 0.5);
  }
  std::optional<Spectrum> spectrum = populationSpectrum(trains, {1, 1000});
  EXPECT_NEAR(*spectrumPeak(*spectrum), 0.0237, 2e-5);
}

TEST(Spectrum, OfAWindowOfFewBinsDoesNotExist) {
  EXPECT_FALSE(populationSpectrum(Trains{{0, 7}, {{1, 2}}}, {1, 1000}));
}

TEST(Spectrum, WithoutALocalMaximumHasNoPeak) {
  std::optional<Spectrum> silent =
      populationSpectrum(Trains{{0, 100}, {{}}}, {1, 50});
  ASSERT_TRUE(silent);
  EXPECT_FALSE(spectrumPeak(*silent));
}
