"""Makes the folder images: small PNG and JPEG files, and images.npz with the values that Pillow finds in them.

    python make_images.py

PNG files are put together here, since Pillow writes only some kinds; NAME/rgb and NAME/gray are (height, width, channels) in [0, 1].
"""
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "images"
HEIGHT, WIDTH = 5, 7


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(name, kind, bits, samples, *chunks):
    """kind: PNG's colour type; samples (height, width, channels)."""
    height, width = samples.shape[:2]
    rows = b""
    for row in samples.reshape(height, -1):
        if bits == 16:
            rows += b"\0" + row.astype(">u2").tobytes()
        elif bits == 8:
            rows += b"\0" + row.astype("u1").tobytes()
        else:
            unpacked = np.unpackbits(row.astype("u1")[:, None], axis=1)[:, 8 - bits:]
            rows += b"\0" + np.packbits(unpacked.ravel()).tobytes()
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    (FOLDER / f"{name}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks)
                                         + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def luma(rgb):
    return rgb @ np.array([[0.299], [0.587], [0.114]])


def main():
    FOLDER.mkdir(exist_ok=True)
    rng = np.random.default_rng(6)
    found = {}

    def known(name, rgb):
        rgb = np.broadcast_to(rgb, (HEIGHT, WIDTH, 3)).astype(np.float64)
        found[f"{name}/rgb"], found[f"{name}/gray"] = rgb.astype(np.float32), luma(rgb).astype(np.float32)

    for bits in (1, 2, 4, 8, 16):
        gray = rng.integers(0, 2 ** bits, (HEIGHT, WIDTH, 1))
        png(f"gray-{bits}", 0, bits, gray)
        known(f"gray-{bits}", gray / (2 ** bits - 1))
    for bits in (8, 16):
        rgb, alpha = rng.integers(0, 2 ** bits, (HEIGHT, WIDTH, 3)), rng.integers(0, 2 ** bits, (HEIGHT, WIDTH, 1))
        png(f"rgb-{bits}", 2, bits, rgb)
        known(f"rgb-{bits}", rgb / (2 ** bits - 1))
        png(f"rgba-{bits}", 6, bits, np.concatenate([rgb, alpha], 2))
        known(f"rgba-{bits}", rgb / (2 ** bits - 1))
        png(f"gray-alpha-{bits}", 4, bits, np.concatenate([rgb[:, :, :1], alpha], 2))
        known(f"gray-alpha-{bits}", rgb[:, :, :1] / (2 ** bits - 1))
    for bits in (1, 2, 4, 8):
        palette = rng.integers(0, 256, (min(2 ** bits, 60), 3))
        index = rng.integers(0, len(palette), (HEIGHT, WIDTH, 1))
        png(f"palette-{bits}", 3, bits, index, chunk(b"PLTE", palette.astype("u1").tobytes()),
            chunk(b"tRNS", b"\0\x80"))
        known(f"palette-{bits}", palette[index[:, :, 0]] / 255)
    # values are taken as they are, whatever a file says about gamma
    png("gamma", 0, 8, gray := rng.integers(0, 256, (HEIGHT, WIDTH, 1)), chunk(b"gAMA", struct.pack(">I", 100_000)))
    known("gamma", gray / 255)

    y, x = np.mgrid[:24, :32]
    smooth = np.stack([x * 8, y * 10, 255 - x * 4 - y * 5], 2).astype(np.uint8)
    for name, image, settings in (
            ("jpeg-rgb", Image.fromarray(smooth), {}), ("jpeg-progressive", Image.fromarray(smooth), {"progressive": True}),
            ("jpeg-gray", Image.fromarray(smooth[:, :, 0]), {})):
        file = FOLDER / f"{name}.jpg"
        image.save(file, quality=95, **settings)
        found[f"{name}/rgb"] = np.asarray(Image.open(file).convert("RGB"), np.float32) / 255
        found[f"{name}/gray"] = np.asarray(Image.open(file).convert("L"), np.float32)[:, :, None] / 255
    Image.fromarray(smooth).convert("CMYK").save(FOLDER / "cmyk.jpg")
    Image.fromarray(smooth).save(FOLDER / "other.gif")
    np.savez_compressed(FOLDER / "images.npz", **found)

    for name in ("gray-8", "rgb-8", "palette-4"):
        seen = np.asarray(Image.open(FOLDER / f"{name}.png").convert("RGB"), np.float32) / 255
        assert np.array_equal(seen, found[f"{name}/rgb"]), name
        grey = np.asarray(Image.open(FOLDER / f"{name}.png").convert("L"), np.float32) / 255
        assert np.abs(grey - found[f"{name}/gray"][:, :, 0]).max() <= 0.51 / 255, name


main()
