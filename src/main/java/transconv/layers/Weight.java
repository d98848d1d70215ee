package transconv.layers;

import transconv.ops.Parameter;

/**
 * A layer's parameter, and how training treats it.
 *
 * @param name        within its layer: {@code kernel}
 * @param learned     false for values that no gradient changes, such as moving averages
 * @param regularizer or null
 * @param constraint  or null
 */
public record Weight(
        String name, Parameter parameter, boolean learned, Regularizer regularizer, Constraint constraint) {}
