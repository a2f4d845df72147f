//===- Convert.cpp - From a decoded graph to a spiking network ------------===//
//
// Import, the passes in their order, a plan, and what the integer network gives
// for the inputs of the test.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Convert.h"

#include "compiler/Generate/Files.h"
#include "compiler/Generate/SignedRun.h"
#include "compiler/Import/ONNX/Import.h"
#include "compiler/Import/ONNX/Reader.h"
#include "compiler/Import/Survey.h"
#include "dialects/Ann/Analysis/Elements.h"
#include "dialects/Ann/Analysis/LinearSum.h"
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
    if (std::optional<Failure> failure = readCode())
      return *failure;
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
    if (options.isOutline)
      return outline();
    Expected<generate::Plan> twoPhase =
        generate::makePlan(network, generate::Code::TwoPhase);
    if (!twoPhase)
      return twoPhase.failure();
    plan = std::move(*twoPhase);
    listLayers(Survey(plan));
    result.isApproximate = wanted == generate::Code::Rate;
    if (result.isApproximate)
      if (std::optional<Failure> failure = makeRates())
        return *failure;
    if (std::optional<Failure> failure = test())
      return *failure;
    if (result.isApproximate)
      weigh(plan, Survey(plan));
    else if (std::optional<Failure> failure = choose())
      return *failure;
    survey.emplace(plan);
    describe();
    result.files = filesOf(result.layers, options.tests);
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
      Layer &empty = presented.layers.back();
      empty.expected.clear();
      empty.fired.clear();
      empty.spared = 0;
      empty.errors = {};
    }
    for (uint64_t k = first; k < first + count; ++k) {
      auto begin =
          inputs.numbers.begin() + static_cast<ptrdiff_t>(k * inputs.width());
      if (std::optional<Failure> failure =
              answer({begin, begin + static_cast<ptrdiff_t>(inputs.width())}))
        return *failure;
      expect(presented.layers);
      presented.originalWinners.push_back(originalWinner());
      presented.integerWinners.push_back(integerWinner());
    }
    countEvents(plan, *survey, presented.layers);
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
  /// The code that is asked for, or those of layers; neither is `auto`.
  std::optional<generate::Code> wanted;
  generate::LayerCodes layerCodes;
  MLIRContext context;
  /// The integer network, the network as it was, and the rate form of the
  /// former, where that is asked for.
  OwningOpRef<ModuleOp> module, before, approximate;
  ann::NetworkOp network, original, rates;
  data::Dataset samples;
  std::optional<ann::Interpreter> whole, real, running;
  /// Of each population its value in the integer network.
  std::vector<Value> exactValues;
  generate::Plan plan;
  /// Of the plan that is chosen.
  std::optional<Survey> survey;
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
    // An outline lists no synapses, so its network may be larger.
    const uint64_t mostNumbers = uint64_t(1) << (options.isOutline ? 29 : 27),
                   mostMultiplications = uint64_t(1)
                                         << (options.isOutline ? 35 : 32);
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
    PassManager passes(&context, ann::NetworkOp::getOperationName(),
                       OpPassManager::Nesting::Explicit);
    passes.addPass(ann::createAnnFold());
    passes.addPass(ann::createAnnCalibrate({options.percentile}));
    passes.addPass(
        ann::createAnnQuantize({static_cast<int64_t>(options.levels)}));
    passes.addPass(ann::createAnnStreamline());
    passes.addPass(ann::createAnnBound());
    passes.addPass(ann::createAnnCertify());
    return runPasses(passes, network,
                     "the network has no exact form that is known");
  }

  /// The rate form, and the plan of it. Populations are those of the integer
  /// network, in the same order.
  std::optional<Failure> makeRates() {
    for (const Population &population : plan.populations)
      exactValues.push_back(population.value);
    approximate = cast<ModuleOp>(module->getOperation()->clone());
    rates = *approximate->getOps<ann::NetworkOp>().begin();
    PassManager passes(&context, ann::NetworkOp::getOperationName(),
                       OpPassManager::Nesting::Explicit);
    passes.addPass(
        ann::createAnnRate({options.beta, options.start, options.isHard}));
    passes.addPass(ann::createAnnHoistStaticCurrent());
    passes.addPass(ann::createAnnRheobasePrune());
    if (std::optional<Failure> failure =
            runPasses(passes, rates, "an exact code takes it: `--code auto`"))
      return failure;
    Expected<generate::Plan> rated =
        generate::makePlan(rates, generate::Code::Rate);
    if (!rated)
      return rated.failure();
    bool isSame = llvm::equal(rated->populations, plan.populations,
                              [](const Population &a, const Population &b) {
                                return a.origin == b.origin && a.size == b.size;
                              });
    if (!isSame)
      return Failure{ExitCode::Target,
                     "the network has no form in the rate code: an output "
                     "stands before the last unit",
                     "an exact code takes it: `--code auto`"};
    plan = std::move(*rated);
    result.beta = options.beta;
    result.start = options.start;
    result.isHard = options.isHard;
    return std::nullopt;
  }

  std::optional<Failure> runPasses(PassManager &passes, ann::NetworkOp network,
                                   const std::string &help) {
    std::string said, where;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      if (said.empty()) {
        said = diagnostic.str();
        if (auto name = dyn_cast<NameLoc>(diagnostic.getLocation()))
          where = name.getName().str();
      }
      return success();
    });
    if (succeeded(passes.run(network)))
      return std::nullopt;
    // "'ann.conv' op has ...": what it is called is the compiler's matter.
    size_t own = said.find("' op ");
    return Failure{ExitCode::Target,
                   (where.empty() ? "the network " : "node `" + where + "` ") +
                       (own == std::string::npos ? said : said.substr(own + 5)),
                   help};
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

  /// Layers, and what their counts come to in each code, without synapses.
  std::optional<Failure> outline() {
    generate::Outline outline(network);
    plan = *outline.inCode(generate::Code::TwoPhase);
    survey.emplace(outline);
    listLayers(*survey);
    if (std::optional<Failure> failure = test())
      return *failure;
    std::optional<double> least;
    for (generate::Code code : ExactCodes) {
      std::optional<generate::Plan> given = outline.inCode(code);
      if (!given || !isWanted(code))
        continue;
      double cost = weigh(*given, *survey);
      if (!least || cost < *least) {
        least = cost;
        plan = std::move(*given);
      }
    }
    if (!least)
      return Failure{ExitCode::Target,
                     "the network has no outline in the " + options.code +
                         " code",
                     "`--code auto` takes one that it has"};
    describe();
    std::vector<generate::Trial> trials(options.tests);
    for (auto [layer, population] :
         llvm::zip_equal(result.layers, plan.populations))
      count(layer, population, trials);
    return std::nullopt;
  }

  static constexpr generate::Code ExactCodes[] = {
      generate::Code::TwoPhase, generate::Code::FirstSpike,
      generate::Code::BitSerial, generate::Code::Signed};

  static std::optional<generate::Code>
  exactCode(StringRef name, ArrayRef<generate::Code> codes = ExactCodes) {
    for (generate::Code code : codes)
      if (name == generate::nameOf(code))
        return code;
    return std::nullopt;
  }

  bool isWanted(generate::Code code) const {
    return options.code == "auto" || wanted == code;
  }

  std::optional<Failure> readCode() {
    if (options.code == "auto")
      return std::nullopt;
    if (options.code.find('=') != std::string::npos)
      return readLayerCodes();
    wanted = options.code == generate::nameOf(generate::Code::Rate)
                 ? generate::Code::Rate
                 : exactCode(options.code);
    if (wanted)
      return std::nullopt;
    return Failure{
        ExitCode::Usage, "there is no code `" + options.code + "`",
        "codes are auto, two-phase, first-spike, bit-serial, signed and rate, "
        "or those of layers: Layer1=bit-serial,Layer2=first-spike"};
  }

  /// `Layer1=bit-serial,Layer2=two-phase`.
  std::optional<Failure> readLayerCodes() {
    SmallVector<StringRef> parts;
    StringRef(options.code).split(parts, ',');
    for (StringRef part : parts) {
      auto [layer, name] = part.split('=');
      // Signed spikes come while others are still adding up.
      std::optional<generate::Code> code =
          exactCode(name, ArrayRef(ExactCodes).drop_back());
      if (!code)
        return Failure{ExitCode::Usage,
                       "`" + part.str() + "` gives no layer a code",
                       "codes of layers are two-phase, first-spike and "
                       "bit-serial: Layer1=bit-serial,Layer2=first-spike"};
      if (!layerCodes.try_emplace(layer.str(), *code).second)
        return Failure{ExitCode::Usage,
                       "`--code` names layer `" + layer.str() + "` twice",
                       "give each layer one code"};
    }
    return std::nullopt;
  }

  /// The exact code that is asked for, or the cheapest one. Populations are the
  /// same in all of them.
  std::optional<Failure> choose() {
    if (!layerCodes.empty()) {
      Expected<generate::Plan> mixed = generate::makePlan(network, layerCodes);
      if (!mixed)
        return mixed.failure();
      plan = std::move(*mixed);
      weigh(plan, Survey(plan));
      return std::nullopt;
    }
    generate::Plan twoPhase = std::move(plan);
    std::optional<double> least;
    std::optional<Failure> failure;
    for (generate::Code code : ExactCodes) {
      if (!isWanted(code))
        continue;
      Expected<generate::Plan> given = code == generate::Code::TwoPhase
                                           ? Expected<generate::Plan>(twoPhase)
                                           : generate::makePlan(network, code);
      if (!given) {
        failure = given.failure();
        continue;
      }
      double cost = weigh(*given, Survey(*given));
      if (!least || cost < *least) {
        least = cost;
        plan = std::move(*given);
      }
    }
    return least ? std::nullopt : failure;
  }

  static void countEvents(const generate::Plan &plan, const Survey &survey,
                          std::vector<Layer> &layers) {
    for (Layer &layer : layers)
      layer.fired.clear();
    if (plan.code == generate::Code::Signed) {
      generate::SignedRun run(plan);
      for (size_t k = 0; k < layers[0].expected.size(); ++k) {
        std::vector<ArrayRef<int64_t>> counts;
        for (const Layer &layer : layers)
          counts.emplace_back(layer.expected[k]);
        auto fired = run.spikes(counts);
        for (size_t i = 0; i < layers.size(); ++i)
          layers[i].fired.push_back(std::move(fired[i]));
      }
    }
    survey.countEvents(plan, layers);
  }

  /// What the test costs in the code of a plan: an update moves a few numbers
  /// of a neuron, an event one sum.
  double weigh(const generate::Plan &plan, const Survey &survey) {
    countEvents(plan, survey, result.layers);
    const Converted::Cost &cost = result.costs.emplace_back(costOf(plan));
    return cost.events + cost.updates;
  }

  Converted::Cost costOf(const generate::Plan &plan) {
    Converted::Cost cost{generate::nameOf(plan.code), 0, 0};
    auto tests = static_cast<double>(options.tests);
    for (size_t i = 0; i < plan.populations.size(); ++i) {
      cost.events += static_cast<double>(result.layers[i].events) / tests;
      if (plan.populations[i].kind != Population::Kind::Input)
        cost.updates +=
            static_cast<double>(plan.populations[i].size * plan.frame);
    }
    return cost;
  }

  /// Layers of the plan that was chosen.
  void describe() {
    countEvents(plan, *survey, result.layers);
    result.code = generate::nameOf(plan.code);
    result.levels = plan.levels;
    result.frame = plan.frame;
    result.largest = plan.largest;
    result.isInexact = network->hasAttr("ann.inexact");
    result.active = plan.active();
    for (size_t i = 0; i < plan.populations.size(); ++i) {
      Layer &layer = result.layers[i];
      layer.offset = plan.populations[i].offset;
      layer.code = layer.kind == "output"
                       ? ""
                       : generate::nameOf(plan.populations[i].code);
      for (uint64_t step = 0; step < plan.active(); ++step)
        layer.worth.push_back(plan.worth(plan.populations[i].code, step));
    }
  }

  generate::Files filesOf(std::vector<Layer> &layers, uint64_t inputs) {
    std::vector<generate::Trial> trials(inputs);
    for (size_t i = 0; i < layers.size(); ++i)
      count(layers[i], plan.populations[i], trials);
    return generate::writeFiles(plan, "`" + onnx::shown(options.source) + "`",
                                trials);
  }

  /// Spikes of a layer, for it and for the trials.
  void count(Layer &layer, const Population &population,
             std::vector<generate::Trial> &trials) {
    uint64_t full = 0;
    layer.spikes = layer.silent = 0;
    Population::Kind kind = population.kind;
    for (size_t k = 0; k < trials.size(); ++k) {
      const std::vector<int64_t> &numbers = layer.expected[k];
      if (kind == Population::Kind::Sum) {
        trials[k].outputs.push_back(numbers);
        continue;
      }
      uint64_t spikes = 0;
      for (auto [i, number] : llvm::enumerate(numbers)) {
        spikes +=
            layer.fired.empty()
                ? plan.spikes(population.code, static_cast<uint64_t>(number))
                      .size()
                : layer.fired[k][i];
        layer.silent += number == 0;
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
      if (rates)
        running.emplace(rates);
    }
    for (auto [interpreter, of] :
         {std::pair(&whole, network), std::pair(&real, original),
          std::pair(&running, rates)}) {
      if (!*interpreter)
        continue;
      (*interpreter)->give(inputOf(of), input);
      if (failed((*interpreter)->run()))
        return Failure{ExitCode::Internal, said, ""};
    }
    return std::nullopt;
  }

  /// What the spiking network is to answer, for each layer.
  void expect(std::vector<Layer> &layers) {
    const ann::Interpreter &reference = running ? *running : *whole;
    for (size_t i = 0; i < layers.size(); ++i) {
      Value value = plan.populations[i].value;
      layers[i].expected.push_back(std::get<ann::Whole>(reference.of(value)));
      if (running)
        compareCounts(layers[i], value, exactValues[i]);
    }
  }

  /// Of the rate form with the integer network.
  void compareCounts(Layer &layer, Value value, Value exact) const {
    const auto &counts = std::get<ann::Whole>(running->of(value)),
               &others = std::get<ann::Whole>(whole->of(exact));
    for (auto [count, other] : llvm::zip_equal(counts, others)) {
      auto error = static_cast<uint64_t>(std::abs(count - other));
      ++layer.errors.compared;
      layer.errors.differing += error != 0;
      layer.errors.sum += error;
      layer.errors.largest = std::max(layer.errors.largest, error);
    }
    auto fire = value.getDefiningOp<ann::FireOp>();
    if (!fire || !fire.getRheobase())
      return;
    const auto &arguments = std::get<ann::Whole>(running->of(fire.getInput()));
    std::vector<int64_t> rows(arguments.size(), 0);
    if (fire.getThetas().size() > 1)
      rows = ann::indicesAlong(fire.getType(),
                               static_cast<int64_t>(fire.getAxis()));
    for (auto [argument, row] : llvm::zip_equal(arguments, rows))
      layer.spared +=
          argument < (*fire.getRheobase())[static_cast<size_t>(row)];
  }

  /// An output's numbers in the network as it was, before any softmax.
  const ann::Reals *originalOutput(ann::OutputOp output) {
    Value value = output.getValue();
    if (ann::SoftmaxOp softmax = ann::softmaxAt(output))
      value = softmax.getInput();
    return std::get_if<ann::Reals>(&real->of(value));
  }

  template <typename List>
  static uint64_t winnerOf(const List &numbers) {
    return static_cast<uint64_t>(llvm::max_element(numbers) - numbers.begin());
  }

  uint64_t integerWinner() {
    ann::OutputOp output = *network.getBody().getOps<ann::OutputOp>().begin();
    return winnerOf(std::get<ann::Whole>(whole->of(output.getValue())));
  }

  uint64_t originalWinner() {
    ann::OutputOp output = *original.getBody().getOps<ann::OutputOp>().begin();
    if (const ann::Reals *reals = originalOutput(output))
      return winnerOf(*reals);
    return winnerOf(std::get<ann::Whole>(real->of(output.getValue())));
  }

  std::optional<Failure> test() {
    auto width =
        static_cast<size_t>(inputOf(network).getType().getNumElements());
    double errors = 0;
    uint64_t compared = 0;
    result.tests = options.tests;
    for (uint64_t trial = 0; trial < options.tests; ++trial) {
      if (std::optional<Failure> failure = answer(trialInput(trial, width)))
        return *failure;
      expect(result.layers);
      compare(errors, compared);
    }
    result.meanError = compared ? errors / static_cast<double>(compared) : 0;
    return std::nullopt;
  }

  void listLayers(const Survey &survey) {
    for (const Population &population : plan.populations)
      result.layers.push_back(layerOf(population));
    survey.measure(result.layers);
  }

  static Layer layerOf(const Population &population) {
    Layer layer;
    layer.name = population.name;
    layer.origin = population.origin;
    layer.neurons = population.size;
    switch (population.kind) {
    case Population::Kind::Input:
      layer.kind = "input";
      break;
    case Population::Kind::Unit:
    case Population::Kind::Driven:
    case Population::Kind::Leaky:
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

Layer::Errors &Layer::Errors::operator+=(const Errors &other) {
  compared += other.compared;
  differing += other.differing;
  sum += other.sum;
  largest = std::max(largest, other.largest);
  return *this;
}

Conversion::Conversion(std::unique_ptr<State> state)
    : state(std::move(state)) {}
Conversion::~Conversion() = default;
Conversion::Conversion(Conversion &&) noexcept = default;

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
