package transconv.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model of one weight that notes what is done to it, and writes nothing. */
final class FakeModel implements TrainedModel {

    final List<String> saved = new ArrayList<>();
    Optimizer optimizer = new SGD().learningRate(1);
    private final INDArray weight = Nd4j.scalar(-1.0);

    void weight(double value) {
        weight.assign(value);
    }

    double weight() {
        return weight.getDouble(0);
    }

    @Override
    public List<INDArray> getWeights() {
        return List.of(weight.dup());
    }

    @Override
    public void setWeights(List<INDArray> weights) {
        weight.assign(weights.get(0));
    }

    @Override
    public void save(Path file) {
        saved.add("model " + file);
    }

    @Override
    public void saveWeights(Path file) {
        saved.add("weights " + file);
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }
}
