//===- WorkReport.h - What runs would cost under named models ---*- C++ -*-===//
//
// Synaptic operations, updates and accesses to memory of any network, and the
// energy that hardware of 45 nm would take for them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_WORKREPORT_H
#define SNN_COMPILER_DRIVER_WORKREPORT_H

#include "compiler/Energy/Energy.h"
#include "compiler/Results/Expected.h"
#include "lang/Sema/Checked.h"
#include "snn/runtime.h"

#include <nlohmann/json.hpp>

namespace snn::driver {

class WorkReport {
public:
  /// Adds a run; runs of one report are of one experiment.
  void add(const lang::checked::Program &program,
           const lang::checked::Network &network, const snn_stats &stats);

  /// J by model: operations, memory, addresses and their sum.
  nlohmann::ordered_json energy() const;
  nlohmann::ordered_json work() const;
  std::string toText() const;

private:
  uint64_t runs = 0;
  /// States that equations bring forward are updated; an access is a number
  /// read or written.
  double events = 0, spikes = 0, neuronUpdates = 0, stateUpdates = 0,
         accesses = 0, seconds = 0;
  /// In the order of `energy::models()`.
  std::vector<energy::Energy> sums;
};

/// The statistics of a run with its work and energy.
std::optional<results::Failure> writeStats(snn_instance *instance,
                                           const std::string &path,
                                           double compileSeconds,
                                           const WorkReport &report);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_WORKREPORT_H
