//===- Import.cpp - From a decoded ONNX graph to the ann dialect ----------===//
//
// Inputs, then nodes in their order, then outputs. A graph without sizes is for
// a batch of one.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Import.h"

#include "compiler/Import/ONNX/Builder.h"
#include "compiler/Import/ONNX/Reader.h"

#include "llvm/ADT/StringSwitch.h"

#include <set>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

namespace {

/// The operator sets that importers know the differences of.
constexpr int64_t FirstVersion = 7, LastVersion = 22;

const Importers &importers() {
  static const Importers all = [] {
    Importers made;
    addActivations(made);
    addLinear(made);
    addPooling(made);
    addQuantisation(made);
    addShapes(made);
    return made;
  }();
  return all;
}

/// Of operators that many networks have: what stands against them.
std::string whyUnsupported(llvm::StringRef op) {
  return llvm::StringSwitch<const char *>(op)
      .Case("LRN", ": it divides by a sum of squares, which no threshold of a "
                   "sum does; BatchNormalization has a form")
      .Cases({"LayerNormalization", "RMSNormalization", "InstanceNormalization",
              "GroupNormalization"},
             ": it divides by what it measures of each input")
      .Cases({"LSTM", "GRU", "RNN"}, ": networks are imported feed-forward")
      .Default("");
}

class GraphImporter {
public:
  GraphImporter(Graph &graph, MLIRContext &context,
                std::vector<Refusal> &refusals)
      : graph(graph), builder(&context), refusals(refusals) {}

  OwningOpRef<ModuleOp> run() {
    OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
    builder.setInsertionPointToStart(module->getBody());
    auto network =
        ann::NetworkOp::create(builder, builder.getUnknownLoc(), "Network");
    builder.setInsertionPointToStart(&network.getBody().front());
    auto version = graph.opsets.find("");
    if (version == graph.opsets.end() || version->second < FirstVersion ||
        version->second > LastVersion) {
      refuse("the file asks for version " +
             (version == graph.opsets.end() ? std::string("none")
                                            : std::to_string(version->second)) +
             " of ONNX's operators; versions " + std::to_string(FirstVersion) +
             " to " + std::to_string(LastVersion) + " are known");
      return nullptr;
    }
    for (const Tensor &tensor : graph.initializers)
      names.tensors[tensor.name] = &tensor;
    for (const ValueInfo &input : graph.inputs)
      importInput(input);
    for (const Node &node : graph.nodes)
      importNode(node, version->second);
    for (const ValueInfo &output : graph.outputs)
      importOutput(output);
    if (!refusals.empty())
      return nullptr;
    return module;
  }

private:
  Graph &graph;
  OpBuilder builder;
  std::vector<Refusal> &refusals;
  Names names;
  /// What refused nodes would have computed.
  std::set<std::string> lost;

  void refuse(const std::string &message) { refusals.push_back({message}); }

  /// Names stand in messages and in models: there they are as shown.
  Location locationOf(const ValueInfo &value) {
    return NameLoc::get(builder.getStringAttr(shown(value.name)));
  }

  void importInput(const ValueInfo &input) {
    // Before IR version 4, initializers were inputs, too.
    if (names.tensors.contains(input.name))
      return;
    std::string name = "input `" + shown(input.name) + "` ";
    SmallVector<int64_t> shape(input.shape.begin(), input.shape.end());
    for (auto [axis, size] : llvm::enumerate(shape)) {
      if (size < 0 && axis == 0)
        size = 1;
      if (size < 1) {
        refuse(name + "has no size along axis " + std::to_string(axis));
        lost.insert(input.name);
        return;
      }
    }
    if (input.type != ElementType::Float && input.type != ElementType::Double &&
        input.type != ElementType::Float16) {
      refuse(name + "holds " + nameOf(input.type) +
             "; only reals are imported");
      lost.insert(input.name);
      return;
    }
    int64_t elements = 1;
    for (int64_t size : shape)
      if (__builtin_mul_overflow(elements, size, &elements) ||
          elements > (int64_t(1) << 31)) {
        refuse(name + "is too large");
        lost.insert(input.name);
        return;
      }
    auto type = RankedTensorType::get(shape, builder.getF32Type());
    names.values[input.name] = ann::InputOp::create(
        builder, locationOf(input), type, builder.getStringAttr(input.name),
        DenseF64ArrayAttr());
  }

  void importNode(const Node &node, int64_t version) {
    bool follows = llvm::any_of(node.inputs, [&](const std::string &name) {
      return lost.contains(name);
    });
    auto lose = [&] { lost.insert(node.outputs.begin(), node.outputs.end()); };
    std::string name =
        "node `" + shown(node.label()) + "` (" + shown(node.op) + ") ";
    auto found = importers().find(node.op);
    if (found == importers().end() || !node.domain.empty()) {
      // Every one of them is listed, whatever else is wrong.
      bool isForeign = !node.domain.empty() && node.domain != "ai.onnx";
      if (found == importers().end() || isForeign) {
        refuse(name + "is not supported" +
               (isForeign ? ": its domain is `" + shown(node.domain) + "`"
                          : whyUnsupported(node.op)));
        return lose();
      }
    }
    if (follows)
      return lose();
    for (const std::string &input : node.inputs)
      if (!input.empty() && !names.values.contains(input) &&
          !names.tensors.contains(input) && !names.lists.contains(input)) {
        refuse(name + "takes `" + shown(input) +
               "`, which nothing before it gives");
        return lose();
      }
    if (node.op == "Constant")
      if (const onnx::Attribute *value = node.find("value");
          value && value->kind == onnx::Attribute::Kind::Tensor &&
          node.outputs.size() == 1) {
        names.tensors[node.outputs[0]] = &value->tensor;
        return;
      }
    NodeBuilder context(node, version, names, builder);
    found->second(context);
    if (context.isRefused()) {
      refuse(name + context.reason());
      lose();
    }
  }

  void importOutput(const ValueInfo &output) {
    if (lost.contains(output.name))
      return;
    auto found = names.values.find(output.name);
    if (found == names.values.end())
      return refuse("output `" + shown(output.name) +
                    "` is computed by no node, or holds whole numbers");
    ann::OutputOp::create(builder, locationOf(output),
                          builder.getStringAttr(output.name), found->second,
                          FloatAttr(), IntegerAttr());
  }
};

} // namespace

OwningOpRef<ModuleOp> snn::onnx::importGraph(Graph &graph, MLIRContext &context,
                                             std::vector<Refusal> &refusals) {
  context.loadDialect<ann::AnnDialect>();
  return GraphImporter(graph, context, refusals).run();
}
