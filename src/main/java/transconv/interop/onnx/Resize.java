package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
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
}
