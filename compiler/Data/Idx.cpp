//===- Idx.cpp - The format of MNIST's files --------------------*- C++ -*-===//
//
// Every size is held against the bytes that are there.
//
//===----------------------------------------------------------------------===//
#include "compiler/Data/Idx.h"

#include <bit>
#include <cmath>

using namespace snn::data;
using namespace snn::results;

namespace {

struct Element {
  unsigned char code;
  unsigned width;
};
/// uint8, int8, int16, int32, float32, float64.
constexpr Element Elements[] = {{0x08, 1}, {0x09, 1}, {0x0b, 2},
                                {0x0c, 4}, {0x0d, 4}, {0x0e, 8}};

uint64_t number(std::string_view bytes) {
  uint64_t result = 0;
  for (char byte : bytes)
    result = result << 8 | static_cast<unsigned char>(byte);
  return result;
}

double elementOf(unsigned char code, uint64_t bits) {
  switch (code) {
  case 0x09:
    return static_cast<int8_t>(bits);
  case 0x0b:
    return static_cast<int16_t>(bits);
  case 0x0c:
    return static_cast<int32_t>(bits);
  case 0x0d:
    return std::bit_cast<float>(static_cast<uint32_t>(bits));
  case 0x0e:
    return std::bit_cast<double>(bits);
  default:
    return static_cast<double>(bits);
  }
}

} // namespace

bool snn::data::beginsAsIdx(std::string_view bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0;
}

Expected<IdxArray> snn::data::parseIdx(std::string_view bytes,
                                       const std::string &name) {
  auto broken = [&](const std::string &why) {
    return Failure{ExitCode::BrokenFile,
                   "`" + name + "` is not a readable idx file: " + why, ""};
  };
  if (!beginsAsIdx(bytes))
    return broken("it does not begin as one");
  const auto code = static_cast<unsigned char>(bytes[2]);
  unsigned width = 0;
  for (const Element &element : Elements)
    if (element.code == code)
      width = element.width;
  if (width == 0)
    return broken("its elements are of type " + std::to_string(code));
  const auto axes = static_cast<unsigned char>(bytes[3]);
  if (axes == 0 || axes > 8)
    return broken("it has " + std::to_string(axes) + " axes");
  const size_t header = 4 + 4 * size_t{axes};
  if (bytes.size() < header)
    return broken("its header is cut off");
  IdxArray array;
  array.isBytes = code == 0x08;
  uint64_t size = width;
  for (size_t axis = 0; axis < axes; ++axis) {
    array.shape.push_back(number(bytes.substr(4 + 4 * axis, 4)));
    if (__builtin_mul_overflow(size, array.shape.back(), &size))
      return broken("its shape overflows");
  }
  bytes.remove_prefix(header);
  if (bytes.size() != size)
    return broken("it has " + std::to_string(bytes.size()) +
                  " bytes for elements that take " + std::to_string(size));
  if (size / width > MostNumbers)
    return broken("it has more than " + std::to_string(MostNumbers) +
                  " numbers");
  array.numbers.reserve(size / width);
  for (size_t at = 0; at < bytes.size(); at += width)
    array.numbers.push_back(
        static_cast<float>(elementOf(code, number(bytes.substr(at, width)))));
  return array;
}
