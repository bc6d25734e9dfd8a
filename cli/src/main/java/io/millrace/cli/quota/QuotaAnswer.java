package io.millrace.cli.quota;

import io.millrace.cli.output.Answer;
import io.millrace.cli.output.Table;
import io.millrace.v1.Quota;
import io.millrace.v1.QuotaEntity;
import io.millrace.v1.QuotaName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How quotas look in answers. */
final class QuotaAnswer {
    private static final String DEFAULT = "<default>";

    /** Beyond that a whole number may have been another before it was a double: 2^53. */
    private static final double WHOLE_MAX = 1L << 53;

    private QuotaAnswer() {}

    static Answer list(List<Quota> quotas) {
        return Answer.of(quotas.stream().map(QuotaAnswer::data).toList(), () -> {
            Table table = new Table("user", "client", "ip", "limits");
            for (Quota quota : quotas) {
                QuotaEntity entity = quota.getEntity();
                table.row(
                        entity.hasUser() ? text(entity.getUser()) : "-",
                        entity.hasClientId() ? text(entity.getClientId()) : "-",
                        entity.hasIp() ? text(entity.getIp()) : "-",
                        limits(quota).entrySet().stream()
                                .map(limit -> limit.getKey() + "=" + limit.getValue())
                                .collect(Collectors.joining(" ")));
            }
            return table;
        });
    }

    static Answer entity(QuotaEntity entity) {
        return new Answer(data(entity), () -> sentence(entity) + "\n");
    }

    static String sentence(QuotaEntity entity) {
        StringJoiner parts = new StringJoiner(", ");
        if (entity.hasUser()) {
            parts.add("user " + text(entity.getUser()));
        }
        if (entity.hasClientId()) {
            parts.add("client " + text(entity.getClientId()));
        }
        if (entity.hasIp()) {
            parts.add("ip " + text(entity.getIp()));
        }
        return parts.toString();
    }

    private static Map<String, Object> data(Quota quota) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("entity", data(quota.getEntity()));
        data.put("limits", limits(quota));
        return data;
    }

    private static Map<String, Object> data(QuotaEntity entity) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (entity.hasUser()) {
            data.put("user", data(entity.getUser()));
        }
        if (entity.hasClientId()) {
            data.put("client_id", data(entity.getClientId()));
        }
        if (entity.hasIp()) {
            data.put("ip", data(entity.getIp()));
        }
        return data;
    }

    private static Map<String, Object> data(QuotaName name) {
        return name.hasNamed() ? Map.of("name", name.getNamed()) : Map.of("default", true);
    }

    private static String text(QuotaName name) {
        return name.hasNamed() ? name.getNamed() : DEFAULT;
    }

    private static Map<String, Object> limits(Quota quota) {
        Map<String, Object> limits = new TreeMap<>();
        quota.getLimitsMap()
                .forEach((name, limit) -> limits.put(
                        name,
                        limit == Math.rint(limit) && Math.abs(limit) <= WHOLE_MAX
                                ? (Object) limit.longValue()
                                : (Object) limit));
        return limits;
    }
}
