//===- Metis.h - The peer: METIS --------------------------------*- C++ -*-===//
//
// What a partitioner of graphs makes of the same network, which cuts few
// synapses instead of sending few messages.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_BENCH_PARTITION_METIS_H
#define SNN_BENCH_PARTITION_METIS_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"

namespace snn::bench {

/// Edges weigh what their source fires; parts are as equal as METIS can. Empty
/// if the benchmark was built without METIS.
std::vector<uint32_t> partitionByMetis(const target::cores::Hypergraph &network,
                                       uint32_t numParts, uint64_t capacity);

} // namespace snn::bench

#endif // SNN_BENCH_PARTITION_METIS_H
