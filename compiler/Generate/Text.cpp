//===- Text.cpp - The text of a generated model -----------------*- C++ -*-===//
//
// Neurons that the network has, then populations and connections in the order
// of the layers, then an experiment that tests them.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Files.h"
#include "compiler/Generate/MixedText.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace snn;
using namespace snn::generate;

namespace {

using Kind = Population::Kind;

/// The neurons of a code.
struct Neurons {
  const char *intro, *unit, *table, *any, *sum;
};

constexpr Neurons TwoPhase = {"a count of n is a spike in each of its first n.",
                              R"(
/// Takes in one frame's spikes, and fires in the next one: as often as theta
/// fits into their sum and `start`, at most up to `most`.
neuron Unit {
  param theta : 1 = 1, start : 1 = 0, most : 1 = 0
  state sum : 1 = 0, v : 1 = 0

  port add(w: 1) { sum += w }
  port frame(w: 1) {
    v = min(sum + start, most)
    sum = 0
  }

  spike when v >= theta { v -= theta }
}
)",
                              R"(
/// The same for thresholds at any distances: those between one and the next are
/// subtracted step by step.
neuron Table {
  param start : 1 = 0
  state sum : 1 = 0, v : 1 = -1

  port add(w: 1) { sum += w }
  port drop(w: 1) { v -= w }
  port frame(w: 1) {
    v = sum + start
    sum = 0
  }

  spike when v >= 0 { v = v }
}
)",
                              R"(
/// Fires when any of its sources does: the maximum of counts that begin with
/// their frame.
neuron Any {
  state arrived : 1 = 0

  port add(w: 1) { arrived += w }

  spike when arrived >= 1 { arrived = 0 }
}
)",
                              R"(
/// The sum of one frame's spikes, shown during the next one.
neuron Sum {
  param start : 1 = 0
  state sum : 1 = 0, y : 1 = 0

  port add(w: 1) { sum += w }
  port frame(w: 1) {
    y = sum + start
    sum = 0
  }
}
)"};

constexpr Neurons FirstSpike = {
    "a count of n is one spike, n steps before its end.",
    R"(
/// A spike counts once for each step that is left of its frame. In the next one
/// the threshold falls, and the first step at which it is reached is a spike.
neuron Unit {
  param theta : 1 = 1, start : 1 = 0, most : 1 = 0, full : 1 = 0
  state rate : 1 = 0, sum : 1 = 0, v : 1 = -1, fired : 1 = 1

  port add(w: 1) { rate += w }
  port step(w: 1) {
    sum += rate
    v += theta
  }
  port frame(w: 1) {
    v = min(sum + rate + start, most) - full
    sum = 0
    rate = 0
    fired = 0
  }

  spike when v >= 0 and fired < 1 { fired = 1 }
}
)",
    R"(
/// The same for thresholds at any distances.
neuron Table {
  param start : 1 = 0
  state rate : 1 = 0, sum : 1 = 0, v : 1 = -1, fired : 1 = 1

  port add(w: 1) { rate += w }
  port step(w: 1) { sum += rate }
  port drop(w: 1) { v -= w }
  port frame(w: 1) {
    v = sum + rate + start
    sum = 0
    rate = 0
    fired = 0
  }

  spike when v >= 0 and fired < 1 { fired = 1 }
}
)",
    R"(
/// Fires with the first of its sources: the greatest count is the earliest spike.
neuron Any {
  state arrived : 1 = 0, fired : 1 = 1

  port add(w: 1) { arrived += w }
  port frame(w: 1) {
    arrived = 0
    fired = 0
  }

  spike when arrived >= 1 and fired < 1 { fired = 1 }
}
)",
    R"(
/// The sum of one frame's counts, shown during the next one.
neuron Sum {
  param start : 1 = 0
  state rate : 1 = 0, sum : 1 = 0, y : 1 = 0

  port add(w: 1) { rate += w }
  port step(w: 1) { sum += rate }
  port frame(w: 1) {
    y = sum + rate + start
    sum = 0
    rate = 0
  }
}
)"};

constexpr Neurons BitSerial = {
    "its steps are the bits of a count, the highest one first.",
    R"(
/// The sum doubles from bit to bit. In the next frame so does what is left of
/// it, and each time that theta, the place of the highest bit, fits is a spike.
neuron Unit {
  param theta : 1 = 1, start : 1 = 0, most : 1 = 0
  state sum : 1 = 0, v : 1 = 0

  port add(w: 1) { sum += w }
  port step(w: 1) {
    sum = 2*sum
    v = 2*v
  }
  port frame(w: 1) {
    v = min(sum + start, most)
    sum = 0
  }

  spike when v >= theta { v -= theta }
}
)",
    "", "",
    R"(
/// The sum of one frame's counts, shown during the next one.
neuron Sum {
  param start : 1 = 0
  state sum : 1 = 0, y : 1 = 0

  port add(w: 1) { sum += w }
  port step(w: 1) { sum = 2*sum }
  port frame(w: 1) {
    y = sum + start
    sum = 0
  }
}
)"};

constexpr Neurons Signed = {
    "steps come in pairs: a spike in\n// the first of two adds one to a count, "
    "one in the second takes it back.",
    R"(
/// Fires while its input arrives: `v` is what the sum has beyond the count so
/// far, `n`. Where that is negative, a spike takes one back.
neuron Unit {
  param theta : 1 = 1, start : 1 = 0, most : 1 = 0
  state arrived : 1 = 0, v : 1 = 0, n : 1 = 0, turn : 1 = 0

  port add(w: 1) { arrived += w }
  port step(w: 1) {
    v += w*arrived
    arrived = 0
    turn = w
  }
  port frame(w: 1) {
    v = start + arrived
    arrived = 0
    n = 0
    turn = 1
  }

  spike when turn > 0 and v >= theta and n < most
      or turn < 0 and v < 0 and n > 0 {
    v -= turn*theta
    n += turn
  }
}
)",
    "", "",
    R"(
/// The sum of one frame's spikes, shown during the next one.
neuron Sum {
  param start : 1 = 0
  state arrived : 1 = 0, sum : 1 = 0, y : 1 = 0

  port add(w: 1) { arrived += w }
  port step(w: 1) {
    sum += w*arrived
    arrived = 0
  }
  port frame(w: 1) {
    y = sum + start
    sum = arrived
    arrived = 0
  }
}
)"};

/// A spike is worth the same at each step, whatever it comes from.
constexpr Neurons Rate = {"a count of n is about n spikes.\n// The input is "
                          "bits, of which the lowest "
                          "is in the last step.",
                          "", "", TwoPhase.any, TwoPhase.sum};

/// Its neurons are composed.
constexpr Neurons Mixed = {
    "each layer has a code of its own: a count of n is\n// n spikes from the "
    "beginning on, one spike n steps before the end, or its bits,\n// of which "
    "the lowest is in the last step.",
    "", "", "", ""};

/// Units of the rate code; `$beta` and `$reset` are put in.
constexpr const char *Driven = R"(
/// Takes in the bits of one frame. In the next one their sum is a current, the
/// same at each step, onto a membrane that keeps the share beta of its potential.
neuron Driven {
  param beta : 1 = $beta
  param theta : 1 = 1, bias : 1 = 0, begin : 1 = 0
  state sum : 1 = 0, current : 1 = 0, c : 1 = 0, v : 1 = 0

  port add(w: 1) { sum += w }
  port step(w: 1) {
    sum = 2*sum
    v = beta*v + c + current
  }
  port frame(w: 1) {
    current = sum
    c = bias
    v = beta*begin + c + current
    sum = 0
  }
  port rest(w: 1) {
    current = 0
    c = 0
    v = 0
  }

  spike when v >= theta { $reset }
}
)";
constexpr const char *Leaky = R"(
/// Fires while its input arrives.
neuron Leaky {
  param beta : 1 = $beta
  param theta : 1 = 1, bias : 1 = 0, begin : 1 = 0
  state c : 1 = 0, v : 1 = 0

  port add(w: 1) { v += w }
  port step(w: 1) { v = beta*v + c }
  port frame(w: 1) {
    c = bias
    v = beta*begin + c
  }
  port rest(w: 1) {
    c = 0
    v = 0
  }

  spike when v >= theta { $reset }
}
)";

const Neurons &neuronsOf(Code code) {
  switch (code) {
  case Code::TwoPhase:
    return TwoPhase;
  case Code::FirstSpike:
    return FirstSpike;
  case Code::BitSerial:
    return BitSerial;
  case Code::Signed:
    return Signed;
  case Code::Rate:
    return Rate;
  case Code::Mixed:
    return Mixed;
  }
  std::abort();
}

class Writer {
public:
  Writer(const Plan &plan, const std::vector<Trial> &trials)
      : plan(plan), trials(trials) {}

  std::string write(const std::string &source) {
    writeNeurons(source);
    text += "\nnetwork Converted {\n";
    writeStructure();
    text += "}\n";
    writeExperiment();
    return text;
  }

  std::string writeColumn(const std::string &source) {
    unit = "step";
    writeNeurons(source);
    text +=
        "\n/// The network of model.snn with its inputs, as a part of other "
        "networks" +
        std::string(needsF64() ? ",\n/// whose precision is f64: "
                               : ":\n/// ") +
        "`use folder.column`, then `column name : Converted`.\n"
        "column Converted {\n";
    writeStructure();
    text += "\n";
    for (const Population &population : plan.populations)
      text += "  out " + population.name + "\n";
    text += "}\n";
    return text;
  }

private:
  const Plan &plan;
  /// Of the experiment; a column has none.
  const std::vector<Trial> &trials;
  std::string text;
  /// A column takes the step that its network has.
  const char *unit = "ms";

  void writeNeurons(const std::string &source) {
    const Neurons &neurons = neuronsOf(plan.code);
    text = "// Made by `snn import` from " + source +
           (plan.code == Code::Rate ? ": approximate"
                                    : ": whole numbers throughout") +
           ", in the " + nameOf(plan.code) + " code.\n// A frame has " +
           std::to_string(plan.frame) +
           (plan.frame == 1 ? " step; " : " steps; ") + neurons.intro + "\n";
    if (plan.code == Code::Mixed)
      text += mixedNeurons(plan);
    if (has(Kind::Unit))
      text += neurons.unit;
    if (has(Kind::Driven))
      text += membrane(Driven);
    if (has(Kind::Leaky))
      text += membrane(Leaky);
    if (has(Kind::Table))
      text += neurons.table;
    if (has(Kind::Any))
      text += neurons.any;
    if (has(Kind::Sum))
      text += neurons.sum;
  }

  bool needsF64() const {
    return plan.largest >= 1 << 24 || plan.code == Code::Rate;
  }

  bool has(Kind kind) const {
    return std::any_of(plan.populations.begin(), plan.populations.end(),
                       [&](const Population &p) { return p.kind == kind; });
  }

  std::string membrane(std::string neuron) const {
    std::array<char, 32> beta;
    std::snprintf(beta.data(), beta.size(), "%.17g", plan.beta);
    for (auto [name, value] :
         {std::pair<const char *, const char *>("$beta", beta.data()),
          std::pair<const char *, const char *>(
              "$reset", plan.isHard ? "v = 0" : "v -= theta")})
      neuron.replace(neuron.find(name), std::strlen(name), value);
    return neuron;
  }

  static std::string load(const std::string &file) {
    return "load(\"" + file + "\")";
  }
  std::string source(const std::string &file) const {
    return "SpikeSource(times = load(\"" + file + "\", unit = 1 " + unit + "))";
  }

  void writeStructure() {
    text += "  population Frame : " + source("data/frames.npy") + "[1]\n";
    if (needsSteps(plan))
      text += "  population Steps : " + source("data/steps.npy") + "[" +
              std::to_string(plan.frame - 1) + "]\n";
    if (plan.code == Code::Rate || plan.code == Code::Signed)
      text += "  population Rest : " + source("data/rest.npy") + "[1]\n";
    for (const Population &population : plan.populations)
      writePopulation(population);
    text += "\n";
    for (const Projection &projection : plan.projections)
      writeProjection(projection);
    text += "\n";
    for (const Population &population : plan.populations)
      writeClock(population);
  }

  void writePopulation(const Population &population) {
    const std::string &name = population.name;
    std::string size = "[" + std::to_string(population.size) + "]";
    std::string stem = "data/" + name + "-";
    auto given = [&](const char *parameter) {
      return "    " + std::string(parameter) + " = " +
             load(stem + parameter + ".npy") + "\n";
    };
    text += "\n  /// " + population.origin +
            (plan.code == Code::Mixed && population.kind != Kind::Sum
                 ? ", " + nameOf(population.code)
                 : "") +
            "\n  population " + name + " : ";
    auto neuron = [&](const char *usual) {
      return plan.code == Code::Mixed ? mixedNeuron(plan, population)
                                      : std::string(usual);
    };
    switch (population.kind) {
    case Kind::Input:
      text += source(stem + "spikes.npy") + size + "\n";
      return;
    case Kind::Unit:
      text += neuron("Unit") + size + " {\n" + given("theta") + given("start") +
              given("most") +
              (population.code == Code::FirstSpike ? given("full") : "") +
              "  }\n";
      return;
    case Kind::Driven:
    case Kind::Leaky:
      text += (population.kind == Kind::Driven ? "Driven" : "Leaky") + size +
              " {\n" + given("theta") + given("bias") + given("begin") +
              "  }\n";
      return;
    case Kind::Table:
      text += "Table" + size + " {\n" + given("start") + "  }\n";
      return;
    case Kind::Any:
      text += neuron("Any") + size + "\n";
      return;
    case Kind::Sum:
      text += neuron("Sum") + size + " {\n" + given("start") + "  }\n";
      return;
    }
  }

  std::string delay(uint64_t steps) const {
    return "delay = " + std::to_string(steps) + " " + unit;
  }

  std::string portOf(const Projection &projection) const {
    bool isMixed = plan.code == Code::Mixed &&
                   plan.populations[projection.target].kind != Kind::Any;
    return isMixed ? mixedPort(plan.populations[projection.source].code)
                   : "add";
  }

  void writeProjection(const Projection &projection) {
    const Population &to = plan.populations[projection.target];
    text += "  connect " + plan.populations[projection.source].name + " -> " +
            to.name + "." + portOf(projection) + " by " +
            (projection.isDense
                 ? std::string("all_to_all")
                 : "list(" + load(pairsFile(projection, plan)) + ")") +
            " {\n    weight = " +
            (to.kind == Kind::Any ? std::string("1")
                                  : load(weightsFile(projection, plan))) +
            "\n    " + delay(projection.delay) + "\n  }\n";
  }

  /// Steps of a frame in pairs; the first one is that of `Frame`.
  void writeSigns(const Population &population) {
    bool isSum = population.kind == Kind::Sum;
    uint64_t offset = population.offset - (isSum ? plan.frame : 0);
    auto connect = [&](const std::string &from, const char *port,
                       const char *weight) {
      text += "  connect " + from + " -> " + population.name + "." + port +
              " by all_to_all {\n    weight = " + weight + "\n    " +
              delay(offset) + "\n  }\n";
    };
    connect("Frame", "frame", "1");
    if (isSum)
      connect("Rest", "frame", "1");
    std::string last = std::to_string(plan.frame - 2);
    connect("Steps[0.." + last + " step 2]", "step", "-1");
    if (plan.frame > 2)
      connect("Steps[1.." + last + " step 2]", "step", "1");
  }

  void writeClock(const Population &population) {
    if (plan.code == Code::Signed && population.kind != Kind::Input)
      return writeSigns(population);
    bool isAny = population.kind == Kind::Any;
    if (population.kind == Kind::Input ||
        (isAny && population.code != Code::FirstSpike))
      return;
    auto connect = [&](const char *from, const char *port,
                       const std::string &weight, uint64_t lead) {
      text += "  connect " + std::string(from) + " -> " + population.name +
              "." + port + " by all_to_all {\n    weight = " + weight +
              "\n    " + delay(population.offset - lead) + "\n  }\n";
    };
    connect("Frame", "frame", "1", 0);
    bool hasMembrane =
        population.kind == Kind::Driven || population.kind == Kind::Leaky;
    if (hasMembrane)
      connect("Rest", "rest", "1", 0);
    if (isAny || plan.frame == 1)
      return;
    bool isTold = plan.code == Code::Mixed
                      ? needsSteps(plan, population)
                      : plan.code != Code::TwoPhase && plan.code != Code::Rate;
    if (hasMembrane || isTold)
      connect("Steps", "step", "1", stepsLead(plan));
    if (population.kind == Kind::Table)
      connect("Steps", "drop", load("data/" + population.name + "-drops.npy"),
              stepsLead(plan));
  }

  /// All spikes of each layer, and each output of the first inputs.
  void writeExperiment() {
    constexpr size_t mostInputs = 4, mostOutputs = 10;
    text += "\n/// " + std::to_string(trials.size()) +
            " inputs, one after the other, and what the integer network "
            "gives.\nexperiment SelfTest {\n  network Converted\n  step 1 ms\n"
            "  duration " +
            std::to_string(plan.steps(trials.size())) + " ms\n";
    if (needsF64())
      text += "  precision f64\n";
    std::string records, expected;
    size_t spiking = 0, output = 0;
    for (const Population &population : plan.populations) {
      if (population.kind == Kind::Sum) {
        records += "  record y of " + population.name + " every 1 ms\n";
        for (size_t k = 0; k < std::min(trials.size(), mostInputs); ++k)
          for (size_t i = 0; i < std::min<size_t>(population.size, mostOutputs);
               ++i)
            expected += "  expect value(y, at = " +
                        std::to_string(1 + k * plan.frame + population.offset) +
                        " ms) of " + population.name + "[" + std::to_string(i) +
                        "] == " + std::to_string(trials[k].outputs[output][i]) +
                        "\n";
        ++output;
        continue;
      }
      if (population.kind == Kind::Input)
        continue;
      uint64_t spikes = 0;
      for (const Trial &trial : trials)
        spikes += trial.spikes[spiking];
      ++spiking;
      records += "  record spikes of " + population.name + "\n";
      expected += "  expect count of " + population.name +
                  " == " + std::to_string(spikes) + "\n";
    }
    text += records + "\n" + expected + "}\n";
  }
};

} // namespace

std::string snn::generate::writeText(const Plan &plan,
                                     const std::string &source,
                                     const std::vector<Trial> &trials) {
  return Writer(plan, trials).write(source);
}

std::string snn::generate::writeColumn(const Plan &plan,
                                       const std::string &source) {
  const std::vector<Trial> none;
  return Writer(plan, none).writeColumn(source);
}
