//===- VectorizeUpdates.cpp - Code of one neuron becomes that of 16 -------===//
//
// Interprets the scalar code of a kernel once, building vector code. Fields are
// read where they are first used and written at the end, so that the code
// between is values only. Conditions become masks: both branches are executed,
// and what the other one would have given is selected away, be it infinite or
// not a number. What depends on no neuron stays scalar until it meets a vector.
//
//===----------------------------------------------------------------------===//
#include "dialects/Sim/IR/Ops.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace snn::sim {
#define GEN_PASS_DEF_SIMVECTORIZEUPDATES
#include "dialects/Sim/Transforms/Passes.h.inc"
} // namespace snn::sim

using namespace mlir;
using namespace snn::sim;

namespace {

class Vectorizer {
public:
  /// Vector code goes to the builder's insertion point.
  Vectorizer(OpBuilder &builder, PopulationOp population)
      : builder(builder), population(population) {}

  /// Vectorises the operations of a block, effective where `mask` is set
  /// (everywhere if null).
  LogicalResult run(Block &block, Value mask);
  /// Writes the fields that changed.
  void writeBack();

private:
  /// What a field holds now.
  struct Field {
    Value value;
    bool changed = false;
    Location loc;
  };

  LogicalResult runOperation(Operation &op, Value mask);
  LogicalResult runIf(scf::IfOp op, Value mask);
  LogicalResult runElementwise(Operation &op, Value mask);
  void store(StoreOp op, Value mask);
  Field &load(Operation *op, FlatSymbolRefAttr name, Type element);
  bool isPerNeuron(GetInputOp op);

  static VectorType vectorOf(Type type) {
    return VectorType::get(lanes, getElementTypeOrSelf(type));
  }
  /// The value's counterpart: a vector, or a scalar if it is the same for all.
  Value mapped(Value value) { return values.lookup(value); }
  /// Its counterpart as a vector.
  Value vectorised(Value value);
  void map(Value from, Value to) { values[from] = to; }

  OpBuilder &builder;
  PopulationOp population;
  DenseMap<Value, Value> values;
  llvm::MapVector<StringAttr, Field> fields;
};

} // namespace

Value Vectorizer::vectorised(Value value) {
  Value counterpart = mapped(value);
  if (isa<VectorType>(counterpart.getType()))
    return counterpart;
  return vector::BroadcastOp::create(
      builder, value.getLoc(), vectorOf(counterpart.getType()), counterpart);
}

Vectorizer::Field &Vectorizer::load(Operation *op, FlatSymbolRefAttr name,
                                    Type element) {
  auto *found = fields.find(name.getAttr());
  if (found == fields.end()) {
    Value value =
        LoadOp::create(builder, op->getLoc(), vectorOf(element), name);
    found = fields.insert({name.getAttr(), {value, false, op->getLoc()}}).first;
  }
  return found->second;
}

void Vectorizer::store(StoreOp op, Value mask) {
  Value value = vectorised(op.getValue());
  auto *found = fields.find(op.getNameAttr().getAttr());
  if (mask) {
    // Where the mask is not set, the field keeps its value.
    Value old = load(op, op.getNameAttr(), op.getValue().getType()).value;
    value = arith::SelectOp::create(builder, op.getLoc(), mask, value, old);
  } else if (found == fields.end()) {
    fields.insert({op.getNameAttr().getAttr(), {value, true, op.getLoc()}});
    return;
  }
  Field &field = fields.find(op.getNameAttr().getAttr())->second;
  field.value = value;
  field.changed = true;
  field.loc = op.getLoc();
}

void Vectorizer::writeBack() {
  for (auto &[name, field] : fields)
    if (field.changed)
      StoreOp::create(builder, field.loc, FlatSymbolRefAttr::get(name),
                      field.value);
}

bool Vectorizer::isPerNeuron(GetInputOp op) {
  return cast<InputOp>(SymbolTable::lookupSymbolIn(population,
                                                   op.getNameAttr().getAttr()))
      .getPerNeuron();
}

LogicalResult Vectorizer::runIf(scf::IfOp op, Value mask) {
  Value condition = vectorised(op.getCondition());
  auto conjunction = [&](Value a) -> Value {
    return mask ? arith::AndIOp::create(builder, op.getLoc(), mask, a) : a;
  };
  if (failed(run(op.getThenRegion().front(), conjunction(condition))))
    return failure();
  if (op.getElseRegion().empty())
    return success();
  Value all = arith::ConstantOp::create(
      builder, op.getLoc(),
      DenseElementsAttr::get(cast<VectorType>(condition.getType()), true));
  Value otherwise = arith::XOrIOp::create(builder, op.getLoc(), condition, all);
  if (failed(run(op.getElseRegion().front(), conjunction(otherwise))))
    return failure();
  for (auto [result, a, b] :
       llvm::zip(op.getResults(), op.thenYield().getOperands(),
                 op.elseYield().getOperands()))
    map(result, arith::SelectOp::create(builder, op.getLoc(), condition,
                                        vectorised(a), vectorised(b)));
  return success();
}

LogicalResult Vectorizer::runElementwise(Operation &op, Value mask) {
  bool constant = op.hasTrait<OpTrait::ConstantLike>();
  if (!constant && !OpTrait::hasElementwiseMappableTraits(&op))
    return op.emitOpError("has no form on vectors");
  if (mask && !isSpeculatable(&op))
    return op.emitOpError("may fail in neurons that its condition excludes");
  bool uniform = llvm::none_of(op.getOperands(), [&](Value operand) {
    return isa<VectorType>(mapped(operand).getType());
  });
  IRMapping mapping;
  for (Value operand : op.getOperands())
    mapping.map(operand, uniform ? mapped(operand) : vectorised(operand));
  Operation *created = builder.clone(op, mapping);
  for (auto [from, to] : llvm::zip(op.getResults(), created->getResults())) {
    if (!uniform)
      to.setType(vectorOf(to.getType()));
    map(from, to);
  }
  return success();
}

LogicalResult Vectorizer::runOperation(Operation &op, Value mask) {
  Location loc = op.getLoc();
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](LoadOp load) {
        map(load, this->load(load, load.getNameAttr(), load.getType()).value);
        return success();
      })
      .Case([&](StoreOp store) {
        this->store(store, mask);
        return success();
      })
      .Case([&](TakeOp take) -> LogicalResult {
        if (mask)
          return take.emitOpError("stands under a condition; sums are taken in "
                                  "every step");
        map(take, TakeOp::create(builder, loc, vectorOf(take.getType()),
                                 take.getNameAttr()));
        return success();
      })
      .Case([&](GetConstantOp get) {
        map(get, GetConstantOp::create(builder, loc, get.getType(),
                                       get.getNameAttr()));
        return success();
      })
      .Case([&](GetInputOp get) {
        Type type = get.getType();
        map(get, GetInputOp::create(builder, loc,
                                    isPerNeuron(get) ? vectorOf(type) : type,
                                    get.getNameAttr()));
        return success();
      })
      .Case([&](EmitOp emit) {
        Value fired = vectorised(emit.getFired());
        if (mask)
          fired = arith::AndIOp::create(builder, loc, mask, fired);
        EmitOp::create(builder, loc, fired);
        return success();
      })
      .Case([&](scf::IfOp conditional) { return runIf(conditional, mask); })
      .Default([&](Operation *other) { return runElementwise(*other, mask); });
}

LogicalResult Vectorizer::run(Block &block, Value mask) {
  for (Operation &op : block) {
    if (isa<scf::YieldOp>(op))
      break;
    if (failed(runOperation(op, mask)))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// True if the kernel is vector code already.
static bool isVectorised(Block &body) {
  return llvm::any_of(body, [](Operation &op) {
    return llvm::any_of(op.getOperandTypes(), llvm::IsaPred<VectorType>) ||
           llvm::any_of(op.getResultTypes(), llvm::IsaPred<VectorType>);
  });
}

namespace {
struct VectorizeUpdatesPass
    : snn::sim::impl::SimVectorizeUpdatesBase<VectorizeUpdatesPass> {
  LogicalResult vectorise(PopulationOp population, Block &body) {
    if (isVectorised(body))
      return success();
    Block scalar;
    scalar.getOperations().splice(scalar.end(), body.getOperations());
    OpBuilder builder = OpBuilder::atBlockBegin(&body);
    Vectorizer vectorizer(builder, population);
    LogicalResult result = vectorizer.run(scalar, Value());
    if (succeeded(result))
      vectorizer.writeBack();
    ++numKernels;
    return result;
  }

  void runOnOperation() override {
    WalkResult walked = getOperation().walk([&](Operation *op) {
      if (!isa<IntegrateOp, UpdateOp, ObserveOp>(op))
        return WalkResult::advance();
      if (failed(vectorise(cast<PopulationOp>(op->getParentOp()),
                           op->getRegion(0).front())))
        return WalkResult::interrupt();
      return WalkResult::skip();
    });
    if (walked.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
