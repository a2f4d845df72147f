//===- StreamTest.cpp - What the reader process sends -----------*- C++ -*-===//
//
// A graph survives the way; broken streams do not get through.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Stream.h"

#include <gtest/gtest.h>

using namespace snn::onnx;

namespace {

Graph example() {
  Graph graph;
  graph.name = "g";
  graph.irVersion = 8;
  graph.opsets = {{"", 17}, {"other", 1}};
  graph.inputs = {{"x", ElementType::Float, {1, -1}}};
  graph.outputs = {{"y", ElementType::Float, {}}};
  Tensor tensor;
  tensor.name = "w";
  tensor.type = ElementType::Int8;
  tensor.shape = {3};
  tensor.bytes = std::string("\x01\xff\x7f", 3);
  graph.initializers = {tensor};
  Node node{"n", "Add", "", {"x", "w"}, {"y"}, {}};
  Attribute attribute;
  attribute.name = "axis";
  attribute.kind = Attribute::Kind::Ints;
  attribute.wholes = {1, -2};
  node.attributes = {attribute};
  graph.nodes = {node};
  return graph;
}

std::string encoded(const Graph &graph) {
  std::string bytes;
  encodeGraph(graph, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

TEST(Stream, AGraphSurvivesTheWay) {
  Graph back;
  DecodeError error;
  ASSERT_TRUE(decode(encoded(example()), back, error)) << error.message;
  EXPECT_EQ(back.opsets, example().opsets);
  EXPECT_EQ(back.inputs[0].shape, example().inputs[0].shape);
  EXPECT_EQ(back.initializers[0].toWhole(), (std::vector<int64_t>{1, -1, 127}));
  EXPECT_EQ(back.nodes[0].find("axis")->wholes, (std::vector<int64_t>{1, -2}));
  EXPECT_EQ(encoded(back), encoded(example()));
}

TEST(Stream, AnErrorIsOfTheFile) {
  std::string bytes;
  encodeError("no model", [&](std::string_view piece) { bytes += piece; });
  Graph graph;
  DecodeError error;
  EXPECT_FALSE(decode(bytes, graph, error));
  EXPECT_EQ(error.message, "no model");
  EXPECT_FALSE(error.isFault);
}

TEST(Stream, EveryPrefixIsAFault) {
  std::string bytes = encoded(example());
  for (size_t size = 0; size < bytes.size(); ++size) {
    Graph graph;
    DecodeError error;
    EXPECT_FALSE(decode(bytes.substr(0, size), graph, error)) << size;
    EXPECT_TRUE(error.isFault);
  }
}

TEST(Stream, ChangedBytesNeverReachBeyondTheStream) {
  std::string bytes = encoded(example());
  for (size_t at = 0; at < bytes.size(); ++at)
    for (int value : {0, 1, 127, 128, 255}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(value);
      Graph graph;
      DecodeError error;
      if (decode(changed, graph, error)) {
        EXPECT_LE(graph.nodes.size(), changed.size());
      }
    }
}

TEST(Tensor, HalvesAndBrainFloatsAreTheRealsTheyStandFor) {
  Tensor half;
  half.type = ElementType::Float16;
  // 1, -2, 2^-24 (subnormal), 65504.
  half.bytes = std::string("\x00\x3c\x00\xc0\x01\x00\xff\x7b", 8);
  EXPECT_EQ(half.toReals(), (std::vector<double>{1, -2, 0x1p-24, 65504}));
  Tensor brain;
  brain.type = ElementType::BFloat16;
  brain.bytes = std::string("\x80\x3f\x40\xc0", 4); // 1, -3
  EXPECT_EQ(brain.toReals(), (std::vector<double>{1, -3}));
}

} // namespace
