package transconv;

import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every jqwik property the same seed, so that a run tries what the run before tried. {@code mvn test
 * -Dtransconv.seed=7} takes another seed, {@code -Dtransconv.tries=10} ten times as many tries. Found by the service
 * loader.
 */
public final class RepeatableProperties implements AroundPropertyHook {

    private static final String SEED = System.getProperty("transconv.seed", "1");
    private static final int TRIES = Integer.getInteger("transconv.tries", 1);

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        PropertyAttributes attributes = context.attributes();
        if (attributes.seed().isEmpty()) {
            attributes.setSeed(SEED);
        }
        attributes.tries().filter(tries -> tries > 1).ifPresent(tries -> attributes.setTries(tries * TRIES));
        if (attributes.edgeCases().isEmpty()) {
            // Settings of many small numbers have thousands, and reach them by chance.
            attributes.setEdgeCases(EdgeCasesMode.NONE);
        }
        // What is tried must not depend on jqwik's memory of the run before.
        attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
        return property.execute();
    }
}
