//===- OneToOne.cpp - The rule one_to_one ---------------------------------===//
//
// Source i has the one target i; that is also the number of the edge.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Rules.h"

using namespace snn::runtime;

bool snn::runtime::connectOneToOne(RowMaker &rows, Range sources) {
  const Connectivity &network = rows.connectivity();
  uint64_t begin =
      sources.begin > rows.wanted().begin ? sources.begin : rows.wanted().begin;
  uint64_t end =
      sources.end < rows.wanted().end ? sources.end : rows.wanted().end;
  uint32_t *targets = rows.targetsOfRow(1);
  uint64_t *edges = rows.edgesOfRow(1);
  if (!targets || !edges)
    return false;
  for (uint64_t i = begin; i < end; ++i) {
    targets[0] = static_cast<uint32_t>(i);
    edges[0] = i;
    if (!rows.finishListed(static_cast<uint32_t>(i),
                           static_cast<uint32_t>(network.tiles().tileOf(i)), 1))
      return false;
  }
  return true;
}
