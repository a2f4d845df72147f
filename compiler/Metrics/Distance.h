//===- Distance.h - How far apart two samples are ---------------*- C++ -*-===//
//
// Distances between empirical distributions, to compare the statistics of a run
// with stored ones.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_METRICS_DISTANCE_H
#define SNN_COMPILER_METRICS_DISTANCE_H

#include <optional>
#include <vector>

namespace snn::metrics {

/// Kolmogorov and Smirnov: the largest difference of the two cumulative
/// distributions. Empty if a sample is.
std::optional<double> kolmogorovSmirnov(std::vector<double> a,
                                        std::vector<double> b);

/// Earth mover's distance (Wasserstein, order 1): the area between the two
/// cumulative distributions, in the samples' unit. Empty if a sample is.
std::optional<double> earthMovers(std::vector<double> a, std::vector<double> b);

} // namespace snn::metrics

#endif // SNN_COMPILER_METRICS_DISTANCE_H
