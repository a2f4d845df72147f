//===- EnumerateDrives.cpp - The events of a drive, one by one ------------===//
//
// The draws of Drives.cpp for who needs the events themselves, not their sums:
// a count is that of (index in the slice, step), a weight that of the index.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Drives.h"

#include "runtime/lib/Core/Slice.h"
#include "snn/network.h"

using namespace snn::runtime;

int32_t snn_enumerate_drive(const snn_model *model, uint32_t number,
                            uint64_t seed, uint64_t steps, snn_drive_fn event,
                            void *context, snn_error *error) {
  Error own = {};
  Error &reason = error ? *error : own;
  const snn_drive &drive = model->drives[number];
  Buffer<uint32_t> counts;
  PoissonRate rate;
  if (!counts.resize(drive.target.count)) {
    outOfMemory(reason, "the events of a drive");
    return reason.status;
  }
  ArsKey key = countKey(drive, seed);
  for (uint64_t step = 0; step < steps; ++step) {
    double time = static_cast<double>(step + 1) * model->step;
    if (!rate.update(drive.rate, drive.constant, time, model->step)) {
      fail(reason, SNN_NUMERICAL, "R0402",
           "the rate of `%s` %s at t = %.10g ms", drive.path,
           PoissonRate::Impossible, time);
      return reason.status;
    }
    rate.table().counts(key, step, 0, drive.target.count, counts.data());
    for (uint64_t i = 0; i < drive.target.count; ++i)
      if (counts[i])
        if (int32_t stopped = event(
                context, static_cast<uint32_t>(sliceNeuron(drive.target, i)),
                step, counts[i]))
          return stopped;
  }
  return 0;
}

int32_t snn_enumerate_drive_weights(const snn_model *model, uint32_t number,
                                    uint64_t seed, snn_weight_fn weight,
                                    void *context, snn_error *error) {
  Error own = {};
  Error &reason = error ? *error : own;
  const snn_drive &drive = model->drives[number];
  Key key = weightKey(drive, seed);
  for (uint64_t i = 0; i < drive.target.count; ++i) {
    double whole;
    if (!drawWeight(drive, key, i, whole, reason))
      return reason.status;
    if (int32_t stopped =
            weight(context, static_cast<uint32_t>(sliceNeuron(drive.target, i)),
                   whole * drive.grid))
      return stopped;
  }
  return 0;
}
