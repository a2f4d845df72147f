//===- PlasticityHandler.h - A handler of many synapses ---------*- C++ -*-===//
//
// What loops over synapses have in common: the code of a handler for one of
// them, or for 16 at once, and rooms for a number of each of a chunk. Which
// instructions vectors take is the matter of LLVM; each synapse has the same
// operations in any of them, so results are those of one after the other.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_CONVERSION_SIMTOLLVM_PLASTICITYHANDLER_H
#define SNN_COMPILER_CONVERSION_SIMTOLLVM_PLASTICITYHANDLER_H

#include "compiler/Conversion/SimToLLVM/Cells.h"
#include "compiler/Conversion/SimToLLVM/Function.h"
#include "dialects/Sim/Transforms/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace snn {

class HandlerEmitter {
protected:
  using Type = mlir::Type;
  using Value = mlir::Value;
  using OpBuilder = mlir::OpBuilder;

  /// The members of snn_synapses, which are pointers but for the last.
  enum Member : unsigned {
    States,
    Targets,
    Last,
    Fields,
    Post,
    Modulators,
    Constants,
    Step
  };
  // So many synapses that loops take long beside their ends, and few enough
  // that all of a chunk stays in the first cache.
  static constexpr int64_t chunk = 256;

  HandlerEmitter(sim::PlasticityOp rule, const Cells &cells,
                 mlir::Operation *kernel, llvm::StringRef name,
                 mlir::TypeRange arguments);
  virtual ~HandlerEmitter() = default;

  //===- Where a round finds what it needs --------------------------------===//

  /// States of the round's synapses, of which the first is `k`.
  virtual Value loadState(OpBuilder &builder, Value array, Value k,
                          Type type) = 0;
  virtual void storeState(OpBuilder &builder, Value value, Value array,
                          Value k) = 0;
  /// State number `state` of the follower of the source of round `i`.
  virtual Value loadPre(OpBuilder &builder, unsigned state, Value i) = 0;
  /// What the round's targets hold in an array of theirs.
  virtual Value loadTarget(OpBuilder &builder, mlir::SymbolRefAttr read,
                           Value i) = 0;
  /// The step of the round's event, in 32 bits.
  virtual Value stepAt(OpBuilder &builder, Value i);
  /// What has been computed before the round.
  virtual bool isEarly(mlir::Operation &) { return false; }
  virtual bool isEarly(mlir::BlockArgument) { return false; }
  virtual void mapEarly(OpBuilder &, mlir::IRMapping &, Value) {}

  //===- Code of a round --------------------------------------------------===//

  /// Changes the round's synapses, and returns what they send.
  Value emitSynapse(OpBuilder &builder, Value k, Value i);
  /// The handler's operations, those that are `early` or the others.
  void cloneBlock(OpBuilder &builder, mlir::Block &block,
                  mlir::IRMapping &mapping, bool early = false);
  void fault(OpBuilder &builder, Value isFault);
  /// In ms.
  Value timeOf(OpBuilder &builder, Value steps);

  //===- Loops ------------------------------------------------------------===//

  using Round = llvm::function_ref<void(OpBuilder &, Value i)>;
  /// Rounds of `width` synapses, and whether anything of them failed.
  Value emitRounds(OpBuilder &outside, Value from, Value to, Round round);
  /// Rounds in which nothing fails.
  void forEach(OpBuilder &outside, Value from, Value to, Round round);
  /// Code of a chunk, which begins at `begin`: its whole rounds of 16 synapses
  /// end at `middle`, all of it at `stop`. Whether anything failed.
  using Chunk =
      llvm::function_ref<Value(OpBuilder &, Value middle, Value stop)>;
  /// The function of a loop over chunks.
  mlir::func::FuncOp emitChunks(Value from, Value to, Chunk emitChunk);
  mlir::func::FuncOp finish(Value failed);

  //===- Memory -----------------------------------------------------------===//

  Value member(Member member) {
    return function.readTable(view, member, function.getPointerType());
  }
  Value stateArray(unsigned state) {
    return function.readTable(member(States), state, function.getPointerType());
  }
  bool readsTarget(mlir::SymbolRefAttr read);
  /// Of all targets, what the rule reads of them.
  Value arrayOf(mlir::SymbolRefAttr read);
  Value load(OpBuilder &builder, Value pointer, Value index, Type type);
  /// As many as a round has, side by side.
  Value loadSide(OpBuilder &builder, Value pointer, Type type);
  void storeSide(OpBuilder &builder, Value value, Value pointer);

  /// Room for a number of each synapse of a chunk.
  Value allocate(Type type);
  /// Where that of synapse `k` is.
  Value placeOf(OpBuilder &builder, Value room, Value k, Type type);

  // Of 16 synapses, what differs between them is a vector.
  Type wide(Type type);
  Value spread(OpBuilder &builder, Value value);
  Value constant(OpBuilder &builder, mlir::TypedAttr value);

  sim::PlasticityOp rule;
  const Cells &cells;
  mlir::Operation *kernel;
  mlir::FloatType element;
  mlir::Location loc;
  Function function;
  Value view;
  Value begin;         // of the chunk
  bool changes = true; // states; else the handler only sends
  int64_t width = 1;   // synapses of a round

private:
  void cloneIf(OpBuilder &builder, mlir::scf::IfOp op,
               mlir::IRMapping &mapping);
  void cloneWide(OpBuilder &builder, mlir::Operation &op,
                 mlir::IRMapping &mapping);
  Value loadRead(OpBuilder &builder, mlir::SymbolRefAttr read, Value i);
  Value isNotFinite(OpBuilder &builder, Value x);

  Value faults;
};

} // namespace snn

#endif // SNN_COMPILER_CONVERSION_SIMTOLLVM_PLASTICITYHANDLER_H
