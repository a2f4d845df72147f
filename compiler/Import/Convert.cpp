//===- Convert.cpp - From a decoded graph to a spiking network ------------===//
//
// Import, the passes in their order, a plan, and what the integer network gives
// for the inputs of the test.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Convert.h"

#include "compiler/Generate/Files.h"
#include "compiler/Import/ONNX/Import.h"
#include "compiler/Import/ONNX/Reader.h"
#include "dialects/Ann/Analysis/Interpreter.h"
#include "dialects/Ann/Transforms/Passes.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"

#include <cmath>

using namespace mlir;
using namespace snn;
using namespace snn::importing;
using generate::Population;
using results::ExitCode;
using results::Expected;
using results::Failure;

namespace {

class Conversion {
public:
  Conversion(onnx::Graph &graph, const ConvertOptions &options)
      : graph(graph), options(options) {}

  Expected<Converted> run() {
    std::vector<onnx::Refusal> refusals;
    OwningOpRef<ModuleOp> module = onnx::importGraph(graph, context, refusals);
    if (!module)
      return refused(refusals);
    network = *module->getOps<ann::NetworkOp>().begin();
    result.macs = multiplications();
    if (std::optional<Failure> failure = limitSizes())
      return *failure;
    if (std::optional<Failure> failure = giveSamples())
      return *failure;
    // As it was, to compare with.
    OwningOpRef<ModuleOp> original(
        cast<ModuleOp>(module->getOperation()->clone()));
    if (std::optional<Failure> failure = runPasses(*module))
      return *failure;
    Expected<generate::Plan> plan =
        generate::makePlan(network, generate::Code::TwoPhase);
    if (!plan)
      return plan.failure();
    if (std::optional<Failure> failure =
            test(*plan, *original->getOps<ann::NetworkOp>().begin()))
      return *failure;
    Expected<generate::Plan> chosen = choose(*plan);
    if (!chosen)
      return chosen.failure();
    describe(*chosen);
    return std::move(result);
  }

private:
  onnx::Graph &graph;
  const ConvertOptions &options;
  MLIRContext context;
  ann::NetworkOp network;
  Converted result;

  static Failure refused(const std::vector<onnx::Refusal> &refusals) {
    Failure failure{ExitCode::Target, refusals[0].message, ""};
    if (refusals.size() > 1)
      failure.help = "and " + std::to_string(refusals.size() - 1) +
                     " more; `snn check` lists them all";
    return failure;
  }

  uint64_t multiplications() {
    uint64_t sum = 0;
    network.walk([&](Operation *op) {
      if (!isa<ann::MatMulOp, ann::ConvOp>(op))
        return;
      auto weights = cast<RankedTensorType>(op->getOperand(1).getType()),
           out = cast<RankedTensorType>(op->getResult(0).getType());
      bool isConv = isa<ann::ConvOp>(op);
      int64_t each = isConv ? weights.getNumElements() / weights.getDimSize(0)
                            : weights.getDimSize(0);
      sum += static_cast<uint64_t>(out.getNumElements() * each);
    });
    return sum;
  }

  /// A short file may declare what no memory holds.
  std::optional<Failure> limitSizes() {
    constexpr uint64_t mostNumbers = uint64_t(1) << 27,
                       mostMultiplications = uint64_t(1) << 32;
    uint64_t numbers = 0;
    network.walk([&](Operation *op) {
      for (Type type : op->getResultTypes())
        numbers += static_cast<uint64_t>(
            cast<RankedTensorType>(type).getNumElements());
    });
    if (numbers > mostNumbers)
      return Failure{ExitCode::Target,
                     "the network has " + std::to_string(numbers) +
                         " numbers; up to " + std::to_string(mostNumbers) +
                         " are converted",
                     ""};
    if (result.macs > mostMultiplications)
      return Failure{ExitCode::Target,
                     "the network multiplies " + std::to_string(result.macs) +
                         " times for an input; up to " +
                         std::to_string(mostMultiplications) +
                         " times are converted",
                     ""};
    return std::nullopt;
  }

  std::optional<Failure> giveSamples() {
    auto inputs = llvm::to_vector(network.getBody().getOps<ann::InputOp>());
    if (inputs.size() != 1)
      return Failure{ExitCode::Target,
                     "the network has " + std::to_string(inputs.size()) +
                         " inputs; one is converted",
                     ""};
    if (options.range)
      inputs[0].setRangeAttr(DenseF64ArrayAttr::get(
          &context, {options.range->first, options.range->second}));
    auto width = static_cast<uint64_t>(inputs[0].getType().getNumElements());
    if (options.samples.empty()) {
      if (options.range)
        return std::nullopt;
      return Failure{ExitCode::Usage,
                     "nothing says what the network's input is like",
                     "give examples by `--calibrate DATA.npy`, or the least "
                     "and greatest number by `--input-range 0..1`"};
    }
    if (options.samples.size() % width != 0)
      return Failure{
          ExitCode::ModelErrors,
          "the examples have " + std::to_string(options.samples.size()) +
              " numbers, which are no inputs of " + std::to_string(width),
          "an example a row, in the shape of the input `" +
              onnx::shown(inputs[0].getName().str()) + "`"};
    auto type = RankedTensorType::get(
        {static_cast<int64_t>(options.samples.size() / width),
         static_cast<int64_t>(width)},
        Float32Type::get(&context));
    network.setSamplesAttr(ann::attributeOf(options.samples, type));
    return std::nullopt;
  }

  std::optional<Failure> runPasses(ModuleOp module) {
    std::string said, where;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (said.empty()) {
        said = diagnostic.str();
        if (auto name = dyn_cast<NameLoc>(diagnostic.getLocation()))
          where = name.getName().str();
      }
      return success();
    });
    PassManager passes(&context, ann::NetworkOp::getOperationName(),
                       OpPassManager::Nesting::Explicit);
    passes.addPass(ann::createAnnFold());
    passes.addPass(ann::createAnnCalibrate({options.percentile}));
    passes.addPass(
        ann::createAnnQuantize({static_cast<int64_t>(options.levels)}));
    passes.addPass(ann::createAnnStreamline());
    passes.addPass(ann::createAnnBound());
    passes.addPass(ann::createAnnCertify());
    if (succeeded(passes.run(network)))
      return std::nullopt;
    // "'ann.conv' op has ...": what it is called is the compiler's matter.
    size_t own = said.find("' op ");
    return Failure{ExitCode::Target,
                   "node `" + where + "` " +
                       (own == std::string::npos ? said : said.substr(own + 5)),
                   "the network has no exact form that is known"};
  }

  /// Numbers that are the same everywhere: a counter, mixed.
  static double uniform(uint64_t counter) {
    uint64_t z = (counter + 1) * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }

  ann::Reals inputOf(uint64_t trial, size_t width) {
    size_t known = options.samples.size() / width;
    if (trial < known) {
      // Spread over all of them.
      uint64_t chosen =
          trial * known /
          std::max<uint64_t>(std::min<uint64_t>(options.tests, known), 1);
      auto begin =
          options.samples.begin() + static_cast<ptrdiff_t>(chosen * width);
      return {begin, begin + static_cast<ptrdiff_t>(width)};
    }
    double low = 0, high = 1;
    if (options.range) {
      std::tie(low, high) = *options.range;
    } else {
      low = *llvm::min_element(options.samples);
      high = *llvm::max_element(options.samples);
    }
    ann::Reals input(width);
    for (size_t i = 0; i < width; ++i)
      // Computed in f64; each operation is rounded on its own.
      input[i] = low + (high - low) * uniform(trial * width + i);
    return input;
  }

  /// The code that is asked for, or the cheapest one. Populations are the same
  /// in all of them.
  Expected<generate::Plan> choose(const generate::Plan &twoPhase) {
    std::optional<generate::Plan> best;
    double least = 0;
    Failure failure{ExitCode::Usage, "there is no code `" + options.code + "`",
                    "codes are auto, two-phase, first-spike and bit-serial"};
    for (generate::Code code :
         {generate::Code::TwoPhase, generate::Code::FirstSpike,
          generate::Code::BitSerial}) {
      std::string name = generate::nameOf(code);
      if (options.code != "auto" && options.code != name)
        continue;
      Expected<generate::Plan> plan = code == generate::Code::TwoPhase
                                          ? Expected<generate::Plan>(twoPhase)
                                          : generate::makePlan(network, code);
      if (!plan) {
        failure = plan.failure();
        continue;
      }
      Converted::Cost cost = costOf(*plan);
      result.costs.push_back(cost);
      // An update moves a few numbers of a neuron, an event one sum.
      double sum = cost.events + cost.updates;
      if (!best || sum < least) {
        best = std::move(*plan);
        least = sum;
      }
    }
    if (!best)
      return failure;
    return std::move(*best);
  }

  Converted::Cost costOf(const generate::Plan &plan) {
    Converted::Cost cost{generate::nameOf(plan.code), 0, 0};
    auto tests = static_cast<double>(options.tests);
    for (size_t i = 0; i < plan.populations.size(); ++i) {
      cost.events += static_cast<double>(eventsOf(plan, i)) / tests;
      if (plan.populations[i].kind != Population::Kind::Input)
        cost.updates +=
            static_cast<double>(plan.populations[i].size * plan.frame);
    }
    return cost;
  }

  /// Each spike times the synapses of its neuron, over all tests.
  uint64_t eventsOf(const generate::Plan &plan, size_t index) {
    const Population &population = plan.populations[index];
    if (population.kind == Population::Kind::Sum)
      return 0;
    std::vector<uint64_t> fan(population.size, 0);
    for (const generate::Projection &projection : plan.projections) {
      if (projection.source != index)
        continue;
      if (projection.isDense)
        for (uint64_t &synapses : fan)
          synapses += plan.populations[projection.target].size;
      for (auto [from, to] : projection.pairs)
        ++fan[from];
    }
    uint64_t events = 0;
    for (const auto &counts : result.layers[index].expected)
      for (size_t i = 0; i < counts.size(); ++i)
        events += plan.spikes(static_cast<uint64_t>(counts[i])).size() * fan[i];
    return events;
  }

  /// Layers and files of the plan that was chosen.
  void describe(const generate::Plan &plan) {
    result.code = generate::nameOf(plan.code);
    result.levels = plan.levels;
    result.frame = plan.frame;
    result.largest = plan.largest;
    result.isInexact = network->hasAttr("ann.inexact");
    for (uint64_t step = 0; step < plan.active(); ++step)
      result.worth.push_back(plan.worth(step));
    std::vector<generate::Trial> trials(options.tests);
    for (size_t i = 0; i < plan.populations.size(); ++i)
      describe(plan, i, trials);
    result.files = generate::writeFiles(
        plan, "`" + onnx::shown(options.source) + "`", trials);
  }

  void describe(const generate::Plan &plan, size_t index,
                std::vector<generate::Trial> &trials) {
    Layer &layer = result.layers[index];
    layer.offset = plan.populations[index].offset;
    layer.events = eventsOf(plan, index);
    Population::Kind kind = plan.populations[index].kind;
    uint64_t full = 0;
    for (size_t k = 0; k < trials.size(); ++k) {
      const std::vector<int64_t> &numbers = layer.expected[k];
      if (kind == Population::Kind::Sum) {
        trials[k].outputs.push_back(numbers);
        continue;
      }
      uint64_t spikes = 0;
      for (int64_t number : numbers) {
        spikes += plan.spikes(static_cast<uint64_t>(number)).size();
        full += number == static_cast<int64_t>(plan.levels);
      }
      layer.spikes += spikes;
      if (kind == Population::Kind::Input)
        trials[k].inputs.push_back(numbers);
      else
        trials[k].spikes.push_back(spikes);
    }
    layer.clipped = static_cast<double>(full) /
                    static_cast<double>(layer.neurons * trials.size());
  }

  std::optional<Failure> test(const generate::Plan &plan,
                              ann::NetworkOp original) {
    for (const Population &population : plan.populations)
      describe(population, plan);
    std::string said;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (said.empty())
        said = diagnostic.str();
      return success();
    });
    ann::Interpreter whole(network), real(original);
    auto width =
        static_cast<size_t>((*network.getBody().getOps<ann::InputOp>().begin())
                                .getType()
                                .getNumElements());
    double errors = 0;
    uint64_t compared = 0;
    result.tests = options.tests;
    for (uint64_t trial = 0; trial < options.tests; ++trial) {
      ann::Reals input = inputOf(trial, width);
      for (auto [interpreter, of] :
           {std::pair(&whole, network), std::pair(&real, original)}) {
        interpreter->give(*of.getBody().getOps<ann::InputOp>().begin(), input);
        if (failed(interpreter->run()))
          return Failure{ExitCode::Internal, said, ""};
      }
      for (auto [layer, population] :
           llvm::zip_equal(result.layers, plan.populations))
        layer.expected.push_back(
            std::get<ann::Whole>(whole.of(population.value)));
      compare(original, whole, real, errors, compared);
    }
    result.meanError = compared ? errors / static_cast<double>(compared) : 0;
    return std::nullopt;
  }

  void describe(const Population &population, const generate::Plan &plan) {
    Layer layer;
    layer.name = population.name;
    layer.origin = population.origin;
    layer.neurons = population.size;
    switch (population.kind) {
    case Population::Kind::Input:
      layer.kind = "input";
      break;
    case Population::Kind::Unit:
      layer.kind = "unit";
      break;
    case Population::Kind::Table:
      layer.kind = "table";
      break;
    case Population::Kind::Any:
      layer.kind = "maximum";
      break;
    case Population::Kind::Sum:
      layer.kind = "output";
      break;
    }
    size_t index = result.layers.size();
    for (const generate::Projection &projection : plan.projections)
      if (projection.target == index)
        layer.synapses += projection.weights.size();
    result.layers.push_back(std::move(layer));
  }

  void compare(ann::NetworkOp original, const ann::Interpreter &whole,
               const ann::Interpreter &real, double &errors,
               uint64_t &compared) {
    auto outputs = llvm::to_vector(network.getBody().getOps<ann::OutputOp>());
    auto originals =
        llvm::to_vector(original.getBody().getOps<ann::OutputOp>());
    for (auto [output, before] : llvm::zip_equal(outputs, originals)) {
      double scale = output.getScale()->convertToDouble();
      auto zero = static_cast<double>(*output.getZero());
      if (result.scales.size() < outputs.size())
        result.scales.push_back(scale);
      Value value = before.getValue();
      if (auto softmax = value.getDefiningOp<ann::SoftmaxOp>())
        value = softmax.getInput();
      const auto &numbers = std::get<ann::Whole>(whole.of(output.getValue()));
      const auto *exact = std::get_if<ann::Reals>(&real.of(value));
      if (!exact)
        continue;
      size_t winner = 0, other = 0;
      for (size_t i = 0; i < numbers.size(); ++i) {
        double error = std::abs(
            (static_cast<double>(numbers[i]) - zero) * scale - (*exact)[i]);
        errors += error;
        ++compared;
        result.largestError = std::max(result.largestError, error);
        winner = (*exact)[i] > (*exact)[winner] ? i : winner;
        other = numbers[i] > numbers[other] ? i : other;
      }
      result.otherWinners += winner != other;
    }
  }
};

} // namespace

Expected<Converted> snn::importing::convert(onnx::Graph &graph,
                                            const ConvertOptions &options) {
  return Conversion(graph, options).run();
}

std::string snn::importing::sha256(std::string_view bytes) {
  llvm::SHA256 hash;
  hash.update(llvm::StringRef(bytes.data(), bytes.size()));
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

std::vector<std::string> snn::importing::refusals(onnx::Graph &graph) {
  MLIRContext context;
  std::vector<onnx::Refusal> refused;
  onnx::importGraph(graph, context, refused);
  std::vector<std::string> messages;
  for (const onnx::Refusal &refusal : refused)
    messages.push_back(refusal.message);
  return messages;
}
