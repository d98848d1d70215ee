package transconv.interop.images;

import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images with the classes that they belong to.
 *
 * <pre>{@code
 * Path root = java.nio.file.Files.createTempDirectory("images");
 * Images.write(Nd4j.ones(2, 3, 1), java.nio.file.Files.createDirectory(root.resolve("white")).resolve("a.png"));
 * System.out.println(Images.readFolders(root, ImageColors.GRAY).classNames()); // [white]
 * }</pre>
 *
 * @param images     (images, height, width, channels) of type FLOAT in [0, 1]
 * @param labels     (images) of type INT: the place of each image's class among the names
 * @param classNames in alphabetical order
 * @param files      where each image comes from
 */
public record LabelledImages(INDArray images, INDArray labels, List<String> classNames, List<Path> files) {}
