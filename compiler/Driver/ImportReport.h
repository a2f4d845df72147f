//===- ImportReport.h - What a converted network would be like --*- C++ -*-===//
//
// `snn import --report`, and what it shares with the import itself.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_DRIVER_IMPORTREPORT_H
#define SNN_COMPILER_DRIVER_IMPORTREPORT_H

#include "compiler/Driver/Verbs.h"
#include "compiler/Import/Convert.h"

namespace snn::driver {

/// What flags ask of a conversion, with the data sets that they name read.
Expected<importing::ConvertOptions>
conversionOptions(const ImportOptions &options, const Console &console);

/// Against the network as it was: errors, and energy.
std::string comparisonText(const importing::Converted &converted);

/// `snn import --report`: no model is made.
int reportNetwork(const ImportOptions &options, const Console &console);

} // namespace snn::driver

#endif // SNN_COMPILER_DRIVER_IMPORTREPORT_H
