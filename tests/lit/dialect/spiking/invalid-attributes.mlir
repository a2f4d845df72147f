// RUN: snn-opt %s --split-input-file --verify-diagnostics

// Values, rules, slices and solvers that mean nothing are refused where they
// are read.

spiking.network @Net {
  // expected-error @+1 {{unknown distribution 'cauchy'}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight cauchy(0.0, 1.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a standard deviation must be at least 0, but is -1}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight normal(0.0, -1.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{redraw must name the lower bound first}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight normal(0.0, 1.0) redraw [1.0, 0.0] delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{probabilities must sum to 1, but sum to}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight categorical([1.0, 2.0], [0.5, 0.25]) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{unknown connection rule 'nearest'}}
  spiking.projection @p from @E to @E port @syn rule nearest weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a probability must lie in [0, 1], but is 1.5}}
  spiking.projection @p from @E to @E port @syn rule probability(1.5) weight 1.0 delay 1.0
}

// -----

// expected-error @+1 {{only euler can be sequential, not rk4}}
spiking.neuron @N solver <rk4, sequential> {
}

// -----

spiking.network @Net {
  // expected-error @+1 {{uniform must name the lower bound first}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight uniform(1.0, 0.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{clip must name the lower bound first}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight normal(0.0, 1.0) clip [1.0, 0.0] delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a value's numbers must be finite}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight 0x7FF0000000000000 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a shape must be positive, but is 0}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight gamma(0.0, 1.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a scale must be positive, but is -2}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight gamma(1.0, -2.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a mean must be positive, but is 0}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight exponential(0.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a number of trials must be a whole number, at least 0, but is 1.5}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight binomial(1.5, 0.5) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a probability must lie in [0, 1], but is 2}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight binomial(4.0, 2.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a mean must be at least 0, but is -1}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight poisson(-1.0) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a categorical value needs as many probabilities as values, and at least one}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight categorical([1.0, 2.0], [1.0]) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a probability must be at least 0, but is -5.0}}
  spiking.projection @p from @E to @E port @syn rule all_to_all weight categorical([1.0, 2.0], [1.5, -0.5]) delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a count must be at least 0, but is -1}}
  spiking.projection @p from @E to @E port @syn rule indegree(-1) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{probability tests each pair once; it has no multapses}}
  spiking.projection @p from @E to @E port @syn rule probability(0.5) multapses weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a list needs as many targets as sources}}
  spiking.projection @p from @E to @E port @syn rule list([0, 1], [1]) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a slice needs 0 <= first < end, but is [5:5]}}
  spiking.projection @p from @E[5:5] to @E port @syn rule all_to_all weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a slice's stride must be positive, but is 0}}
  spiking.projection @p from @E[0:5:0] to @E port @syn rule all_to_all weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{'tau' is given twice}}
  spiking.population @E : @N[10] params {tau = 1.0, tau = 2.0}
}

// -----

// expected-error @+1 {{unknown precision 'f16'}}
spiking.neuron @N precision f16 {
}

// -----

// expected-error @+1 {{unknown schedule 'brian'}}
spiking.experiment @X network @Net step 0.1 warmup 0.0 duration 1.0 seeds [1, 1, 1] schedule brian {
}

// -----

// expected-error @+1 {{unknown solver 'rk5'}}
spiking.neuron @N solver <rk5> {
}

// -----

// expected-error @+1 {{expected 'substeps' or 'sequential'}}
spiking.neuron @N solver <euler, twice> {
}

// -----

// expected-error @+1 {{substeps must be at least 1, but is 0}}
spiking.neuron @N solver <euler, substeps = 0> {
}

// -----

spiking.network @Net {
  // expected-error @+1 {{expected 2 sizes}}
  spiking.projection @p from @E to @E port @syn rule convolution([1, 1, 5], [1, 1, 3], kernel [3], stride [1, 1], padding [0, 0], dilation [1, 1], groups 1) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a convolution has sizes that are not in 1 .. 2^20 - 1}}
  spiking.projection @p from @E to @E port @syn rule convolution([1, 1, 5], [1, 1, 3], kernel [0, 3], stride [1, 1], padding [0, 0], dilation [1, 1], groups 1) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a convolution has a stride or dilation that is not in 1 .. 2^20 - 1}}
  spiking.projection @p from @E to @E port @syn rule convolution([1, 1, 5], [1, 1, 3], kernel [1, 3], stride [1, 0], padding [0, 0], dilation [1, 1], groups 1) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a convolution has a padding that is not in 0 .. 2^20 - 1}}
  spiking.projection @p from @E to @E port @syn rule convolution([1, 1, 5], [1, 1, 3], kernel [1, 3], stride [1, 1], padding [0, -1], dilation [1, 1], groups 1) weight 1.0 delay 1.0
}

// -----

spiking.network @Net {
  // expected-error @+1 {{a convolution has groups that do not divide its channels}}
  spiking.projection @p from @E to @E port @syn rule convolution([4, 1, 5], [2, 1, 5], kernel [1, 1], stride [1, 1], padding [0, 0], dilation [1, 1], groups 4) weight 1.0 delay 1.0
}
