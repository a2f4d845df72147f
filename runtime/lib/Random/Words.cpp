//===- Words.cpp - The random words of one item ---------------------------===//
//
// The layout of counters, which is part of the definition of a network.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Words.h"

#include "runtime/lib/Random/Philox.h"

using namespace snn::runtime;

void Words::refill() {
  ++number;
  if (arsKey)
    block = ars(*arsKey, uint64_t{number} << 32 | item, high);
  else
    block = philox4x32({static_cast<uint32_t>(high),
                        static_cast<uint32_t>(high >> 32), number, 0},
                       static_cast<uint32_t>(philoxKey),
                       static_cast<uint32_t>(philoxKey >> 32));
  used = 0;
}
