package io.millrace.cli.output;

import java.util.Map;
import java.util.function.Supplier;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command found out, once, to be written in any format.
 *
 * @param data maps, lists, text, numbers, booleans and nulls; the order of maps is the order of the output
 * @param table the same for people, each line ended
 */
public record Answer(Object data, Supplier<String> table) {
    public static Answer of(Object data, Supplier<Table> table) {
        return new Answer(data, () -> table.get().toString());
    }

    /** Named facts, one a line. */
    public static Answer facts(Map<String, ?> facts) {
        return new Answer(facts, () -> {
            Table table = new Table();
            facts.forEach((name, value) -> table.row(name, String.valueOf(value)));
            return table.toString();
        });
    }

    public String in(OutputFormat format) {
        return switch (format) {
            case TABLE -> table.get();
            case JSON -> JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(data) + "\n";
            case YAML -> yaml();
        };
    }

    private String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(data);
    }
}
