//===- Network.cpp - Layers, one after the other, and their training ------===//
//
// Everything runs on one thread and in a fixed order: a seed gives the same
// network each time.
//
//===----------------------------------------------------------------------===//
#include "examples/trainer/Network.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <numeric>

using namespace snn;
using namespace snn::trainer;

std::unique_ptr<Layer> Network::makeRectifier(Shape given) {
  auto rectifier = std::make_unique<Rectifier>(given);
  rectifiers.push_back(rectifier.get());
  return rectifier;
}

void Network::addConvolution(size_t filters, Window window, Random &random) {
  add(makeConvolution(shape(), filters, window, random));
  add(makeRectifier(shape()));
}

std::unique_ptr<Network> Network::make(const std::string &kind, Shape input,
                                       size_t classes, uint64_t seed) {
  std::unique_ptr<Network> net(new Network(input));
  Random random(seed);
  std::vector<size_t> hidden;
  bool isLarge = input.rows >= 16 && input.columns >= 16;
  if (kind == "mlp") {
    hidden = {256, 256};
  } else if (kind == "lenet" && isLarge) {
    for (size_t filters : {6, 16}) {
      net->addConvolution(filters, {5}, random);
      net->add(makeMaxPool(net->shape(), 2));
    }
    hidden = {120, 84};
  } else if (kind == "resnet" && isLarge) {
    net->addConvolution(8, {3, 2, 1}, random);
    net->addConvolution(16, {3, 2, 1}, random);
    for (int block = 0; block < 2; ++block) {
      auto sum = std::make_unique<Residual>(net->shape());
      sum->add(makeConvolution(net->shape(), 16, {3, 1, 1}, random));
      sum->add(net->makeRectifier(net->shape()));
      sum->add(makeConvolution(net->shape(), 16, {3, 1, 1}, random));
      net->add(std::move(sum));
      net->add(net->makeRectifier(net->shape()));
    }
  } else if (kind == "mobilenet" && isLarge) {
    net->addConvolution(8, {3, 2, 1}, random);
    for (auto [filters, stride] : {std::pair(16, 1), {32, 2}, {32, 1}}) {
      size_t channels = net->shape().channels;
      net->addConvolution(channels, {3, size_t(stride), 1, channels}, random);
      net->addConvolution(size_t(filters), {1}, random);
    }
  } else {
    return nullptr;
  }
  for (size_t neurons : hidden) {
    net->add(makeDense(net->shape(), neurons, random));
    net->add(net->makeRectifier(net->shape()));
  }
  net->add(makeDense(net->shape(), classes, random));
  for (auto &layer : net->layers)
    for (Parameter *parameter : layer->parameters())
      net->moments.push_back({std::vector<float>(parameter->value.size(), 0),
                              std::vector<float>(parameter->value.size(), 0)});
  net->values.resize(net->layers.size() + 1);
  return net;
}

void Network::forward(const data::Dataset &set, const size_t *chosen,
                      size_t count) {
  size_t width = set.width();
  values[0].resize(count * width);
  for (size_t k = 0; k < count; ++k)
    std::copy_n(set.numbers.begin() + static_cast<ptrdiff_t>(chosen[k] * width),
                width, values[0].begin() + static_cast<ptrdiff_t>(k * width));
  if (inputLevels != 0)
    for (float &number : values[0])
      number = std::nearbyint(number * static_cast<float>(inputLevels)) /
               static_cast<float>(inputLevels);
  for (size_t i = 0; i < layers.size(); ++i)
    layers[i]->forward(values[i], count, values[i + 1]);
}

double Network::learn(const data::Dataset &set, const size_t *chosen,
                      size_t count, double rate, double decay) {
  forward(set, chosen, count);
  // The slope of cross-entropy behind softmax: what it gives, less what is.
  size_t classes = shape().size();
  double loss = 0;
  Batch slope = values.back(), next;
  for (size_t k = 0; k < count; ++k) {
    float *row = &slope[k * classes];
    float most = *std::max_element(row, row + classes), sum = 0;
    for (size_t i = 0; i < classes; ++i)
      sum += row[i] = std::exp(row[i] - most);
    uint32_t label = set.labels[chosen[k]];
    loss -= std::log(static_cast<double>(row[label] / sum));
    for (size_t i = 0; i < classes; ++i)
      row[i] = (row[i] / sum - (i == label)) / static_cast<float>(count);
  }
  for (size_t i = layers.size(); i-- > 0;) {
    layers[i]->backward(values[i], values[i + 1], slope, count, next);
    std::swap(slope, next);
  }
  // Kingma & Ba 2015, with weights that decay (Loshchilov & Hutter 2019).
  constexpr double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
  ++updates;
  double scale = rate *
                 std::sqrt(1 - std::pow(beta2, static_cast<double>(updates))) /
                 (1 - std::pow(beta1, static_cast<double>(updates)));
  auto moment = moments.begin();
  for (auto &layer : layers)
    for (Parameter *parameter : layer->parameters()) {
      auto &[first, second] = *moment++;
      for (size_t i = 0; i < parameter->value.size(); ++i) {
        float &g = parameter->slope[i], &w = parameter->value[i];
        first[i] += static_cast<float>(1 - beta1) * (g - first[i]);
        second[i] += static_cast<float>(1 - beta2) * (g * g - second[i]);
        w -= static_cast<float>(rate * decay) * w +
             static_cast<float>(scale) * first[i] /
                 (std::sqrt(second[i]) + static_cast<float>(epsilon));
        g = 0;
      }
    }
  return loss;
}

void Network::quantize(const data::Dataset &set, unsigned levels) {
  for (Rectifier *rectifier : rectifiers)
    rectifier->observe();
  // One of so many, as examples may be sorted.
  std::vector<size_t> chosen(std::min<size_t>(set.count, 1000));
  for (size_t k = 0; k < chosen.size(); ++k)
    chosen[k] = k * set.count / chosen.size();
  forward(set, chosen.data(), chosen.size());
  for (Rectifier *rectifier : rectifiers)
    rectifier->quantize(levels);
  inputLevels = levels;
  // What slopes were without levels says little of those with them.
  for (Moments &moment : moments) {
    std::ranges::fill(moment.first, 0.0f);
    std::ranges::fill(moment.second, 0.0f);
  }
  updates = 0;
}

void Network::train(const data::Dataset &set, const Schedule &schedule) {
  std::vector<size_t> order(set.count);
  std::iota(order.begin(), order.end(), size_t{0});
  Random random(schedule.seed ^ 0x5bd1e995);
  size_t batches = (set.count + schedule.batch - 1) / schedule.batch;
  for (unsigned epoch = 0; epoch < schedule.epochs; ++epoch) {
    for (size_t i = set.count; i-- > 1;)
      std::swap(order[i], order[random.whole() % (i + 1)]);
    double loss = 0;
    for (size_t b = 0; b < batches; ++b) {
      double done = static_cast<double>(epoch * batches + b) /
                    static_cast<double>(schedule.epochs * batches);
      size_t first = b * schedule.batch;
      loss +=
          learn(set, &order[first], std::min(schedule.batch, set.count - first),
                schedule.rate * 0.5 * (1 + std::cos(std::numbers::pi * done)),
                schedule.decay);
    }
    std::printf("epoch %u of %u: loss %.4f\n", epoch + 1, schedule.epochs,
                loss / static_cast<double>(set.count));
    std::fflush(stdout);
  }
}

double Network::accuracy(const data::Dataset &set) {
  size_t right = 0, classes = shape().size();
  constexpr size_t most = 100;
  std::vector<size_t> chosen;
  for (size_t first = 0; first < set.count; first += most) {
    chosen.resize(std::min<size_t>(most, set.count - first));
    std::iota(chosen.begin(), chosen.end(), first);
    forward(set, chosen.data(), chosen.size());
    for (size_t k = 0; k < chosen.size(); ++k) {
      const float *row = &values.back()[k * classes];
      right += static_cast<size_t>(std::max_element(row, row + classes) -
                                   row) == set.labels[first + k];
    }
  }
  return static_cast<double>(right) / static_cast<double>(set.count);
}

bool Network::save(const std::string &path) const {
  OnnxWriter writer;
  std::string name =
      writer.input("image", {input.channels, input.rows, input.columns});
  for (const auto &layer : layers)
    name = layer->write(writer, name);
  writer.output(name, {shape().size()});
  return writer.save(path);
}
