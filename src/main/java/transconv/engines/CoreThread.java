package transconv.engines;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Works on one of the other cores. After its work it stays awake for a moment and waits for more: to wake a thread up
 * takes as long as a small layer.
 */
final class CoreThread extends Thread {

    private static final long AWAKE_NANOSECONDS = 50_000;
    private static final ConcurrentLinkedDeque<CoreThread> IDLE = new ConcurrentLinkedDeque<>();

    private volatile Runnable work;

    private CoreThread() {
        super("transconv-core");
        setDaemon(true);
    }

    /** Starts work on another thread; what it throws, the future has. */
    static CompletableFuture<Void> start(Runnable work) {
        CoreThread idle = IDLE.pollFirst();
        CoreThread thread = idle == null ? new CoreThread() : idle;
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.work = () -> thread.finish(work, done);
        if (idle == null) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        return done;
    }

    /** Waits awake, but only for a moment. */
    static void awaitBriefly(BooleanSupplier condition) {
        long end = System.nanoTime() + AWAKE_NANOSECONDS;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void finish(Runnable given, CompletableFuture<Void> done) {
        Throwable failure = null;
        try {
            given.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        // The flag was for this work, and would keep the thread from parking.
        Thread.interrupted();
        IDLE.addFirst(this);
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    @Override
    public void run() {
        while (true) {
            awaitBriefly(() -> work != null);
            while (work == null) {
                LockSupport.park(this);
            }
            Runnable given = work;
            work = null;
            given.run();
        }
    }
}
