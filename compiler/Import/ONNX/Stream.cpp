//===- Stream.cpp - From the reader process to the compiler ---------------===//
//
// One description of the members serves both ways: `walk` visits them with a
// writer or with a reader.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/ONNX/Stream.h"

#include <cstring>
#include <type_traits>

using namespace snn::onnx;

namespace {

constexpr std::string_view Magic = "SNNONNX1", End = "END.";

class Writer {
public:
  explicit Writer(const Sink &sink) : sink(sink) {}

  template <typename T>
  void number(T &value) {
    sink({reinterpret_cast<const char *>(&value), sizeof value});
  }
  void text(std::string &value) {
    auto size = static_cast<uint64_t>(value.size());
    number(size);
    sink(value);
  }
  uint32_t length(size_t size) {
    auto count = static_cast<uint32_t>(size);
    number(count);
    return count;
  }

private:
  const Sink &sink;
};

class Reader {
public:
  explicit Reader(std::string_view bytes) : bytes(bytes) {}

  template <typename T>
  void number(T &value) {
    if (take(sizeof value))
      std::memcpy(&value, taken.data(), sizeof value);
  }
  void text(std::string &value) {
    uint64_t size = 0;
    number(size);
    if (take(size))
      value = taken;
  }
  /// Each element takes a byte at least.
  uint32_t length(size_t) {
    uint32_t count = 0;
    number(count);
    if (count > bytes.size())
      failed = true;
    return failed ? 0 : count;
  }

  std::string_view bytes, taken;
  bool failed = false;

  bool take(uint64_t size) {
    failed |= size > bytes.size();
    if (failed)
      return false;
    taken = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return true;
  }
};

template <typename Coder, typename T>
void walk(Coder &coder, T &value);

template <typename Coder, typename T>
void walkList(Coder &coder, std::vector<T> &list) {
  uint32_t count = coder.length(list.size());
  if constexpr (std::is_same_v<Coder, Reader>) {
    list.clear();
    for (uint32_t i = 0; i < count && !coder.failed; ++i)
      walk(coder, list.emplace_back());
  } else {
    for (T &element : list)
      walk(coder, element);
  }
}

template <typename Coder, typename T>
void walk(Coder &coder, T &value) {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
    coder.number(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    coder.text(value);
  } else if constexpr (std::is_same_v<T, Tensor>) {
    walk(coder, value.name);
    walk(coder, value.type);
    walkList(coder, value.shape);
    walk(coder, value.bytes);
    walk(coder, value.location);
    walk(coder, value.offset);
    walk(coder, value.length);
  } else if constexpr (std::is_same_v<T, Attribute>) {
    walk(coder, value.name);
    walk(coder, value.kind);
    walk(coder, value.real);
    walk(coder, value.whole);
    walk(coder, value.text);
    walkList(coder, value.reals);
    walkList(coder, value.wholes);
    walk(coder, value.tensor);
  } else if constexpr (std::is_same_v<T, Node>) {
    walk(coder, value.name);
    walk(coder, value.op);
    walk(coder, value.domain);
    walkList(coder, value.inputs);
    walkList(coder, value.outputs);
    walkList(coder, value.attributes);
  } else {
    static_assert(std::is_same_v<T, ValueInfo>);
    walk(coder, value.name);
    walk(coder, value.type);
    walkList(coder, value.shape);
  }
}

template <typename Coder>
void walkGraph(Coder &coder, Graph &graph) {
  walk(coder, graph.name);
  walk(coder, graph.producer);
  walk(coder, graph.irVersion);
  std::vector<std::string> domains;
  std::vector<int64_t> versions;
  for (auto &[domain, version] : graph.opsets) {
    domains.push_back(domain);
    versions.push_back(version);
  }
  walkList(coder, domains);
  walkList(coder, versions);
  for (size_t i = 0; i < domains.size() && i < versions.size(); ++i)
    graph.opsets[domains[i]] = versions[i];
  walkList(coder, graph.inputs);
  walkList(coder, graph.outputs);
  walkList(coder, graph.initializers);
  walkList(coder, graph.nodes);
}

} // namespace

void snn::onnx::encodeGraph(const Graph &graph, const Sink &sink) {
  sink(Magic);
  sink("G");
  Writer writer(sink);
  // The one walk takes what it may change; a writer changes nothing.
  walkGraph(writer, const_cast<Graph &>(graph));
  sink(End);
}

void snn::onnx::encodeError(std::string_view message, const Sink &sink) {
  sink(Magic);
  sink("E");
  std::string text(message);
  Writer(sink).text(text);
  sink(End);
}

bool snn::onnx::decode(std::string_view bytes, Graph &graph,
                       DecodeError &error) {
  Reader reader(bytes);
  error = {"what the reader process sent is broken", true};
  if (!reader.take(Magic.size()) || reader.taken != Magic || !reader.take(1))
    return false;
  bool isGraph = reader.taken == "G";
  std::string message;
  if (isGraph)
    walkGraph(reader, graph);
  else
    reader.text(message);
  if (!reader.take(End.size()) || reader.taken != End ||
      !reader.bytes.empty() || (!isGraph && message.empty()))
    return false;
  if (isGraph)
    return true;
  error = {message, false};
  return false;
}
