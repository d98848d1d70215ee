package transconv.engines.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy between two views of equal shape, prepared once. */
record Copy(INDArray from, INDArray to) implements Runnable {

    @Override
    public void run() {
        to.assign(from);
    }
}
