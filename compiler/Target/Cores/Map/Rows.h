//===- Rows.h - What each source sends --------------------------*- C++ -*-===//
//
// Items in rows, one for each source, in one piece of memory: a network of
// hundreds of millions of synapses has room for little beside each of them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_MAP_ROWS_H
#define SNN_COMPILER_TARGET_CORES_MAP_ROWS_H

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace snn::target::cores {

template <typename T>
class Rows {
public:
  Rows() = default;
  /// Rows that end at these places of a list.
  Rows(const std::vector<uint64_t> &ends, std::vector<T> all)
      : items(std::move(all)) {
    begin.insert(begin.end(), ends.begin(), ends.end());
  }

  uint32_t numRows() const { return static_cast<uint32_t>(begin.size() - 1); }
  /// Of all rows.
  uint64_t size() const { return items.size(); }
  std::span<const T> operator[](uint32_t row) const {
    return {items.data() + begin[row], items.data() + begin[row + uint64_t{1}]};
  }

  void reserve(uint32_t numRows, uint64_t numItems) {
    begin.reserve(numRows + uint64_t{1});
    items.reserve(numItems);
  }
  /// To the row that endRow() ends.
  void push(const T &item) { items.push_back(item); }
  void endRow() { begin.push_back(items.size()); }

private:
  std::vector<uint64_t> begin{0};
  std::vector<T> items;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_MAP_ROWS_H
