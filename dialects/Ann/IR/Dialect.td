//===- Dialect.td - The ann dialect ------------------------*- tablegen -*-===//
//
// An imported artificial neural network: operators on tensors of static shape.
//
//===----------------------------------------------------------------------===//
#ifndef ANN_DIALECT_TD
#define ANN_DIALECT_TD

include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Ann_Dialect : Dialect {
  let name = "ann";
  let cppNamespace = "::snn::ann";
  let summary = "Imported networks: operators on tensors of static shape";
  let description = [{
    An `ann.network` is a graph of operators. It has four forms, and passes that
    lead from one to the next; only the last one knows time:

    | form      | values                                                      |
    |-----------|-------------------------------------------------------------|
    | float     | f32 tensors                                                 |
    | simulated | f32 tensors, where activations and weights went through `ann.quantize` and `ann.dequantize` |
    | integer   | i32 tensors: counts of spikes and sums of weighted counts   |
    | rate      | the same, in an `ann.window` whose units fire step by step  |

    The integer form is what a spiking network computes exactly.
  }];
  let hasConstantMaterializer = 1;
}

/// Reals, or whole numbers; nothing else is computed with.
def Ann_Tensor : StaticShapeTensorOf<[F32, I32]>;
def Ann_Reals : StaticShapeTensorOf<[F32]>;
def Ann_Whole : StaticShapeTensorOf<[I32]>;

class Ann_Op<string mnemonic, list<Trait> traits = []>
    : Op<Ann_Dialect, mnemonic, traits>;

/// An operator whose result's shape follows from operands and attributes.
class Ann_Shaped<string mnemonic, list<Trait> traits = []>
    : Ann_Op<mnemonic, !listconcat(
          [Pure, DeclareOpInterfaceMethods<InferTypeOpInterface>], traits)>;

#endif // ANN_DIALECT_TD
