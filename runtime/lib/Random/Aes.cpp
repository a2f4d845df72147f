//===- Aes.cpp - One round of AES, portably -------------------------------===//
//
// Tables are derived at compile time from the definition in FIPS 197: the
// S-box is the inverse in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1, followed by
// an affine map. Table lookups leak timing; nothing here is secret.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Random/Aes.h"

using namespace snn::runtime;

namespace {

/// Multiplication by x in GF(2^8).
constexpr uint8_t timesX(uint8_t a) {
  return static_cast<uint8_t>((a << 1) ^ ((a >> 7) * 0x1b));
}

constexpr uint8_t rotateLeft(uint8_t a, int n) {
  return static_cast<uint8_t>((a << n) | (a >> (8 - n)));
}

constexpr std::array<uint8_t, 256> makeSubBytes() {
  // 3 generates the multiplicative group: with g = 3^i, 3^-i is its inverse.
  std::array<uint8_t, 256> power{}, table{};
  uint8_t g = 1;
  for (int i = 0; i < 255; ++i) {
    power[i] = g;
    g = g ^ timesX(g);
  }
  for (int i = 0; i < 255; ++i) {
    uint8_t b = power[(255 - i) % 255];
    table[power[i]] = b ^ rotateLeft(b, 1) ^ rotateLeft(b, 2) ^
                      rotateLeft(b, 3) ^ rotateLeft(b, 4) ^ 0x63;
  }
  table[0] = 0x63;
  return table;
}

/// SubBytes and one column of MixColumns: s * (2, 1, 1, 3), low byte first.
constexpr std::array<uint32_t, 256>
makeMixColumn(const std::array<uint8_t, 256> &subBytes) {
  std::array<uint32_t, 256> table{};
  for (int i = 0; i < 256; ++i) {
    uint32_t s = subBytes[i], s2 = timesX(subBytes[i]);
    table[i] = s2 | s << 8 | s << 16 | (s2 ^ s) << 24;
  }
  return table;
}

constexpr std::array<uint8_t, 256> SubBytes = makeSubBytes();
constexpr std::array<uint32_t, 256> MixColumn = makeMixColumn(SubBytes);

constexpr uint32_t byteOf(uint32_t word, int n) {
  return (word >> (8 * n)) & 0xff;
}

constexpr uint32_t rotate(uint32_t word, int n) {
  return n == 0 ? word : word << n | word >> (32 - n);
}

} // namespace

Block snn::runtime::aesRound(const Block &state, const Block &roundKey) {
  Block out;
  for (int c = 0; c < 4; ++c) {
    uint32_t column = roundKey[c];
    for (int r = 0; r < 4; ++r) // ShiftRows takes row r from column c + r
      column ^= rotate(MixColumn[byteOf(state[(c + r) % 4], r)], 8 * r);
    out[c] = column;
  }
  return out;
}

Block snn::runtime::aesLastRound(const Block &state, const Block &roundKey) {
  Block out;
  for (int c = 0; c < 4; ++c) {
    uint32_t column = roundKey[c];
    for (int r = 0; r < 4; ++r)
      column ^= uint32_t{SubBytes[byteOf(state[(c + r) % 4], r)]} << (8 * r);
    out[c] = column;
  }
  return out;
}
