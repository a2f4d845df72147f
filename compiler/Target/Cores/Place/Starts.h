//===- Starts.h - Placements to start from ----------------------*- C++ -*-===//
//
// Cores are laid out within the smallest region of the mesh, near a square,
// that has room for them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PLACE_STARTS_H
#define SNN_COMPILER_TARGET_CORES_PLACE_STARTS_H

#include "compiler/Target/Cores/Route/Mesh.h"
#include "compiler/Target/Cores/Route/Traffic.h"

namespace snn::target::cores {

/// The region: columns 0 .. width - 1 and rows 0 .. height - 1 of a mesh.
struct Region {
  Region(const Mesh &mesh, uint32_t numCores);

  uint32_t width, height;
};

/// Cores in the order of their numbers, row by row.
std::vector<Router> startByRows(const Mesh &mesh, const Traffic &traffic);

/// Cores in the order of their numbers along Hilbert's curve.
std::vector<Router> startByHilbert(const Mesh &mesh, const Traffic &traffic);

/// Columns by the second eigenvector of the traffic's Laplacian, rows within a
/// column by the third (Hall 1970). Empty beyond MostSpectral cores.
std::vector<Router> startBySpectrum(const Mesh &mesh, const Traffic &traffic);
constexpr uint32_t MostSpectral = 2048;

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PLACE_STARTS_H
