//===- Routes.h - Ways over the mesh ----------------------------*- C++ -*-===//
//
// XY routing: a message goes along its row to the column of its destination,
// then along that column. A multicast message takes the union of those ways,
// which is a tree; each of its links is used once.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ROUTE_ROUTES_H
#define SNN_COMPILER_TARGET_CORES_ROUTE_ROUTES_H

#include "compiler/Target/Cores/Route/Mesh.h"
#include "compiler/Target/Cores/Route/Traffic.h"

namespace snn::target::cores {

enum class Cast { Unicast, Multicast };

/// The links from one router to another, in the order of the way.
void appendUnicast(const Mesh &mesh, Router from, Router to,
                   std::vector<Link> &links);

/// The links of the multicast tree to any routers, in an order in which each
/// link starts where one before it, or `from`, ends.
void appendMulticast(const Mesh &mesh, Router from, std::span<const Router> to,
                     std::vector<Link> &links);

/// How many links that tree has; much faster.
uint32_t countMulticast(const Mesh &mesh, Router from,
                        std::span<const Router> to);

/// The links of flows, where `router` has the place of each core; it may change
/// between calls, not its size.
class FlowLinks {
public:
  FlowLinks(const Mesh &mesh, const Traffic &traffic,
            std::span<const Router> router, Cast cast)
      : mesh(mesh), traffic(traffic), router(router), cast(cast) {}

  /// Those that a spike of the flow takes, one by one: with unicast, a link
  /// stands there for each message. Until the next call.
  std::span<const Link> list(uint32_t flow);

  /// How many they are; much faster.
  uint32_t count(uint32_t flow);

private:
  void findEnds(uint32_t flow);

  const Mesh &mesh;
  const Traffic &traffic;
  std::span<const Router> router;
  Cast cast;
  std::vector<Router> ends;
  std::vector<Link> links;
};

struct LinkLoads {
  std::vector<double> load;    // of each Link, in units of the rates
  double hops = 0;             // their sum
  double largest = 0, p99 = 0; // of the links that exist
  /// Hops >= messages, and the largest load >= hops over links.
  double hopsBound = 0, largestBound = 0;
};

/// Loads of all links; `router` has the place of each core.
LinkLoads routeAll(const Mesh &mesh, const Traffic &traffic,
                   std::span<const Router> router, Cast cast);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ROUTE_ROUTES_H
