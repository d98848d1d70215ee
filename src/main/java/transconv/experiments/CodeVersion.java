package transconv.experiments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which transconv this is: the build's version, and its commit where the build was told it. */
final class CodeVersion {

    private static final String RESOURCE = "/transconv/version.properties";

    private CodeVersion() {}

    /** As {@code 0.1.0} or {@code 0.1.0+4f1c2d9}. */
    static String current() {
        Properties properties = new Properties();
        try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(
                        "%s is not on the class path; build transconv with Maven".formatted(RESOURCE));
            }
            properties.load(in);
        } catch (IOException failure) {
            throw new UncheckedIOException("%s cannot be read".formatted(RESOURCE), failure);
        }
        String commit = properties.getProperty("commit", "").strip();
        return properties.getProperty("version").strip() + (commit.isEmpty() ? "" : "+" + commit);
    }
}
