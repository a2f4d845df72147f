//===- SpikeStatistics.h - Rate and regularity as spikes come ---*- C++ -*-===//
//
// What `rate` and `cv_isi` measure, of a population whose trains nobody keeps:
// for the comparison of a chip with the CPU.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_SPIKESTATISTICS_H
#define SNN_COMPILER_DRIVER_SPIKESTATISTICS_H

#include <cstdint>
#include <optional>
#include <vector>

namespace snn::driver {

class SpikeStatistics {
public:
  /// Spikes with a stamp up to `warmup` do not count.
  SpikeStatistics(uint64_t size, uint64_t warmup)
      : warmup(warmup), neurons(size) {}

  /// Of one neuron, stamps ascend.
  void add(uint32_t neuron, uint64_t stamp);

  /// Per neuron, in as many steps of so many milliseconds.
  double rate(uint64_t steps, double step) const;
  /// The mean over neurons with two intervals at least; none if there is none.
  std::optional<double> cv() const;

private:
  struct Neuron {
    uint64_t last = 0, spikes = 0;
    /// Of the intervals, in steps.
    uint64_t sum = 0, squares = 0;
  };
  uint64_t warmup;
  std::vector<Neuron> neurons;
};

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_SPIKESTATISTICS_H
