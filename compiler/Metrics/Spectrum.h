//===- Spectrum.h - Rhythms of a population ---------------------*- C++ -*-===//
//
// Power spectrum of the population rate by Welch's method, and the frequency
// at which it peaks.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_SPECTRUM_H
#define SNN_COMPILER_METRICS_SPECTRUM_H

#include "compiler/Metrics/Trains.h"

#include <optional>

namespace snn::metrics {

struct SpectrumOptions {
  /// Width of the bins in which spikes are counted, ms.
  double bin = 1;
  /// Length of one segment, ms; a shorter window is one segment.
  double segment = 1000;
};

struct Spectrum {
  /// Resolution: 1/segment, 1/ms. Frequencies are closer than that because
  /// segments are padded with zeros.
  double resolution = 0;
  std::vector<double> frequencies; // 1/ms
  /// One-sided power density of spikes/bin, as scipy.signal.welch has it with
  /// scaling='density'.
  std::vector<double> power;
};

/// Segments that overlap by half, each less its mean, under a Hann window.
/// Empty where the window holds fewer than 8 bins.
std::optional<Spectrum> populationSpectrum(const Trains &trains,
                                           const SpectrumOptions &options);

/// The highest local maximum at two or more resolutions above zero, refined by
/// a parabola through the logarithms of three points; 1/ms. Empty where the
/// spectrum has none.
std::optional<double> spectrumPeak(const Spectrum &spectrum);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_SPECTRUM_H
