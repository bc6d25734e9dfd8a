package io.millrace.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Columns as wide as their widest cell, two spaces between them; columns of numbers are set to the right. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        this.header =
                Arrays.stream(header).map(name -> name.toUpperCase(Locale.ROOT)).toList();
    }

    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        if (!header.isEmpty()) {
            lines.add(header);
        }
        lines.addAll(rows);
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[at] = lines.stream()
                    .filter(line -> at < line.size())
                    .mapToInt(line -> width(line.get(at)))
                    .max()
                    .orElse(0);
            numeric[at] =
                    !header.isEmpty() && rows.stream().allMatch(line -> at < line.size() && isNumber(line.get(at)));
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> appendLine(text, line, widths, numeric));
        return text.toString();
    }

    private static void appendLine(StringBuilder text, List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP);
            line.append(numeric[column] ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-|-?[0-9]+(\\.[0-9]+)?( ?[A-Za-z%/]+)?");
    }
}
