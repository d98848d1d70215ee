package transconv.models;

import java.util.ArrayList;
import java.util.List;

/**
 * The programs for batches of one run. Where samples do not meet, one program takes all batches; where they do, each
 * batch size needs one of its own.
 */
final class Programs implements AutoCloseable {

    private final Network network;
    private final Compilation compilation;
    private final boolean training;
    private final List<TrainingProgram> made = new ArrayList<>();

    Programs(Network network, Compilation compilation, boolean training) {
        this.network = network;
        this.compilation = compilation;
        this.training = training;
    }

    TrainingProgram of(int batchSize) {
        for (TrainingProgram program : made) {
            if (program.takes(batchSize)) {
                return program;
            }
        }
        TrainingProgram program = new TrainingProgram(network, compilation, batchSize, training);
        made.add(program);
        return program;
    }

    @Override
    public void close() {
        made.forEach(TrainingProgram::close);
        made.clear();
    }
}
