package transconv.models;

import java.util.List;
import transconv.engines.Engine;
import transconv.training.Loss;

/** Gradients for training steps that the caller makes; the programs stay from one batch to the next. */
final class BatchGradients implements AutoCloseable {

    private final Compilation compilation;
    private final Network network;
    private final Programs programs;

    BatchGradients(Network network, List<Loss> losses, Engine engine) {
        this.network = network;
        compilation = Compilation.ofLosses(losses, network, engine);
        programs = new Programs(network, compilation, true);
    }

    Compilation compilation() {
        return compilation;
    }

    /** Whether the programs fit: the same losses, and the same layers trainable. */
    boolean areOf(Network others, List<Loss> losses) {
        return network == others
                && compilation.losses.equals(losses)
                && compilation.trainable.equals(others.trainableWeights());
    }

    LossGradients of(Rows batch, Chance chance) {
        TrainingProgram program = programs.of(batch.samples());
        double[] losses = program.run(batch, chance.noise());
        if (losses == null) {
            throw new IllegalStateException(
                    "gradients: interrupted before all %d samples were done; call it again".formatted(batch.samples()));
        }
        return new LossGradients(
                losses[0],
                program.gradients().stream().map(gradient -> gradient.dup('c')).toList());
    }

    @Override
    public void close() {
        programs.close();
    }
}
