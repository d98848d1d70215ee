package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.shape.Shape;

/** The initializers that draw nothing. Source: Keras 3, {@code constant_initializers.py}. */
final class FixedInitializers {

    private FixedInitializers() {}

    /** {@code Zeros}, {@code Ones} or {@code Constant}. */
    record Filled(String className, double value) implements Initializer {

        @Override
        public INDArray values(Shape shape, String weight) {
            float[] values = new float[shape.elements()];
            Arrays.fill(values, (float) value);
            return Nd4j.createFromArray(values).reshape('c', shape.toLongArray());
        }

        @Override
        public Config config() {
            Config config = Config.of(className);
            return className.equals("Constant") ? config.with("value", value) : config;
        }
    }

    record Identity(double gain) implements Initializer {

        Identity {
            RandomInitializer.finite("Identity", "gain", gain);
        }

        @Override
        public INDArray values(Shape shape, String weight) {
            if (shape.rank() != 2 || shape.size(0) != shape.size(1)) {
                throw new IllegalArgumentException(
                        "%s: Identity needs a square matrix, the shape is %s; take another initializer"
                                .formatted(weight, shape));
            }
            float[] values = new float[shape.elements()];
            for (int i = 0; i < shape.last(); i++) {
                values[i * shape.last() + i] = (float) gain;
            }
            return Nd4j.createFromArray(values).reshape('c', shape.toLongArray());
        }

        @Override
        public Config config() {
            return Config.of("Identity").with("gain", gain);
        }
    }

    /** Given values; what Keras lacks, so that they are written down as a list in C order and a shape. */
    record Values(INDArray values) implements Initializer {

        Values {
            values = values.castTo(DataType.FLOAT).dup('c');
        }

        /** Values that were written down. */
        static Values of(Config config) {
            Shape shape = Shape.of(config.integers("shape"));
            Object[] list = config.list("values").toArray();
            float[] values = new float[list.length];
            for (int i = 0; i < values.length; i++) {
                if (!(list[i] instanceof Number number)) {
                    throw new IllegalArgumentException("%s: setting 'values' has %s at place %d; all must be numbers"
                            .formatted(config.owner(), list[i], i));
                }
                values[i] = number.floatValue();
            }
            if (values.length != shape.elements()) {
                throw new IllegalArgumentException("%s: setting 'values' has %d numbers, the shape %s needs %d"
                        .formatted(config.owner(), values.length, shape, shape.elements()));
            }
            return new Values(Nd4j.createFromArray(values).reshape('c', shape.toLongArray()));
        }

        @Override
        public INDArray values(Shape shape, String weight) {
            if (values.length() != shape.elements()) {
                throw new IllegalArgumentException("%s: %d initial values given, the shape %s needs %d"
                        .formatted(weight, values.length(), shape, shape.elements()));
            }
            return values.dup('c').reshape('c', shape.toLongArray());
        }

        @Override
        public Config config() {
            float[] list = values.data().asFloat();
            return Config.of("Values")
                    .with(
                            "values",
                            IntStream.range(0, list.length)
                                    .mapToObj(i -> (double) list[i])
                                    .toList())
                    .with("shape", Shape.of(values.shape()).toArray());
        }
    }
}
