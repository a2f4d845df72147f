//===- Checked.h - The checked program --------------------------*- C++ -*-===//
//
// The result of semantic analysis and the only thing the compiler reads of the
// language: plain structs, no syntax, no failure left to report. Expressions,
// models, network and experiment have each a header of their own.
//
// Conventions that hold in all of them:
//  * every number is an f64 in internal units (ms, mV, pA, nS = pA/mV,
//    pF = pA*ms/mV, 1/ms for rates, um, mM, K); its Dimension stands beside it;
//  * neuron and synapse models are symbolic: their expressions are trees over
//    parameters, states and lets, referred to by index in the tables of the
//    model they stand in;
//  * the network is flat: every population, projection, drive and stimulus has
//    a path name, and network arguments, loops and tables are already values;
//  * times in an experiment are whole steps (`*Steps`) of `stepSize` ms;
//  * ranges are inclusive and sizes are not: Slice{0, 99} has 100 neurons.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_LANG_SEMA_CHECKED_H
#define SNN_LANG_SEMA_CHECKED_H

#include "lang/Sema/Checked/Experiment.h"
#include "lang/Sema/Checked/Models.h"

#include <vector>

namespace snn::lang::checked {

struct Program {
  std::vector<SynapseModel> synapses;
  std::vector<NeuronModel> neurons;
  std::vector<PlasticityModel> plasticity;
  std::vector<Experiment> experiments;
};

} // namespace snn::lang::checked

#endif // SNN_LANG_SEMA_CHECKED_H
