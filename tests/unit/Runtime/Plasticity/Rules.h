/*===- Rules.h - Plasticity rules as generated code would be --------------===*\
|*                                                                            *|
|* Pair STDP with additive updates between hard bounds, short-term plasticity *|
|* of Tsodyks and Markram, and an eligibility that decays lazily and that a   *|
|* modulator turns into weight at whole periods; each in f32 and in f64. They *|
|* send to the sum of narrowLifPopulation.                                    *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#ifndef SNN_TESTS_UNIT_RUNTIME_PLASTICITY_RULES_H
#define SNN_TESTS_UNIT_RUNTIME_PLASTICITY_RULES_H

#include "snn/abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* x' = -x/tau, one more at each spike. */
snn_population tracePopulation(const char *path, uint32_t element,
                               uint32_t followed, uint64_t size,
                               const snn_parameter *tau);

/* u and R of Tsodyks and Markram: u' = -u/tau_f, R' = (1 - R)/tau_d; at a
   spike u += U (1 - u), then R -= u R. U = 0.2, tau_f = 50, tau_d = 100 ms. */
#define STP_U 0.2
#define STP_TAU_F 50.0
#define STP_TAU_D 100.0
snn_population stpPopulation(const char *path, uint32_t element,
                             uint32_t followed, uint64_t size);

/* Constants of all rules, in f64 whatever the element is. */
typedef struct {
  double potentiation, depression, most; /* of the weight */
  double tau, rate;                      /* of the eligibility, in steps */
} RuleConstants;

/* w: at `on pre` w -= depression most y, then send; at `on post`
   w += potentiation most x. */
snn_plasticity pairRule(uint32_t element, const RuleConstants *constants);
/* w, sent: sends w u R, with u as the spike makes it. */
snn_plasticity stpRule(uint32_t element, const RuleConstants *constants);
/* w, e: pair STDP of e, which decays; at whole periods w += rate D e. */
snn_plasticity rewardRule(uint32_t element, const RuleConstants *constants);
snn_periodic rewardEvery(uint32_t element, uint64_t period);

#ifdef __cplusplus
}
#endif

#endif /* SNN_TESTS_UNIT_RUNTIME_PLASTICITY_RULES_H */
