//===- WeightTable.cpp - A few weights for many ---------------------------===//
//
// See the header. An entry is the mean of its codes, rounded.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Map/WeightTable.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

namespace snn::target::cores {

std::vector<int16_t> chooseTable(const std::vector<int16_t> &codes,
                                 size_t entries) {
  std::map<int16_t, uint64_t> counts;
  for (int16_t code : codes)
    ++counts[code];
  std::vector<int16_t> values;
  // Sums over the first i distinct codes: count, value, square.
  std::vector<double> n{0}, sum{0}, square{0};
  for (auto [value, count] : counts) {
    auto weight = static_cast<double>(count);
    values.push_back(value);
    n.push_back(n.back() + weight);
    sum.push_back(sum.back() + weight * value);
    square.push_back(square.back() + weight * value * value);
  }
  size_t size = values.size();
  entries = std::min(entries, size);
  if (entries == size)
    return values;
  auto cost = [&](size_t from, size_t to) { // of codes [from, to) as one
    double s = sum[to] - sum[from];
    return square[to] - square[from] - s * s / (n[to] - n[from]);
  };
  std::vector<std::vector<double>> least(
      entries + 1, std::vector<double>(size + 1, INFINITY));
  std::vector<std::vector<size_t>> begin(entries + 1,
                                         std::vector<size_t>(size + 1));
  least[0][0] = 0;
  for (size_t k = 1; k <= entries; ++k)
    for (size_t to = k; to <= size; ++to)
      for (size_t from = k - 1; from < to; ++from) {
        double all = least[k - 1][from] + cost(from, to);
        if (all < least[k][to]) {
          least[k][to] = all;
          begin[k][to] = from;
        }
      }
  std::vector<int16_t> table;
  for (size_t k = entries, to = size; k > 0; to = begin[k--][to]) {
    size_t from = begin[k][to];
    table.push_back(static_cast<int16_t>(
        std::lround((sum[to] - sum[from]) / (n[to] - n[from]))));
  }
  std::reverse(table.begin(), table.end());
  return table;
}

uint8_t nearestEntry(const std::vector<int16_t> &table, int16_t code) {
  size_t best = 0;
  for (size_t i = 1; i < table.size(); ++i)
    if (std::abs(table[i] - code) < std::abs(table[best] - code))
      best = i;
  return static_cast<uint8_t>(best);
}

} // namespace snn::target::cores
