package transconv.models;

import java.util.Map;

/** Training by single batches that the caller chooses; its programs stay from one batch to the next. */
final class BatchTraining implements AutoCloseable {

    private final TrainableModel model;
    private final Compilation compilation;
    private final Programs programs;

    BatchTraining(TrainableModel model, Compilation compilation) {
        this.model = model;
        this.compilation = compilation;
        programs = new Programs(model.network(), compilation, true);
    }

    /** Loss and metrics before the step, by their names. */
    Map<String, Double> step(Rows batch) {
        TrainingProgram program = programs.of(batch.samples());
        Meter meter = new Meter(compilation);
        double[] losses = program.run(batch, model.chance().noise());
        if (losses == null) {
            throw new IllegalStateException("trainOnBatch: interrupted before all %d samples were done; call it again"
                    .formatted(batch.samples()));
        }
        meter.add(losses, batch.samples());
        model.step(program.gradients());
        return meter.logs("");
    }

    @Override
    public void close() {
        programs.close();
    }
}
