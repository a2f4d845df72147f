//===- Starts.cpp - Placements to start from --------------------*- C++ -*-===//
//
// Rows, Hilbert's curve, and eigenvectors by power iteration.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Place/Starts.h"

#include "compiler/Target/Cores/Partition/Random.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

using namespace snn::target::cores;

Region::Region(const Mesh &mesh, uint32_t numCores) {
  uint32_t numRouters =
      (numCores + mesh.coresPerRouter - 1) / mesh.coresPerRouter;
  uint32_t side = 1;
  while (uint64_t{side} * side < numRouters)
    ++side;
  width = std::min(side, mesh.width);
  height = (numRouters + width - 1) / width;
  if (height > mesh.height) {
    height = mesh.height;
    width = (numRouters + height - 1) / height;
  }
}

/// Core i goes to the i-th slot of a list of routers.
static std::vector<Router> follow(const Mesh &mesh, const Traffic &traffic,
                                  const std::vector<Router> &way) {
  std::vector<Router> router(traffic.numCores());
  for (uint32_t core = 0; core < router.size(); ++core)
    router[core] = way[core / mesh.coresPerRouter];
  return router;
}

static std::vector<Router> listRegion(const Mesh &mesh, const Region &region) {
  std::vector<Router> way;
  for (uint32_t y = 0; y < region.height; ++y)
    for (uint32_t x = 0; x < region.width; ++x)
      way.push_back(mesh.at(x, y));
  return way;
}

std::vector<Router> snn::target::cores::startByRows(const Mesh &mesh,
                                                    const Traffic &traffic) {
  return follow(mesh, traffic,
                listRegion(mesh, Region(mesh, traffic.numCores())));
}

/// How far along Hilbert's curve through a square of side 2^k a point is.
static uint64_t hilbertIndex(uint32_t side, uint32_t x, uint32_t y) {
  uint64_t index = 0;
  for (uint32_t s = side / 2; s > 0; s /= 2) {
    bool right = x & s, down = y & s;
    index += uint64_t{s} * s * ((3 * right) ^ down);
    if (!down) { // turn the quarter so that its curve joins
      if (right) {
        x = s - 1 - (x & (s - 1));
        y = s - 1 - (y & (s - 1));
      }
      std::swap(x, y);
    }
    x &= s - 1;
    y &= s - 1;
  }
  return index;
}

std::vector<Router> snn::target::cores::startByHilbert(const Mesh &mesh,
                                                       const Traffic &traffic) {
  Region region(mesh, traffic.numCores());
  uint32_t side = std::bit_ceil(std::max(region.width, region.height));
  std::vector<Router> way = listRegion(mesh, region);
  auto indexOf = [&](Router router) {
    return hilbertIndex(side, mesh.x(router), mesh.y(router));
  };
  std::ranges::sort(way, {}, indexOf);
  return follow(mesh, traffic, way);
}

namespace {
/// Eigenvectors of the smallest eigenvalues of the Laplacian, found as those of
/// the largest ones of `shift - Laplacian`.
class Spectrum {
public:
  explicit Spectrum(const Traffic &traffic);

  /// The next one: orthogonal to all before, the first to the constant vector.
  const std::vector<double> &next(Random &random);

private:
  static constexpr int Iterations = 300;

  void orthogonalize(std::vector<double> &vector) const;

  uint32_t size;
  std::vector<double> matrix; // shift - Laplacian
  std::vector<std::vector<double>> found;
};
} // namespace

Spectrum::Spectrum(const Traffic &traffic)
    : size(traffic.numCores()), matrix(uint64_t{size} * size) {
  for (uint32_t flow = 0; flow < traffic.numFlows(); ++flow)
    for (uint32_t to : traffic.to(flow)) {
      uint64_t a = traffic.from(flow), b = to;
      auto weight = static_cast<double>(traffic.weight(flow));
      matrix[a * size + b] += weight;
      matrix[b * size + a] += weight;
    }
  double shift = 0;
  std::vector<double> degrees(size);
  for (uint64_t i = 0; i < size; ++i) {
    degrees[i] =
        std::accumulate(&matrix[i * size], &matrix[i * size] + size, 0.0);
    shift = std::max(shift, 2 * degrees[i]); // Gershgorin
  }
  for (uint64_t i = 0; i < size; ++i)
    matrix[i * size + i] += shift - degrees[i];
  found.emplace_back(size, 1 / std::sqrt(static_cast<double>(size)));
}

void Spectrum::orthogonalize(std::vector<double> &vector) const {
  for (const std::vector<double> &other : found) {
    double along =
        std::inner_product(vector.begin(), vector.end(), other.begin(), 0.0);
    for (uint32_t i = 0; i < size; ++i)
      vector[i] -= along * other[i];
  }
  double length = std::sqrt(
      std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
  if (length > 0)
    for (double &value : vector)
      value /= length;
}

const std::vector<double> &Spectrum::next(Random &random) {
  std::vector<double> vector(size), product(size);
  for (double &value : vector)
    value = random.unit() - 0.5;
  orthogonalize(vector);
  for (int i = 0; i < Iterations; ++i) {
    for (uint64_t row = 0; row < size; ++row)
      product[row] = std::inner_product(vector.begin(), vector.end(),
                                        &matrix[row * size], 0.0);
    std::swap(vector, product);
    orthogonalize(vector);
  }
  return found.emplace_back(std::move(vector));
}

std::vector<Router>
snn::target::cores::startBySpectrum(const Mesh &mesh, const Traffic &traffic) {
  uint32_t numCores = traffic.numCores();
  if (numCores > MostSpectral || numCores == 0)
    return {};
  Random random(0);
  Spectrum spectrum(traffic);
  std::vector<double> second = spectrum.next(random);
  std::vector<double> third = spectrum.next(random);

  std::vector<uint32_t> order(numCores);
  std::iota(order.begin(), order.end(), 0);
  auto orderBy = [&](auto begin, auto end, const std::vector<double> &key) {
    std::sort(begin, end, [&](uint32_t a, uint32_t b) {
      return key[a] != key[b] ? key[a] < key[b] : a < b;
    });
  };
  orderBy(order.begin(), order.end(), second);

  Region region(mesh, numCores);
  std::vector<Router> router(numCores);
  uint32_t perColumn = region.height * mesh.coresPerRouter;
  for (uint32_t begin = 0; begin < numCores; begin += perColumn) {
    uint32_t end = std::min(begin + perColumn, numCores);
    orderBy(order.begin() + begin, order.begin() + end, third);
    for (uint32_t i = begin; i < end; ++i)
      router[order[i]] =
          mesh.at(begin / perColumn, (i - begin) / mesh.coresPerRouter);
  }
  return router;
}
