//===- Builder.cpp - One node at a time -------------------------*- C++ -*-===//
//
// Operations are made only when their types can be inferred and their verifiers
// agree; what they say otherwise is the reason of a refusal.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Builder.h"

#include "compiler/Import/ONNX/Reader.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace snn;
using namespace snn::onnx;

NodeBuilder::NodeBuilder(const Node &node, int64_t version, Names &names,
                         OpBuilder &builder)
    : node(node), version(version), builder(builder), names(names),
      location(NameLoc::get(builder.getStringAttr(shown(node.label())))) {}

Value NodeBuilder::refuse(const std::string &why) {
  if (!refusal)
    refusal = why;
  return nullptr;
}

bool NodeBuilder::hasInput(size_t i) const {
  return i < node.inputs.size() && !node.inputs[i].empty();
}

Value NodeBuilder::input(size_t i) {
  if (!hasInput(i))
    return refuse("has no input " + std::to_string(i));
  auto value = names.values.find(node.inputs[i]);
  if (value != names.values.end())
    return value->second;
  const Tensor *given = tensor(i);
  if (!given)
    return refuse("takes whole numbers that are no constant");
  Value made = constant(*given);
  if (made)
    names.values[node.inputs[i]] = made;
  return made;
}

const Tensor *NodeBuilder::tensor(size_t i) const {
  if (!hasInput(i))
    return nullptr;
  auto found = names.tensors.find(node.inputs[i]);
  return found == names.tensors.end() ? nullptr : found->second;
}

std::optional<WholeList> NodeBuilder::list(size_t i) const {
  if (!hasInput(i))
    return std::nullopt;
  if (const Tensor *given = tensor(i)) {
    std::vector<int64_t> elements = given->toWhole();
    if (elements.size() != given->elements())
      return std::nullopt;
    return WholeList{given->shape, std::move(elements)};
  }
  auto found = names.lists.find(node.inputs[i]);
  if (found == names.lists.end())
    return std::nullopt;
  return found->second;
}

std::optional<ann::Reals> NodeBuilder::reals(size_t i) const {
  if (const Tensor *given = tensor(i))
    return given->toReals();
  auto value =
      hasInput(i) ? names.values.find(node.inputs[i]) : names.values.end();
  if (value == names.values.end())
    return std::nullopt;
  auto constant = value->second.getDefiningOp<ann::ConstantOp>();
  if (!constant || type(constant).getElementType().isInteger())
    return std::nullopt;
  return std::get<ann::Reals>(ann::numbersOf(constant.getValue()));
}

std::optional<double> NodeBuilder::number(size_t i) const {
  std::optional<ann::Reals> given = reals(i);
  if (!given || given->size() != 1)
    return std::nullopt;
  return given->front();
}

int64_t NodeBuilder::whole(const char *attribute, int64_t otherwise) const {
  const onnx::Attribute *found = node.find(attribute);
  return found ? found->whole : otherwise;
}

double NodeBuilder::real(const char *attribute, double otherwise) const {
  const onnx::Attribute *found = node.find(attribute);
  return found ? static_cast<double>(found->real) : otherwise;
}

std::string NodeBuilder::text(const char *attribute,
                              const char *otherwise) const {
  const onnx::Attribute *found = node.find(attribute);
  return found ? found->text : otherwise;
}

std::vector<int64_t> NodeBuilder::wholes(const char *attribute) const {
  const onnx::Attribute *found = node.find(attribute);
  return found ? found->wholes : std::vector<int64_t>();
}

int64_t NodeBuilder::axis(int64_t given, int64_t rank) {
  int64_t axis = given < 0 ? given + rank : given;
  if (axis >= 0 && axis < rank)
    return axis;
  refuse("has no axis " + std::to_string(given) + " in " +
         std::to_string(rank) + " axes");
  return 0;
}

void NodeBuilder::define(size_t output, Value value) {
  if (value && output < node.outputs.size() && !node.outputs[output].empty())
    names.values[node.outputs[output]] = value;
}

void NodeBuilder::define(size_t output, WholeList list) {
  if (output < node.outputs.size() && !node.outputs[output].empty())
    names.lists[node.outputs[output]] = std::move(list);
}

bool NodeBuilder::isUsed(size_t output) const {
  return output < node.outputs.size() && !node.outputs[output].empty();
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

Value NodeBuilder::constant(ArrayRef<int64_t> shape, const ann::Reals &reals) {
  if (reals.empty())
    return refuse("takes a tensor without elements");
  constexpr double most = std::numeric_limits<float>::max();
  if (!llvm::all_of(reals, [](double real) { return std::abs(real) <= most; }))
    return refuse("takes a number that is infinite or none at all");
  auto type = RankedTensorType::get(shape, builder.getF32Type());
  return ann::ConstantOp::create(builder, location,
                                 ann::attributeOf(reals, type));
}

Value NodeBuilder::constant(const Tensor &tensor) {
  if (isReal(tensor.type))
    return constant(tensor.shape, tensor.toReals());
  ann::Whole whole = tensor.toWhole();
  if (whole.empty())
    return refuse("takes a tensor without elements");
  for (int64_t element : whole)
    if (element != static_cast<int32_t>(element))
      return refuse("takes a whole number beyond 32 bits");
  auto type = RankedTensorType::get(tensor.shape, builder.getI32Type());
  return ann::ConstantOp::create(builder, location,
                                 ann::attributeOf(whole, type));
}

Value NodeBuilder::make(StringRef name, ValueRange operands,
                        ArrayRef<NamedAttribute> attributes,
                        function_ref<LogicalResult(OperationState &)> infer) {
  if (refusal || llvm::is_contained(operands, Value()))
    return refuse("has an input that could not be imported");
  std::string said;
  ScopedDiagnosticHandler handler(builder.getContext(),
                                  [&](Diagnostic &diagnostic) {
                                    if (said.empty())
                                      said = diagnostic.str();
                                    return success();
                                  });
  OperationState state(location, name);
  state.addOperands(operands);
  state.addAttributes(attributes);
  Operation *made = nullptr;
  if (succeeded(infer(state))) {
    made = builder.create(state);
    if (succeeded(verify(made)))
      return made->getResult(0);
    made->erase();
  }
  // "'ann.conv' op has ...": the operation's name is ours.
  size_t own = said.find("' op ");
  return refuse(own == std::string::npos ? said : said.substr(own + 5));
}

Value NodeBuilder::reshape(Value value, ArrayRef<int64_t> shape) {
  if (!value)
    return nullptr;
  int64_t elements = 1;
  for (int64_t size : shape)
    if (size < 1 || __builtin_mul_overflow(elements, size, &elements))
      return refuse("makes a shape that is empty or too large");
  if (elements != type(value).getNumElements())
    return refuse("makes " + std::to_string(elements) + " elements of " +
                  std::to_string(type(value).getNumElements()));
  auto to = RankedTensorType::get(shape, type(value).getElementType());
  return ann::ReshapeOp::create(builder, location, to, value);
}

Value NodeBuilder::apply(ann::Function function, Value value, double alpha,
                         double beta) {
  return make<ann::ApplyOp>(
      value, {named("function",
                    ann::FunctionAttr::get(builder.getContext(), function)),
              named("alpha", builder.getF64FloatAttr(alpha)),
              named("beta", builder.getF64FloatAttr(beta))});
}

NamedAttribute NodeBuilder::named(const char *name, ArrayRef<int64_t> list) {
  return builder.getNamedAttr(name, builder.getDenseI64ArrayAttr(list));
}

NamedAttribute NodeBuilder::named(const char *name, int64_t number) {
  return builder.getNamedAttr(name, builder.getI64IntegerAttr(number));
}

NamedAttribute NodeBuilder::named(const char *name, mlir::Attribute value) {
  return builder.getNamedAttr(name, value);
}
