//===- Arena.h - One block for all that a run changes -----------*- C++ -*-===//
//
// Regions are planned first and allocated together: so the memory is known
// before it is taken, lies on huge pages, and can be walked region by region.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_ARENA_H
#define SNN_RUNTIME_CORE_ARENA_H

#include <cstdint>

namespace snn::runtime {

class Arena {
public:
  Arena() = default;
  Arena(const Arena &) = delete;
  Arena &operator=(const Arena &) = delete;
  ~Arena();

  /// Plans a region on a cache line of its own; returns its offset. Before
  /// allocate(). Sizes are checked by the caller's limits on a model.
  uint64_t plan(uint64_t bytes);
  /// What it will take of memory, huge pages rounded up.
  uint64_t size() const;

  /// Zeroed memory, touched by whoever writes first.
  [[nodiscard]] bool allocate();
  void *at(uint64_t offset) const { return base + offset; }

private:
  bool isWorthHugePages() const;

  char *base = nullptr;
  uint64_t bytes = 0;
  void *mapping = nullptr;
  uint64_t mapped = 0;
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_ARENA_H
