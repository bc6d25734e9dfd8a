package io.millrace.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ValuesTest {
    private static final Node DEFAULTS = Yaml.read(Chart.DIRECTORY.resolve("values.yaml"));
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z][A-Za-z0-9]*):.*");

    /** Everything that can be on is on, so that each value has something to change. */
    private static final String EVERYTHING = """
            topics: {list: [{name: quakes}]}
            ingress: {http: {enabled: true}, grpc: {enabled: true}}
            gatewayApi: {enabled: true, parentRefs: [{name: edge}]}
            tls: {enabled: true, certManager: {enabled: true, issuerRef: {name: issuer}}}
            monitoring: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}, dashboards: {enabled: true}}
            """;

    /** What must be so for a value to matter. */
    private static final Map<String, String> CIRCUMSTANCES = Map.of(
            "broker.rackNodeLabel", "broker: {racks: [{name: a, zone: z, replicas: 1, firstId: 0}]}",
            "gateway.replicas", "gateway: {autoscaling: {enabled: false}}",
            "zookeeper.enabled", "zookeeper: {external: {servers: ['a:2181']}}",
            "zookeeper.external.servers", "zookeeper: {enabled: false, external: {servers: ['a:2181']}}",
            "zookeeper.external.peers", "zookeeper: {enabled: false, external: {servers: ['a:2181']}}",
            "serviceAccount.create", "serviceAccount: {name: streaming}",
            "gatewayApi.create.enabled", "gatewayApi: {create: {className: envoy}}",
            "gatewayApi.create.className", "gatewayApi: {create: {enabled: true, className: envoy}}",
            "tls.certManager.enabled", "tls: {secretName: ours}");

    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("zookeeper.replicas", "1"),
            Map.entry("networkPolicy.clients", "[{ipBlock: {cidr: 10.0.0.0/8}}]"),
            Map.entry("peers", "[{podSelector: {}}]"),
            Map.entry("monitoring", "[{podSelector: {}}]"),
            Map.entry("dns", "[{podSelector: {}}]"),
            Map.entry("pullSecrets", "[{name: login}]"),
            Map.entry("racks", "[{name: a, zone: z, replicas: 1, firstId: 7}]"),
            Map.entry("extraEnv", "[{name: OTHER, value: x}]"),
            Map.entry("tolerations", "[{key: other}]"),
            Map.entry("servers", "['other:2181']"),
            Map.entry("parentRefs", "[{name: other}]"),
            Map.entry("list", "[{name: other}]"),
            Map.entry("affinity", "{podAntiAffinity: {}}"),
            Map.entry("resources", "{limits: {memory: 5Gi}}"),
            Map.entry("digest", "'sha256:0f5ab37f26a5c0b38b0f05b7a5f2d6ef9f0f3b7f64ccf0f5bf9d3c6a3c1c5a10'"),
            Map.entry("pullPolicy", "Always"),
            Map.entry("spread", "DoNotSchedule"),
            Map.entry("updateStrategy", "OnDelete"),
            Map.entry("whenDeleted", "Delete"),
            Map.entry("whenScaled", "Delete"),
            Map.entry("size", "77Gi"),
            Map.entry("heap", "99m"),
            Map.entry("directMemory", "99m"),
            Map.entry("interval", "77s"),
            Map.entry("startupSeconds", "777"),
            Map.entry("type", "NodePort"));

    private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

    static Stream<String> values() {
        return leaves("", DEFAULTS, Schema.ofTheChart()).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyValueChangesWhatIsRendered(String path) {
        Map<String, Object> before = circumstances(path);
        Map<String, Object> after = Yaml.merge(Node.of(before), Yaml.parse(nested(path, otherValue(path))));

        boolean same = Chart.text(Yaml.write(after)).equals(RENDERED.computeIfAbsent(Yaml.write(before), Chart::text));

        assertThat(same).as("%s changes nothing", path).isFalse();
    }

    @Test
    void theSchemaHasExactlyTheFieldsOfTheValues() {
        assertThat(Schema.ofTheChart().openObjects()).isEmpty();
        assertSameFields(DEFAULTS, Schema.ofTheChart(), "");
    }

    @Test
    void everyValueHasAComment() {
        Map<String, String> comments = comments();

        assertThat(paths("", DEFAULTS, Schema.ofTheChart()))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(comments).containsKey(path));
        assertThat(comments.values()).allMatch(comment -> comment.strip().endsWith(".") && comment.length() > 10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {brokers: {replicas: 3}}                                        | brokers
            {broker: {replica: 3}}                                          | replica
            {broker: {replicas: 0}}                                         | /broker/replicas
            {broker: {replicas: three}}                                     | /broker/replicas
            {broker: {terminationGracePeriodSeconds: 30}}                   | /broker/terminationGracePeriodSeconds
            {broker: {persistence: {size: 10 GB}}}                          | /broker/persistence/size
            {broker: {spread: Sometimes}}                                   | /broker/spread
            {broker: {racks: [{name: a}]}}                                  | /broker/racks/0
            {broker: {racks: [{name: A_1, zone: z, replicas: 1, firstId: 0}]}} | /broker/racks/0/name
            {broker: {extraEnv: [{value: x}]}}                              | /broker/extraEnv/0
            {broker: {heap: 50%}}                                           | /broker/heap
            {broker: {image: {digest: abc}}}                                | /broker/image/digest
            {image: {tag: latest}}                                          | /image/tag
            {zookeeper: {replicas: 2}}                                      | /zookeeper/replicas
            {zookeeper: {image: {tag: latest}}}                             | /zookeeper/image/tag
            {zookeeper: {external: {servers: [zk]}}}                        | /zookeeper/external/servers/0
            {topics: {list: [{partitions: 3}]}}                             | /topics/list/0
            {topics: {list: [{name: a b}]}}                                 | /topics/list/0/name
            {topics: {list: [{name: a, partitions: 0}]}}                    | /topics/list/0/partitions
            {networkPolicy: {dns: []}}                                      | /networkPolicy/dns
            {monitoring: {serviceMonitor: {interval: often}}}               | /monitoring/serviceMonitor/interval
            {ingress: {http: {host: 'https://x'}}}                          | /ingress/http/host
            {fullnameOverride: Millrace}                                    | /fullnameOverride
            """)
    void whatCannotBeIsRefusedByItsName(String values, String named) {
        assertThatThrownBy(() -> Chart.text(values)).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {zookeeper: {enabled: false}} | zookeeper.external.servers must name at least one host:port
            {serviceAccount: {create: false}} | serviceAccount.name is needed
            {tls: {enabled: true}, ingress: {http: {enabled: true}}} | tls.enabled needs tls.secretName or tls.certManager.enabled
            {tls: {enabled: true, certManager: {enabled: true, issuerRef: {name: i}}}} | that is where TLS ends
            {tls: {enabled: true, certManager: {enabled: true}}, ingress: {http: {enabled: true}}} | tls.certManager.issuerRef.name is needed
            {gatewayApi: {enabled: true}} | gatewayApi.enabled needs gatewayApi.parentRefs or gatewayApi.create.enabled
            {gatewayApi: {enabled: true, create: {enabled: true}}} | gatewayApi.create.className is needed
            {gateway: {autoscaling: {minReplicas: 5, maxReplicas: 3}}} | maxReplicas must not be less than minReplicas
            {gateway: {drainSeconds: 40}} | gateway.terminationGracePeriodSeconds must be at least
            {broker: {racks: [{name: a, zone: z, replicas: 3, firstId: 0}, {name: b, zone: x, replicas: 1, firstId: 2}]}} | broker id 2 belongs to rack a already
            """)
    void whatDoesNotFitTogetherIsRefusedWithTheReason(String values, String reason) {
        assertThatThrownBy(() -> Chart.text(values)).hasMessageContaining(reason);
    }

    private static Map<String, Object> circumstances(String path) {
        Node everything = Yaml.parse(EVERYTHING);
        String own = CIRCUMSTANCES.getOrDefault(path, "{}");
        return Yaml.merge(everything, Yaml.parse(own));
    }

    private static String otherValue(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        String special = OTHER_VALUES.getOrDefault(path, OTHER_VALUES.getOrDefault(name, ""));
        if (!special.isEmpty()) {
            return special;
        }
        Object value = Node.of(circumstances(path)).at(path.split("\\.", -1)).value();
        Object present = value == null ? DEFAULTS.at(path.split("\\.", -1)).value() : value;
        return switch (present) {
            case Boolean on -> String.valueOf(!on);
            case Integer number -> String.valueOf(number + 1);
            case Map<?, ?> _ -> "{other: \"yes\"}";
            case null, default -> "other";
        };
    }

    private static String nested(String path, String value) {
        String[] keys = path.split("\\.", -1);
        return "{" + String.join(": {", keys) + ": " + value + "}".repeat(keys.length);
    }

    private static Map<String, Node> leaves(String prefix, Node values, Schema schema) {
        Map<String, Node> leaves = new LinkedHashMap<>();
        values.entries().forEach((name, value) -> {
            Schema below = below(schema, name);
            if (structured(value, below, name)) {
                leaves.putAll(leaves(prefix + name + ".", value, below));
            } else {
                leaves.put(prefix + name, value);
            }
        });
        return leaves;
    }

    private static List<String> paths(String prefix, Node values, Schema schema) {
        List<String> paths = new ArrayList<>();
        values.entries().forEach((name, value) -> {
            paths.add(prefix + name);
            Schema below = below(schema, name);
            if (structured(value, below, name)) {
                paths.addAll(paths(prefix + name + ".", value, below));
            }
        });
        return paths;
    }

    private static boolean structured(Node value, Schema schema, String name) {
        return value.value() instanceof Map && schema.closed() && !name.equals("resources");
    }

    private static Schema below(Schema schema, String name) {
        Schema below = schema.fields().get(name);
        if (below == null) {
            throw new AssertionError("the schema does not know " + name);
        }
        return below;
    }

    private static void assertSameFields(Node values, Schema schema, String path) {
        List<String> known = new ArrayList<>(schema.fields().keySet());
        // What Helm passes down to a chart within a chart.
        known.remove("global");
        assertThat(values.map().keySet()).as("fields of '%s'", path).containsExactlyInAnyOrderElementsOf(known);
        values.entries().forEach((name, value) -> {
            Schema below = below(schema, name);
            if (structured(value, below, name)) {
                assertSameFields(value, below, path + name + ".");
            }
        });
    }

    /** The comment right above each key, by the key's path. */
    private static Map<String, String> comments() {
        Map<String, String> comments = new LinkedHashMap<>();
        Deque<String> names = new ArrayDeque<>();
        String comment = "";
        for (String line :
                Yaml.text(Chart.DIRECTORY.resolve("values.yaml")).lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (line.strip().startsWith("#")) {
                comment = comment + " " + line.strip().substring(1);
            } else if (key.matches()) {
                while (names.size() > key.group(1).length() / 2) {
                    names.removeLast();
                }
                names.addLast(key.group(2));
                if (!comment.isEmpty()) {
                    comments.put(String.join(".", names), comment);
                }
                comment = "";
            } else {
                comment = "";
            }
        }
        return comments;
    }
}
