//===- ChipReport.h - What `snn map` says -----------------------*- C++ -*-===//
//
// One mapping as text for people, as JSON for scripts, and as a figure: cores
// on the mesh, coloured by what they do, and the traffic on the links.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_CHIPREPORT_H
#define SNN_COMPILER_DRIVER_CHIPREPORT_H

#include "compiler/Driver/Mapping.h"

namespace snn::driver {

std::string reportText(const MappedModel &mapped,
                       const lang::checked::Chip &chip);
std::string reportJson(const MappedModel &mapped,
                       const lang::checked::Chip &chip);
std::string reportSvg(const MappedModel &mapped,
                      const lang::checked::Chip &chip);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_CHIPREPORT_H
