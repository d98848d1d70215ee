package transconv.interop.images;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.interop.FileFuzzer;
import transconv.interop.arrays.ArrayFileException;

class DamagedImagesTest {

    @TempDir
    Path folder;

    private FileFuzzer.Result damage(List<String> names, int count, FileFuzzer.Reader reader) throws IOException {
        FileFuzzer fuzzer = new FileFuzzer(folder, "damaged", reader, ArrayFileException.class);
        FileFuzzer.Result result = new FileFuzzer.Result(0, 0, 0, 0, 0);
        for (int i = 0; i < names.size(); i++) {
            result = result.plus(fuzzer.damage(Files.readAllBytes(ImagesTest.file(names.get(i))), count, i));
        }
        return result;
    }

    @Test
    void damagedPngFilesAreReadOrRefused() throws IOException {
        FileFuzzer.Result plain =
                damage(List.of("rgb-8.png", "palette-4.png"), 500, file -> Images.read(file, ImageColors.RGB));
        System.out.println("PNG: " + plain);
        assertTrue(plain.refused() > 900, "almost all damage is found by the checksums");
        FileFuzzer.Result mended =
                damage(List.of("rgb-8.png", "palette-4.png", "gray-alpha-16.png", "gamma.png"), 1_250, file -> {
                    Files.write(file, PngDamage.mended(Files.readAllBytes(file)));
                    return Images.read(file, ImageColors.RGB);
                });
        System.out.println("PNG with right checksums: " + mended);
        assertTrue(mended.refused() > 1_000 && mended.read() > 100, mended.toString());
    }

    @Test
    void damagedJpegFilesAreReadOrRefused() throws IOException {
        FileFuzzer.Result result = damage(
                List.of("jpeg-rgb.jpg", "jpeg-progressive.jpg", "jpeg-gray.jpg"),
                1_700,
                file -> Images.read(file, ImageColors.GRAY));
        System.out.println("JPEG: " + result);
        assertTrue(result.refused() > 1_000 && result.read() > 500, result.toString());
    }
}
