//===- Plan.cpp - The spiking network of an integer network -----*- C++ -*-===//
//
// Each quantisation, each table of thresholds and each maximum is a population;
// forms are its synapses, constants in them what its neurons add.
//
//===----------------------------------------------------------------------===//
#include "compiler/Generate/Plan.h"

#include "compiler/Generate/Forms.h"
#include "compiler/Generate/Thresholds.h"
#include "dialects/Ann/Analysis/Elements.h"

#include "llvm/ADT/StringExtras.h"

#include <bit>
#include <map>

using namespace mlir;
using namespace snn;
using namespace snn::generate;
using results::ExitCode;
using results::Expected;
using results::Failure;

namespace {

/// Synapses of a network, and the longest delay of one.
constexpr uint64_t MostPieces = uint64_t(1) << 27, LongestDelay = 65535;
/// From the frame of a unit to that of one it drives, in the signed code.
constexpr uint64_t SignedLag = 2;
/// Share of pairs above which all are listed by their weights alone.
constexpr double DenseShare = 0.75;

class Planner {
public:
  Planner(ann::NetworkOp network, Code code, const LayerCodes &codes = {})
      : network(network), builder(MostPieces), codes(codes) {
    plan.code = code;
  }

  Expected<Plan> run() {
    plan.levels = levelsOf(network);
    plan.frame = plan.code == Code::TwoPhase ? plan.levels + 1 : plan.levels;
    if (plan.code == Code::BitSerial) {
      if ((plan.levels & (plan.levels + 1)) != 0)
        return impossible(std::to_string(plan.levels) +
                          " levels are no whole number of bits");
      plan.frame = static_cast<uint64_t>(std::bit_width(plan.levels));
    }
    for (Operation &op : network.getBody().front())
      if (std::optional<Failure> failure = add(op))
        return *failure;
    if (plan.code == Code::Signed)
      allowForRest();
    for (const Projection &projection : plan.projections)
      if (projection.delay > LongestDelay)
        return Failure{ExitCode::Target,
                       "a connection of the network takes " +
                           std::to_string(projection.delay) +
                           " steps, more than delays have",
                       "fewer levels make frames shorter"};
    if (plan.code == Code::Mixed)
      if (std::optional<Failure> failure = checkMixture())
        return *failure;
    return std::move(plan);
  }

private:
  ann::NetworkOp network;
  FormBuilder builder;
  Plan plan;
  LayerCodes codes;
  size_t layers = 0, outputs = 0;

  Failure impossible(const std::string &why) const {
    return {ExitCode::Target,
            "the network has no form in the " + nameOf(plan.code) +
                " code: " + why,
            "`--code auto` takes one that it has"};
  }

  /// Once its sources rest, a unit's count is wrong by L at most, and each pair
  /// of steps puts one of it right. Sums are shown when all rests.
  void allowForRest() {
    uint64_t last = 0;
    for (const Population &population : plan.populations)
      if (population.kind == Population::Kind::Unit)
        last = std::max(last, population.offset);
    uint64_t depth = last / SignedLag;
    plan.frame = 2 * plan.levels * (depth + 1);
    for (Population &population : plan.populations)
      if (population.kind == Population::Kind::Sum)
        population.offset += plan.frame;
  }

  /// Each name is a layer that fires; doubled sums are whole numbers in f64.
  std::optional<Failure> checkMixture() const {
    constexpr int64_t mostWhole = int64_t(1) << 53;
    if (plan.largest >= mostWhole)
      return impossible("bits in frames of " + std::to_string(plan.frame) +
                        " steps reach numbers beyond 53 bits");
    std::vector<std::string> fire;
    for (const Population &population : plan.populations)
      if (population.kind != Population::Kind::Sum &&
          population.kind != Population::Kind::Any)
        fire.push_back(population.name);
    for (const auto &[name, code] : codes)
      if (!llvm::is_contained(fire, name))
        return Failure{ExitCode::Usage,
                       "no layer `" + name + "` has a code of its own",
                       "layers that have are " + llvm::join(fire, ", ") +
                           "; maxima have that of their sources"};
    return std::nullopt;
  }

  Population &append(Population::Kind kind, Operation &op, Value value,
                     std::string name) {
    Population population{};
    population.kind = kind;
    population.value = value;
    population.name = std::move(name);
    population.origin = originOf(op);
    population.size = static_cast<uint64_t>(
        cast<RankedTensorType>(value.getType()).getNumElements());
    bool isInputOfRates =
        plan.code == Code::Rate && kind == Population::Kind::Input;
    population.code = isInputOfRates ? Code::BitSerial : plan.code;
    if (plan.code == Code::Mixed) {
      auto found = codes.find(population.name);
      population.code = found == codes.end() ? Code::FirstSpike : found->second;
    }
    plan.populations.push_back(std::move(population));
    return plan.populations.back();
  }

  std::string nextLayer() { return "Layer" + std::to_string(++layers); }

  std::optional<Failure> add(Operation &op) {
    if (auto window = dyn_cast<ann::WindowOp>(op)) {
      for (Operation &inner : window.getBody().front().without_terminator())
        if (std::optional<Failure> failure = add(inner))
          return failure;
      for (auto [yielded, result] : llvm::zip_equal(
               window.getBody().front().getTerminator()->getOperands(),
               window.getResults()))
        builder.rename(yielded, result);
      return std::nullopt;
    }
    bool isReal = op.getNumResults() == 1 &&
                  !cast<RankedTensorType>(op.getResult(0).getType())
                       .getElementType()
                       .isInteger();
    if (isReal)
      return std::nullopt; // done with an input before it is given
    auto number = static_cast<uint32_t>(plan.populations.size());
    if (auto quantize = dyn_cast<ann::QuantizeOp>(op)) {
      size_t inputs = llvm::count_if(plan.populations, [](const Population &p) {
        return p.kind == Population::Kind::Input;
      });
      append(Population::Kind::Input, op, quantize.getResult(),
             inputs ? "Input" + std::to_string(inputs + 1) : "Input");
      builder.define(quantize.getResult(), number);
      return std::nullopt;
    }
    if (auto threshold = dyn_cast<ann::ThresholdOp>(op)) {
      Population &unit = append(Population::Kind::Unit, op,
                                threshold.getResult(), nextLayer());
      Forms forms = builder.of(threshold.getInput());
      setThresholds(threshold, unit, forms);
      if (unit.kind == Population::Kind::Table &&
          (plan.code == Code::BitSerial || plan.code == Code::Mixed ||
           plan.code == Code::Signed))
        return impossible("thresholds of `" + unit.origin +
                          "` are at different distances");
      connect(number, forms);
      builder.define(threshold.getResult(), number);
      return std::nullopt;
    }
    if (auto fire = dyn_cast<ann::FireOp>(op)) {
      Population &unit =
          append(Population::Kind::Leaky, op, fire.getResult(), nextLayer());
      Forms forms = builder.of(fire.getInput());
      setMembranes(fire, unit, forms);
      connect(number, forms);
      builder.define(fire.getResult(), number);
      return std::nullopt;
    }
    if (auto max = dyn_cast<ann::MaxPoolOp>(op))
      return addMaximum(max, number);
    if (auto output = dyn_cast<ann::OutputOp>(op)) {
      std::string name =
          outputs++ ? "Output" + std::to_string(outputs) : "Output";
      Population &sum =
          append(Population::Kind::Sum, op, output.getValue(), name);
      Forms forms = builder.of(output.getValue());
      for (Form &form : forms)
        sum.start.push_back(form.constant);
      connect(number, forms);
      return std::nullopt;
    }
    if (builder.combine(op))
      return std::nullopt;
    return Failure{ExitCode::Target,
                   "the network has more than " + std::to_string(MostPieces) +
                       " synapses once convolutions are unrolled",
                   "they are reached at `" + originOf(op) + "`"};
  }

  void setMembranes(ann::FireOp op, Population &unit, const Forms &forms) {
    std::vector<int64_t> rows(unit.size, 0);
    if (op.getThetas().size() > 1)
      rows =
          ann::indicesAlong(op.getType(), static_cast<int64_t>(op.getAxis()));
    for (int64_t row : rows) {
      double theta = op.getThetas()[static_cast<size_t>(row)];
      unit.thresholds.push_back(theta);
      unit.biases.push_back(op.getBiases()[static_cast<size_t>(row)]);
      unit.begins.push_back(op.getStart().convertToDouble() * theta);
    }
    plan.beta = op.getBeta().convertToDouble();
    plan.isHard = op.getHard();
    for (const Form &form : forms)
      for (const Piece &piece : form.pieces)
        if (plan.populations[piece.population].kind == Population::Kind::Input)
          unit.kind = Population::Kind::Driven;
  }

  /// T_k = T_1 + (k - 1) theta: n = clip(floor((z - T_1 + theta)/theta), 0, L).
  void setThresholds(ann::ThresholdOp op, Population &unit,
                     const Forms &forms) {
    Thresholds thresholds(op);
    size_t levels = thresholds.levels();
    int64_t low = thresholds.low(), high = thresholds.high();
    std::vector<int64_t> rows(unit.size, 0);
    if (op.getTable().getShapedType().getDimSize(0) > 1)
      rows =
          ann::indicesAlong(op.getType(), static_cast<int64_t>(op.getAxis()));
    auto rowOf = [&](size_t neuron) {
      return static_cast<size_t>(rows[neuron]);
    };
    if (thresholds.areEven()) {
      for (size_t neuron = 0; neuron < unit.size; ++neuron) {
        auto [theta, first] = *thresholds.even(rowOf(neuron));
        unit.theta.push_back(theta);
        unit.start.push_back(theta - first + forms[neuron].constant);
        // The signed code bounds the count, the others what it is made of.
        unit.most.push_back(plan.code == Code::Signed
                                ? static_cast<int64_t>(levels)
                                : theta * static_cast<int64_t>(levels + 1) - 1);
        setCode(unit, neuron, high - low);
      }
    } else {
      unit.kind = Population::Kind::Table;
      unit.drops.assign(plan.levels, {});
      for (size_t neuron = 0; neuron < unit.size; ++neuron)
        setDrops(unit, neuron, forms[neuron].constant, levels, high,
                 [&](size_t k) { return thresholds.at(rowOf(neuron), k); });
    }
    for (int64_t number : unit.start)
      note(number);
    for (int64_t number : unit.most)
      note(number);
    note(high - low + 1);
  }

  /// What a code needs beside thresholds; `reach` is that of the sum.
  void setCode(Population &unit, size_t neuron, int64_t reach) {
    auto levels = static_cast<int64_t>(plan.levels);
    int64_t &theta = unit.theta[neuron];
    int64_t farthest = std::abs(unit.start[neuron]) + reach;
    if (unit.code == Code::FirstSpike || unit.code == Code::Signed)
      note(farthest + theta * levels);
    if (unit.code != Code::BitSerial)
      return;
    // A bit is compared at the place of the highest one that the frame has, to
    // which what is left is doubled.
    constexpr uint64_t mostSteps = 32;
    uint64_t doublings = std::min(plan.frame, mostSteps);
    theta <<= doublings - 1;
    int64_t most = std::max(farthest, unit.most[neuron]);
    note(most >= INT64_MAX >> doublings ? INT64_MAX : most << doublings);
    if (plan.frame > mostSteps)
      note(INT64_MAX);
  }

  /// What the potential changes by from step to step. Two-phase: it begins at
  /// z - T_1 and loses T_k+1 - T_k; first spike: it begins at z - T_L and
  /// gains.
  template <typename At>
  void setDrops(Population &unit, size_t neuron, int64_t constant,
                size_t levels, int64_t high, At at) {
    bool isFirst = plan.code == Code::FirstSpike;
    // Levels that this table lacks are never reached.
    auto threshold = [&](size_t k) { return k < levels ? at(k) : high + 1; };
    size_t begin = isFirst ? plan.levels - 1 : 0;
    unit.start.push_back(constant - threshold(begin));
    for (size_t step = 1; step <= plan.levels; ++step) {
      int64_t last = threshold(isFirst ? plan.levels - step : step - 1);
      int64_t next =
          isFirst
              ? step < plan.levels ? threshold(plan.levels - step - 1) : last
              : threshold(step);
      unit.drops[step - 1].push_back(next - last);
    }
  }

  void note(int64_t number) {
    plan.largest = std::max(plan.largest, std::abs(number));
  }

  std::optional<Failure> addMaximum(ann::MaxPoolOp op, uint32_t number) {
    append(Population::Kind::Any, *op, op.getResult(), nextLayer());
    if (plan.code == Code::BitSerial || plan.code == Code::Signed)
      return impossible("`" + originOf(*op) + "` is a maximum");
    const Forms &counts = builder.of(op.getInput());
    Forms forms(plan.populations.back().size);
    int64_t inSpace = ann::spaceOf(op.getInput()),
            outSpace = ann::spaceOf(op.getResult()),
            planes = static_cast<int64_t>(forms.size()) / outSpace;
    std::vector<ann::Tap> meetings = ann::taps(op);
    for (int64_t plane = 0; plane < planes; ++plane)
      for (const ann::Tap &tap : meetings) {
        const Form &count =
            counts[static_cast<size_t>(plane * inSpace + tap.in)];
        if (count.constant != 0)
          return Failure{ExitCode::Target,
                         "`" + originOf(*op) +
                             "` is the maximum of a constant and of counts",
                         "a pad before a maximum must be the least number"};
        Form &form = forms[static_cast<size_t>(plane * outSpace + tap.out)];
        form.pieces.insert(form.pieces.end(), count.pieces.begin(),
                           count.pieces.end());
      }
    connect(number, forms);
    builder.define(op.getResult(), number);
    return plan.code == Code::Mixed ? takeOverCode(number) : std::nullopt;
  }

  /// A maximum repeats spikes of its sources.
  std::optional<Failure> takeOverCode(uint32_t maximum) {
    Population &to = plan.populations[maximum];
    std::optional<Code> code;
    for (const Projection &projection : plan.projections) {
      if (projection.target != maximum)
        continue;
      const Population &from = plan.populations[projection.source];
      if (from.code == Code::BitSerial || (code && *code != from.code))
        return impossible("`" + to.origin +
                          "` is a maximum of bits, or of different codes");
      code = from.code;
    }
    to.code = code.value_or(Code::FirstSpike);
    return std::nullopt;
  }

  /// Offset of the target, then synapses by source population.
  void connect(uint32_t target, Forms &forms) {
    std::map<uint32_t, std::vector<std::pair<uint32_t, Piece>>> bySource;
    for (auto [neuron, form] : llvm::enumerate(forms)) {
      normalize(form);
      for (const Piece &piece : form.pieces)
        bySource[piece.population].push_back(
            {static_cast<uint32_t>(neuron), piece});
    }
    Population &to = plan.populations[target];
    // Fires in the frame in which its input arrives.
    bool isPrompt =
        to.kind == Population::Kind::Any || to.kind == Population::Kind::Leaky;
    for (auto &[source, pieces] : bySource)
      to.offset = std::max(to.offset, plan.populations[source].offset);
    // Else spikes arrive from the step on at which a frame begins.
    uint64_t lag = plan.code == Code::TwoPhase ? 0 : 1;
    // Signed spikes are gathered when they arrive, and taken in a step later.
    bool isSigned = plan.code == Code::Signed;
    to.offset += isSigned ? SignedLag : isPrompt ? 1 : plan.frame + lag;
    for (auto &[source, pieces] : bySource) {
      Projection projection{source, target, false, {}, {}, 1};
      projection.delay = to.offset - plan.populations[source].offset -
                         (isSigned   ? 1
                          : isPrompt ? 0
                                     : plan.frame - 1 + lag);
      uint64_t sources = plan.populations[source].size, targets = to.size;
      projection.isDense = static_cast<double>(pieces.size()) >
                           DenseShare * static_cast<double>(sources * targets);
      if (projection.isDense)
        projection.weights.assign(sources * targets, 0);
      for (auto &[neuron, piece] : pieces) {
        if (projection.isDense) {
          projection.weights[piece.neuron * targets + neuron] = piece.weight;
          continue;
        }
        projection.pairs.push_back({piece.neuron, neuron});
        projection.weights.push_back(piece.weight);
      }
      plan.projections.push_back(std::move(projection));
    }
  }
};

} // namespace

uint64_t Plan::steps(uint64_t inputs) const {
  uint64_t last = 0;
  for (const Population &population : populations)
    last = std::max(last, population.offset);
  return 2 + inputs * frame + last;
}

std::vector<uint64_t> Plan::spikes(Code code, uint64_t n) const {
  std::vector<uint64_t> steps;
  if (code == Code::FirstSpike && n > 0)
    steps.push_back(levels - n);
  if (code == Code::TwoPhase || code == Code::Rate)
    for (uint64_t step = 0; step < n; ++step)
      steps.push_back(step);
  if (code == Code::Signed)
    for (uint64_t step = 0; step < n; ++step)
      steps.push_back(2 * step);
  if (code == Code::BitSerial)
    for (uint64_t step = 0; step < frame; ++step)
      if (n & static_cast<uint64_t>(worth(code, step)))
        steps.push_back(step);
  return steps;
}

int64_t Plan::worth(Code code, uint64_t step) const {
  switch (code) {
  case Code::TwoPhase:
  case Code::Rate:
  case Code::Mixed:
    return 1;
  case Code::FirstSpike:
    return static_cast<int64_t>(levels - step);
  case Code::Signed:
    return step % 2 == 0 ? 1 : -1;
  case Code::BitSerial: {
    uint64_t place = frame - 1 - step;
    return place < static_cast<uint64_t>(std::bit_width(levels))
               ? int64_t(1) << place
               : 0;
  }
  }
  llvm_unreachable("all codes are handled");
}

uint64_t Plan::active() const {
  return code == Code::BitSerial || code == Code::Signed ? frame : levels;
}

std::string snn::generate::originOf(Operation &op) {
  if (auto name = dyn_cast<NameLoc>(op.getLoc()))
    return name.getName().str();
  return op.getName().stripDialect().str();
}

uint64_t snn::generate::levelsOf(ann::NetworkOp network) {
  uint64_t most = 0;
  network.walk([&](Operation *op) {
    if (auto quantize = dyn_cast<ann::QuantizeOp>(op))
      most = std::max(most, static_cast<uint64_t>(quantize.getHighest()));
    else if (auto threshold = dyn_cast<ann::ThresholdOp>(op))
      most = std::max(most,
                      static_cast<uint64_t>(
                          threshold.getTable().getShapedType().getDimSize(1)));
    else if (auto window = dyn_cast<ann::WindowOp>(op))
      most = std::max(most, window.getSteps());
  });
  return most;
}

std::string snn::generate::nameOf(Code code) {
  switch (code) {
  case Code::TwoPhase:
    return "two-phase";
  case Code::FirstSpike:
    return "first-spike";
  case Code::BitSerial:
    return "bit-serial";
  case Code::Signed:
    return "signed";
  case Code::Rate:
    return "rate";
  case Code::Mixed:
    return "mixed";
  }
  llvm_unreachable("all codes are handled");
}

Expected<Plan> snn::generate::makePlan(ann::NetworkOp network, Code code) {
  return Planner(network, code).run();
}

Expected<Plan> snn::generate::makePlan(ann::NetworkOp network,
                                       const LayerCodes &codes) {
  return Planner(network, Code::Mixed, codes).run();
}
