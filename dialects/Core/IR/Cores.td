//===- Cores.td - What is on the cores ---------------------*- tablegen -*-===//
//
// What the steps of the mapping decide.
//
//===----------------------------------------------------------------------===//
#ifndef CORE_CORES_TD
#define CORE_CORES_TD

include "dialects/Core/IR/Network.td"

def Core_BoundOp : Core_Op<"bound", [HasParent<"NetworkOp">]> {
  let summary = "The fewest cores that a resource by itself demands";
  let description = [{
    ```mlir
    core.bound "axons" cores 3
    ```
  }];
  let arguments = (ins StrAttr:$resource, Core_Integer:$cores);
  let assemblyFormat = "$resource `cores` $cores attr-dict";
}

def Core_CoreOp : Core_Op<"core", [
    IsolatedFromAbove, SingleBlock, NoTerminator, NoRegionArguments,
    HasParent<"NetworkOp">]> {
  let summary = "A core, and what is on it";
  let description = [{
    `at` is the column and the row of its router, and its seat there. `axons`
    and `synapses` are counted by type; `synapses` are those of the memory,
    where each copy of a target has its own. `routes` are those of the core's
    neurons, `bits` those of its synapse memory.

    Errors: cores that are not numbered from 0; see `core.network` for limits.

    ```mlir
    core.core 0 at [3, 1, 0] axons [12, 4] routes 16 synapses [40, 9] bits 49 {
      core.slots @E [0 to 15] from 0
    }
    ```
  }];
  let arguments = (ins Core_Integer:$number, OptionalAttr<DenseI64ArrayAttr>:$at,
                       OptionalAttr<DenseI64ArrayAttr>:$axons,
                       OptionalAttr<Core_Integer>:$routes,
                       OptionalAttr<DenseI64ArrayAttr>:$synapses,
                       OptionalAttr<Core_Integer>:$bits);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $number (`at` $at^)? (`axons` $axons^)? (`routes` $routes^)?
    (`synapses` $synapses^)? (`bits` $bits^)? attr-dict-with-keyword $body
  }];
  let skipDefaultBuilders = 1;
  let builders = [OpBuilder<(ins "int64_t":$number)>];
}

def Core_SlotsOp : Core_Op<"slots", [
    HasParent<"CoreOp">,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "Neurons of a population that are on this core";
  let description = [{
    Ranges of neurons, both ends included, ascending; or of lines, where an axon
    belongs to a slot. They lie in consecutive slots, each neuron followed by
    its copies, from the slot `from` of the core on.

    Errors: what is not there; ranges that do not ascend; slots that are not
    those that the former leave free.

    ```mlir
    core.slots @E [0 to 3, 7] from 0
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$population,
                       DenseI64ArrayAttr:$neurons,
                       OptionalAttr<Core_Integer>:$from);
  let assemblyFormat = [{
    $population custom<Ranges>($neurons) (`from` $from^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Of the neurons; copies are not counted.
    int64_t countNeurons();
  }];
}

#endif // CORE_CORES_TD
