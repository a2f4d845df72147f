//===- Verbs.h - The verbs of `snn` -----------------------------*- C++ -*-===//
//
// Each verb is a function over its options that returns the exit code of the
// process; the command line only fills in the options.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_VERBS_H
#define SNN_COMPILER_DRIVER_VERBS_H

#include "compiler/Driver/Console.h"

#include <optional>
#include <string>
#include <vector>

namespace snn::driver {

struct NewOptions {
  std::string name;
  std::string templateName = "network";
};
int newProject(const NewOptions &options, const Console &console);
/// Names of the templates, for help and messages.
std::vector<std::string> templateNames();

struct CheckOptions {
  std::vector<std::string> files;
  bool fix = false;
};
int checkModels(const CheckOptions &options, const Console &console);

struct FormatOptions {
  std::vector<std::string> files;
  bool check = false;
};
int formatModels(const FormatOptions &options, const Console &console);

struct ImportOptions {
  std::string file, output;
  /// Examples of inputs, and the bounds of their elements.
  std::string calibrate, range;
  /// Of each channel of images, or of all.
  std::vector<double> mean, deviation;
  /// Examples with labels.
  std::string evaluate;
  uint64_t levels = 15, tests = 16, samples = 1000;
  double percentile = 99.9;
  /// What spikes say of a count, or `auto`.
  std::string code = "auto";
  /// Refuses codes that are approximate.
  bool exact = false;
  /// Of the rate code.
  std::string recipe = "half-threshold", reset = "soft";
  double beta = 1;
};
int importNetwork(const ImportOptions &options, const Console &console);

struct EncodeOptions {
  std::string data, output, code = "rate";
  /// Without a pause: empty.
  std::string window = "100 ms", pause, step = "1 ms";
  double rate = 100;
  uint64_t examples = 0, seed = 1;
  std::vector<double> mean, deviation;
};
int encodeData(const EncodeOptions &options, const Console &console);

/// Lists what of an ONNX file cannot be imported; how much that is.
Expected<unsigned> checkNetwork(const std::string &file,
                                const Console &console);

/// What `run`, `build`, `test` and `explain` have in common: which experiment
/// in which variant, and how it is compiled.
struct ModelOptions {
  std::string file;
  std::string experiment;
  std::vector<std::string> settings;
  std::string seed, duration, step, precision, fp = "strict";
  std::string cpu = "native", storage = "auto";
  unsigned optLevel = 2;
};

struct LimitOptions {
  unsigned threads = 0;
  std::string memory, time;
};

struct RunOptions {
  ModelOptions model;
  LimitOptions limits;
  std::string output;
  std::string stats;
  /// Where time and memory went, as tables; and what threads did when.
  bool profile = false;
  std::string trace;
  std::vector<std::string> records;
  /// The chip on whose emulator to run; empty for this machine.
  std::string target;
};
int runModel(const RunOptions &options, const Console &console);

/// `run --target`; the file may be an image, or a folder that holds one.
int runOnTarget(const RunOptions &options, const Console &console);

struct MapOptions {
  ModelOptions model;
  LimitOptions limits;
  std::string chip, output;
};
int mapModelVerb(const MapOptions &options, const Console &console);

struct BuildOptions {
  ModelOptions model;
  std::string output;
  std::string emit = "exe";
};
int buildModel(const BuildOptions &options, const Console &console);

struct TestOptions {
  std::vector<std::string> files;
  std::string filter;
  /// Experiments marked `@long`, too.
  bool withLong = false;
  /// Says what the runs of each experiment would cost.
  bool withStats = false;
  /// The chip on whose emulator to run; empty for this machine.
  std::string target;
  ModelOptions model;
  LimitOptions limits;
};
int testModels(const TestOptions &options, const Console &console);

struct ExplainOptions {
  /// A code or a model.
  std::string subject;
  ModelOptions model;
  LimitOptions limits;
  /// On which chip, and a place of one of its cores; or both empty.
  std::string chip, core;
};
int explainSubject(const ExplainOptions &options, const Console &console);
/// `explain --chip`.
int explainMapping(const ExplainOptions &options, const Console &console);

struct DocOptions {
  std::string item;
  bool list = false;
  /// The page of a chip as docs/reference/chips has it.
  bool markdown = false;
};
int showDocumentation(const DocOptions &options, const Console &console);

struct PlotVerbOptions {
  std::string kind, folder, output;
  std::vector<std::string> targets;
  std::string state, from, to, bin;
  uint64_t leastIntervals = 5;
  bool ascii = false;
};
int plotResults(const PlotVerbOptions &options, const Console &console);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_VERBS_H
