//===- Network.h - Layers, one after the other, and their training -*- C++ -*-//
//
// Softmax and cross-entropy at the end; Adam, with a rate that falls to zero as
// half a cosine. A network that has learned can be given few levels, with which
// it learns once more.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EXAMPLES_TRAINER_NETWORK_H
#define SNN_EXAMPLES_TRAINER_NETWORK_H

#include "compiler/Data/Dataset.h"
#include "examples/trainer/Layers.h"

namespace snn::trainer {

struct Schedule {
  unsigned epochs = 10;
  size_t batch = 100;
  double rate = 1e-3, decay = 1e-4;
  uint64_t seed = 1;
};

class Network {
public:
  /// `kind` is mlp (784-256-256-10 for MNIST), lenet (LeCun et al. 1998, with
  /// maxima and rectifiers), resnet (two residual blocks of two convolutions,
  /// He et al. 2016) or mobilenet (three convolutions in depth and then across
  /// channels, Howard et al. 2017). Null for another, or too small an image.
  static std::unique_ptr<Network> make(const std::string &kind, Shape input,
                                       size_t classes, uint64_t seed);

  /// From here on inputs, from 0 to 1, and activations have few levels; these
  /// reach to what the network makes of the examples.
  void quantize(const data::Dataset &set, unsigned levels);
  /// Says the mean loss of each epoch.
  void train(const data::Dataset &set, const Schedule &schedule);
  /// Share of the examples whose greatest output is their label's.
  double accuracy(const data::Dataset &set);
  bool save(const std::string &path) const;

private:
  explicit Network(Shape input) : input(input) {}

  struct Moments {
    std::vector<float> first, second;
  };

  Shape input;
  std::vector<std::unique_ptr<Layer>> layers;
  std::vector<Rectifier *> rectifiers;
  std::vector<Moments> moments;
  uint64_t updates = 0;
  /// Of the input, while it is trained for few levels; 0 for all.
  unsigned inputLevels = 0;
  /// Of each layer's input, and the last one's output, for a batch.
  std::vector<Batch> values;

  Shape shape() const {
    return layers.empty() ? input : layers.back()->output();
  }
  void add(std::unique_ptr<Layer> layer) { layers.push_back(std::move(layer)); }
  /// One that is told when few levels begin.
  std::unique_ptr<Layer> makeRectifier(Shape given);
  /// Rectified.
  void addConvolution(size_t filters, Window window, Random &random);
  void forward(const data::Dataset &set, const size_t *chosen, size_t count);
  /// One batch; the sum of its losses.
  double learn(const data::Dataset &set, const size_t *chosen, size_t count,
               double rate, double decay);
};

} // namespace snn::trainer

#endif // SNN_EXAMPLES_TRAINER_NETWORK_H
