//===- Npy.h - NumPy's array format -----------------------------*- C++ -*-===//
//
// Reads the .npy format, versions 1 to 3, little-endian numbers in C order.
// Object arrays are refused: their payload is a program.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_RESULTS_NPY_H
#define SNN_COMPILER_RESULTS_NPY_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snn::results {

/// A view of an array; the bytes belong to the file it was read from.
struct NpyArray {
  /// As in the header without byte order: "f8", "u4", ...
  std::string type;
  std::vector<uint64_t> shape;
  std::string_view data;

  /// Elements: the product of the shape.
  uint64_t size() const;
  /// The elements, converted; empty if the type is no number.
  std::vector<double> toDoubles() const;
  /// The same for neuron numbers; empty unless all fit.
  std::vector<uint32_t> toIds() const;
};

/// `name` is only used in messages.
Expected<NpyArray> parseNpy(std::string_view bytes, const std::string &name);

/// What comes before the elements in version 1: `type` with its byte order,
/// "<f8", and `shape` as Python writes it, "3," or "2, 3". The elements then
/// begin at a multiple of 64.
std::string npyHeader(const std::string &type, const std::string &shape);

} // namespace snn::results

#endif // SNN_COMPILER_RESULTS_NPY_H
