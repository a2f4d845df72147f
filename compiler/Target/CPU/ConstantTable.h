//===- ConstantTable.h - Constant structures of C in LLVM IR ----*- C++ -*-===//
//
// Constants laid out as a C compiler would lay out the structures of snn/abi.h.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_COMPILER_TARGET_CPU_CONSTANTTABLE_H
#define SNN_COMPILER_TARGET_CPU_CONSTANTTABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"

namespace snn::target::cpu {

class ConstantTable {
public:
  explicit ConstantTable(llvm::Module &module) : module(module) {}

  // Members.
  llvm::Constant *u32(uint64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context()),
                                  static_cast<uint32_t>(value));
  }
  llvm::Constant *i32(int32_t value) {
    return llvm::ConstantInt::getSigned(llvm::Type::getInt32Ty(context()),
                                        value);
  }
  llvm::Constant *u64(uint64_t value) {
    return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context()), value);
  }
  llvm::Constant *f64(double value) {
    return llvm::ConstantFP::get(llvm::Type::getDoubleTy(context()), value);
  }
  llvm::Constant *null() {
    return llvm::ConstantPointerNull::get(
        llvm::PointerType::getUnqual(context()));
  }
  /// Text ending in a zero, shared by all that are equal.
  llvm::Constant *text(llvm::StringRef text);
  /// A function of the module; null if `name` is empty.
  llvm::Constant *function(llvm::StringRef name);

  // Pointers to arrays; null if empty.
  llvm::Constant *structs(llvm::ArrayRef<llvm::Constant *> elements,
                          llvm::StringRef name);
  template <typename T>
  llvm::Constant *data(llvm::ArrayRef<T> elements, llvm::StringRef name) {
    if (elements.empty())
      return null();
    return global(llvm::ConstantDataArray::get(context(), elements), name);
  }

  /// Members in C's layout; padding comes from their types.
  llvm::Constant *structure(llvm::ArrayRef<llvm::Constant *> members) {
    return llvm::ConstantStruct::getAnon(context(), members);
  }

private:
  llvm::LLVMContext &context() { return module.getContext(); }
  llvm::Constant *global(llvm::Constant *value, llvm::StringRef name);

  llvm::Module &module;
  llvm::StringMap<llvm::Constant *> texts;
};

} // namespace snn::target::cpu

#endif // SNN_COMPILER_TARGET_CPU_CONSTANTTABLE_H
