//===- Anneal.h - Cores that change places ----------------------*- C++ -*-===//
//
// Simulated annealing (Kirkpatrick et al. 1983) over exchanges of two slots of
// the mesh, of which one may be empty. The change of the cost is exact: the
// trees of all flows that touch the two cores are counted again.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CORES_PLACE_ANNEAL_H
#define SNN_COMPILER_TARGET_CORES_PLACE_ANNEAL_H

#include "compiler/Target/Cores/Partition/Random.h"
#include "compiler/Target/Cores/Place/Place.h"

namespace snn::target::cores {

class Annealer {
public:
  Annealer(const Mesh &whole, const Traffic &traffic,
           const PlaceOptions &options, std::vector<Router> start);
  Annealer(const Annealer &) = delete;
  Annealer &operator=(const Annealer &) = delete;

  /// Proposes exchanges until `work` flows and ends were looked at, with a
  /// temperature that falls to 0. First hops alone, then loads as well.
  void run(Random &random, uint64_t work);

  /// In routers of the whole mesh.
  std::vector<Router> best() const;
  int64_t bestCost() const { return bestCost_; }

  /// Of the present placement, kept up to date.
  int64_t cost() const { return hops + options.beta * largestLoad(); }

private:
  void phase(Random &random, uint64_t work, bool withLoads);
  void exchange(uint32_t slotA, uint32_t slotB);
  uint32_t propose(Random &random, uint32_t slot, double progress) const;
  void collectFlows(uint32_t coreA, uint32_t coreB);
  uint32_t countHops(uint32_t flow);
  void addLoads(uint32_t flow, int64_t sign);
  int64_t largestLoad() const;
  void keepIfBest();

  const Mesh &whole;
  const Mesh mesh; // the region that cores stay in; ways between them do, too
  const Traffic &traffic;
  PlaceOptions options;
  std::vector<Router> router;
  FlowLinks flowLinks;          // of `router`
  std::vector<uint32_t> slotOf; // of a core
  // Of a slot, that is, router * coresPerRouter + a seat; UINT32_MAX if empty.
  std::vector<uint32_t> coreAt;
  std::vector<uint64_t> flowsBegin;
  std::vector<uint32_t> flowsOf; // of a core: from or to it
  std::vector<uint32_t> hopsOf;  // of a flow
  std::vector<int64_t> loads;    // of each link
  int64_t hops = 0;
  uint64_t looked = 0;

  // Flows that an exchange touches, each once.
  std::vector<uint32_t> touched, newHops;
  std::vector<uint64_t> touchedAt; // of a flow: the number of the exchange
  uint64_t numExchanges = 0;

  std::vector<Router> best_;
  int64_t bestCost_ = 0;
};

} // namespace snn::target::cores

#endif // SNN_COMPILER_TARGET_CORES_PLACE_ANNEAL_H
