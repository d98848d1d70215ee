package transconv.engines.vector;

/**
 * An image as tiles read it: zeros before and after each row, so that blocks at its edges need no check, and each
 * pixel's channels in the tiles' order.
 *
 * @param rows     rows of an image, counted over depth and height
 * @param pixels   pixels in a row
 * @param channels values of a pixel
 * @param order    for each value of a placed pixel the channel that it is, or null where it is the channels themselves
 * @param before   pixels of zeros before a row
 * @param after    pixels of zeros after it
 */
record PlacedImage(int rows, int pixels, int channels, int[] order, int before, int after) {

    /** Whether images can be read where they are. */
    boolean isInPlace() {
        return before + after == 0 && order == null;
    }

    /** Values in a placed pixel. */
    int pixelLength() {
        return order == null ? channels : order.length;
    }

    /** Values in a placed row. */
    int rowLength() {
        return (before + pixels + after) * pixelLength();
    }

    /** Where a row's first pixel begins in a placed image. */
    int offset(int number) {
        return number * rowLength() + before * pixelLength();
    }

    /** A place for an image, its zeros in place; null if images are read where they are. */
    float[] place() {
        return isInPlace() ? null : Lanes.array(rows * rowLength());
    }

    /** Bytes of {@link #place}. */
    long bytes() {
        return isInPlace() ? 0 : (long) rows * rowLength() * Float.BYTES;
    }

    /** The array in which tiles read an image: the place, into which it is copied, or its own where that is null. */
    float[] placed(float[] from, int base, float[] place) {
        if (place != null) {
            copy(from, base, place);
        }
        return place == null ? from : place;
    }

    /** Where the image begins in {@link #placed}. */
    int base(int ownBase) {
        return isInPlace() ? ownBase : 0;
    }

    private void copy(float[] from, int base, float[] place) {
        for (int number = 0; number < rows; number++) {
            int row = base + number * pixels * channels;
            if (order == null) {
                System.arraycopy(from, row, place, offset(number), pixels * channels);
            } else {
                copyInOrder(from, row, place, offset(number));
            }
        }
    }

    private void copyInOrder(float[] from, int row, float[] place, int offset) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            int at = row + pixel * channels;
            int to = offset + pixel * order.length;
            for (int i = 0; i < order.length; i++) {
                place[to + i] = from[at + order[i]];
            }
        }
    }
}
