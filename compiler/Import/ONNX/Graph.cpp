//===- Graph.cpp - An ONNX file, decoded ------------------------*- C++ -*-===//
//
// Sizes, names and numbers of element types.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Graph.h"

#include <bit>
#include <cstring>

using namespace snn::onnx;

uint64_t snn::onnx::sizeOf(ElementType type) {
  switch (type) {
  case ElementType::UInt8:
  case ElementType::Int8:
  case ElementType::Bool:
    return 1;
  case ElementType::UInt16:
  case ElementType::Int16:
  case ElementType::Float16:
  case ElementType::BFloat16:
    return 2;
  case ElementType::Float:
  case ElementType::Int32:
    return 4;
  case ElementType::Int64:
  case ElementType::Double:
    return 8;
  case ElementType::Undefined:
    return 0;
  }
  return 0;
}

bool snn::onnx::isReal(ElementType type) {
  return type == ElementType::Float || type == ElementType::Double ||
         type == ElementType::Float16 || type == ElementType::BFloat16;
}

std::string snn::onnx::nameOf(ElementType type) {
  switch (type) {
  case ElementType::Float:
    return "float32";
  case ElementType::UInt8:
    return "uint8";
  case ElementType::Int8:
    return "int8";
  case ElementType::UInt16:
    return "uint16";
  case ElementType::Int16:
    return "int16";
  case ElementType::Int32:
    return "int32";
  case ElementType::Int64:
    return "int64";
  case ElementType::Bool:
    return "bool";
  case ElementType::Float16:
    return "float16";
  case ElementType::Double:
    return "float64";
  case ElementType::BFloat16:
    return "bfloat16";
  case ElementType::Undefined:
    break;
  }
  return "type " + std::to_string(static_cast<int32_t>(type));
}

uint64_t Tensor::elements() const {
  uint64_t count = 1;
  for (int64_t size : shape)
    count *= static_cast<uint64_t>(size);
  return count;
}

namespace {

float halfToFloat(uint16_t half) {
  uint32_t sign = uint32_t(half & 0x8000) << 16, rest = half & 0x7fff;
  // Scaling by 2^112 brings the exponent's bias from 15 to 127, subnormals too.
  float scaled = std::bit_cast<float>(rest << 13) * 0x1p112f;
  if (rest >= 0x7c00)
    scaled = std::bit_cast<float>((rest << 13) | 0x7f800000);
  return std::bit_cast<float>(std::bit_cast<uint32_t>(scaled) | sign);
}

template <typename T, typename To, typename Convert>
std::vector<To> each(const std::string &bytes, Convert convert) {
  std::vector<To> result(bytes.size() / sizeof(T));
  for (size_t i = 0; i < result.size(); ++i) {
    T element;
    std::memcpy(&element, bytes.data() + i * sizeof(T), sizeof(T));
    result[i] = convert(element);
  }
  return result;
}

template <typename To>
std::vector<To> convertAll(ElementType type, const std::string &bytes) {
  auto plain = [](auto element) { return static_cast<To>(element); };
  switch (type) {
  case ElementType::Float:
    return each<float, To>(bytes, plain);
  case ElementType::Double:
    return each<double, To>(bytes, plain);
  case ElementType::UInt8:
  case ElementType::Bool:
    return each<uint8_t, To>(bytes, plain);
  case ElementType::Int8:
    return each<int8_t, To>(bytes, plain);
  case ElementType::UInt16:
    return each<uint16_t, To>(bytes, plain);
  case ElementType::Int16:
    return each<int16_t, To>(bytes, plain);
  case ElementType::Int32:
    return each<int32_t, To>(bytes, plain);
  case ElementType::Int64:
    return each<int64_t, To>(bytes, plain);
  case ElementType::Float16:
    return each<uint16_t, To>(bytes, [](uint16_t half) {
      return static_cast<To>(halfToFloat(half));
    });
  case ElementType::BFloat16:
    return each<uint16_t, To>(bytes, [](uint16_t half) {
      return static_cast<To>(std::bit_cast<float>(uint32_t(half) << 16));
    });
  case ElementType::Undefined:
    break;
  }
  return {};
}

} // namespace

std::vector<double> Tensor::toReals() const {
  return convertAll<double>(type, bytes);
}

std::vector<int64_t> Tensor::toWhole() const {
  // A real beyond 64 bits has no whole number.
  if (isReal(type))
    return {};
  return convertAll<int64_t>(type, bytes);
}

std::string Node::label() const {
  if (!name.empty())
    return name;
  return outputs.empty() ? op : outputs[0];
}

const Attribute *Node::find(const std::string &attribute) const {
  for (const Attribute &each : attributes)
    if (each.name == attribute)
      return &each;
  return nullptr;
}
