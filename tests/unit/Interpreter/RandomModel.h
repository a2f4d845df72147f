//===- RandomModel.h - Networks drawn at random -----------------*- C++ -*-===//
//
// Text of the spiking dialect as MLIRGen writes it: one neuron model, receptors
// and a network put together by chance, so that combinations come up that
// nobody would write down.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_TESTS_UNIT_INTERPRETER_RANDOMMODEL_H
#define SNN_TESTS_UNIT_INTERPRETER_RANDOMMODEL_H

#include <random>
#include <string>

namespace snn::tests {

class RandomModel {
public:
  explicit RandomModel(unsigned seed) : generator(seed) {}

  std::string write();

private:
  unsigned choose(unsigned count) { return generator() % count; }
  bool maybe() { return choose(2); }
  template <typename... TextTs>
  std::string oneOf(TextTs... texts) {
    std::string all[] = {texts...};
    return all[choose(sizeof...(texts))];
  }

  std::string synapses();
  std::string neuron();
  std::string network();
  std::string experiment();

  std::mt19937 generator;
  bool hasConductance = false, hasHandler = false, hasAdaptation = false;
};

} // namespace snn::tests

#endif // SNN_TESTS_UNIT_INTERPRETER_RANDOMMODEL_H
