//===- EnumerateDrives.cpp - The events of a drive, one by one ------------===//
//
// The draws of Drives.cpp for who needs the events themselves, not their sums:
// a count is that of (index in the slice, step), a weight that of the index.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Drives.h"

#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Random/Distribution.h"
#include "runtime/lib/Random/Hash.h"
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
  ArsKey key(makeKey(hash64(seed, drive.path), Stream::Event));
  for (uint64_t step = 0; step < steps; ++step) {
    if (!rate.update(drive.rate, drive.constant,
                     static_cast<double>(step + 1) * model->step,
                     model->step)) {
      fail(reason, SNN_MODEL, "E0420", "the rate of `%s` %s", drive.path,
           PoissonRate::Impossible);
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
  Key key = makeKey(hash64(seed, drive.path), Stream::DriveWeight);
  for (uint64_t i = 0; i < drive.target.count; ++i) {
    double value;
    if (!drawForNeuron(drive.weight, key, i, value)) {
      fail(reason, SNN_MODEL, "E0420",
           "the weight of `%s`: no draw is what `redraw to` asks for",
           drive.path);
      return reason.status;
    }
    if (int32_t stopped =
            weight(context, static_cast<uint32_t>(sliceNeuron(drive.target, i)),
                   roundHalfEven(value / drive.grid) * drive.grid))
      return stopped;
  }
  return 0;
}
