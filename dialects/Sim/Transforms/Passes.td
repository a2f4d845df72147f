//===- Passes.td - Passes of the sim dialect ---------------*- tablegen -*-===//
//
// The passes from scalar kernels to vector code, in the order they run.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD
#define SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def SimExpandMath : Pass<"sim-expand-math"> {
  let summary = "Expand exp, log, tanh and the like into arithmetic";
  let description = [{
    Before: `math` operations on f32, f64 and vectors of them. After: `arith`
    and, of `math`, only `absf`, `copysign` and `sqrt`, which are one
    instruction each. The result has the same bits on every CPU and at every
    vector width, and calls no library. It is accurate to 1 ulp for `exp` and
    `log` and to a few for the others (the tests measure it).

    ```mlir
    %y = math.exp %x : vector<16xf32>
    ```
    becomes a range reduction, a polynomial of degree 6 and an addition to the
    exponent.

    An operation without an expansion is an error.
  }];
  let statistics = [
    Statistic<"numExpanded", "num-expanded", "Operations replaced">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

#endif // SNN_DIALECTS_SIM_TRANSFORMS_PASSES_TD
