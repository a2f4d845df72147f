//===- Test.cpp - `snn test`: does a model do what it promises? -*- C++ -*-===//
//
// Runs the experiments that hold `expect` clauses, each for every seed and
// swept value its clauses name, and says what was measured.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/ChipRun.h"
#include "compiler/Driver/Chips.h"
#include "compiler/Driver/Mapping.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/ShownUnit.h"
#include "compiler/Driver/Sweep.h"
#include "compiler/Driver/WorkReport.h"
#include "compiler/Metrics/Evaluate.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace snn;
using namespace snn::driver;
using lang::checked::Expect;
using lang::checked::Metric;
namespace fs = std::filesystem;

namespace {

/// To five digits, with its unit.
std::string shown(double value, const lang::Unit &unit) {
  ShownUnit scaled(unit);
  char text[64];
  std::snprintf(text, sizeof text, "%.5g", scaled(value));
  return scaled.spelling().empty() ? text : text + (" " + scaled.spelling());
}

/// The clause without its first word.
std::string conditionOf(const Expect &expect) {
  return expect.text.starts_with("expect ") ? expect.text.substr(7)
                                            : expect.text;
}

/// Interrupted; or what cannot be printed once, cannot be printed the next
/// time.
bool endsAll(int status) {
  return status == static_cast<int>(ExitCode::InputOutput) ||
         status >= static_cast<int>(ExitCode::Interrupted);
}

struct Outcome {
  bool passed = false;
  std::optional<double> value;
  double deviation = 0;
  size_t seeds = 1;
  /// What people read behind the clause.
  std::string detail;
};

/// What was measured of one clause: by point of the sweep, then by seed.
struct Samples {
  std::vector<std::vector<double>> values, references;
  /// Sum over the seeds of the current point, of spectrum_peak.
  std::optional<metrics::Spectrum> spectrum;
  /// Why one does not exist.
  std::string reason;
};

void addSpectrum(Samples &samples,
                 const std::optional<metrics::Spectrum> &spectrum) {
  if (!spectrum)
    return;
  if (!samples.spectrum) {
    samples.spectrum = spectrum;
    return;
  }
  for (size_t k = 0; k < spectrum->power.size(); ++k)
    samples.spectrum->power[k] += spectrum->power[k];
}

/// The peak of the mean spectrum instead of the peaks of all.
void takePeak(Samples &samples) {
  if (!samples.spectrum)
    return;
  if (std::optional<double> peak = metrics::spectrumPeak(*samples.spectrum)) {
    samples.values.back() = {*peak};
    samples.reason.clear();
  }
  samples.spectrum.reset();
}

struct Mean {
  double value = 0, deviation = 0;
};

Mean meanOf(const std::vector<double> &values) {
  Mean mean;
  for (double value : values)
    mean.value += value / static_cast<double>(values.size());
  for (double value : values)
    mean.deviation += (value - mean.value) * (value - mean.value);
  mean.deviation =
      values.size() > 1
          ? std::sqrt(mean.deviation / static_cast<double>(values.size() - 1))
          : 0;
  return mean;
}

/// Bounds at every point of the sweep; the worst one is shown.
Outcome judgeBounds(const Expect &expect, const Samples &samples) {
  Outcome outcome;
  outcome.passed = true;
  for (size_t point = 0; point < samples.values.size(); ++point) {
    Mean mean = meanOf(samples.values[point]);
    std::optional<double> reference;
    if (expect.reference)
      reference = meanOf(samples.references[point]).value;
    bool good = metrics::holds(expect, mean.value, reference);
    if (good && outcome.value)
      continue;
    outcome.value = mean.value;
    outcome.deviation = mean.deviation;
    outcome.seeds = std::max<size_t>(1, expect.seeds.size());
    outcome.detail = shown(mean.value, expect.unit);
    if (samples.values[point].size() > 1)
      outcome.detail += " ± " + shown(mean.deviation, expect.unit) + " over " +
                        std::to_string(outcome.seeds) + " seeds";
    if (reference)
      outcome.detail += "; reference " + shown(*reference, expect.unit);
    if (samples.values.size() > 1)
      outcome.detail += " at run " + std::to_string(point);
    if (!good) {
      outcome.passed = false;
      break;
    }
  }
  return outcome;
}

/// What a metric shows over one sweep: a curve for each choice of the values of
/// the others.
std::vector<metrics::Curve>
curvesOf(const std::string &over, const Samples &samples, const Sweep &sweep) {
  size_t axis = 0;
  while (sweep.parameters()[axis].name != over)
    ++axis;
  std::map<std::vector<double>, std::map<double, double>> curves;
  for (size_t point = 0; point < samples.values.size(); ++point) {
    std::vector<double> others = sweep.values(point);
    double x = others[axis];
    others.erase(others.begin() + static_cast<ptrdiff_t>(axis));
    curves[others][x] = meanOf(samples.values[point]).value;
  }
  std::vector<metrics::Curve> result;
  for (const auto &[others, points] : curves) {
    metrics::Curve &curve = result.emplace_back();
    for (auto [x, y] : points) {
      curve.x.push_back(x);
      curve.y.push_back(y);
    }
  }
  return result;
}

/// Bounds of a law fitted to every curve; the worst one is shown.
Outcome judgeFit(const Expect &expect,
                 const std::vector<metrics::Curve> &curves) {
  Outcome outcome;
  outcome.passed = true;
  outcome.seeds = std::max<size_t>(1, expect.seeds.size());
  for (const metrics::Curve &curve : curves) {
    metrics::Measurement fit = metrics::measureFit(*expect.fit, curve);
    if (!fit.value) {
      outcome.passed = false;
      outcome.value.reset();
      outcome.detail = "nothing: " + fit.reason;
      break;
    }
    bool good = metrics::holds(expect, *fit.value, std::nullopt);
    if (good && outcome.value)
      continue;
    outcome.value = fit.value;
    outcome.detail = shown(*fit.value, expect.unit);
    outcome.passed = good;
    if (!good)
      break;
  }
  return outcome;
}

/// Strictly rising or falling over the sweep.
Outcome judgeTrend(const Expect &expect,
                   const std::vector<metrics::Curve> &curves) {
  Outcome outcome;
  outcome.passed = true;
  bool rising = expect.form == Expect::Form::Increasing;
  outcome.value = curves.back().y.back();
  outcome.detail = shown(curves.back().y.front(), expect.unit) + " to " +
                   shown(curves.back().y.back(), expect.unit);
  for (const metrics::Curve &curve : curves)
    for (size_t i = 0; i + 1 < curve.y.size() && outcome.passed; ++i) {
      double here = curve.y[i], next = curve.y[i + 1];
      if (rising ? next > here : next < here)
        continue;
      outcome.passed = false;
      outcome.value = next;
      outcome.detail = shown(here, expect.unit) + " at value " +
                       std::to_string(i) + ", then " + shown(next, expect.unit);
    }
  return outcome;
}

class Tester {
public:
  Tester(const TestOptions &options, const Console &console)
      : options(options), console(console) {}
  int run();

private:
  const TestOptions &options;
  const Console &console;
  std::string filter;
  unsigned passed = 0, failed = 0;
  /// Experiments marked `@long` that were not asked for.
  unsigned leftOut = 0;
  int worst = 0;

  std::string verdict(bool isPassed) const;

  /// A failed expectation is outranked by what could not be judged.
  static void note(int &worst, int status) {
    if (status &&
        (!worst || worst == static_cast<int>(ExitCode::ExpectationFailed)))
      worst = status;
  }
  int testFile(const fs::path &path);
  int testExperiment(Model &model, const std::string &name,
                     const std::string &file);
  /// With `--target`.
  std::optional<lang::checked::Chip> chip;
  /// One run, here or on the emulator of the chip.
  std::optional<Stop> record(Model &model, Sweep &sweep,
                             const std::string &file,
                             const lang::checked::Seeds &seeds,
                             results::Recording &recording, WorkReport &work);
  std::optional<Stop> measure(Model &model, Sweep &sweep,
                              const std::string &file,
                              const std::vector<Expect> &expects,
                              std::vector<Samples> &samples, WorkReport &work);
  bool reportWork(const std::string &file, const std::string &experiment,
                  const WorkReport &work) const;
  bool report(const std::string &file, const std::string &experiment,
              const Expect &expect, const Outcome &outcome);
  bool reportControl(const std::string &file,
                     const lang::checked::Experiment &control,
                     const std::vector<Outcome> &effects);
};

std::optional<Stop> Tester::record(Model &model, Sweep &sweep,
                                   const std::string &file,
                                   const lang::checked::Seeds &seeds,
                                   results::Recording &recording,
                                   WorkReport &work) {
  if (chip) {
    ModelOptions one = options.model;
    one.file = file;
    one.experiment = sweep.experiment().name;
    one.seed = "network=" + std::to_string(seeds.network) +
               ",initial=" + std::to_string(seeds.initial) +
               ",stimulus=" + std::to_string(seeds.stimulus);
    MappedModel mapped;
    if (std::optional<Stop> stop = mapModel(one, options.limits, *chip, console,
                                            mapped, sweep.point()))
      return stop;
    Expected<results::Recording> shown = recordImage(mapped.image, console);
    if (!shown)
      return Stop{shown.failure()};
    recording = std::move(*shown);
    return std::nullopt;
  }
  Expected<snn_options> engine = engineOptions(options.limits, seeds, -1);
  if (!engine)
    return Stop{engine.failure()};
  Expected<Run> run = Run::create(sweep.descriptor(), *engine);
  if (!run)
    return model.notBegun(run.failure(), sweep.experiment());
  if (std::optional<Failure> failure = run->finish(console))
    return Stop{*failure};
  snn_stats counted;
  snn_get_stats(run->instance(), &counted);
  work.add(model.program(), sweep.experiment().network, counted);
  recording = run->recording();
  return std::nullopt;
}

std::optional<Stop> Tester::measure(Model &model, Sweep &sweep,
                                    const std::string &file,
                                    const std::vector<Expect> &expects,
                                    std::vector<Samples> &samples,
                                    WorkReport &work) {
  samples.assign(expects.size(), {});
  // Seeds of all clauses; a clause without any takes the seed of the run.
  std::set<uint64_t> seeds;
  bool own = false;
  for (const Expect &expect : expects) {
    seeds.insert(expect.seeds.begin(), expect.seeds.end());
    own |= expect.seeds.empty();
  }
  for (size_t point = 0; point < sweep.size(); ++point) {
    if (std::optional<Stop> stop = sweep.select(point))
      return stop;
    for (Samples &one : samples) {
      one.values.emplace_back();
      one.references.emplace_back();
    }
    std::vector<std::pair<std::optional<uint64_t>, lang::checked::Seeds>> runs;
    if (own)
      runs.push_back({std::nullopt, model.seeds(sweep.experiment())});
    for (uint64_t seed : seeds)
      runs.push_back({seed, {seed, seed, seed}});
    for (const auto &[seed, streams] : runs) {
      results::Recording recording;
      if (std::optional<Stop> stop =
              record(model, sweep, file, streams, recording, work))
        return stop;
      const lang::checked::Network &network = sweep.experiment().network;
      for (size_t i = 0; i < expects.size(); ++i) {
        const std::vector<uint64_t> &wanted = expects[i].seeds;
        bool mine = seed ? std::find(wanted.begin(), wanted.end(), *seed) !=
                               wanted.end()
                         : wanted.empty();
        if (!mine)
          continue;
        auto add = [&](const Metric &metric, std::vector<double> &to) {
          metrics::Measurement result =
              metrics::measure(metric, network, recording);
          if (result.value)
            to.push_back(*result.value);
          else if (samples[i].reason.empty())
            samples[i].reason = result.reason;
        };
        add(expects[i].metric, samples[i].values.back());
        if (expects[i].metric.kind == Metric::Kind::SpectrumPeak)
          addSpectrum(samples[i], metrics::measureSpectrum(expects[i].metric,
                                                           network, recording));
        if (expects[i].reference)
          add(*expects[i].reference, samples[i].references.back());
      }
    }
    for (Samples &one : samples)
      takePeak(one);
  }
  return std::nullopt;
}

std::string Tester::verdict(bool isPassed) const {
  std::string word = isPassed ? "pass" : "FAIL";
  if (console.colorsOutput())
    word = (isPassed ? "\x1b[32m" : "\x1b[1;31m") + word + "\x1b[0m";
  return word;
}

bool Tester::reportWork(const std::string &file, const std::string &experiment,
                        const WorkReport &work) const {
  if (console.options().format != MessageFormat::Json)
    return console.print(work.toText());
  nlohmann::ordered_json event = {{"event", "stats"},
                                  {"file", file},
                                  {"experiment", experiment},
                                  {"ops", work.work()},
                                  {"energy_j", work.energy()}};
  return console.print(event.dump() + "\n");
}

bool Tester::report(const std::string &file, const std::string &experiment,
                    const Expect &expect, const Outcome &outcome) {
  ++(outcome.passed ? passed : failed);
  if (console.options().format == MessageFormat::Json) {
    ShownUnit scaled(expect.unit);
    nlohmann::ordered_json event;
    event["event"] = "expect";
    event["file"] = file;
    event["experiment"] = experiment;
    event["expect"] = conditionOf(expect);
    event["passed"] = outcome.passed;
    event["value"] = nullptr;
    if (outcome.value && std::isfinite(*outcome.value))
      event["value"] = scaled(*outcome.value);
    event["unit"] = scaled.spelling();
    event["low"] = nullptr;
    event["high"] = nullptr;
    auto bound = [&](double value) {
      return expect.reference && !expect.isOffset ? value : scaled(value);
    };
    if (std::isfinite(expect.bounds.low))
      event["low"] = bound(expect.bounds.low);
    if (std::isfinite(expect.bounds.high))
      event["high"] = bound(expect.bounds.high);
    event["seeds"] = outcome.seeds;
    event["deviation"] = scaled(outcome.deviation);
    event["detail"] = outcome.detail;
    return console.print(
        event.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
        "\n");
  }
  if (console.options().format == MessageFormat::Short)
    return console.print(file + ": " + experiment + ": " +
                         (outcome.passed ? "pass: " : "fail: ") +
                         conditionOf(expect) + ": " + outcome.detail + "\n");
  if (console.options().quiet && outcome.passed)
    return true;
  return console.print("  " + verdict(outcome.passed) + "  " +
                       conditionOf(expect) + "\n        " + "measured " +
                       outcome.detail + "\n");
}

/// A control passes where an effect is missed.
bool Tester::reportControl(const std::string &file,
                           const lang::checked::Experiment &control,
                           const std::vector<Outcome> &effects) {
  std::string clause = "misses what " + control.controlOf + " expects", detail;
  size_t missed = 0;
  bool isMissed = std::ranges::any_of(
      effects, [](const Outcome &one) { return !one.passed; });
  // What is missed shows the effect; where nothing is, all that is met.
  for (size_t i = 0; i < effects.size(); ++i) {
    missed += !effects[i].passed;
    if (effects[i].passed == isMissed)
      continue;
    detail += (detail.empty() ? "" : "; ") + conditionOf(control.effects[i]) +
              ": " + effects[i].detail;
  }
  ++(isMissed ? passed : failed);
  if (console.options().format == MessageFormat::Json) {
    nlohmann::ordered_json event;
    event["event"] = "control";
    event["file"] = file;
    event["experiment"] = control.name;
    event["control_of"] = control.controlOf;
    event["passed"] = isMissed;
    event["missed"] = missed;
    event["of"] = effects.size();
    event["detail"] = detail;
    return console.print(
        event.dump(-1, ' ', false,
                   nlohmann::ordered_json::error_handler_t::replace) +
        "\n");
  }
  if (console.options().format == MessageFormat::Short)
    return console.print(file + ": " + control.name + ": " +
                         (isMissed ? "pass: " : "fail: ") + clause + ": " +
                         detail + "\n");
  if (console.options().quiet && isMissed)
    return true;
  return console.print("  " + verdict(isMissed) + "  " + clause + "\n        " +
                       (isMissed ? "missed " : "all is met: ") + detail + "\n");
}

int Tester::testExperiment(Model &model, const std::string &name,
                           const std::string &file) {
  Sweep sweep(model, name);
  if (std::optional<Stop> stop = sweep.prepare())
    return stop->show(console);
  std::vector<Expect> expects = sweep.experiment().expects;
  const std::vector<Expect> &effects = sweep.experiment().effects;
  size_t numOwn = expects.size();
  expects.insert(expects.end(), effects.begin(), effects.end());
  if (expects.empty())
    return 0;
  if (sweep.experiment().isLong && !options.withLong) {
    ++leftOut;
    return 0;
  }
  if (console.options().format == MessageFormat::Human &&
      !console.options().quiet && !console.print(file + ": " + name + "\n"))
    return console.fail(outputFailure());
  std::vector<Samples> samples;
  WorkReport work;
  if (std::optional<Stop> stop =
          measure(model, sweep, file, expects, samples, work)) {
    failed += static_cast<unsigned>(numOwn + (expects.size() > numOwn));
    return stop->show(console);
  }
  if (options.withStats && !reportWork(file, name, work))
    return console.fail(outputFailure());
  bool good = true;
  std::vector<Outcome> effectOutcomes;
  for (size_t i = 0; i < expects.size(); ++i) {
    Outcome outcome;
    if (!samples[i].reason.empty())
      outcome.detail = "nothing: " + samples[i].reason;
    else if (expects[i].fit)
      outcome =
          judgeFit(expects[i], curvesOf(expects[i].over, samples[i], sweep));
    else if (expects[i].form == Expect::Form::Bounds)
      outcome = judgeBounds(expects[i], samples[i]);
    else
      outcome =
          judgeTrend(expects[i], curvesOf(expects[i].over, samples[i], sweep));
    if (i >= numOwn) {
      effectOutcomes.push_back(std::move(outcome));
      continue;
    }
    good &= outcome.passed;
    if (!report(file, name, expects[i], outcome))
      return console.fail(outputFailure());
  }
  if (!effectOutcomes.empty()) {
    good &= std::ranges::any_of(effectOutcomes,
                                [](const Outcome &one) { return !one.passed; });
    if (!reportControl(file, sweep.experiment(), effectOutcomes))
      return console.fail(outputFailure());
  }
  return good ? 0 : static_cast<int>(ExitCode::ExpectationFailed);
}

int Tester::testFile(const fs::path &path) {
  Model model(options.model, console);
  if (std::optional<Stop> stop = model.load(path.string()))
    return stop->show(console);
  int status = 0;
  for (const std::string &name : model.experiments()) {
    if (name.find(filter) == std::string::npos)
      continue;
    int one = testExperiment(model, name, path.string());
    note(status, one);
    if (endsAll(one))
      return one;
  }
  return status;
}

int Tester::run() {
  if (!options.target.empty()) {
    if (options.withStats)
      return console.fail({ExitCode::Usage,
                           "`--stats` counts what this machine does",
                           "`snn run --target NAME --stats FILE` counts what "
                           "a chip does"});
    if (std::optional<Stop> stop =
            findChip(options.target, console, chip.emplace()))
      return stop->show(console);
  }
  std::vector<std::string> files = options.files;
  if (files.empty())
    files.push_back(".");
  std::error_code error;
  if (files.size() > 1 && !fs::exists(files.back(), error) &&
      !files.back().ends_with(".snn")) {
    filter = files.back();
    files.pop_back();
  }
  for (const std::string &argument : files) {
    Expected<std::vector<fs::path>> models = findModels(argument);
    if (!models)
      return console.fail(models.failure());
    for (const fs::path &path : *models) {
      int status = testFile(path);
      note(worst, status);
      if (endsAll(status))
        return status;
    }
  }
  if (passed + failed + leftOut == 0 && !worst)
    return console.fail({ExitCode::Usage,
                         filter.empty()
                             ? "no experiment states an expectation"
                             : "no experiment with `" + filter +
                                   "` in its name states an expectation",
                         "`expect rate of E in 5 Hz .. 10 Hz` is one"});
  std::string summary =
      std::to_string(passed) + " passed, " + std::to_string(failed) + " failed";
  if (leftOut)
    summary += ", left out: " + std::to_string(leftOut) + " long " +
               (leftOut == 1 ? "experiment" : "experiments") + " (--long)";
  if (console.options().format == MessageFormat::Json) {
    nlohmann::ordered_json event;
    event["event"] = "summary";
    event["passed"] = passed;
    event["failed"] = failed;
    if (leftOut)
      event["left_out"] = leftOut;
    summary = event.dump();
  }
  if (!console.print(summary + "\n"))
    return console.fail(outputFailure());
  return worst;
}

} // namespace

int snn::driver::testModels(const TestOptions &options,
                            const Console &console) {
  return Tester(options, console).run();
}
