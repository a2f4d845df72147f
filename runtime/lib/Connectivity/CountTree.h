//===- CountTree.h - A total, divided by keyed draws ------------*- C++ -*-===//
//
// `count` edges fall on [0, size) as if thrown one by one. A binary tree of
// conditional draws gives the number of any place without those of the others:
// at each node the left part's share is binomial (or hypergeometric, where no
// place may be hit twice), drawn from the node's own counter.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_COUNTTREE_H
#define SNN_RUNTIME_CONNECTIVITY_COUNTTREE_H

#include "runtime/lib/Random/Counts.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

/// Counters: item = first place of the right part, high = name.
template <typename Weight>
class CountTree {
public:
  /// weight({begin, end}): the relative probability of these places; where
  /// `distinct`, how many different edges they allow.
  CountTree(const ArsKey &key, uint64_t name, bool distinct, Weight weight)
      : key(key), name(name), distinct(distinct), weight(weight) {}

  /// leaf(place, count, before) for the places of `wanted` that got some,
  /// ascending; `before` is the sum over all places below. Stops and returns
  /// false when leaf does.
  template <typename Leaf>
  bool forEach(uint64_t size, uint64_t count, Range wanted, Leaf leaf) const {
    return size == 0 || descend({0, size}, count, 0, wanted, leaf);
  }

private:
  template <typename Leaf>
  bool descend(Range places, uint64_t count, uint64_t before, Range wanted,
               Leaf &leaf) const {
    if (count == 0 || places.end <= wanted.begin || places.begin >= wanted.end)
      return true;
    if (places.size() == 1)
      return leaf(places.begin, count, before);
    uint64_t middle = places.begin + places.size() / 2;
    Range left = {places.begin, middle}, right = {middle, places.end};
    double leftWeight = static_cast<double>(weight(left));
    double rightWeight = static_cast<double>(weight(right));
    Words words = Words::ofItem(key, static_cast<uint32_t>(middle), name);
    auto all = static_cast<double>(count);
    double share =
        distinct
            ? hypergeometric(leftWeight, rightWeight, all, words)
            : Binomial(all, leftWeight / (leftWeight + rightWeight))(words);
    auto leftCount = static_cast<uint64_t>(share);
    return descend(left, leftCount, before, wanted, leaf) &&
           descend(right, count - leftCount, before + leftCount, wanted, leaf);
  }

  const ArsKey &key;
  uint64_t name;
  bool distinct;
  Weight weight;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_COUNTTREE_H
