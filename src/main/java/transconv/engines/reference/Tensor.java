package transconv.engines.reference;

import transconv.shape.Shape;

/** Values in C order with the shape that they have. */
record Tensor(Shape shape, double[] values) {}
