//===- FoldParameters.cpp - Parameters' expressions computed once *- C++ *-===//
//
// What depends on parameters and the step alone leaves the code that runs at
// every step and becomes a derived constant. Numbers are folded with the
// functions that the run time uses, so that a value written in the source and
// the same value set at run time give the same bits.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spiking/Analysis/Evaluator.h"
#include "dialects/Spiking/Analysis/Infix.h"
#include "dialects/Spiking/Analysis/LinearForm.h"
#include "dialects/Spiking/Transforms/DerivedUnit.h"
#include "dialects/Spiking/Transforms/Passes.h"
#include "dialects/Spiking/Transforms/Simplify.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringSet.h"

namespace snn::spiking {
#define GEN_PASS_DEF_SPIKINGFOLDPARAMETERS
#include "dialects/Spiking/Transforms/Passes.h.inc"
} // namespace snn::spiking

using namespace mlir;
using namespace snn;
using namespace snn::spiking;
using llvm::StringRef;

namespace {

/// Derived constants are named by their expressions up to this length.
constexpr size_t longestName = 40;

class CellFolder {
public:
  explicit CellFolder(NeuronOp cell) : cell(cell) {
    for (auto param : cell.getBody().getOps<ParamOp>())
      constant.insert(param.getSymName());
    for (auto derived : cell.getBody().getOps<DerivedOp>()) {
      constant.insert(derived.getSymName());
      Value value = derived.getBody().front().getTerminator()->getOperand(0);
      if (std::optional<std::string> text = printInfix(value))
        known[*text] = derived.getSymName();
    }
  }

  void run() {
    SmallVector<Operation *> parts;
    for (Operation &part : cell.getBody().front())
      if (isa<StepOp, PortOp, ThresholdOp, ResetOp, LetOp, FollowOp>(part))
        parts.push_back(&part);
    for (Operation *part : parts) {
      // What a pass erases may come back as another value at its address.
      cache.clear();
      foldNumbers(part);
      useReciprocals(part);
      cache.clear();
      hoist(part);
      simplify(part);
    }
  }

  unsigned numDerived = 0, numFolded = 0;

private:
  /// Made of numbers, parameters and the step alone.
  bool isConstant(Value value) {
    if (auto it = cache.find(value); it != cache.end())
      return it->second;
    Operation *op = value.getDefiningOp();
    bool result = false;
    if (!op)
      result = false;
    else if (auto read = dyn_cast<ReadOp>(op))
      result = constant.contains(getReadName(read));
    else
      result = op->getNumRegions() == 0 && isPure(op) &&
               llvm::all_of(op->getOperands(),
                            [&](Value operand) { return isConstant(operand); });
    cache[value] = result;
    return result;
  }

  void foldNumbers(Operation *part) {
    part->walk([&](Operation *op) {
      if (op->getNumOperands() == 0 || op->getNumResults() != 1 ||
          !op->getResult(0).getType().isF64())
        return;
      SmallVector<double> operands;
      for (Value operand : op->getOperands()) {
        std::optional<double> number = operand.getType().isF64()
                                           ? getConstantNumber(operand)
                                           : std::nullopt;
        if (!number)
          return;
        operands.push_back(*number);
      }
      std::optional<double> number = evaluateOperation(op, operands);
      if (!number)
        return;
      OpBuilder builder(op);
      Value folded = ScalarBuilder(builder, op->getLoc()).constant(*number);
      op->getResult(0).replaceAllUsesWith(folded);
      ++numFolded;
    });
  }

  /// x/p = x*(1/p): a division at every step costs ten multiplications.
  void useReciprocals(Operation *part) {
    SmallVector<arith::DivFOp> divisions;
    part->walk([&](arith::DivFOp division) {
      if (isConstant(division.getRhs()) && !isConstant(division.getLhs()))
        divisions.push_back(division);
    });
    for (arith::DivFOp division : divisions) {
      OpBuilder builder(division);
      ScalarBuilder scalars(builder, division.getLoc());
      Value inverse = scalars.divide(scalars.constant(1.0), division.getRhs());
      Value product = scalars.multiply(division.getLhs(), inverse);
      division.getResult().replaceAllUsesWith(product);
      division.erase();
    }
  }

  void hoist(Operation *part) {
    SmallVector<Value> roots;
    part->walk([&](Operation *op) {
      for (Value result : op->getResults())
        if (result.getType().isF64() && isWorthHoisting(result) &&
            isConstant(result) && leavesTheConstants(result))
          roots.push_back(result);
    });
    for (Value root : roots) {
      OpBuilder builder(root.getContext());
      builder.setInsertionPointAfterValue(root);
      StringRef name = define(root);
      Value read = ReadOp::create(builder, root.getLoc(), name);
      root.replaceAllUsesWith(read);
    }
  }

  static bool isWorthHoisting(Value value) {
    Operation *op = value.getDefiningOp();
    return !isa<ReadOp, EntryOp>(op) && !getConstantNumber(value);
  }

  /// Used by something that is not itself a constant of the cell.
  bool leavesTheConstants(Value value) {
    return llvm::any_of(value.getUsers(), [&](Operation *user) {
      return user->getNumResults() == 0 ||
             llvm::any_of(user->getResults(), [&](Value result) {
               return !isConstant(result) || !result.getType().isF64();
             });
    });
  }

  /// The derived constant of that expression, old or new.
  StringRef define(Value root) {
    std::optional<std::string> text = printInfix(root);
    if (text)
      if (auto it = known.find(*text); it != known.end())
        return it->second;
    std::string name = text.value_or("");
    if (!text || name.size() > longestName ||
        SymbolTable::lookupSymbolIn(cell, name)) {
      unsigned number = 1;
      do
        name = "k" + std::to_string(number++);
      while (SymbolTable::lookupSymbolIn(cell, name));
    }
    OpBuilder builder(cell.getContext());
    Operation *place = nullptr;
    for (Operation &part : cell.getBody().front())
      if (isa<ParamOp, DerivedOp, PropagatorOp>(part))
        place = &part;
    if (place)
      builder.setInsertionPointAfter(place);
    else
      builder.setInsertionPointToStart(&cell.getBody().front());
    auto derived =
        DerivedOp::create(builder, root.getLoc(), name, deriveUnit(root, cell));
    builder.setInsertionPointToEnd(&derived.getBody().front());
    IRMapping copies;
    Value value = copySlice(root, builder, copies);
    YieldOp::create(builder, root.getLoc(), value);
    ++numDerived;
    constant.insert(derived.getSymName());
    if (text)
      known[*text] = derived.getSymName();
    return derived.getSymName();
  }

  static Value copySlice(Value value, OpBuilder &builder, IRMapping &copies) {
    if (Value done = copies.lookupOrNull(value))
      return done;
    Operation *op = value.getDefiningOp();
    for (Value operand : op->getOperands())
      copySlice(operand, builder, copies);
    builder.clone(*op, copies);
    return copies.lookup(value);
  }

  NeuronOp cell;
  llvm::StringSet<> constant;
  llvm::DenseMap<Value, bool> cache;
  /// Names of derived constants by expression.
  llvm::StringMap<StringRef> known;
};

class FoldParameters
    : public spiking::impl::SpikingFoldParametersBase<FoldParameters> {
  void runOnOperation() override {
    for (auto cell : getOperation().getOps<NeuronOp>()) {
      CellFolder folder(cell);
      folder.run();
      numDerived += folder.numDerived;
      numFolded += folder.numFolded;
    }
  }
};

} // namespace
