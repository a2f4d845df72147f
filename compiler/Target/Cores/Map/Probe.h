//===- Probe.h - What a chip's program does to one neuron -------*- C++ -*-===//
//
// A mapper must know which code of a parameter makes which factor, threshold or
// bias. Offsets, shifts and strict comparisons of a chip are in its program;
// so the program is asked, by running it on one neuron: no formula of a chip
// stands in the compiler.
//
// What parameters are for is said by their names: `decay_u`, `decay_u_1`,
// `decay_v` (of the currents and the potential), `bias`, `leak` (towards zero),
// `threshold`, `threshold_low`, `reset`, `reset_mode` (1: a spike takes the
// threshold off), `refractory`. Zero is neutral for each. The potential is the
// register `v`, the currents are `u` and `u_1`.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_PROBE_H
#define SNN_COMPILER_TARGET_CORES_MAP_PROBE_H

#include "compiler/Target/Cores/Map/Chip.h"

#include <optional>
#include <vector>

namespace snn::target::cores {

class Probe {
public:
  explicit Probe(const lang::checked::Chip &chip);

  bool has(std::string_view parameter) const {
    return findParameter(chip, parameter) >= 0;
  }

  /// The code of `decay_u`, `decay_u_1` or `decay_v` after which least differs
  /// from `keep` of a large value, and what is kept with it.
  struct Decay {
    int64_t code = 0;
    double keep = 1;
  };
  Decay decay(std::string_view parameter, double keep) const;

  /// What one unit of weight, or of bias, adds to the potential in its tick.
  double weightGain() const;
  double biasGain() const;

  /// The largest code at which a potential of `level` fires.
  std::optional<int64_t> threshold(int64_t level) const;
  /// The least potential that fires at this code.
  int64_t firingLevel(int64_t code) const;

  /// A neuron that does nothing but to spike in the ticks in which a spike of
  /// this weight arrives.
  struct Relay {
    std::vector<int32_t> parameters;
    int64_t weight = 0;
  };
  /// None if the chip has no neuron of which that is certain: it must be as
  /// before after either kind of tick.
  std::optional<Relay> relay() const;

  /// The parameters with all at zero but `threshold_low`, which is as low as it
  /// can be, and the threshold, which is as high.
  std::vector<int64_t> neutral() const;
  int64_t low(std::string_view parameter) const;
  int64_t high(std::string_view parameter) const;

private:
  const lang::checked::Chip &chip;
  emulator::Image rules;

  struct Outcome {
    std::vector<int64_t> registers;
    bool spikes = false;
  };
  Outcome run(const emulator::Buffer<emulator::Instruction> &code,
              std::vector<int64_t> registers,
              const std::vector<int64_t> &parameters, int64_t input,
              int64_t weight) const;
  /// One tick with this much arriving first.
  Outcome tick(std::vector<int64_t> registers,
               const std::vector<int64_t> &parameters, int64_t arriving) const;
  std::vector<int64_t> at(std::string_view name, int64_t value) const;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_PROBE_H
