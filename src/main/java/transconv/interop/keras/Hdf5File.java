package transconv.interop.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Groups, attributes and datasets of an HDF5 file. jHDF reads the structure from a view that it cannot leave; values
 * are read past it, straight into arrays. Links out of the tree are refused, as in Keras.
 */
final class Hdf5File {

    private static final int MAX_TEXTS = 100_000;
    private static final int MAX_RANK = 32;
    private static final long NOWHERE = -1;

    private final FileRegion file;
    private final Group root;

    /** @throws IllegalArgumentException if it is no HDF5 file, or its beginning is damaged */
    Hdf5File(FileRegion file) throws IOException {
        this.file = file;
        if (file.size() < 64) {
            throw new IllegalArgumentException("it is no HDF5 file: it has only %d bytes".formatted(file.size()));
        }
        var view = file.view();
        this.root = guarded("the beginning", () -> HdfFile.fromByteBuffer(view));
    }

    long size() {
        return file.size();
    }

    /** jHDF reports damage by exceptions of many kinds, and endless chains by an exhausted stack. */
    private static <T> T guarded(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError damage) {
            throw new IllegalArgumentException(
                    "HDF5: %s cannot be read (%s); the file is damaged: save it again, or take a backup"
                            .formatted(place, cause(damage)),
                    damage);
        }
    }

    private static String cause(Throwable damage) {
        Throwable cause = damage;
        for (int depth = 0; cause.getCause() != null && depth < 10; depth++) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Whether there is a group of that path. */
    boolean hasGroup(String path) {
        return find(path) instanceof Group;
    }

    /** The names in a group. */
    Set<String> names(String path) {
        Group group = group(path);
        return guarded("group '%s'".formatted(path), () -> group.getChildren().keySet());
    }

    private Group group(String path) {
        if (find(path) instanceof Group group) {
            return group;
        }
        throw new IllegalArgumentException("there is no group '%s'".formatted(path));
    }

    private Node find(String path) {
        Node node = root;
        String reached = "";
        for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
            if (!(node instanceof Group group)) {
                return null;
            }
            reached = reached.isEmpty() ? name : reached + "/" + name;
            node = guarded("'%s'".formatted(reached), () -> group.getChild(name));
            if (node != null && node.isLink()) {
                throw new IllegalArgumentException(
                        "'%s' is a link to another place; Keras writes none, and none is followed".formatted(reached));
            }
        }
        return node;
    }

    /** A text attribute, or null. */
    String text(String path, String attribute) {
        Object value = attribute(path, attribute);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException("attribute '%s' of '%s' must be text".formatted(attribute, path));
    }

    /** A list of texts, which Keras cuts into attributes {@code NAME0}, {@code NAME1} where it is long; or null. */
    List<String> texts(String path, String attribute) {
        Object whole = attribute(path, attribute);
        if (whole != null) {
            return asTexts(path, attribute, whole);
        }
        List<String> texts = new ArrayList<>();
        boolean found = hasAttribute(path, attribute);
        for (int part = 0; hasAttribute(path, attribute + part) && part < MAX_TEXTS; part++) {
            Object value = attribute(path, attribute + part);
            texts.addAll(value == null ? List.of() : asTexts(path, attribute + part, value));
            found = true;
        }
        return found ? texts : null;
    }

    private static List<String> asTexts(String path, String attribute, Object value) {
        if (value instanceof String[] texts) {
            return Arrays.asList(texts);
        }
        throw new IllegalArgumentException("attribute '%s' of '%s' must be a list of texts".formatted(attribute, path));
    }

    private boolean hasAttribute(String path, String name) {
        return find(path) != null
                && guarded("'%s'".formatted(path), () -> find(path).getAttribute(name)) != null;
    }

    /** Text, a list of texts, or null where there is none or an empty one. */
    private Object attribute(String path, String name) {
        Node node = find(path);
        String place = "attribute '%s' of '%s'".formatted(name, path);
        Attribute found = node == null ? null : guarded(place, () -> node.getAttribute(name));
        if (found == null || guarded(place, found::isEmpty)) {
            return null;
        }
        long[] sizes = guarded(place, found::getDimensionsAsLong);
        if (sizes.length > 1 || sizes.length == 1 && (sizes[0] < 0 || sizes[0] > MAX_TEXTS)) {
            throw new IllegalArgumentException("%s has shape %s; it must be one text or a list of up to %,d"
                    .formatted(place, Arrays.toString(sizes), MAX_TEXTS));
        }
        Object value = guarded(place, found::getData);
        if (!(value instanceof String || value instanceof String[])) {
            throw new IllegalArgumentException("%s must be text".formatted(place));
        }
        return value;
    }

    /**
     * What is known of a dataset before its values are read; they lie within the file.
     *
     * @throws IllegalArgumentException if there is none of that path, or it is not stored as Keras stores it
     */
    StoredArray array(String path) {
        if (!(find(path) instanceof Dataset dataset)) {
            throw new IllegalArgumentException("there is no dataset '%s'".formatted(path));
        }
        String place = "dataset '%s'".formatted(path);
        long[] shape = guarded(place, dataset::getDimensionsAsLong);
        DataType type = guarded(place, dataset::getDataType);
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            throw new IllegalArgumentException(
                    ("%s is stored in pieces or compressed; Keras stores the values in one run: save the model again "
                                    + "by Keras")
                            .formatted(place));
        }
        long bytes = type.getSize();
        for (long size : shape) {
            if (shape.length > MAX_RANK || size < 1 || bytes > Integer.MAX_VALUE / size) {
                throw new IllegalArgumentException(
                        "%s has shape %s; every axis must be at least 1 long, and all below 2 GB"
                                .formatted(place, Arrays.toString(shape)));
            }
            bytes *= size;
        }
        long address = guarded(place, contiguous::getDataAddress);
        if (address == NOWHERE) {
            throw new IllegalArgumentException("%s has no values in this file".formatted(place));
        }
        return new StoredArray(path, shape, typeName(type), order(type), file.part(place, address, bytes));
    }

    private static String typeName(DataType type) {
        if (type instanceof FloatingPoint) {
            return "float" + 8 * type.getSize();
        }
        if (type instanceof FixedPoint whole) {
            return (whole.isSigned() ? "int" : "uint") + 8 * type.getSize();
        }
        return type.getClass().getSimpleName();
    }

    private static ByteOrder order(DataType type) {
        if (type instanceof FloatingPoint point) {
            return point.getByteOrder();
        }
        return type instanceof FixedPoint whole ? whole.getByteOrder() : ByteOrder.LITTLE_ENDIAN;
    }
}
