//===- WeightTable.h - A few weights for many -------------------*- C++ -*-===//
//
// Where a chip chooses weights by the type of an axon, all weights of a
// population are one of a few.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_WEIGHTTABLE_H
#define SNN_COMPILER_TARGET_CORES_MAP_WEIGHTTABLE_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace snn::target::cores {

/// At most `entries` values, ascending, with the least sum of squared
/// distances from the codes to the nearest: exact, by dynamic programming over
/// the distinct codes (Wang & Song 2011).
std::vector<int16_t> chooseTable(const std::vector<int16_t> &codes,
                                 size_t entries);

uint8_t nearestEntry(const std::vector<int16_t> &table, int16_t code);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_WEIGHTTABLE_H
