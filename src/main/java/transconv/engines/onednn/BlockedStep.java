package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A convolution or its transpose in {@link OutputBlocks}, with what brings the blocks to their places. */
final class BlockedStep implements Step {

    private final OutputBlocks blocks;
    private final ContractionStep convolution;
    private final int[] kernelIndices;
    private final float[] kernelValues;
    private final float[] blockValues;
    private final FloatPointer kernel;
    private final FloatPointer blockKernel;
    private final FloatPointer bias;
    private final FloatPointer blockBias;
    private final float[] biasValues;
    private final float[] blockBiasValues;
    private final boolean kernelIsParameter;
    private final List<Primitive> placings = new ArrayList<>();

    private BlockedStep(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        this.blocks = blocks;
        this.kernelIsParameter = kernelIsParameter;
        kernelIndices = blocks.kernelIndices();
        blockValues = new float[kernelIndices.length];
        kernelValues = new float[blocks.geometry().kernel().elements()];
        this.kernel = new FloatPointer(kernel);
        blockKernel = new FloatPointer(session.allocate((long) blockValues.length * Float.BYTES));
        int channels = blocks.positions() * blocks.filters();
        biasValues = new float[blocks.filters()];
        blockBiasValues = new float[channels];
        this.bias = bias == null ? null : new FloatPointer(bias);
        blockBias = bias == null ? null : new FloatPointer(session.allocate((long) channels * Float.BYTES));
        ConvolutionForm form = blocks.form(batch);
        Stored result = blocks.isInPlace()
                ? destination
                : new Stored(
                        session.allocate(form.destinationElements()
                                * destination.precision().bytes()),
                        destination.precision());
        convolution = ContractionStep.forward(
                session, form, source, blockKernel, kernelIsParameter, result, blockBias, rectify);
        if (!blocks.isInPlace()) {
            placings.addAll(new BlockPlaces(blocks, batch).scatter(session, result, destination));
        }
    }

    /** As {@link ContractionStep#forward}; null where oneDNN has no good code. */
    static BlockedStep of(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        BlockedStep step =
                new BlockedStep(session, blocks, batch, source, kernel, kernelIsParameter, destination, bias, rectify);
        return step.convolution == null || BlockPlaces.areSlow(step.placings) ? null : step;
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            loadKernel();
            convolution.parametersChanged();
        }
    }

    private void loadKernel() {
        kernel.get(kernelValues);
        for (int i = 0; i < blockValues.length; i++) {
            blockValues[i] = kernelIndices[i] < 0 ? 0 : kernelValues[kernelIndices[i]];
        }
        blockKernel.put(blockValues);
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            loadKernel();
        }
        if (bias != null) {
            bias.get(biasValues);
            for (int first = 0; first < blockBiasValues.length; first += biasValues.length) {
                System.arraycopy(biasValues, 0, blockBiasValues, first, biasValues.length);
            }
            blockBias.put(blockBiasValues);
        }
        convolution.run();
        placings.forEach(Primitive::run);
    }

    /** Multiply-adds, those with zeros and in idle lanes included. */
    long executed() {
        return convolution.executed();
    }

    @Override
    public String toString() {
        return "%s in %s, since few channels fill no vector%s"
                .formatted(convolution, blocks, blocks.isInPlace() ? "" : ", then put in order");
    }
}
