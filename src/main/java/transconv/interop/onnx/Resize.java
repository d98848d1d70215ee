package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import transconv.config.Config;
import transconv.layers.CoordinateTransformation;
import transconv.layers.Interpolation;

/**
 * ONNX' settings of Resize for one of our ways of upsampling by whole numbers, and back.
 *
 * <p>Nearest: {@code asymmetric} with {@code floor} repeats each value, as all our ways but the corners' do; these
 * round a half up. Cubic: Keras' kernel has a = -0.5 and leaves out what is outside; the others have -0.75 and repeat
 * the edge.
 */
record Resize(Interpolation interpolation, CoordinateTransformation positions) {

    /** Null where ONNX has no such interpolation. */
    static Resize of(Config config) {
        Interpolation interpolation = config.has("interpolation")
                ? config.choice("interpolation", Interpolation.class)
                : Interpolation.NEAREST;
        CoordinateTransformation positions = config.has("coordinate_transformation")
                ? config.choice("coordinate_transformation", CoordinateTransformation.class)
                : CoordinateTransformation.HALF_PIXEL;
        boolean isKnown = interpolation != Interpolation.LANCZOS3 && interpolation != Interpolation.LANCZOS5;
        return isKnown ? new Resize(interpolation, positions) : null;
    }

    AttributeProto[] attributes() {
        List<AttributeProto> attributes = new ArrayList<>();
        boolean areCorners = positions == CoordinateTransformation.ALIGN_CORNERS;
        String transformation = positions.name().toLowerCase(Locale.ROOT);
        switch (interpolation) {
            case NEAREST -> {
                attributes.add(Attributes.text("mode", "nearest"));
                attributes.add(Attributes.text("nearest_mode", areCorners ? "round_prefer_ceil" : "floor"));
                transformation = areCorners ? "align_corners" : "asymmetric";
            }
            case BILINEAR -> attributes.add(Attributes.text("mode", "linear"));
            default -> {
                boolean isKeras = positions == CoordinateTransformation.HALF_PIXEL;
                attributes.add(Attributes.text("mode", "cubic"));
                attributes.add(Attributes.number("cubic_coeff_a", isKeras ? -0.5 : -0.75));
                attributes.add(Attributes.integer("exclude_outside", isKeras ? 1 : 0));
            }
        }
        attributes.add(Attributes.text("coordinate_transformation_mode", transformation));
        return attributes.toArray(AttributeProto[]::new);
    }

    /** @throws IllegalArgumentException if no layer resizes so, for whole numbers */
    static Resize of(OnnxNode node) {
        String mode = node.text("mode", "nearest");
        String transformation = node.text("coordinate_transformation_mode", "half_pixel");
        String rounding = node.text("nearest_mode", "round_prefer_floor");
        double a = node.number("cubic_coeff_a", -0.75);
        boolean excludes = node.integer("exclude_outside", 0) != 0;
        // they differ where the output has length 1 alone, or an input that whole numbers never ask for
        String same = transformation.replace("pytorch_half_pixel", "half_pixel").replace("_symmetric", "");
        CoordinateTransformation positions = Arrays.stream(CoordinateTransformation.values())
                .filter(each -> each.name().equalsIgnoreCase(same))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "coordinate_transformation_mode='%s' must be half_pixel, asymmetric or align_corners"
                                .formatted(transformation)));
        switch (mode) {
            case "nearest":
                return nearest(positions, transformation, rounding);
            case "linear":
                return new Resize(Interpolation.BILINEAR, positions);
            case "cubic":
                boolean isHalf = positions == CoordinateTransformation.HALF_PIXEL;
                if (a != (isHalf ? -0.5 : -0.75) || excludes != isHalf) {
                    throw new IllegalArgumentException(
                            ("cubic_coeff_a=%s with exclude_outside=%d and %s; with half_pixel it must be -0.5 and 1,"
                                            + " with the others -0.75 and 0")
                                    .formatted(a, excludes ? 1 : 0, transformation));
                }
                return new Resize(Interpolation.BICUBIC, positions);
            default:
                throw new IllegalArgumentException("mode='%s' must be nearest, linear or cubic".formatted(mode));
        }
    }

    private static Resize nearest(CoordinateTransformation positions, String transformation, String rounding) {
        boolean repeats = positions == CoordinateTransformation.ASYMMETRIC && rounding.equals("floor")
                // the positions stand between two inputs never further than half a step from the one that they repeat
                || positions == CoordinateTransformation.HALF_PIXEL && rounding.startsWith("round_prefer");
        boolean areCorners =
                positions == CoordinateTransformation.ALIGN_CORNERS && rounding.equals("round_prefer_ceil");
        if (!repeats && !areCorners) {
            throw new IllegalArgumentException(
                    ("nearest_mode='%s' with coordinate_transformation_mode='%s'; it must be floor with asymmetric,"
                                    + " round with half_pixel, or round_prefer_ceil with align_corners")
                            .formatted(rounding, transformation));
        }
        return new Resize(Interpolation.NEAREST, areCorners ? positions : CoordinateTransformation.HALF_PIXEL);
    }

    boolean isAtCorners() {
        return positions == CoordinateTransformation.ALIGN_CORNERS;
    }
}
