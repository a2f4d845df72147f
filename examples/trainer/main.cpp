//===- main.cpp - ann-trainer: networks for the examples --------*- C++ -*-===//
//
// Trains a small network of the usual kind and writes it as an ONNX file, for
// `snn import`.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Network.h"

#include <CLI/CLI.hpp>
#include <cblas.h>
#include <cstdio>

using namespace snn;
using namespace snn::trainer;

namespace {

int fail(const results::Failure &failure) {
  std::fprintf(stderr, "error: %s\n", failure.message.c_str());
  if (!failure.help.empty())
    std::fprintf(stderr, "help: %s\n", failure.help.c_str());
  return static_cast<int>(failure.code);
}

std::optional<results::Failure> check(const data::Dataset &set) {
  if (set.labels.empty() || set.shape.size() < 2 || set.shape.size() > 3)
    return results::Failure{results::ExitCode::ModelErrors,
                            "`" + set.name + "` has no images with labels", ""};
  return std::nullopt;
}

} // namespace

int main(int argc, char **argv) {
  CLI::App app("Trains a network on images with labels and writes it as ONNX");
  std::string kind, trainData, testData, output;
  uint64_t examples = 0;
  unsigned levels = 0;
  Schedule schedule, quantised{.epochs = 2, .rate = 5e-4};
  app.add_option("kind", kind, "mlp, lenet, resnet or mobilenet")->required();
  app.add_option("--train", trainData, "Images with labels")->required();
  app.add_option("--test", testData, "Others, to measure accuracy on");
  app.add_option("-o,--output", output, "The ONNX file")->required();
  app.add_option("--examples", examples, "Images that are used; all, if 0");
  app.add_option("--epochs", schedule.epochs, "Times that each is shown");
  app.add_option("--levels", levels,
                 "Activations have this many levels in the end");
  app.add_option("--quantised-epochs", quantised.epochs,
                 "Times that each image is shown to the network with levels");
  app.add_option("--rate", schedule.rate, "Rate of learning at the beginning");
  app.add_option("--quantised-rate", quantised.rate,
                 "The same where the network has levels");
  app.add_option("--seed", schedule.seed, "Another seed, another network");
  CLI11_PARSE(app, argc, argv);
  // Sums in one order.
  openblas_set_num_threads(1);

  results::Expected<data::Dataset> set = data::readDataset(trainData);
  if (!set)
    return fail(set.failure());
  if (examples)
    set->thin(examples);
  if (std::optional<results::Failure> failure = check(*set))
    return fail(*failure);
  size_t axes = set->shape.size();
  Shape input{axes == 3 ? set->shape[0] : 1, set->shape[axes - 2],
              set->shape[axes - 1]};
  uint32_t classes =
      1 + *std::max_element(set->labels.begin(), set->labels.end());
  std::unique_ptr<Network> network =
      Network::make(kind, input, classes, schedule.seed);
  if (!network)
    return fail({results::ExitCode::Usage,
                 "there is no network `" + kind + "` for such images",
                 "mlp for any, lenet, resnet and mobilenet for at least 16 x "
                 "16 pixels"});
  std::optional<data::Dataset> test;
  if (!testData.empty()) {
    results::Expected<data::Dataset> read = data::readDataset(testData);
    if (!read)
      return fail(read.failure());
    test = std::move(*read);
    if (std::optional<results::Failure> failure = check(*test))
      return fail(*failure);
    if (test->shape != set->shape)
      return fail({results::ExitCode::ModelErrors,
                   "images to train with and to test with have other sizes",
                   ""});
  }
  network->train(*set, schedule);
  if (test)
    std::printf("accuracy in f32 %.4f\n", network->accuracy(*test));
  if (levels) {
    network->quantize(*set, levels);
    quantised.seed = schedule.seed + 1;
    network->train(*set, quantised);
    if (test)
      std::printf("accuracy with %u levels %.4f\n", levels,
                  network->accuracy(*test));
  }
  if (!network->save(output))
    return fail(
        {results::ExitCode::InputOutput, "cannot write `" + output + "`", ""});
  return 0;
}
