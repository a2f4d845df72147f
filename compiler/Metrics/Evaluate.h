//===- Evaluate.h - Metrics as models name them -----------------*- C++ -*-===//
//
// From `rate of E` in an `expect` clause to a number of a recorded run.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_EVALUATE_H
#define SNN_COMPILER_METRICS_EVALUATE_H

#include "compiler/Metrics/Curve.h"
#include "compiler/Metrics/Spectrum.h"
#include "compiler/Results/Recording.h"
#include "lang/Sema/Checked.h"

#include <optional>
#include <string>

namespace snn::metrics {

struct Measurement {
  /// In internal units; empty where the metric does not exist for this run.
  std::optional<double> value;
  /// Why it does not exist: "E has no spikes".
  std::string reason;
};

/// The spectrum that a spectrum_peak is the peak of; of several runs, the peak
/// is that of the mean spectrum, in which chance peaks cancel.
std::optional<Spectrum> measureSpectrum(const lang::checked::Metric &metric,
                                        const lang::checked::Network &network,
                                        const results::Recording &run);

Measurement measure(const lang::checked::Metric &metric,
                    const lang::checked::Network &network,
                    const results::Recording &run);

/// The number of a fitted law that an expectation bounds; `curve` is its metric
/// over the sweep.
Measurement measureFit(const lang::checked::Fit &fit, const Curve &curve);

/// Whether a value lies within the bounds of an expectation, given the value of
/// its reference where it has one.
bool holds(const lang::checked::Expect &expect, double value,
           std::optional<double> reference);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_EVALUATE_H
