//===- Mesh.h - Routers and links of a chip ---------------------*- C++ -*-===//
//
// A mesh of routers, each with a link to each neighbour and one or more cores.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_ROUTE_MESH_H
#define SNN_COMPILER_TARGET_CORES_ROUTE_MESH_H

#include <cstdint>

namespace snn::target::cores {

/// Routers are numbered row by row: y * width + x.
using Router = uint32_t;

/// A directed link: 4 * router + the direction in which it leaves.
using Link = uint32_t;
enum Direction : uint32_t { East, West, South, North }; // x+1, x-1, y+1, y-1

struct Mesh {
  uint32_t width = 1, height = 1;
  uint32_t coresPerRouter = 1;

  uint32_t numRouters() const { return width * height; }
  uint32_t numCores() const { return numRouters() * coresPerRouter; }
  /// Bounds every Link; links that would leave the mesh are never used.
  uint32_t numLinks() const { return 4 * numRouters(); }
  bool exists(Link link) const {
    Router router = link / 4;
    switch (static_cast<Direction>(link % 4)) {
    case East:
      return x(router) + 1 < width;
    case West:
      return x(router) > 0;
    case South:
      return y(router) + 1 < height;
    case North:
      break;
    }
    return y(router) > 0;
  }
  uint32_t x(Router router) const { return router % width; }
  uint32_t y(Router router) const { return router / width; }
  Router at(uint32_t x, uint32_t y) const { return y * width + x; }

  Router next(Router router, Direction direction) const {
    switch (direction) {
    case East:
      return router + 1;
    case West:
      return router - 1;
    case South:
      return router + width;
    case North:
      break;
    }
    return router - width;
  }
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_ROUTE_MESH_H
