package transconv.explain;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import transconv.ops.Activate;
import transconv.ops.AddBias;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.Broadcast;
import transconv.ops.Clip;
import transconv.ops.Concatenate;
import transconv.ops.Convolution;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.Op;
import transconv.ops.Pad;
import transconv.ops.Resample;
import transconv.ops.Reshape;
import transconv.ops.Sum;
import transconv.ops.Transpose;
import transconv.ops.TransposedConvolution;
import transconv.ops.Unary;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** What each op's output depends on, if its inputs depend on that; null stands for weights, which depend on nothing. */
final class ReachRules {

    private ReachRules() {}

    static Reach of(Op op, Shape shape, List<Reach> inputs) {
        Reach first = inputs.stream().filter(reach -> reach != null).findFirst().orElse(null);
        if (first == null) {
            return null;
        }
        Reach output = new Reach(shape, first.axes());
        if (op instanceof Reshape) {
            return first.reshaped(shape);
        } else if (op instanceof Convolution convolution) {
            joinWindows(output, first, convolution.geometry(), false);
        } else if (op instanceof TransposedConvolution transposed) {
            joinWindows(output, first, transposed.geometry(), true);
        } else if (op instanceof MaxPool pool) {
            int channels = shape.last();
            joinWindows(output, first, new Geometry(pool.axes(), channels, channels, channels), false);
        } else if (op instanceof Resample resample) {
            moved(output, first, (place, from) -> resample.matrix()
                    .rows()
                    .get(place[resample.axis()])
                    .forEach(entry -> {
                        int[] source = place.clone();
                        source[resample.axis()] = entry.column();
                        from.accept(source);
                    }));
        } else if (op instanceof Pad pad) {
            moved(
                    output,
                    first,
                    (place, from) -> from.accept(IntStream.range(0, place.length)
                            .map(axis -> place[axis] - pad.begin().get(axis))
                            .toArray()));
        } else if (op instanceof Transpose transpose) {
            moved(output, first, (place, from) -> {
                int[] source = new int[place.length];
                for (int axis = 0; axis < place.length; axis++) {
                    source[transpose.order().get(axis)] = place[axis];
                }
                from.accept(source);
            });
        } else if (op instanceof Broadcast) {
            moved(
                    output,
                    first,
                    (place, from) -> from.accept(IntStream.range(0, place.length)
                            .map(axis -> first.shape().size(axis) == 1 ? 0 : place[axis])
                            .toArray()));
        } else if (op instanceof Concatenate concatenate) {
            joinEnds(output, inputs, concatenate.axis());
        } else if (op instanceof Sum || op instanceof Max) {
            reduced(output, first);
        } else if (isElementwise(op)) {
            for (Reach input : inputs) {
                for (int at = 0; input != null && at < shape.elements(); at++) {
                    output.add(at, input, at % input.shape().elements());
                }
            }
        } else {
            mixed(output, inputs);
        }
        return output;
    }

    private static boolean isElementwise(Op op) {
        return op instanceof Activate
                || op instanceof AddBias
                || op instanceof Affine
                || op instanceof Binary
                || op instanceof Clip
                || op instanceof Unary;
    }

    private interface Sources {
        void each(int[] place, Consumer<int[]> from);
    }

    /** Sources outside of the input are zeros. */
    private static void moved(Reach output, Reach input, Sources sources) {
        int[] place = new int[output.shape().rank()];
        for (int at = 0; at < output.shape().elements(); at++) {
            int target = at;
            Reach.place(at, output.shape(), place);
            sources.each(place, source -> {
                boolean inside = IntStream.range(0, source.length)
                        .allMatch(axis -> source[axis] >= 0
                                && source[axis] < input.shape().size(axis));
                if (inside) {
                    output.add(target, input, Reach.flat(source, input.shape()));
                }
            });
        }
    }

    private static void reduced(Reach output, Reach input) {
        int[] place = new int[input.shape().rank()];
        for (int at = 0; at < input.shape().elements(); at++) {
            Reach.place(at, input.shape(), place);
            int[] target = new int[place.length];
            for (int axis = 0; axis < place.length; axis++) {
                target[axis] = output.shape().size(axis) == 1 ? 0 : place[axis];
            }
            output.add(Reach.flat(target, output.shape()), input, at);
        }
    }

    private static void joinEnds(Reach output, List<Reach> inputs, int axis) {
        int offset = 0;
        for (Reach input : inputs) {
            int[] place = new int[output.shape().rank()];
            for (int at = 0; at < input.shape().elements(); at++) {
                Reach.place(at, input.shape(), place);
                place[axis] += offset;
                output.add(Reach.flat(place, output.shape()), input, at);
            }
            offset += input.shape().size(axis);
        }
    }

    /** Of an op that nothing better is known of: everything depends on everything. */
    private static void mixed(Reach output, List<Reach> inputs) {
        Reach all = new Reach(Shape.of(1), output.axes());
        for (Reach input : inputs) {
            for (int at = 0; input != null && at < input.shape().elements(); at++) {
                all.add(0, input, at);
            }
        }
        for (int at = 0; at < output.shape().elements(); at++) {
            output.add(at, all, 0);
        }
    }

    /** First over the channels of a group, then over the taps: the same boxes, in far fewer steps. */
    private static void joinWindows(Reach output, Reach input, Geometry given, boolean isTransposed) {
        Geometry geometry = given.toThreeAxes();
        int groups = geometry.groups();
        int batch = input.shape().size(0);
        int[] small = geometry.axes().stream().mapToInt(Axis::small).toArray();
        int[] large = geometry.axes().stream().mapToInt(Axis::large).toArray();
        int[] taps = geometry.axes().stream().mapToInt(Axis::kernel).toArray();
        int[] from = isTransposed ? small : large;
        int[] to = isTransposed ? large : small;
        Reach joined = grouped(input, batch * Places.count(from), groups);
        Reach made = new Reach(Shape.of(batch * Places.count(to), groups), output.axes());
        for (int n = 0; n < batch; n++) {
            for (int at = 0; at < Places.count(small); at++) {
                int[] place = Places.at(at, small);
                for (int tap = 0; tap < Places.count(taps); tap++) {
                    int[] met = meet(geometry, place, Places.at(tap, taps));
                    if (Places.isInside(met, large)) {
                        int far = Places.flat(met, large);
                        int source = n * Places.count(from) + (isTransposed ? at : far);
                        int target = n * Places.count(to) + (isTransposed ? far : at);
                        for (int group = 0; group < groups; group++) {
                            made.add(target * groups + group, joined, source * groups + group);
                        }
                    }
                }
            }
        }
        int channels = output.shape().last();
        for (int at = 0; at < output.shape().elements(); at++) {
            int group = at % channels / (channels / groups);
            output.add(at, made, at / channels * groups + group);
        }
    }

    private static int[] meet(Geometry geometry, int[] place, int[] tap) {
        int[] met = new int[3];
        for (int i = 0; i < 3; i++) {
            Axis axis = geometry.axes().get(i);
            met[i] = place[i] * axis.stride() + tap[i] * axis.dilation() - axis.crop();
        }
        return met;
    }

    private static Reach grouped(Reach input, int positions, int groups) {
        Reach joined = new Reach(Shape.of(positions, groups), input.axes());
        int channels = input.shape().last();
        for (int at = 0; at < input.shape().elements(); at++) {
            joined.add(at / channels * groups + at % channels / (channels / groups), input, at);
        }
        return joined;
    }
}
