//===- Ops.td - Operations of the core dialect -------------*- tablegen -*-===//
//
// All of them, for one run of the generator; they are written by topic.
//
//===----------------------------------------------------------------------===//
#ifndef CORE_OPS_TD
#define CORE_OPS_TD

include "dialects/Core/IR/Cores.td"

#endif // CORE_OPS_TD
