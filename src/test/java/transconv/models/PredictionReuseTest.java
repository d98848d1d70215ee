package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Predictions of the same batch size share their programs; compiling takes longer than running. */
class PredictionReuseTest {

    private static final class CountingEngine implements Engine {

        private final AtomicInteger compiled = new AtomicInteger();
        private final Set<Shape> inputs = ConcurrentHashMap.newKeySet();

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Program compile(Graph graph) {
            compiled.incrementAndGet();
            graph.values().stream().filter(Value::isInput).map(Value::shape).forEach(inputs::add);
            return Engines.named("nd4j").compile(graph);
        }
    }

    @Test
    void onlyAnotherBatchSizeCompilesAnew() {
        CountingEngine counting = new CountingEngine();
        try (Sequential model = new Sequential(input(3), dense(2))) {
            model.compile(optimizer("sgd"), loss("mse"), engine(counting));
            model.predict(Nd4j.ones(64, 3), batchSize(64));
            int first = counting.compiled.get();
            model.predict(Nd4j.zeros(64, 3), batchSize(64));
            model.predict(Nd4j.zeros(200, 3), batchSize(64));
            assertEquals(first, counting.compiled.get());
            // a batch has four parts, for the cores to share
            assertEquals(Set.of(Shape.of(16, 3)), counting.inputs);
            model.predict(Nd4j.ones(8, 3), batchSize(8));
            assertTrue(counting.compiled.get() > first);
        }
    }
}
