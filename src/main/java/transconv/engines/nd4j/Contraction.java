package transconv.engines.nd4j;

import java.util.List;

/**
 * The step of a convolution, of its transpose or of a kernel's gradient.
 *
 * @param algorithm in a few words
 * @param executed  multiply-adds of its matrix products, those with zeros included
 * @param steps     in order
 */
public record Contraction(String algorithm, long executed, List<Runnable> steps) implements Runnable {

    @Override
    public void run() {
        steps.forEach(Runnable::run);
    }
}
