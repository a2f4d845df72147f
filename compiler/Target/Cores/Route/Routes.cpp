//===- Routes.cpp - Ways over the mesh --------------------------*- C++ -*-===//
//
// The union of XY ways is one stretch along the source's row, and from it one
// stretch up and one down in each column that has a destination.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Route/Routes.h"

#include <algorithm>

using namespace snn::target::cores;

/// Appends the links from `at` straight on until `end`, which is returned.
static Router appendStraight(const Mesh &mesh, Router at, Router end,
                             Direction direction, std::vector<Link> &links) {
  for (; at != end; at = mesh.next(at, direction))
    links.push_back(4 * at + direction);
  return end;
}

void snn::target::cores::appendUnicast(const Mesh &mesh, Router from, Router to,
                                       std::vector<Link> &links) {
  Router corner = mesh.at(mesh.x(to), mesh.y(from));
  appendStraight(mesh, from, corner, mesh.x(to) > mesh.x(from) ? East : West,
                 links);
  appendStraight(mesh, corner, to, mesh.y(to) > mesh.y(from) ? South : North,
                 links);
}

namespace {
/// How far a tree goes up and down in each column, and left and right.
class Extent {
public:
  Extent(const Mesh &mesh, Router from, std::span<const Router> to)
      : left(mesh.x(from)), right(left), y(mesh.y(from)) {
    for (Router router : to) {
      left = std::min(left, mesh.x(router));
      right = std::max(right, mesh.x(router));
    }
    if (right - left >= Room) {
      many.assign(2 * uint64_t{right - left + 1}, y);
      ends = many.data();
    } else {
      std::fill_n(few, 2 * (right - left + 1), y);
    }
    for (Router router : to) {
      uint32_t *column = &ends[2 * (mesh.x(router) - left)];
      column[0] = std::min(column[0], mesh.y(router));
      column[1] = std::max(column[1], mesh.y(router));
    }
  }
  Extent(const Extent &) = delete;
  Extent &operator=(const Extent &) = delete;

  uint32_t north(uint32_t x) const { return ends[2 * (x - left)]; }
  uint32_t south(uint32_t x) const { return ends[2 * (x - left) + 1]; }

  uint32_t left, right, y;

private:
  static constexpr uint32_t Room = 64; // most meshes need no allocation
  uint32_t few[2 * Room];
  std::vector<uint32_t> many;
  uint32_t *ends = few;
};
} // namespace

void snn::target::cores::appendMulticast(const Mesh &mesh, Router from,
                                         std::span<const Router> to,
                                         std::vector<Link> &links) {
  Extent extent(mesh, from, to);
  appendStraight(mesh, from, mesh.at(extent.right, extent.y), East, links);
  appendStraight(mesh, from, mesh.at(extent.left, extent.y), West, links);
  for (uint32_t x = extent.left; x <= extent.right; ++x) {
    Router trunk = mesh.at(x, extent.y);
    appendStraight(mesh, trunk, mesh.at(x, extent.south(x)), South, links);
    appendStraight(mesh, trunk, mesh.at(x, extent.north(x)), North, links);
  }
}

uint32_t snn::target::cores::countMulticast(const Mesh &mesh, Router from,
                                            std::span<const Router> to) {
  Extent extent(mesh, from, to);
  uint32_t count = extent.right - extent.left;
  for (uint32_t x = extent.left; x <= extent.right; ++x)
    count += extent.south(x) - extent.north(x);
  return count;
}

void FlowLinks::findEnds(uint32_t flow) {
  ends.clear();
  for (uint32_t core : traffic.to(flow))
    ends.push_back(router[core]);
}

std::span<const Link> FlowLinks::list(uint32_t flow) {
  Router from = router[traffic.from(flow)];
  findEnds(flow);
  links.clear();
  if (cast == Cast::Multicast)
    appendMulticast(mesh, from, ends, links);
  else
    for (Router end : ends)
      appendUnicast(mesh, from, end, links);
  return links;
}

uint32_t FlowLinks::count(uint32_t flow) {
  Router from = router[traffic.from(flow)];
  findEnds(flow);
  if (cast == Cast::Multicast)
    return countMulticast(mesh, from, ends);
  uint32_t count = 0;
  auto distance = [](uint32_t a, uint32_t b) { return a < b ? b - a : a - b; };
  for (Router end : ends)
    count += distance(mesh.x(from), mesh.x(end)) +
             distance(mesh.y(from), mesh.y(end));
  return count;
}

LinkLoads snn::target::cores::routeAll(const Mesh &mesh, const Traffic &traffic,
                                       std::span<const Router> router,
                                       Cast cast) {
  LinkLoads loads;
  loads.load.resize(mesh.numLinks());
  FlowLinks flows(mesh, traffic, router, cast);
  double least = 0;
  for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow) {
    std::span<const Link> links = flows.list(flow);
    for (Link link : links)
      loads.load[link] += traffic.rate(flow);
    loads.hops += traffic.rate(flow) * static_cast<double>(links.size());

    // The source's own router has room for some of the destinations; d other
    // routers take at least d links.
    uint64_t numEnds = traffic.to(flow).size() + 1;
    uint64_t numRouters =
        (numEnds + mesh.coresPerRouter - 1) / mesh.coresPerRouter;
    least += traffic.rate(flow) * static_cast<double>(numRouters - 1);
  }
  loads.hopsBound = least;

  std::vector<double> sorted;
  for (Link link = 0; link < mesh.numLinks(); ++link)
    if (mesh.exists(link))
      sorted.push_back(loads.load[link]);
  std::sort(sorted.begin(), sorted.end());
  if (!sorted.empty()) {
    loads.largest = sorted.back();
    loads.p99 = sorted[(sorted.size() - 1) * 99 / 100];
    loads.largestBound = loads.hops / static_cast<double>(sorted.size());
  }
  return loads;
}
