package transconv.datasets;

/** One B-scan that echoes are added to: [samples, traces], with the mask of the objects' echoes. */
final class RadarScan {

    /** Of the apex's amplitude, from where on a hyperbola's branch counts as seen. */
    private static final double SEEN = 0.25;

    private final int samples;
    private final int traces;
    private final double interval;
    private final double spacing;
    private final double frequency;
    private final double attenuation;
    private final double[] values;
    private final boolean[] mask;

    /** Time in ns, way in m, frequency in MHz, attenuation in nepers per ns. */
    RadarScan(int samples, int traces, double interval, double spacing, double frequency, double attenuation) {
        this.samples = samples;
        this.traces = traces;
        this.interval = interval;
        this.spacing = spacing;
        this.frequency = frequency;
        this.attenuation = attenuation;
        values = new double[samples * traces];
        mask = new boolean[samples * traces];
    }

    /**
     * Ricker (1953): (1 - 2 a) exp(-a) with a = (pi f t)², 1 at t = 0, least at t = +-sqrt(3/2) / (pi f).
     *
     * @param time      in ns
     * @param frequency where its spectrum peaks, in MHz
     */
    static double ricker(double time, double frequency) {
        double a = Math.PI * frequency * 1e-3 * time;
        a *= a;
        return (1 - 2 * a) * StrictMath.exp(-a);
    }

    /** Adds the echo of a border: {@code arrivals} in ns, one a trace. */
    void reflector(double amplitude, double[] arrivals) {
        for (int x = 0; x < traces; x++) {
            add(x, arrivals[x], amplitude);
        }
    }

    /** Adds the hyperbola of a point. */
    void point(RadarScenes.BuriedObject object, boolean masked) {
        double apex = object.arrival(object.position());
        double lobe = Math.sqrt(1.5) / (Math.PI * frequency * 1e-3);
        for (int x = 0; x < traces; x++) {
            double arrival = object.arrival(x * spacing);
            double fall = apex / arrival * (apex / arrival);
            add(x, arrival, object.amplitude() * fall);
            if (masked && fall * StrictMath.exp(-attenuation * (arrival - apex)) >= SEEN) {
                for (int i = 0; i < samples; i++) {
                    mask[i * traces + x] |= Math.abs(i * interval - arrival) <= lobe;
                }
            }
        }
    }

    private void add(int trace, double arrival, double amplitude) {
        double arriving = amplitude * StrictMath.exp(-attenuation * arrival);
        for (int i = 0; i < samples; i++) {
            values[i * traces + trace] += arriving * ricker(i * interval - arrival, frequency);
        }
    }

    void write(Draws draws, double noise, float[] images, float[] masks, int offset) {
        for (int p = 0; p < values.length; p++) {
            double value = values[p] + noise * draws.normal();
            images[offset + p] = (float) Math.max(-1, Math.min(1, value));
            masks[offset + p] = mask[p] ? 1 : 0;
        }
    }
}
