//===- Rules.h - Who is connected to whom -----------------------*- C++ -*-===//
//
// Rules that draw rows say how many edges a row has, and, by its number alone,
// to which targets they go; so a row whose number is known can be made again at
// any time. The others go through the sources and tiles that are wanted, fill
// in the targets of each row and finish it. False: stop.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_RULES_H
#define SNN_RUNTIME_CONNECTIVITY_RULES_H

#include "runtime/lib/Connectivity/RowMaker.h"

namespace snn::runtime {

/// Takes the number of edges of a row that has some; false stops.
using CountConsumer = bool (*)(void *context, const RowCount &row);

/// Rows of sources in tiles, in any order that ascends in the sources of a
/// tile, or in the tiles of a source.
using CountRows = bool (*)(const Connectivity &network, Range sources,
                           Range tiles, CountConsumer consumer, void *context);
/// The targets (indices in the slice) of positions 0, 1, ... of a row; `out`
/// has room for three more.
using FillTargets = void (*)(const Connectivity &network, const RowCount &row,
                             uint32_t *out);

struct DrawnRule {
  CountRows countRows;
  FillTargets fillTargets;
};

extern const DrawnRule ruleOfProbability, ruleOfInDegree, ruleOfOutDegree,
    ruleOfTotal;

bool connectOneToOne(RowMaker &rows, Range sources);
bool connectAllToAll(RowMaker &rows, Range sources);
bool connectByList(RowMaker &rows, Range sources);
bool connectByConvolution(RowMaker &rows, Range sources);
/// Where each pair has a probability of its own.
bool connectByPlace(RowMaker &rows, Range sources);
/// Where each target draws its own sources.
bool connectTargets(RowMaker &rows, Range sources);

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_RULES_H
