package transconv.explain;

/**
 * One step of {@link StepByStep}, in numbers. Arrays are (rows, columns): of a line one row, of a volume its slices one
 * under another.
 *
 * <pre>{@code
 * Step step = StepByStep.transposedConvolution(new double[] {1, 2}, new double[] {3, 4}).steps().get(1);
 * System.out.println(java.util.Arrays.deepToString(step.tensor())); // [[0.0, 6.0, 8.0]]
 * }</pre>
 *
 * @param position of the input value whose stamp it is, or of the output value that the window makes; one number an
 *     axis, from 0
 * @param tensor   the stamp, as large as the output; or what the window sees, as large as the kernel
 * @param output   what the output holds after this step
 */
public record Step(int[] position, double[][] tensor, double[][] output) {}
