package transconv.engines.onednn;

import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A kernel in the layout that a primitive wants, beside the kernel in the geometry's layout. */
final class KernelMemory {

    private final ConvolutionForm form;
    private final Pointer kernel;
    private final Pointer inOrder;
    private final dnnl_memory_desc plain;
    private final dnnl_memory plainMemory;
    private final dnnl_memory_desc wanted;
    private final dnnl_memory memory;
    private final boolean same;

    /** @param wanted the primitive's layout */
    KernelMemory(Session session, ConvolutionForm form, Pointer kernel, dnnl_memory_desc wanted) {
        this.form = form;
        this.kernel = kernel;
        this.wanted = wanted;
        plain = form.kernelLayout(session);
        boolean reversed = form.flipped() && form.tapCount() > 1;
        inOrder = reversed ? session.allocate(plain) : kernel;
        plainMemory = session.memory(plain, inOrder);
        same = dnnl.dnnl_memory_desc_equal(plain, wanted) != 0;
        memory = same ? plainMemory : session.memory(wanted, session.allocate(wanted));
    }

    dnnl_memory memory() {
        return memory;
    }

    /** Brings the geometry's kernel into the primitive's layout. */
    Step load(Session session) {
        Step reorder = same ? () -> {} : Primitive.reorder(session, plain, plainMemory, wanted, memory);
        Step reverse = reverseTaps(kernel, inOrder);
        return () -> {
            reverse.run();
            reorder.run();
        };
    }

    /** Brings the primitive's kernel into the geometry's layout. */
    Step store(Session session) {
        Step reorder = same ? () -> {} : Primitive.reorder(session, wanted, memory, plain, plainMemory);
        Step reverse = reverseTaps(inOrder, kernel);
        return () -> {
            reorder.run();
            reverse.run();
        };
    }

    /** Each tap's place. */
    private Pointer[] taps(Pointer kernelInTaps) {
        return IntStream.range(0, form.tapCount())
                .mapToObj(tap -> new BytePointer(kernelInTaps).getPointer(tap * form.tapSize() * Float.BYTES))
                .toArray(Pointer[]::new);
    }

    private Step reverseTaps(Pointer from, Pointer to) {
        if (inOrder == kernel) {
            return () -> {};
        }
        long bytes = form.tapSize() * Float.BYTES;
        Pointer[] sources = taps(from);
        Pointer[] targets = taps(to);
        return () -> {
            for (int tap = 0; tap < sources.length; tap++) {
                Pointer.memcpy(targets[sources.length - 1 - tap], sources[tap], bytes);
            }
        };
    }
}
