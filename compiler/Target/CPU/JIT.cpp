//===- JIT.cpp - Compiled models in this process --------------------------===//
//
// The object that an executable would be linked from is linked in memory
// instead: one code generator, hence the same bits.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CPU/JIT.h"

#include "compiler/Target/CPU/LLVMBackend.h"
#include "snn/math.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/TargetSelect.h"

namespace orc = llvm::orc;

namespace snn::target::cpu {

Session::Session(std::unique_ptr<orc::LLJIT> jit) : jit(std::move(jit)) {}
Session::Session(Session &&) = default;
Session &Session::operator=(Session &&) = default;
Session::~Session() = default;

/// The functions of the runtime that generated code calls.
static orc::SymbolMap runtimeSymbols(orc::LLJIT &jit) {
  const std::pair<const char *, void *> functions[] = {
#define FUNCTION(name) {#name, reinterpret_cast<void *>(&name)}
      FUNCTION(snn_exp),   FUNCTION(snn_expm1), FUNCTION(snn_log),
      FUNCTION(snn_log1p), FUNCTION(snn_sin),   FUNCTION(snn_cos),
      FUNCTION(snn_tanh),  FUNCTION(snn_pow),   FUNCTION(snn_expm),
#undef FUNCTION
  };
  orc::SymbolMap symbols;
  for (auto [name, address] : functions)
    symbols[jit.mangleAndIntern(name)] = {orc::ExecutorAddr::fromPtr(address),
                                          llvm::JITSymbolFlags::Exported |
                                              llvm::JITSymbolFlags::Callable};
  return symbols;
}

llvm::Expected<Session> Session::create(mlir::ModuleOp module,
                                        const Options &options) {
  auto object = compileToObject(module, options);
  if (!object)
    return object.takeError();
  // Generated code has no static constructors, so it needs no platform.
  auto jit =
      orc::LLJITBuilder().setPlatformSetUp(orc::setUpInactivePlatform).create();
  if (!jit)
    return jit.takeError();
  orc::JITDylib &library = (*jit)->getMainJITDylib();
  if (llvm::Error error =
          library.define(orc::absoluteSymbols(runtimeSymbols(**jit))))
    return error;
  if (llvm::Error error = (*jit)->addObjectFile(std::move(*object)))
    return error;
  return Session(std::move(*jit));
}

llvm::Expected<void *> Session::lookup(llvm::StringRef name) const {
  auto address = jit->lookup(name);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}

llvm::Expected<const snn_model *> Session::model() const {
  auto address = lookup("snn_compiled_model");
  if (!address)
    return address.takeError();
  return static_cast<const snn_model *>(*address);
}

} // namespace snn::target::cpu
