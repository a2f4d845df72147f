//===- Machine.h - Instructions on one neuron -------------------*- C++ -*-===//
//
// The meaning of each instruction, written for one neuron at a time. Sums and
// products are modulo 2^64, so no image can leave what C++ defines.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_MACHINE_H
#define SNN_EMULATOR_MACHINE_H

#include "runtime/emulator/Chip.h"
#include "runtime/lib/Core/Buffer.h"

namespace snn::emulator {

/// How often registers did not hold what was computed.
struct Overflows {
  uint64_t wraps = 0, saturations = 0;
  bool operator==(const Overflows &) const = default;
};

inline int64_t modular(uint64_t value) { return static_cast<int64_t>(value); }

/// What the register holds of `value`.
inline int64_t fit(const Register &to, int64_t value, Overflows &overflows) {
  if (value >= to.low && value <= to.high)
    return value;
  if (to.overflow == Overflow::Saturate) {
    ++overflows.saturations;
    return value < to.low ? to.low : to.high;
  }
  ++overflows.wraps;
  __int128 period = static_cast<__int128>(to.high) - to.low + 1;
  __int128 rest = (static_cast<__int128>(value) - to.low) % period;
  return static_cast<int64_t>(to.low + (rest < 0 ? rest + period : rest));
}

/// a · 2^b, towards minus infinity.
inline int64_t scale(int64_t a, int64_t b) {
  if (b >= 0)
    return b > 63 ? 0 : modular(static_cast<uint64_t>(a) << b);
  return b < -63 ? (a < 0 ? -1 : 0) : a >> -b;
}

/// a / 2^b towards zero.
inline int64_t truncate(int64_t a, int64_t b) {
  if (b <= 0)
    return a;
  if (b > 62)
    return 0;
  return (a + (a < 0 ? (int64_t{1} << b) - 1 : 0)) >> b;
}

/// The value of every operation but the two that act.
inline int64_t evaluate(const Instruction &step, int64_t a, int64_t b,
                        int64_t c) {
  auto ua = static_cast<uint64_t>(a), ub = static_cast<uint64_t>(b);
  switch (step.operation) {
  case Operation::Constant:
    return step.value;
  case Operation::Add:
    return modular(ua + ub);
  case Operation::Subtract:
    return modular(ua - ub);
  case Operation::Multiply:
    return modular(ua * ub);
  case Operation::Absolute:
    return a < 0 ? modular(0 - ua) : a;
  case Operation::Minimum:
    return a < b ? a : b;
  case Operation::Maximum:
    return a > b ? a : b;
  case Operation::Scale:
    return scale(a, b);
  case Operation::Truncate:
    return truncate(a, b);
  case Operation::Less:
    return a < b;
  case Operation::LessEqual:
    return a <= b;
  case Operation::Equal:
    return a == b;
  case Operation::And:
    return a && b;
  case Operation::Or:
    return a || b;
  case Operation::Not:
    return !a;
  case Operation::Select:
    return a ? b : c;
  case Operation::Store:
  case Operation::Spike:
    break;
  }
  __builtin_unreachable();
}

/// What a program computes on: room for all that an operand can name, as those
/// that an operation does not have may be any.
using Slots = int64_t[MaxSlots + 1];

/// Runs a program that passed Image::check; whether the neuron spikes.
inline bool execute(const runtime::Buffer<Instruction> &code,
                    const runtime::Buffer<Register> &registers, Slots &slots,
                    Overflows &overflows) {
  bool spikes = false;
  for (const Instruction &step : code)
    if (step.operation == Operation::Spike)
      spikes |= slots[step.a] != 0;
    else if (step.operation != Operation::Store)
      slots[step.slot] =
          evaluate(step, slots[step.a], slots[step.b], slots[step.c]);
    else if (step.b == Always || slots[step.b])
      slots[step.slot] = fit(registers[step.slot], slots[step.a], overflows);
  return spikes;
}

} // namespace snn::emulator

#endif // SNN_EMULATOR_MACHINE_H
