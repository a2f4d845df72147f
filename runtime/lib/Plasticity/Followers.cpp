//===- Followers.cpp - Traces, and how synapses see them ------------------===//
//
// Copies of states, which cost some bytes a neuron and step: little beside what
// a neuron's synapses cost.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/Followers.h"

#include <bit>

using namespace snn::runtime;

uint32_t Followers::countStates(const snn_population &population) {
  uint32_t count = 0;
  for (uint32_t f = 0; f < population.num_fields; ++f)
    count += population.fields[f].role == SNN_STATE;
  return count;
}

uint64_t Followers::bytesOf(const snn_population &population,
                            const FollowerView &view) {
  uint64_t all = countStates(population) * padToLanes(population.size) *
                 elementBytes(population.element);
  return all * ((view.after ? view.longest + uint64_t{1} : 0) +
                (view.unfollowed ? 1 : 0) + (view.left ? 1 : 0));
}

uint32_t Followers::longestFollowDelay(const snn_model &model,
                                       uint32_t population) {
  uint32_t longest = 0;
  for (uint32_t p = 0; p < model.num_populations; ++p) {
    const snn_population &follower = model.populations[p];
    if (follower.kind == SNN_FOLLOWERS && follower.followed == population &&
        follower.follow_delay > longest)
      longest = follower.follow_delay;
  }
  return longest;
}

bool Followers::create(const snn_model &definition,
                       const ObjectArray<Population> &all, uint32_t count,
                       const Buffer<FollowerView> &views) {
  model = &definition;
  populations = &all;
  threads = count;
  if (!tracks.create(model->num_populations) || !repeated.create(threads))
    return false;
  for (uint32_t p = 0; p < model->num_populations; ++p) {
    const snn_population &population = model->populations[p];
    if (population.kind != SNN_FOLLOWERS)
      continue;
    Track &track = tracks[p];
    const FollowerView &view = views[p];
    track.isFollower = true;
    track.bytes = elementBytes(population.element);
    track.stride = all[p].padded() * track.bytes;
    for (uint32_t f = 0; f < population.num_fields; ++f)
      if (population.fields[f].role == SNN_STATE && !track.states.push(f))
        return false;
    uint64_t bytes = track.states.size() * track.stride;
    if (view.after) {
      // One more than the oldest step looked at: the newest is being written.
      track.slots = uint64_t{view.longest} + 1;
      if (!track.after.resize(track.slots * bytes))
        return false;
    }
    if (view.before) {
      uint64_t stamps = std::bit_ceil(uint64_t{view.longest} + 1);
      stamps = stamps < 2 ? 2 : stamps;
      track.keepsBefore = true;
      track.keepsLeft = view.left;
      track.record =
          track.states.size() * track.bytes * (track.keepsLeft ? 2 : 1);
      track.mask = stamps - 1;
      if (!track.before.create(stamps * threads))
        return false;
    }
    if (view.left && !track.first.resize(bytes))
      return false;
    if (!view.unfollowed)
      continue;
    track.keepsUnfollowed = true;
    if (!track.kept.resize(bytes) ||
        !track.table.resize(uint64_t{threads} * population.num_fields))
      return false;
    for (uint32_t thread = 0; thread < threads; ++thread) {
      void **table =
          track.table.data() + uint64_t{thread} * population.num_fields;
      for (uint32_t f = 0; f < population.num_fields; ++f)
        table[f] = all[p].fields(thread)[f];
      for (uint64_t s = 0; s < track.states.size(); ++s)
        table[track.states[s]] = track.kept.data() + s * track.stride;
    }
  }
  return true;
}

/// The states of a thread's neurons to their places in `to`.
void Followers::copyStates(const Track &track, uint32_t population,
                           uint32_t thread, char *to) const {
  Range range = (*populations)[population].range(thread);
  if (range.empty())
    return;
  void *const *fields = (*populations)[population].fields(thread);
  uint64_t begin = range.begin * track.bytes;
  for (uint64_t s = 0; s < track.states.size(); ++s)
    memcpy(to + s * track.stride + begin,
           static_cast<const char *>(fields[track.states[s]]) + begin,
           range.size() * track.bytes);
}

void Followers::begin(uint32_t thread) {
  for (uint32_t p = 0; p < tracks.size(); ++p) {
    if (tracks[p].keepsLeft)
      copyStates(tracks[p], p, thread, tracks[p].first.data());
    for (uint64_t slot = 0; slot < tracks[p].slots; ++slot)
      copyStates(tracks[p], p, thread,
                 tracks[p].after.data() +
                     slot * tracks[p].states.size() * tracks[p].stride);
  }
}

void Followers::keepUnfollowed(uint32_t thread) {
  for (uint32_t p = 0; p < tracks.size(); ++p)
    if (tracks[p].keepsUnfollowed)
      copyStates(tracks[p], p, thread, tracks[p].kept.data());
}

void Followers::publish(uint32_t thread, uint64_t stamp) {
  for (uint32_t p = 0; p < tracks.size(); ++p) {
    Track &track = tracks[p];
    if (track.slots)
      copyStates(track, p, thread,
                 track.after.data() +
                     stamp % track.slots * track.states.size() * track.stride);
  }
}

void Followers::call(uint32_t population, uint32_t thread,
                     const uint32_t *neurons, uint64_t count) const {
  const Population &followers = (*populations)[population];
  followers.model().follow(followers.fields(thread), followers.constants(),
                           neurons, count);
}

/// Of a neuron that fires several times, each spike finds what those before it
/// left: so first spikes act together, then second ones, and so on.
bool Followers::followKeeping(Track &track, uint32_t population,
                              uint32_t thread, uint64_t stamp,
                              const Buffer<uint32_t> &spikes) {
  Buffer<char> &before =
      track.before[(stamp & track.mask) * threads + thread].states;
  Buffer<uint32_t> &round = repeated[thread];
  uint64_t states = track.states.size();
  before.clear();
  round.clear();
  if (!before.reserveMore(spikes.size() * track.record) ||
      !round.reserveMore(spikes.size()))
    return false;
  before.setSize(spikes.size() * track.record);
  void *const *fields = (*populations)[population].fields(thread);
  auto keep = [&](uint64_t i, uint64_t offset) {
    char *to = before.data() + i * track.record + offset;
    for (uint64_t s = 0; s < states; ++s, to += track.bytes)
      memcpy(to,
             static_cast<const char *>(fields[track.states[s]]) +
                 spikes[i] * track.bytes,
             track.bytes);
  };
  auto forEachOf = [&](uint64_t rank, auto act) {
    uint64_t repeats = 0;
    for (uint64_t i = 0; i < spikes.size(); ++i) {
      repeats = i && spikes[i] == spikes[i - 1] ? repeats + 1 : 0;
      if (repeats == rank)
        act(i);
    }
  };
  for (uint64_t rank = 0, done = 0; done < spikes.size(); ++rank) {
    round.clear();
    forEachOf(rank, [&](uint64_t i) {
      keep(i, 0);
      round.data()[round.size()] = spikes[i];
      round.setSize(round.size() + 1);
    });
    call(population, thread, round.data(), round.size());
    if (track.keepsLeft)
      forEachOf(rank, [&](uint64_t i) { keep(i, states * track.bytes); });
    done += round.size();
  }
  return true;
}

bool Followers::follow(uint32_t thread, uint64_t stamp, bool later,
                       ObjectArray<SpikeHistory> &histories) {
  for (uint32_t p = 0; p < tracks.size(); ++p) {
    if (!tracks[p].isFollower)
      continue;
    const snn_population &follower = model->populations[p];
    if ((follower.follow_delay != 0) != later || stamp < follower.follow_delay)
      continue;
    const Buffer<uint32_t> &spikes = histories[follower.followed].list(
        stamp - follower.follow_delay, thread);
    if (tracks[p].keepsBefore) {
      if (!followKeeping(tracks[p], p, thread, stamp, spikes))
        return false;
    } else if (!spikes.empty()) {
      call(p, thread, spikes.data(), spikes.size());
    }
  }
  return true;
}

uint64_t Followers::bytes() const {
  uint64_t sum = 0;
  for (const Track &track : tracks)
    sum += track.after.capacityBytes() + track.kept.capacityBytes() +
           track.first.capacityBytes();
  return sum;
}
