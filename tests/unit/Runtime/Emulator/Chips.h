//===- Chips.h - Programs of four chips, assembled by hand ------*- C++ -*-===//
//
// What a declaration would compile to, written instruction by instruction from
// the published equations, and images built neuron by neuron: so the tests of
// the engines need neither a compiler nor a mapper.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_RUNTIME_EMULATOR_CHIPS_H
#define SNN_TESTS_UNIT_RUNTIME_EMULATOR_CHIPS_H

#include "runtime/emulator/Emulator.h"

#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <tuple>
#include <vector>

namespace chips {

using namespace snn::emulator;

/// Appends instructions; each returns the slot of its value.
class Program {
public:
  Program(Buffer<Instruction> &code, const ChipRecord &chip)
      : code(code), next(static_cast<uint8_t>(firstTemporary(chip))) {}

  uint8_t number(int64_t value) {
    return emit(Operation::Constant, 0, 0, 0, value);
  }
  uint8_t operator()(Operation operation, uint8_t a, uint8_t b = 0,
                     uint8_t c = 0) {
    return emit(operation, a, b, c, 0);
  }
  void store(uint8_t slot, uint8_t a, uint8_t condition = Always) {
    push({Operation::Store, slot, a, condition, 0, {}, 0});
  }
  void spike(uint8_t condition) {
    push({Operation::Spike, 0, condition, 0, 0, {}, 0});
  }

private:
  Buffer<Instruction> &code;
  uint8_t next;

  uint8_t emit(Operation operation, uint8_t a, uint8_t b, uint8_t c,
               int64_t value) {
    push({operation, next, a, b, c, {}, value});
    return next++;
  }
  void push(const Instruction &step) { ASSERT_TRUE(code.push(step)); }
};

/// Collects a network and packs it into an image.
struct Builder {
  struct Neuron {
    uint32_t core;
    std::vector<int32_t> parameters, initial;
    std::vector<int16_t> table;
    std::vector<Route> routes;
  };
  struct Axon {
    uint32_t core;
    int8_t group;
    std::vector<Synapse> synapses;
  };
  std::vector<uint32_t> places; // of cores
  std::vector<Neuron> neurons;  // by core
  std::vector<Axon> axons;      // by core
  std::vector<std::pair<uint32_t, std::vector<Route>>> inputs;

  void pack(Image &image) const {
    uint32_t neuron = 0, axon = 0;
    for (uint32_t core = 0; core < places.size(); ++core) {
      ASSERT_TRUE(image.cores.push({places[core], neuron, axon, 0}));
      for (; neuron < neurons.size() && neurons[neuron].core == core; ++neuron)
        ;
      for (; axon < axons.size() && axons[axon].core == core; ++axon)
        ;
    }
    auto append = [](auto &to, const auto &from) {
      ASSERT_TRUE(to.append(from.data(), from.size()));
    };
    ASSERT_TRUE(image.firstRoute.push(0) && image.firstSynapse.push(0));
    for (const Neuron &n : neurons) {
      append(image.parameters, n.parameters);
      append(image.initial, n.initial);
      append(image.weightTable, n.table);
      append(image.routes, n.routes);
      ASSERT_TRUE(image.firstRoute.push(image.routes.size()));
    }
    for (const Axon &a : axons) {
      ASSERT_TRUE(image.axonGroups.push(a.group));
      append(image.synapses, a.synapses);
      ASSERT_TRUE(image.firstSynapse.push(image.synapses.size()));
    }
    for (const auto &[origin, routes] : inputs) {
      ASSERT_TRUE(image.inputs.push({image.inputRoutes.size(), origin, 0}));
      append(image.inputRoutes, routes);
    }
    Error error = {};
    ASSERT_TRUE(image.check(error)) << error.message;
  }
};

inline void declare(Image &image, const char *name,
                    std::initializer_list<Register> registers,
                    uint32_t parameters) {
  ChipRecord &chip = image.chip;
  strcpy(chip.name, name);
  chip.columns = chip.rows = 1;
  chip.coresPerRouter = 1;
  chip.receptors = 1;
  chip.registers = static_cast<uint32_t>(registers.size());
  chip.parameters = parameters;
  for (const Register &r : registers)
    ASSERT_TRUE(image.registers.push(r));
}

/// Loihi's neuron in Lava's arithmetic: registers u, v; parameters du, dv,
/// bias, vth.
inline void loihi(Image &image) {
  constexpr int64_t M = 1 << 23;
  declare(image, "loihi",
          {{"u", -M + 1, M, Overflow::Wrap, 0},
           {"v", -M + 1, M - 1, Overflow::Saturate, 0}},
          4);
  image.chip.timing = Timing::Synchronous;
  image.chip.delivery = Delivery::Sum;
  using enum Operation;
  Program on(image.tickCode, image.chip);
  enum : uint8_t { U, V, Du, Dv, Bias, Vth, Input };
  uint8_t twelve = on.number(12), six = on.number(6);
  auto decay = [&](uint8_t state, uint8_t by, int64_t offset) {
    uint8_t rest = on(Subtract, on.number(4096 - offset), by);
    return on(Truncate, on(Multiply, state, rest), twelve);
  };
  on.store(U, on(Add, decay(U, Du, 1), on(Scale, Input, six)));
  on.store(V, on(Add, on(Add, decay(V, Dv, 0), U), Bias));
  uint8_t above = on(Less, on(Scale, Vth, six), V);
  on.spike(above);
  on.store(V, on.number(0), above);
}

/// RANC's neuron: register v; parameters leak, the two thresholds, the value
/// and the mode of a reset; weights by the type of the axon.
inline void ranc(Image &image, Register v) {
  declare(image, "ranc", {v}, 5);
  image.chip.delivery = Delivery::Each;
  image.chip.merge = Merge::Or;
  image.chip.weights = Weights::Table;
  image.chip.limits.weightTypes = 4;
  using enum Operation;
  enum : uint8_t { V, Leak, Above, Below, Reset, Mode, Input, Weight };
  Program event(image.synapseCode, image.chip);
  event.store(V, event(Add, V, Weight));
  Program on(image.tickCode, image.chip);
  on.store(V, on(Add, V, Leak));
  uint8_t zero = on.number(0);
  uint8_t fires = on(LessEqual, Above, V), sinks = on(Less, V, Below);
  uint8_t after = on(Select, Mode, on(Subtract, V, Above), Reset);
  uint8_t raised =
      on(Select, Mode, on(Subtract, V, Below), on(Subtract, zero, Reset));
  uint8_t only = on(And, sinks, on(Not, fires));
  on.spike(fires);
  on.store(V, after, fires);
  on.store(V, raised, only);
}

/// tinyODIN's neuron: register v; parameters thr, leak; the threshold is tested
/// after every event and after every leak.
inline void tinyodin(Image &image, uint32_t queue) {
  declare(image, "tinyodin", {{"v", -2048, 2047, Overflow::Saturate, 0}}, 2);
  image.chip.timing = Timing::Events;
  image.chip.delivery = Delivery::Each;
  image.chip.queue = queue;
  using enum Operation;
  enum : uint8_t { V, Threshold, Leak, Input, Weight };
  auto test = [](Program &on) {
    uint8_t zero = on.number(0);
    uint8_t fires =
        on(And, on(LessEqual, zero, V), on(LessEqual, Threshold, V));
    on.spike(fires);
    on.store(V, zero, fires);
  };
  Program event(image.synapseCode, image.chip);
  event.store(V, event(Add, V, Weight));
  test(event);
  Program on(image.tickCode, image.chip);
  uint8_t zero = on.number(0);
  uint8_t down = on(Maximum, on(Subtract, V, Leak), zero);
  uint8_t up = on(Minimum, on(Add, V, Leak), zero);
  on.store(V, on(Select, on(Less, V, zero), up, down));
  test(on);
}

} // namespace chips

#endif // SNN_TESTS_UNIT_RUNTIME_EMULATOR_CHIPS_H
