package transconv.interop.keras;

import io.jhdf.Superblock;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An HDF5 file of groups, text attributes and arrays. The arrays are not copied: they are written as they lie. */
final class Hdf5Writer {

    /** Where the first group lies: the superblock in front of it has less. */
    private static final long ROOT = 64;

    private final WritableGroupImpl root = new WritableGroupImpl(null, "/");
    private final Map<String, WritableGroup> groups = new HashMap<>();

    /** The group of a path, made with those above it. */
    private WritableGroup group(String path) {
        if (path.isEmpty()) {
            return root;
        }
        WritableGroup known = groups.get(path);
        if (known == null) {
            int slash = path.lastIndexOf('/');
            known = group(slash < 0 ? "" : path.substring(0, slash)).putGroup(path.substring(slash + 1));
            groups.put(path, known);
        }
        return known;
    }

    /** A group that may stay empty, with a name as its attribute. */
    void putGroup(String path, String name) {
        group(path).putAttribute("name", name);
    }

    /** @param array of type float32, float64 or int64, in C order */
    void put(String group, String name, INDArray array) {
        WritableGroup parent = group(group);
        parent.putDataset(name, new ArrayDataset(array, name, parent));
    }

    void write(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3();
            HdfFileChannel storage = new HdfFileChannel(channel, superblock);
            long end = root.write(storage, ROOT);
            storage.write(superblock.toBuffer(end), 0);
        }
    }
}
