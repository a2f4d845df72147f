//===- Enumerate.cpp - snn/network.h --------------------------------------===//
//
// Rows taken apart again, with indices of populations and weights in units.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Connectivity.h"

#include "runtime/lib/Math/Bits.h"
#include "snn/network.h"

using namespace snn::runtime;

namespace {

struct Visit {
  const Connectivity &connectivity;
  snn_edge_fn edge;
  void *context;
  double unit;
  int32_t stopped = 0;
};

double weightOf(const Visit &visit, const Row &row, uint32_t j) {
  const Connectivity &network = visit.connectivity;
  switch (network.projection().weight_element) {
  case SNN_I32:
    return visit.unit * (row.weights
                             ? static_cast<const int32_t *>(row.weights)[j]
                             : static_cast<double>(network.constantWeight()));
  case SNN_I64:
    return visit.unit * static_cast<double>(
                            row.weights
                                ? static_cast<const int64_t *>(row.weights)[j]
                                : network.constantWeight());
  case SNN_F32:
    return row.weights ? static_cast<const float *>(row.weights)[j]
                       : static_cast<float>(network.constantRealWeight());
  default:
    return row.weights ? static_cast<const double *>(row.weights)[j]
                       : network.constantRealWeight();
  }
}

bool visitRow(void *context, const Row &row) {
  auto &visit = *static_cast<Visit *>(context);
  const snn_slice &slice = visit.connectivity.projection().source;
  auto source = static_cast<uint32_t>(slice.first + row.source * slice.stride);
  uint32_t j = 0;
  for (uint32_t s = 0; s < row.numSegments; ++s)
    for (; j < row.segments[s].end; ++j) {
      visit.stopped =
          visit.edge(visit.context, source, row.targets[j],
                     weightOf(visit, row, j), row.segments[s].steps);
      if (visit.stopped != 0)
        return false;
    }
  return true;
}

} // namespace

int32_t snn_enumerate_edges(const snn_projection *projection, double step,
                            uint64_t seed, snn_edge_fn edge, void *context,
                            snn_error *error) {
  Error own = {};
  Error &reason = error ? *error : own;
  QuantileShelf shelf;
  Connectivity connectivity;
  if (!connectivity.create(*projection, step, seed, shelf, reason))
    return reason.status;
  Visit visit = {connectivity, edge, context, projection->grid};
  if (!connectivity.forEachRow({0, connectivity.numSources()},
                               {0, connectivity.numTargets()}, visitRow, &visit,
                               reason))
    return visit.stopped ? visit.stopped : reason.status;
  return 0;
}

int32_t snn_count_edges(const snn_projection *projection, double step,
                        uint64_t seed, double *expected, snn_error *error) {
  Error own = {};
  Error &reason = error ? *error : own;
  QuantileShelf shelf;
  Connectivity connectivity;
  if (!connectivity.create(*projection, step, seed, shelf, reason))
    return reason.status;
  *expected = connectivity.expectedEdges();
  return 0;
}
