//===- MixedText.cpp - Neurons between two codes ----------------*- C++ -*-===//
//
// What arrives in a frame is added up by code: counts as they are, bits by
// doubling, first spikes by a rate that is held until the frame ends. Their sum
// is the same number, and is emitted in the neuron's own code.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/MixedText.h"

#include <set>

using namespace snn;
using namespace snn::generate;

using Kind = Population::Kind;

namespace {

std::string wordOf(Code code) {
  return code == Code::TwoPhase     ? "TwoPhase"
         : code == Code::FirstSpike ? "FirstSpike"
                                    : "BitSerial";
}

std::set<Code> received(const Plan &plan, const Population &population) {
  std::set<Code> codes;
  for (const Projection &projection : plan.projections)
    if (&plan.populations[projection.target] == &population)
      codes.insert(plan.populations[projection.source].code);
  return codes;
}

/// The neuron of a maximum: it has only one code.
std::string maximum(Code code) {
  bool isFirst = code == Code::FirstSpike;
  return "\n/// Fires when any of its sources does.\nneuron Any" +
         wordOf(code) + " {\n  state arrived : 1 = 0" +
         (isFirst ? ", fired : 1 = 1\n" : "\n") +
         "\n  port add(w: 1) { arrived += w }\n" +
         (isFirst
              ? "  port frame(w: 1) {\n    arrived = 0\n    fired = 0\n  }\n"
              : "") +
         (isFirst
              ? "\n  spike when arrived >= 1 and fired < 1 { fired = 1 }\n}\n"
              : "\n  spike when arrived >= 1 { arrived = 0 }\n}\n");
}

class Neuron {
public:
  Neuron(const Plan &plan, const Population &population)
      : population(population), codes(received(plan, population)),
        isSum(population.kind == Kind::Sum) {}

  std::string write(const std::string &name) {
    std::string text = "\n/// " + intro() + "\nneuron " + name + " {\n" +
                       declarations() + "\n";
    for (Code code : codes)
      text += "  port " + mixedPort(code) + "(w: 1) { " +
              (code == Code::TwoPhase    ? "sum += w"
               : code == Code::BitSerial ? "bits += w"
                                         : "rate += w") +
              " }\n";
    if (std::string step = stepBody(); !step.empty())
      text += "  port step(w: 1) {\n" + step + "  }\n";
    return text + frame() + fire() + "}\n";
  }

private:
  const Population &population;
  std::set<Code> codes;
  bool isSum;

  bool emits(Code code) const { return !isSum && population.code == code; }

  std::string intro() const {
    std::string text = "Takes in ";
    for (Code code : codes)
      text += (code == *codes.begin() ? "" : " and ") +
              std::string(code == Code::TwoPhase    ? "counts"
                          : code == Code::BitSerial ? "bits"
                                                    : "first spikes");
    if (isSum)
      return text + " of one frame; their sum is shown during the next one.";
    return text + " of one frame, and in the next one fires " +
           (emits(Code::TwoPhase) ? "its count."
            : emits(Code::BitSerial)
                ? "the bits of its count."
                : "once, the earlier the higher its count.");
  }

  std::string declarations() const {
    std::string text = "  param start : 1 = 0";
    if (!isSum)
      text += ", theta : 1 = 1, most : 1 = 0";
    if (emits(Code::FirstSpike))
      text += ", full : 1 = 0";
    text += std::string("\n  state ") + (isSum ? "y : 1 = 0" : "v : 1 = ");
    if (!isSum)
      text += emits(Code::FirstSpike) ? "-1, fired : 1 = 1" : "0";
    if (codes.contains(Code::TwoPhase))
      text += ", sum : 1 = 0";
    if (codes.contains(Code::BitSerial))
      text += ", bits : 1 = 0";
    if (codes.contains(Code::FirstSpike))
      text += ", rate : 1 = 0, held : 1 = 0";
    return text + "\n";
  }

  std::string stepBody() const {
    std::string text;
    if (codes.contains(Code::BitSerial))
      text += "    bits = 2*bits\n";
    if (codes.contains(Code::FirstSpike))
      text += "    held += rate\n";
    if (emits(Code::BitSerial))
      text += "    v = 2*v\n";
    if (emits(Code::FirstSpike))
      text += "    v += theta\n";
    return text;
  }

  std::string frame() const {
    std::string all = "start", rest;
    if (codes.contains(Code::TwoPhase)) {
      all += " + sum";
      rest += "    sum = 0\n";
    }
    if (codes.contains(Code::BitSerial)) {
      all += " + bits";
      rest += "    bits = 0\n";
    }
    if (codes.contains(Code::FirstSpike)) {
      all += " + held + rate";
      rest += "    held = 0\n    rate = 0\n";
    }
    std::string text = "  port frame(w: 1) {\n    ";
    if (isSum)
      text += "y = " + all + "\n";
    else
      text += "v = min(" + all + ", most)" +
              (emits(Code::FirstSpike) ? " - full\n    fired = 0\n" : "\n");
    return text + rest + "  }\n";
  }

  std::string fire() const {
    if (isSum)
      return "";
    return emits(Code::FirstSpike)
               ? "\n  spike when v >= 0 and fired < 1 { fired = 1 }\n"
               : "\n  spike when v >= theta { v -= theta }\n";
  }
};

} // namespace

std::string snn::generate::mixedPort(Code code) {
  return code == Code::TwoPhase    ? "counts"
         : code == Code::BitSerial ? "doubled"
                                   : "firsts";
}

std::string snn::generate::mixedNeuron(const Plan &plan,
                                       const Population &population) {
  if (population.kind == Kind::Any)
    return "Any" + wordOf(population.code);
  std::string name =
      population.kind == Kind::Sum ? "Sum" : wordOf(population.code);
  std::string between = "Of";
  for (Code code : received(plan, population)) {
    name += between + wordOf(code);
    between = "And";
  }
  return name;
}

std::string snn::generate::mixedNeurons(const Plan &plan) {
  std::string text;
  std::set<std::string> written;
  for (const Population &population : plan.populations) {
    if (population.kind == Kind::Input)
      continue;
    std::string name = mixedNeuron(plan, population);
    if (!written.insert(name).second)
      continue;
    text += population.kind == Kind::Any ? maximum(population.code)
                                         : Neuron(plan, population).write(name);
  }
  return text;
}

bool snn::generate::needsSteps(const Plan &plan, const Population &population) {
  std::set<Code> codes = received(plan, population);
  codes.erase(Code::TwoPhase);
  bool emitsCounts =
      population.kind == Kind::Sum || population.code == Code::TwoPhase;
  return !codes.empty() || !emitsCounts;
}
