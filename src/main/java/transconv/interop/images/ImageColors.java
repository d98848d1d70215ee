package transconv.interop.images;

/**
 * The channels that images are read into.
 *
 * <pre>{@code
 * System.out.println(ImageColors.RGB.channels()); // 3
 * }</pre>
 */
public enum ImageColors {
    /** One channel; of a coloured image its luma 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), as Pillow and Keras do. */
    GRAY(1),
    /** Red, green and blue; of a grey image three equal ones. */
    RGB(3);

    private final int channels;

    ImageColors(int channels) {
        this.channels = channels;
    }

    /** 1 or 3. */
    public int channels() {
        return channels;
    }
}
