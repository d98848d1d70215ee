package transconv.interop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A zip taken apart, so that damage to a part's content reaches the reader behind the zip's checksums. */
record ZipParts(List<Part> parts) {

    record Part(String name, byte[] content, boolean stored) {}

    private static final List<String> NAMES =
            List.of("../evil.npy", "/etc/evil", "a\\..\\evil", "", "evil\u0000.npy", "folder/", "x".repeat(5_000));

    static ZipParts of(byte[] zip) {
        List<Part> parts = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                parts.add(new Part(entry.getName(), in.readAllBytes(), entry.getMethod() == ZipEntry.STORED));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new ZipParts(parts);
    }

    /** Damages the content of a part, or now and then leaves a part out, renames it or adds one. */
    Mutations.Mutated mutate(SplittableRandom random) {
        List<Part> changed = new ArrayList<>(parts);
        int index = random.nextInt(parts.size());
        Part part = parts.get(index);
        String what;
        switch (random.nextInt(16)) {
            case 0 -> {
                changed.remove(index);
                what = "left out";
            }
            case 1 -> {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                changed.set(index, new Part(name, part.content(), part.stored()));
                what = "renamed to '%s'".formatted(name);
            }
            case 2 -> {
                Part other = parts.get(random.nextInt(parts.size()));
                changed.set(index, new Part(part.name(), other.content(), part.stored()));
                what = "with the content of '%s'".formatted(other.name());
            }
            case 3 -> {
                changed.add(index, new Part(NAMES.get(random.nextInt(NAMES.size())), part.content(), part.stored()));
                what = "with another one before it";
            }
            default -> {
                Mutations.Mutated mutated = Mutations.draw(part.content(), random);
                boolean stored = part.stored() ^ random.nextInt(8) == 0;
                changed.set(index, new Part(part.name(), mutated.bytes(), stored));
                what = mutated.what();
            }
        }
        return new Mutations.Mutated(new ZipParts(changed).bytes(), "part '%s' %s".formatted(part.name(), what));
    }

    private byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setLevel(1);
            for (Part part : parts) {
                ZipEntry entry = new ZipEntry(part.name());
                CRC32 checksum = new CRC32();
                checksum.update(part.content());
                entry.setCrc(checksum.getValue());
                entry.setSize(part.content().length);
                entry.setMethod(part.stored() ? ZipEntry.STORED : ZipEntry.DEFLATED);
                try {
                    out.putNextEntry(entry);
                } catch (ZipException duplicate) {
                    // the writer refuses a name that is there already
                    continue;
                }
                out.write(part.content());
                out.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
