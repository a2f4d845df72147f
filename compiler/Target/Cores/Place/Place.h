//===- Place.h - Which core goes where --------------------------*- C++ -*-===//
//
// Gives each core of a partition a router of a mesh, such that messages go few
// links and no link is crowded: minimises hops + beta * (largest load of a
// link), hops being those of the multicast trees (or of unicast ways, where the
// chip has no multicast). Starts along a Hilbert curve and by spectral order,
// then anneals; the best is kept. Deterministic for a seed.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PLACE_PLACE_H
#define SNN_COMPILER_TARGET_CORES_PLACE_PLACE_H

#include "compiler/Target/Cores/Route/Routes.h"

#include <optional>

namespace snn::target::cores {

struct PlaceOptions {
  uint64_t seed = 1;
  /// 0: the best start alone; 1: the usual; more anneals as many times longer.
  uint32_t effort = 1;
  Cast cast = Cast::Multicast;
  /// What one spike over the busiest link costs, in hops.
  uint32_t beta = 1;
};

struct Placement {
  std::vector<Router>
      router;             // of each core; none has more than the mesh allows
  int64_t cost = 0;       // in weights of Traffic
  const char *start = ""; // "row by row", "Hilbert", "spectral"
};

/// Empty if the mesh has fewer cores than the traffic.
std::optional<Placement> place(const Mesh &mesh, const Traffic &traffic,
                               const PlaceOptions &options = {});

/// The cost of any placement, computed from nothing else.
int64_t placementCost(const Mesh &mesh, const Traffic &traffic,
                      std::span<const Router> router,
                      const PlaceOptions &options);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PLACE_PLACE_H
