//===- Cell.h - Neurons of a population that run ----------------*- C++ -*-===//
//
// Every variable of the model (parameters, derived constants, entries of
// propagators, states, inputs; those of receptors as `exc.I`) has a slot in
// the frame of each neuron.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_CELL_H
#define SNN_COMPILER_INTERPRETER_CELL_H

#include "compiler/Interpreter/Code.h"
#include "dialects/Spiking/IR/Ops.h"
#include "snn/abi.h"

#include "llvm/ADT/StringSet.h"

#include <cmath>
#include <map>

namespace snn::interpreter {

struct Run {
  double step;
  snn_seeds seeds;
  spiking::Precision precision;
  spiking::Schedule schedule;

  /// A time on the grid.
  uint64_t inSteps(const llvm::APFloat &ms) const {
    return static_cast<uint64_t>(std::nearbyint(ms.convertToDouble() / step));
  }
};

/// The variables of one neuron.
using Frame = std::vector<double>;

/// Where declarations of a model stand: in the neuron, or in the synapse of a
/// receptor, whose names begin with `prefix`.
struct Scope {
  mlir::Operation *model;
  std::string prefix;
};

class Cell {
public:
  Cell(spiking::PopulationOp population, const Run &run, Functions &functions);

  spiking::PopulationOp getOp() const { return population; }
  size_t size() const { return frames.size(); }
  Arithmetic getArithmetic() const { return arithmetic; }
  bool isSingle() const { return arithmetic == Arithmetic::Single; }
  mlir::FailureOr<unsigned> findSlot(llvm::StringRef name) const;
  double get(size_t neuron, unsigned slot) const {
    return frames[neuron][slot];
  }
  void set(size_t neuron, unsigned slot, double value);
  const std::vector<Frame> &getFrames() const { return frames; }

  /// Reports what only a solved model has a meaning of: white noise, and
  /// equations that see each other's new values.
  mlir::LogicalResult check();

  /// Draws parameters and computes what follows from them.
  mlir::LogicalResult computeConstants();
  mlir::LogicalResult changeParameter(llvm::StringRef name, double value);
  mlir::LogicalResult initialize();

  /// The phases of a step, for one neuron.
  void integrate(size_t neuron);
  /// One event at a port, or, where it has a grid, the sum of all.
  void receive(size_t neuron, unsigned port, double weight);
  bool testThreshold(size_t neuron);
  void reset(size_t neuron, bool fired);
  /// The neuron that this one follows has fired.
  void follow(size_t neuron);

  /// Where each neuron rests without input, with the parameters and inputs that
  /// it has now; reports one that does not.
  mlir::LogicalResult findRests();

  struct Port {
    std::string name;
    std::optional<double> grid;
    bool wide; // sums have 64 bits
    std::unique_ptr<Code> handler;
  };
  llvm::ArrayRef<Port> getPorts() const { return ports; }

  /// A port that sums over states of its sources.
  struct Coupling {
    std::string name;
    std::unique_ptr<Code> summands;
    std::vector<unsigned> sums;                          // slots
    std::vector<std::pair<unsigned, std::string>> reads; // slot of a state
  };
  llvm::ArrayRef<Coupling> getCouplings() const { return couplings; }
  /// What a synapse adds to the sums, given the states of its source.
  llvm::SmallVector<double, 1> couple(size_t neuron, const Coupling &coupling,
                                      double weight,
                                      llvm::ArrayRef<double> states);
  /// Names of states, in order.
  std::vector<std::string> getStates() const;

private:
  struct Variable {
    unsigned slot = 0, count = 1;
    mlir::Operation *op = nullptr;
    std::unique_ptr<Code> code;     // of its value, or initial value
    std::vector<std::string> reads; // of that code
    spiking::ValueAttr given;       // by the population
  };
  struct Equation {
    unsigned state;
    std::unique_ptr<Code> derivative;
  };

  void declare(const Scope &scope);
  void compileValues(const Scope &scope);
  void compileDynamics(const Scope &scope);
  std::unique_ptr<Code> compile(mlir::Region &region, const Scope &scope,
                                Arithmetic how,
                                std::vector<std::string> *reads = nullptr);
  Access resolve(mlir::Operation *op, const Scope &scope, Arithmetic how,
                 std::vector<std::string> *reads);
  void computeVariable(size_t neuron, llvm::StringRef name,
                       llvm::StringSet<> &done);
  mlir::LogicalResult drawGiven(bool states);
  void derivatives(double *frame, bool held, llvm::MutableArrayRef<double> out);
  void integrateEquations(double *frame, bool held);
  double round(double value) const {
    return isSingle() ? static_cast<float>(value) : value;
  }
  bool isHeld(size_t neuron) const { return countdown[neuron] > 0; }
  /// Sets the neuron to its rest where it is near.
  void putToRest(size_t neuron);
  void setDeclaredStates(size_t neuron);
  bool advanceAlone(size_t neuron, uint64_t steps);
  mlir::LogicalResult findRest(size_t neuron);

  spiking::PopulationOp population;
  spiking::NeuronOp neuron;
  Run run;
  Functions &functions;
  Arithmetic arithmetic;
  std::map<std::string, Variable> variables;
  std::vector<std::unique_ptr<Code>> lets;
  std::vector<Port> ports;
  std::vector<Coupling> couplings;
  std::vector<Equation> equations;
  std::unique_ptr<Code> free, held, condition, bound, resetting, following;
  unsigned numSlots = 0, stepSlot = 0, durationSlot = 0, capSlot = 0;
  bool rising = false, keepingInput = false;
  std::vector<unsigned> stateSlots, heldSlots;
  std::vector<Frame> frames, begins;
  std::vector<int64_t> countdown;
  /// Of populations that are put to rest, one for each state.
  struct Rest {
    unsigned slot;
    double tolerance;
    std::vector<double> values; // by neuron
  };
  std::vector<Rest> rests;
  std::vector<bool> reached; // neurons where something arrived in the step
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_CELL_H
