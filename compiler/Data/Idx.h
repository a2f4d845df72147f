//===- Idx.h - The format of MNIST's files ----------------------*- C++ -*-===//
//
// Two zero bytes, the type of elements, the number of axes, their sizes in four
// bytes each with the highest first, and the elements in the same order.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DATA_IDX_H
#define SNN_COMPILER_DATA_IDX_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snn::data {

/// Of a data set, whatever its form.
inline constexpr uint64_t MostNumbers = uint64_t(1) << 29;

struct IdxArray {
  std::vector<uint64_t> shape;
  std::vector<float> numbers;
  /// Elements are bytes, as those of images are.
  bool isBytes = false;
};

bool beginsAsIdx(std::string_view bytes);
/// `name` is only used in messages.
results::Expected<IdxArray> parseIdx(std::string_view bytes,
                                     const std::string &name);

} // namespace snn::data

#endif // SNN_COMPILER_DATA_IDX_H
