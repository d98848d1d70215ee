package transconv.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * A sparse matrix that maps one axis to another: each output is a weighted sum of a few inputs. Upsampling by any
 * interpolation and averages over windows are such maps, and so are their gradients, by the transposed matrix.
 *
 * @param columns the input's length
 * @param rows    for each output, what it sums up
 */
public record AxisMatrix(int columns, List<List<Entry>> rows) {

    /**
     * One term of a sum.
     *
     * @param column which input, from 0
     */
    public record Entry(int column, double weight) {}

    public AxisMatrix {
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Entry> row : rows) {
            for (Entry entry : row) {
                if (entry.column() < 0 || entry.column() >= columns) {
                    throw new IllegalArgumentException(
                            "AxisMatrix: column %d must be from 0 to %d".formatted(entry.column(), columns - 1));
                }
            }
        }
    }

    public AxisMatrix transposed() {
        List<List<Entry>> turned = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            turned.add(new ArrayList<>());
        }
        for (int row = 0; row < rows.size(); row++) {
            for (Entry entry : rows.get(row)) {
                turned.get(entry.column()).add(new Entry(row, entry.weight()));
            }
        }
        return new AxisMatrix(rows.size(), turned);
    }

    @Override
    public String toString() {
        return rows.size() + "x" + columns;
    }
}
