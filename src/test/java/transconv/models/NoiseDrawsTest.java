package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.alphaDropout;
import static transconv.layers.Layers.dropout;
import static transconv.layers.Layers.gaussianDropout;
import static transconv.layers.Layers.gaussianNoise;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.spatialDropout2D;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.layers.DataFormat;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Tensor;
import transconv.ops.RandomGeometry;
import transconv.shape.Shape;

/** What layers with noise draw: how much of it, and what it follows from. Bounds are five standard deviations. */
class NoiseDrawsTest {

    private static final NoiseSource SOURCE = new NoiseSource(42, 0, 0);
    /** The number of values below: 60 samples of 50 x 40 x 2. */
    private static final int VALUES = 60 * 50 * 40 * 2;

    private static final INDArray ONES = Nd4j.ones(60, 50, 40, 2);

    private static INDArray noisy(Layer layer, INDArray x) {
        return NoisyPass.output(model(layer), x, SOURCE, 7);
    }

    private static Sequential model(Layer layer) {
        return new Sequential(input(50, 40, 2), layer);
    }

    private static double share(INDArray values, float wanted) {
        int count = 0;
        for (float value : values.data().asFloat()) {
            count += value == wanted ? 1 : 0;
        }
        return count / (double) values.length();
    }

    private static void assertNear(double wanted, double deviation, double found) {
        assertTrue(Math.abs(found - wanted) <= 5 * deviation, found + " instead of " + wanted + " +- " + deviation);
    }

    /** 0 and 1 / (1 - rate) alone, the zeros as often as the rate says, and the sum stays in the mean. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.25, 0.5, 0.9})
    void dropoutDropsAShareAndScalesTheRest(double rate) {
        INDArray found = noisy(dropout(rate), ONES);
        double deviation = Math.sqrt(rate * (1 - rate) / VALUES);
        assertNear(rate, deviation, share(found, 0));
        assertEquals(1, share(found, 0) + share(found, (float) (1 / (1 - rate))), 1e-12);
        assertNear(1, deviation / (1 - rate), found.meanNumber().doubleValue());
    }

    @Test
    void rateOneDropsAllAndRateZeroNothing() {
        INDArray x = RandomGeometry.values(Shape.of(3, 50, 40, 2), 1).castTo(DataType.FLOAT);
        assertEquals(1, share(noisy(dropout(1), x), 0));
        assertEquals(1, share(noisy(spatialDropout2D(1), x), 0));
        for (Layer layer :
                List.of(dropout(0), spatialDropout2D(0), alphaDropout(0), gaussianDropout(0), gaussianNoise(0))) {
            assertEquals(x, noisy(layer, x), layer.type());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void spatialDropoutDropsWholeChannels(boolean first) {
        Shape sample = first ? Shape.of(1000, 2, 3) : Shape.of(2, 3, 1000);
        Sequential model = new Sequential(
                input(sample.toArray()),
                spatialDropout2D(0.3).dataFormat(first ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST));
        INDArray found = NoisyPass.output(model, Nd4j.ones(sample.prepend(20).toLongArray()), SOURCE, 6);
        INDArray channelsLast = first ? found.permute(0, 2, 3, 1).dup('c') : found;
        INDArray positions = channelsLast.reshape('c', new long[] {20, 6, 1000});
        INDArray ofChannels = positions.sum(1).divi(6);
        assertNear(0.3, Math.sqrt(0.3 * 0.7 / 20_000), share(ofChannels, 0));
        for (int position = 0; position < 6; position++) {
            INDArray one = positions.get(NDArrayIndex.all(), NDArrayIndex.point(position), NDArrayIndex.all());
            assertEquals(0, one.sub(ofChannels).amaxNumber().doubleValue(), 1e-6);
        }
    }

    @Test
    void noiseShapeTiesAxesAndSamplesTogether() {
        INDArray found = noisy(dropout(0.5).noiseShape(1, -1, 1, 2), ONES);
        INDArray lines = found.reshape('c', new long[] {60, 50, 40, 2});
        for (int sample = 0; sample < 60; sample++) {
            for (int row = 0; row < 50; row++) {
                for (int channel = 0; channel < 2; channel++) {
                    float decided = lines.getFloat(0, row, 0, channel);
                    assertEquals(decided, lines.getFloat(sample, row, 39, channel));
                    assertEquals(decided, lines.getFloat(sample, row, 17, channel));
                }
            }
        }
        assertNear(
                0.5,
                Math.sqrt(0.25 / 100),
                share(lines.get(NDArrayIndex.point(0)).dup('c'), 0));
    }

    @Test
    void gaussianNoiseHasTheDeviationOfItsArgument() {
        assertNormal(noisy(gaussianNoise(0.2), Nd4j.zeros(60, 50, 40, 2)), 0, 0.2);
        INDArray x = RandomGeometry.values(Shape.of(60, 50, 40, 2), 3);
        assertNormal(noisy(gaussianNoise(0.7), x).sub(x), 0, 0.7);
    }

    @Test
    void gaussianDropoutMultipliesWithTheDeviationOfDropout() {
        assertNormal(noisy(gaussianDropout(0.2), ONES), 1, 0.5);
        INDArray x = RandomGeometry.values(Shape.of(60, 50, 40, 2), 3).addi(2);
        assertNormal(noisy(gaussianDropout(0.5), x).div(x), 1, 1);
    }

    /** Mean, deviation, and how much lies within one and within three deviations. */
    private static void assertNormal(INDArray found, double mean, double stddev) {
        assertNear(mean, stddev / Math.sqrt(VALUES), found.meanNumber().doubleValue());
        assertNear(stddev, stddev / Math.sqrt(2.0 * VALUES), found.stdNumber().doubleValue());
        assertNear(0.682689, Math.sqrt(0.682689 * 0.317311 / VALUES), shareWithin(found, mean, stddev));
        assertNear(0.997300, Math.sqrt(0.9973 * 0.0027 / VALUES), shareWithin(found, mean, 3 * stddev));
    }

    private static double shareWithin(INDArray values, double mean, double distance) {
        int count = 0;
        for (float value : values.dup('c').data().asFloat()) {
            count += Math.abs(value - mean) < distance ? 1 : 0;
        }
        return count / (double) values.length();
    }

    @Test
    void alphaDropoutKeepsMeanAndDeviation() {
        INDArray normal = noisy(gaussianNoise(1), Nd4j.zeros(60, 50, 40, 2));
        INDArray found = noisy(alphaDropout(0.3).seed(9), normal);
        assertEquals(0, found.meanNumber().doubleValue(), 0.01);
        assertEquals(1, found.stdNumber().doubleValue(), 0.01);
        double lowest = found.minNumber().doubleValue();
        double a = 1 / Math.sqrt(0.7 * (1 + 0.3 * 1.7580993408473766 * 1.7580993408473766));
        INDArray dropped = noisy(alphaDropout(0.3), Nd4j.zeros(60, 50, 40, 2));
        assertEquals(-a * 1.7580993408473766 * 0.7, dropped.minNumber().doubleValue(), 1e-6);
        assertTrue(lowest < dropped.minNumber().doubleValue());
        assertNear(
                0.3,
                Math.sqrt(0.21 / VALUES),
                share(dropped, dropped.minNumber().floatValue()));
    }

    /** No two of them draw the same: samples, steps, seeds, layers. */
    @Test
    void drawsAreUnrelated() {
        Sequential model = model(gaussianNoise(1));
        INDArray zeros = Nd4j.zeros(60, 50, 40, 2);
        INDArray found = NoisyPass.output(model, zeros, SOURCE, 7);
        assertUnrelated(
                found.get(NDArrayIndex.interval(0, 30)).dup('c'),
                found.get(NDArrayIndex.interval(1, 31)).dup('c'));
        assertUnrelated(found, NoisyPass.output(model, zeros, new NoiseSource(42, 1, 0), 7));
        assertUnrelated(found, NoisyPass.output(model, zeros, new NoiseSource(43, 0, 0), 7));
        assertUnrelated(found, NoisyPass.output(model, zeros, new NoiseSource(42, 0, 1), 7));
        assertUnrelated(found, noisy(gaussianNoise(1).seed(42), zeros));
        assertUnrelated(
                noisy(gaussianNoise(1).seed(43), zeros), noisy(gaussianNoise(1).seed(42), zeros));
    }

    private static void assertUnrelated(INDArray one, INDArray other) {
        double product = one.mul(other).meanNumber().doubleValue();
        assertNear(0, 1 / Math.sqrt(one.length()), product);
    }

    @Test
    void theCutIntoMicroBatchesDoesNotShow() {
        INDArray x = RandomGeometry.values(Shape.of(11, 50, 40, 2), 1);
        for (Layer layer : List.of(
                dropout(0.4),
                dropout(0.4).seed(3),
                dropout(0.4).noiseShape(1, -1, -1, -1),
                spatialDropout2D(0.5),
                gaussianNoise(0.5))) {
            Sequential model = model(layer);
            INDArray whole = NoisyPass.output(model, x, SOURCE, 11);
            for (int micro : new int[] {1, 3, 4, 20}) {
                assertEquals(whole, NoisyPass.output(model, x, SOURCE, micro), layer.type());
            }
        }
    }

    @Test
    void aSeedOfALayerIsHonouredWhateverTheRunAndTheLayersBesideIt() {
        INDArray x = RandomGeometry.values(Shape.of(5, 50, 40, 2), 1);
        INDArray alone = noisy(dropout(0.5).seed(3), x);
        assertEquals(alone, NoisyPass.output(model(dropout(0.5).seed(3)), x, new NoiseSource(1, 0, 0), 2));
        assertNotEquals(alone, NoisyPass.output(model(dropout(0.5).seed(3)), x, new NoiseSource(42, 1, 0), 2));
        assertNotEquals(alone, noisy(dropout(0.5).seed(4), x));
        assertNotEquals(noisy(dropout(0.5), x), NoisyPass.output(model(dropout(0.5)), x, new NoiseSource(1, 0, 0), 2));

        Input start = input(50, 40, 2);
        Model beside = new Model(
                List.of(start),
                List.of(
                        dropout(0.5).apply(start),
                        dropout(0.5).seed(3).apply(start),
                        dropout(0.5).apply(start)));
        List<INDArray> found = NoisyPass.outputs(beside, x, SOURCE, 2);
        assertEquals(alone, found.get(1));
        assertNotEquals(found.get(0), found.get(2), "two layers without seeds");
        assertNotEquals(found.get(0), found.get(1));
    }

    /** As in Keras, where each layer has a seed generator of its own. */
    @Test
    void twoLayersOfOneSeedDrawTheSameAndTwoUsesOfOneLayerDoNot() {
        INDArray x = RandomGeometry.values(Shape.of(5, 50, 40, 2), 1);
        Input start = input(50, 40, 2);
        Model two = new Model(
                List.of(start),
                List.of(dropout(0.5).seed(3).apply(start), dropout(0.5).seed(3).apply(start)));
        List<INDArray> same = NoisyPass.outputs(two, x, SOURCE, 2);
        assertEquals(same.get(0), same.get(1));
        for (Layer shared : List.of(dropout(0.5).seed(3), dropout(0.5))) {
            Model twice = new Model(List.of(start), List.of(shared.apply(start), shared.apply(start)));
            List<INDArray> uses = NoisyPass.outputs(twice, x, SOURCE, 2);
            assertNotEquals(uses.get(0), uses.get(1));
        }
    }

    @Test
    void twoBranchesBehindOneDropoutSeeTheSame() {
        INDArray x = RandomGeometry.values(Shape.of(5, 50, 40, 2), 1);
        Input start = input(50, 40, 2);
        Sequential nested = new Sequential(input(50, 40, 2), dropout(0.5).seed(3));
        Tensor dropped = nested.apply(start);
        Model branches =
                new Model(List.of(start), List.of(dropped, gaussianNoise(0).apply(dropped)));
        List<INDArray> found = NoisyPass.outputs(branches, x, SOURCE, 2);
        assertEquals(found.get(0), found.get(1));
        assertEquals(noisy(dropout(0.5).seed(3), x), found.get(0), "inside a nested model as outside");
    }
}
