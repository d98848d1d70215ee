package transconv.engines.vector;

/** A convolution or its transpose, with a bias and a rectifier where they follow. */
final class ContractionStep implements Step {

    private final ContractionPlan plan;
    private final int batch;
    private final float[] input;
    private final float[] kernel;
    private final boolean kernelIsParameter;
    private final float[] output;
    private final float[] bias;
    private final boolean rectify;
    private final PackedKernel packed;
    private final float[] packedBias;
    private final float[] padded;

    /**
     * @param kernelIsParameter whether the kernel changes only where the program's parameters do
     * @param bias              a value for each output channel, or null
     * @param rectify           whether negative results become zero
     */
    ContractionStep(
            ContractionPlan plan,
            int batch,
            float[] input,
            float[] kernel,
            boolean kernelIsParameter,
            float[] output,
            float[] bias,
            boolean rectify) {
        this.plan = plan;
        this.batch = batch;
        this.input = input;
        this.kernel = kernel;
        this.kernelIsParameter = kernelIsParameter;
        this.output = output;
        this.bias = bias;
        this.rectify = rectify;
        packed = new PackedKernel(plan);
        packedBias = new float[plan.channels().length];
        padded = plan.padding().place();
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            packed.pack(kernel);
        }
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            packed.pack(kernel);
        }
        if (bias != null) {
            int[] channels = plan.channels();
            for (int column = 0; column < channels.length; column++) {
                packedBias[column] = channels[column] < 0 ? 0 : bias[channels[column]];
            }
        }
        for (int image = 0; image < batch; image++) {
            float[] x = input;
            int xBase = image * plan.inputSize();
            if (padded != null) {
                plan.padding().copy(input, xBase, padded);
                x = padded;
                xBase = 0;
            }
            for (Blocks blocks : plan.blocks()) {
                for (Blocks.Panel panel : blocks.panels()) {
                    run(blocks, panel, x, xBase, image * plan.outputSize() + panel.lane());
                }
            }
        }
    }

    private void run(Blocks blocks, Blocks.Panel panel, float[] x, int xBase, int yBase) {
        if (blocks.lanes(panel) <= 0) {
            return;
        }
        if (panel.vectors() == 1) {
            OneVectorTile.run(blocks, panel, x, xBase, packed.values(), output, yBase, packedBias, rectify);
        } else {
            TwoVectorTile.run(blocks, panel, x, xBase, packed.values(), output, yBase, packedBias, rectify);
        }
    }
}
