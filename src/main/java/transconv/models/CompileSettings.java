package transconv.models;

import java.util.List;
import transconv.training.Loss;
import transconv.training.Optimizer;

/**
 * What {@code compile} was told, but for engine and precision: what goes into files of other frameworks. Source: Keras
 * 3, {@code Trainer.get_compile_config}.
 *
 * <pre>{@code
 * Sequential model = new Sequential(Layers.input(3), Layers.dense(2));
 * model.compile(CompileOption.optimizer("sgd"), CompileOption.loss("mse"));
 * System.out.println(model.compileSettings().losses()); // [mean_squared_error]
 * }</pre>
 *
 * @param losses      one for all outputs, or one for each
 * @param lossWeights what each output's loss counts; empty for 1 each, one for all, or one for each
 * @param metrics     names, or metrics that were made already, of every output; or one such list for each output
 */
public record CompileSettings(Optimizer optimizer, List<Loss> losses, List<Double> lossWeights, List<?> metrics) {}
