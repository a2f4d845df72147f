//===- Followers.h - Traces, and how synapses see them ----------*- C++ -*-===//
//
// A follower's states change when the neuron that it follows fires. A synapse
// sees those of its source as they were one axonal delay ago, from whatever
// thread: so each thread publishes those of its own neurons at the end of every
// step, and they are kept for as many steps as the longest delay. The states
// just before a spike are kept with the spike.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_PLASTICITY_FOLLOWERS_H
#define SNN_RUNTIME_PLASTICITY_FOLLOWERS_H

#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Delivery/SpikeHistory.h"

namespace snn::runtime {

/// What synapses look at of one population of followers.
struct FollowerView {
  bool before = false;     // what they were just before each spike
  bool left = false;       // and just after it, and at the start
  bool after = false;      // what they were in the last `longest` steps
  bool unfollowed = false; // what they are, but for the spikes of this step
  uint32_t longest = 0;    // axonal delay in steps
};

class Followers {
public:
  /// `views` by population.
  [[nodiscard]] bool create(const snn_model &model,
                            const ObjectArray<Population> &populations,
                            uint32_t threads,
                            const Buffer<FollowerView> &views);

  /// States of each neuron of a population.
  static uint32_t countStates(const snn_population &population);

  /// Bytes of what create() makes of one population.
  static uint64_t bytesOf(const snn_population &population,
                          const FollowerView &view);

  /// The longest `follow_delay` behind a population.
  static uint32_t longestFollowDelay(const snn_model &model,
                                     uint32_t population);

  /// Before the first spike the states were the initial ones.
  void begin(uint32_t thread);

  /// Keeps the states of this step's end before its spikes act.
  void keepUnfollowed(uint32_t thread);

  /// Lets the spikes act that are due at `stamp`, on the followers that take
  /// them at once, or on those that take them later. False without memory.
  [[nodiscard]] bool follow(uint32_t thread, uint64_t stamp, bool later,
                            ObjectArray<SpikeHistory> &histories);

  /// The states of a thread's neurons at `stamp`, to all threads from the next
  /// step on.
  void publish(uint32_t thread, uint64_t stamp);

  //===- As synapses see them ---------------------------------------------===//

  uint32_t numStates(uint32_t population) const {
    return static_cast<uint32_t>(tracks[population].states.size());
  }

  /// The states before spike `index` of the list of a stamp and thread, one
  /// behind the other; valid as long as a spike can be under way.
  const char *before(uint32_t population, uint64_t stamp, uint32_t thread,
                     uint64_t index) const {
    const Track &track = tracks[population];
    return track.before[(stamp & track.mask) * threads + thread].states.data() +
           index * track.record;
  }

  /// Likewise the states that the spike left.
  const char *left(uint32_t population, uint64_t stamp, uint32_t thread,
                   uint64_t index) const {
    const Track &track = tracks[population];
    return before(population, stamp, thread, index) +
           track.states.size() * track.bytes;
  }

  /// State number `state` of all neurons, as it was before the first spike.
  const char *first(uint32_t population, uint64_t state) const {
    const Track &track = tracks[population];
    return track.first.data() + state * track.stride;
  }

  /// States of all neurons in the steps up to a stamp.
  struct Past {
    const char *begin;
    uint64_t newest, slots;  // place of the stamp, and how many there are
    uint64_t states, stride; // how many, and bytes of one

    /// As it was so many steps before, which may be before the first step.
    const char *state(uint64_t delay, uint64_t number) const {
      uint64_t slot = newest < delay ? newest + slots - delay : newest - delay;
      return begin + (slot * states + number) * stride;
    }
  };
  Past past(uint32_t population, uint64_t stamp) const {
    const Track &track = tracks[population];
    return {track.after.data(), stamp % track.slots, track.slots,
            track.states.size(), track.stride};
  }

  /// The fields of a thread's neurons as keepUnfollowed() found them.
  void *const *unfollowed(uint32_t population, uint32_t thread) const {
    const Track &track = tracks[population];
    return track.table.data() +
           thread * uint64_t{model->populations[population].num_fields};
  }

  uint64_t bytes() const;

private:
  /// On a line of its own: each thread writes its own in every step.
  struct alignas(64) OfSpikes {
    Buffer<char> states;
  };
  struct Track {
    bool isFollower = false;
    Buffer<uint32_t> states; // fields of role SNN_STATE
    uint64_t bytes = 0;      // of an element
    uint64_t stride = 0;     // bytes of a state of all neurons
    uint64_t slots = 0;      // steps that `after` holds
    uint64_t mask = 0;       // of stamps in `before`
    uint64_t record = 0;     // bytes of what is kept of a spike
    bool keepsBefore = false, keepsLeft = false, keepsUnfollowed = false;
    Buffer<char> after, kept, first;
    ObjectArray<OfSpikes> before; // by stamp and thread
    Buffer<void *> table;         // by thread and field, to `kept`
  };

  void copyStates(const Track &track, uint32_t population, uint32_t thread,
                  char *to) const;
  bool followKeeping(Track &track, uint32_t population, uint32_t thread,
                     uint64_t stamp, const Buffer<uint32_t> &spikes);
  void call(uint32_t population, uint32_t thread, const uint32_t *neurons,
            uint64_t count) const;

  const snn_model *model = nullptr;
  const ObjectArray<Population> *populations = nullptr;
  uint32_t threads = 1;
  ObjectArray<Track> tracks;              // by population
  ObjectArray<Buffer<uint32_t>> repeated; // work space, by thread
};

} // namespace snn::runtime

#endif // SNN_RUNTIME_PLASTICITY_FOLLOWERS_H
