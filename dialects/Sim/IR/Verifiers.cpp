//===- Verifiers.cpp - What must hold of each operation ---------*- C++ -*-===//
//
// Types of memory, shapes of regions, and how often a kernel may stand.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"

using namespace mlir;
using namespace snn;
using namespace snn::sim;

//===----------------------------------------------------------------------===//
// Populations
//===----------------------------------------------------------------------===//

LogicalResult ModelOp::verifyRegions() {
  if (!(getStep().convertToDouble() > 0.0))
    return emitOpError("needs a positive step");
  if (getSeeds().size() != 3)
    return emitOpError("needs three seeds (network, initial state, stimulus), "
                       "but has ")
           << getSeeds().size();
  return success();
}

template <typename KernelT>
static LogicalResult verifyOnce(PopulationOp population) {
  auto kernels = population.getBody().getOps<KernelT>();
  if (llvm::range_size(kernels) > 1)
    return (*std::next(kernels.begin())).emitOpError("stands twice");
  return success();
}

LogicalResult PopulationOp::verifyRegions() {
  if (static_cast<int64_t>(getSize()) < 1)
    return emitOpError("needs at least one neuron, but has ")
           << static_cast<int64_t>(getSize());
  return success(succeeded(verifyOnce<InitConstantsOp>(*this)) &&
                 succeeded(verifyOnce<InitNeuronsOp>(*this)) &&
                 succeeded(verifyOnce<IntegrateOp>(*this)) &&
                 succeeded(verifyOnce<UpdateOp>(*this)) &&
                 succeeded(verifyOnce<ObserveOp>(*this)) &&
                 succeeded(verifyOnce<FollowOp>(*this)));
}

/// `type` is that of the population's states.
static LogicalResult verifyReal(Operation *op, Type type) {
  FloatType element = cast<PopulationOp>(op->getParentOp()).getElementType();
  if (type == element)
    return success();
  return op->emitOpError("has type ")
         << type << ", but the population's precision is " << element;
}

LogicalResult ConstantOp::verify() { return verifyReal(*this, getType()); }

LogicalResult InputOp::verify() { return verifyReal(*this, getType()); }

LogicalResult FieldOp::verify() {
  Role role = getRole();
  if (getInitial() && role != Role::State)
    return emitOpError("only a state has an initial value");
  if (getGrid().has_value() != (role == Role::Sum))
    return emitOpError(role == Role::Sum ? "needs a grid"
                                         : "only a sum has a grid");
  switch (role) {
  case Role::Sum:
    if (!getType().isInteger(32) && !getType().isInteger(64))
      return emitOpError("a sum is of type i32 or i64, not ") << getType();
    return success();
  case Role::Countdown:
    if (!getType().isInteger(32))
      return emitOpError("a countdown is of type i32, not ") << getType();
    return success();
  case Role::State:
  case Role::Derived:
  case Role::Observer:
    return verifyReal(*this, getType());
  }
  llvm_unreachable("all roles are handled");
}

LogicalResult UpdateOp::verifyRegions() {
  unsigned emits = 0;
  getBody().walk([&](EmitOp) { ++emits; });
  if (emits != 1)
    return emitOpError("must emit once, but emits ") << emits << " times";
  return success();
}

LogicalResult ExpmOp::verify() {
  size_t size = getEntries().size(), n = 1;
  while (n * n < size)
    ++n;
  if (n * n != size)
    return emitOpError("needs a square matrix, but has ") << size << " entries";
  if (getExponential().size() != size)
    return emitOpError("has ")
           << size << " entries, but " << getExponential().size() << " results";
  return success();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

/// A function of time.
static LogicalResult verifyFunction(Operation *op, Region &region) {
  if (region.getNumArguments() != 1 || !region.getArgument(0).getType().isF64())
    return op->emitOpError("region must take one f64");
  auto yield = dyn_cast<YieldOp>(region.front().getTerminator());
  if (!yield || yield.getValues().size() != 1)
    return op->emitOpError("region must yield one f64");
  return success();
}

LogicalResult PoissonSourceOp::verifyRegions() {
  return verifyFunction(*this, getRate());
}

LogicalResult DriveOp::verifyRegions() {
  return verifyFunction(*this, getRate());
}

LogicalResult StimulusOp::verifyRegions() {
  return verifyFunction(*this, getValue());
}

LogicalResult ProjectionOp::verifyRegions() {
  Region &region = getDeliver();
  if (region.getNumArguments() != 1)
    return emitOpError("region must take the weight");
  Type type = region.getArgument(0).getType();
  bool integer = type.isInteger(32) || type.isInteger(64);
  if (getGrid() ? !integer : !type.isF32() && !type.isF64())
    return emitOpError(getGrid()
                           ? "has a grid; its weight must be an integer, not "
                           : "has no grid; its weight must be f32 or f64, not ")
           << type;
  spiking::Storage storage = getStorage();
  if (spiking::mayGenerate(storage) && !type.isInteger(32))
    return emitOpError("has storage '")
           << spiking::stringifyStorage(storage)
           << "'; its weight must be i32, not " << type;
  if (spiking::mayGenerate(storage) &&
      !spiking::canBeGenerated(
          getRule(), getSource() == getTarget(),
          {getWeight(), getDelay(), getDendriticDelayAttr()}))
    return emitOpError("has storage '")
           << spiking::stringifyStorage(storage)
           << "', but one source's synapses cannot be generated alone";
  if (storage == spiking::Storage::Toeplitz &&
      (!type.isInteger(32) ||
       !spiking::isKernel(getRule(), {getDelay(), getDendriticDelayAttr()})))
    return emitOpError("has storage 'toeplitz', but is no convolution with "
                       "weights of i32 and one delay");
  return success();
}
