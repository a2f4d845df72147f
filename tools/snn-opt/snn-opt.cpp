//===- snn-opt.cpp - Runs passes over textual IR ----------------*- C++ -*-===//
//
// The project's dialects and passes under MLIR's optimizer driver.
//
//===----------------------------------------------------------------------===//
#include "compiler/Conversion/Passes.h"
#include "compiler/Pipelines/CPU.h"
#include "compiler/Pipelines/Spiking.h"
#include "dialects/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  mlir::registerAllPasses();
  snn::registerAllDialects(registry);
  snn::registerAllPasses();
  snn::registerSnnConversionPasses();
  snn::pipelines::registerCPUPipelines();
  snn::pipelines::registerSpikingPipelines();
  return mlir::asMainReturnCode(mlir::MlirOptMain(
      argc, argv, "The spiking compiler's passes, one by one\n", registry));
}
