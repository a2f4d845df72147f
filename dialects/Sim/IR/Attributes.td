//===- Attributes.td - Attributes of the sim dialect -------*- tablegen -*-===//
//
// Values, rules and slices are those of the spiking dialect.
//
//===----------------------------------------------------------------------===//
#ifndef SIM_ATTRIBUTES_TD
#define SIM_ATTRIBUTES_TD

include "dialects/Sim/IR/Dialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

def Sim_Role : I32EnumAttr<"Role", "what a field is for", [
      I32EnumAttrCase<"State", 0, "state">,
      I32EnumAttrCase<"Derived", 1, "derived">,
      I32EnumAttrCase<"Sum", 2, "sum">,
      I32EnumAttrCase<"Countdown", 3, "countdown">,
      I32EnumAttrCase<"Observer", 4, "observer">,
    ]> {
  let cppNamespace = "::snn::sim";
  let genSpecializedAttr = 0;
}

def Sim_RoleAttr : EnumAttr<Sim_Dialect, Sim_Role, "role"> {
  let summary = "What a field is for";
  let description = [{
    | role        | element    | holds                                         |
    |-------------|------------|-----------------------------------------------|
    | `state`     | f32, f64   | a state of the equations                      |
    | `derived`   | f32, f64   | a constant that differs between neurons       |
    | `sum`       | i64, i32   | what arrived at a port, in units of its grid |
    | `countdown` | i32        | steps of refractoriness left                  |
    | `observer`  | f32, f64   | recomputed by `sim.observe`, for recording    |
  }];
  let assemblyFormat = "$value";
}

#endif // SIM_ATTRIBUTES_TD
