//===- CommandLine.cpp - From arguments to a verb ---------------*- C++ -*-===//
//
// Verbs, flags and help. Wrong usage is answered in one line with the nearest
// right one, and exit code 2.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/CommandLine.h"

#include "compiler/Driver/Arguments.h"
#include "compiler/Driver/ImportReport.h"
#include "compiler/Driver/MapText.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Reproducer.h"
#include "compiler/Driver/Verbs.h"
#include "compiler/Driver/Version.h"
#include "compiler/Plot/Kinds.h"
#include "lang/Diagnostics/Suggest.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <functional>
#include <map>

using namespace snn;
using namespace snn::driver;

namespace {

/// Verbs of later versions, so that who types one learns that it is no typo.
const char *const laterVerbs[] = {"report", "export", "train", "sweep", "bench",
                                  "verify", "diff",   "lsp",   "doctor"};

/// Likewise flags.
const char *const laterFlags[] = {"--checkpoint", "--resume", "--exact"};

class CommandLine {
public:
  CommandLine();
  int run(int argc, char **argv);

private:
  CLI::App app{"Spiking neural networks: a language and its compiler.", "snn"};
  ConsoleOptions consoleOptions;
  NewOptions newOptions;
  CheckOptions checkOptions;
  FormatOptions formatOptions;
  RunOptions runOptions;
  BuildOptions buildOptions;
  MapOptions mapOptions;
  std::string mapProduct = "image";
  TestOptions testOptions;
  ExplainOptions explainOptions;
  DocOptions docOptions;
  ImportOptions importOptions;
  bool isImportReport = false;
  EncodeOptions encodeOptions;
  PlotVerbOptions plotOptions;
  std::map<const CLI::App *, std::function<int(const Console &)>> actions;

  CLI::App *verb(const std::string &name, const std::string &summary,
                 std::function<int(const Console &)> action);
  void addConsoleFlags(CLI::App &to);
  static void addModelFlags(CLI::App &to, ModelOptions &options,
                            bool withExperiment);
  static void addLimitFlags(CLI::App &to, LimitOptions &options);

  void readFormat(int argc, char **argv);
  Failure unknownVerb(const std::string &name) const;
  Failure unknownArgument(const CLI::App &verb,
                          const std::string &argument) const;
};

/// A flag that may be repeated and takes one value each time.
void addRepeated(CLI::App &to, const std::string &flag,
                 std::vector<std::string> &values, const std::string &help,
                 const std::string &value) {
  to.add_option(flag, values, help)
      ->type_name(value)
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

/// The type name already lists the values.
CLI::Validator oneOf(const std::vector<std::string> &values) {
  return CLI::IsMember(values).description("");
}

/// CLI11 takes a negative number as one below 2^64, and 2^64 as 2^64 - 1.
CLI::Validator isWholeNumber(uint64_t least = 0) {
  return CLI::Validator(
      [least](const std::string &text) {
        std::optional<uint64_t> number = wholeNumber(text);
        if (!number)
          return "`" + text + "` is no whole number";
        return *number < least
                   ? "`" + text + "` is less than " + std::to_string(least)
                   : std::string();
      },
      "");
}

CLI::App *CommandLine::verb(const std::string &name, const std::string &summary,
                            std::function<int(const Console &)> action) {
  CLI::App *added = app.add_subcommand(name, summary);
  // Unknown arguments are answered by us, with a suggestion.
  added->allow_extras();
  addConsoleFlags(*added);
  actions[added] = std::move(action);
  return added;
}

void CommandLine::addConsoleFlags(CLI::App &to) {
  static const std::map<std::string, MessageFormat> formats{
      {"human", MessageFormat::Human},
      {"short", MessageFormat::Short},
      {"json", MessageFormat::Json}};
  static const std::map<std::string, ColorChoice> colors{
      {"auto", ColorChoice::Auto},
      {"always", ColorChoice::Always},
      {"never", ColorChoice::Never}};
  auto choice = [&](const std::string &flag, auto &target, const auto &values,
                    const std::string &names, const std::string &help) {
    to.add_option_function<std::string>(
          flag,
          [&target, values](const std::string &name) {
            target = values.at(name);
          },
          help)
        ->type_name(names)
        ->check(CLI::IsMember(values).description(""))
        ->group("Messages");
  };
  choice("--message-format", consoleOptions.format, formats, "human|short|json",
         "How messages are written");
  choice("--color", consoleOptions.color, colors, "auto|always|never",
         "Colours; NO_COLOR is honoured");
  to.add_flag("-q,--quiet", consoleOptions.quiet, "Errors and data only")
      ->group("Messages");
}

void CommandLine::addModelFlags(CLI::App &to, ModelOptions &options,
                                bool withExperiment) {
  if (withExperiment)
    to.add_option("experiment", options.experiment,
                  "Which experiment of the model, if it has several")
        ->type_name("EXPERIMENT");
  addRepeated(to, "--set", options.settings,
              "Another value of a parameter: --set net.g=4.5", "PATH=VALUE");
  to.add_option("--seed", options.seed,
                "One for all, or network=1,initial=2,stimulus=3")
      ->type_name("N");
  to.add_option("--duration", options.duration,
                "Model time after the warm-up: 500ms")
      ->type_name("TIME");
  to.add_option("--step", options.step, "Integration step: 0.1ms")
      ->type_name("TIME");
  to.add_option("--precision", options.precision, "Of the states")
      ->type_name("f32|f64")
      ->check(oneOf({"f32", "f64"}));
  to.add_option("--fp", options.fp,
                "strict: the same bits on every machine and thread count")
      ->type_name("strict|fast")
      ->check(oneOf({"strict", "fast"}));
  to.add_option("--cpu", options.cpu, "Instructions to use")
      ->type_name("baseline|native|x86-64-v2..v4")
      ->check(
          oneOf({"baseline", "native", "x86-64-v2", "x86-64-v3", "x86-64-v4"}));
  to.add_option("--storage", options.storage,
                "Of synapses, where the model does not say; changes no result")
      ->type_name("auto|stored|rows|procedural")
      ->check(oneOf({"auto", "stored", "rows", "procedural"}));
  to.add_option("-O", options.optLevel, "Optimisation; changes no result")
      ->type_name("0..3")
      ->check(CLI::Range(0, 3).description(""));
}

void CommandLine::addLimitFlags(CLI::App &to, LimitOptions &options) {
  to.add_option("--threads", options.threads, "0 chooses; changes no result")
      ->type_name("N")
      ->check(CLI::Range(0u, 4096u).description(""));
  to.add_option("--mem-limit", options.memory, "Memory the run may take: 8G")
      ->type_name("SIZE");
  to.add_option("--time-limit", options.time, "Wall time it may take: 30s")
      ->type_name("TIME");
}

CommandLine::CommandLine() {
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string("snn ") + versionText());
  app.get_formatter()->column_width(34);
  app.footer("`snn VERB --help` describes a verb; `snn explain CODE` an error "
             "code.");
  addConsoleFlags(app);

  CLI::App *to =
      verb("new", "A project folder that runs at once",
           [this](const Console &c) { return newProject(newOptions, c); });
  to->add_option("name", newOptions.name, "Folder to make")
      ->required()
      ->type_name("NAME");
  std::string names;
  for (const std::string &name : templateNames())
    names += (names.empty() ? "" : "|") + name;
  to->add_option("--template", newOptions.templateName, "What to start from")
      ->type_name(names);

  to = verb("check", "Names, units, sizes and limits; no code",
            [this](const Console &c) { return checkModels(checkOptions, c); });
  to->add_option("files", checkOptions.files,
                 "Models, folders, ONNX files, or `-`")
      ->required()
      ->type_name("FILES");
  to->add_flag("--fix", checkOptions.fix, "Apply the fixes that are certain");

  to = verb("run", "Compile in memory and run", [this](const Console &c) {
    return runOptions.target.empty() ? runModel(runOptions, c)
                                     : runOnTarget(runOptions, c);
  });
  to->add_option("file", runOptions.model.file,
                 "Model, its folder, or `-`; by default the folder you are in")
      ->type_name("FILE");
  addModelFlags(*to, runOptions.model, true);
  addLimitFlags(*to, runOptions.limits);
  to->add_option("-o,--output", runOptions.output,
                 "Folder of the results; by default results/<experiment>-<n>")
      ->type_name("DIR");
  to->add_option("--stats", runOptions.stats, "What the run cost, as JSON")
      ->type_name("FILE");
  to->add_flag("--profile", runOptions.profile,
               "Time every step: what each population and projection cost");
  to->add_option("--trace", runOptions.trace,
                 "What each thread did when, for Perfetto: some steps after "
                 "the warm-up")
      ->type_name("FILE");
  addRepeated(*to, "--record", runOptions.records,
              "Record this, too: --record \"V of E[0..9] every 1 ms\"", "WHAT");

  to->add_option("--target", runOptions.target,
                 "Run on the emulator of a chip; FILE may be an image, too")
      ->type_name("CHIP");

  to = verb("map", "Put a network on a neuromorphic chip",
            [this](const Console &c) {
              return mapProduct == "core" ? writeMapText(mapOptions, c)
                                          : mapModelVerb(mapOptions, c);
            });
  to->add_option("file", mapOptions.model.file, "Model, its folder, or `-`")
      ->required()
      ->type_name("FILE");
  addModelFlags(*to, mapOptions.model, true);
  addLimitFlags(*to, mapOptions.limits);
  to->add_option("--chip", mapOptions.chip,
                 "A chip of the library, or a file that declares one")
      ->required()
      ->type_name("NAME|FILE.snn");
  to->add_option("-o,--output", mapOptions.output,
                 "Folder for the image, the report and the files that the "
                 "chip's own tools read; results/<experiment>-<n> by default. "
                 "With `--emit core`, the file for the text")
      ->type_name("DIR|FILE");
  to->add_option("--emit", mapProduct,
                 "image: all of that; core: the network on its cores as text")
      ->type_name("image|core")
      ->check(oneOf({"image", "core"}));

  to = verb("build", "A native program that runs without `snn`",
            [this](const Console &c) { return buildModel(buildOptions, c); });
  to->add_option("file", buildOptions.model.file, "Model, its folder, or `-`")
      ->required()
      ->type_name("FILE");
  addModelFlags(*to, buildOptions.model, true);
  to->add_option("-o,--output", buildOptions.output, "File to write")
      ->required()
      ->type_name("EXE");
  to->add_option("--emit", buildOptions.emit, "What to write")
      ->type_name("exe|obj|shared|llvm|mlir")
      ->check(oneOf({"exe", "obj", "shared", "llvm", "mlir"}));

  to = verb("test", "Run the experiments that state expectations",
            [this](const Console &c) { return testModels(testOptions, c); });
  to->add_option("files", testOptions.files,
                 "Models or folders; by default the folder you are in. Then, "
                 "optionally, a FILTER: part of the names of experiments")
      ->type_name("FILES");
  to->add_flag("--long", testOptions.withLong, "Experiments marked @long, too");
  to->add_flag("--stats", testOptions.withStats,
               "What the runs of each experiment take, and their energy under "
               "named models");
  to->add_option("--target", testOptions.target, "On the emulator of this chip")
      ->type_name("NAME|FILE.snn");
  addModelFlags(*to, testOptions.model, false);
  addLimitFlags(*to, testOptions.limits);

  to = verb("fmt", "Format models in place", [this](const Console &c) {
    return formatModels(formatOptions, c);
  });
  to->add_option("files", formatOptions.files, "Models, folders, or `-`")
      ->type_name("FILES");
  to->add_flag("--check", formatOptions.check,
               "Change nothing; exit 3 if something would change");

  to = verb(
      "explain", "What the compiler chose, or what an error code means",
      [this](const Console &c) { return explainSubject(explainOptions, c); });
  to->add_option("subject", explainOptions.subject, "A model or a code")
      ->required()
      ->type_name("FILE|CODE");
  addModelFlags(*to, explainOptions.model, true);
  to->add_option("--chip", explainOptions.chip,
                 "Where its neurons lie on a chip, and why")
      ->type_name("NAME|FILE.snn");
  to->add_option("--core", explainOptions.core,
                 "With --chip: which core; the fullest, if none is given")
      ->type_name("X,Y");

  to = verb(
      "doc", "Documentation of the standard library and of models",
      [this](const Console &c) { return showDocumentation(docOptions, c); });
  to->add_option("item", docOptions.item, "A model's name, or a file")
      ->type_name("ITEM");
  to->add_flag("--list", docOptions.list, "Names alone");
  to->add_flag("--markdown", docOptions.markdown, "Of a chip: as Markdown");

  to = verb("import", "A spiking network that computes what an ONNX file does",
            [this](const Console &c) {
              if (!isImportReport)
                return importNetwork(importOptions, c);
              if (!app.get_subcommand("import")->count("--tests"))
                importOptions.tests = 1;
              return reportNetwork(importOptions, c);
            });
  to->add_option("file", importOptions.file, "The network")
      ->required()
      ->type_name("FILE.onnx");
  to->add_option("-o,--output", importOptions.output,
                 "Folder for model.snn, its data and certificate.json; of a "
                 "report, a file for it as JSON")
      ->type_name("DIR");
  CLI::Option *report = to->add_flag(
      "--report", isImportReport,
      "Says layer by layer what the model would be like, for networks that are "
      "too large to be one");
  to->add_option("--calibrate", importOptions.calibrate,
                 "Examples of inputs: .npy, .npz, idx, or a folder of PNG "
                 "images; ranges are measured on them")
      ->type_name("DATA");
  to->add_option("--samples", importOptions.samples,
                 "Examples that are used of them")
      ->type_name("N")
      ->check(CLI::Range(1, 1000000).description(""));
  to->add_option("--mean", importOptions.mean,
                 "Subtracted from examples, or from each of their channels")
      ->type_name("M,...")
      ->delimiter(',');
  to->add_option("--std", importOptions.deviation,
                 "What examples, or each of their channels, are divided by")
      ->type_name("S,...")
      ->delimiter(',');
  to->add_option("--evaluate", importOptions.evaluate,
                 "Examples with labels: how often both networks are right")
      ->type_name("DATA")
      ->excludes(report);
  to->add_option("--input-range", importOptions.range,
                 "Least and greatest number of an input; without examples, "
                 "ranges follow from it")
      ->type_name("A..B");
  to->add_option("--levels", importOptions.levels,
                 "Greatest spike count of a neuron and input")
      ->type_name("N")
      ->check(CLI::Range(1, 255).description(""));
  to->add_option("--percentile", importOptions.percentile,
                 "Share of the measured numbers within a range, in percent")
      ->type_name("P")
      ->check(CLI::Range(50.1, 100.0).description(""));
  to->add_option("--code", importOptions.code,
                 "What spikes say of a count; auto: the exact one that costs "
                 "least; rate: approximate; or LAYER=CODE,...")
      ->type_name("auto|two-phase|first-spike|bit-serial|signed|rate");
  to->add_flag("--exact", importOptions.exact,
               "Refuse what is approximate (it must be asked for anyway)");
  to->add_option("--recipe", importOptions.recipe,
                 "Of the rate code: thresholds from the greatest activation or "
                 "a percentile, potentials that begin at 0 or at half")
      ->type_name("half-threshold|percentile|max")
      ->check(oneOf({"half-threshold", "percentile", "max"}));
  to->add_option("--reset", importOptions.reset,
                 "Of the rate code: a spike subtracts the threshold, or sets "
                 "to 0")
      ->type_name("soft|hard")
      ->check(oneOf({"soft", "hard"}));
  to->add_option("--beta", importOptions.beta,
                 "Of the rate code: the share of its potential that a unit "
                 "keeps from step to step; what leaks is given back")
      ->type_name("B");
  to->add_option("--tests", importOptions.tests,
                 "Inputs that the result is tested on")
      ->type_name("N")
      ->check(CLI::Range(1, 100000).description(""));

  to = verb("encode", "Examples of a data set as spikes, for models",
            [this](const Console &c) { return encodeData(encodeOptions, c); });
  to->add_option("data", encodeOptions.data,
                 ".npy, .npz, idx, or a folder of PNG images")
      ->required()
      ->type_name("DATA");
  to->add_option("-o,--output", encodeOptions.output,
                 "Folder for spikes.npy, begins.npy and labels.npy")
      ->required()
      ->type_name("DIR");
  to->add_option("--as", encodeOptions.code,
                 "rate: random spikes, more for greater numbers; latency: one "
                 "spike, earlier for greater numbers")
      ->type_name("rate|latency")
      ->check(oneOf({"rate", "latency"}));
  to->add_option("--window", encodeOptions.window,
                 "How long an example is shown (100 ms)")
      ->type_name("T");
  to->add_option("--pause", encodeOptions.pause, "Silence behind it (none)")
      ->type_name("T");
  to->add_option("--step", encodeOptions.step, "Step of the model (1 ms)")
      ->type_name("T");
  to->add_option("--rate", encodeOptions.rate,
                 "Rate of the number 1, in Hz (100)")
      ->type_name("HZ");
  to->add_option("--examples", encodeOptions.examples,
                 "As many, spread over all")
      ->type_name("N")
      ->check(isWholeNumber(1));
  to->add_option("--seed", encodeOptions.seed, "Of random spikes")
      ->type_name("N")
      ->check(isWholeNumber());
  to->add_option("--mean", encodeOptions.mean,
                 "Subtracted from examples, or from each of their channels")
      ->type_name("M,...")
      ->delimiter(',');
  to->add_option("--std", encodeOptions.deviation,
                 "What examples, or each of their channels, are divided by")
      ->type_name("S,...")
      ->delimiter(',');

  to = verb("plot", "Figures of results",
            [this](const Console &c) { return plotResults(plotOptions, c); });
  std::string summary = "Kind of figure:";
  for (const plot::Kind &kind : plot::kinds())
    summary += std::string("\n") + kind.name + ": " + kind.summary;
  for (const plot::SynapseKind &kind : plot::synapseKinds())
    summary += std::string("\n") + kind.name + ": " + kind.summary;
  summary += "\nfi: response curve of a sweep";
  to->add_option("kind", plotOptions.kind, summary)
      ->required()
      ->type_name("KIND");
  to->add_option("dir", plotOptions.folder, "Folder of results")
      ->required()
      ->type_name("DIR");
  to->add_option("-o,--output", plotOptions.output,
                 "SVG file; without it, a drawing in the terminal")
      ->type_name("FILE.svg");
  addRepeated(*to, "--of", plotOptions.targets,
              "Populations, parts of them, or projections: --of "
              "E[0..99], --of \"E->I\"",
              "TARGET");
  to->add_option("--state", plotOptions.state, "State of traces: V")
      ->type_name("NAME");
  to->add_option("--from", plotOptions.from, "Begin: 200ms")->type_name("TIME");
  to->add_option("--to", plotOptions.to, "End: 1.2s")->type_name("TIME");
  to->add_option("--bin", plotOptions.bin, "Width of bins: 5ms")
      ->type_name("TIME");
  to->add_option("--least-intervals", plotOptions.leastIntervals,
                 "cv: leave out neurons with fewer")
      ->type_name("N");
  to->add_flag("--ascii", plotOptions.ascii, "Plain characters only");
}

Failure CommandLine::unknownVerb(const std::string &name) const {
  std::vector<std::string> verbs;
  std::string known;
  for (const CLI::App *verb : app.get_subcommands(nullptr)) {
    verbs.push_back(verb->get_name());
    known += (known.empty() ? "" : ", ") + verb->get_name();
  }
  if (std::find(std::begin(laterVerbs), std::end(laterVerbs), name) !=
      std::end(laterVerbs))
    return {ExitCode::Usage, "`snn " + name + "` is not available yet",
            "available are " + known};
  std::optional<std::string> near = lang::nearest(name, verbs);
  return {ExitCode::Usage, "there is no verb `" + name + "`",
          near ? "did you mean `snn " + *near + "`?" : "verbs are " + known};
}

Failure CommandLine::unknownArgument(const CLI::App &verb,
                                     const std::string &argument) const {
  std::string full = "snn " + verb.get_name();
  if (argument.size() < 2 || argument[0] != '-')
    return {ExitCode::Usage,
            "`" + full + "` takes no further argument `" + argument + "`",
            "try `" + full + " --help`"};
  std::string flag = argument.substr(0, argument.find('='));
  if (std::find(std::begin(laterFlags), std::end(laterFlags), flag) !=
      std::end(laterFlags))
    return {ExitCode::Usage, "`" + full + " " + flag + "` is not available yet",
            "`" + full + " --help` lists what is"};
  std::vector<std::string> flags;
  for (const CLI::Option *option : verb.get_options())
    for (const std::string &name : option->get_lnames())
      flags.push_back("--" + name);
  std::optional<std::string> near = lang::nearest(flag, flags);
  return {ExitCode::Usage, "`" + full + "` has no flag `" + flag + "`",
          near ? "did you mean `" + *near + "`?" : "try `" + full + " --help`"};
}

/// All that has to be given, in its order: `snn plot KIND DIR`.
static Failure missingArgument(const CLI::App &verb) {
  std::string full = "snn " + verb.get_name(), needed;
  for (const CLI::Option *option : verb.get_options()) {
    if (!option->get_required())
      continue;
    if (!option->get_positional())
      needed += " --" + option->get_lnames().front();
    needed += " " + option->get_type_name();
  }
  return {ExitCode::Usage, "too little is given: `" + full + needed + "`",
          "try `" + full + " --help`"};
}

/// Even wrong usage is reported in the format that was asked for.
void CommandLine::readFormat(int argc, char **argv) {
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i], flag = "--message-format";
    if (argument == flag && i + 1 < argc)
      argument += std::string("=") + argv[i + 1];
    if (argument == flag + "=json")
      consoleOptions.format = MessageFormat::Json;
    if (argument == flag + "=short")
      consoleOptions.format = MessageFormat::Short;
  }
}

int CommandLine::run(int argc, char **argv) {
  readFormat(argc, argv);
  // A misspelt verb must not be taken for a stray argument.
  for (int i = 1; i < argc; ++i) {
    std::string argument = argv[i];
    if (argument == "--message-format" || argument == "--color") {
      ++i;
      continue;
    }
    if (argument[0] == '-')
      continue;
    std::vector<CLI::App *> verbs = app.get_subcommands(nullptr);
    if (std::none_of(verbs.begin(), verbs.end(), [&](const CLI::App *verb) {
          return verb->get_name() == argument;
        }))
      return Console(consoleOptions).fail(unknownVerb(argument));
    break;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForVersion &version) {
    Console console(consoleOptions);
    return console.print(std::string(version.what()) + "\n")
               ? 0
               : console.fail(outputFailure());
  } catch (const CLI::CallForHelp &) {
    CLI::App *shown = &app;
    for (CLI::App *verb : app.get_subcommands())
      shown = verb;
    Console console(consoleOptions);
    return console.print(shown == &app ? app.help() : shown->help("snn"))
               ? 0
               : console.fail(outputFailure());
  } catch (const CLI::ParseError &error) {
    std::string full = "snn";
    const CLI::App *last = nullptr;
    for (const CLI::App *verb : app.get_subcommands()) {
      last = verb;
      full += " " + verb->get_name();
      // Whoever misspelt a flag gets told so, not what else is missing.
      for (const std::string &extra : verb->remaining())
        if (extra.size() > 1 && extra[0] == '-')
          return Console(consoleOptions).fail(unknownArgument(*verb, extra));
    }
    if (last && error.get_name() == "RequiredError")
      return Console(consoleOptions).fail(missingArgument(*last));
    return Console(consoleOptions)
        .fail({ExitCode::Usage, error.what(), "try `" + full + " --help`"});
  }
  Console console(consoleOptions);
  std::vector<CLI::App *> chosen = app.get_subcommands();
  if (chosen.empty()) {
    console.message(app.help());
    return static_cast<int>(ExitCode::Usage);
  }
  std::vector<std::string> extras = chosen[0]->remaining();
  if (!extras.empty())
    return console.fail(unknownArgument(*chosen[0], extras[0]));
  // Code that asks whether a flag was given asks whether its text is empty.
  for (const CLI::Option *option : chosen[0]->get_options())
    for (const std::string &value : option->results())
      if (value.empty())
        return console.fail({ExitCode::Usage,
                             "`" + option->get_name() + "` has an empty value",
                             "give it one, or leave it out"});
  return actions.at(chosen[0])(console);
}

} // namespace

int snn::driver::runCommandLine(int argc, char **argv) {
  prepareReproducer(argc, argv);
  return CommandLine().run(argc, argv);
}
