//===- Stands.h - Whether neurons do what others do -------------*- C++ -*-===//
//
// An image may have several neurons for one of the network: copies and replicas
// of it, which must get all that it gets, and relays, which must pass on its
// spikes and nothing else. What each gets is followed back through the image,
// through relays to whom they stand for.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_VERIFY_STANDS_H
#define SNN_COMPILER_TARGET_CORES_VERIFY_STANDS_H

#include "runtime/emulator/Image.h"

#include <span>
#include <string>
#include <vector>

namespace snn::target::cores {

/// Neurons of an image that send what another one does.
struct Stand {
  uint32_t first = 0, count = 0;
  uint32_t of = 0; // a neuron that stands for no other
  bool isRelay = false;
};

/// What is wrong with them, as verifyImage, which has found nothing.
std::vector<std::string> verifyStands(const emulator::Image &image,
                                      std::span<const Stand> stands);

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_VERIFY_STANDS_H
