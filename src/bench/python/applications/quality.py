"""How good images are, as scikit-image defines it: means over (n, height, width, 1) of values from 0 to 1."""
import numpy as np
from scipy.ndimage import uniform_filter

WINDOW = 7
C1, C2 = 0.01 ** 2, 0.03 ** 2


def psnr(target, image):
    """Mean over images of each image's peak signal-to-noise ratio, in decibels."""
    squares = (image.astype(np.float64) - target.astype(np.float64)) ** 2
    return np.mean(-10 * np.log10(squares.mean(axis=(1, 2, 3))))


def ssim(target, image):
    """Mean structural similarity: a uniform window of 7 x 7, unbiased variances, windows that lie within the image."""
    x, y = (each[..., 0].astype(np.float64) for each in (target, image))

    def mean(values):
        inside = slice(WINDOW // 2, -(WINDOW // 2))
        return uniform_filter(values, size=(1, WINDOW, WINDOW))[:, inside, inside]

    unbiased = WINDOW ** 2 / (WINDOW ** 2 - 1)
    of_x, of_y = mean(x), mean(y)
    variances = unbiased * (mean(x * x) - of_x ** 2 + mean(y * y) - of_y ** 2)
    covariance = unbiased * (mean(x * y) - of_x * of_y)
    similar = (2 * of_x * of_y + C1) * (2 * covariance + C2) / ((of_x ** 2 + of_y ** 2 + C1) * (variances + C2))
    return np.mean(similar)
