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
#include "runtime/lib/Random/Hash.h"

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

class Conversion::State {
public:
  explicit State(ConvertOptions options) : options(std::move(options)) {}

  std::optional<Failure> run(onnx::Graph &graph) {
    std::vector<onnx::Refusal> refusals;
    module = onnx::importGraph(graph, context, refusals);
    if (!module)
      return refused(refusals);
    network = *module->getOps<ann::NetworkOp>().begin();
    measureProducts();
    if (std::optional<Failure> failure = limitSizes())
      return *failure;
    if (std::optional<Failure> failure = giveSamples())
      return *failure;
    // As it was, to compare with.
    before = cast<ModuleOp>(module->getOperation()->clone());
    original = *before->getOps<ann::NetworkOp>().begin();
    if (std::optional<Failure> failure = runPasses(*module))
      return *failure;
    Expected<generate::Plan> twoPhase =
        generate::makePlan(network, generate::Code::TwoPhase);
    if (!twoPhase)
      return twoPhase.failure();
    for (const Population &population : twoPhase->populations)
      result.layers.push_back(layerOf(population, *twoPhase));
    if (std::optional<Failure> failure = test(*twoPhase))
      return *failure;
    Expected<generate::Plan> chosen = choose(*twoPhase);
    if (!chosen)
      return chosen.failure();
    plan = std::move(*chosen);
    describe();
    return std::nullopt;
  }

  std::optional<Failure> fit(data::Dataset &inputs) {
    ann::InputOp input = inputOf(network);
    return data::fit(inputs, input.getType().getShape().vec(),
                     input.getName().str());
  }

  Expected<Presented> present(const data::Dataset &inputs, uint64_t first,
                              uint64_t count) {
    Presented presented;
    for (const Layer &layer : result.layers) {
      presented.layers.push_back(layer);
      presented.layers.back().expected.clear();
    }
    for (uint64_t k = first; k < first + count; ++k) {
      auto begin =
          inputs.numbers.begin() + static_cast<ptrdiff_t>(k * inputs.width());
      if (std::optional<Failure> failure =
              answer({begin, begin + static_cast<ptrdiff_t>(inputs.width())}))
        return *failure;
      expect(plan, presented.layers);
      presented.originalWinners.push_back(originalWinner());
    }
    countEvents(plan, presented.layers);
    presented.files = filesOf(presented.layers, count);
    return presented;
  }

  const Converted &converted() const { return result; }

  const Population &readout() const {
    return *llvm::find_if(plan.populations, [](const Population &p) {
      return p.kind == Population::Kind::Sum;
    });
  }

  std::vector<Readout> readouts() const {
    auto output = static_cast<size_t>(&readout() - plan.populations.data());
    std::vector<Readout> synapses;
    for (const generate::Projection &projection : plan.projections) {
      if (projection.target != output)
        continue;
      auto sums = static_cast<uint32_t>(readout().size);
      for (size_t i = 0; i < projection.weights.size(); ++i) {
        auto [from, to] = projection.isDense
                              ? std::pair(static_cast<uint32_t>(i) / sums,
                                          static_cast<uint32_t>(i) % sums)
                              : projection.pairs[i];
        synapses.push_back(
            {projection.source, from, to, projection.weights[i]});
      }
    }
    return synapses;
  }

private:
  ConvertOptions options;
  MLIRContext context;
  /// The integer network, and the network as it was.
  OwningOpRef<ModuleOp> module, before;
  ann::NetworkOp network, original;
  data::Dataset samples;
  std::optional<ann::Interpreter> whole, real;
  generate::Plan plan;
  Converted result;

  static ann::InputOp inputOf(ann::NetworkOp network) {
    return *network.getBody().getOps<ann::InputOp>().begin();
  }

  static Failure refused(const std::vector<onnx::Refusal> &refusals) {
    Failure failure{ExitCode::Target, refusals[0].message, ""};
    if (refusals.size() > 1)
      failure.help = "and " + std::to_string(refusals.size() - 1) +
                     " more; `snn check` lists them all";
    return failure;
  }

  void measureProducts() {
    network.walk([&](Operation *op) {
      if (!isa<ann::MatMulOp, ann::ConvOp>(op))
        return;
      auto elements = [](Value value) {
        return static_cast<double>(
            cast<RankedTensorType>(value.getType()).getNumElements());
      };
      auto weights = cast<RankedTensorType>(op->getOperand(1).getType());
      auto filters = static_cast<double>(weights.getDimSize(0));
      energy::DenseLayer layer;
      layer.isConvolution = isa<ann::ConvOp>(op);
      layer.inputs = elements(op->getOperand(0));
      layer.outputs = elements(op->getResult(0));
      layer.weights = elements(op->getOperand(1));
      layer.multiplications =
          layer.outputs *
          (layer.isConvolution ? layer.weights / filters : filters);
      if (layer.isConvolution)
        layer.kernels =
            layer.weights / static_cast<double>(weights.getDimSize(1));
      result.macs += static_cast<uint64_t>(layer.multiplications);
      result.products.push_back(layer);
    });
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
    if (options.samples.count == 0) {
      if (options.range)
        return std::nullopt;
      return Failure{ExitCode::Usage,
                     "nothing says what the network's input is like",
                     "give examples by `--calibrate DATA`, or the least "
                     "and greatest number by `--input-range 0..1`"};
    }
    samples = std::move(options.samples);
    if (std::optional<Failure> failure = fit(samples))
      return *failure;
    samples.thin(options.mostSamples);
    auto type = RankedTensorType::get({static_cast<int64_t>(samples.count),
                                       static_cast<int64_t>(samples.width())},
                                      Float32Type::get(&context));
    network.setSamplesAttr(
        DenseElementsAttr::get(type, ArrayRef<float>(samples.numbers)));
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
    uint64_t word = runtime::mix64((counter + 1) * 0x9e3779b97f4a7c15);
    return static_cast<double>(word >> 11) * 0x1p-53;
  }

  ann::Reals trialInput(uint64_t trial, size_t width) {
    if (trial < samples.count) {
      // Spread over all of them.
      uint64_t chosen =
          trial * samples.count / std::min(options.tests, samples.count);
      auto begin =
          samples.numbers.begin() + static_cast<ptrdiff_t>(chosen * width);
      return {begin, begin + static_cast<ptrdiff_t>(width)};
    }
    double low = 0, high = 1;
    if (options.range) {
      std::tie(low, high) = *options.range;
    } else {
      low = static_cast<double>(*llvm::min_element(samples.numbers));
      high = static_cast<double>(*llvm::max_element(samples.numbers));
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
    countEvents(plan, result.layers);
    for (size_t i = 0; i < plan.populations.size(); ++i) {
      cost.events += static_cast<double>(result.layers[i].events) / tests;
      if (plan.populations[i].kind != Population::Kind::Input)
        cost.updates +=
            static_cast<double>(plan.populations[i].size * plan.frame);
    }
    return cost;
  }

  /// Each spike times the synapses of its neuron, over all inputs that layers
  /// expect something for.
  static void countEvents(const generate::Plan &plan,
                          std::vector<Layer> &layers) {
    for (Layer &layer : layers)
      layer.events = layer.arriving = layer.received = 0;
    for (const generate::Projection &projection : plan.projections) {
      Layer &from = layers[projection.source], &to = layers[projection.target];
      std::vector<uint64_t> fan(from.neurons,
                                projection.isDense ? to.neurons : 0);
      for (auto [neuron, target] : projection.pairs)
        ++fan[neuron];
      for (const auto &counts : from.expected)
        for (size_t i = 0; i < counts.size(); ++i) {
          uint64_t spikes =
              plan.spikes(static_cast<uint64_t>(counts[i])).size();
          from.events += spikes * fan[i];
          to.received += spikes * fan[i];
          to.arriving += fan[i] ? spikes : 0;
        }
    }
  }

  /// Layers and files of the plan that was chosen.
  void describe() {
    result.code = generate::nameOf(plan.code);
    result.levels = plan.levels;
    result.frame = plan.frame;
    result.largest = plan.largest;
    result.isInexact = network->hasAttr("ann.inexact");
    for (uint64_t step = 0; step < plan.active(); ++step)
      result.worth.push_back(plan.worth(step));
    for (size_t i = 0; i < plan.populations.size(); ++i)
      result.layers[i].offset = plan.populations[i].offset;
    countEvents(plan, result.layers);
    result.files = filesOf(result.layers, options.tests);
  }

  generate::Files filesOf(std::vector<Layer> &layers, uint64_t inputs) {
    std::vector<generate::Trial> trials(inputs);
    for (size_t i = 0; i < layers.size(); ++i)
      count(layers[i], plan.populations[i].kind, trials);
    return generate::writeFiles(plan, "`" + onnx::shown(options.source) + "`",
                                trials);
  }

  /// Spikes of a layer, for it and for the trials.
  void count(Layer &layer, Population::Kind kind,
             std::vector<generate::Trial> &trials) {
    uint64_t full = 0;
    layer.spikes = 0;
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

  /// Both networks, for an input.
  std::optional<Failure> answer(const ann::Reals &input) {
    std::string said;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (said.empty())
        said = diagnostic.str();
      return success();
    });
    if (!whole) {
      whole.emplace(network);
      real.emplace(original);
    }
    for (auto [interpreter, of] :
         {std::pair(&*whole, network), std::pair(&*real, original)}) {
      interpreter->give(inputOf(of), input);
      if (failed(interpreter->run()))
        return Failure{ExitCode::Internal, said, ""};
    }
    return std::nullopt;
  }

  /// What the integer network answered, for each layer.
  void expect(const generate::Plan &plan, std::vector<Layer> &layers) {
    for (auto [layer, population] : llvm::zip_equal(layers, plan.populations))
      layer.expected.push_back(
          std::get<ann::Whole>(whole->of(population.value)));
  }

  /// An output's numbers in the network as it was, before any softmax.
  const ann::Reals *originalOutput(ann::OutputOp output) {
    Value value = output.getValue();
    if (auto softmax = value.getDefiningOp<ann::SoftmaxOp>())
      value = softmax.getInput();
    return std::get_if<ann::Reals>(&real->of(value));
  }

  uint64_t originalWinner() {
    auto winnerOf = [](const auto &numbers) {
      return static_cast<uint64_t>(llvm::max_element(numbers) -
                                   numbers.begin());
    };
    ann::OutputOp output = *original.getBody().getOps<ann::OutputOp>().begin();
    if (const ann::Reals *reals = originalOutput(output))
      return winnerOf(*reals);
    return winnerOf(std::get<ann::Whole>(real->of(output.getValue())));
  }

  std::optional<Failure> test(const generate::Plan &plan) {
    auto width =
        static_cast<size_t>(inputOf(network).getType().getNumElements());
    double errors = 0;
    uint64_t compared = 0;
    result.tests = options.tests;
    for (uint64_t trial = 0; trial < options.tests; ++trial) {
      if (std::optional<Failure> failure = answer(trialInput(trial, width)))
        return *failure;
      expect(plan, result.layers);
      compare(errors, compared);
    }
    result.meanError = compared ? errors / static_cast<double>(compared) : 0;
    return std::nullopt;
  }

  Layer layerOf(const Population &population, const generate::Plan &plan) {
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
    auto index = static_cast<size_t>(&population - plan.populations.data());
    for (const generate::Projection &projection : plan.projections)
      if (projection.target == index)
        layer.synapses += projection.weights.size();
    return layer;
  }

  void compare(double &errors, uint64_t &compared) {
    auto outputs = llvm::to_vector(network.getBody().getOps<ann::OutputOp>());
    auto originals =
        llvm::to_vector(original.getBody().getOps<ann::OutputOp>());
    for (auto [output, before] : llvm::zip_equal(outputs, originals)) {
      double scale = output.getScale()->convertToDouble();
      auto zero = static_cast<double>(*output.getZero());
      if (result.scales.size() < outputs.size())
        result.scales.push_back(scale);
      const auto &numbers = std::get<ann::Whole>(whole->of(output.getValue()));
      const ann::Reals *exact = originalOutput(before);
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

Conversion::Conversion(std::unique_ptr<State> state)
    : state(std::move(state)) {}
Conversion::~Conversion() = default;
Conversion::Conversion(Conversion &&) = default;

Expected<Conversion> Conversion::run(onnx::Graph &graph,
                                     ConvertOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (std::optional<Failure> failure = state->run(graph))
    return *failure;
  return Conversion(std::move(state));
}

const Converted &Conversion::result() const { return state->converted(); }

std::optional<Failure> Conversion::fit(data::Dataset &inputs) const {
  return state->fit(inputs);
}

Expected<Presented> Conversion::present(const data::Dataset &inputs,
                                        uint64_t first, uint64_t count) {
  return state->present(inputs, first, count);
}

const std::vector<int64_t> &Conversion::readoutStart() const {
  return state->readout().start;
}

std::vector<Readout> Conversion::readouts() const { return state->readouts(); }

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
