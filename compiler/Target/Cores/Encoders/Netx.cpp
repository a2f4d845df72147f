//===- Netx.cpp - Images as feed-forward networks of Lava-DL --------------===//
//
// `network.net` in HDF5: dense layers /layer/0, /layer/1 and so on, of which
// the first gets the input spikes and each other the spikes of the one before.
// netx takes `iDecay` - 1 for Lava's du, counts biases in units of 64, and has
// no exponents: weights are given as they act.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Encoders/Encoders.h"
#include "compiler/Target/Cores/Encoders/LoihiNetwork.h"

#include <hdf5.h>

#include <algorithm>
#include <optional>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

/// A handle of HDF5 that closes itself.
class Handle {
public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id(id), close(close) {}
  ~Handle() {
    if (id >= 0)
      close(id);
  }
  Handle(const Handle &) = delete;
  Handle &operator=(const Handle &) = delete;
  operator hid_t() const { return id; }

private:
  hid_t id;
  herr_t (*close)(hid_t);
};

/// An HDF5 file in memory.
class File {
public:
  File()
      : access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose), file(create(), H5Fclose) {
  }

  void group(const std::string &path) {
    Handle made(
        H5Gcreate2(file, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Gclose);
    isGood &= made >= 0;
  }
  /// One word of ten letters, as h5py's 'S10'.
  void word(const std::string &path, std::string value) {
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type, 10);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    value.resize(10);
    put(path, type, type, {1}, value.data());
  }
  void number(const std::string &path, int32_t value) {
    put(path, H5T_STD_I32LE, H5T_NATIVE_INT32, {}, &value);
  }
  void array(const std::string &path, std::vector<hsize_t> shape,
             const std::vector<int32_t> &values) {
    put(path, H5T_STD_I32LE, H5T_NATIVE_INT32, std::move(shape), values.data());
  }

  /// Empty if anything failed.
  std::string bytes() {
    isGood &= H5Fflush(file, H5F_SCOPE_GLOBAL) >= 0;
    ssize_t size = isGood ? H5Fget_file_image(file, nullptr, 0) : -1;
    std::string content(size > 0 ? static_cast<size_t>(size) : 0, '\0');
    if (H5Fget_file_image(file, content.data(), content.size()) != size)
      content.clear();
    return content;
  }

private:
  Handle access, file;
  bool isGood = true;

  hid_t create() const {
    // Grown by 64 KiB, and written nowhere.
    H5Pset_fapl_core(access, 1 << 16, /*backing_store=*/0);
    return H5Fcreate("network.net", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  }

  void put(const std::string &path, hid_t type, hid_t memoryType,
           std::vector<hsize_t> shape, const void *values) {
    Handle space(shape.empty()
                     ? H5Screate(H5S_SCALAR)
                     : H5Screate_simple(static_cast<int>(shape.size()),
                                        shape.data(), nullptr),
                 H5Sclose);
    // No times: the same network is the same file.
    Handle how(H5Pcreate(H5P_DATASET_CREATE), H5Pclose);
    H5Pset_obj_track_times(how, false);
    Handle made(H5Dcreate2(file, path.c_str(), type, space, H5P_DEFAULT, how,
                           H5P_DEFAULT),
                H5Dclose);
    isGood &= made >= 0 && H5Dwrite(made, memoryType, H5S_ALL, H5S_ALL,
                                    H5P_DEFAULT, values) >= 0;
  }
};

/// Blocks in the order of the layers; or why they are no chain.
class Chain {
public:
  Chain(const LoihiNetwork &network, uint32_t inputs)
      : network(network), inputs(inputs) {}

  std::string order() {
    uint32_t from = LoihiBlock::Inputs;
    while (blocks.size() < network.blocks.size()) {
      const LoihiBlock *next = nullptr;
      for (const LoihiBlock &block : network.blocks)
        if (block.from == from) {
          if (next)
            return notChained();
          next = &block;
        }
      if (!next ||
          std::ranges::find(blocks, next->to, &LoihiBlock::to) != blocks.end())
        return notChained();
      if (std::string reason = check(*next); !reason.empty())
        return reason;
      blocks.push_back(*next);
      from = next->to;
    }
    return blocks.size() == network.groups.size() && !blocks.empty()
               ? ""
               : notChained();
  }

  std::string write() const {
    File file;
    file.group("/layer");
    for (size_t i = 0; i < blocks.size(); ++i)
      layer(file, "/layer/" + std::to_string(i), blocks[i]);
    return file.bytes();
  }

private:
  const LoihiNetwork &network;
  uint32_t inputs;
  std::vector<LoihiBlock> blocks;

  static std::string notChained() {
    return "netx has layers of equal neurons, one behind the other, and the "
           "first of them alone gets input";
  }
  uint32_t sizeOf(uint32_t group) const {
    return group == LoihiBlock::Inputs
               ? inputs
               : static_cast<uint32_t>(network.groups[group].neurons.size());
  }
  /// What a weight acts as; nothing if that is no weight of netx.
  static std::optional<int32_t> weightOf(const LoihiBlock &block,
                                         int32_t weight) {
    int32_t scaled = block.exponent >= 0 ? weight * (1 << block.exponent)
                                         : weight / (1 << -block.exponent);
    bool isWhole =
        block.exponent >= 0 || scaled * (1 << -block.exponent) == weight;
    return isWhole && scaled >= -256 && scaled <= 254 ? std::optional(scaled)
                                                      : std::nullopt;
  }

  std::string check(const LoihiBlock &block) const {
    const LoihiGroup &group = network.groups[block.to];
    for (const LoihiBlock::Synapse &synapse : block.synapses) {
      if (synapse.delay)
        return "netx has no delays of synapses";
      if (!weightOf(block, synapse.weight))
        return "netx has weights of -256 to 254, without exponents";
    }
    for (int32_t bias : group.bias)
      if (bias % 64)
        return "netx counts biases in units of 64";
    auto isZero = [](int32_t value) { return value == 0; };
    return std::ranges::all_of(group.u, isZero) &&
                   std::ranges::all_of(group.v, isZero)
               ? ""
               : "netx has no states to start from";
  }

  void layer(File &file, const std::string &path,
             const LoihiBlock &block) const {
    const LoihiGroup &group = network.groups[block.to];
    uint32_t columns = sizeOf(block.from), rows = sizeOf(block.to);
    std::vector<int32_t> weights(uint64_t{rows} * columns), biases;
    for (const LoihiBlock::Synapse &synapse : block.synapses)
      weights[uint64_t{synapse.target} * columns + synapse.source] =
          *weightOf(block, synapse.weight);
    for (int32_t bias : group.bias)
      biases.push_back(bias / 64);
    file.group(path);
    file.word(path + "/type", "dense");
    file.array(path + "/shape", {1}, {static_cast<int32_t>(rows)});
    file.number(path + "/inFeatures", static_cast<int32_t>(columns));
    file.number(path + "/outFeatures", static_cast<int32_t>(rows));
    file.array(path + "/weight", {rows, columns}, weights);
    if (std::ranges::any_of(biases, [](int32_t bias) { return bias != 0; }))
      file.array(path + "/bias", {rows}, biases);
    file.group(path + "/neuron");
    file.word(path + "/neuron/type", "CUBA");
    file.number(path + "/neuron/iDecay", group.du + 1);
    file.number(path + "/neuron/vDecay", group.dv);
    file.number(path + "/neuron/vThMant", group.vth);
    file.number(path + "/neuron/refDelay", 1);
  }
};

/// Entries of all matrices.
constexpr uint64_t MostEntries = 100'000'000;

} // namespace

Encoded encodeNetx(const Image &image, const lang::checked::Chip &chip,
                   uint32_t) {
  std::variant<LoihiNetwork, std::string> read = readLoihiNetwork(image, chip);
  if (const std::string *reason = std::get_if<std::string>(&read))
    return *reason;
  const LoihiNetwork &network = std::get<LoihiNetwork>(read);
  uint64_t entries = 0, widest = image.inputs.size();
  for (const LoihiGroup &group : network.groups) {
    widest = std::max<uint64_t>(widest, group.neurons.size());
    entries += widest * group.neurons.size();
  }
  if (entries > MostEntries)
    return "its matrices would have more than 100,000,000 entries";
  Chain chain(network, static_cast<uint32_t>(image.inputs.size()));
  if (std::string reason = chain.order(); !reason.empty())
    return reason;
  std::string content = chain.write();
  if (content.empty())
    return "the HDF5 library could not make it";
  return std::vector<EncodedFile>{{"network.net", std::move(content)}};
}

} // namespace snn::target::cores
