//===- Onnx.cpp - Writes ONNX files -----------------------------*- C++ -*-===//
//
// By the schema that Debian's libonnx comes with.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Onnx.h"

#include <fstream>
#include <onnx/onnx_pb.h>

using namespace snn::trainer;

struct OnnxWriter::Model {
  ::onnx::ModelProto proto;
  ::onnx::GraphProto &graph() { return *proto.mutable_graph(); }
};

namespace {

void describe(::onnx::ValueInfoProto &value, const std::string &name,
              const std::vector<size_t> &shape) {
  value.set_name(name);
  auto &type = *value.mutable_type()->mutable_tensor_type();
  type.set_elem_type(::onnx::TensorProto::FLOAT);
  type.mutable_shape()->add_dim()->set_dim_param("N");
  for (size_t size : shape)
    type.mutable_shape()->add_dim()->set_dim_value(static_cast<int64_t>(size));
}

} // namespace

OnnxWriter::OnnxWriter() : model(std::make_unique<Model>()) {
  model->proto.set_ir_version(8);
  model->proto.set_producer_name("ann-trainer");
  auto &version = *model->proto.add_opset_import();
  version.set_domain("");
  version.set_version(13);
  model->graph().set_name("network");
}
OnnxWriter::~OnnxWriter() = default;

std::string OnnxWriter::input(const std::string &name,
                              const std::vector<size_t> &shape) {
  describe(*model->graph().add_input(), name, shape);
  return name;
}

std::string OnnxWriter::weights(const std::vector<size_t> &shape,
                                const std::vector<float> &numbers) {
  auto &tensor = *model->graph().add_initializer();
  tensor.set_name("w" + std::to_string(model->graph().initializer_size()));
  tensor.set_data_type(::onnx::TensorProto::FLOAT);
  for (size_t size : shape)
    tensor.add_dims(static_cast<int64_t>(size));
  tensor.set_raw_data(numbers.data(), numbers.size() * sizeof(float));
  return tensor.name();
}

std::string OnnxWriter::node(const std::string &op,
                             const std::vector<std::string> &inputs,
                             const Attributes &lists,
                             const std::map<std::string, size_t> &numbers) {
  auto &node = *model->graph().add_node();
  node.set_op_type(op);
  node.set_name(op + std::to_string(model->graph().node_size()));
  for (const std::string &input : inputs)
    node.add_input(input);
  node.add_output(node.name() + "_out");
  for (const auto &[name, number] : numbers) {
    auto &attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(::onnx::AttributeProto::INT);
    attribute.set_i(static_cast<int64_t>(number));
  }
  for (const auto &[name, list] : lists) {
    auto &attribute = *node.add_attribute();
    attribute.set_name(name);
    attribute.set_type(::onnx::AttributeProto::INTS);
    for (size_t number : list)
      attribute.add_ints(static_cast<int64_t>(number));
  }
  return node.output(0);
}

void OnnxWriter::output(const std::string &name,
                        const std::vector<size_t> &shape) {
  describe(*model->graph().add_output(), name, shape);
}

bool OnnxWriter::save(const std::string &path) const {
  std::ofstream file(path, std::ios::binary);
  return model->proto.SerializeToOstream(&file) && file.flush().good();
}
