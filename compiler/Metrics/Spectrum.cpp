//===- Spectrum.cpp - Rhythms of a population -------------------*- C++ -*-===//
//
// Welch (1967): the mean periodogram of overlapping, windowed segments. A Hann
// window leaks into two resolutions on both sides of zero, hence the search for
// the peak begins there.
//
//===----------------------------------------------------------------------===//
#include "compiler/Metrics/Spectrum.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

using namespace snn::metrics;

using Complex = std::complex<double>;

/// In place, of a power of two of points: Cooley and Tukey's algorithm in its
/// iterative form.
static void fourierTransform(std::vector<Complex> &points) {
  size_t n = points.size();
  for (size_t i = 1, j = 0; i < n; ++i) {
    size_t bit = n >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j)
      std::swap(points[i], points[j]);
  }
  std::vector<Complex> roots(n / 2);
  for (size_t i = 0; i < n / 2; ++i)
    roots[i] = std::polar(1.0, -2 * std::numbers::pi * static_cast<double>(i) /
                                   static_cast<double>(n));
  for (size_t length = 2; length <= n; length *= 2)
    for (size_t begin = 0; begin < n; begin += length)
      for (size_t i = 0; i < length / 2; ++i) {
        Complex low = points[begin + i];
        Complex high = points[begin + i + length / 2] * roots[i * (n / length)];
        points[begin + i] = low + high;
        points[begin + i + length / 2] = low - high;
      }
}

std::optional<Spectrum>
snn::metrics::populationSpectrum(const Trains &trains,
                                 const SpectrumOptions &options) {
  std::vector<double> counts = binnedCounts(trains, options.bin);
  auto wanted = static_cast<size_t>(
      std::max(1.0, std::round(options.segment / options.bin)));
  size_t segment = std::min(counts.size(), wanted);
  if (segment < 8)
    return std::nullopt;
  size_t padded = 1;
  while (padded < 4 * segment)
    padded *= 2;

  std::vector<double> hann(segment);
  double energy = 0;
  for (size_t i = 0; i < segment; ++i) {
    hann[i] =
        0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) /
                             static_cast<double>(segment));
    energy += hann[i] * hann[i];
  }

  Spectrum result;
  result.resolution = 1 / (static_cast<double>(segment) * options.bin);
  result.power.resize(padded / 2 + 1);
  for (size_t k = 0; k <= padded / 2; ++k)
    result.frequencies.push_back(static_cast<double>(k) /
                                 (static_cast<double>(padded) * options.bin));
  size_t segments = 0;
  std::vector<Complex> points;
  for (size_t begin = 0; begin + segment <= counts.size();
       begin += segment - segment / 2) {
    auto first = counts.begin() + static_cast<std::ptrdiff_t>(begin);
    double mean =
        std::accumulate(first, first + static_cast<std::ptrdiff_t>(segment),
                        0.0) /
        static_cast<double>(segment);
    points.assign(padded, 0);
    for (size_t i = 0; i < segment; ++i)
      points[i] = (counts[begin + i] - mean) * hann[i];
    fourierTransform(points);
    for (size_t k = 0; k <= padded / 2; ++k)
      result.power[k] += std::norm(points[k]);
    ++segments;
  }
  // One side holds the power of both, except at zero and at the last point.
  for (size_t k = 0; k <= padded / 2; ++k)
    result.power[k] *= (k == 0 || k == padded / 2 ? 1 : 2) * options.bin /
                       (energy * static_cast<double>(segments));
  return result;
}

std::optional<double> snn::metrics::spectrumPeak(const Spectrum &spectrum) {
  const std::vector<double> &power = spectrum.power;
  size_t best = 0;
  for (size_t k = 1; k + 1 < power.size(); ++k)
    if (spectrum.frequencies[k] >= 2 * spectrum.resolution &&
        power[k] > power[k - 1] && power[k] >= power[k + 1] &&
        (best == 0 || power[k] > power[best]))
      best = k;
  if (best == 0)
    return std::nullopt;
  double left = std::log(power[best - 1]), top = std::log(power[best]),
         right = std::log(power[best + 1]);
  double bend = left - 2 * top + right;
  double shift =
      bend < 0 && std::isfinite(bend) ? 0.5 * (left - right) / bend : 0;
  return spectrum.frequencies[best] + shift * spectrum.frequencies[1];
}
