//===- ConstantTable.cpp - Constant structures of C in LLVM IR ------------===//
//
// Arrays are private constants of the module.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/CPU/ConstantTable.h"

namespace snn::target::cpu {

llvm::Constant *ConstantTable::global(llvm::Constant *value,
                                      llvm::StringRef name) {
  return new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                                  llvm::GlobalValue::PrivateLinkage, value,
                                  name);
}

llvm::Constant *ConstantTable::text(llvm::StringRef text) {
  llvm::Constant *&known = texts[text];
  if (!known)
    known = global(llvm::ConstantDataArray::getString(context(), text), "text");
  return known;
}

llvm::Constant *ConstantTable::function(llvm::StringRef name) {
  if (name.empty())
    return null();
  llvm::Function *function = module.getFunction(name);
  assert(function && "the model's functions are in the module");
  return function;
}

llvm::Constant *
ConstantTable::structs(llvm::ArrayRef<llvm::Constant *> elements,
                       llvm::StringRef name) {
  if (elements.empty())
    return null();
  auto *type =
      llvm::ArrayType::get(elements.front()->getType(), elements.size());
  return global(llvm::ConstantArray::get(type, elements), name);
}

} // namespace snn::target::cpu
