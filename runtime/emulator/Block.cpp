//===- Block.cpp - A program on many neurons at once ----------------------===//
//
// A value that does not fit is rare: whether there is one is found for the
// whole row, and only then is each looked at.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Block.h"

namespace snn::emulator {
namespace {

/// Compiled for what the processor at hand has; integers are the same on all.
#if defined(__x86_64__) && defined(__clang__)
#define SNN_CLONES                                                             \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SNN_CLONES
#endif

template <Operation operation>
[[gnu::always_inline]] inline void
each(const Instruction &step, uint32_t lanes, int64_t *__restrict to,
     const int64_t *a, const int64_t *b, const int64_t *c) {
  Instruction one = step;
  one.operation = operation;
  for (uint32_t i = 0; i < lanes; ++i)
    to[i] = evaluate(one, a[i], b ? b[i] : 0, c ? c[i] : 0);
}

/// Shifts by the same number of bits are what programs have.
[[gnu::always_inline]] inline bool sameForAll(const int64_t *values,
                                              uint32_t lanes) {
  int64_t differ = 0;
  for (uint32_t i = 0; i < lanes; ++i)
    differ |= values[i] ^ values[0];
  return differ == 0;
}

[[gnu::always_inline]] inline void scaleAll(uint32_t lanes,
                                            int64_t *__restrict to,
                                            const int64_t *a,
                                            const int64_t *b) {
  if (!sameForAll(b, lanes)) {
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = scale(a[i], b[i]);
    return;
  }
  int64_t by = b[0];
  if (by >= 0 && by < 64)
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = modular(static_cast<uint64_t>(a[i]) << by);
  else
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = scale(a[i], by);
}

[[gnu::always_inline]] inline void truncateAll(uint32_t lanes,
                                               int64_t *__restrict to,
                                               const int64_t *a,
                                               const int64_t *b) {
  if (!sameForAll(b, lanes) || b[0] <= 0 || b[0] > 62) {
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = truncate(a[i], b[i]);
    return;
  }
  int64_t by = b[0], last = (int64_t{1} << by) - 1;
  for (uint32_t i = 0; i < lanes; ++i)
    to[i] = (a[i] + ((a[i] >> 63) & last)) >> by;
}

[[gnu::always_inline]] inline void store(const Register &as, uint32_t lanes,
                                         int64_t *to, const int64_t *from,
                                         const int64_t *when,
                                         Overflows &overflows) {
  int64_t low = as.low, high = as.high, outside = 0;
  if (when)
    for (uint32_t i = 0; i < lanes; ++i)
      outside |= (when[i] != 0) & ((from[i] < low) | (from[i] > high));
  else
    for (uint32_t i = 0; i < lanes; ++i)
      outside |= (from[i] < low) | (from[i] > high);
  if (outside)
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = when && !when[i] ? to[i] : fit(as, from[i], overflows);
  else if (when)
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = when[i] ? from[i] : to[i];
  else
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = from[i];
}

SNN_CLONES bool runBlock(const Buffer<Instruction> &code,
                         const Buffer<Register> &registers, int64_t **slots,
                         uint32_t lanes, uint8_t *spikes,
                         Overflows &overflows) {
  int64_t any = 0;
  for (const Instruction &step : code) {
    int64_t *to = slots[step.slot];
    const int64_t *a = slots[step.a], *b = slots[step.b], *c = slots[step.c];
    switch (step.operation) {
    case Operation::Constant: // stands there
      break;
    case Operation::Add:
      each<Operation::Add>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Subtract:
      each<Operation::Subtract>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Multiply:
      each<Operation::Multiply>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Absolute:
      each<Operation::Absolute>(step, lanes, to, a, nullptr, nullptr);
      break;
    case Operation::Minimum:
      each<Operation::Minimum>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Maximum:
      each<Operation::Maximum>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Scale:
      scaleAll(lanes, to, a, b);
      break;
    case Operation::Truncate:
      truncateAll(lanes, to, a, b);
      break;
    case Operation::Less:
      each<Operation::Less>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::LessEqual:
      each<Operation::LessEqual>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Equal:
      each<Operation::Equal>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::And:
      each<Operation::And>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Or:
      each<Operation::Or>(step, lanes, to, a, b, nullptr);
      break;
    case Operation::Not:
      each<Operation::Not>(step, lanes, to, a, nullptr, nullptr);
      break;
    case Operation::Select:
      each<Operation::Select>(step, lanes, to, a, b, c);
      break;
    case Operation::Store:
      store(registers[step.slot], lanes, to, a, step.b == Always ? nullptr : b,
            overflows);
      break;
    case Operation::Spike:
      if (!any)
        memset(spikes, 0, lanes);
      for (uint32_t i = 0; i < lanes; ++i) {
        spikes[i] |= a[i] != 0;
        any |= a[i];
      }
      break;
    }
  }
  return any != 0;
}

} // namespace

bool BlockProgram::create(const Buffer<Instruction> &program,
                          const ChipRecord &chip,
                          const Buffer<Register> &formats) {
  code = &program;
  registers = &formats;
  uint32_t first = firstTemporary(chip);
  if (!temporaries.resize(uint64_t{MaxSlots + 1 - first} * Lanes))
    return false;
  for (uint32_t slot = first; slot <= MaxSlots; ++slot)
    slots[slot] = temporaries.data() + uint64_t{slot - first} * Lanes;
  for (const Instruction &step : program) {
    // Unused operands name slot 0, or any; to read more costs only time.
    used[step.a] = used[step.b] = used[step.c] = true;
    used[step.slot] |= step.operation != Operation::Spike;
    if (step.operation == Operation::Constant)
      for (uint32_t i = 0; i < Lanes; ++i)
        slots[step.slot][i] = step.value;
  }
  return true;
}

bool BlockProgram::run(uint32_t lanes, uint8_t *spikes, Overflows &overflows) {
  return runBlock(*code, *registers, slots, lanes, spikes, overflows);
}

} // namespace snn::emulator
