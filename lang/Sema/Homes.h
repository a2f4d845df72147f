//===- Homes.h - Where the states of a rule live ----------------*- C++ -*-===//
//
// What depends on the source alone is kept once for each source neuron, however
// many synapses it has.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_HOMES_H
#define SNN_LANG_SEMA_HOMES_H

#include "lang/Sema/Checked.h"

namespace snn::lang {

/// Gives the home Pre to every state written as one of the synapse whose
/// equation and changes are functions of the source: what changes it moves to
/// PreTrace, and what Pre reads of it afterwards is replaced by the value that
/// it would have had. Says of every state why it lives where it does.
void settleHomes(checked::PlasticityModel &model);

} // namespace snn::lang

#endif // SNN_LANG_SEMA_HOMES_H
