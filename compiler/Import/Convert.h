//===- Convert.h - From a decoded graph to a spiking network ----*- C++ -*-===//
//
// What `snn import` asks of the compiler, in plain values.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_CONVERT_H
#define SNN_COMPILER_IMPORT_CONVERT_H

#include "compiler/Data/Dataset.h"
#include "compiler/Energy/Energy.h"
#include "compiler/Import/ONNX/Graph.h"
#include "compiler/Results/Expected.h"

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace snn::importing {

struct ConvertOptions {
  /// The file, as messages and the model name it.
  std::string source;
  uint64_t levels = 15;
  double percentile = 99.9;
  /// Inputs that stand for those to come; may be empty.
  data::Dataset samples;
  /// Of them, as many are used.
  uint64_t mostSamples = 1000;
  /// Of the elements of every input; needed without samples.
  std::optional<std::pair<double, double>> range;
  /// Inputs that the result is tested on: of the samples, then random ones.
  uint64_t tests = 16;
  /// "auto": that of the exact codes which the network has whose test costs
  /// least.
  std::string code = "auto";
  /// Of the rate code, which is approximate: what `ann-rate` is told.
  double beta = 1, start = 0.5;
  bool isHard = false;
  /// Only what the result would be like: without synapses and files.
  bool isOutline = false;
};

/// A population of the result, and what it must do in the test.
struct Layer {
  std::string name, origin, kind;
  /// What its spikes say of a count; none of an output.
  std::string code;
  uint64_t neurons = 0, synapses = 0, offset = 0;
  /// Numbers that are kept for the synapses.
  uint64_t weights = 0;
  /// Over all tests: its spikes and their synaptic events; spikes that arrive,
  /// and the events of those.
  uint64_t spikes = 0, events = 0, arriving = 0, received = 0;
  /// For each input of the test: its counts, or the sums of an output.
  std::vector<std::vector<int64_t>> expected;
  /// Share of the elements at the greatest count.
  double clipped = 0;
  /// Over all inputs: neurons without a spike, and those of which one
  /// comparison says so beforehand.
  uint64_t silent = 0, spared = 0;
  /// Products of an input's numbers, but for zeros, with weights onto the
  /// layer, where the input is a current; and how many numbers these are.
  uint64_t products = 0, factors = 0;
  /// Of an approximate code: how far counts are from the integer network's.
  struct Errors {
    uint64_t compared = 0, differing = 0, sum = 0, largest = 0;
    Errors &operator+=(const Errors &other);
  } errors;
  /// By step of a frame: what a spike there adds to a count.
  std::vector<int64_t> worth;
  /// Of the signed code, for each input: how often each neuron fires, which no
  /// count tells.
  std::vector<std::vector<uint64_t>> fired;
};

struct Converted {
  /// Name beneath the folder to content.
  std::map<std::string, std::string> files;
  std::vector<Layer> layers;
  uint64_t levels = 0, frame = 0, tests = 0;
  std::string code;
  /// Of each code that was weighed: synaptic events and updates of neurons for
  /// an input.
  struct Cost {
    std::string code;
    double events = 0, updates = 0;
  };
  std::vector<Cost> costs;
  /// Steps of a frame at which spikes may be.
  uint64_t active = 0;
  bool isApproximate = false;
  double beta = 1, start = 0;
  bool isHard = false;
  /// Of the network as it was: its products with weights, and multiplications
  /// for each input.
  std::vector<energy::DenseLayer> products;
  uint64_t macs = 0;
  int64_t largest = 0;
  bool isInexact = false;
  /// Of an output's number 1, in the order of outputs.
  std::vector<double> scales;
  /// The largest and the mean difference of an output from that of the network
  /// as it was, and how many of the tests have their greatest output elsewhere.
  double largestError = 0, meanError = 0;
  uint64_t otherWinners = 0;
};

/// Inputs for a network, and what the networks answer.
struct Presented {
  /// The model that is shown them.
  std::map<std::string, std::string> files;
  /// As those of the conversion, for these inputs.
  std::vector<Layer> layers;
  /// The greatest output of the network as it was, and of the integer network,
  /// for each.
  std::vector<uint64_t> originalWinners, integerWinners;
};

/// A synapse onto the first output: to which of its sums, from which neuron of
/// which layer.
struct Readout {
  size_t layer = 0;
  uint32_t neuron = 0, sum = 0;
  int64_t weight = 0;
};

/// A network that was converted, with those that it is compared with.
class Conversion {
public:
  static results::Expected<Conversion> run(onnx::Graph &graph,
                                           ConvertOptions options);
  ~Conversion();
  Conversion(Conversion &&) noexcept;
  Conversion &operator=(Conversion &&) = delete;

  const Converted &result() const;
  /// Gives examples the shape of the input, or says why they have another one.
  std::optional<results::Failure> fit(data::Dataset &inputs) const;
  /// `count` of the inputs, from `first` on.
  results::Expected<Presented> present(const data::Dataset &inputs,
                                       uint64_t first, uint64_t count);
  /// What the sums of the first output begin with, and what they add up.
  const std::vector<int64_t> &readoutStart() const;
  std::vector<Readout> readouts() const;

private:
  class State;
  explicit Conversion(std::unique_ptr<State> state);
  std::unique_ptr<State> state;
};

/// Of bytes, as hexadecimal digits.
std::string sha256(std::string_view bytes);

/// What of a graph cannot be imported: one message a node.
std::vector<std::string> refusals(onnx::Graph &graph);

} // namespace snn::importing

#endif // SNN_COMPILER_IMPORT_CONVERT_H
