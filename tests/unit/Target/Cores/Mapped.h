//===- Mapped.h - Networks on their chips, for tests ------------*- C++ -*-===//
//
// What `snn map` does after it has read a model, with all rates alike.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_TARGET_CORES_MAPPED_H
#define SNN_TESTS_UNIT_TARGET_CORES_MAPPED_H

#include "compiler/Target/Cores/Map/Allocate.h"

struct Mapped {
  snn::target::cores::Network network;
  snn::target::cores::CodedNetwork coded;
  snn::target::cores::Mapping mapping;
  snn::emulator::Image image;
  std::string refused, code; // why, or empty
};

inline Mapped mapNetwork(const snn::lang::checked::Chip &chip,
                         snn::target::cores::Network network) {
  using namespace snn::target::cores;
  Mapped mapped;
  mapped.network = std::move(network);
  auto refuse = [&](const Refusal &refusal) {
    mapped.refused = refusal.message;
    mapped.code = refusal.code;
  };
  auto coded = quantize(mapped.network, chip);
  if (const auto *refusal = std::get_if<Refusal>(&coded)) {
    refuse(*refusal);
    return mapped;
  }
  mapped.coded = std::move(std::get<CodedNetwork>(coded));
  declare(chip, mapped.image);
  std::vector<double> rates(mapped.network.numNeurons + mapped.network.numLines,
                            1);
  auto made =
      allocate(mapped.network, mapped.coded, rates, chip, mapped.image, 0);
  if (const auto *refusal = std::get_if<Refusal>(&made)) {
    refuse(*refusal);
    return mapped;
  }
  mapped.mapping = std::move(std::get<Mapping>(made));
  snn::emulator::Error error = {};
  if (!mapped.image.check(error))
    mapped.refused = error.message;
  return mapped;
}

#endif // SNN_TESTS_UNIT_TARGET_CORES_MAPPED_H
