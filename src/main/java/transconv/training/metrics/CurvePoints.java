package transconv.training.metrics;

/** The points of a curve, one for each threshold, so that x falls. Source: Keras 3, {@code keras.metrics.AUC}. */
record CurvePoints(double[] x, double[] y) {

    static CurvePoints roc(ConfusionCounts counts) {
        return new CurvePoints(
                ConfusionMetric.ratios(counts.falsePositives(), counts.trueNegatives()),
                ConfusionMetric.ratios(counts.truePositives(), counts.falseNegatives()));
    }

    static CurvePoints precisionRecall(ConfusionCounts counts) {
        return new CurvePoints(
                ConfusionMetric.ratios(counts.truePositives(), counts.falseNegatives()),
                ConfusionMetric.ratios(counts.truePositives(), counts.falsePositives()));
    }

    static CurvePoints precisionRecallGain(ConfusionCounts counts) {
        double[] truePositives = counts.truePositives();
        double[] falsePositives = counts.falsePositives();
        double[] trueNegatives = counts.trueNegatives();
        double[] falseNegatives = counts.falseNegatives();
        double[] x = new double[truePositives.length];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double odds =
                    BaseMetric.ratioOrZero(truePositives[i] + falseNegatives[i], trueNegatives[i] + falsePositives[i]);
            boolean none = truePositives[i] == 0;
            x[i] = none ? 0 : Math.max(1 - odds * (falseNegatives[i] / truePositives[i]), 0);
            y[i] = none ? 1 : 1 - odds * (falsePositives[i] / truePositives[i]);
        }
        return new CurvePoints(x, y);
    }

    double area(AUC.SummationMethod method) {
        double area = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            double height =
                    switch (method) {
                        case INTERPOLATION -> (y[i] + y[i + 1]) / 2;
                        case MINORING -> Math.min(y[i], y[i + 1]);
                        case MAJORING -> Math.max(y[i], y[i + 1]);
                    };
            area += (x[i] - x[i + 1]) * height;
        }
        return area;
    }

    /** Davis and Goadrich (2006): between two thresholds the counts change in proportion, and not their ratio. */
    static double interpolatedPrecisionRecall(ConfusionCounts counts) {
        double[] truePositives = counts.truePositives();
        double[] falsePositives = counts.falsePositives();
        double[] falseNegatives = counts.falseNegatives();
        double area = 0;
        for (int i = 0; i + 1 < truePositives.length; i++) {
            double found = truePositives[i] - truePositives[i + 1];
            double positive = truePositives[i] + falsePositives[i];
            double positiveNext = truePositives[i + 1] + falsePositives[i + 1];
            double slope = BaseMetric.ratioOrZero(found, Math.max(positive - positiveNext, 0));
            double intercept = truePositives[i + 1] - slope * positiveNext;
            double growth = positive > 0 && positiveNext > 0 ? positive / positiveNext : 1;
            area += BaseMetric.ratioOrZero(
                    slope * (found + intercept * Math.log(growth)),
                    Math.max(truePositives[i + 1] + falseNegatives[i + 1], 0));
        }
        return area;
    }
}
