//===- Dataset.h - Examples, and what they are examples of ------*- C++ -*-===//
//
// Images or rows of numbers, perhaps with a label each, from the files that
// data sets come in: idx, npy, npz, and folders of PNG images.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DATA_DATASET_H
#define SNN_COMPILER_DATA_DATASET_H

#include "compiler/Results/Expected.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snn::data {

struct Dataset {
  /// As the user named it.
  std::string name;
  uint64_t count = 0;
  /// Of an example. Images have channels first; those of one channel have none.
  std::vector<uint64_t> shape;
  /// An example after the other.
  std::vector<float> numbers;
  /// One each, or none at all.
  std::vector<uint32_t> labels;
  /// What labels stand for, where that is known.
  std::vector<std::string> classes;

  /// Numbers of an example.
  uint64_t width() const;
  /// `most` of the examples, from its beginning to its end.
  void thin(uint64_t most);
};

/// What is done to a channel's numbers: (x - mean)/deviation. Empty, one for
/// all channels, or one each.
struct Normalization {
  std::vector<double> mean, deviation;
};

/// `spec` is FILE.npy, FILE.npz, FILE.npz:PART, an idx file of images, which
/// may be compressed by gzip, or a folder of PNG images. Pixels of idx and PNG
/// files go from 0 to 1.
results::Expected<Dataset> readDataset(const std::string &spec,
                                       const Normalization &normalization = {});

/// To the shape of a network's input, whose first axis is that of examples.
/// Channels are moved to the end where the input has them there.
std::optional<results::Failure> fit(Dataset &dataset,
                                    const std::vector<int64_t> &input,
                                    const std::string &inputName);

} // namespace snn::data

#endif // SNN_COMPILER_DATA_DATASET_H
