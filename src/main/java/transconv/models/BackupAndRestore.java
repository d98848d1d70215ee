package transconv.models;

import java.nio.file.Path;
import java.util.OptionalInt;
import transconv.training.Callback;
import transconv.training.StatefulCallback;

/**
 * Lets training that was killed go on where it stood: after each epoch {@code fit} writes down, in one file that is
 * there whole or not at all, the weights, the optimizer's state, the epoch, the History so far, the state of all
 * chance, and what each {@link StatefulCallback} remembers. The same program started again goes on at the next epoch,
 * and ends with the same History and the same weights to the last bit as if it had never stopped. At the end of the
 * run the file is deleted; an interrupted or failed one leaves it. Source: Keras 3, {@code BackupAndRestore}, which
 * keeps weights, optimizer and epoch.
 *
 * <p>{@code fit} fails with a {@link transconv.models.file.ModelFileException} that names the setting, before it
 * changes anything, if the file is damaged, or was made with another model, other data or other settings. The number of
 * epochs may differ. It comes last of all callbacks, wherever it stands among them. What it cannot know of: chance that
 * own code draws elsewhere, and files that other callbacks write ({@code CSVLogger}: append the rows).
 *
 * <pre>{@code
 * BackupAndRestore backup = new BackupAndRestore("target/backup");
 * System.out.println(backup.file().getFileName() + " " + backup.restoredEpoch()); // training.tcm OptionalInt.empty
 * }</pre>
 */
public final class BackupAndRestore implements Callback {

    private static final String NAME = "training.tcm";

    private final Path file;
    private boolean deleteCheckpoint = true;
    private int saveFreq;
    private OptionalInt restoredEpoch = OptionalInt.empty();

    /** @param backupDir a folder for this run alone, not used by other callbacks; made if it does not exist */
    public BackupAndRestore(String backupDir) {
        if (backupDir == null || backupDir.isBlank()) {
            throw new IllegalArgumentException(
                    "BackupAndRestore: backupDir=%s must name a folder; give \"backup/autoencoder\" or the like"
                            .formatted(backupDir));
        }
        file = Path.of(backupDir, NAME);
    }

    /**
     * Writes after this many batches, counted from the first of each epoch, and after each epoch, instead of after each
     * epoch alone; at least 1. A run then goes on in the midst of an epoch. {@code fit} refuses it beside metrics: what
     * they have counted of an epoch cannot be written down.
     */
    public BackupAndRestore saveFreq(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException(
                    "BackupAndRestore: saveFreq=%d must be at least 1 batch; leave it unset to save after each epoch"
                            .formatted(batches));
        }
        saveFreq = batches;
        return this;
    }

    int saveFreq() {
        return saveFreq;
    }

    /** Whether the file is deleted at the end of the run; default true. */
    public BackupAndRestore deleteCheckpoint(boolean deleteCheckpoint) {
        this.deleteCheckpoint = deleteCheckpoint;
        return this;
    }

    boolean deleteCheckpoint() {
        return deleteCheckpoint;
    }

    /** Where the backup is, while there is one. */
    public Path file() {
        return file;
    }

    /** The epoch, from 0, at which the last {@code fit} went on; empty if it began anew. */
    public OptionalInt restoredEpoch() {
        return restoredEpoch;
    }

    void restoredEpoch(OptionalInt epoch) {
        restoredEpoch = epoch;
    }
}
