"""The stop button of a notebook, tried on a real kernel."""
import time
import unittest

from jupyter_client.manager import start_new_kernel

MODEL = """
import java.util.concurrent.atomic.AtomicInteger;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layers;
import transconv.models.Sequential;
import transconv.training.*;
import static transconv.models.CompileOption.*;
import static transconv.models.FitOption.*;

AtomicInteger epochsDone = new AtomicInteger();
AtomicInteger stepsDone = new AtomicInteger();
Callback counting = new Callback() {
    @Override public void onEpochEnd(TrainingProgress progress) {
        epochsDone.incrementAndGet();
    }
    @Override public void onTrainBatchEnd(TrainingProgress progress) {
        stepsDone.incrementAndGet();
    }
};
INDArray x = Nd4j.rand(DataType.FLOAT, 2000, 28, 28, 1);
Sequential model = new Sequential(Layers.input(28, 28, 1), Layers.conv2D(16, 3), Layers.conv2DTranspose(1, 3));
model.compile(optimizer("adam"), loss("mse"));
"""
START_SECONDS = 120


class InterruptTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="java", startup_timeout=START_SECONDS)
        cls.addClassCleanup(cls.stop)
        cls.text(MODEL)

    @classmethod
    def stop(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    @classmethod
    def text(cls, code):
        """What a cell shows as its value."""
        shown = []
        reply = cls.client.execute_interactive(code, timeout=START_SECONDS, output_hook=shown.append)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(message["content"]["data"]["text/plain"] for message in shown if message["msg_type"] == "execute_result")

    def test_it_stops_fit_within_a_second_and_keeps_what_was_learned(self):
        self.client.execute("model.fit(x, x, batchSize(100), epochs(10_000), verbose(0), callbacks(counting))")
        time.sleep(6)
        pressed = time.monotonic()
        self.manager.interrupt_kernel()
        reply = self.client.get_shell_msg(timeout=START_SECONDS)
        self.assertLess(time.monotonic() - pressed, 1)
        self.assertEqual("error", reply["content"]["status"])
        time.sleep(max(0.0, pressed + 1 - time.monotonic()))
        steps = int(self.text("stepsDone.get()"))
        time.sleep(1)
        self.assertEqual(steps, int(self.text("stepsDone.get()")), "training goes on behind the reader's back")
        epochs = int(self.text("epochsDone.get()"))
        self.assertGreater(epochs, 0)
        self.assertEqual(epochs, int(self.text("model.history().epochs()")))
        self.assertEqual("true", self.text("Double.isFinite(model.evaluate(x, x))"))


if __name__ == "__main__":
    unittest.main()
