//===- Network.td - Neurons, lines and synapses in codes ---*- tablegen -*-===//
//
// What is to be mapped.
//
//===----------------------------------------------------------------------===//
#ifndef CORE_NETWORK_TD
#define CORE_NETWORK_TD

include "dialects/Core/IR/Chip.td"

def Core_NetworkOp : Core_Op<"network", [
    IsolatedFromAbove, SymbolTable, Symbol, SingleBlock, NoTerminator,
    NoRegionArguments]> {
  let summary = "An experiment's network, for one chip";
  let description = [{
    Neurons are numbered through all populations, in their order; sources are
    the neurons and then the lines of all inputs.

    `cores_bound` and `messages_bound` (messages between cores per spike) are
    what no partition can beat.

    Errors: not one chip; not one list of synapses; a synapse from or to what
    does not exist; a neuron on no core, or on two; a core outside of the mesh,
    or where another is; more of anything than a core has.

    ```mlir
    core.network @Single {
      core.chip @tinyodin words {} numbers {columns = 1, cores_per_router = 1, rows = 1} {
        core.register "v" in -2048 to 2047
        core.parameter "threshold" in 0 to 4095
      }
      core.population @E[2] state "V" scale 1.0 parameters {threshold = 20} initial {v = 0} spikes dense<1.0> : tensor<2xf64>
      core.synapses 1 list dense<[[0, 1, 5, 0, 0]]> : tensor<1x5xi32>
      core.core 0 at [0, 0, 0] {
        core.slots @E [0 to 1]
      }
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       OptionalAttr<Core_Integer>:$cores_bound,
                       OptionalAttr<F64Attr>:$messages_bound);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $sym_name (`bounds` `cores` $cores_bound^)?
    (`messages` custom<F64>($messages_bound)^)? attr-dict-with-keyword $body
  }];
  let hasRegionVerifier = 1;
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name)>];
  let extraClassDeclaration = [{
    ChipOp getChip();
    SynapsesOp getSynapses();
    /// Of all populations, of all inputs.
    int64_t countNeurons();
    int64_t countLines();
  }];
}

def Core_PopulationOp : Core_Op<"population", [
    Symbol, HasParent<"NetworkOp">]> {
  let summary = "Neurons, in the numbers of the chip";
  let description = [{
    | part         | of each neuron                                            |
    |--------------|-----------------------------------------------------------|
    | `parameters` | codes, by the chip's names; one number if all are equal   |
    | `initial`    | registers before the first tick, likewise                 |
    | `weights`    | of all: the weight of each type of axon, where the chip chooses by type |
    | `spikes`     | what it fires in the experiment, on this machine          |
    | `copies`     | slots that hold it; a copy sends to its share of the axons |
    | `routes`     | axons that its spikes go to                               |

    `state` is what the potential is called in the model, and `scale` how many
    units of the chip's potential are one (mV) of the model's.

    Errors: a parameter or register that the chip does not have, or that lacks;
    another number of values than neurons; a value that the chip does not hold.

    Source: thresholds, weights and biases of a population share one scale
    (`compiler/Target/Cores/Map/Quantize.h`).

    ```mlir
    core.population @E[2] state "V" scale 10.0 parameters {leak = 0, threshold = 100}
      initial {v = dense<[0, 7]> : tensor<2xi32>} spikes dense<0.0> : tensor<2xf64>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Core_Integer:$size, StrAttr:$state,
                       F64Attr:$scale, DictionaryAttr:$parameters,
                       DictionaryAttr:$initial,
                       OptionalAttr<DenseI64ArrayAttr>:$weights,
                       ElementsAttr:$spikes,
                       OptionalAttr<ElementsAttr>:$copies,
                       OptionalAttr<ElementsAttr>:$routes);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `state` $state `scale` custom<F64>($scale)
    `parameters` custom<Codes>($parameters, ref($size))
    `initial` custom<Codes>($initial, ref($size))
    (`weights` $weights^)? `spikes` $spikes (`copies` $copies^)?
    (`routes` $routes^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Core_InputOp : Core_Op<"input", [Symbol, HasParent<"NetworkOp">]> {
  let summary = "Lines by which spikes come from outside of the chip";
  let description = [{
    The neurons of a source, or the events of a drive. `spikes` and `routes` are
    those of each line.

    Error: another number of values than lines.

    ```mlir
    core.input @Train[2] spikes dense<[3.0, 1.0]> : tensor<2xf64>
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Core_Integer:$size,
                       ElementsAttr:$spikes,
                       OptionalAttr<ElementsAttr>:$routes);
  let assemblyFormat = [{
    $sym_name `` `[` $size `]` `spikes` $spikes (`routes` $routes^)? attr-dict
  }];
  let hasVerifier = 1;
}

def Core_SynapsesOp : Core_Op<"synapses", [HasParent<"NetworkOp">]> {
  let summary = "Who sends to whom, and with which weight";
  let description = [{
    Five numbers a synapse: source, target neuron, weight, type, and ticks
    beyond that of the next; sorted by source and target. The type is the axon's
    where weights come from a table (and the weight the table's), else the
    receptor.

    A network may have hundreds of millions of them. In memory, `rows` (of
    each source the first synapse, and the end) and `words` (the memory of the
    synapses, as it is) then stand in place of the list, and refer to memory that
    outlives the module. In a text, they may be left out: it can be read and
    verified, but nothing that looks at synapses can run.

    Errors: another number of synapses than is said; both forms at once; one
    that is not sorted.

    ```mlir
    core.synapses 2 list dense<[[0, 1, 5, 0, 0], [2, 0, -3, 0, 1]]> : tensor<2x5xi32>
    core.synapses 298880000
    ```
  }];
  let arguments = (ins Core_Integer:$number, OptionalAttr<ElementsAttr>:$list,
                       OptionalAttr<ElementsAttr>:$rows,
                       OptionalAttr<ElementsAttr>:$words);
  let assemblyFormat = [{
    $number (`list` $list^)? (`rows` $rows^)? (`words` $words^)? attr-dict
  }];
  let hasVerifier = 1;
}

#endif // CORE_NETWORK_TD
