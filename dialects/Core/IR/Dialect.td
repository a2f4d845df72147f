//===- Dialect.td - The core dialect -----------------------*- tablegen -*-===//
//
// A network in the numbers of a chip, on its way to the chip's cores.
//
//===----------------------------------------------------------------------===//
#ifndef CORE_DIALECT_TD
#define CORE_DIALECT_TD

include "mlir/IR/OpBase.td"

def Core_Dialect : Dialect {
  let name = "core";
  let cppNamespace = "::snn::core";
  let summary = "A network on the cores of a chip";
  let description = [{
    A `core.network` is one experiment for one chip: what the chip can hold,
    populations with the numbers that the chip will hold of each neuron, lines
    by which spikes come in, synapses. There are no equations and no units left:
    what a neuron does is the chip's program, times are ticks.

    What is decided of it stands at the operation that it is about, and what has
    not been decided is not there:

    | step      | decides                                                      |
    |-----------|--------------------------------------------------------------|
    | partition | `core.core` with the neurons on it; `copies` of neurons that send to more axons than one neuron may |
    | place     | `at`: the router of each core, and the seat at it            |
    | route     | `axons` of each core, `routes` of each neuron and line       |
    | allocate  | `from`: slots; `synapses` and `bits` of each core            |

    Verifiers hold every limit that can be told from what is there.
  }];
}

class Core_Op<string mnemonic, list<Trait> traits = []>
    : Op<Core_Dialect, mnemonic, traits>;

#endif // CORE_DIALECT_TD
