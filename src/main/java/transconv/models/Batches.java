package transconv.models;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checked batches of an epoch. */
interface Batches {

    /** @param epoch from 0 */
    Iterator<Rows> epoch(int epoch);

    /** How many an epoch has; 0 if that is not known. */
    int steps();

    /**
     * What is known of the data without reading an epoch.
     *
     * @param array tells what an array is
     */
    Map<String, Object> described(Function<INDArray, String> array);

    /** The first so many of each epoch; all where the limit is 0. */
    default Batches first(int limit) {
        Batches all = this;
        return limit == 0
                ? all
                : new Batches() {
                    @Override
                    public Iterator<Rows> epoch(int epoch) {
                        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(all.epoch(epoch), 0), false)
                                .limit(limit)
                                .iterator();
                    }

                    @Override
                    public int steps() {
                        return all.steps() == 0 ? limit : Math.min(limit, all.steps());
                    }

                    @Override
                    public Map<String, Object> described(Function<INDArray, String> array) {
                        return all.described(array);
                    }
                };
    }

    /** Cuts samples into batches; the last one may be smaller. */
    static Batches inOrder(Rows samples, int batchSize) {
        return cut(samples, batchSize, null);
    }

    /** As above, in another order each time. */
    static Batches shuffled(Rows samples, int batchSize, Chance chance) {
        return cut(samples, batchSize, chance);
    }

    private static Batches cut(Rows samples, int batchSize, Chance chance) {
        int count = samples.rows().length;
        int steps = (count + batchSize - 1) / batchSize;
        return new Batches() {
            @Override
            public Iterator<Rows> epoch(int epoch) {
                int[] order = samples.rows().clone();
                if (chance != null) {
                    shuffle(order, new SplittableRandom(chance.orderSeed()));
                }
                return IntStream.range(0, steps)
                        .mapToObj(step -> samples.of(
                                Arrays.copyOfRange(order, step * batchSize, Math.min((step + 1) * batchSize, count))))
                        .iterator();
            }

            @Override
            public int steps() {
                return steps;
            }

            @Override
            public Map<String, Object> described(Function<INDArray, String> array) {
                return samples.described(array);
            }
        };
    }

    /** Fisher and Yates. */
    private static void shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
    }

    /**
     * A caller's batches.
     *
     * @param call        for messages
     * @param classWeight what classes count, or null
     */
    static Batches of(
            String call,
            BatchSource source,
            Network network,
            Compilation compilation,
            Map<Integer, Double> classWeight) {
        return new Batches() {
            @Override
            public Iterator<Rows> epoch(int epoch) {
                Iterator<Batch> batches = source.epoch(epoch);
                if (!batches.hasNext()) {
                    throw new IllegalArgumentException(
                            "%s: the source has no batch in epoch %d; give at least one".formatted(call, epoch));
                }
                return new Iterator<>() {
                    private int step;

                    @Override
                    public boolean hasNext() {
                        return batches.hasNext();
                    }

                    @Override
                    public Rows next() {
                        Batch batch = batches.next();
                        FitSettings settings = new FitSettings();
                        settings.sampleWeight = batch.sampleWeight();
                        settings.classWeight = classWeight;
                        String place = "%s: batch %d of epoch %d".formatted(call, step++, epoch);
                        return Rows.checked(place, network, compilation, batch.x(), batch.y(), settings);
                    }
                };
            }

            @Override
            public int steps() {
                return source.batches().orElse(0);
            }

            @Override
            public Map<String, Object> described(Function<INDArray, String> array) {
                return Map.of("source of batches", steps() == 0 ? "of unknown length" : steps());
            }
        };
    }
}
