//===- Traces.h - Numbers of a recorded state -------------------*- C++ -*-===//
//
// A state at a time, and its mean and extremes over a window.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_TRACES_H
#define SNN_COMPILER_METRICS_TRACES_H

#include "compiler/Results/Recording.h"

#include <optional>

namespace snn::metrics {

using results::NeuronSet;
using results::Trace;
using results::Window;

/// Mean over the chosen neurons of the state at `time` (ms), linearly between
/// the two samples around it; empty outside the samples.
std::optional<double> valueAt(const Trace &trace, const NeuronSet &neurons,
                              double time);

/// Over all chosen neurons and samples of the window; empty without samples.
struct Summary {
  double mean = 0, minimum = 0, maximum = 0;
};
std::optional<Summary> summarize(const Trace &trace, const NeuronSet &neurons,
                                 const Window &window);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_TRACES_H
