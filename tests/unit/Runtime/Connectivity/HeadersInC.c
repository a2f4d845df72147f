/*===- HeadersInC.c - The headers are C11 -----------------------------------*\
|*                                                                            *|
|* A C program that uses what the two headers declare.                        *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/
#include "snn/math.h"
#include "snn/network.h"

static int32_t count(void *context, uint32_t source, uint32_t target,
                     double weight, uint32_t delay) {
  (void)source, (void)target, (void)weight, (void)delay;
  ++*(uint64_t *)context;
  return 0;
}

uint64_t countEdgesInC(const snn_projection *projection) {
  uint64_t edges = 0;
  double expected = 0;
  if (snn_enumerate_edges(projection, 0.1, 1, count, &edges, 0) != 0 ||
      snn_count_edges(projection, 0.1, 1, &expected, 0) != 0)
    return 0;
  return (double)edges == expected * snn_exp(0) ? edges : 0;
}
