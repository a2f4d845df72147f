//===- Dialect.td - The spiking dialect --------------------*- tablegen -*-===//
//
// The model as the scientist means it: neurons and synapses as equations and
// events, populations and projections as rules and distributions.
//
//===----------------------------------------------------------------------===//
#ifndef SPIKING_DIALECT_TD
#define SPIKING_DIALECT_TD

include "mlir/IR/OpBase.td"

def Spiking_Dialect : Dialect {
  let name = "spiking";
  let cppNamespace = "::snn::spiking";
  let summary = "Neurons, synapses, networks and experiments";
  let description = [{
    Models (`spiking.neuron`, `spiking.synapse`) hold their parameters, states,
    equations and event handlers as symbols with regions; a network
    (`spiking.network`) holds populations, projections and stimuli; an
    experiment (`spiking.experiment`) says how long to simulate and what to
    record.

    A value inside a region is an `f64` in internal units (ms, mV, pA and what
    follows from them: nS, pF, 1/ms), or an `i1` condition. Units stand on the
    declarations, as strings that `lang/Basic/Units` understands; the pass
    `spiking-verify-dimensions` derives those of every value in between.
    The README beside the dialect says why each operation is as it is.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
    "::mlir::scf::SCFDialect"
  ];
  let hasConstantMaterializer = 1; // Without it, no fold to a constant happens.
  let useDefaultAttributePrinterParser = 1;
  let extraClassDeclaration = [{
    void registerAttributes();
  }];
}

class Spiking_Op<string mnemonic, list<Trait> traits = []>
    : Op<Spiking_Dialect, mnemonic, traits>;

#endif // SPIKING_DIALECT_TD
