//===- Run.cpp - `snn run`: compile in memory and run -----------*- C++ -*-===//
//
// Results are written whatever ends the run; what was recorded until then is
// whole.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/Figures.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/ShownUnit.h"
#include "compiler/Driver/Sweep.h"
#include "compiler/Driver/SweepStats.h"
#include "compiler/Driver/Synapses.h"
#include "compiler/Driver/WorkReport.h"
#include "compiler/Results/Folder.h"

#include <cinttypes>
#include <cstdio>

using namespace snn;
using namespace snn::driver;

namespace {

class Runner {
public:
  Runner(const RunOptions &options, const Console &console)
      : options(options), console(console), model(options.model, console) {}
  int run();

private:
  const RunOptions &options;
  const Console &console;
  Model model;
  std::string folder;
  bool hasResults = false;

  int runPoint(Sweep &sweep, const std::string &into, bool alone);
  int runSweep(Sweep &sweep);
  std::optional<Failure> chooseFolder(snn_instance *instance);
  void summarize(const snn_instance *instance, double compileSeconds) const;
};

std::optional<Failure> Runner::chooseFolder(snn_instance *instance) {
  if (!folder.empty())
    return std::nullopt;
  if (!options.output.empty()) {
    folder = options.output;
    return std::nullopt;
  }
  char name[4096];
  if (snn_new_results_folder(instance, name, sizeof name) != SNN_OK)
    return failureOf(*snn_last_error(instance));
  folder = name;
  return std::nullopt;
}

void Runner::summarize(const snn_instance *instance,
                       double compileSeconds) const {
  snn_stats stats;
  snn_get_stats(instance, &stats);
  double speed = stats.bio_time_s / stats.wall_s;
  char text[256];
  std::snprintf(text, sizeof text,
                "%.4g s of model time in %.3g s (%.*fx real time; compiled in "
                "%.2g s, built in %.2g s), ",
                stats.bio_time_s, stats.wall_s,
                speed < 1    ? 3
                : speed < 10 ? 2
                             : 0,
                speed, compileSeconds, stats.build_s);
  std::string line = text;
  std::snprintf(text, sizeof text, ", hash %016" PRIx64,
                snn_spike_hash(instance));
  console.note(line + lang::toMessage(lang::Count(stats.spikes)) + " spikes" +
               text);
}

int Runner::runPoint(Sweep &sweep, const std::string &into, bool alone) {
  Expected<snn_options> engine =
      engineOptions(options.limits, model.seeds(sweep.experiment()), -1);
  if (!engine)
    return console.fail(engine.failure());
  if (options.profile)
    engine->flags |= SNN_PROFILE;
  if (!options.trace.empty())
    engine->flags |= SNN_TRACE;
  Expected<Run> run = Run::create(sweep.descriptor(), *engine);
  if (!run)
    return model.notBegun(run.failure(), sweep.experiment()).show(console);
  if (std::optional<Failure> failure = chooseFolder(run->instance()))
    return console.fail(*failure);
  std::string target = into.empty() ? folder : folder + "/" + into;

  int status = 0;
  if (std::optional<Failure> failure = run->finish(console))
    status = console.fail(*failure);
  if (snn_write_results(run->instance(), target.c_str()) != SNN_OK) {
    int written = console.fail(failureOf(*snn_last_error(run->instance())));
    return status ? status : written;
  }
  hasResults = true;
  if (std::optional<Failure> failure =
          writeSynapses(sweep.experiment(), sweep.descriptor(),
                        model.seeds(sweep.experiment()).network, target)) {
    int written = console.fail(*failure);
    return status ? status : written;
  }
  WorkReport work;
  snn_stats counted;
  snn_get_stats(run->instance(), &counted);
  work.add(model.program(), sweep.experiment().network, counted);
  // Runs of a sweep leave theirs in their folders.
  if (!options.stats.empty())
    if (std::optional<Failure> failure = writeStats(
            run->instance(), alone ? options.stats : target + "/stats.json",
            sweep.compileSeconds(), work)) {
      int failed = console.fail(*failure);
      return status ? status : failed;
    }
  if (!options.trace.empty() &&
      snn_write_trace(run->instance(), options.trace.c_str()) != SNN_OK) {
    int failed = console.fail(failureOf(*snn_last_error(run->instance())));
    return status ? status : failed;
  }
  if (!alone)
    return status;
  if (options.profile && !console.options().quiet &&
      console.options().format != MessageFormat::Json)
    snn_print_profile(run->instance());
  if (!options.stats.empty() && !console.options().quiet &&
      console.options().format != MessageFormat::Json)
    std::fputs(work.toText().c_str(), stderr);
  summarize(run->instance(), sweep.compileSeconds());
  return status;
}

int Runner::runSweep(Sweep &sweep) {
  results::SweepIndex index;
  index.name = sweep.experiment().name;
  for (const lang::checked::Sweep &parameter : sweep.parameters())
    index.parameters.push_back(
        {parameter.path, ShownUnit(parameter.unit).spelling()});
  int status = 0;
  for (size_t point = 0; point < sweep.size() && !status; ++point) {
    if (std::optional<Stop> stop = sweep.select(point))
      return stop->show(console);
    char name[24];
    std::snprintf(name, sizeof name, "%04zu", point);
    results::SweepRun run{name, sweep.values(point),
                          model.seeds(sweep.experiment()).network};
    // In the unit of the model's text.
    for (size_t i = 0; i < run.values.size(); ++i)
      run.values[i] = ShownUnit(sweep.parameters()[i].unit)(run.values[i]);
    status = runPoint(sweep, name, false);
    index.runs.push_back(std::move(run));
  }
  if (folder.empty())
    return status;
  if (std::optional<Failure> failure =
          writeFile(folder + "/sweep.json", writeSweep(index))) {
    int written = console.fail(*failure);
    return status ? status : written;
  }
  if (!options.stats.empty() && !status)
    if (std::optional<Failure> failure =
            writeSweepStats(folder, index, options.stats))
      return console.fail(*failure);
  return status;
}

int Runner::run() {
  std::string file = options.model.file.empty() ? "." : options.model.file;
  if (std::optional<Stop> stop = model.load(file, options.records))
    return stop->show(console);
  Expected<std::string> name = model.chooseExperiment();
  if (!name)
    return console.fail(name.failure());
  Sweep sweep(model, *name);
  if (std::optional<Stop> stop = sweep.prepare())
    return stop->show(console);
  int status = 0;
  if (sweep.parameters().empty()) {
    if (std::optional<Stop> stop = sweep.select(0))
      return stop->show(console);
    status = runPoint(sweep, "", true);
  } else if (!options.trace.empty()) {
    return console.fail(
        {ExitCode::Usage,
         "`--trace` takes one run, and `" + *name + "` is a sweep",
         "trace an experiment without a sweep"});
  } else if (options.profile && options.stats.empty()) {
    return console.fail(
        {ExitCode::Usage,
         "`--profile` shows one run, and `" + *name + "` is a sweep",
         "profile an experiment without a sweep, or write the profile of each "
         "run with `--stats FILE`"});
  } else {
    status = runSweep(sweep);
  }
  if (!hasResults)
    return status;
  int shown = showDeclaredFigures(sweep.experiment(), folder, console);
  console.note("results in " + folder);
  return status ? status : shown;
}

} // namespace

int snn::driver::runModel(const RunOptions &options, const Console &console) {
  return Runner(options, console).run();
}
