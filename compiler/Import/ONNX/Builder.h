//===- Builder.h - One node at a time ---------------------------*- C++ -*-===//
//
// What the importers of operators see of a node: its inputs as values or as
// constants, its attributes with their defaults, and where its results go.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_ONNX_BUILDER_H
#define SNN_COMPILER_IMPORT_ONNX_BUILDER_H

#include "compiler/Import/ONNX/Graph.h"
#include "dialects/Ann/Analysis/Interpreter.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

#include <functional>
#include <map>
#include <optional>

namespace snn::onnx {

/// Numbers that shapes are computed from.
struct WholeList {
  std::vector<int64_t> shape, elements;
};

/// What the names of a graph stand for so far.
struct Names {
  std::map<std::string, mlir::Value> values;
  std::map<std::string, const Tensor *> tensors;
  std::map<std::string, WholeList> lists;
};

/// Thrown nowhere: set on a node, and asked for at its end.
class NodeBuilder {
public:
  NodeBuilder(const Node &node, int64_t version, Names &names,
              mlir::OpBuilder &builder);

  const Node &node;
  /// Of the operator set.
  const int64_t version;
  mlir::OpBuilder &builder;

  /// Says why the node cannot be imported; the first reason counts.
  mlir::Value refuse(const std::string &why);
  bool isRefused() const { return refusal.has_value(); }
  const std::string &reason() const { return *refusal; }

  bool hasInput(size_t i) const;
  /// A value of reals or quantised numbers; a constant becomes `ann.constant`.
  mlir::Value input(size_t i);
  /// Only if it is constant.
  const Tensor *tensor(size_t i) const;
  std::optional<WholeList> list(size_t i) const;
  /// Reals that are constant, given or computed.
  std::optional<ann::Reals> reals(size_t i) const;
  std::optional<double> number(size_t i) const;

  int64_t whole(const char *attribute, int64_t otherwise) const;
  double real(const char *attribute, double otherwise) const;
  std::string text(const char *attribute, const char *otherwise) const;
  std::vector<int64_t> wholes(const char *attribute) const;

  /// -1 counts from behind; refuses what is no axis.
  int64_t axis(int64_t given, int64_t rank);

  void define(size_t output, mlir::Value value);
  void define(size_t output, WholeList list);
  bool isUsed(size_t output) const;

  static mlir::RankedTensorType type(mlir::Value value) {
    return mlir::cast<mlir::RankedTensorType>(value.getType());
  }
  static llvm::ArrayRef<int64_t> shape(mlir::Value value) {
    return type(value).getShape();
  }
  /// One number stands for as many as there are.
  mlir::Value constant(llvm::ArrayRef<int64_t> shape, const ann::Reals &reals);
  mlir::Value constant(double number) { return constant({1}, {number}); }
  /// `ann.constant` of a tensor.
  mlir::Value constant(const Tensor &tensor);

  /// Makes an operation whose result type is inferred; null, with a refusal, if
  /// its operands do not fit.
  template <typename Op>
  mlir::Value make(mlir::ValueRange operands,
                   llvm::ArrayRef<mlir::NamedAttribute> attributes = {}) {
    return make(Op::getOperationName(), operands, attributes,
                [](mlir::OperationState &state) {
                  typename Op::Properties properties;
                  mlir::DictionaryAttr dictionary =
                      state.attributes.getDictionary(state.getContext());
                  if (mlir::failed(Op::setPropertiesFromAttr(
                          properties, dictionary,
                          [&] { return mlir::emitError(state.location); })))
                    return mlir::failure();
                  return Op::inferReturnTypes(
                      state.getContext(), state.location, state.operands,
                      dictionary, &properties, {}, state.types);
                });
  }
  mlir::Value reshape(mlir::Value value, llvm::ArrayRef<int64_t> shape);
  mlir::Value apply(ann::Function function, mlir::Value value, double alpha = 0,
                    double beta = 0);
  mlir::NamedAttribute named(const char *name, llvm::ArrayRef<int64_t> list);
  mlir::NamedAttribute named(const char *name, int64_t number);
  mlir::NamedAttribute named(const char *name, mlir::Attribute value);

private:
  Names &names;
  mlir::Location location;
  std::optional<std::string> refusal;

  mlir::Value
  make(llvm::StringRef name, mlir::ValueRange operands,
       llvm::ArrayRef<mlir::NamedAttribute> attributes,
       llvm::function_ref<mlir::LogicalResult(mlir::OperationState &)> infer);
};

/// How an operator is imported.
using Importer = std::function<void(NodeBuilder &)>;
using Importers = std::map<std::string, Importer>;

void addActivations(Importers &importers);
void addLinear(Importers &importers);
void addPooling(Importers &importers);
void addQuantisation(Importers &importers);
void addShapes(Importers &importers);

/// What a window is given by: kernel, strides, dilations and pads, with
/// `auto_pad` and `ceil_mode` worked out.
struct WindowAttributes {
  std::vector<int64_t> kernel, strides, dilations, pads;
  /// What of the pads behind only rounding up added.
  std::vector<int64_t> roundedUp;
};
WindowAttributes windowOf(NodeBuilder &node, llvm::ArrayRef<int64_t> input,
                          llvm::ArrayRef<int64_t> kernel);

/// With the attributes of the node, and with a number for each channel, if
/// there are any, added.
mlir::Value convolution(NodeBuilder &node, mlir::Value input,
                        mlir::Value weights,
                        const std::optional<ann::Reals> &bias);

} // namespace snn::onnx

#endif // SNN_COMPILER_IMPORT_ONNX_BUILDER_H
