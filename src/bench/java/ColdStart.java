import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Initializers;
import transconv.layers.Layers;
import transconv.models.Sequential;

/**
 * The shortest useful program: one transposed convolution with the kernel of ones, printed. For its whole process time,
 * compile it first: {@code javac -d target/bench -cp "target/transconv.jar:target/lib/*"
 * src/bench/java/ColdStart.java}, then {@code time java -cp "target/bench:target/transconv.jar:target/lib/*"
 * ColdStart}.
 */
public final class ColdStart {

    private ColdStart() {}

    public static void main(String[] arguments) {
        Sequential model = new Sequential(
                Layers.input(2, 2, 1), Layers.conv2DTranspose(1, 3).kernelInitializer(Initializers.ones()));
        System.out.println(
                model.predict(Nd4j.createFromArray(new float[] {1, 2, 3, 4}).reshape('c', 1, 2, 2, 1))
                        .reshape('c', 4, 4));
    }
}
