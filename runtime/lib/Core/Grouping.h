//===- Grouping.h - Declarations by population ------------------*- C++ -*-===//
//
// A step goes population by population and asks for the stimuli, drives or
// records of each: the lists are made once, in the order of the model.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_GROUPING_H
#define SNN_RUNTIME_CORE_GROUPING_H

#include "runtime/lib/Core/Buffer.h"

namespace snn::runtime {

class Grouping {
public:
  /// Items 0 .. items - 1, each of population populationOf(item); those for
  /// which it is not below `populations` are in no group.
  template <typename Fn>
  [[nodiscard]] bool create(uint32_t populations, uint32_t items,
                            Fn &&populationOf) {
    if (!begins.resize(uint64_t{populations} + 1) || !order.resize(items))
      return false;
    for (uint32_t item = 0; item < items; ++item)
      if (populationOf(item) < populations)
        ++begins[populationOf(item)];
    uint32_t sum = 0;
    for (uint32_t &begin : begins) {
      sum += begin;
      begin = sum;
    }
    // From the ends backwards, which leaves the beginnings behind.
    for (uint32_t item = items; item-- > 0;)
      if (populationOf(item) < populations)
        order[--begins[populationOf(item)]] = item;
    return true;
  }

  struct Group {
    const uint32_t *first, *last;
    const uint32_t *begin() const { return first; }
    const uint32_t *end() const { return last; }
    bool empty() const { return first == last; }
  };
  Group operator[](uint32_t population) const {
    return {order.data() + begins[population],
            order.data() + begins[population + 1]};
  }

private:
  Buffer<uint32_t> begins, order;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_GROUPING_H
