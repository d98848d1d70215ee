package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A kernel's gradient by way of the larger kernel that computes {@link OutputBlocks}: its taps that stand for one tap
 * of the kernel are added up.
 */
final class BlockedGradientStep implements Step {

    private final OutputBlocks blocks;
    private final ContractionStep gradient;
    private final List<Primitive> gatherings = new ArrayList<>();
    private final int[] kernelIndices;
    private final float[] blockValues;
    private final float[] kernelValues;
    private final FloatPointer blockGradient;
    private final FloatPointer kernel;
    private final float[] blockSums;
    private final float[] sumValues;
    private final FloatPointer blockBias;
    private final FloatPointer bias;

    private BlockedGradientStep(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Stored result,
            Pointer kernel,
            Pointer biasGradient) {
        this.blocks = blocks;
        kernelIndices = blocks.kernelIndices();
        blockValues = new float[kernelIndices.length];
        kernelValues = new float[blocks.geometry().kernel().elements()];
        blockGradient = new FloatPointer(session.allocate((long) blockValues.length * Float.BYTES));
        this.kernel = new FloatPointer(kernel);
        int channels = blocks.positions() * blocks.filters();
        blockSums = new float[channels];
        sumValues = new float[blocks.filters()];
        blockBias = biasGradient == null ? null : new FloatPointer(session.allocate((long) channels * Float.BYTES));
        bias = biasGradient == null ? null : new FloatPointer(biasGradient);
        ConvolutionForm form = blocks.form(batch);
        Stored inBlocks = result;
        if (!blocks.isInPlace()) {
            inBlocks = new Stored(
                    session.allocate(
                            form.destinationElements() * result.precision().bytes()),
                    result.precision());
            gatherings.addAll(new BlockPlaces(blocks, batch).gather(session, result, inBlocks));
        }
        gradient = ContractionStep.backwardWeights(session, form, source, inBlocks, blockGradient, blockBias);
    }

    /**
     * @param source       of the convolution that computes the blocks
     * @param result       its result
     * @param biasGradient where the sums of the result go, or null
     * @return null where oneDNN has no good code
     */
    static BlockedGradientStep of(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Stored result,
            Pointer kernel,
            Pointer biasGradient) {
        BlockedGradientStep step =
                new BlockedGradientStep(session, blocks, batch, source, result, kernel, biasGradient);
        return step.gradient == null || BlockPlaces.areSlow(step.gatherings) ? null : step;
    }

    @Override
    public void run() {
        gatherings.forEach(Primitive::run);
        gradient.run();
        blockGradient.get(blockValues);
        Arrays.fill(kernelValues, 0);
        for (int i = 0; i < blockValues.length; i++) {
            if (kernelIndices[i] >= 0) {
                kernelValues[kernelIndices[i]] += blockValues[i];
            }
        }
        kernel.put(kernelValues);
        if (bias != null) {
            blockBias.get(blockSums);
            Arrays.fill(sumValues, 0);
            for (int channel = 0; channel < blockSums.length; channel++) {
                sumValues[channel % sumValues.length] += blockSums[channel];
            }
            bias.put(sumValues);
        }
    }

    /** Multiply-adds, those with zeros and in idle lanes included. */
    long executed() {
        return gradient.executed();
    }

    @Override
    public String toString() {
        return "%s%s in %s, since few channels fill no vector"
                .formatted(gradient, blocks.isInPlace() ? "" : ", put in order", blocks);
    }
}
