//===- Onnx.h - Writes ONNX files -------------------------------*- C++ -*-===//
//
// Operators of version 13, with weights in the file.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EXAMPLES_TRAINER_ONNX_H
#define SNN_EXAMPLES_TRAINER_ONNX_H

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace snn::trainer {

class OnnxWriter {
public:
  OnnxWriter();
  ~OnnxWriter();

  using Attributes = std::map<std::string, std::vector<size_t>>;

  /// Each returns the name that nodes take as an input. The size of the first
  /// axis of an input is left open.
  std::string input(const std::string &name, const std::vector<size_t> &shape);
  std::string weights(const std::vector<size_t> &shape,
                      const std::vector<float> &numbers);
  std::string node(const std::string &op,
                   const std::vector<std::string> &inputs,
                   const Attributes &lists = {},
                   const std::map<std::string, size_t> &numbers = {});
  void output(const std::string &name, const std::vector<size_t> &shape);

  /// False if the file cannot be written.
  bool save(const std::string &path) const;

private:
  struct Model;
  std::unique_ptr<Model> model;
};

} // namespace snn::trainer

#endif // SNN_EXAMPLES_TRAINER_ONNX_H
