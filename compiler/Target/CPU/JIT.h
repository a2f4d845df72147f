//===- JIT.h - Compiled models in this process ------------------*- C++ -*-===//
//
// Holds the machine code of a model for as long as the session lives.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_JIT_H
#define SNN_COMPILER_TARGET_CPU_JIT_H

#include "compiler/Target/CPU/Options.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

#include <memory>

struct snn_model;
namespace llvm::orc {
class LLJIT;
} // namespace llvm::orc

namespace snn::target::cpu {

class Session {
public:
  /// Compiles a module as compileToObject does, and links it in memory with
  /// the runtime's functions of this process.
  static llvm::Expected<Session> create(mlir::ModuleOp module,
                                        const Options &options);
  Session(Session &&);
  Session &operator=(Session &&);
  ~Session();

  /// The address of a symbol.
  llvm::Expected<void *> lookup(llvm::StringRef name) const;

  /// The model's descriptor, `snn_compiled_model`.
  llvm::Expected<const snn_model *> model() const;

private:
  explicit Session(std::unique_ptr<llvm::orc::LLJIT> jit);
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_JIT_H
