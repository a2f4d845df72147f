//===- Additive.h - Handlers that only add ----------------------*- C++ -*-===//
//
// Where a port's handler does x += c*w alone, with c constant in time, running
// it once with the sum of the weights is running it for each of them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_DIALECTS_SPIKING_ANALYSIS_ADDITIVE_H
#define SNN_DIALECTS_SPIKING_ANALYSIS_ADDITIVE_H

#include "dialects/Spiking/IR/Ops.h"

namespace snn::spiking {

bool isAdditive(PortOp port);

} // namespace snn::spiking

#endif // SNN_DIALECTS_SPIKING_ANALYSIS_ADDITIVE_H
