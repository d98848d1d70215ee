package transconv.datasets;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Ground-penetrating-radar B-scans of layered soil with and without buried objects, for anomaly detection: one column
 * a trace along the way, one row a time after the ground surface. The same seed and settings give the same scans on
 * every machine; with other {@link #objects} or {@link #noise} the soil stays as it was.
 *
 * <p>A scan is the sum of Ricker wavelets at the two-way travel times of
 * <ul>
 *   <li>the ground bounce, with ringing: near 0 ns, amplitude 1;
 *   <li>layers at depth d(x), a slope and slow waves: t(x) = 2 d(x) / v, amplitude 0.15 to 0.45 of either sign;
 *   <li>clutter: stones, as points of low amplitude;
 *   <li>objects, as points at x0 and depth d: t(x) = sqrt(t0² + 4 (x - x0)² / v²) with t0 = 2 d / v, a hyperbola, its
 *       amplitude falling off sideways as (t0 / t(x))²;
 * </ul>
 * all weakened by the soil as exp(-attenuation t), and white noise. Values are clipped to [-1, 1].
 *
 * <p>Sources: Picetti et al. (2018), Convolutional Autoencoder for Landmine Detection on GPR Scans: an autoencoder
 * that saw no mine fails on one. Daniels (2004), Ground Penetrating Radar, 2nd edition: the hyperbola of a point;
 * soils have v = 0.05 to 0.17 m/ns. Ricker (1953): the wavelet.
 *
 * <pre>{@code
 * RadarScenes.Scenes scenes = new RadarScenes(1).size(48, 64).objects(1, 1).generate(0, 2);
 * System.out.println(scenes.objects().get(0).size()); // 1
 * }</pre>
 */
public final class RadarScenes {

    private static final int LARGEST_SIDE = 4096;
    private static final int SOIL = 0;
    private static final int OBJECTS = 1;
    private static final int NOISE = 2;
    private static final int STONES = 3;
    /** In m/ns. */
    private static final double SPEED_OF_LIGHT = 0.299_792_458;

    private final long seed;
    private int samples = 64;
    private int traces = 64;
    private double interval = 0.25;
    private double spacing = 0.025;
    private double frequency = 500;
    private double attenuation = 0.06;
    private Interval velocity = new Interval(0.09, 0.12);
    private Interval layers = new Interval(1, 3);
    private Interval objects = new Interval(0, 0);
    private Interval strength = new Interval(0.6, 0.9);
    private int stones = 6;
    private double stoneStrength = 0.08;
    private double noise = 0.02;

    /** @param seed chooses one of 2^64 endless sequences of scans */
    public RadarScenes(long seed) {
        this.seed = seed;
    }

    /**
     * A buried object.
     *
     * @param position  x0, along the way, in m from the first trace
     * @param depth     in m
     * @param velocity  of the waves in its soil, in m/ns
     * @param amplitude of its echo before the soil weakens it, of either sign; the ground bounce has 1
     */
    public record BuriedObject(double position, double depth, double velocity, double amplitude) {

        /** The two-way travel time in ns at {@code x} m along the way: sqrt(t0² + 4 (x - x0)² / v²), t0 = 2 d / v. */
        public double arrival(double x) {
            double apex = 2 * depth / velocity;
            double aside = 2 * (x - position) / velocity;
            return Math.sqrt(apex * apex + aside * aside);
        }
    }

    /**
     * Scans, where the objects' echoes are in them, and the objects.
     *
     * @param images  FLOAT [n, samples in time, traces, 1 channel] in [-1, 1]
     * @param masks   FLOAT [n, samples, traces, 1]: 1 between the two side lobes of an object's wavelet, where its
     *                hyperbola has at least a quarter of the amplitude of its apex; else 0
     * @param objects the objects of each scan
     */
    public record Scenes(INDArray images, INDArray masks, List<List<BuriedObject>> objects) {

        public Scenes {
            objects = objects.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Rows and columns of a scan, 64 x 64 by default.
     *
     * @throws IllegalArgumentException if either is below 8 or above 4096
     */
    public RadarScenes size(int samples, int traces) {
        int checkedSamples = Interval.check("RadarScenes.size: samples", samples, 8, LARGEST_SIDE);
        this.traces = Interval.check("RadarScenes.size: traces", traces, 8, LARGEST_SIDE);
        this.samples = checkedSamples;
        return this;
    }

    /** Time from row to row in ns (0.25 by default) and way from trace to trace in m (0.025 by default). */
    public RadarScenes sampling(double nanoseconds, double metres) {
        double checkedInterval = Interval.check("RadarScenes.sampling: nanoseconds", nanoseconds, 0.001, 100);
        spacing = Interval.check("RadarScenes.sampling: metres", metres, 0.0001, 10);
        interval = checkedInterval;
        return this;
    }

    /** The antenna's centre frequency in MHz, 500 by default, from 10 to 5000. */
    public RadarScenes frequency(double megahertz) {
        frequency = Interval.check("RadarScenes.frequency", megahertz, 10, 5000);
        return this;
    }

    /** The waves' velocity in the soil in m/ns, drawn for each scan; 0.09 to 0.12 by default, from 0.03 to 0.3. */
    public RadarScenes velocity(double low, double high) {
        velocity = Interval.of("RadarScenes.velocity", low, high, 0.03, 0.3);
        return this;
    }

    /** What the soil takes from the waves, in nepers per ns of travel; 0.06 by default, from 0 to 10. */
    public RadarScenes attenuation(double perNanosecond) {
        attenuation = Interval.check("RadarScenes.attenuation", perNanosecond, 0, 10);
        return this;
    }

    /** How many layers' borders reflect; 1 to 3 by default, at most 50. */
    public RadarScenes layers(int low, int high) {
        layers = Interval.of("RadarScenes.layers", low, high, 0, 50);
        return this;
    }

    /**
     * How many objects are buried; none by default, at most 50. They lie in the middle 80 % of the way and from 25 to
     * 70 % of the depth that the scan reaches.
     */
    public RadarScenes objects(int low, int high) {
        objects = Interval.of("RadarScenes.objects", low, high, 0, 50);
        return this;
    }

    /** The amplitude of the objects' echoes at the source, of either sign; 0.6 to 0.9 by default, from 0 to 1. */
    public RadarScenes strength(double low, double high) {
        strength = Interval.of("RadarScenes.strength", low, high, 0, 1);
        return this;
    }

    /** How many stones scatter (6 by default, at most 1000), and the largest amplitude of their echoes (0.08). */
    public RadarScenes clutter(int stones, double largestAmplitude) {
        int checkedStones = Interval.check("RadarScenes.clutter: stones", stones, 0, 1000);
        stoneStrength = Interval.check("RadarScenes.clutter: largestAmplitude", largestAmplitude, 0, 1);
        this.stones = checkedStones;
        return this;
    }

    /** The standard deviation of the white noise; 0.02 by default, from 0 to 1. */
    public RadarScenes noise(double standardDeviation) {
        noise = Interval.check("RadarScenes.noise", standardDeviation, 0, 1);
        return this;
    }

    /**
     * Scans {@code first} to {@code first + count - 1} of an endless sequence: disjoint ranges make training and test
     * sets.
     *
     * @throws IllegalArgumentException if first is negative, count is below 1 or too large for one array, or the
     *                                  wavelet has less than four samples a period: then the scan would be aliased
     */
    public Scenes generate(int first, int count) {
        int size = samples * traces;
        Draws.check("RadarScenes.generate", first, count, size);
        if (interval * frequency > 250) {
            throw new IllegalArgumentException(
                    "RadarScenes: %s ns a sample at %s MHz; must be at most %.4g ns, a quarter of a period; "
                                    .formatted(Interval.text(interval), Interval.text(frequency), 250 / frequency)
                            + "lower one of them");
        }
        float[] images = new float[count * size];
        float[] masks = new float[count * size];
        List<List<BuriedObject>> buried = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            buried.add(scan(first + n, n * size, images, masks));
        }
        return new Scenes(
                Nd4j.createFromArray(images).reshape(count, samples, traces, 1),
                Nd4j.createFromArray(masks).reshape(count, samples, traces, 1),
                buried);
    }

    private List<BuriedObject> scan(int index, int offset, float[] images, float[] masks) {
        Draws soil = new Draws(seed, index, SOIL);
        RadarScan scan = new RadarScan(samples, traces, interval, spacing, frequency, attenuation);
        double v = velocity.draw(soil);
        double reach = samples * interval * v / 2;
        double way = (traces - 1) * spacing;
        // A surface rough by 2 cm under the antenna; the ringing comes a period later.
        scan.reflector(1, wavy(soil, 0.01, 0.01, 0, way, 2 / SPEED_OF_LIGHT));
        scan.reflector(-0.3, wavy(soil, 0.01, 0.01, 0, way, 2 / SPEED_OF_LIGHT, 1000 / frequency));
        for (int count = layers.drawWhole(soil), k = 0; k < count; k++) {
            // each in its own share of the depth below the ground bounce
            double depth = reach * (0.2 + 0.75 * (k + soil.between(0.15, 0.85)) / count);
            double amplitude = soil.sign() * soil.between(0.15, 0.45);
            scan.reflector(amplitude, wavy(soil, depth, reach * 0.04, soil.between(-0.1, 0.1) * reach, way, 2 / v));
        }
        Draws scattered = new Draws(seed, index, STONES);
        for (int k = 0; k < stones; k++) {
            scan.point(object(scattered, v, 0, way, 0.1 * reach, reach, new Interval(0, stoneStrength)), false);
        }
        Draws placed = new Draws(seed, index, OBJECTS);
        List<BuriedObject> buried = new ArrayList<>();
        for (int count = objects.drawWhole(placed), k = 0; k < count; k++) {
            BuriedObject object = object(placed, v, 0.1 * way, 0.9 * way, 0.25 * reach, 0.7 * reach, strength);
            scan.point(object, true);
            buried.add(object);
        }
        scan.write(new Draws(seed, index, NOISE), noise, images, masks, offset);
        return buried;
    }

    private static BuriedObject object(
            Draws draws, double v, double left, double right, double top, double bottom, Interval amplitude) {
        return new BuriedObject(
                draws.between(left, right), draws.between(top, bottom), v, draws.sign() * amplitude.draw(draws));
    }

    private double[] wavy(Draws draws, double depth, double height, double fall, double way, double slowness) {
        return wavy(draws, depth, height, fall, way, slowness, 0);
    }

    /** The arrival in ns at each trace, of a border at {@code depth} in m with two waves of up to {@code height}. */
    private double[] wavy(
            Draws draws, double depth, double height, double fall, double way, double slowness, double late) {
        double[] waves = {draws.between(0.5, 1.5), draws.between(1.5, 4)};
        double[] phases = {draws.between(0, 2 * Math.PI), draws.between(0, 2 * Math.PI)};
        double[] heights = {height * draws.between(0.3, 0.7), height * draws.between(0.05, 0.3)};
        double[] arrivals = new double[traces];
        for (int x = 0; x < traces; x++) {
            double along = x * spacing / way;
            double here = depth + fall * (along - 0.5);
            for (int w = 0; w < waves.length; w++) {
                here += heights[w] * StrictMath.sin(2 * Math.PI * waves[w] * along + phases[w]);
            }
            arrivals[x] = Math.max(0, here) * slowness + late;
        }
        return arrivals;
    }
}
