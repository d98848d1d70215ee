package transconv.engines.onednn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;

/** The native objects of one program: made while it is compiled, all freed when it is closed. */
final class Session implements AutoCloseable {

    /** Vectors that cross no cache line are loaded fastest. */
    private static final int ALIGNMENT = 64;

    private final dnnl_stream stream = new dnnl_stream();
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final List<dnnl_memory> scratchpads = new ArrayList<>();
    private volatile boolean isClosed;
    private long scratchBytes;
    private long ownBytes;

    Session() {
        Library.check(
                dnnl.dnnl_stream_create(stream, Library.engine(), dnnl.dnnl_stream_default_flags),
                "dnnl_stream_create");
        closeWith(() -> dnnl.dnnl_stream_destroy(stream));
    }

    dnnl_stream stream() {
        return stream;
    }

    void closeWith(Runnable closer) {
        closers.push(closer);
    }

    /** Floats in C order, sizes and strides as given. */
    dnnl_memory_desc strided(long[] sizes, long[] strides) {
        return strided(Precision.FLOAT32, sizes, strides);
    }

    dnnl_memory_desc strided(Precision precision, long[] sizes, long[] strides) {
        dnnl_memory_desc desc = new dnnl_memory_desc();
        Library.check(
                dnnl.dnnl_memory_desc_create_with_strides(desc, sizes.length, sizes, type(precision), strides),
                "dnnl_memory_desc_create_with_strides");
        closeWith(() -> dnnl.dnnl_memory_desc_destroy(desc));
        return desc;
    }

    private static int type(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> dnnl.dnnl_f32;
            case BFLOAT16 -> dnnl.dnnl_bf16;
        };
    }

    /** In a layout that the primitive chooses. */
    dnnl_memory_desc any(Precision precision, long... sizes) {
        dnnl_memory_desc desc = new dnnl_memory_desc();
        Library.check(
                dnnl.dnnl_memory_desc_create_with_tag(
                        desc, sizes.length, sizes, type(precision), dnnl.dnnl_format_tag_any),
                "dnnl_memory_desc_create_with_tag");
        closeWith(() -> dnnl.dnnl_memory_desc_destroy(desc));
        return desc;
    }

    /** One axis of floats. */
    dnnl_memory_desc flat(long elements) {
        return flat(Precision.FLOAT32, elements);
    }

    dnnl_memory_desc flat(Precision precision, long elements) {
        return strided(precision, new long[] {elements}, new long[] {1});
    }

    /**
     * A tensor that lies channels last.
     *
     * @param sizes in oneDNN's order: (batch, channels, spatial axes...)
     */
    dnnl_memory_desc channelsLast(Precision precision, long... sizes) {
        long[] strides = new long[sizes.length];
        long stride = sizes[1];
        for (int axis = sizes.length - 1; axis > 1; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        strides[0] = stride;
        strides[1] = 1;
        return strided(precision, sizes, strides);
    }

    /** Memory of the program's own, aligned, of zeros. */
    Pointer allocate(long bytes) {
        BytePointer whole = new BytePointer(bytes + 2 * ALIGNMENT);
        Pointer.memset(whole, 0, bytes + 2 * ALIGNMENT);
        closeWith(whole::deallocate);
        ownBytes += bytes;
        long past = whole.address() % ALIGNMENT;
        return whole.getPointer((ALIGNMENT - past) % ALIGNMENT);
    }

    /** Memory for what a description describes. */
    Pointer allocate(dnnl_memory_desc desc) {
        return allocate(dnnl.dnnl_memory_desc_get_size(desc));
    }

    dnnl_memory memory(dnnl_memory_desc desc, Pointer at) {
        dnnl_memory memory = new dnnl_memory();
        Library.check(dnnl.dnnl_memory_create(memory, desc, Library.engine(), at), "dnnl_memory_create");
        closeWith(() -> dnnl.dnnl_memory_destroy(memory));
        return memory;
    }

    /** Work memory that any other primitive may overwrite; it is there from {@link #allocateScratch} on. */
    dnnl_memory scratch(dnnl_memory_desc desc) {
        scratchBytes = Math.max(scratchBytes, dnnl.dnnl_memory_desc_get_size(desc));
        dnnl_memory memory = memory(desc, null);
        scratchpads.add(memory);
        return memory;
    }

    void allocateScratch() {
        Pointer shared = allocate(Math.max(ALIGNMENT, scratchBytes));
        scratchpads.forEach(memory ->
                Library.check(dnnl.dnnl_memory_set_data_handle(memory, shared), "dnnl_memory_set_data_handle"));
    }

    /** Bytes of kernels in oneDNN's layouts and of work memory. */
    long ownBytes() {
        return ownBytes;
    }

    /** The same sizes with the batch first and the channels second. */
    static long[] batchAndChannelsFirst(long batch, long channels, long[] spatial) {
        return LongStream.concat(LongStream.of(batch, channels), Arrays.stream(spatial))
                .toArray();
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
