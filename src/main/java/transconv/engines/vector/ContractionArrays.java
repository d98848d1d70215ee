package transconv.engines.vector;

/**
 * What a convolution or its transpose is computed from and into.
 *
 * @param kernelIsParameter whether the kernel changes only where the program's parameters do
 * @param bias              a value for each output channel, or null
 * @param rectify           whether negative results become zero
 */
record ContractionArrays(
        int batch,
        float[] input,
        float[] kernel,
        boolean kernelIsParameter,
        float[] output,
        float[] bias,
        boolean rectify) {

    /** What smaller results become. */
    float least() {
        return rectify ? 0 : Float.NEGATIVE_INFINITY;
    }
}
