package transconv.engines.onednn;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native library: loaded once, its CPU engine kept for the life of the process. */
final class Library {

    private static final NativeOps OPENMP = NativeOpsHolder.getInstance().getDeviceNativeOps();
    private static final dnnl_engine ENGINE = new dnnl_engine();

    private static final int LANES;
    private static final boolean BFLOAT16;

    static {
        check(dnnl.dnnl_engine_create(ENGINE, dnnl.dnnl_cpu, 0), "dnnl_engine_create");
        int isa = dnnl.dnnl_get_effective_cpu_isa();
        LANES = includes(isa, dnnl.dnnl_cpu_isa_avx512_core) ? 16 : includes(isa, dnnl.dnnl_cpu_isa_avx2) ? 8 : 4;
        BFLOAT16 = includes(isa, dnnl.dnnl_cpu_isa_avx512_core_bf16);
    }

    private Library() {}

    private static boolean includes(int isa, int wanted) {
        return (isa & wanted) == wanted;
    }

    /** @throws LinkageError if the library does not load here */
    static void load() {
        oneThread();
    }

    static dnnl_engine engine() {
        return ENGINE;
    }

    static String version() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "%d.%d.%d".formatted(version.major(), version.minor(), version.patch());
    }

    /** Floats in a vector of the code that oneDNN chooses here. */
    static int lanes() {
        return LANES;
    }

    /** Whether the CPU has instructions for products of bfloat16. */
    static boolean multipliesBfloat16() {
        return BFLOAT16;
    }

    /**
     * Keeps what the calling thread computes on this thread: cores are shared out by running several programs. OpenMP
     * counts threads for each calling thread apart; ND4J has the call that sets the number.
     */
    static void oneThread() {
        OPENMP.setOmpNumThreads(1);
    }

    /** @throws IllegalStateException if the status says that a call failed */
    static void check(int status, String call) {
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("onednn engine: %s failed with status %d".formatted(call, status));
        }
    }
}
