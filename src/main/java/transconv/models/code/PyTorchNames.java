package transconv.models.code;

import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import transconv.layers.Layer;

/**
 * The names that the modules of a model's layers have in PyTorch: the layers' own, made identifiers where they are
 * none, and none that {@code nn.Module} has taken. Source: PyTorch 2, {@code torch.nn.Module}.
 *
 * <pre>{@code
 * Layer layer = Layers.dense(3).name("train");
 * System.out.println(PyTorchNames.of(java.util.List.of(layer)).get(layer)); // train_1
 * }</pre>
 */
public final class PyTorchNames {

    private static final List<String> TAKEN = List.of(("T_destination add_module apply bfloat16 buffers"
                    + " call_super_init children compile cpu cuda double dump_patches eval extra_repr float forward"
                    + " get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia"
                    + " named_buffers named_children named_modules named_parameters parameters register_backward_hook"
                    + " register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook"
                    + " register_full_backward_pre_hook register_load_state_dict_post_hook"
                    + " register_load_state_dict_pre_hook register_module register_parameter"
                    + " register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state"
                    + " set_submodule share_memory state_dict to to_empty train training type xpu zero_grad")
            .split(" "));

    private PyTorchNames() {}

    /**
     * @param layers of one model, without those of models in it; where two names become one, the younger is numbered
     */
    public static Map<Layer, String> of(Collection<Layer> layers) {
        PythonNames names = new PythonNames(TAKEN);
        Map<Layer, String> found = new IdentityHashMap<>();
        layers.stream()
                .sorted(Comparator.comparingLong(Layer::creation))
                .forEach(layer -> found.put(layer, names.next(layer.label())));
        return found;
    }
}
