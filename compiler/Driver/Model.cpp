//===- Model.cpp - The experiment that a command line means -----*- C++ -*-===//
//
// Flags become overrides, which are checked like the model itself.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Model.h"

#include "lang/Diagnostics/Suggest.h"
#include "lang/Sema/Rules/Network.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace snn;
using namespace snn::driver;

std::optional<Stop> Model::load(const std::string &argument,
                                const std::vector<std::string> &records) {
  Expected<std::vector<Setting>> settings = parseSettings(options.settings);
  if (!settings)
    return Stop{settings.failure()};
  for (const auto &[path, text] : *settings)
    overrides.push_back({path, text});
  if (!options.step.empty()) {
    Expected<double> step = parseTime("--step", options.step);
    if (!step)
      return Stop{step.failure()};
    overrides.push_back({"step", options.step});
  }
  if (!options.duration.empty()) {
    Expected<double> duration = parseTime("--duration", options.duration);
    if (!duration)
      return Stop{duration.failure()};
    ownDuration = *duration;
    overrides.push_back({"duration", options.duration});
  }
  if (!options.seed.empty()) {
    Expected<SeedChoice> choice = parseSeeds("--seed", options.seed);
    if (!choice)
      return Stop{choice.failure()};
    seedChoice = *choice;
  }
  if (options.fp == "fast")
    return Stop{Failure{ExitCode::Usage, "`--fp fast` is not available yet",
                        "`--fp strict` is what there is"}};
  Expected<std::filesystem::path> path = findModel(argument);
  if (!path)
    return Stop{path.failure()};
  if (std::optional<Failure> failure =
          front.load(*path, options.experiment, records))
    return Stop{*failure};
  // What is wrong is said before anything runs, in unused models, too.
  if (front.analysis() && !front.engine().hasErrors())
    front.analysis()->checkDeclarations();
  if (!front.analysis() || front.engine().hasErrors()) {
    front.report();
    return Stop{};
  }
  return std::nullopt;
}

std::vector<std::string> Model::experiments() {
  return front.analysis()->experiments();
}

Expected<std::string> Model::chooseExperiment() {
  std::vector<std::string> names = experiments();
  if (names.empty())
    return Failure{ExitCode::Usage,
                   "`" + front.name() + "` holds no experiment",
                   "an experiment says what to simulate and for how long: "
                   "`experiment Test { network Net; step 0.1 ms; duration "
                   "1 s }`"};
  if (options.experiment.empty()) {
    // Controls are run by `snn test`, or by their names.
    std::erase_if(names, [](const std::string &name) {
      return name.find('/') != std::string::npos;
    });
    if (names.size() > 1)
      console.note("running " + names[0] + ", the first of " +
                   std::to_string(names.size()) +
                   " experiments: " + lang::joinNames(names));
    return names[0];
  }
  if (std::find(names.begin(), names.end(), options.experiment) != names.end())
    return options.experiment;
  std::optional<std::string> near = lang::nearest(options.experiment, names);
  return Failure{ExitCode::Usage,
                 "`" + front.name() + "` holds no experiment `" +
                     options.experiment + "`",
                 near ? "did you mean `" + *near + "`?"
                      : "it holds " + lang::joinNames(names)};
}

std::optional<Stop> Model::elaborate(const std::string &experiment,
                                     const std::vector<lang::Override> &point,
                                     lang::checked::Experiment &result) {
  std::vector<lang::Override> all = overrides;
  all.insert(all.end(), point.begin(), point.end());
  std::optional<lang::checked::Experiment> elaborated =
      front.analysis()->elaborate(experiment, all);
  if (!elaborated || front.engine().hasErrors()) {
    front.report();
    return Stop{};
  }
  result = std::move(*elaborated);
  if (options.precision == "f32")
    result.precision = lang::checked::Precision::F32;
  if (options.precision == "f64")
    result.precision = lang::checked::Precision::F64;
  return std::nullopt;
}

std::optional<Stop>
Model::loadExperiment(const std::string &path,
                      lang::checked::Experiment &result,
                      const std::vector<lang::Override> &point) {
  if (std::optional<Stop> stop = load(path))
    return stop;
  Expected<std::string> name = chooseExperiment();
  if (!name)
    return Stop{name.failure()};
  if (std::optional<Stop> stop = elaborate(*name, point, result))
    return stop;
  result.seeds = seeds(result);
  return std::nullopt;
}

namespace {

struct Part {
  double elements = 0;
  lang::SourceRange range;
  std::string caption;
};

/// The projection of most synapses, as far as its rule says their number, or
/// the population of most neurons where that is more.
Part largestPart(const lang::checked::Network &network) {
  Part largest;
  auto offer = [&](double elements, lang::SourceRange range,
                   const std::string &caption) {
    if (elements > largest.elements)
      largest = {elements, range, caption};
  };
  auto shown = [](double count) {
    return lang::toMessage(lang::Count(static_cast<uint64_t>(count)));
  };
  for (const lang::checked::Population &population : network.populations) {
    double neurons = static_cast<double>(population.size);
    offer(neurons, population.range, shown(neurons) + " neurons");
  }
  for (const lang::checked::Projection &projection : network.projections) {
    double sources = static_cast<double>(projection.source.size()),
           targets = static_cast<double>(projection.target.size()),
           pairs = sources * targets;
    std::optional<uint64_t> known = lang::rules::countOf(
        projection.rule, projection.source, projection.target);
    double synapses = known ? static_cast<double>(*known)
                            : pairs * projection.rule.probability;
    using Kind = lang::checked::Rule::Kind;
    std::string size = shown(sources) + " x " + shown(targets);
    std::string caption =
        projection.rule.kind == Kind::AllToAll ? size + " = "
        : projection.rule.kind == Kind::Probability
            ? size + " x " + lang::formatNumber(projection.rule.probability) +
                  " = "
            : std::string();
    offer(synapses, projection.rule.range,
          caption + shown(synapses) + " synapses");
  }
  return largest;
}

} // namespace

Stop Model::notBegun(const Failure &failure,
                     const lang::checked::Experiment &experiment) const {
  Part part = largestPart(experiment.network);
  if (failure.id != "E0701" || !part.range.isValid())
    return Stop{failure};
  lang::DiagnosticEngine messages(front.sourceMap());
  messages.relay(failure.id, part.range, failure.message)
      .at(part.caption)
      .note(failure.note)
      .help(failure.help);
  front.show(messages);
  return Stop{std::nullopt, failure.code};
}

CodeOptions Model::code() const {
  CodeOptions code;
  code.cpu = options.cpu;
  code.optLevel = options.optLevel;
  code.storage = options.storage;
  nlohmann::ordered_json flags;
  flags["fp"] = options.fp;
  flags["cpu"] = options.cpu;
  flags["O"] = options.optLevel;
  if (options.storage != "auto")
    flags["storage"] = options.storage;
  if (!options.precision.empty())
    flags["precision"] = options.precision;
  if (!options.step.empty())
    flags["step"] = options.step;
  if (!options.settings.empty())
    flags["set"] = options.settings;
  code.flags = flags.dump(-1, ' ', false,
                          nlohmann::ordered_json::error_handler_t::replace);
  return code;
}
