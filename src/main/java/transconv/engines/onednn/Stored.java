package transconv.engines.onednn;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;

/** Where a tensor lies, and in which numbers. */
record Stored(Pointer at, Precision precision) {

    /** The place of one of its numbers. */
    Pointer from(long number) {
        return new BytePointer(at).getPointer(number * precision.bytes());
    }
}
