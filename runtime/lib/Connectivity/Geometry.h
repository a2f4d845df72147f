//===- Geometry.h - Where neurons of a projection lie -----------*- C++ -*-===//
//
// Distances between sources and targets, and what depends on them. A place is a
// function of the model: nothing here is drawn, and nothing depends on who
// asks.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_GEOMETRY_H
#define SNN_RUNTIME_CONNECTIVITY_GEOMETRY_H

#include "runtime/lib/Core/Buffer.h"
#include "snn/abi.h"

namespace snn::runtime {

/// Indices of neurons are those in the slices of the projection.
class Geometry {
public:
  /// The projection must outlive this object.
  void create(const snn_projection &projection);

  /// A function of the geometry for one pair.
  double evaluate(snn_place_fn function, uint64_t source,
                  uint64_t target) const;
  double distance(uint64_t source, uint64_t target) const;
  /// About what a pair is joined with; none where it is no probability.
  double probability(uint64_t source, uint64_t target) const;

  /// Tabulates the probability of every displacement there is, where that are
  /// fewer than pairs; without it, each pair is evaluated. False: no memory.
  [[nodiscard]] bool tabulate();
  bool hasTable() const { return !table.empty(); }
  /// The threshold of a pair is that at placeOfTarget() - placeOfSource().
  uint64_t placeOfSource(uint64_t source) const {
    return placeOf(definition->source, geometry->source, sourceUnits, source);
  }
  uint64_t placeOfTarget(uint64_t target) const {
    return middle +
           placeOf(definition->target, geometry->target, targetUnits, target);
  }
  uint32_t thresholdAt(uint64_t place) const { return table[place]; }

  /// A pair is joined if its word is below the threshold; the greatest one
  /// joins always. False if the probability is none.
  static bool thresholdOf(double probability, uint32_t &threshold);

private:
  struct Vector {
    double x[3];
  };
  using Indices = uint64_t[3];

  Vector displacement(const Indices &source, const Indices &target) const;
  double alongAxis(int axis, double steps) const;
  double ofUnits(int axis, uint64_t ahead, uint64_t behind) const;
  double evaluate(snn_place_fn function, const Vector &displacement) const;
  static double lengthOf(const Vector &displacement);
  static void split(const snn_slice &slice, const snn_lattice &lattice,
                    uint64_t index, Indices &indices);
  uint64_t placeOf(const snn_slice &slice, const snn_lattice &lattice,
                   const Indices &units, uint64_t index) const;

  const snn_projection *definition = nullptr;
  const snn_geometry *geometry = nullptr;
  // Spacings in whole multiples of one unit for both; zero where they are not.
  double unit[3] = {};
  Indices sourceUnits = {}, targetUnits = {};
  // The table: how far apart neighbours along an axis are in it, and the place
  // of displacement zero.
  Indices distanceInTable = {};
  uint64_t middle = 0;
  Buffer<uint32_t> table;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_GEOMETRY_H
