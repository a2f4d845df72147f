//===- Nets.h - Networks that partitioners are compared on ------*- C++ -*-===//
//
// Networks of the literature on mapping, as hypergraphs with one resource, the
// slot of a neuron.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_BENCH_PARTITION_NETS_H
#define SNN_BENCH_PARTITION_NETS_H

#include "compiler/Target/Cores/Partition/Hypergraph.h"

namespace snn::bench {

/// Dense layers of 784, 256, 256 and 10 neurons; all fire alike.
target::cores::Hypergraph makeDense();

/// The network for N-MNIST that the paper of NIR shares (Pedersen et al. 2024),
/// unrolled: two layers of 16 x 16 x 16 (3 x 3 kernels), pooling, 8 x 8 x 8,
/// pooling, 256, 10. Pooling layers are joined into the next connections.
target::cores::Hypergraph makeConvolutional();

/// 100 x 100 neurons on a plane in random order, each with 52 targets on
/// average: probability 0.36 exp(-d^2/(2 s^2)), s = 5.
target::cores::Hypergraph makeLocal();

/// The cortical microcircuit (Potjans & Diesmann 2014), each population and its
/// inputs scaled; neurons fire at the published rates.
target::cores::Hypergraph makeMicrocircuit(double scale);

/// `numNeurons` neurons with `fanOut` targets each, near by in a ring of random
/// order, for measures of time.
target::cores::Hypergraph makeRing(uint32_t numNeurons, uint32_t fanOut);

} // namespace snn::bench

#endif // SNN_BENCH_PARTITION_NETS_H
