//===- Plan.h - The spiking network of an integer network -------*- C++ -*-===//
//
// Two phases: a unit adds up what arrives during one frame, and fires during
// the next, at the first of its steps, as often as its count is. Counts are
// then contiguous from the beginning of a frame: a maximum is an OR of spikes.
//
// The rate code is another matter: its units fire while their input arrives,
// and their counts are approximate. The input comes as bits during one frame,
// and is a current in the next, in which all units run, each layer a step
// later.
//
// Layers may have codes of their own. The frame is then as long as the longest
// code needs, and a receiver adds up what comes in each code before its own
// frame begins: the border between two phases is where codes change.
//
// In the signed code a unit fires while its input arrives, and takes back what
// was too much. It is certain to have come to rest L steps after its sources
// have, which is what the length of a frame allows for.
//
// A frame has one step more than there are levels. With o the offset of a
// population, its spikes for input k are stamped 1 + k F + o + j, j = 0..L-1; a
// unit takes over its sum at 1 + k F + o, after the last spike has arrived.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_GENERATE_PLAN_H
#define SNN_COMPILER_GENERATE_PLAN_H

#include "compiler/Results/Expected.h"
#include "dialects/Ann/IR/Ops.h"

#include <map>
#include <string>
#include <vector>

namespace snn::generate {

enum class Code {
  TwoPhase,
  FirstSpike,
  BitSerial,
  /// Spikes at every second step add one, those between take one back (ST-BIF).
  Signed,
  Rate,
  /// Of a network whose layers have the first three, each its own.
  Mixed,
};

/// "two-phase", "first-spike", "bit-serial", "signed", "rate", "mixed".
std::string nameOf(Code code);
/// Codes by the names of layers.
using LayerCodes = std::map<std::string, Code>;

/// What an operator's node is called in the file that the network is from.
std::string originOf(mlir::Operation &op);
/// The greatest count that a network has.
uint64_t levelsOf(ann::NetworkOp network);

struct Population {
  enum class Kind {
    /// Spikes that are given.
    Input,
    /// Thresholds at equal distances: subtract one for each spike.
    Unit,
    /// Of the rate code: driven by an input, or by spikes.
    Driven,
    Leaky,
    /// Any thresholds: the next one is subtracted at each step.
    Table,
    /// Fires when one of its sources does.
    Any,
    /// Adds up, and never fires.
    Sum,
  };
  Kind kind;
  /// Of the value in the network, and how its node is called there.
  mlir::Value value;
  std::string name, origin;
  uint64_t size;
  uint64_t offset = 0;
  /// Of units: distance of thresholds, what is added to a sum, and where it is
  /// cut off. Of sums: what is added. One for each neuron.
  std::vector<int64_t> theta, start, most;
  /// Of tables: by how much the potential falls (or, to the first spike, rises)
  /// at each step, step by step.
  std::vector<std::vector<int64_t>> drops;
  /// Of the rate code: thresholds, currents, and where potentials begin.
  std::vector<double> thresholds, biases, begins;
  /// How its spikes say a count.
  Code code = Code::TwoPhase;
};

struct Projection {
  size_t source, target;
  /// All pairs, by source then target; else those listed.
  bool isDense = false;
  std::vector<std::pair<uint32_t, uint32_t>> pairs;
  std::vector<int32_t> weights;
  uint64_t delay = 1;
};

struct Plan {
  Code code = Code::TwoPhase;
  uint64_t levels = 0, frame = 0;
  std::vector<Population> populations;
  std::vector<Projection> projections;
  /// The largest number that a neuron holds.
  int64_t largest = 0;
  /// Of the rate code: what units keep of their potential, and whether a spike
  /// sets it to 0.
  double beta = 1;
  bool isHard = false;

  /// When the last output of `inputs` inputs is known.
  uint64_t steps(uint64_t inputs) const;
  /// The steps of a frame at which a count of n is a spike. Of the rate code,
  /// and of the signed one but for inputs: as if the first ones; when they are
  /// is not known beforehand.
  std::vector<uint64_t> spikes(Code code, uint64_t n) const;
  /// The count that a spike at a step adds up to, with the others.
  int64_t worth(Code code, uint64_t step) const;
  /// Steps of a frame at which spikes may be.
  uint64_t active() const;
};

/// Of a network that `ann-certify` has passed; for the rate code, in its rate
/// form. Not every network has every code: a failure says why.
results::Expected<Plan> makePlan(ann::NetworkOp network, Code code);
/// Layers that are not named fire once.
results::Expected<Plan> makePlan(ann::NetworkOp network,
                                 const LayerCodes &codes);

} // namespace snn::generate

#endif // SNN_COMPILER_GENERATE_PLAN_H
