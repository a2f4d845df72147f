//===- Aes.h - One round of AES, portably -----------------------*- C++ -*-===//
//
// The round of FIPS 197 as x86's AESENC and AESENCLAST define it: ShiftRows,
// SubBytes, MixColumns (not in the last), then the round key. It gives machines
// without those instructions the same random numbers.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_RANDOM_AES_H
#define SNN_RUNTIME_RANDOM_AES_H

#include "runtime/lib/Random/Block.h"

namespace snn::runtime {

/// A state is four columns; byte r of column c is bits 8r..8r+7 of word c.
Block aesRound(const Block &state, const Block &roundKey);
Block aesLastRound(const Block &state, const Block &roundKey);

} // namespace snn::runtime

#endif // SNN_RUNTIME_RANDOM_AES_H
