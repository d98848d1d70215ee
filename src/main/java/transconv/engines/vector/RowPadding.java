package transconv.engines.vector;

/**
 * Zeros before and after each row of an image, so that blocks at its edges need no check.
 *
 * @param rows   rows of an image, counted over depth and height
 * @param row    values in a row
 * @param before zeros before it
 * @param after  zeros after it
 */
record RowPadding(int rows, int row, int before, int after) {

    boolean isNone() {
        return before + after == 0;
    }

    /** Values in a padded row. */
    int rowLength() {
        return before + row + after;
    }

    /** Where a row's own values begin in a padded image. */
    int offset(int number) {
        return number * rowLength() + before;
    }

    /** A place for a padded image, its zeros in place. */
    float[] place() {
        return isNone() ? null : Lanes.array(rows * rowLength());
    }

    /** Bytes of {@link #place}. */
    long bytes() {
        return isNone() ? 0 : (long) rows * rowLength() * Float.BYTES;
    }

    /** Copies an image's rows between the zeros. */
    void copy(float[] from, int base, float[] place) {
        for (int number = 0; number < rows; number++) {
            System.arraycopy(from, base + number * row, place, offset(number), row);
        }
    }
}
