//===- MapText.cpp - `snn map --emit core` --------------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "compiler/Driver/MapText.h"

#include "compiler/Driver/Mapping.h"
#include "compiler/Driver/Output.h"
#include "compiler/Driver/Reproducer.h"
#include "compiler/Target/Cores/Text/CoreText.h"

using namespace snn;
using namespace snn::driver;

int snn::driver::writeMapText(const MapOptions &options,
                              const Console &console) {
  lang::checked::Chip chip;
  MappedModel mapped;
  if (std::optional<Stop> stop = mapModelTo(
          options.chip, options.model, options.limits, console, chip, mapped))
    return stop->show(console);
  target::cores::CoreText made =
      target::cores::textOf(mapped.name, mapped.network, mapped.coded,
                            mapped.mapping, mapped.spikes, chip, mapped.image);
  if (!made.broken.empty())
    return console.fail(internalError(made.broken));
  std::string file = options.output.empty() ? "-" : options.output;
  if (std::optional<Failure> failure = writeFile(file, made.text))
    return console.fail(*failure);
  return 0;
}
