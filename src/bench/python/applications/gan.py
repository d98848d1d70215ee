"""The Keras side of 10-gan: two generative adversarial networks, one for each way to enlarge, with one seed."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers

import study

SEED = 1
LATENT = 64
BATCH = 64
STEPS = 2_000
GENERATOR_RATE, DISCRIMINATOR_RATE = 3e-3, 1.5e-3
SAMPLES = 2_000
STYLES = ("UpSampling2D", "Conv2DTranspose")


def enlarged(style, filters):
    if style == "UpSampling2D":
        return [layers.UpSampling2D(), layers.Conv2D(filters, 3, padding="same")]
    return [layers.Conv2DTranspose(filters, 3, strides=2, padding="same")]


def generator(style):
    return keras.Sequential([
        layers.Input((LATENT,)), layers.Dense(7 * 7 * 32), layers.BatchNormalization(momentum=0.8),
        layers.LeakyReLU(0.2), layers.Reshape((7, 7, 32)),
        *enlarged(style, 16), layers.BatchNormalization(momentum=0.8), layers.LeakyReLU(0.2),
        *enlarged(style, 1), layers.Activation("sigmoid")])


def discriminator():
    return keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 4, strides=2, padding="same"), layers.LeakyReLU(0.2), layers.Dropout(0.3),
        layers.Conv2D(32, 4, strides=2, padding="same"), layers.LeakyReLU(0.2), layers.Dropout(0.3),
        layers.Flatten(), layers.Dense(1, activation="sigmoid")])


def classifier(images, digits):
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
        layers.Flatten(), layers.Dense(32, activation="relu", name="features"),
        layers.Dense(10, activation="softmax")])
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(images[:20_000], digits[:20_000], batch_size=128, epochs=3, verbose=2)
    return model


def train(maker, critic, images, random):
    """Turn by turn: the discriminator on as many real images as made ones, then the generator through it."""
    maker_adam = keras.optimizers.Adam(GENERATOR_RATE, beta_1=0.5)
    critic_adam = keras.optimizers.Adam(DISCRIMINATOR_RATE, beta_1=0.5)
    loss = keras.losses.BinaryCrossentropy()
    which = tf.concat([tf.ones((BATCH, 1)), tf.zeros((BATCH, 1))], 0)

    @tf.function
    def turn(real, first, second):
        seen = tf.concat([real, maker(first, training=False)], 0)
        with tf.GradientTape() as tape:
            value = loss(which, critic(seen, training=True))
        critic_adam.apply(tape.gradient(value, critic.trainable_variables), critic.trainable_variables)
        with tf.GradientTape() as tape:
            value = loss(tf.ones((BATCH, 1)), critic(maker(second, training=True), training=True))
        maker_adam.apply(tape.gradient(value, maker.trainable_variables), maker.trainable_variables)

    maker_adam.build(maker.trainable_variables)
    critic_adam.build(critic.trainable_variables)
    for _ in range(STEPS):
        turn(images[random.integers(0, len(images), BATCH)], noise(random, BATCH), noise(random, BATCH))


def noise(random, samples):
    return random.standard_normal((samples, LATENT)).astype(np.float32)


def frechet(first, second):
    """The distance of two Gaussians, by the eigenvalues of the product of the covariances."""
    between = np.linalg.eigvals(np.cov(first.T) @ np.cov(second.T))
    return (np.sum((first.mean(0) - second.mean(0)) ** 2) + np.trace(np.cov(first.T)) + np.trace(np.cov(second.T))
            - 2 * np.sum(np.sqrt(np.maximum(between.real, 0))))


def main():
    train_images, train_digits, test_images, test_digits = study.mnist()
    keras.utils.set_random_seed(SEED)
    judge = classifier(train_images, train_digits)
    measures = {"accuracy of the classifier": judge.evaluate(test_images, test_digits, verbose=0)[1]}
    features = keras.Model(judge.inputs, judge.get_layer("features").output)
    real = features.predict(test_images[:SAMPLES], verbose=0)
    for style in STYLES:
        keras.utils.set_random_seed(SEED)
        random = np.random.default_rng(SEED)
        maker = generator(style)
        train(maker, discriminator(), train_images, random)
        made = maker.predict(noise(random, SAMPLES), verbose=0)
        digits = np.bincount(judge.predict(made, verbose=0).argmax(-1), minlength=10)
        measures[f"Frechet distance, {style}"] = frechet(features.predict(made, verbose=0), real)
        measures[f"classes, {style}"] = np.sum(digits >= SAMPLES // 400)
        measures[f"rarest class, {style}"] = digits.min() / SAMPLES
        print(style, maker.count_params(), digits, measures, flush=True)
    study.store("gan", measures, SEED)


if __name__ == "__main__":
    main()
