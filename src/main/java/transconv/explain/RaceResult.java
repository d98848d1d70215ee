package transconv.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import transconv.explain.Table.Kind;

/** What an {@link AlgorithmRace} found; all contenders gave the same numbers. */
public final class RaceResult {

    private final String sentence;
    private final List<RaceEntry> entries;

    RaceResult(String sentence, List<RaceEntry> entries) {
        this.sentence = sentence;
        this.entries = List.copyOf(entries);
    }

    /** Pass by pass, engines before algorithms from scratch. */
    public List<RaceEntry> entries() {
        return entries;
    }

    /**
     * One contender in one pass.
     *
     * @throws IllegalArgumentException if it did not take part
     */
    public RaceEntry entry(LayerPass pass, String name) {
        return entries.stream()
                .filter(entry -> entry.pass() == pass && entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("RaceResult: no '%s' in the pass '%s'; there are %s"
                        .formatted(
                                name,
                                pass,
                                ranked(pass).stream().map(RaceEntry::name).toList())));
    }

    /** The contenders of one pass, the fastest first. */
    public List<RaceEntry> ranked(LayerPass pass) {
        return entries.stream()
                .filter(entry -> entry.pass() == pass)
                .sorted(Comparator.comparingDouble(RaceEntry::milliseconds))
                .toList();
    }

    /** Multiply-adds that each pass needs: those with two factors from the data, for a result that is kept. */
    public long useful() {
        return entries.get(0).useful();
    }

    /** A row a contender, the fastest of each pass first. */
    public Table table() {
        Table table = new Table("Algorithm race: " + sentence)
                .with("pass", Kind.WORDS)
                .with("contender", Kind.WORDS)
                .with("algorithm", Kind.WORDS)
                .with("median time", Kind.NUMBER)
                .with("multiply-adds", Kind.NUMBER)
                .with("wasted", Kind.NUMBER)
                .with("bytes in and out", Kind.NUMBER)
                .with("work bytes", Kind.NUMBER);
        for (LayerPass pass : LayerPass.values()) {
            for (RaceEntry entry : ranked(pass)) {
                table.row(
                        pass,
                        entry.name(),
                        entry.algorithm(),
                        time(entry),
                        count(entry.executed()),
                        wasted(entry),
                        count(entry.movedBytes()),
                        count(entry.workBytes()));
            }
        }
        return table.note(
                "Each pass needs %s multiply-adds; wasted are those with a zero, in idle vector lanes, or for outputs that are cut off. Times are of one core."
                        .formatted(count(useful())));
    }

    /** Time, multiply-adds and bytes of all contenders, side by side; the fastest of each pass on top. */
    public Picture picture() {
        String title = "Algorithm race: " + sentence;
        String winners = Arrays.stream(LayerPass.values())
                .map(pass -> pass + ": "
                        + ranked(pass).stream()
                                .map(entry -> "%s %s, %s".formatted(entry.name(), time(entry), share(entry)))
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". "));
        return Picture.still(
                new RaceChart(this, title).drawing(),
                title,
                "%s. Each pass needs %s multiply-adds. Median times, the fastest first. %s."
                        .formatted(title, count(useful()), winners));
    }

    static String time(RaceEntry entry) {
        return new BigDecimal(entry.milliseconds())
                        .round(new MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString()
                + " ms";
    }

    /** {@code 75 % wasted}. */
    static String share(RaceEntry entry) {
        return entry.wasted() == 0 ? "none wasted" : wasted(entry) + " wasted";
    }

    private static String wasted(RaceEntry entry) {
        double percent = 100 * entry.wastedShare();
        return entry.wasted() > 0 && percent < 1 ? "under 1 %" : "%d %%".formatted(Math.round(percent));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
