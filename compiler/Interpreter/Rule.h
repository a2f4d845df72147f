//===- Rule.h - A plasticity rule that runs ---------------------*- C++ -*-===//
//
// The rule of one projection, with its parameters: every variable of a synapse,
// and everything that handlers read of cells, has a slot in the synapse's
// frame.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_INTERPRETER_RULE_H
#define SNN_COMPILER_INTERPRETER_RULE_H

#include "compiler/Interpreter/Cell.h"

namespace snn::interpreter {

/// The cells that a rule may read, each null if the projection has none.
struct Surroundings {
  Cell *target = nullptr, *pre = nullptr, *post = nullptr;
  std::vector<Cell *> modulators;
};

class Rule {
public:
  Rule(spiking::PlasticOp plastic, const Surroundings &cells, const Run &run,
       Functions &functions);

  /// Reports what has no meaning: reads of what is no variable of a cell, and
  /// equations of what changes between events.
  mlir::LogicalResult check();

  bool isSingle() const { return arithmetic == Arithmetic::Single; }
  double round(double value) const {
    return isSingle() ? static_cast<float>(value) : value;
  }

  /// The synapse at the beginning.
  Frame makeSynapse(double weight) const;
  /// Names of states, the weight first, and their slots.
  llvm::ArrayRef<std::pair<std::string, unsigned>> getStates() const {
    return states;
  }

  enum class Place { Pre, Post, Host, Modulator };
  struct Read {
    Place place;
    unsigned modulator; // its number
    unsigned field;     // slot in the cell's frame
    unsigned slot;      // in the synapse's
  };
  llvm::ArrayRef<Read> getReads() const { return reads; }

  struct Bound {
    unsigned state;
    double low, high;
  };
  struct Handler {
    std::unique_ptr<Code> code;
    bool sends = false;
    llvm::SmallVector<Bound, 2> bounds; // of what it changes
  };
  /// Of a spike of the source or the target; null if nothing happens.
  const Handler *of(spiking::Event spike) const {
    return ofSpikes[unsigned(spike)].get();
  }
  /// What is done at whole periods, in order; periods in steps.
  using Periodic = std::pair<uint64_t, std::unique_ptr<Handler>>;
  llvm::ArrayRef<Periodic> getPeriodic() const { return periodic; }

  /// Of each state that sums one of the synapses onto a target, in the target's
  /// follower, or of a source, in each of them.
  struct Sum {
    unsigned of, into; // slots
  };
  llvm::ArrayRef<Sum> getIncoming() const { return incoming; }
  llvm::ArrayRef<Sum> getOutgoing() const { return outgoing; }

  /// The slot by which a synapse asks for another source.
  std::optional<unsigned> getRewire() const { return rewire; }

  /// One step of the equations, where they are not solved.
  void integrate(Frame &synapse) const;
  /// An event, `steps` after the last one: states advance where they have a
  /// closed form, the handler runs, bounds hold. Returns what is sent.
  double handle(const Handler *handler, Frame &synapse, uint64_t steps) const;

private:
  void declare();
  void compileParts();
  void compileHandler(spiking::OnEventOp op);
  Access resolve(mlir::Operation *op);
  Access resolveCell(spiking::ReadOp read);
  std::unique_ptr<Code> compile(mlir::Region &region, Arithmetic how);
  void computeParams(spiking::PlasticOp plastic);

  struct Equation {
    unsigned state;
    std::unique_ptr<Code> derivative;
  };

  spiking::PlasticityOp rule;
  Surroundings cells;
  Run run;
  Functions &functions;
  Arithmetic arithmetic;
  std::map<std::string, unsigned> slots;
  std::vector<std::pair<std::string, unsigned>> states;
  std::vector<Read> reads;
  std::vector<Equation> equations;
  std::unique_ptr<Code> elapse;
  std::unique_ptr<Handler> ofSpikes[2]; // by event
  std::vector<Periodic> periodic;
  std::vector<Sum> incoming, outgoing;
  std::optional<unsigned> rewire;
  Frame initial;
  unsigned numSlots = 0, stepSlot = 0, sentSlot = 0;
  spiking::ReadOp unknown; // the first read that has no slot
};

} // namespace snn::interpreter

#endif // SNN_COMPILER_INTERPRETER_RULE_H
