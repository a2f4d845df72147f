//===- Geometry.cpp - Where neurons of a projection lie -------------------===//
//
// Along an axis, source i and target j are
//
//   (origin of target - origin of source) + (j b - i a)
//
// apart, a and b the spacings. Where one is a whole multiple of the other, it
// is written u (j b/u - i a/u): then a few displacements serve all pairs, with
// the same bits whichever pair they are computed for. A period p takes p times
// the nearest whole number off.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Geometry.h"

#include "runtime/lib/Math/Bits.h"
#include "snn/math.h"

using namespace snn::runtime;

namespace {

/// Displacements that are tabulated, at most (16 MiB of thresholds).
constexpr uint64_t MostTabulated = uint64_t{1} << 22;

/// How many times `part` makes `whole`, exactly; 0 if it does not.
uint64_t timesIn(double part, double whole) {
  double times = roundHalfEven(whole / part);
  return times >= 1 && times <= 64 && times * part == whole
             ? static_cast<uint64_t>(times)
             : 0;
}

} // namespace

void Geometry::create(const snn_projection &projection) {
  definition = &projection;
  geometry = projection.geometry;
  for (int axis = 0; axis < 3; ++axis) {
    // Along an axis of one row, or of many at one place, nothing moves.
    auto spacingOf = [&](const snn_lattice &lattice) {
      return lattice.extent[axis] == 1 ? 0 : lattice.spacing[axis];
    };
    double a = spacingOf(geometry->source), b = spacingOf(geometry->target);
    double least = a == 0 ? b : b == 0 || a < b ? a : b;
    unit[axis] = least == 0 ? 1 : least;
    sourceUnits[axis] = a == 0 ? 0 : timesIn(unit[axis], a);
    targetUnits[axis] = b == 0 ? 0 : timesIn(unit[axis], b);
    if ((a != 0 && sourceUnits[axis] == 0) ||
        (b != 0 && targetUnits[axis] == 0))
      unit[axis] = 0;
  }
}

/// `steps` is how far the indices alone are apart.
double Geometry::alongAxis(int axis, double steps) const {
  double between =
      geometry->target.origin[axis] - geometry->source.origin[axis];
  double apart = between + steps, period = geometry->period[axis];
  return period == 0 ? apart : apart - period * roundHalfEven(apart / period);
}

/// Of a whole number of units.
double Geometry::ofUnits(int axis, uint64_t ahead, uint64_t behind) const {
  auto whole = static_cast<double>(static_cast<int64_t>(ahead - behind));
  return alongAxis(axis, unit[axis] * whole);
}

Geometry::Vector Geometry::displacement(const Indices &source,
                                        const Indices &target) const {
  Vector result;
  for (int axis = 0; axis < 3; ++axis)
    result.x[axis] =
        unit[axis] != 0
            ? ofUnits(axis, target[axis] * targetUnits[axis],
                      source[axis] * sourceUnits[axis])
            : alongAxis(axis, static_cast<double>(target[axis]) *
                                      geometry->target.spacing[axis] -
                                  static_cast<double>(source[axis]) *
                                      geometry->source.spacing[axis]);
  return result;
}

double Geometry::lengthOf(const Vector &d) {
  return snn_sqrt(d.x[0] * d.x[0] + d.x[1] * d.x[1] + d.x[2] * d.x[2]);
}

double Geometry::evaluate(snn_place_fn function, const Vector &d) const {
  return function(geometry->context, lengthOf(d), d.x[0], d.x[1], d.x[2]);
}

void Geometry::split(const snn_slice &slice, const snn_lattice &lattice,
                     uint64_t index, Indices &indices) {
  uint64_t neuron = slice.first + index * slice.stride;
  indices[2] = neuron % lattice.extent[2];
  neuron /= lattice.extent[2];
  indices[1] = neuron % lattice.extent[1];
  indices[0] = neuron / lattice.extent[1];
}

double Geometry::evaluate(snn_place_fn function, uint64_t source,
                          uint64_t target) const {
  Indices from, to;
  split(definition->source, geometry->source, source, from);
  split(definition->target, geometry->target, target, to);
  return evaluate(function, displacement(from, to));
}

double Geometry::distance(uint64_t source, uint64_t target) const {
  Indices from, to;
  split(definition->source, geometry->source, source, from);
  split(definition->target, geometry->target, target, to);
  return lengthOf(displacement(from, to));
}

double Geometry::probability(uint64_t source, uint64_t target) const {
  uint32_t threshold = 0;
  if (hasTable())
    threshold = thresholdAt(placeOfTarget(target) - placeOfSource(source));
  else if (!thresholdOf(evaluate(geometry->probability, source, target),
                        threshold))
    return 0;
  return threshold == UINT32_MAX ? 1 : threshold * 0x1p-32;
}

//===- The table ----------------------------------------------------------===//

bool Geometry::thresholdOf(double probability, uint32_t &threshold) {
  if (!(probability >= 0 && probability <= 1))
    return false;
  double words = roundHalfEven(probability * 0x1p32);
  threshold = words >= 0x1p32 - 1 ? UINT32_MAX : static_cast<uint32_t>(words);
  return true;
}

uint64_t Geometry::placeOf(const snn_slice &slice, const snn_lattice &lattice,
                           const Indices &units, uint64_t index) const {
  Indices indices;
  split(slice, lattice, index, indices);
  uint64_t place = 0;
  for (int axis = 0; axis < 3; ++axis)
    place += indices[axis] * units[axis] * distanceInTable[axis];
  return place;
}

bool Geometry::tabulate() {
  Indices count, before;
  uint64_t total = 1;
  for (int axis = 2; axis >= 0; --axis) {
    if (unit[axis] == 0)
      return true;
    before[axis] = (geometry->source.extent[axis] - 1) * sourceUnits[axis];
    count[axis] = before[axis] + 1 +
                  (geometry->target.extent[axis] - 1) * targetUnits[axis];
    distanceInTable[axis] = total;
    middle += before[axis] * total;
    if (__builtin_mul_overflow(total, count[axis], &total) ||
        total > MostTabulated)
      return true;
  }
  uint64_t pairs = definition->source.count * definition->target.count;
  if (total > pairs)
    return true;
  if (!table.resize(total))
    return false;
  uint64_t place = 0;
  Vector d;
  for (uint64_t i = 0; i < count[0]; ++i) {
    d.x[0] = ofUnits(0, i, before[0]);
    for (uint64_t j = 0; j < count[1]; ++j) {
      d.x[1] = ofUnits(1, j, before[1]);
      for (uint64_t k = 0; k < count[2]; ++k) {
        d.x[2] = ofUnits(2, k, before[2]);
        if (!thresholdOf(evaluate(geometry->probability, d), table[place++])) {
          // Whether a pair is so far apart is seen when it is evaluated.
          table.clear();
          return true;
        }
      }
    }
  }
  return true;
}
