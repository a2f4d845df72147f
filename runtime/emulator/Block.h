//===- Block.h - A program on many neurons at once --------------*- C++ -*-===//
//
// The same meaning as Machine.h gives, instruction by instruction over a row of
// neurons instead of neuron by neuron: each instruction is one loop, which the
// compiler makes vectors of.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_BLOCK_H
#define SNN_EMULATOR_BLOCK_H

#include "runtime/emulator/Image.h"
#include "runtime/emulator/Machine.h"

namespace snn::emulator {

/// Neurons of a block. What a program needs of them stays in the first cache.
constexpr uint32_t Lanes = 128;

class BlockProgram {
public:
  /// `code` and `registers` must outlive this, and have passed Image::check.
  bool create(const Buffer<Instruction> &code, const ChipRecord &chip,
              const Buffer<Register> &registers);

  /// Whether a program reads or writes what stands in this slot.
  bool uses(uint32_t slot) const { return used[slot]; }

  /// Where the values of a register, a parameter, `input` or `weight` stand.
  void bind(uint32_t slot, int64_t *values) { slots[slot] = values; }

  /// Runs on the first `lanes` of what was bound. True if any neuron spikes,
  /// and then `spikes` says which.
  bool run(uint32_t lanes, uint8_t *spikes, Overflows &overflows);

private:
  const Buffer<Instruction> *code = nullptr;
  const Buffer<Register> *registers = nullptr;
  Buffer<int64_t> temporaries;
  int64_t *slots[MaxSlots + 1] = {};
  bool used[MaxSlots + 1] = {};
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_BLOCK_H
