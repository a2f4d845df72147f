//===- Rules.h - Who is connected to whom -----------------------*- C++ -*-===//
//
// One function a rule: it goes through the sources and tiles that are wanted,
// fills in the targets of each row and finishes it. False: stop.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_RULES_H
#define SNN_RUNTIME_CONNECTIVITY_RULES_H

#include "runtime/lib/Connectivity/RowMaker.h"

namespace snn::runtime {

using Rule = bool (*)(RowMaker &rows, Range sources);

bool connectOneToOne(RowMaker &rows, Range sources);
bool connectAllToAll(RowMaker &rows, Range sources);
bool connectByProbability(RowMaker &rows, Range sources);
bool connectByInDegree(RowMaker &rows, Range sources);
bool connectByOutDegree(RowMaker &rows, Range sources);
bool connectByTotal(RowMaker &rows, Range sources);
bool connectByList(RowMaker &rows, Range sources);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_RULES_H
