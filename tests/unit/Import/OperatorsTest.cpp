//===- OperatorsTest.cpp - ONNX's own cases of operators --------*- C++ -*-===//
//
// Each case of Debian's libonnx-testdata whose operator is imported must give
// the numbers that are stored with it. Operands that a network has as constants
// are given as such.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Import.h"
#include "compiler/Import/ONNX/Reader.h"
#include "dialects/Ann/Analysis/Interpreter.h"
#include "tools/snn-onnx/Read.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

using namespace snn;
namespace fs = std::filesystem;

namespace {

const fs::path Data = "/usr/share/libonnx-testdata/data";

std::string contentOf(const fs::path &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Case {
  onnx::Graph graph;
  /// Of inputs and outputs, in their order.
  std::vector<onnx::Tensor> inputs, outputs;
};

/// Nothing for a case whose files hold other than tensors.
std::optional<Case> read(const fs::path &folder) {
  Case result;
  std::string error;
  std::optional<onnx::Graph> graph =
      onnx::readModel(contentOf(folder / "model.onnx"), error);
  if (!graph)
    return std::nullopt;
  result.graph = std::move(*graph);
  auto tensors = [&](const char *stem, size_t count,
                     std::vector<onnx::Tensor> &into) {
    for (size_t i = 0; i < count; ++i) {
      fs::path path = folder / "test_data_set_0" /
                      (std::string(stem) + std::to_string(i) + ".pb");
      std::optional<onnx::Tensor> tensor = onnx::readTensor(contentOf(path));
      if (!tensor || onnx::sizeOf(tensor->type) == 0)
        return false;
      into.push_back(std::move(*tensor));
    }
    return true;
  };
  std::set<std::string> given;
  for (const onnx::Tensor &tensor : result.graph.initializers)
    given.insert(tensor.name);
  std::erase_if(result.graph.inputs, [&](const onnx::ValueInfo &input) {
    return given.contains(input.name);
  });
  if (!tensors("input_", result.graph.inputs.size(), result.inputs) ||
      !tensors("output_", result.graph.outputs.size(), result.outputs))
    return std::nullopt;
  // All but the first input become constants.
  for (size_t i = 1; i < result.inputs.size(); ++i) {
    result.inputs[i].name = result.graph.inputs[i].name;
    result.graph.initializers.push_back(result.inputs[i]);
  }
  if (result.graph.inputs.size() > 1)
    result.graph.inputs.resize(1);
  return result;
}

enum class Outcome { Refused, Passed, Failed };

Outcome run(Case &test, std::string &why) {
  if (onnx::validate(test.graph))
    return Outcome::Refused;
  mlir::MLIRContext context;
  std::vector<onnx::Refusal> refusals;
  mlir::OwningOpRef<mlir::ModuleOp> module =
      onnx::importGraph(test.graph, context, refusals);
  if (!module) {
    why = refusals[0].message;
    return Outcome::Refused;
  }
  ann::NetworkOp network = *module->getOps<ann::NetworkOp>().begin();
  ann::Interpreter interpreter(network);
  for (auto input : network.getBody().getOps<ann::InputOp>())
    interpreter.give(input, test.inputs[0].toReals());
  if (failed(interpreter.run())) {
    why = "does not run";
    return Outcome::Failed;
  }
  size_t index = 0;
  for (auto output : network.getBody().getOps<ann::OutputOp>()) {
    const onnx::Tensor &expected = test.outputs[index++];
    auto type = mlir::cast<mlir::RankedTensorType>(output.getValue().getType());
    if (type.getShape() != llvm::ArrayRef(expected.shape)) {
      why = "has another shape";
      return Outcome::Failed;
    }
    const ann::Numbers &found = interpreter.of(output.getValue());
    ann::Reals numbers;
    bool isWhole = std::holds_alternative<ann::Whole>(found);
    if (isWhole)
      for (int64_t number : std::get<ann::Whole>(found))
        numbers.push_back(static_cast<double>(number));
    else
      numbers = std::get<ann::Reals>(found);
    ann::Reals wanted = expected.toReals();
    for (size_t i = 0; i < wanted.size(); ++i) {
      // The tolerance of ONNX's own runner; whole numbers are equal.
      double bound = isWhole ? 0 : 1e-7 + 1e-3 * std::abs(wanted[i]);
      if (!(std::abs(numbers[i] - wanted[i]) <= bound)) {
        why = "element " + std::to_string(i) + " is " +
              std::to_string(numbers[i]) + ", not " + std::to_string(wanted[i]);
        return Outcome::Failed;
      }
    }
  }
  return Outcome::Passed;
}

void runAll(const char *kind, size_t least) {
  ASSERT_TRUE(fs::exists(Data / kind)) << "install libonnx-testdata";
  size_t passed = 0;
  std::map<std::string, size_t> refused;
  for (const fs::directory_entry &folder :
       fs::directory_iterator(Data / kind)) {
    std::optional<Case> test = read(folder.path());
    if (!test)
      continue;
    std::string why;
    Outcome outcome = run(*test, why);
    EXPECT_NE(outcome, Outcome::Failed)
        << folder.path().filename().string() << " " << why;
    passed += outcome == Outcome::Passed;
    if (outcome == Outcome::Refused && std::getenv("SNN_SHOW_REFUSED"))
      std::printf("%s: %s\n", folder.path().filename().c_str(), why.c_str());
  }
  std::printf("%zu cases of %s passed\n", passed, kind);
  EXPECT_GE(passed, least);
}

TEST(Operators, GiveTheNumbersOfOnnxsOwnCases) { runAll("node", 160); }

} // namespace
