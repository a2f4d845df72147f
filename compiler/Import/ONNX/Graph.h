//===- Graph.h - An ONNX file, decoded --------------------------*- C++ -*-===//
//
// What the reader process found in a file, as plain values: no part of it has
// been checked beyond its form.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_IMPORT_ONNX_GRAPH_H
#define SNN_COMPILER_IMPORT_ONNX_GRAPH_H

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace snn::onnx {

/// As numbered by ONNX.
enum class ElementType : int32_t {
  Undefined = 0,
  Float = 1,
  UInt8 = 2,
  Int8 = 3,
  UInt16 = 4,
  Int16 = 5,
  Int32 = 6,
  Int64 = 7,
  Bool = 9,
  Float16 = 10,
  Double = 11,
  BFloat16 = 16,
};

/// Bytes of an element; 0 of one that is not used.
uint64_t sizeOf(ElementType type);
bool isReal(ElementType type);
/// "float32", "int8".
std::string nameOf(ElementType type);

struct Tensor {
  std::string name;
  ElementType type = ElementType::Undefined;
  std::vector<int64_t> shape;
  /// Little-endian elements, row by row.
  std::string bytes;
  /// Where the elements stand instead: a file beneath the model's folder.
  std::string location;
  int64_t offset = 0, length = -1;

  /// The product of the shape; nothing sensible before it was checked.
  uint64_t elements() const;
  std::vector<double> toReals() const;
  std::vector<int64_t> toWhole() const;
};

struct Attribute {
  /// As numbered by ONNX.
  enum class Kind : int32_t {
    Undefined = 0,
    Float = 1,
    Int = 2,
    String = 3,
    Tensor = 4,
    Graph = 5,
    Floats = 6,
    Ints = 7,
    Strings = 8,
  };
  std::string name;
  Kind kind = Kind::Undefined;
  float real = 0;
  int64_t whole = 0;
  std::string text;
  std::vector<float> reals;
  std::vector<int64_t> wholes;
  Tensor tensor;
};

struct Node {
  std::string name, op, domain;
  std::vector<std::string> inputs, outputs;
  std::vector<Attribute> attributes;

  /// Its name, or what else tells it from others.
  std::string label() const;
  const Attribute *find(const std::string &attribute) const;
};

/// An input or output: its type; sizes that are not given are -1.
struct ValueInfo {
  std::string name;
  ElementType type = ElementType::Undefined;
  std::vector<int64_t> shape;
};

struct Graph {
  std::string name, producer;
  int64_t irVersion = 0;
  /// Domain to version; "" is ONNX's own.
  std::map<std::string, int64_t> opsets;
  std::vector<ValueInfo> inputs, outputs;
  std::vector<Tensor> initializers;
  std::vector<Node> nodes;
};

} // namespace snn::onnx

#endif // SNN_COMPILER_IMPORT_ONNX_GRAPH_H
